//! The empty, the truncated and the absurd: each ends in a value or a sentence that
//! names where, what was needed and what was found.

use crate::common::{hex, json, lines, settings, show};
use header_inspector::Lang;
use header_inspector::input::{From, open_bytes};
use header_inspector::view::{DiagramView, ExplainView, LineView};
use insta::assert_snapshot;

fn refusal(bytes: &[u8]) -> String {
    let opened = open_bytes(bytes.to_vec(), "file", From::Guess);
    opened
        .err()
        .expect("the input should be refused")
        .to_string()
}

/// A pcap file header, little-endian, microseconds, raw IP.
fn pcap() -> Vec<u8> {
    hex("d4c3b2a1 0200 0400 00000000 00000000 ffff0000 65000000")
}

/// Shows a capture as lines, then what is noted about it.
fn noted(bytes: &[u8]) -> String {
    let (shown, summary) = show(bytes, From::Guess, &mut LineView::new(settings(Lang::En)));
    let notes: Vec<String> = summary
        .notes
        .iter()
        .map(|note| note.sentence(Lang::En))
        .collect();
    format!("{shown}{} frames; {}", summary.frames, notes.join("; "))
}

#[test]
fn what_is_no_capture_is_refused() {
    assert_snapshot!(refusal(b""), @"file is empty: needed a pcap or pcapng capture, or a hexdump");
    assert_snapshot!(refusal(b"\x7fELF\x02\x01"), @"file is no capture: at byte 0, needed the first bytes of pcap, pcapng or gzip, or a hexdump, found 7f 45 4c 46");
    assert_snapshot!(refusal(&pcap()[..20]), @"file begins like a capture, but its file header is cut or damaged: needed a whole one at byte 0");
    assert_snapshot!(refusal(&hex("0a0d0d0a 1c000000 4d3c2b1a")), @"file begins like a capture, but its file header is cut or damaged: needed a whole one at byte 0");
}

#[test]
fn a_capture_without_frames_shows_none() {
    assert_snapshot!(noted(&pcap()), @"0 frames; ");
}

#[test]
fn a_cut_record_is_told_with_its_offset() {
    let mut file = pcap();
    file.extend(hex("00000000 00000000 28000000 28000000 4500"));
    assert_snapshot!(noted(&file), @"0 frames; the file ends inside the record that begins at byte 24");
}

#[test]
fn a_damaged_pcapng_block_is_told_with_its_offset() {
    let mut file = hex("0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000");
    file.extend(hex(
        "06000000 24000000 00000000 00000000 00000000 00000000 00000000 00000000 99000000",
    ));
    assert_snapshot!(noted(&file), @"0 frames; the record at byte 28 makes no sense, so reading stops there");
}

#[test]
fn unknown_blocks_and_interfaces_are_counted() {
    let mut file = hex("0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000");
    file.extend(hex("77770000 10000000 00000000 10000000"));
    file.extend(hex(
        "06000000 20000000 07000000 00000000 00000000 00000000 00000000 20000000",
    ));
    assert_snapshot!(noted(&file), @"0 frames; blocks of unknown types that were skipped: 1; frames that name an interface which no block describes: 1");
}

#[test]
fn a_header_of_one_byte_is_a_header() {
    let (shown, _) = show(b"00", From::Tcp, &mut DiagramView::new(settings(Lang::En)));
    assert_snapshot!(shown);
    assert_snapshot!(lines(b"00", From::Tcp), @"1 :? > :? flags ? seq ? ack ? win ? len ? !header-cut");
}

#[test]
fn what_is_not_there_is_null() {
    let text = json(b"0050 c350 0000 0001", From::Tcp);
    let value: serde_json::Value = serde_json::from_str(&text).expect("valid JSON");
    assert_eq!(value["src_port"], 80);
    assert_eq!(value["seq"], 1);
    for key in [
        "time",
        "ip_version",
        "src",
        "ack",
        "data_offset",
        "ae",
        "syn",
        "window",
        "checksum",
        "payload_len",
    ] {
        assert!(value[key].is_null(), "{key}: {text}");
    }
    assert_eq!(value["checksum_status"], "unverified");
}

#[test]
fn forty_bytes_of_ff_are_explained() {
    let digits = "ff".repeat(40);
    for (name, lang) in [("ff", Lang::En), ("ff.ar", Lang::Ar)] {
        let (shown, _) = show(
            digits.as_bytes(),
            From::Tcp,
            &mut ExplainView::new(settings(lang)),
        );
        assert_snapshot!(name, shown);
    }
}

#[test]
fn a_segment_that_wraps_the_sequence_space_is_acknowledged_after_it() {
    let segment = b"0050c350 ffffffff 00000002 5011 2000 0000 0000 616263";
    let (shown, _) = show(
        segment,
        From::Tcp,
        &mut ExplainView::new(settings(Lang::En)),
    );
    let expected = "4294967295 + 3 + 1 (FIN) - 2^32 = 3";
    assert!(shown.contains(expected), "{shown}");
}

#[test]
fn gzip_within_gzip_is_opened_once() {
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;
    let pack = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let once = pack(&pcap());
    assert_snapshot!(noted(&once), @"0 frames; ");
    assert!(refusal(&pack(&once)).contains("found 1f 8b"));
}

#[test]
fn a_gzipped_capture_cut_short_shows_what_is_left() {
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;
    let mut file = pcap();
    for _ in 0..2000 {
        file.extend(hex("00000000 00000000 28000000 28000000"));
        file.extend(crate::common::ipv4(&hex(
            "0050c350 00000001 00000002 5010 2000 0000 0000",
        )));
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::none());
    encoder.write_all(&file).unwrap();
    let packed = encoder.finish().unwrap();
    let told = noted(&packed[..packed.len() / 2]);
    assert!(!told.contains("the file ends"), "that is not the reason");
    assert!(
        told.contains("reading stopped after byte"),
        "{}",
        &told[told.len() - 100..]
    );
}
