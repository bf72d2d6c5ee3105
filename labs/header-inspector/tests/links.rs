//! Every link layer that leads to a TCP header.

use crate::common::{
    ETHERNET, after, found, hex, ipv4, ipv4_carrying, ipv6_carrying, miss, tcp, walk,
};
use header_inspector::Link;
use insta::assert_snapshot;

#[test]
fn ethernet_with_all_that_may_lie_before_ip() {
    let frame = |before: &str| after(&format!("{ETHERNET} {before}"), ipv4(&tcp()));
    let ends = "10.0.0.1 to 10.0.0.2";
    for (before, at) in [
        ("0800", 34),
        ("8100 0064 0800", 38),
        ("9100 0064 0800", 38),
        ("88a8 0064 8100 0065 0800", 42),
        ("8847 00064040 00065140", 42),
        ("8848 00065140", 38),
        ("8864 1100 0001 002a 0021", 42),
        ("0030 aaaa03 000000 0800", 42),
        ("0030 060603", 37),
    ] {
        assert_eq!(
            found(Link::Ethernet, &frame(before)),
            format!("layer 0 at {at}: {ends}"),
            "{before}"
        );
    }
}

#[test]
fn a_pseudowire_carries_a_whole_frame() {
    let inner = after(&format!("{ETHERNET} 0800"), ipv4(&tcp()));
    let frame = after(&format!("{ETHERNET} 8847 00065140 00000000"), inner.clone());
    assert_snapshot!(found(Link::Ethernet, &frame), @"layer 0 at 56: 10.0.0.1 to 10.0.0.2");
    let bridged = ipv4_carrying(47, &after("0000 6558", inner));
    assert_snapshot!(found(Link::Ip, &bridged), @"layer 0 at 58: 10.0.0.1 to 10.0.0.2");
}

#[test]
fn ipv6_in_ethernet_and_in_mpls() {
    let packet = ipv6_carrying(6, &tcp());
    let ends = "2001:db8::1 to 2001:db8::2";
    for (before, at) in [
        ("86dd", 54),
        ("8847 00064140", 58),
        ("8864 1100 0001 003e 0057", 62),
    ] {
        let frame = after(&format!("{ETHERNET} {before}"), packet.clone());
        assert_eq!(
            found(Link::Ethernet, &frame),
            format!("layer 0 at {at}: {ends}"),
            "{before}"
        );
    }
}

#[test]
fn cooked_captures_of_both_versions() {
    let frame = after("0000 0304 0006 000000000000 0000 0800", ipv4(&tcp()));
    assert_snapshot!(found(Link::Cooked, &frame), @"layer 0 at 36: 10.0.0.1 to 10.0.0.2");
    let frame = after(
        "0800 0000 00000001 0304 00 06 0000000000000000",
        ipv4(&tcp()),
    );
    assert_snapshot!(found(Link::Cooked2, &frame), @"layer 0 at 40: 10.0.0.1 to 10.0.0.2");
    let frame = after("0000 0304 0006 000000000000 0000 0004 060603", ipv4(&tcp()));
    assert_snapshot!(found(Link::Cooked, &frame), @"layer 0 at 39: 10.0.0.1 to 10.0.0.2");
}

#[test]
fn bsd_loopback_in_either_byte_order_and_with_each_family() {
    for family in ["02000000", "00000002"] {
        assert_eq!(
            found(Link::Null, &after(family, ipv4(&tcp()))),
            "layer 0 at 24: 10.0.0.1 to 10.0.0.2"
        );
    }
    for family in ["18000000", "1c000000", "1e000000", "0000001e"] {
        let frame = after(family, ipv6_carrying(6, &tcp()));
        assert_eq!(
            found(Link::Null, &frame),
            "layer 0 at 44: 2001:db8::1 to 2001:db8::2",
            "{family}"
        );
    }
    assert_eq!(
        found(Link::Loop, &after("00000002", ipv4(&tcp()))),
        "layer 0 at 24: 10.0.0.1 to 10.0.0.2"
    );
    assert!(miss(Link::Loop, &after("02000000", ipv4(&tcp()))).is_some());
}

#[test]
fn nflog_in_either_byte_order() {
    let little = after("02 00 0000 0800 0100 00000000 2c00 0900", ipv4(&tcp()));
    assert_eq!(
        found(Link::Nflog, &little),
        "layer 0 at 36: 10.0.0.1 to 10.0.0.2"
    );
    let big = after("02 00 0000 0005 000a 6100 0000 002c 0009", ipv4(&tcp()));
    assert_eq!(
        found(Link::Nflog, &big),
        "layer 0 at 36: 10.0.0.1 to 10.0.0.2"
    );
}

#[test]
fn nflog_with_marked_and_padded_attributes() {
    // A prefix of five bytes, padded to eight; netlink's marks are in the upper bits.
    let frame = after(
        "02 00 0000 0900 0a80 6c6f673a00 000000 2c00 0940",
        ipv4(&tcp()),
    );
    assert_snapshot!(found(Link::Nflog, &frame), @"layer 0 at 40: 10.0.0.1 to 10.0.0.2");
    // Behind the packet another attribute stands, which is no data, though the IP
    // header does not say where the packet ends.
    let mut frame = after("02 00 0000 2c00 0900", ipv4(&tcp()));
    frame[10..12].fill(0);
    frame.extend(hex("0800 0100 00000000"));
    let lengths = walk(Link::Nflog, &frame, |segment| segment.payload_len);
    assert_eq!(lengths, [Some(0)]);
    // An attribute may be empty.
    let frame = after("02 00 0000 0400 0a00 2c00 0900", ipv4(&tcp()));
    assert_snapshot!(found(Link::Nflog, &frame), @"layer 0 at 32: 10.0.0.1 to 10.0.0.2");
    // A length beyond the frame ends with it.
    let frame = after("02 00 0000 ffff 0900", ipv4(&tcp()));
    assert_snapshot!(found(Link::Nflog, &frame), @"layer 0 at 28: 10.0.0.1 to 10.0.0.2");
}

#[test]
fn what_carries_no_tcp_says_so() {
    let says = |link, bytes: &[u8]| {
        miss(link, bytes)
            .unwrap()
            .sentence(header_inspector::Lang::En)
    };
    assert_snapshot!(says(Link::Ethernet, &hex(&format!("{ETHERNET} 0806 0001"))), @"at byte 14, needed IP, found type 0x0806");
    assert_snapshot!(says(Link::Ip, &ipv4_carrying(17, &hex("0035003500080000 0000000000000000"))), @"at byte 20, needed TCP, protocol 6, found protocol 17");
    assert_snapshot!(says(Link::Ip, &hex("1234")), @"at byte 0, needed IP version 4 or 6, found 1");
    assert_snapshot!(says(Link::Ip, &hex("4500")), @"at byte 0, the IPv4 header needs 20 bytes, found 2");
    assert_snapshot!(says(Link::Other(147), &hex("00")), @"at byte 0, needed a link layer that is known here, found link type 147");
}
