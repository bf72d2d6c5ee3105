//! Captures in every format, put together by hand: byte orders, clocks, interfaces,
//! sections, blocks that few programs still write.

use crate::common::files::{Blocks, Order, pcap, pcap_record};
use crate::common::{header, hex, ipv4, lines, settings, show};
use header_inspector::Lang;
use header_inspector::input::From;
use header_inspector::view::JsonView;
use insta::assert_snapshot;

/// Link types of the registry.
const ETHERNET: u16 = 1;
const IP: u16 = 101;

/// Tells of each segment what its record said, then the notes about the file.
fn told(file: &[u8]) -> String {
    let (text, summary) = show(file, From::Guess, &mut JsonView::new(settings(Lang::En)));
    let mut lines: Vec<String> = text.lines().map(record).collect();
    lines.extend(summary.notes.iter().map(|note| note.sentence(Lang::En)));
    lines.join("\n")
}

/// Picks out of a line of JSON what comes from the record, times digit for digit.
fn record(line: &str) -> String {
    let value = |key: &str| {
        let (_, after) = line
            .split_once(&format!("\"{key}\":"))
            .expect("the key is there");
        after.split(',').next().unwrap_or(after).to_owned()
    };
    let keys = ["frame", "time", "caplen", "len", "offset"];
    let told: Vec<String> = keys
        .iter()
        .map(|key| format!("{key} {}", value(key)))
        .collect();
    told.join(", ")
}

/// A packet of 40 bytes.
fn packet() -> Vec<u8> {
    ipv4(&header('5', ""))
}

/// Tells of a file in either byte order, which must make no difference.
fn in_both_orders(file: impl Fn(Order) -> Vec<u8>) -> String {
    let [little, big] = [Order::Little, Order::Big].map(|order| told(&file(order)));
    assert_eq!(little, big);
    little
}

/// A time in microseconds whose upper 32 bits matter.
const MICROS: u64 = 1_700_000_000_123_456;

#[test]
fn pcap_in_either_byte_order_and_with_either_clock() {
    let told = in_both_orders(|order| {
        let mut file = pcap(order, 0xa1b2_c3d4, IP.into());
        file.extend(pcap_record(order, [7, 123_456], 40, &packet()));
        // More microseconds than a second has are seconds more.
        file.extend(pcap_record(order, [7, 2_000_001], 60, &packet()));
        file
    });
    assert_snapshot!(told, @"
    frame 1, time 7.123456, caplen 40, len 40, offset 20
    frame 2, time 9.000001, caplen 40, len 60, offset 20
    ");
    let told = in_both_orders(|order| {
        let mut file = pcap(order, 0xa1b2_3c4d, IP.into());
        file.extend(pcap_record(order, [7, 123_456_789], 40, &packet()));
        file
    });
    assert_snapshot!(told, @"frame 1, time 7.123456789, caplen 40, len 40, offset 20");
}

#[test]
fn microseconds_beyond_a_second_count_in_what_has_passed() {
    let mut file = pcap(Order::Little, 0xa1b2_c3d4, IP.into());
    file.extend(pcap_record(Order::Little, [7, 900_000], 40, &packet()));
    file.extend(pcap_record(Order::Little, [7, 2_000_001], 40, &packet()));
    let second = lines(&file, From::Guess);
    let second = second.lines().nth(1).expect("two frames");
    assert!(second.starts_with("2 1.100001 "), "{second}");
}

#[test]
fn what_pcap_says_of_frame_check_sequences_is_no_part_of_the_link_type() {
    let mut file = pcap(Order::Little, 0xa1b2_c3d4, 0x1400_0000 | u32::from(IP));
    file.extend(pcap_record(Order::Little, [7, 0], 40, &packet()));
    assert_snapshot!(told(&file), @"frame 1, time 7.000000, caplen 40, len 40, offset 20");
}

#[test]
fn a_record_larger_than_the_first_buffer_is_read_whole() {
    let mut large = packet();
    large.resize(3 << 20, 0);
    let mut file = pcap(Order::Little, 0xa1b2_c3d4, IP.into());
    file.extend(pcap_record(Order::Little, [7, 0], large.len(), &large));
    file.extend(pcap_record(Order::Little, [8, 0], 40, &packet()));
    assert_snapshot!(told(&file), @"
    frame 1, time 7.000000, caplen 3145728, len 3145728, offset 20
    frame 2, time 8.000000, caplen 40, len 40, offset 20
    ");
}

#[test]
fn no_record_is_read_that_passes_the_bound() {
    let mut file = pcap(Order::Little, 0xa1b2_c3d4, IP.into());
    file.extend(pcap_record(Order::Little, [7, 0], 40, &packet()));
    let bytes = vec![0; 80 << 20];
    file.extend(pcap_record(Order::Little, [7, 0], bytes.len(), &bytes));
    assert_snapshot!(told(&file), @"
    frame 1, time 7.000000, caplen 40, len 40, offset 20
    the record at byte 80 makes no sense, so reading stops there
    ");
}

#[test]
fn pcapng_in_either_byte_order() {
    let told = in_both_orders(|order| {
        let mut file = Blocks::new(order);
        file.interface(IP, 0, &[]);
        file.enhanced(0, MICROS, 40, &packet());
        file.enhanced(0, MICROS + 1, 60, &packet());
        file.bytes
    });
    assert_snapshot!(told, @"
    frame 1, time 1700000000.123456, caplen 40, len 40, offset 20
    frame 2, time 1700000000.123457, caplen 40, len 60, offset 20
    ");
}

#[test]
fn each_interface_has_its_link_and_its_clock() {
    let told = in_both_orders(|order| {
        let mut file = Blocks::new(order);
        file.interface(ETHERNET, 0, &[(9, &[9])]);
        file.interface(IP, 0, &[(9, &[3])]);
        // 2 to the power of 10 units in a second; 20 seconds are to be added.
        file.interface(IP, 0, &[(9, &[0x8a]), (14, &order.u64(20))]);
        // Ten seconds are to be taken away.
        file.interface(IP, 0, &[(14, &order.u64(10_u64.wrapping_neg()))]);
        let ethernet = [hex("020000000001 020000000002 0800"), packet()].concat();
        file.enhanced(0, 5_000_000_007, 54, &ethernet);
        file.enhanced(1, 5_007, 40, &packet());
        file.enhanced(2, 5 * 1024 + 512, 40, &packet());
        file.enhanced(3, 19_000_000, 40, &packet());
        file.enhanced(3, 6_500_000, 40, &packet());
        file.bytes
    });
    assert_snapshot!(told, @"
    frame 1, time 5.000000007, caplen 54, len 54, offset 34
    frame 2, time 5.007000, caplen 40, len 40, offset 20
    frame 3, time 25.500000, caplen 40, len 40, offset 20
    frame 4, time 9.000000, caplen 40, len 40, offset 20
    frame 5, time -3.500000, caplen 40, len 40, offset 20
    ");
}

#[test]
fn a_clock_may_step_back_and_stand_before_1970() {
    let mut file = Blocks::new(Order::Little);
    file.interface(IP, 0, &[]);
    file.interface(IP, 0, &[(9, &[9])]);
    for (interface, time) in [
        (0, 5_000_001),
        (0, 4_250_000),
        (1, 6_000_000_001),
        (0, 7_000_000),
    ] {
        file.enhanced(interface, time, 40, &packet());
    }
    assert_snapshot!(lines(&file.bytes, From::Guess), @"
    1 0.000000 10.0.0.1:80 > 10.0.0.2:50000 ACK seq 1 ack 2 win 8192 len 0 !checksum-bad
    2 -0.750001 10.0.0.1:80 > 10.0.0.2:50000 ACK seq 1 ack 2 win 8192 len 0 !checksum-bad
    3 0.999999001 10.0.0.1:80 > 10.0.0.2:50000 ACK seq 1 ack 2 win 8192 len 0 !checksum-bad
    4 1.999999 10.0.0.1:80 > 10.0.0.2:50000 ACK seq 1 ack 2 win 8192 len 0 !checksum-bad
    ");
}

#[test]
fn a_clock_that_no_computer_has_tells_no_time() {
    let mut file = Blocks::new(Order::Little);
    file.interface(IP, 0, &[(9, &[20])]);
    file.interface(IP, 0, &[(9, &[0x80 | 64])]);
    file.interface(IP, 0, &[(9, &[0x80 | 63])]);
    for interface in 0..3 {
        file.enhanced(interface, 3 << 62, 40, &packet());
    }
    assert_snapshot!(told(&file.bytes), @"
    frame 1, time null, caplen 40, len 40, offset 20
    frame 2, time null, caplen 40, len 40, offset 20
    frame 3, time 1.500000000, caplen 40, len 40, offset 20
    ");
}

#[test]
fn a_new_section_describes_its_interfaces_anew_in_its_own_byte_order() {
    let mut file = Blocks::new(Order::Little);
    file.interface(ETHERNET, 0, &[]);
    file.order = Order::Big;
    file.section();
    file.enhanced(0, MICROS, 40, &packet());
    file.interface(IP, 0, &[(14, &1_u64.to_be_bytes())]);
    file.enhanced(0, MICROS, 40, &packet());
    assert_snapshot!(told(&file.bytes), @"
    frame 1, time 1700000001.123456, caplen 40, len 40, offset 20
    frames that name an interface which no block describes: 1
    ");
}

#[test]
fn simple_packets_have_no_time_and_are_cut_at_the_snap_length() {
    let mut file = Blocks::new(Order::Little);
    file.interface(IP, 38, &[]);
    file.simple(40, &packet()[..38]);
    file.simple(38, &packet()[..38]);
    let mut uncut = Blocks::new(Order::Little);
    uncut.interface(IP, 0, &[]);
    uncut.simple(40, &packet());
    uncut.simple(39, &packet()[..39]);
    assert_snapshot!(format!("{}\n\n{}", told(&file.bytes), told(&uncut.bytes)), @"
    frame 1, time null, caplen 38, len 40, offset 20
    frame 2, time null, caplen 38, len 38, offset 20

    frame 1, time null, caplen 40, len 40, offset 20
    frame 2, time null, caplen 39, len 39, offset 20
    ");
}

#[test]
fn padding_behind_a_packet_is_none_of_it() {
    let mut file = Blocks::new(Order::Little);
    file.interface(IP, 0, &[]);
    file.enhanced(0, MICROS, 39, &packet()[..39]);
    assert_snapshot!(told(&file.bytes), @"frame 1, time 1700000000.123456, caplen 39, len 39, offset 20");
}

#[test]
fn the_packet_blocks_of_before_2004_are_read() {
    let told = in_both_orders(|order| {
        let mut file = Blocks::new(order);
        file.interface(ETHERNET, 0, &[]);
        file.interface(IP, 0, &[]);
        file.obsolete(1, MICROS, 60, &packet());
        file.obsolete(1, MICROS + 1, 40, &packet()[..39]);
        file.obsolete(2, MICROS, 40, &packet());
        // Its head alone takes 20 bytes.
        file.block(2, &[&[0; 16]]);
        file.bytes
    });
    assert_snapshot!(told, @"
    frame 1, time 1700000000.123456, caplen 40, len 60, offset 20
    frame 2, time 1700000000.123457, caplen 39, len 40, offset 20
    frames that name an interface which no block describes: 1
    ");
}

#[test]
fn blocks_that_hold_no_packets_are_passed() {
    let mut file = Blocks::new(Order::Little);
    file.interface(IP, 0, &[]);
    // Names, statistics, and a block of a vendor's own.
    file.block(4, &[&[0; 4]]);
    file.block(5, &[&[0; 12]]);
    file.block(0x7777, &[&[0; 4]]);
    file.block(0x7778, &[]);
    file.enhanced(0, MICROS, 40, &packet());
    assert_snapshot!(told(&file.bytes), @"
    frame 1, time 1700000000.123456, caplen 40, len 40, offset 20
    blocks of unknown types that were skipped: 2
    ");
}
