//! The checks of lab 5, the decoder. Truth is built, not decoded: a check makes
//! segments whose every field it knows, and looks for the lines that say so.
//!
//! The seed of the random segments stands in the story; LAB_SEED repeats it.

use std::fmt::Write as _;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;

use harness::{Check, apart, check, say};

/// Random segments in each check.
const SEGMENTS: usize = 200;

mod task1_ports {
    use super::*;

    #[test]
    fn the_source_port_is_in_bytes_0_and_1() {
        prints(&check!(), Field::SourcePort);
    }

    #[test]
    fn the_destination_port_is_in_bytes_2_and_3() {
        prints(&check!(), Field::DestinationPort);
    }

    #[test]
    fn blanks_case_and_comments_change_nothing() {
        let check = check!();
        let digits = Segment::example().hex();
        let spaced = digits
            .as_bytes()
            .chunks(4)
            .map(|it| String::from_utf8_lossy(it).into_owned());
        let spaced = spaced.collect::<Vec<_>>().join(" ");
        let input = format!(
            "# a comment alone\n\n{digits}\n  {spaced}\t# hi\r\n{}\n",
            digits.to_uppercase()
        );
        let printed = decode(&check, &[], input.as_bytes());
        for number in 1..=3 {
            printed.has(&check, number, "source port: 54146");
        }
    }

    #[test]
    fn a_line_that_is_not_hex_is_reported_and_the_next_is_decoded() {
        let check = check!();
        let digits = Segment::example().hex();
        let input = format!("good morning\n{}\n{digits}\n", &digits[..39]);
        let printed = decode(&check, &[], input.as_bytes());
        printed.fails(&check);
        printed.reports(&check, "segment 1: at column 1: needed a hex digit");
        printed.reports(&check, "segment 2: needed two hex digits a byte, found 39");
        printed.has(&check, 3, "source port: 54146");
    }
}

mod task2_numbers {
    use super::*;

    #[test]
    fn the_sequence_number_has_four_bytes() {
        prints(&check!(), Field::SequenceNumber);
    }

    #[test]
    fn the_acknowledgment_number_means_nothing_without_ack() {
        prints(&check!(), Field::AcknowledgmentNumber);
    }
}

mod task3_bits {
    use super::*;

    #[test]
    fn the_data_offset_is_the_first_half_of_byte_12() {
        prints(&check!(), Field::DataOffset);
    }

    #[test]
    fn three_bits_are_reserved() {
        prints(&check!(), Field::Reserved);
    }

    #[test]
    fn the_nine_flags_are_named_in_the_order_of_the_wire() {
        prints(&check!(), Field::Flags);
    }

    #[test]
    fn the_window_is_in_bytes_14_and_15() {
        prints(&check!(), Field::Window);
    }

    #[test]
    fn the_urgent_pointer_means_nothing_without_urg() {
        prints(&check!(), Field::UrgentPointer);
    }
}

mod task4_no_header {
    use super::*;

    #[test]
    fn a_header_that_is_cut_is_reported() {
        let check = check!();
        for length in [1, 13, 19] {
            let bytes = &Segment::example().bytes()[..length];
            let sentence = format!("segment 1: at byte 0: needed 20 bytes, found {length}");
            refuses(&check, bytes, &sentence);
        }
    }

    #[test]
    fn a_data_offset_below_5_is_reported() {
        let check = check!();
        for offset in [0, 4] {
            let mut bytes = Segment::example().bytes();
            bytes[12] = offset << 4;
            let needed = "needed a data offset of at least 5";
            refuses(
                &check,
                &bytes,
                &format!("segment 1: at byte 12: {needed}, found {offset}"),
            );
        }
    }

    #[test]
    fn a_data_offset_beyond_the_bytes_is_reported() {
        let check = check!();
        for (offset, length) in [(15, 20), (6, 23), (8, 31)] {
            let mut bytes = Segment::example().bytes();
            bytes.resize(length, 0);
            bytes[12] = offset << 4;
            let needed = format!("needed {} bytes for a data offset of {offset}", offset * 4);
            refuses(
                &check,
                &bytes,
                &format!("segment 1: at byte 12: {needed}, found {length}"),
            );
        }
    }

    #[test]
    fn a_header_without_a_byte_too_many_is_decoded() {
        let check = check!();
        let mut long = Segment::example().bytes();
        long[12] = 15 << 4;
        long.resize(60, 1);
        for bytes in [Segment::example().bytes(), long] {
            let printed = decode(&check, &[], format!("{}\n", hex(&bytes)).as_bytes());
            printed.has(&check, 1, "source port: 54146");
            printed.succeeds(&check);
        }
    }

    #[test]
    fn what_is_no_header_keeps_nothing_from_being_decoded() {
        let check = check!();
        let mut input = String::new();
        for number in 0..100 {
            let _ = writeln!(input, "{}", hex(&vec![number; usize::from(number % 20)]));
        }
        let _ = writeln!(input, "{}", Segment::example().hex());
        let printed = decode(&check, &[], input.as_bytes());
        printed.fails(&check);
        // Of the hundred lines five are empty.
        printed.has(&check, 96, "source port: 54146");
    }

    /// The bytes are reported so, the next line is decoded, and the status is 1.
    fn refuses(check: &Check, bytes: &[u8], sentence: &str) {
        let input = format!("{}\n{}\n", hex(bytes), Segment::example().hex());
        let printed = decode(check, &[], input.as_bytes());
        printed.fails(check);
        printed.reports(check, sentence);
        printed.has(check, 2, "source port: 54146");
    }
}

mod task5_checksum {
    use super::*;

    #[test]
    fn without_addresses_the_checksum_is_printed_as_it_is() {
        prints(&check!(), Field::Checksum);
    }

    #[test]
    fn a_right_checksum_is_good_between_ipv4_addresses() {
        judges(&check!(), "192.0.2.1", "198.51.100.7", Damage::None);
    }

    #[test]
    fn a_right_checksum_is_good_between_ipv6_addresses() {
        judges(&check!(), "2001:db8::1", "2001:db8::2:1", Damage::None);
    }

    #[test]
    fn a_wrong_checksum_is_bad_and_the_right_one_is_printed() {
        judges(&check!(), "192.0.2.1", "198.51.100.7", Damage::Checksum);
    }

    #[test]
    fn a_payload_of_an_odd_length_is_padded_with_zero() {
        let check = check!();
        let payload = |segment: &mut Segment| segment.payload = vec![0xff; 2 * 7 + 1];
        judge_all(&check, "192.0.2.1", "198.51.100.7", Damage::None, payload);
    }

    #[test]
    fn many_carries_are_added_back() {
        let check = check!();
        let payload = |segment: &mut Segment| segment.payload = vec![0xff; 1400];
        judge_all(
            &check,
            "255.255.255.254",
            "255.255.255.253",
            Damage::None,
            payload,
        );
    }

    #[derive(Clone, Copy, PartialEq)]
    enum Damage {
        None,
        Checksum,
    }

    fn judges(check: &Check, source: &str, destination: &str, damage: Damage) {
        judge_all(check, source, destination, damage, |_| {});
    }

    fn judge_all(
        check: &Check,
        source: &str,
        destination: &str,
        damage: Damage,
        change: impl Fn(&mut Segment),
    ) {
        let mut random = Random::new(check);
        let addresses = [source, destination].map(|it| it.parse().expect("an address"));
        let mut segments = Vec::new();
        let mut lines = Vec::new();
        for _ in 0..SEGMENTS {
            let mut segment = Segment::random(&mut random);
            change(&mut segment);
            let right = segment.right_checksum(addresses);
            segment.checksum = match damage {
                Damage::None => right,
                Damage::Checksum => right ^ (1 << random.below(16)),
            };
            let verdict = match damage {
                Damage::None => "good".to_string(),
                Damage::Checksum => format!("bad, should be {right:#06x}"),
            };
            lines.push(format!("checksum: {:#06x} ({verdict})", segment.checksum));
            segments.push(segment);
        }
        let options = ["--source", source, "--destination", destination];
        let printed = decode(check, &options, input_of(&segments).as_bytes());
        for (index, line) in lines.iter().enumerate() {
            if !printed.contains(index + 1, line) {
                let input = input_of(&segments[index..=index]);
                decode(check, &options, input.as_bytes()).has(check, 1, line);
            }
        }
    }
}

mod task6_options {
    use super::*;

    #[test]
    fn each_option_of_the_handout_is_printed() {
        let cases: [(&[u8], &[&str]); 9] = [
            (
                &[1, 1, 1, 0],
                &[
                    "no-operation",
                    "no-operation",
                    "no-operation",
                    "end of option list",
                ],
            ),
            (&[2, 4, 0x05, 0xb4], &["maximum segment size: 1460"]),
            (&[3, 3, 7, 0], &["window scale: 7", "end of option list"]),
            (
                &[4, 2, 1, 1],
                &["SACK permitted", "no-operation", "no-operation"],
            ),
            (
                &[1, 1, 5, 10, 0, 0, 0, 100, 0, 0, 0, 200],
                &["no-operation", "no-operation", "SACK: 100-200"],
            ),
            (
                &[
                    1, 1, 5, 18, 0xff, 0xff, 0xff, 0, 0, 0, 0, 9, 0, 0, 1, 0, 0, 0, 2, 0,
                ],
                &["no-operation", "no-operation", "SACK: 4294967040-9 256-512"],
            ),
            (
                &[1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2],
                &["no-operation", "no-operation", "timestamps: 1 2"],
            ),
            (&[253, 4, 0xca, 0xfe], &["kind 253: cafe"]),
            (
                &[254, 2, 1, 1],
                &["kind 254:", "no-operation", "no-operation"],
            ),
        ];
        let check = check!();
        for (options, expected) in cases {
            lists(&check, options, expected);
        }
    }

    #[test]
    fn several_options_are_printed_in_their_order() {
        let options = [
            2, 4, 0xff, 0xd7, 4, 2, 8, 10, 0, 0, 0, 9, 0, 0, 0, 0, 1, 3, 3, 10,
        ];
        let expected = [
            "maximum segment size: 65495",
            "SACK permitted",
            "timestamps: 9 0",
            "no-operation",
            "window scale: 10",
        ];
        lists(&check!(), &options, &expected);
    }

    #[test]
    fn nothing_follows_the_end_of_the_option_list() {
        lists(
            &check!(),
            &[0, 2, 4, 5, 180, 1, 1, 1],
            &["end of option list"],
        );
    }

    #[test]
    fn the_payload_is_no_option() {
        let check = check!();
        let mut bytes = with_options(&[1, 1, 1, 1]);
        bytes.extend([2, 4, 5, 180]);
        let printed = decode(&check, &[], format!("{}\n", hex(&bytes)).as_bytes());
        printed.lists(&check, &["no-operation"; 4]);
    }

    #[test]
    fn an_option_of_length_0_ends_the_walk_with_a_sentence() {
        let needed = "needed an option length of at least 2, found 0";
        refuses(
            &check!(),
            &[8, 0, 1, 1],
            &format!("segment 1: at byte 21: {needed}"),
        );
    }

    #[test]
    fn so_does_one_of_length_1() {
        let needed = "needed an option length of at least 2, found 1";
        refuses(
            &check!(),
            &[1, 1, 254, 1],
            &format!("segment 1: at byte 23: {needed}"),
        );
    }

    #[test]
    fn so_does_one_that_is_longer_than_the_header() {
        let needed = "needed 10 bytes for the option, found 4";
        refuses(
            &check!(),
            &[8, 10, 0, 1],
            &format!("segment 1: at byte 21: {needed}"),
        );
    }

    #[test]
    fn so_does_one_without_a_length() {
        let needed = "needed the length of an option, found the end of the header";
        refuses(
            &check!(),
            &[1, 1, 1, 2],
            &format!("segment 1: at byte 24: {needed}"),
        );
    }

    #[test]
    fn so_does_a_length_that_its_kind_cannot_have() {
        let check = check!();
        let cases: [(&[u8], u8, u8); 6] = [
            (&[2, 3, 5, 0], 2, 3),
            (&[3, 4, 7, 0], 3, 4),
            (&[4, 3, 0, 0], 4, 3),
            (&[5, 2, 1, 1], 5, 2),
            (&[5, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 5, 9),
            (&[8, 8, 0, 0, 0, 0, 0, 0], 8, 8),
        ];
        for (options, kind, length) in cases {
            let sentence = format!("an option of kind {kind} cannot have length {length}");
            refuses(
                &check,
                options,
                &format!("segment 1: at byte 21: {sentence}"),
            );
        }
    }

    #[test]
    fn no_bytes_at_all_make_it_hang_or_crash() {
        let check = check!();
        let mut random = Random::new(&check);
        let mut input = String::new();
        for _ in 0..2000 {
            let length = random.below(60) as usize + 1;
            let mut bytes: Vec<u8> = (0..length).map(|_| random.below(256) as u8).collect();
            if let Some(byte) = bytes.get_mut(12) {
                *byte = (random.below(16) as u8) << 4;
            }
            let _ = writeln!(input, "{}", hex(&bytes));
        }
        let _ = writeln!(input, "{}", Segment::example().hex());
        decode(&check, &[], input.as_bytes()).has(&check, 2001, "source port: 54146");
    }

    fn lists(check: &Check, options: &[u8], expected: &[&str]) {
        let bytes = with_options(options);
        let printed = decode(check, &[], format!("{}\n", hex(&bytes)).as_bytes());
        printed.lists(check, expected);
        printed.succeeds(check);
    }

    fn refuses(check: &Check, options: &[u8], sentence: &str) {
        let next = Segment::example().hex();
        let input = format!("{}\n{next}\n", hex(&with_options(options)));
        let printed = decode(check, &[], input.as_bytes());
        printed.reports(check, sentence);
        printed.fails(check);
        printed.has(check, 2, "source port: 54146");
    }

    fn with_options(options: &[u8]) -> Vec<u8> {
        let segment = Segment {
            options: options.to_vec(),
            ..Segment::example()
        };
        segment.bytes()
    }
}

mod task7_capture {
    use super::*;

    #[test]
    fn an_ip_packet_brings_its_own_addresses() {
        let check = check!();
        for [source, destination] in [
            ["192.0.2.1", "198.51.100.7"],
            ["2001:db8::1", "2001:db8::2"],
        ] {
            let addresses = [source, destination].map(|it| it.parse().expect("an address"));
            let mut segment = Segment::example();
            segment.checksum = segment.right_checksum(addresses);
            let mut bytes = ip(addresses, &segment.bytes(), &[]);
            // Ethernet pads short frames: what follows the packet is not the segment's.
            bytes.extend([0; 6]);
            let input = format!("{}\n", hex(&bytes));
            let printed = decode(&check, &["--from", "ip"], input.as_bytes());
            printed.has(&check, 1, "source port: 54146");
            printed.has(
                &check,
                1,
                &format!("checksum: {:#06x} (good)", segment.checksum),
            );
        }
    }

    #[test]
    fn options_of_ipv4_are_skipped() {
        let check = check!();
        let addresses = ["192.0.2.1", "198.51.100.7"].map(|it| it.parse().expect("an address"));
        let bytes = ip(addresses, &Segment::example().bytes(), &[1, 1, 1, 0]);
        let printed = decode(
            &check,
            &["--from", "ip"],
            format!("{}\n", hex(&bytes)).as_bytes(),
        );
        printed.has(&check, 1, "source port: 54146");
    }

    #[test]
    fn a_capture_is_read_in_both_byte_orders_and_resolutions() {
        let check = check!();
        for (big_endian, nanoseconds) in
            [(false, false), (true, false), (false, true), (true, true)]
        {
            let capture = Capture {
                big_endian,
                nanoseconds,
                link: 101,
            };
            let time = if nanoseconds {
                "0.001500000"
            } else {
                "0.001500"
            };
            shows(&check, &capture, |packet| packet.to_vec(), time);
        }
    }

    #[test]
    fn ethernet_is_a_link() {
        let ethernet = |packet: &[u8]| [&[0; 12][..], kind_of(packet), packet].concat();
        shows(&check!(), &Capture::of(1), ethernet, "0.001500");
    }

    #[test]
    fn an_ethernet_frame_may_have_a_vlan_tag() {
        let tagged =
            |packet: &[u8]| [&[0; 12][..], &[0x81, 0, 0, 5], kind_of(packet), packet].concat();
        shows(&check!(), &Capture::of(1), tagged, "0.001500");
    }

    #[test]
    fn loopback_is_a_link() {
        let null = |packet: &[u8]| {
            let family = if packet[0] >> 4 == 4 { 2 } else { 30 };
            [&[family, 0, 0, 0][..], packet].concat()
        };
        shows(&check!(), &Capture::of(0), null, "0.001500");
    }

    /// An echo of `hello`, recorded on loopback; the expected lines are header-inspector's.
    #[test]
    fn a_recording_is_printed_frame_by_frame() {
        let recording = include_bytes!("../labs/lab5/recording.pcap");
        let check = check!();
        captured(&check, recording).is(&check, &RECORDED);
    }

    const RECORDED: [&str; 10] = [
        "1 0.000000 127.0.0.1:54146 > 127.0.0.1:55555 SYN seq 2638365250 win 65495 len 0 [MSS 65495, SACK-Permitted, Timestamps 1110622703/0, WScale 10]",
        "2 0.000013 127.0.0.1:55555 > 127.0.0.1:54146 SYN ACK seq 2486222926 ack 2638365251 win 65483 len 0 [MSS 65495, SACK-Permitted, Timestamps 1113823964/1110622703, WScale 10]",
        "3 0.000025 127.0.0.1:54146 > 127.0.0.1:55555 ACK seq 2638365251 ack 2486222927 win 64 len 0 [Timestamps 1110622703/1113823964]",
        "4 0.000154 127.0.0.1:54146 > 127.0.0.1:55555 PSH ACK seq 2638365251 ack 2486222927 win 64 len 6 [Timestamps 1110622703/1113823964]",
        "5 0.000164 127.0.0.1:55555 > 127.0.0.1:54146 ACK seq 2486222927 ack 2638365257 win 64 len 0 [Timestamps 1113823964/1110622703]",
        "6 0.000181 127.0.0.1:55555 > 127.0.0.1:54146 PSH ACK seq 2486222927 ack 2638365257 win 64 len 6 [Timestamps 1113823964/1110622703]",
        "7 0.000185 127.0.0.1:54146 > 127.0.0.1:55555 ACK seq 2638365257 ack 2486222933 win 64 len 0 [Timestamps 1110622703/1113823964]",
        "8 0.057680 127.0.0.1:54146 > 127.0.0.1:55555 FIN ACK seq 2638365257 ack 2486222933 win 64 len 0 [Timestamps 1110622761/1113823964]",
        "9 0.057776 127.0.0.1:55555 > 127.0.0.1:54146 FIN ACK seq 2486222933 ack 2638365258 win 64 len 0 [Timestamps 1113824022/1110622761]",
        "10 0.057791 127.0.0.1:54146 > 127.0.0.1:55555 ACK seq 2638365258 ack 2486222934 win 64 len 0 [Timestamps 1110622761/1113824022]",
    ];

    #[test]
    fn what_is_not_tcp_is_passed_over() {
        let check = check!();
        let capture = Capture::of(101);
        let addresses = ["192.0.2.1", "198.51.100.7"].map(|it| it.parse().expect("an address"));
        let mut udp = ip(addresses, &Segment::example().bytes(), &[]);
        udp[9] = 17;
        let tcp = ip(addresses, &Segment::example().bytes(), &[]);
        let file = capture.file(&[udp, tcp]);
        let printed = captured(&check, &file);
        let line = "2 0.001500 192.0.2.1:54146 > 198.51.100.7:55555 PSH ACK seq 2638365251 ack 2486222927 win 64 len 0";
        printed.is(&check, &[line]);
        printed.succeeds(&check);
    }

    #[test]
    fn a_file_that_is_no_capture_is_told_in_a_sentence() {
        let check = check!();
        for bytes in [
            &b""[..],
            b"good morning, this is no capture file",
            &[0xd4, 0xc3, 0xb2, 0xa1],
        ] {
            let path = File::with(bytes);
            let _slot = check.slot();
            let mut program = check.start("decoder", &["--pcap", &path.name()]);
            program.fails_with_a_sentence(1);
        }
    }

    #[test]
    fn a_capture_that_is_cut_shows_what_was_whole() {
        let check = check!();
        let addresses = ["192.0.2.1", "198.51.100.7"].map(|it| it.parse().expect("an address"));
        let packet = ip(addresses, &Segment::example().bytes(), &[]);
        let file = Capture::of(101).file(&[packet.clone(), packet]);
        let printed = captured(&check, &file[..file.len() - 7]);
        printed.fails(&check);
        let line = "1 0.000000 192.0.2.1:54146 > 198.51.100.7:55555 PSH ACK seq 2638365251 ack 2486222927 win 64 len 0";
        printed.is(&check, &[line]);
    }

    /// Two segments, with options and without, are shown as header-inspector does.
    fn shows(check: &Check, capture: &Capture, frame: impl Fn(&[u8]) -> Vec<u8>, time: &str) {
        for [source, destination, from, to] in [
            ["192.0.2.1", "198.51.100.7", "192.0.2.1", "198.51.100.7"],
            [
                "2001:db8::1",
                "2001:db8::2",
                "[2001:db8::1]",
                "[2001:db8::2]",
            ],
        ] {
            let addresses = [source, destination].map(|it| it.parse().expect("an address"));
            let syn = Segment {
                bits: 0x002,
                options: vec![
                    2, 4, 5, 180, 4, 2, 8, 10, 0, 0, 0, 9, 0, 0, 0, 0, 1, 3, 3, 7,
                ],
                ..Segment::example()
            };
            let data = Segment {
                payload: b"hi\n".to_vec(),
                ..Segment::example()
            };
            let frames = [syn, data].map(|it| frame(&ip(addresses, &it.bytes(), &[])));
            let start = if capture.nanoseconds {
                "0.000000000"
            } else {
                "0.000000"
            };
            let ends = format!("{from}:54146 > {to}:55555");
            let printed = captured(check, &capture.file(&frames));
            printed.is(
                check,
                &[
                    &format!("1 {start} {ends} SYN seq 2638365251 win 64 len 0 [MSS 1460, SACK-Permitted, Timestamps 9/0, WScale 7]"),
                    &format!("2 {time} {ends} PSH ACK seq 2638365251 ack 2486222927 win 64 len 3"),
                ],
            );
        }
    }

    fn captured(check: &Check, file: &[u8]) -> Printed {
        let path = File::with(file);
        let _slot = check.slot();
        let mut program = check.start("decoder", &["--pcap", &path.name()]);
        Printed::of(&mut program)
    }

    fn kind_of(packet: &[u8]) -> &'static [u8] {
        if packet[0] >> 4 == 4 {
            &[0x08, 0x00]
        } else {
            &[0x86, 0xdd]
        }
    }
}

/// A field that is checked with random segments.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    SourcePort,
    DestinationPort,
    SequenceNumber,
    AcknowledgmentNumber,
    DataOffset,
    Reserved,
    Flags,
    Window,
    Checksum,
    UrgentPointer,
}

impl Field {
    /// Its name in the output, and the bytes of the header in which it is.
    fn place(self) -> (&'static str, std::ops::Range<usize>) {
        match self {
            Field::SourcePort => ("source port", 0..2),
            Field::DestinationPort => ("destination port", 2..4),
            Field::SequenceNumber => ("sequence number", 4..8),
            Field::AcknowledgmentNumber => ("acknowledgment number", 8..12),
            Field::DataOffset => ("data offset", 12..13),
            Field::Reserved => ("reserved", 12..13),
            Field::Flags => ("flags", 12..14),
            Field::Window => ("window", 14..16),
            Field::Checksum => ("checksum", 16..18),
            Field::UrgentPointer => ("urgent pointer", 18..20),
        }
    }

    /// The line that says it.
    fn line(self, segment: &Segment) -> String {
        let unless = |bit: u16, name: &str| match segment.bits & bit {
            0 => format!(" (without meaning: {name} is not set)"),
            _ => String::new(),
        };
        let value = match self {
            Field::SourcePort => segment.source_port.to_string(),
            Field::DestinationPort => segment.destination_port.to_string(),
            Field::SequenceNumber => segment.sequence_number.to_string(),
            Field::AcknowledgmentNumber => {
                format!("{}{}", segment.acknowledgment_number, unless(0x10, "ACK"))
            }
            Field::DataOffset => segment.data_offset().to_string(),
            Field::Reserved => format!("{:03b}", segment.reserved),
            Field::Flags => segment.flags(),
            Field::Window => segment.window.to_string(),
            Field::Checksum => format!("{:#06x}", segment.checksum),
            Field::UrgentPointer => format!("{}{}", segment.urgent_pointer, unless(0x20, "URG")),
        };
        format!("{}: {value}", self.place().0)
    }

    /// The segment with nothing in it but this field, and the flags that give it meaning.
    fn alone(self, segment: &Segment) -> Segment {
        let plain = Segment::plain();
        match self {
            Field::SourcePort => Segment {
                source_port: segment.source_port,
                ..plain
            },
            Field::DestinationPort => Segment {
                destination_port: segment.destination_port,
                ..plain
            },
            Field::SequenceNumber => Segment {
                sequence_number: segment.sequence_number,
                ..plain
            },
            Field::AcknowledgmentNumber => Segment {
                acknowledgment_number: segment.acknowledgment_number,
                bits: segment.bits & 0x10,
                ..plain
            },
            Field::DataOffset => Segment {
                options: segment.options.clone(),
                ..plain
            },
            Field::Reserved => Segment {
                reserved: segment.reserved,
                ..plain
            },
            Field::Flags => Segment {
                bits: segment.bits,
                ..plain
            },
            Field::Window => Segment {
                window: segment.window,
                ..plain
            },
            Field::Checksum => Segment {
                checksum: segment.checksum,
                ..plain
            },
            Field::UrgentPointer => Segment {
                urgent_pointer: segment.urgent_pointer,
                bits: segment.bits & 0x20,
                ..plain
            },
        }
    }

    /// Segments like this one and simpler, the simplest first.
    fn simpler(self, segment: &Segment) -> Vec<Segment> {
        let alone = self.alone(segment);
        let mut simpler = vec![Segment::plain()];
        for bit in 0..9 {
            simpler.push(Segment {
                bits: alone.bits & (1 << bit),
                ..self.alone(&Segment::plain())
            });
        }
        simpler.push(Segment {
            bits: 0,
            ..alone.clone()
        });
        simpler.push(alone);
        simpler.push(segment.clone());
        simpler
    }
}

/// Random segments: each has the line that its field should have. Of those that have
/// not the simplest is told.
fn prints(check: &Check, field: Field) {
    let mut random = Random::new(check);
    let random = (0..SEGMENTS).map(|_| Segment::random(&mut random));
    let segments: Vec<Segment> = [Segment::plain()].into_iter().chain(random).collect();
    let printed = decode(check, &[], input_of(&segments).as_bytes());
    let wrong = (1..)
        .zip(&segments)
        .find(|(number, segment)| !printed.contains(*number, &field.line(segment)));
    let Some((_, segment)) = wrong else { return };
    let simpler = field.simpler(segment);
    let printed = decode(check, &[], input_of(&simpler).as_bytes());
    let simplest = (1..)
        .zip(&simpler)
        .find(|(number, segment)| !printed.contains(*number, &field.line(segment)));
    let (number, segment) = simplest.unwrap_or((simpler.len(), segment));
    let (name, place) = field.place();
    let bytes = segment.bytes();
    let shown = apart(marked(&bytes, place.clone()));
    check.notes(say!(
        "the simplest segment that fails, with the bytes of the field marked: {shown}",
        "أبسط مقطع يخفق، وقد عُلّمت بايتات الحقل: {shown}"
    ));
    let found = printed.line(number, name);
    let seen = match &found {
        None => say!("it prints no such line", "لا يطبع سطرًا كهذا"),
        Some(line) => {
            let likely = likely(line, name, &bytes, place);
            let line = apart(format!("{line:?}"));
            say!("it prints {line}{likely}", "يطبع {line}{likely}")
        }
    };
    let wanted = apart(format!("{:?}", field.line(segment)));
    check.holds(
        false,
        say!(
            "the decoder should print {wanted} for it",
            "كان يجب أن يطبع فاكّ الترميز {wanted}"
        ),
        seen,
    );
}

/// What the printed number would be if the bytes were read in another way.
fn likely(line: &str, name: &str, bytes: &[u8], place: std::ops::Range<usize>) -> String {
    let value = line[name.len()..]
        .trim_start_matches(": ")
        .split(' ')
        .next()
        .unwrap_or_default();
    let Ok(value) = value.parse::<u64>() else {
        return String::new();
    };
    let big = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    };
    let own: Vec<u8> = bytes[place.clone()].to_vec();
    let mut backwards = own.clone();
    backwards.reverse();
    let shown = apart(hex_spaced(&own));
    let (first, last) = (apart(place.start), apart(place.end - 1));
    if own.len() > 1 && value == big(&backwards) && value != big(&own) {
        return say!(
            "; that is what bytes {first} to {last}, {shown}, give backwards",
            "؛ وهذا ما تعطيه البايتات {first} إلى {last}، {shown}، معكوسة"
        );
    }
    if value == u64::from(own[0]) && own.len() > 1 {
        return say!(
            "; that is byte {first} alone",
            "؛ وهذا هو البايت {first} وحده"
        );
    }
    if name == "data offset" && value == big(&own) / 16 * 4 {
        return say!(
            "; that is in bytes, and the field counts words of 32 bits",
            "؛ وهذا بالبايتات، والحقل يعدّ كلمات من 32 بت"
        );
    }
    let other = (0..bytes.len().saturating_sub(own.len()))
        .filter(|at| *at != place.start)
        .find(|at| value != 0 && value == big(&bytes[*at..at + own.len()]));
    match other {
        None => String::new(),
        Some(at) => {
            let at = apart(at);
            say!(
                "; that is what begins at byte {at}",
                "؛ وهذا ما يبدأ عند البايت {at}"
            )
        }
    }
}

/// What the decoder printed for an input.
struct Printed {
    lines: Vec<String>,
    errors: String,
    status: Option<i32>,
}

/// Runs the decoder on this input to its end.
fn decode(check: &Check, arguments: &[&str], input: &[u8]) -> Printed {
    let _slot = check.slot();
    let mut program = check.start("decoder", arguments);
    program.types_bytes(input);
    program.closes_its_keyboard();
    Printed::of(&mut program)
}

impl Printed {
    fn of(program: &mut harness::Program) -> Printed {
        let status = program.exits();
        // Both outputs have come to their end after this.
        program.said_in_all();
        let output = String::from_utf8_lossy(&program.output_so_far()).into_owned();
        Printed {
            lines: output.lines().map(str::to_string).collect(),
            errors: program.errors_so_far(),
            status: status.code(),
        }
    }

    /// The lines of a segment, counted from 1.
    fn segment(&self, number: usize) -> &[String] {
        let start = format!("segment {number}:");
        let Some(first) = self.lines.iter().position(|line| line.starts_with(&start)) else {
            return &[];
        };
        let rest = &self.lines[first + 1..];
        let end = rest.iter().position(|line| line.starts_with("segment "));
        &rest[..end.unwrap_or(rest.len())]
    }

    fn contains(&self, number: usize, line: &str) -> bool {
        self.segment(number)
            .iter()
            .any(|printed| printed.trim() == line)
    }

    /// The line of a segment that begins with this name.
    fn line(&self, number: usize, name: &str) -> Option<String> {
        let start = format!("{name}:");
        let line = self
            .segment(number)
            .iter()
            .find(|line| line.trim().starts_with(&start));
        line.map(|line| line.trim().to_string())
    }

    fn has(&self, check: &Check, number: usize, line: &str) {
        let name = line.split(':').next().unwrap_or_default();
        let seen = match self.line(number, name) {
            Some(line) => {
                let line = apart(format!("{line:?}"));
                say!("it prints {line}", "يطبع {line}")
            }
            None => say!("it prints no such line", "لا يطبع سطرًا كهذا"),
        };
        let (line_shown, shown) = (apart(format!("{line:?}")), apart(number));
        let should = say!(
            "under \"segment {shown}\" the decoder should print {line_shown}",
            "كان يجب أن يطبع فاكّ الترميز تحت «segment {shown}» السطر {line_shown}"
        );
        check.holds(self.contains(number, line), should, seen);
    }

    /// The options of the first segment are these.
    fn lists(&self, check: &Check, expected: &[&str]) {
        let options = self
            .segment(1)
            .iter()
            .filter_map(|line| line.trim().strip_prefix("option:"));
        let options: Vec<&str> = options.map(str::trim).collect();
        let (wanted, found) = (
            apart(format!("{expected:?}")),
            apart(format!("{options:?}")),
        );
        check.holds(
            options == expected,
            say!(
                "the options should be {wanted}",
                "كان يجب أن تكون الخيارات {wanted}"
            ),
            say!("they are {found}", "وهي {found}"),
        );
    }

    /// The whole output is these lines.
    fn is(&self, check: &Check, expected: &[&str]) {
        let (wanted, found) = (
            apart(format!("{expected:#?}")),
            apart(format!("{:#?}", self.lines)),
        );
        check.holds(
            self.lines == expected,
            say!(
                "the decoder should print {wanted}",
                "كان يجب أن يطبع فاكّ الترميز {wanted}"
            ),
            say!("it prints {found}", "يطبع {found}"),
        );
    }

    /// A line of standard error begins so.
    fn reports(&self, check: &Check, sentence: &str) {
        let found = self
            .errors
            .lines()
            .any(|line| line.trim().starts_with(sentence));
        let (wanted, errors) = (
            apart(format!("{sentence:?}")),
            apart(format!("{:?}", self.errors)),
        );
        check.holds(
            found,
            say!(
                "the decoder should say on standard error {wanted}",
                "كان يجب أن يقول فاكّ الترميز على خرج الأخطاء {wanted}"
            ),
            say!("it says {errors}", "يقول {errors}"),
        );
    }

    fn fails(&self, check: &Check) {
        self.ends(check, 1);
    }

    fn succeeds(&self, check: &Check) {
        self.ends(check, 0);
    }

    fn ends(&self, check: &Check, status: i32) {
        let found = self
            .status
            .map_or(say!("unknown", "مجهولة"), |status| status.to_string());
        let (wanted, found) = (apart(status), apart(found));
        let errors = apart(format!("{:?}", self.errors));
        check.holds(
            self.status == Some(status),
            say!(
                "the exit status should be {wanted}",
                "كان يجب أن تكون حالة الخروج {wanted}"
            ),
            say!(
                "it is {found}, and standard error {errors}",
                "وهي {found}، وخرج الأخطاء {errors}"
            ),
        );
    }
}

/// A segment whose every field is known.
#[derive(Clone)]
struct Segment {
    source_port: u16,
    destination_port: u16,
    sequence_number: u32,
    acknowledgment_number: u32,
    /// Three bits.
    reserved: u8,
    /// The nine flags, AE the highest.
    bits: u16,
    window: u16,
    checksum: u16,
    urgent_pointer: u16,
    /// A multiple of four bytes.
    options: Vec<u8>,
    payload: Vec<u8>,
}

impl Segment {
    /// The header of the handout.
    fn example() -> Segment {
        Segment {
            source_port: 54146,
            destination_port: 55555,
            sequence_number: 2638365251,
            acknowledgment_number: 2486222927,
            bits: 0x018,
            window: 64,
            ..Segment::plain()
        }
    }

    /// Nothing but a data offset of 5.
    fn plain() -> Segment {
        Segment {
            source_port: 0,
            destination_port: 0,
            sequence_number: 0,
            acknowledgment_number: 0,
            reserved: 0,
            bits: 0,
            window: 0,
            checksum: 0,
            urgent_pointer: 0,
            options: Vec::new(),
            payload: Vec::new(),
        }
    }

    fn random(random: &mut Random) -> Segment {
        let payload = random.below(40) as usize;
        Segment {
            source_port: random.below(1 << 16) as u16,
            destination_port: random.below(1 << 16) as u16,
            sequence_number: random.below(1 << 32) as u32,
            acknowledgment_number: random.below(1 << 32) as u32,
            reserved: random.below(8) as u8,
            bits: random.below(512) as u16,
            window: random.below(1 << 16) as u16,
            checksum: random.below(1 << 16) as u16,
            urgent_pointer: random.below(1 << 16) as u16,
            options: vec![1; 4 * random.below(11) as usize],
            payload: (0..payload).map(|_| random.below(256) as u8).collect(),
        }
    }

    fn data_offset(&self) -> usize {
        5 + self.options.len() / 4
    }

    fn flags(&self) -> String {
        const NAMES: [&str; 9] = ["AE", "CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"];
        let set = (0..9).filter(|place| self.bits >> (8 - place) & 1 == 1);
        let names: Vec<&str> = set.map(|place| NAMES[place]).collect();
        if names.is_empty() {
            "none".to_string()
        } else {
            names.join(" ")
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend(self.source_port.to_be_bytes());
        bytes.extend(self.destination_port.to_be_bytes());
        bytes.extend(self.sequence_number.to_be_bytes());
        bytes.extend(self.acknowledgment_number.to_be_bytes());
        let offset = (self.data_offset() as u16) << 12;
        bytes.extend((offset | u16::from(self.reserved) << 9 | self.bits).to_be_bytes());
        bytes.extend(self.window.to_be_bytes());
        bytes.extend(self.checksum.to_be_bytes());
        bytes.extend(self.urgent_pointer.to_be_bytes());
        bytes.extend(&self.options);
        bytes.extend(&self.payload);
        bytes
    }

    fn hex(&self) -> String {
        hex(&self.bytes())
    }

    /// The checksum that the segment should have between these addresses.
    fn right_checksum(&self, addresses: [IpAddr; 2]) -> u16 {
        let segment = Segment {
            checksum: 0,
            ..self.clone()
        }
        .bytes();
        let mut summed = Vec::new();
        for address in addresses {
            match address {
                IpAddr::V4(address) => summed.extend(address.octets()),
                IpAddr::V6(address) => summed.extend(address.octets()),
            }
        }
        summed.extend(6u32.to_be_bytes());
        summed.extend((segment.len() as u32).to_be_bytes());
        summed.extend(segment);
        // One's complement: 65536 is 1, so the sum is taken modulo 65535.
        let words = summed
            .chunks(2)
            .map(|word| u64::from(word[0]) << 8 | word.get(1).map_or(0, |low| u64::from(*low)));
        let sum: u64 = words.sum();
        match sum % 65535 {
            0 => 0,
            rest => (65535 - rest) as u16,
        }
    }
}

/// Random numbers from a seed that the story shows (splitmix64).
struct Random(u64);

impl Random {
    fn new(check: &Check) -> Random {
        let given = std::env::var("LAB_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| RandomState::new().hash_one(0) % 1_000_000);
        let shown = apart(seed);
        check.notes(say!(
            "random segments are made from seed {shown} (LAB_SEED={shown} makes them again)",
            "تُنشأ مقاطع عشوائية من البذرة {shown} (ويعيدها LAB_SEED={shown})"
        ));
        Random(seed)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// Puts an IP header before a segment; `options` are IPv4's.
fn ip(addresses: [IpAddr; 2], segment: &[u8], options: &[u8]) -> Vec<u8> {
    match addresses {
        [IpAddr::V4(source), IpAddr::V4(destination)] => {
            let length = 20 + options.len();
            let mut bytes = vec![0x40 | (length / 4) as u8, 0];
            bytes.extend(((length + segment.len()) as u16).to_be_bytes());
            bytes.extend([0, 1, 0x40, 0, 64, 6, 0, 0]);
            bytes.extend(source.octets());
            bytes.extend(destination.octets());
            bytes.extend(options);
            bytes.extend(segment);
            bytes
        }
        [IpAddr::V6(source), IpAddr::V6(destination)] => {
            let mut bytes = vec![0x60, 0, 0, 0];
            bytes.extend((segment.len() as u16).to_be_bytes());
            bytes.extend([6, 64]);
            bytes.extend(source.octets());
            bytes.extend(destination.octets());
            bytes.extend(segment);
            bytes
        }
        _ => unreachable!("both addresses are of one version"),
    }
}

/// A classic pcap file; each frame comes 1.5 ms after the one before.
struct Capture {
    big_endian: bool,
    nanoseconds: bool,
    link: u32,
}

impl Capture {
    fn of(link: u32) -> Capture {
        Capture {
            big_endian: false,
            nanoseconds: false,
            link,
        }
    }

    fn file(&self, frames: &[Vec<u8>]) -> Vec<u8> {
        let magic = if self.nanoseconds {
            0xa1b2_3c4d
        } else {
            0xa1b2_c3d4
        };
        let mut file = Vec::new();
        file.extend(self.number(magic));
        file.extend(if self.big_endian {
            [0, 2, 0, 4]
        } else {
            [2, 0, 4, 0]
        });
        for number in [0, 0, 65535, self.link] {
            file.extend(self.number(number));
        }
        for (index, frame) in frames.iter().enumerate() {
            let fraction = 1500 * index as u32 * if self.nanoseconds { 1000 } else { 1 };
            let length = frame.len() as u32;
            for number in [1_700_000_000, fraction, length, length] {
                file.extend(self.number(number));
            }
            file.extend(frame);
        }
        file
    }

    fn number(&self, number: u32) -> [u8; 4] {
        if self.big_endian {
            number.to_be_bytes()
        } else {
            number.to_le_bytes()
        }
    }
}

/// A file that is removed at the end of its check.
struct File(std::path::PathBuf);

impl File {
    fn with(bytes: &[u8]) -> File {
        let name = format!(
            "lab5-{}-{}",
            std::process::id(),
            RandomState::new().hash_one(1)
        );
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, bytes).expect("a temporary file can be written");
        File(path)
    }

    fn name(&self) -> String {
        self.0.display().to_string()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn input_of(segments: &[Segment]) -> String {
    segments
        .iter()
        .map(|segment| segment.hex() + "\n")
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hex_spaced(bytes: &[u8]) -> String {
    let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.join(" ")
}

/// The bytes of a header, with those of a field in brackets.
fn marked(bytes: &[u8], place: std::ops::Range<usize>) -> String {
    let before = hex_spaced(&bytes[..place.start]);
    let field = hex_spaced(&bytes[place.clone()]);
    let after = hex_spaced(&bytes[place.end..]);
    format!("{before} [{field}] {after}").trim().to_string()
}
