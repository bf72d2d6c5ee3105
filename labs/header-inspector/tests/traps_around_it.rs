//! The sixteen traps of pnet_packet, 10 to 16: what it accepts, and what this tool makes
//! of it.
//!
//! Each check shows pnet_packet falling in first, so that a version of it which no
//! longer does is noticed and its guard can go.

use crate::common::{as_hex, header, hex, ipv4, ipv6_carrying, lines, miss, walk};
use header_inspector::input::From;
use header_inspector::tcp::Status;
use header_inspector::{DecodeError, Link};
use insta::assert_snapshot;
use pnet_packet::Packet;
use pnet_packet::ipv4::Ipv4Packet;
use pnet_packet::ipv6::FragmentPacket;
use pnet_packet::sll::SLLPacket;
use pnet_packet::tcp::TcpPacket;

#[test]
fn trap_10_an_odd_last_byte_counts_in_the_checksum() {
    let segment = header('5', "616263");
    let (src, dst) = ([10, 0, 0, 5].into(), [10, 0, 0, 6].into());
    let bare = TcpPacket::new(&segment[..20]).unwrap();
    let adv = pnet_packet::tcp::ipv4_checksum_adv(&bare, b"abc", &src, &dst);
    assert_eq!(
        adv, 0x56c1,
        "the odd byte is dropped, though the length counts it"
    );

    let mut packet = ipv4(&segment);
    packet[12..16].copy_from_slice(&src.octets());
    packet[16..20].copy_from_slice(&dst.octets());
    let right = walk(Link::Ip, &packet, |segment| segment.checksum.right);
    assert_eq!(right, [Some(0xf3c0)]);

    packet[36..38].copy_from_slice(&[0xf3, 0xc0]);
    let status = walk(Link::Ip, &packet, |segment| segment.checksum.status);
    assert_eq!(status, [Status::Good]);
}

#[test]
fn trap_11_ethernet_padding_is_no_data() {
    let mut frame = hex("020000000001 020000000002 0800");
    frame.extend(ipv4(&header('5', "")));
    frame.extend([0xff; 6]);
    let seen = walk(Link::Ethernet, &frame, |segment| {
        (segment.payload_len, segment.checksum.right)
    });
    let bare = walk(Link::Ip, &ipv4(&header('5', "")), |segment| {
        (segment.payload_len, segment.checksum.right)
    });
    assert_eq!(seen, bare);
    assert_eq!(seen[0].0, Some(0));
}

#[test]
fn trap_12_a_checksum_of_ffff_is_as_good_as_0000() {
    let packet = |field: [u8; 2]| {
        // The sequence number is chosen so that everything else sums up to ffff.
        let mut segment = header('5', "");
        let sum = walk(Link::Ip, &ipv4(&segment), |segment| segment.checksum.right)[0].unwrap();
        segment[6..8].copy_from_slice(&(1 + sum).to_be_bytes());
        segment[16..18].copy_from_slice(&field);
        ipv4(&segment)
    };
    for field in [[0, 0], [0xff, 0xff]] {
        let status = walk(Link::Ip, &packet(field), |segment| segment.checksum.status);
        assert_eq!(status, [Status::Good], "{field:?}");
    }
}

#[test]
fn trap_13_a_cooked_header_needs_all_its_bytes() {
    let bytes = hex("0000 0304 0006 0000 0000 0000 0000 08");
    assert!(
        SLLPacket::new(&bytes).is_some(),
        "it takes 8 bytes and panics when asked"
    );

    let short = |what, needed, found| DecodeError::Short {
        what,
        at: 0,
        needed,
        found,
    };
    assert_eq!(
        miss(Link::Cooked, &bytes),
        Some(short("Linux cooked header", 16, 15))
    );
    assert_eq!(
        miss(Link::Cooked2, &bytes),
        Some(short("Linux cooked v2 header", 20, 15))
    );
}

#[test]
fn trap_14_an_ip_length_of_zero_means_all_that_was_captured() {
    let mut packet = ipv4(&header('5', "616263"));
    packet[2..4].fill(0);
    assert_eq!(Ipv4Packet::new(&packet).unwrap().payload(), b"");
    assert_snapshot!(lines(&as_hex(&packet), From::Ip), @"1 10.0.0.1:80 > 10.0.0.2:50000 ACK seq 1 ack 2 win 8192 len 3 !ip-length-zero !ip-checksum-bad !checksum-bad");

    let mut packet = ipv6_carrying(6, &header('5', "616263"));
    packet[4..6].fill(0);
    assert_snapshot!(lines(&as_hex(&packet), From::Ip), @"1 [2001:db8::1]:80 > [2001:db8::2]:50000 ACK seq 1 ack 2 win 8192 len 3 !ip-length-zero !checksum-bad");
}

#[test]
fn trap_15_an_ihl_below_5_leads_nowhere() {
    let mut packet = ipv4(&header('5', ""));
    packet[0] = 0x44;
    assert!(!Ipv4Packet::new(&packet).unwrap().payload().is_empty());

    assert_eq!(
        miss(Link::Ip, &packet),
        Some(DecodeError::HeaderLength { at: 0, words: 4 })
    );
}

#[test]
fn trap_16_the_fragment_offset_is_masked_by_ourselves() {
    // `000c`: offset 1, which is byte 8, and a reserved bit that is none of it.
    let fragment = hex("0600000c 00000000");
    let packet = FragmentPacket::new(&fragment).unwrap();
    assert_eq!(packet.get_fragment_offset(), 12);

    // `0004` is the reserved bit alone: this is a whole packet with a TCP header.
    let mut carried = hex("06000004 00000000");
    carried.extend(header('5', ""));
    let fragments = walk(Link::Ip, &ipv6_carrying(44, &carried), |segment| {
        segment.ip.as_ref().unwrap().is_fragment()
    });
    assert_eq!(fragments, [false]);

    carried[..4].copy_from_slice(&fragment[..4]);
    assert_eq!(
        miss(Link::Ip, &ipv6_carrying(44, &carried)),
        Some(DecodeError::LaterFragment { at: 40 })
    );
}
