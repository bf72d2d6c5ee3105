//! What may lie between an IP header and TCP: tunnels, quoted packets, extension
//! headers, fragments.

use crate::common::{
    ETHERNET, after, found, ipv4, ipv4_carrying, ipv6_carrying, miss, problems, tcp, walk,
};
use header_inspector::{Lang, Link};
use insta::assert_snapshot;

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
    for (marks, at) in [("8000", 48), ("2000", 48), ("1000", 48), ("3000", 52)] {
        let words = "00000001".repeat((at - 44) / 4);
        let some = ipv4_carrying(47, &after(&format!("{marks} 0800 {words}"), inner.clone()));
        assert_eq!(
            found(Link::Ip, &some),
            format!("layer 0 at {at}: 10.0.0.1 to 10.0.0.2")
        );
    }
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
fn every_kind_of_icmp_error_quotes() {
    for kind in ["03", "04", "05", "0b", "0c"] {
        let error = after(&format!("{kind}00 0000 00000000"), ipv4(&tcp()));
        assert!(
            found(Link::Ip, &ipv4_carrying(1, &error)).ends_with("quoted"),
            "{kind}"
        );
    }
    for kind in ["01", "02", "03", "04"] {
        let error = after(&format!("{kind}00 0000 00000000"), ipv6_carrying(6, &tcp()));
        assert!(
            found(Link::Ip, &ipv6_carrying(58, &error)).ends_with("quoted"),
            "{kind}"
        );
    }
}

#[test]
fn lengths_and_checksums_of_a_quoted_header_are_no_problems() {
    let mut four = ipv4(&tcp());
    four[3] += 100;
    let error = after("0301 0000 00000000", four);
    assert_eq!(codes(&ipv4_carrying(1, &error)), [""; 0]);
    let mut six = ipv6_carrying(6, &tcp());
    six[5] += 100;
    let error = after("0104 0000 00000000", six);
    assert_eq!(codes(&ipv6_carrying(58, &error)), [""; 0]);
}

/// Returns the codes of the problems that are told of a packet's only TCP header.
fn codes(packet: &[u8]) -> Vec<&'static str> {
    let found = walk(Link::Ip, packet, |segment| {
        let codes = segment.problems.iter().map(|problem| problem.code.name());
        codes.collect::<Vec<_>>()
    });
    found.concat()
}

#[test]
fn what_is_odd_about_ip_is_told_with_its_bytes() {
    let told = |packet: &[u8]| problems(Link::Ip, packet).join("; ");
    let mut packet = ipv4(&tcp());
    packet[16..18].copy_from_slice(&[0xab, 0xcd]);
    assert_snapshot!(told(&packet), @"ip-checksum-bad 10..12; checksum-bad 36..38");
    let mut packet = ipv4(&tcp());
    packet[3] += 1;
    assert_snapshot!(told(&packet), @"ip-length-beyond 2..4; ip-checksum-bad 10..12");
    packet[2..4].fill(0);
    assert_snapshot!(told(&packet), @"ip-length-zero 2..4; ip-checksum-bad 10..12; checksum-bad 36..38");
    let mut packet = ipv6_carrying(6, &tcp());
    packet[5] += 1;
    assert_snapshot!(told(&packet), @"ip-length-beyond 4..6");
    packet[4..6].fill(0);
    assert_snapshot!(told(&packet), @"ip-length-zero 4..6; checksum-bad 56..58");
    let inner = ipv4_carrying(4, &packet_with_options());
    assert_snapshot!(told(&inner), @"ip-checksum-bad 30..32; checksum-bad 60..62");
}

#[test]
fn how_much_of_a_packet_is_missing_is_counted_from_its_own_beginning() {
    let said = |kind: &str, packet: Vec<u8>| {
        let frame = after(&format!("{ETHERNET} {kind}"), packet);
        let said = walk(Link::Ethernet, &frame, |segment| {
            segment.problems[0].code.sentence(Lang::En)
        });
        said.concat()
    };
    let mut four = ipv4(&tcp());
    four[3] = 50;
    assert_snapshot!(said("0800", four), @"the IP header states a length of 50, found 40");
    let mut six = ipv6_carrying(6, &tcp());
    six[5] = 30;
    assert_snapshot!(said("86dd", six), @"the IP header states a length of 70, found 60");
}

/// An IPv4 packet whose header has a word of options and no right checksum.
fn packet_with_options() -> Vec<u8> {
    after(
        "4600 002c 0001 4000 4006 0000 0a000001 0a000002 01010100",
        tcp(),
    )
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
    assert_snapshot!(routed("02 01", [hop, last]), @"layer 0 at 80: 2001:db8::1 to 2001:db8::f");
    // What other types mean is not known, so the IP header's destination stays.
    assert_snapshot!(routed("03 01", [hop, last]), @"layer 0 at 80: 2001:db8::1 to 2001:db8::2");
}

#[test]
fn a_routing_header_without_room_for_an_address_changes_nothing() {
    let one = "20010db8 00000000 00000000 0000000f";
    for (header, at) in [
        (format!("06 02 00 01 00000000 {one}"), 64),
        (format!("06 02 04 01 00000000 {one}"), 64),
    ] {
        let ends = "2001:db8::1 to 2001:db8::f";
        let packet = ipv6_carrying(43, &after(&header, tcp()));
        assert_eq!(found(Link::Ip, &packet), format!("layer 0 at {at}: {ends}"));
    }
    for header in [
        "06 00 00 01 00000000",
        "06 00 04 01 00000000",
        "06 01 00 01 00000000 20010db8 00000000",
        "06 01 04 01 00000000 20010db8 00000000",
    ] {
        let packet = ipv6_carrying(43, &after(header, tcp()));
        assert!(
            found(Link::Ip, &packet).ends_with("2001:db8::2"),
            "{header}"
        );
    }
}

#[test]
fn fragments_are_told_apart() {
    let mut first = ipv4(&tcp());
    first[6] = 0x20;
    assert_snapshot!(found(Link::Ip, &first), @"layer 0 at 20: 10.0.0.1 to 10.0.0.2, a first fragment");
    // Neither bit is set: the packet may be cut, and was not.
    first[6] = 0;
    assert_snapshot!(found(Link::Ip, &first), @"layer 0 at 20: 10.0.0.1 to 10.0.0.2");
    first[7] = 1;
    assert_snapshot!(miss(Link::Ip, &first).unwrap().sentence(header_inspector::Lang::En), @"at byte 0, needed a packet's first fragment, found a later one, which has no TCP header");
    // The second byte is reserved: a fragment header is never longer than 8 bytes.
    let fragment = ipv6_carrying(44, &after("06 05 0001 00000007", tcp()));
    assert_snapshot!(found(Link::Ip, &fragment), @"layer 0 at 48: 2001:db8::1 to 2001:db8::2, a first fragment");
    // A packet that was not cut may have such a header; two of its bits are reserved.
    let whole = ipv6_carrying(44, &after("06 00 0000 00000007", tcp()));
    assert_snapshot!(found(Link::Ip, &whole), @"layer 0 at 48: 2001:db8::1 to 2001:db8::2");
    let more = ipv6_carrying(44, &after("06 00 0007 00000007", tcp()));
    assert_snapshot!(found(Link::Ip, &more), @"layer 0 at 48: 2001:db8::1 to 2001:db8::2, a first fragment");
}

#[test]
fn layers_without_end_are_left() {
    let mut packet = ipv4(&tcp());
    for _ in 0..40 {
        packet = ipv4_carrying(4, &packet);
    }
    assert_snapshot!(miss(Link::Ip, &packet).unwrap().sentence(header_inspector::Lang::En), @"at byte 660, too many layers inside each other");
}
