//! One frame as the common tools dump it (`tests/dumps`), and what is made of each.

use std::fs;
use std::path::PathBuf;

use crate::common::{json, lines};
use header_inspector::input::{From, open_bytes};
use insta::assert_snapshot;

fn dumps(wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let folder = PathBuf::from("tests/dumps");
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the dumps are there")
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| wanted(&path.file_name().unwrap().to_string_lossy()))
        .collect();
    found.sort();
    assert!(found.len() > 3);
    found
}

fn refusal(text: &str) -> String {
    let opened = open_bytes(text.as_bytes().to_vec(), "dump", From::Guess);
    opened
        .err()
        .expect("the dump should be refused")
        .to_string()
}

#[test]
fn every_dialect_holds_the_same_frame() {
    let folder = PathBuf::from("tests/dumps");
    let first = fs::read(folder.join("xxd-p.txt")).expect("the plain dump is there");
    let expected = json(&first, From::Guess);
    assert!(expected.contains("\"offset\":34,"), "{expected}");
    for path in dumps(|name| !name.starts_with("refused")) {
        let dump = fs::read(&path).expect("a dump can be read");
        assert_eq!(json(&dump, From::Guess), expected, "{}", path.display());
    }
}

#[test]
fn words_in_the_hosts_byte_order_and_bits_are_refused() {
    for path in dumps(|name| name.starts_with("refused")) {
        let dump = fs::read_to_string(&path).expect("a dump can be read");
        let refusal = refusal(&dump);
        let said = ["host's byte order", "needed offset"];
        assert!(
            said.iter().any(|word| refusal.contains(word)),
            "{}: {refusal}",
            path.display()
        );
    }
}

#[test]
fn an_offset_of_zero_begins_the_next_frame() {
    let two = "0000  00 50 c3 50 00 00 00 01\n0000  00 51 c3 50 00 00 00 02\n";
    assert_snapshot!(lines(two.as_bytes(), From::Tcp), @"
    1 :80 > :50000 flags ? seq 1 ack ? win ? len ? !header-cut
    2 :81 > :50000 flags ? seq 2 ack ? win ? len ? !header-cut
    ");
}

#[test]
fn a_star_repeats_the_line_before_it() {
    let dump = "00000000  00 50 c3 50 00 00 00 01  00 00 00 02 50 10 20 00  |.P.P........P. .|
00000010  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
*
00000040  00 00                                             |..|
00000042
";
    assert_snapshot!(lines(dump.as_bytes(), From::Tcp), @"1 :80 > :50000 ACK seq 1 ack 2 win 8192 len 46");
}

#[test]
fn a_star_cannot_ask_for_more_memory_than_a_frame_needs() {
    assert_snapshot!(refusal("00000000  00 50\n*\nfffffff0  00 50\n"), @"dump, line 3: repeated lines make more bytes than any frame has");
}

#[test]
fn trouble_is_told_with_its_line() {
    assert_snapshot!(refusal("this is no dump at all\n"), @"dump is text, but neither a hexdump nor hex digits");
    assert_snapshot!(refusal("00000000: 4500 003c  E..<\n00000007: 0000  ..\n"), @"dump, line 2: needed offset 4, the bytes before it, found 7");
    assert_snapshot!(refusal("4500003c\n4500003\n"), @r#"dump, line 2: needed pairs of hex digits, found "4500003""#);
}

#[test]
fn many_stars_stay_within_the_bound_together() {
    let lines = (0..64).map(|n| format!("{:08x}  00 50\n*\n", n << 20));
    let refusal = refusal(&lines.collect::<String>());
    assert!(
        refusal.contains("repeated lines make more bytes"),
        "{refusal}"
    );
}

#[test]
fn a_very_long_line_takes_no_longer_than_its_length() {
    let dump = format!("0000  {}\n", "00  ".repeat(200_000));
    assert!(lines(dump.as_bytes(), From::Tcp).contains("!port-zero"));
    let dump = format!("0000  00\n{}", "ab\n".repeat(200_000));
    assert!(lines(dump.as_bytes(), From::Tcp).contains("!header-cut"));
}
