//! Lines of hexdumps: what is an offset, what are bytes, what are the bytes again as
//! letters, and what is none of it.

use crate::common::{as_hex, json, settings, show};
use header_inspector::input::{From, open_bytes};
use header_inspector::view::LineView;
use header_inspector::{Lang, Segment, View};
use insta::assert_snapshot;

/// Writes each frame's bytes as hex digits, a line a frame.
struct Bytes;

impl View for Bytes {
    fn segment(&mut self, segment: &Segment, out: &mut Vec<u8>) {
        out.extend(as_hex(segment.frame.bytes));
        out.push(b'\n');
    }
}

/// Returns the bytes of each frame of a dump, or why it is refused.
fn read(dump: &str) -> String {
    match open_bytes(dump.as_bytes().to_vec(), "dump", From::Tcp) {
        Ok(_) => show(dump.as_bytes(), From::Tcp, &mut Bytes).0,
        Err(error) => error.sentence(Lang::En).to_owned(),
    }
}

#[test]
fn offsets_may_begin_anywhere() {
    let dump = "00000100: 0102 0304\n00000104: 0506 0708\n";
    assert_snapshot!(read(dump), @"0102030405060708");
    assert_snapshot!(read("0x0100:  0102 0304\n0x0104:  05\n"), @"0102030405");
}

#[test]
fn other_text_between_the_lines_is_none_of_it() {
    let dump = "12:00:01 IP 10.0.0.1.80 > 10.0.0.2.5: Flags [S]\n\t0x0000:  0102 0304\n\n# and on\n\t0x0004:  0506 0708\n(end)\n";
    assert_snapshot!(read(dump), @"0102030405060708");
}

#[test]
fn letters_that_look_like_hex_are_letters() {
    // In the middle the next offset tells how many bytes there are, at the end the letters do.
    let dump = "00000000: 3030 6162  00ab\n00000004: 3130 6162  10ab\n";
    assert_snapshot!(read(dump), @"3030616231306162");
    assert_snapshot!(read("00000000: 3020 6120  0 a \n"), @"30206120");
    assert_snapshot!(read("00000000: 3020 6120  0 a\n"), @"30206120");
    assert_snapshot!(read("00000000: 0102 61e9  ..a.\n"), @"010261e9");
    assert_snapshot!(read("00000000: 0102 61e9  ..aé\n"), @"010261e9");
    // These are no letters of those bytes, so they are bytes.
    assert_snapshot!(read("00000000: 3030 6162  00ac\n"), @"3030616200ac");
    assert_snapshot!(read("00000000: 3061 6263  0a\n"), @"306162630a");
    assert_snapshot!(read("00000000: 3030 6162  00abc0\n"), @"3030616200abc0");
}

#[test]
fn the_next_offset_tells_how_many_bytes_a_line_has() {
    // Whatever its letters are.
    let dump = "00000000: 3030 6162  abab\n00000004: 31\n";
    assert_snapshot!(read(dump), @"3030616231");
    let dump = format!("0000: {}  abab\n012c: 31\n", "30".repeat(300));
    assert_eq!(read(&dump), format!("{}31\n", "30".repeat(300)));
    // When it begins another frame, or comes after a star, the letters tell again.
    let dump = "00000000: 3030 6162  00ab\n00000000: 31\n";
    assert_snapshot!(read(dump), @"
    30306162
    31
    ");
    let dump = "00000000: 3030 6162  00ab\n*\n00000008: 31\n";
    assert_snapshot!(read(dump), @"303061623030616231");
}

#[test]
fn letters_are_found_behind_as_many_gaps_as_a_dump_has() {
    let line = |sections: usize| {
        let (bytes, letters) = (vec!["3030"; sections - 1], "00".repeat(sections - 1));
        read(&format!("00000000: {}  {letters}\n", bytes.join("  ")))
    };
    assert_eq!(line(64), format!("{}\n", "3030".repeat(63)));
    // More gaps than that are all between bytes.
    let all = format!("{}{}\n", "3030".repeat(64), "00".repeat(64));
    assert_eq!(line(65), all);
}

#[test]
fn bytes_may_be_set_apart_by_any_blanks() {
    assert_snapshot!(read("0000   01 02 03 04   05 06\r\n0006   07\r\n"), @"01020304050607");
    assert_snapshot!(read("0000\t01 02\t03 04\n"), @"01020304");
    assert_snapshot!(read("  00000000  01 02  03 04  |....|\n"), @"01020304");
}

#[test]
fn an_offset_is_longer_than_a_byte_and_shorter_than_nine_digits() {
    // Four to eight digits with bytes behind them.
    assert_snapshot!(read("0000 01 02\n0002 03\n"), @"010203");
    assert_snapshot!(read("00000000 01 02\n00000002 03\n"), @"010203");
    // Otherwise all digits are bytes.
    assert_snapshot!(read("010 203 04\n"), @"01020304");
    assert_snapshot!(read("0000000000 01 02\n"), @"00000000000102");
    assert_snapshot!(read("0102 0304\n0506 0708\n"), @"0102030405060708");
}

#[test]
fn offsets_count_in_the_radix_that_fits() {
    let lines = |second: &str| {
        let line = "00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f";
        read(&format!("0000000 {line}\n{second} 10\n"))
    };
    assert_snapshot!(lines("0000010"), @"000102030405060708090a0b0c0d0e0f10");
    assert_snapshot!(lines("0000020"), @"000102030405060708090a0b0c0d0e0f10");
    assert_snapshot!(lines("0000016"), @"000102030405060708090a0b0c0d0e0f10");
    assert_snapshot!(lines("0000017"), @"dump, line 2: needed offset 16, the bytes before it, found 23");
    assert_snapshot!(read("0000000: 01\n0000zz: 02\n00000001: 03\n"), @"0103");
}

#[test]
fn a_number_that_no_computer_holds_is_no_offset() {
    assert_snapshot!(read("00000000: 0102\nfffffffffffffffff: 03\n"), @"dump, line 2: needed offset 2, the bytes before it, found no number");
}

#[test]
fn a_star_repeats_as_much_as_is_missing() {
    assert_snapshot!(read("0000: 0102\n*\n0007: 03\n"), @"0102010201020103");
    assert_snapshot!(read("0000: 0102\n*\n0002: 03\n"), @"010203");
    assert_snapshot!(read("0000: 0102\n*\n0001: 03\n"), @"dump, line 3: needed offset 2, the bytes before it, found 1");
    assert_snapshot!(read("*\n0000: 0102\n0002: 03\n"), @"010203");
    // A star counts up to the next offset and no further.
    assert_snapshot!(read("0000: 01\n*\n0002: 02\n0004: 03\n"), @"dump, line 4: needed offset 3, the bytes before it, found 4");
    assert_snapshot!(read("0000: 01\n*\n0002: 02\n*\n0004: 03\n0000: 04\n"), @"
    0101020203
    04
    ");
}

#[test]
fn repeating_is_bounded_to_the_byte() {
    let bound = 16 << 20;
    let most = format!("00000000: 01\n*\n{:08x}: 02\n", bound + 1);
    let length = format!("\"caplen\":{},", bound + 2);
    assert!(json(most.as_bytes(), From::Tcp).contains(&length));
    let more = format!("00000000: 01\n*\n{:08x}: 02\n", bound + 2);
    assert_snapshot!(read(&more), @"dump, line 3: repeated lines make more bytes than any frame has");
}

#[test]
fn words_in_order_are_taken_and_swapped_ones_are_not() {
    assert_snapshot!(read("00000000: 61626364 65666768  abcdefgh\n"), @"6162636465666768");
    assert_snapshot!(read("00000000: 64636261 68676665  abcdefgh\n"), @"dump, line 1: words in the host's byte order, as plain hexdump and xxd -e print them; needed bytes in order, as hexdump -C and xxd do");
    // The same either way, so nothing tells that they were swapped.
    assert_snapshot!(read("00000000: 61626261 00000000  abba....\n"), @"6162626100000000");
    assert_snapshot!(read("00000000: 64636261\n"), @"64636261");
    assert_snapshot!(read("0000000 6261 6463\n0000004 65\n"), @"dump, line 1: words in the host's byte order, as plain hexdump and xxd -e print them; needed bytes in order, as hexdump -C and xxd do");
    assert_snapshot!(read("0000000 626 646\n"), @"626646");
}

#[test]
fn our_own_lines_have_their_offset_behind() {
    assert_snapshot!(read("|01020304 0506| ...... 00000000\n"), @"010203040506");
    assert_snapshot!(read("|01020304 0506| ......\n"), @"dump is text, but neither a hexdump nor hex digits");
    assert_snapshot!(read("|01020304 0506| ...... 000000\n"), @"dump is text, but neither a hexdump nor hex digits");
    assert_snapshot!(read("|01020304 0506| ...... 0000000g\n"), @"dump is text, but neither a hexdump nor hex digits");
}

#[test]
fn bare_digits_may_be_set_apart_in_any_way() {
    for digits in [
        "01020304",
        "0x01020304",
        "01:02:03:04",
        "01-02-03-04",
        "01.02.03.04",
        "01, 02, 03, 04",
        " 0102 0304\n",
        "0102\n\n0304\n",
        "0x01, 0x02, 0x03, 0x04",
        "\\x01\\x02\\x03\\x04",
        "unsigned char frame[] = { 0x1, 0x2, 0x3, 0x4 };",
    ] {
        assert_eq!(read(digits), "01020304\n", "{digits}");
    }
}

#[test]
fn what_is_no_pair_of_digits_is_told() {
    assert_snapshot!(read("010\n"), @"dump is text, but neither a hexdump nor hex digits");
    assert_snapshot!(read("0102\n0g\n"), @r#"dump, line 2: needed pairs of hex digits, found "0g""#);
    assert_snapshot!(read("0102\n\n\n030\n"), @r#"dump, line 4: needed pairs of hex digits, found "030""#);
    assert_snapshot!(read("\\x01\\x020\\x03\n"), @"dump is text, but neither a hexdump nor hex digits");
    assert_snapshot!(read("0x01\n"), @"01");
    assert_snapshot!(read("\\x01\n"), @"dump is text, but neither a hexdump nor hex digits");
    assert_snapshot!(read("\n \n"), @"dump is text, but neither a hexdump nor hex digits");
    assert_snapshot!(read("00000000:\n"), @"00000000");
    assert_snapshot!(read("00000000: zz\n00000001: 01\n"), @r#"dump, line 1: needed pairs of hex digits, found "something else""#);
    assert_snapshot!(read(&format!("01\n{}\n", "é".repeat(50))), @r#"dump, line 2: needed pairs of hex digits, found "éééééééééééééééééééééééééééééééééééééééé""#);
}

#[test]
fn trouble_is_told_in_arabic_as_well() {
    let said = |dump: &str| {
        let opened = open_bytes(dump.as_bytes().to_vec(), "dump", From::Tcp);
        let error = opened.err().expect("the dump should be refused");
        error.sentence(Lang::Ar).to_owned()
    };
    let all = [
        "nothing",
        "0000000 6261 6463\n",
        "0000: 01\n0003: 02\n",
        "01\n2\n",
        "0000: 01\n*\nfffffff0: 02\n",
    ]
    .map(said);
    assert_snapshot!(all.join("\n"));
}

#[test]
fn a_guess_is_told_once_and_says_why() {
    let ip = crate::common::ipv4(&crate::common::header('5', ""));
    let six = crate::common::ipv6_carrying(6, &crate::common::header('5', ""));
    let ethernet = |kind: &str, rest: &[u8]| {
        let head = crate::common::hex(&format!("020000000001 020000000002 {kind}"));
        [&head, rest].concat()
    };
    let mut wrong = ip.clone();
    wrong[10] ^= 1;
    // The sum would be right, the version is not.
    let mut another_version = ip.clone();
    another_version[0] = 0x55;
    another_version[10] -= 0x10;
    let mut long = six.clone();
    long[5] += 1;
    let mut strange = six.clone();
    strange[6] = 99;
    let mut told = String::new();
    for bytes in [
        ethernet("0800", &ip),
        ethernet("86dd", &six),
        ethernet("8100 0001 0800", &ip),
        ethernet("8100 0001 86dd", &six),
        ethernet("8100 0001 0800", &wrong),
        ethernet("0800", &wrong),
        ip.clone(),
        six.clone(),
        six[..39].to_vec(),
        wrong,
        long,
        strange,
        another_version,
        crate::common::header('5', ""),
        // As long as an IPv6 header, and with zeros where that has its length.
        crate::common::header('5', &"00".repeat(24)),
    ] {
        let line = as_hex(&bytes);
        let twice = [&b"0000: "[..], &line, b"\n0000: ", &line, b"\n"].concat();
        let (_, summary) = show(&twice, From::Guess, &mut LineView::new(settings(Lang::En)));
        assert_eq!(summary.notes.len(), 1);
        for lang in [Lang::En, Lang::Ar] {
            told += &summary.notes[0].sentence(lang);
            told.push('\n');
        }
    }
    assert_snapshot!(told);
}
