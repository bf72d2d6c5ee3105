//! How a peer sees its connection end, or not end.

use super::stage::{
    amal, amal_who_gets, amal_who_gets_at_last, amal_who_was_cut_off, failure_of, last_step, time,
};

const ENDED: &str = "the connection with amal was closed";

#[test]
fn a_connection_ends_in_order_or_with_a_reset() {
    let mut amal = amal_who_gets_at_last(b"");
    amal.hears_the_end();
    assert_eq!(last_step(&amal.story), ENDED);
    amal_who_was_cut_off().hears_the_end();
}

#[test]
fn nothing_comes_before_the_end() {
    for bytes in ["x", "\n", "\r\n"] {
        let mut amal = amal_who_gets_at_last(bytes.as_bytes());
        let came = format!("but {bytes:?} came instead.");
        let expected = format!("the connection with amal should be closed, {came}");
        assert_eq!(failure_of(|| amal.hears_the_end()), expected);
    }
}

#[test]
fn an_open_connection_has_not_ended() {
    let (mut amal, _far) = amal();
    assert_eq!(failure_of(|| amal.hears_the_end()), still_open());
}

#[test]
fn the_end_of_a_line_may_come_before_the_end_where_it_was_left_open() {
    let mut amal = amal_who_gets_at_last(b"bye\r\n");
    amal.hears_alone_or_as_a_line("bye");
    amal.hears_the_end();

    let mut amal = amal_who_gets_at_last(b"bye\n\n");
    amal.hears_alone_or_as_a_line("bye");
    let failure = failure_of(|| amal.hears_the_end());
    assert!(
        failure.ends_with(r#"but "\n\n" came instead."#),
        "{failure}"
    );
}

#[test]
fn the_end_comes_past_what_is_beside_the_point() {
    let noise = |line: &str| line == "noise";
    let mut amal = amal_who_gets_at_last(b"noise\nnoise\n");
    amal.hears_the_end_past(noise);
    assert_eq!(last_step(&amal.story), ENDED);
    amal_who_was_cut_off().hears_the_end_past(noise);

    let mut amal = amal_who_gets_at_last(b"noise\nhi\n");
    let failure = failure_of(|| amal.hears_the_end_past(noise));
    let expected = r#"the connection with amal should be closed, but "hi" came instead."#;
    assert_eq!(failure, expected);
    assert_eq!(last_step(&amal.story), r#"amal heard "noise""#);

    let mut amal = amal_who_gets_at_last(b"noi");
    let failure = failure_of(|| amal.hears_the_end_past(noise));
    assert!(
        failure.ends_with(r#"but the connection was closed after "noi"."#),
        "{failure}"
    );
}

#[test]
fn an_open_connection_has_not_ended_past_anything() {
    let (mut amal, _far) = amal_who_gets(b"noise\n");
    let failure = failure_of(|| amal.hears_the_end_past(|_| true));
    assert_eq!(failure, still_open());
}

#[test]
fn one_that_is_cut_off_may_be_so_in_the_middle_of_a_line() {
    let noise = |line: &str| line == "noise";
    let mut amal = amal_who_gets_at_last(b"noise\nnoi");
    amal.is_cut_off_past(noise);
    assert_eq!(last_step(&amal.story), ENDED);

    let mut amal = amal_who_gets_at_last(b"hi\n");
    let failure = failure_of(|| amal.is_cut_off_past(noise));
    let expected = r#"the connection with amal should be closed, but "hi" came instead."#;
    assert_eq!(failure, expected);
}

#[test]
fn one_that_is_not_cut_off_is_told_so() {
    let (mut amal, _far) = amal();
    let failure = failure_of(|| amal.is_cut_off_past(|_| false));
    assert_eq!(failure, still_open());
}

#[test]
fn something_or_the_end_is_either() {
    let noise = |line: &str| line == "noise";
    let mut amal = amal_who_gets_at_last(b"noise\nhi\n");
    amal.hears_something_or_the_end(noise);
    assert_eq!(last_step(&amal.story), r#"amal heard "hi""#);
    amal.hears_something_or_the_end(noise);
    assert_eq!(last_step(&amal.story), ENDED);
}

#[test]
fn neither_something_nor_the_end_is_told() {
    let (mut amal, _far) = amal_who_gets(b"noise\n");
    let failure = failure_of(|| amal.hears_something_or_the_end(|_| true));
    let should = "amal should be told something, or its connection closed";
    let nothing = format!("nothing arrived within {} (the connection is open)", time());
    assert_eq!(failure, format!("{should}, but {nothing}."));
}

#[test]
fn the_end_comes_later_whatever_comes_before() {
    let mut amal = amal_who_gets_at_last(b"one more thing\nand");
    amal.hears_the_end_later();
    assert_eq!(last_step(&amal.story), ENDED);
}

#[test]
fn an_end_that_never_comes_is_told() {
    let (mut amal, _far) = amal_who_gets(b"one more thing\n");
    assert_eq!(failure_of(|| amal.hears_the_end_later()), still_open());
}

fn still_open() -> String {
    let observed = format!("after {} it is still open", time());
    format!("the connection with amal should be closed, but {observed}.")
}
