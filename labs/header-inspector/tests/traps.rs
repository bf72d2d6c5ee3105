//! The sixteen traps: what pnet_packet accepts, and what this tool makes of it.
//!
//! Each check shows pnet_packet falling in first, so that a version of it which no
//! longer does is noticed and its guard can go.

mod common;

use common::{hex, ipv4, ipv6_carrying, json, lines, miss, problems, walk};
use header_inspector::input::From;
use header_inspector::tcp::{Flaw, Status, Value};
use header_inspector::{Link, Miss};
use insta::assert_snapshot;
use pnet_packet::Packet;
use pnet_packet::ipv4::Ipv4Packet;
use pnet_packet::ipv6::FragmentPacket;
use pnet_packet::sll::SLLPacket;
use pnet_packet::tcp::TcpPacket;

/// A header whose data offset is the digit given, and what comes after its 20 bytes.
fn header(offset: char, rest: &str) -> Vec<u8> {
    hex(&format!(
        "0050c350 00000001 00000002 {offset}010 2000 0000 0000 {rest}"
    ))
}

fn line(segment: &[u8]) -> String {
    lines(&as_hex(segment), From::Tcp)
}

fn as_hex(bytes: &[u8]) -> Vec<u8> {
    bytes
        .iter()
        .flat_map(|byte| format!("{byte:02x}").into_bytes())
        .collect()
}

/// Returns the options of a segment that begins with its TCP header.
fn options(segment: &[u8]) -> Vec<String> {
    let seen = walk(Link::Tcp, segment, |segment| {
        segment
            .options()
            .map(|option| {
                format!(
                    "kind {} length {:?} {:?}",
                    option.kind, option.length, option.value
                )
            })
            .collect::<Vec<_>>()
    });
    seen.concat()
}

#[test]
fn trap_01_a_data_offset_below_5_has_no_data_behind_it() {
    let segment = header('0', "6162");
    assert_eq!(TcpPacket::new(&segment).unwrap().payload(), b"ab");

    assert_eq!(problems(Link::Tcp, &segment), ["data-offset-small 12..13"]);
    assert_snapshot!(line(&segment), @"1 :80 > :50000 ACK seq 1 ack 2 win 8192 len ? !data-offset-small");
}

#[test]
fn trap_02_a_data_offset_beyond_the_segment_is_told() {
    let segment = header('f', "");
    assert!(TcpPacket::new(&segment).unwrap().get_options().is_empty());

    assert_eq!(problems(Link::Tcp, &segment), ["data-offset-beyond 12..13"]);
    assert_snapshot!(line(&segment), @"1 :80 > :50000 ACK seq 1 ack 2 win 8192 len ? !data-offset-beyond");
}

#[test]
fn trap_03_an_option_length_below_2_ends_the_list() {
    let segment = header('6', "02000000");
    let first = &TcpPacket::new(&segment).unwrap().get_options()[0];
    assert_eq!(first.length, [0]);

    assert_eq!(
        problems(Link::Tcp, &segment),
        ["option-length-small 20..24"]
    );
    assert_snapshot!(options(&segment).join("\n"), @"kind 2 length Some(0) Flawed(LengthSmall(0))");
}

#[test]
fn trap_04_an_option_longer_than_the_area_is_not_read() {
    let segment = header('6', "080a0102");
    assert_eq!(
        TcpPacket::new(&segment).unwrap().get_options()[0].data,
        [1, 2]
    );

    assert_eq!(
        problems(Link::Tcp, &segment),
        ["option-length-beyond 20..24"]
    );
    assert_snapshot!(options(&segment).join("\n"), @"kind 8 length Some(10) Flawed(LengthBeyond { length: 10, left: 4 })");
}

#[test]
fn trap_05_an_option_without_its_length_byte_is_told() {
    let segment = header('6', "01010108");
    let last = TcpPacket::new(&segment)
        .unwrap()
        .get_options()
        .pop()
        .unwrap();
    assert_eq!((last.number.0, last.length.len()), (8, 0));

    assert_eq!(problems(Link::Tcp, &segment), ["option-no-length 23..24"]);
    assert_snapshot!(options(&segment).join("\n"), @"
    kind 1 length None Nop
    kind 1 length None Nop
    kind 1 length None Nop
    kind 8 length None Flawed(NoLength)
    ");
}

#[test]
fn trap_06_nothing_is_read_after_the_end_of_option_list() {
    let segment = header('7', "00deadbe 020405b4");
    let kinds: Vec<u8> = TcpPacket::new(&segment)
        .unwrap()
        .get_options()
        .iter()
        .map(|option| option.number.0)
        .collect();
    assert!(kinds.contains(&222));

    assert_eq!(problems(Link::Tcp, &segment), ["padding-not-zero 21..28"]);
    assert_snapshot!(options(&segment).join("\n"), @"kind 0 length None End");
}

#[test]
fn trap_07_a_wrong_fixed_length_is_told() {
    let segment = header('6', "02030500");
    assert_eq!(TcpPacket::new(&segment).unwrap().get_options()[0].data, [5]);

    assert_eq!(
        problems(Link::Tcp, &segment),
        ["option-length-wrong 20..23"]
    );
    assert_snapshot!(options(&segment).join("\n"), @"
    kind 2 length Some(3) Flawed(LengthWrong { length: 3, needed: 4 })
    kind 0 length None End
    ");
}

#[test]
fn trap_08_an_option_holds_its_own_bytes_and_no_more() {
    let segment = header('7', "020405b4 01010402");
    let packet = TcpPacket::new(&segment).unwrap();
    let first = packet.get_options_iter().next().unwrap();
    assert_eq!(first.packet().len(), 8);

    let bytes = walk(Link::Tcp, &segment, |segment| {
        segment
            .options()
            .map(|option| option.bytes.to_vec())
            .collect::<Vec<_>>()
    });
    assert_eq!(
        bytes.concat(),
        [hex("020405b4"), hex("01"), hex("01"), hex("0402")]
    );
}

#[test]
fn trap_09_the_fourth_reserved_bit_is_ae() {
    let mut segment = header('5', "");
    segment[12] |= 1;
    assert_eq!(TcpPacket::new(&segment).unwrap().get_reserved(), 1);

    let seen = walk(Link::Tcp, &segment, |segment| {
        (segment.header.reserved, segment.header.ae)
    });
    assert_eq!(seen, [(Some(0), Some(true))]);
}

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

    let short = |what, needed, found| Miss::Short {
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
        Some(Miss::HeaderLength { at: 0, words: 4 })
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
        Some(Miss::LaterFragment { at: 40 })
    );
}

#[test]
fn every_trap_comes_out_as_valid_json() {
    let traps = [
        "0 6162",
        "f",
        "6 02000000",
        "6 080a0102",
        "6 01010108",
        "7 00deadbe020405b4",
        "6 02030500",
    ];
    for trap in traps {
        let (offset, rest) = trap.split_at(1);
        let segment = header(offset.chars().next().unwrap(), rest);
        let text = json(&as_hex(&segment), From::Tcp);
        let value: serde_json::Value = serde_json::from_str(&text).expect("valid JSON");
        assert_eq!(
            value["problems"].as_array().unwrap().len(),
            1,
            "{trap}: {text}"
        );
    }
}

#[test]
fn a_flaw_keeps_the_bytes_it_was_found_in() {
    let segment = header('6', "0101080a");
    let last = walk(Link::Tcp, &segment, |segment| {
        let last = segment.options().last().unwrap();
        (
            last.bytes.to_vec(),
            matches!(last.value, Value::Flawed(Flaw::LengthBeyond { .. })),
        )
    });
    assert_eq!(last, [(hex("080a"), true)]);
}
