//! Inputs that were once decoded wrongly, each with the right value: what Wireshark and
//! tcpdump show, checked by hand.

use std::fs;

use header_inspector::Lang;
use header_inspector::input::{From, open_bytes};
use header_inspector::view::LadderView;

use crate::common::{lines, settings, show};

fn case(name: &str) -> Vec<u8> {
    fs::read(format!("tests/cases/{name}")).expect("the case is there")
}

/// The lines of a case, without frame number and time.
fn line_view(name: &str) -> Vec<String> {
    let shown = lines(&case(name), From::Guess);
    let ends = |line: &str| {
        line.split_once(" > ").map(|(from, to)| {
            let from = from.rsplit(' ').next().unwrap_or_default();
            format!("{from} > {to}")
        })
    };
    shown.lines().filter_map(ends).collect()
}

fn ladder(name: &str) -> String {
    let mut view = LadderView::new(settings(Lang::En));
    show(&case(name), From::Guess, &mut view).0
}

const DATA: &str = "10.0.0.1:1000 > 10.0.0.2:80 PSH ACK seq 1 ack 2 win 8192 len 6";

#[test]
fn a_number_in_a_label_is_never_cut() {
    assert!(ladder("long-label.pcap").contains("ack 1234 "));
}

#[test]
fn a_section_header_may_be_long() {
    assert_eq!(line_view("shb-520-bytes.pcapng").len(), 1);
}

#[test]
fn what_fills_a_gap_is_out_of_order() {
    let ladder = ladder("reordered.pcap");
    assert!(ladder.contains("(out of order)  \"two.\\n\""), "{ladder}");
    assert!(!ladder.contains("retransmission"), "{ladder}");
    assert!(ladder.contains("\n15 bytes went right"), "{ladder}");
}

#[test]
fn a_byte_order_mark_is_no_digit() {
    let shown = line_view("bom-xxd.txt");
    assert_eq!(shown.len(), 1);
    assert!(
        shown[0].contains(":30000 > [2001:4f8:4:7:2e0:81ff:fe52:9a6b]:80 SYN"),
        "{shown:?}"
    );
}

#[test]
fn an_arp_frame_has_no_tcp_header() {
    let shown = lines(&case("arp-and-tcp.txt"), From::Guess);
    assert_eq!(shown.trim_end(), format!("2 {DATA}"));
}

#[test]
fn what_tshark_puts_together_is_no_frame() {
    assert_eq!(line_view("tshark-x-reassembled.txt").len(), 14);
}

#[test]
fn an_ip_checksum_may_be_left_to_the_card() {
    assert_eq!(
        line_view("eth-ip-checksum-0.hex"),
        [format!("{DATA} !ip-checksum-bad")]
    );
}

#[test]
fn loopback_is_guessed_and_can_be_named() {
    assert_eq!(line_view("null-loopback.hex"), [DATA]);
    let named = lines(&case("null-loopback.hex"), From::Null);
    assert!(named.contains(DATA), "{named}");
}

#[test]
fn swapped_words_of_any_size_are_refused() {
    let xxd = "00000000: 00600045 00000000 06400000 0100000a  E.`.......@.....\n";
    for text in [case("xxd-e-g2.txt"), xxd.into()] {
        let refused = open_bytes(text, "test", From::Guess)
            .err()
            .expect("it is refused");
        assert!(refused.sentence(Lang::En).contains("byte order"));
    }
}

#[test]
fn a_home_address_is_the_source_of_the_checksum() {
    let shown = line_view("home-address.pcap");
    assert!(!shown[0].contains("checksum-bad"), "{shown:?}");
}

#[test]
fn a_source_route_ends_at_the_final_destination() {
    let shown = line_view("lsrr.pcap");
    for (line, destination) in shown
        .iter()
        .zip(["192.168.1.1:80", "192.168.1.1:80", "10.0.0.2:80"])
    {
        assert!(line.contains(destination) && !line.contains('!'), "{line}");
    }
}

#[test]
fn a_jumbogram_ends_where_its_option_says() {
    let shown = line_view("jumbo-trailer.pcap");
    assert!(shown[0].ends_with("len 70000"), "{shown:?}");
}

#[test]
fn the_modified_format_is_read_in_both_byte_orders() {
    assert_eq!(line_view("modified-be.pcap"), [DATA, DATA]);
}

#[test]
fn ppps_protocol_may_have_one_byte() {
    assert_eq!(line_view("pppoe-pfc.pcap").len(), 3);
}

#[test]
fn zeros_behind_gzip_are_not_read() {
    assert_eq!(line_view("gz-zero-padded.pcap.gz"), [DATA]);
}

#[test]
fn every_option_with_a_fixed_length_is_held_to_it() {
    let wrong = line_view("option-lengths.pcap");
    let wrong: Vec<bool> = wrong
        .iter()
        .map(|line| line.ends_with("!option-length-wrong"))
        .collect();
    let frames = [1, 2, 3, 4, 5, 9, 10, 11];
    let expected: Vec<bool> = (1..=wrong.len())
        .map(|frame| frames.contains(&frame))
        .collect();
    assert_eq!(wrong, expected);
}

#[test]
fn a_short_udp_packet_is_udp() {
    let mut view = LadderView::new(settings(Lang::En));
    let (_, summary) = show(&case("udp-short.pcap"), From::Guess, &mut view);
    let (_, miss) = summary.miss.expect("there is no TCP header");
    assert!(miss.sentence(Lang::En).ends_with("found protocol 17"));
}

#[test]
fn literals_and_lists_of_bytes_are_read_or_refused() {
    let header = "d382d9039d4242439430c04f50180040fe2e0000";
    let expected = lines(header.as_bytes(), From::Tcp);
    for text in [
        r"b'\xd3\x82\xd9\x03\x9dBBC\x940\xc0OP\x18\x00@\xfe.\x00\x00'",
        "[211,130,217,3,157,66,66,67,148,48,192,79,80,24,0,64,254,46,0,0]",
        "{0xd3, 130, 217, 3, 157, 66, 66, 67, 148, 48, 0xC0, 79, 80, 24, 0, 64, 254, 46, 0, 0}",
    ] {
        assert_eq!(lines(text.as_bytes(), From::Tcp), expected, "{text}");
    }
    for text in ["[211, 130, 300]", "[211, -1]", "{0x45, 0x100}"] {
        assert!(
            open_bytes(text.into(), "test", From::Tcp).is_err(),
            "{text}"
        );
    }
}

#[test]
fn bytes_that_are_nothing_known_are_not_taken_for_tcp() {
    let (shown, summary) = show(
        b"deadbeef00112233445566778899aabbccddeeff0011",
        From::Guess,
        &mut LadderView::new(settings(Lang::En)),
    );
    assert_eq!((shown.as_str(), summary.segments), ("", 0));
    assert!(
        summary.notes[0]
            .sentence(Lang::En)
            .contains("none of the headers")
    );
}
