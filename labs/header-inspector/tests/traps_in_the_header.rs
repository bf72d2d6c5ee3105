//! The sixteen traps of pnet_packet, 1 to 9: what it accepts, and what this tool makes
//! of it.
//!
//! Each check shows pnet_packet falling in first, so that a version of it which no
//! longer does is noticed and its guard can go.

use crate::common::{as_hex, header, hex, json, line, problems, walk};
use header_inspector::Link;
use header_inspector::input::From;
use header_inspector::tcp::{Flaw, Value};
use insta::assert_snapshot;
use pnet_packet::Packet;
use pnet_packet::tcp::TcpPacket;

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
