//! What a peer receives, and the story when it receives something else.

use std::io::Write;

use super::stage::{
    amal, amal_who_gets, amal_who_gets_at_last, amal_who_was_cut_off, failure_of, last_step, time,
};

#[test]
fn the_next_line_is_heard_whatever_ends_it() {
    let (mut amal, _far) = amal_who_gets(b"hi\r\n\nthere\n");
    amal.hears("hi");
    assert_eq!(last_step(&amal.story), r#"amal heard "hi""#);
    amal.hears("");
    amal.hears("there");
}

#[test]
fn another_line_is_not_it() {
    let (mut amal, _far) = amal_who_gets(b"ho\n");
    let failure = failure_of(|| amal.hears("hi"));
    assert_eq!(failure, r#"amal should hear "hi", but "ho" came instead."#);
}

#[test]
fn a_line_in_two_pieces_is_one() {
    let (mut amal, mut far) = amal();
    amal.received = b"hel".to_vec();
    far.write_all(b"lo\nand on\n").unwrap();
    amal.hears("hello");
    amal.hears("and on");
}

#[test]
fn nothing_is_waited_for_and_then_told() {
    let (mut amal, _far) = amal();
    let failure = failure_of(|| amal.hears("hi"));
    let nothing = format!("nothing arrived within {} (the connection is open)", time());
    assert_eq!(failure, format!(r#"amal should hear "hi", but {nothing}."#));
}

#[test]
fn a_line_without_its_end_is_not_heard() {
    let (mut amal, _far) = amal_who_gets(b"hi");
    let failure = failure_of(|| amal.hears("hi"));
    let only = format!(r#"only "hi" came within {}"#, time());
    let expected = format!(r#"amal should hear "hi", but {only}, and no end of line (\n)."#);
    assert_eq!(failure, expected);
}

#[test]
fn a_closed_and_a_broken_connection_are_told_apart() {
    let closed = failure_of(|| amal_who_gets_at_last(b"").hears("hi"));
    let expected = r#"amal should hear "hi", but the connection was closed."#;
    assert_eq!(closed, expected);

    let after = failure_of(|| amal_who_gets_at_last(b"h").hears("hi"));
    let expected = r#"amal should hear "hi", but the connection was closed after "h"."#;
    assert_eq!(after, expected);

    let broken = failure_of(|| amal_who_was_cut_off().hears("hi"));
    let expected = r#"amal should hear "hi", but the connection broke: "#;
    assert!(broken.starts_with(expected), "{broken}");
}

#[test]
fn a_later_line_is_heard_past_any_other() {
    let (mut amal, _far) = amal_who_gets(b"a\nb\nc\n");
    amal.hears_later("b");
    amal.hears("c");
}

#[test]
fn only_what_is_beside_the_point_is_skipped() {
    let (mut amal, _far) = amal_who_gets(b"noise\nhi\nnoise\nho\n");
    let noise = |line: &str| line == "noise";
    amal.hears_past(noise, "hi");
    let failure = failure_of(|| amal.hears_past(noise, "hi"));
    assert_eq!(failure, r#"amal should hear "hi", but "ho" came instead."#);
}

#[test]
fn what_is_wanted_is_heard_although_it_is_beside_the_point() {
    let (mut amal, _far) = amal_who_gets(b"noise\nhi\n");
    amal.hears_past(|_| true, "noise");
    amal.hears("hi");
}

#[test]
fn one_of_several_lines_is_heard_sooner_or_later() {
    let mut amal = amal_who_gets_at_last(b"a\nb\nc\n");
    amal.hears_later_one_of(&["x", "b"]);
    assert_eq!(last_step(&amal.story), r#"amal heard "b""#);
    let failure = failure_of(|| amal.hears_later_one_of(&["x", "b"]));
    let expected = r#"amal should hear "x", but the connection was closed."#;
    assert_eq!(failure, expected);
}

#[test]
fn lines_come_in_any_order_but_all_of_them() {
    let lines = ["a", "b", "a"].map(String::from);
    let noise = |line: &str| line == "noise";
    let (mut amal, _far) = amal_who_gets(b"b\nnoise\na\na\nnext\n");
    amal.hears_in_any_order(noise, &lines);
    amal.hears("next");

    let mut amal = amal_who_gets_at_last(b"a\nb\n");
    let failure = failure_of(|| amal.hears_in_any_order(noise, &lines));
    let expected = r#"amal should hear "a", but the connection was closed."#;
    assert_eq!(failure, expected);

    let (mut amal, _far) = amal_who_gets(b"a\nc\n");
    let failure = failure_of(|| amal.hears_in_any_order(noise, &lines));
    assert_eq!(failure, r#"amal should hear "a", but "c" came instead."#);
}

#[test]
fn whatever_line_comes_is_taken() {
    let mut amal = amal_who_gets_at_last(b"hi\r\n");
    assert_eq!(amal.hears_a_line(), "hi");
    assert_eq!(last_step(&amal.story), r#"amal heard "hi""#);
    let failure = failure_of(|| amal.hears_a_line());
    let expected = "amal should hear a line, but the connection was closed.";
    assert_eq!(failure, expected);
}

#[test]
fn something_is_heard_as_far_as_it_has_come() {
    let mut amal = amal_who_gets_at_last(b"h");
    amal.hears_something();
    assert_eq!(last_step(&amal.story), r#"amal heard "h""#);
    let failure = failure_of(|| amal.hears_something());
    let expected = "amal should hear something, but the connection was closed.";
    assert_eq!(failure, expected);
}

#[test]
fn what_was_received_before_is_heard_first() {
    let (mut amal, mut far) = amal();
    amal.received = b"old".to_vec();
    far.write_all(b"new\n").unwrap();
    amal.hears_something();
    assert_eq!(last_step(&amal.story), r#"amal heard "old""#);
    amal.hears("new");
}

#[test]
fn exactly_these_bytes_are_heard_and_no_more() {
    let (mut amal, _far) = amal_who_gets(b"\0hi\xffthere\n");
    amal.hears_bytes(b"\0hi\xff");
    assert_eq!(last_step(&amal.story), r#"amal heard b"\x00hi\xff""#);
    amal.hears("there");
}

#[test]
fn a_short_answer_that_is_wrong_is_shown_whole() {
    let (mut amal, _far) = amal_who_gets(b"hello");
    let failure = failure_of(|| amal.hears_bytes(b"help!"));
    let expected = r#"amal should hear "help!", but "hello" came instead."#;
    assert_eq!(failure, expected);
}

#[test]
fn a_long_answer_is_shown_where_it_goes_wrong() {
    let right = "abcdefghij".repeat(20);
    let mut wrong = right.clone();
    wrong.replace_range(57..60, "123");
    let (mut amal, mut far) = amal();
    amal.received = wrong.as_bytes()[..50].to_vec();
    far.write_all(&wrong.as_bytes()[50..]).unwrap();
    let failure = failure_of(|| amal.hears_bytes(right.as_bytes()));
    let place = "from byte 57 on (counted from 0)";
    let bytes = r#""123abcdefghijabc" came where "hijabcdefghijabc" was due"#;
    let ending = format!(", but {place} {bytes}.");
    assert!(failure.ends_with(&ending), "{failure}");
}

#[test]
fn a_hundred_bytes_are_a_short_answer() {
    let (mut amal, _far) = amal_who_gets(b"no");
    let failure = failure_of(|| amal.hears_bytes(&[b'y'; 100]));
    assert!(
        failure.ends_with(r#", but "no" came instead."#),
        "{failure}"
    );
}

#[test]
fn too_few_bytes_are_told() {
    let mut amal = amal_who_gets_at_last(b"he");
    let failure = failure_of(|| amal.hears_bytes(b"hello"));
    let expected = r#"amal should hear "hello", but the connection was closed after "he"."#;
    assert_eq!(failure, expected);

    let (mut amal, _far) = amal_who_gets(b"he");
    let failure = failure_of(|| amal.hears_bytes(b"hello"));
    let only = format!(r#"only "he" came within {}"#, time());
    assert_eq!(failure, format!(r#"amal should hear "hello", but {only}."#));
}

#[test]
fn a_text_is_heard_alone_or_as_a_line() {
    let (mut amal, _far) = amal_who_gets(b"hi\r\nhohum\n");
    amal.hears_alone_or_as_a_line("hi");
    amal.hears_alone_or_as_a_line("\r\nho");
    amal.hears("hum");
}

#[test]
fn the_end_of_such_a_line_is_passed_over_once() {
    let (mut amal, _far) = amal_who_gets(b"hi\n\nho\n");
    amal.hears_alone_or_as_a_line("hi");
    amal.hears("");
    amal.hears("ho");
}

#[test]
fn a_text_is_heard_sooner_or_later() {
    let mut amal = amal_who_gets_at_last(b"well, hi there");
    assert_eq!(amal.hears_up_to("hi"), b"well, ");
    assert_eq!(last_step(&amal.story), r#"amal heard "hi""#);
    amal.hears_bytes(b" there");

    let mut amal = amal_who_gets_at_last(b"well, ho");
    let failure = failure_of(|| amal.hears_up_to("hi"));
    let expected = r#"amal should hear "hi", but the connection was closed after "well, ho"."#;
    assert_eq!(failure, expected);
}
