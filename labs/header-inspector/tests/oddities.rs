//! Problems: each one's name, sentences and RFC section, and the bytes it is found in.

use crate::common::{header, hex, ipv4, problems};
use header_inspector::{Code, Lang, Link};
use insta::assert_snapshot;

#[test]
fn every_problem_has_a_name_a_section_and_a_sentence_in_both_languages() {
    let short = |kind| Code::OptionLengthWrong {
        kind,
        length: 9,
        needed: 8,
    };
    let all = [
        Code::IpLengthZero,
        Code::IpLengthBeyond {
            total: 60,
            there: 40,
        },
        Code::IpChecksum,
        Code::HeaderCut { found: 13 },
        Code::DataOffsetSmall { words: 4 },
        Code::DataOffsetBeyond {
            bytes: 60,
            segment: 24,
        },
        Code::OptionsCut {
            needed: 40,
            found: 24,
        },
        Code::OptionNoLength { kind: 8 },
        Code::OptionLengthSmall { kind: 8, length: 1 },
        Code::OptionLengthBeyond {
            kind: 8,
            length: 10,
            left: 4,
        },
        short(2),
        short(3),
        short(4),
        short(5),
        short(8),
        Code::OptionOnlyInSyn { kind: 2 },
        Code::OptionOnlyInSyn { kind: 3 },
        Code::OptionOnlyInSyn { kind: 4 },
        Code::PaddingNotZero,
        Code::WindowScaleBig { shift: 15 },
        Code::ReservedNotZero { bits: 5 },
        Code::PortZero,
        Code::AckMissing,
        Code::SynAndFin,
        Code::SynAndRst,
        Code::ChecksumBad {
            found: 0x1234,
            right: 0xab,
        },
    ];
    let told = all.map(|code| {
        let (english, arabic) = (code.sentence(Lang::En), code.sentence(Lang::Ar));
        format!("{} ({})\n{english}\n{arabic}\n", code.name(), code.rfc())
    });
    assert_snapshot!(told.join("\n"));
}

/// Tells the problems of a segment with these control bits and options.
fn told(control: &str, options: &str) -> String {
    let segment = hex(&format!(
        "0050c350 00000001 00000002 {control} 2000 0000 0000 {options}"
    ));
    problems(Link::Tcp, &segment).join("; ")
}

#[test]
fn ports_are_never_zero() {
    let ports = |ports: &str| {
        let segment = hex(&format!("{ports} 00000001 00000002 5010 2000 00000000"));
        problems(Link::Tcp, &segment).join("; ")
    };
    assert_snapshot!(ports("00000001"), @"port-zero 0..2");
    assert_snapshot!(ports("00010000"), @"port-zero 2..4");
    assert_snapshot!(ports("00000000"), @"port-zero 0..2; port-zero 2..4");
    assert_snapshot!(ports("00010001"), @"");
}

#[test]
fn control_bits_that_exclude_each_other() {
    assert_snapshot!(told("5002", ""), @"");
    assert_snapshot!(told("5004", ""), @"");
    assert_snapshot!(told("5010", ""), @"");
    assert_snapshot!(told("5001", ""), @"ack-missing 13..14");
    assert_snapshot!(told("5003", ""), @"syn-and-fin 13..14");
    assert_snapshot!(told("5006", ""), @"syn-and-rst 13..14");
    assert_snapshot!(told("5005", ""), @"");
    assert_snapshot!(told("5e10", ""), @"reserved-not-zero 12..13");
    assert_snapshot!(told("5210", ""), @"reserved-not-zero 12..13");
}

#[test]
fn options_that_only_a_syn_may_have() {
    let options = "020405b4 01030307 04020101";
    assert_snapshot!(told("8002", options), @"");
    assert_snapshot!(told("8010", options), @"option-only-in-syn 20..24; option-only-in-syn 25..28; option-only-in-syn 28..30");
    assert_snapshot!(told("6002", "0103030e"), @"");
    assert_snapshot!(told("6010", "0103030f"), @"window-scale-big 21..24; option-only-in-syn 21..24");
}

#[test]
fn the_padding_begins_after_the_end() {
    assert_snapshot!(told("6010", "00000000"), @"");
    assert_snapshot!(told("6010", "01010100"), @"");
    assert_snapshot!(told("7010", "01000000 00000001"), @"padding-not-zero 27..28");
    assert_snapshot!(told("6010", "00000100"), @"padding-not-zero 22..24");
}

#[test]
fn lengths_that_an_option_cannot_have() {
    assert_snapshot!(told("6010", "05020101"), @"option-length-wrong 20..22");
    assert_snapshot!(told("8010", "050b000000010000 000200ff"), @"option-length-wrong 20..31; option-no-length 31..32");
    assert_snapshot!(told("6010", "04030001"), @"option-length-wrong 20..23");
    assert_snapshot!(told("6010", "03040001"), @"option-length-wrong 20..24");
    assert_snapshot!(told("6010", "02010101"), @"option-length-small 20..24");
    assert_snapshot!(told("6010", "09010101"), @"option-length-small 20..24");
    assert_snapshot!(told("6010", "09020101"), @"");
    assert_snapshot!(told("6010", "09040101"), @"");
    assert_snapshot!(told("6010", "09050101"), @"option-length-beyond 20..24");
}

#[test]
fn what_the_capture_cut_is_not_the_senders_fault() {
    let whole = ipv4(&header(
        'a',
        "0204 05b4 0402 080a 00000001 00000000 01030307",
    ));
    let mut cuts = String::new();
    for length in [32, 34, 39, 40, 41, 42, 44, 45, 46, 47, 55, 59, 60] {
        let problems = problems(Link::Ip, &whole[..length]);
        cuts += &format!("{length}: {}\n", problems.join("; "));
    }
    assert_snapshot!(cuts, @"
    32: ip-length-beyond 2..4; header-cut 20..32
    34: ip-length-beyond 2..4; header-cut 20..34
    39: ip-length-beyond 2..4; header-cut 20..39
    40: ip-length-beyond 2..4; options-cut 40..40
    41: ip-length-beyond 2..4; options-cut 40..41
    42: ip-length-beyond 2..4; options-cut 40..42
    44: ip-length-beyond 2..4; options-cut 40..44; option-only-in-syn 40..44
    45: ip-length-beyond 2..4; options-cut 40..45; option-only-in-syn 40..44
    46: ip-length-beyond 2..4; options-cut 40..46; option-only-in-syn 40..44; option-only-in-syn 44..46
    47: ip-length-beyond 2..4; options-cut 40..47; option-only-in-syn 40..44; option-only-in-syn 44..46
    55: ip-length-beyond 2..4; options-cut 40..55; option-only-in-syn 40..44; option-only-in-syn 44..46
    59: ip-length-beyond 2..4; options-cut 40..59; option-only-in-syn 40..44; option-only-in-syn 44..46
    60: option-only-in-syn 40..44; option-only-in-syn 44..46; option-only-in-syn 57..60; checksum-bad 36..38
    ");
}

#[test]
fn a_data_offset_is_held_against_the_whole_segment() {
    assert_snapshot!(told("4010", ""), @"data-offset-small 12..13");
    assert_snapshot!(told("6010", ""), @"data-offset-beyond 12..13");
    assert_snapshot!(told("6010", "01010101"), @"");
    assert_snapshot!(told("6010", "010101"), @"data-offset-beyond 12..13");
}
