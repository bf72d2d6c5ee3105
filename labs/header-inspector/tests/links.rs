//! Every link layer, tunnel and extension that leads to a TCP header.

mod common;

use common::{hex, ipv4, ipv4_carrying, ipv6_carrying, miss, walk};
use header_inspector::Link;
use insta::assert_snapshot;

/// A whole TCP header, with ports 80 and 50000.
fn tcp() -> Vec<u8> {
    hex("0050c350 00000001 00000002 5010 2000 0000 0000")
}

fn after(before: &str, rest: Vec<u8>) -> Vec<u8> {
    [hex(before), rest].concat()
}

/// Tells each TCP header: where it is, and between which ends.
fn found(link: Link, frame: &[u8]) -> String {
    let found = walk(link, frame, |segment| {
        let ip = segment.ip.as_ref().expect("an IP header lies before it");
        let quoted = if segment.is_quoted() { ", quoted" } else { "" };
        let fragment = if ip.is_fragment() {
            ", a first fragment"
        } else {
            ""
        };
        let ports = (segment.header.src_port, segment.header.dst_port);
        assert_eq!(ports, (Some(80), Some(50000)));
        format!(
            "layer {} at {}: {} to {}{quoted}{fragment}",
            segment.layer,
            segment.offset(),
            ip.src,
            ip.dst
        )
    });
    found.join("; ")
}

const ETHERNET: &str = "020000000001 020000000002";

#[test]
fn ethernet_with_all_that_may_lie_before_ip() {
    let frame = |before: &str| after(&format!("{ETHERNET} {before}"), ipv4(&tcp()));
    let ends = "10.0.0.1 to 10.0.0.2";
    for (before, at) in [
        ("0800", 34),
        ("8100 0064 0800", 38),
        ("88a8 0064 8100 0065 0800", 42),
        ("8847 00064040 00065140", 42),
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
fn ip_in_ip_of_every_kind() {
    let (four, six) = (ipv4(&tcp()), ipv6_carrying(6, &tcp()));
    assert_snapshot!(found(Link::Ip, &ipv4_carrying(4, &four)), @"layer 0 at 40: 10.0.0.1 to 10.0.0.2");
    assert_snapshot!(found(Link::Ip, &ipv4_carrying(41, &six)), @"layer 0 at 60: 2001:db8::1 to 2001:db8::2");
    assert_snapshot!(found(Link::Ip, &ipv6_carrying(4, &four)), @"layer 0 at 60: 10.0.0.1 to 10.0.0.2");
    assert_snapshot!(found(Link::Ip, &ipv6_carrying(41, &six)), @"layer 0 at 80: 2001:db8::1 to 2001:db8::2");
}

#[test]
fn gre_with_and_without_its_optional_words() {
    let inner = ipv4(&tcp());
    let plain = ipv4_carrying(47, &after("0000 0800", inner.clone()));
    assert_snapshot!(found(Link::Ip, &plain), @"layer 0 at 44: 10.0.0.1 to 10.0.0.2");
    let full = ipv4_carrying(47, &after("b000 0800 00000000 00000001 00000002", inner));
    assert_snapshot!(found(Link::Ip, &full), @"layer 0 at 56: 10.0.0.1 to 10.0.0.2");
}

#[test]
fn vxlan_carries_a_whole_frame() {
    let frame = after(&format!("{ETHERNET} 0800"), ipv4(&tcp()));
    let vxlan = after("d431 12b5 0000 0000 08000000 00000100", frame);
    assert_snapshot!(found(Link::Ip, &ipv4_carrying(17, &vxlan)), @"layer 0 at 70: 10.0.0.1 to 10.0.0.2");
}

#[test]
fn an_icmp_error_quotes_a_header() {
    let quoted = after("0301 0000 00000000", ipv4(&tcp()));
    assert_snapshot!(found(Link::Ip, &ipv4_carrying(1, &quoted)), @"layer 0 at 48: 10.0.0.1 to 10.0.0.2, quoted");
    let quoted = after("0104 0000 00000000", ipv6_carrying(6, &tcp()));
    assert_snapshot!(found(Link::Ip, &ipv6_carrying(58, &quoted)), @"layer 0 at 88: 2001:db8::1 to 2001:db8::2, quoted");
}

#[test]
fn a_quoted_header_is_often_cut_after_eight_bytes() {
    let quoted = after("0301 0000 00000000", ipv4(&tcp()));
    let cut = &quoted[..quoted.len() - 12];
    let seen = walk(Link::Ip, &ipv4_carrying(1, cut), |segment| {
        (
            segment.header.seq,
            segment.header.ack,
            segment.problems.len(),
        )
    });
    assert_eq!(seen, [(Some(1), None, 1)]);
}

#[test]
fn ipv6_extension_headers_are_passed() {
    let chain = after(
        "2b 00 000000000000 3c 00 00 00 00000000 06 00 000000000000",
        tcp(),
    );
    assert_snapshot!(found(Link::Ip, &ipv6_carrying(0, &chain)), @"layer 0 at 64: 2001:db8::1 to 2001:db8::2");
    let authenticated = after("06 01 0000 00000001 00000001", tcp());
    assert_snapshot!(found(Link::Ip, &ipv6_carrying(51, &authenticated)), @"layer 0 at 52: 2001:db8::1 to 2001:db8::2");
}

#[test]
fn the_final_destination_is_in_the_routing_header() {
    let hop = "20010db8 00000000 00000000 00000009";
    let last = "20010db8 00000000 00000000 0000000f";
    let routed = |head: &str, addresses: [&str; 2]| {
        let header = format!("06 04 {head} 00000000 {} {}", addresses[0], addresses[1]);
        found(Link::Ip, &ipv6_carrying(43, &after(&header, tcp())))
    };
    assert_snapshot!(routed("00 02", [hop, last]), @"layer 0 at 80: 2001:db8::1 to 2001:db8::f");
    assert_snapshot!(routed("00 00", [hop, last]), @"layer 0 at 80: 2001:db8::1 to 2001:db8::2");
    // Segment routing lists the way backwards.
    assert_snapshot!(routed("04 01", [last, hop]), @"layer 0 at 80: 2001:db8::1 to 2001:db8::f");
}

#[test]
fn fragments_are_told_apart() {
    let mut first = ipv4(&tcp());
    first[6] = 0x20;
    assert_snapshot!(found(Link::Ip, &first), @"layer 0 at 20: 10.0.0.1 to 10.0.0.2, a first fragment");
    first[7] = 1;
    assert_snapshot!(miss(Link::Ip, &first).unwrap().sentence(header_inspector::Lang::En), @"at byte 0, needed a packet's first fragment, found a later one, which has no TCP header");
    let fragment = ipv6_carrying(44, &after("06 00 0001 00000007", tcp()));
    assert_snapshot!(found(Link::Ip, &fragment), @"layer 0 at 48: 2001:db8::1 to 2001:db8::2, a first fragment");
}

#[test]
fn layers_without_end_are_left() {
    let mut packet = ipv4(&tcp());
    for _ in 0..40 {
        packet = ipv4_carrying(4, &packet);
    }
    assert_snapshot!(miss(Link::Ip, &packet).unwrap().sentence(header_inspector::Lang::En), @"at byte 660, too many layers inside each other");
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
