//! What a program prints, and the story when it prints something else.

use super::stage::{failure_of, last_step, program, time};

/// So long a program is silent before it speaks: no look may be the last before.
const LATER: &str = "sleep 0.05; ";

#[test]
fn the_next_line_is_printed() {
    let mut it = program(r"printf 'one\r\n\ntwo\n'");
    it.prints("one");
    assert_eq!(last_step(&it.story), r#"it printed "one""#);
    it.prints("");
    it.prints("two");
}

#[test]
fn another_line_is_not_it() {
    let mut it = program("echo two; echo one");
    let failure = failure_of(|| it.prints("one"));
    assert_eq!(failure, r#"it should print "one", but it printed "two"."#);
}

#[test]
fn a_program_that_ends_first_is_told_with_its_status() {
    let mut it = program("printf one; exit 3");
    let failure = failure_of(|| it.prints("one"));
    let expected = r#"it should print "one", but it ended with exit status: 3."#;
    assert_eq!(failure, expected);
}

#[test]
fn a_program_that_closes_its_output_is_told() {
    let mut it = program("exec >&-; exec sleep 100");
    let failure = failure_of(|| it.prints("one"));
    let expected = r#"it should print "one", but its output has ended."#;
    assert_eq!(failure, expected);
}

#[test]
fn a_silent_program_is_told() {
    let mut it = program("exec sleep 100");
    let failure = failure_of(|| it.prints("one"));
    let nothing = format!("it printed nothing within {} (it still runs)", time());
    assert_eq!(failure, format!(r#"it should print "one", but {nothing}."#));
}

#[test]
fn a_line_without_its_end_is_told() {
    let mut it = program("printf one; exec sleep 100");
    let failure = failure_of(|| it.prints("one"));
    let only = format!(r#"it printed only "one" within {}"#, time());
    let expected = format!(r#"it should print "one", but {only}, and no end of line (\n)."#);
    assert_eq!(failure, expected);
}

#[test]
fn a_later_line_is_printed_past_any_other() {
    let mut it = program("echo one; echo two; echo three");
    it.prints_later("two");
    assert_eq!(last_step(&it.story), r#"it printed "two""#);
    it.prints("three");
    let failure = failure_of(|| it.prints_later("four"));
    let should = r#"it should eventually print "four""#;
    assert_eq!(
        failure,
        format!("{should}, but it ended with exit status: 0.")
    );
}

#[test]
fn the_last_line_of_one_that_goes_on_is_told() {
    let mut it = program("echo one; echo two; exec sleep 100");
    let failure = failure_of(|| it.prints_later("three"));
    let should = r#"it should eventually print "three""#;
    let last = r#"the last line that it printed is "two" (it still runs)"#;
    assert_eq!(failure, format!("{should}, but {last}."));
}

#[test]
fn lines_are_printed_in_any_order_but_all_of_them() {
    let lines = ["one", "two", "one"].map(String::from);
    let mut it = program("echo two; echo else; echo one; echo one; echo next");
    it.prints_in_any_order(&lines);
    it.prints("next");

    let mut it = program("echo two; echo one; echo else");
    let failure = failure_of(|| it.prints_in_any_order(&lines));
    let should = r#"it should eventually print "one""#;
    assert_eq!(
        failure,
        format!("{should}, but it ended with exit status: 0.")
    );
}

#[test]
fn a_prompt_is_shown_without_the_end_of_a_line() {
    let mut it = program("printf 'Name: '; read name; echo \"$name\"");
    it.shows("Name: ");
    assert_eq!(last_step(&it.story), r#"it printed "Name: ""#);
    it.types("amal");
    it.shows("am");
    it.prints("al");
}

#[test]
fn a_prompt_may_come_late_and_in_pieces() {
    program(&format!("{LATER} printf Na; {LATER} printf 'me: '")).shows("Name: ");
}

#[test]
fn another_prompt_is_not_it() {
    let mut it = program("printf 'Nick: '; exec sleep 100");
    let failure = failure_of(|| it.shows("Name: "));
    let expected = r#"it should show "Name: ", but it printed "Nick: "."#;
    assert_eq!(failure, expected);
}

#[test]
fn whatever_line_is_printed_is_taken() {
    let mut it = program("echo one");
    assert_eq!(it.prints_a_line(), "one");
    assert_eq!(last_step(&it.story), r#"it printed "one""#);
    let failure = failure_of(|| it.prints_a_line());
    let expected = "it should print a line, but it ended with exit status: 0.";
    assert_eq!(failure, expected);
}

#[test]
fn something_is_said_on_either_output() {
    let it = program("echo one; echo two >&2");
    it.says_somewhere("wo");
    it.says_somewhere("one");
    assert_eq!(last_step(&it.story), r#"it printed "one""#);
    it.says_somewhere("two");
}

#[test]
fn something_may_be_said_late() {
    program(&format!("{LATER} echo one")).says_somewhere("one");
    program(&format!("{LATER} echo one >&2")).says_somewhere("one");
}

#[test]
fn what_is_said_nowhere_is_told() {
    let should = r#"it should say "one" on one of its outputs"#;
    let ended = program("echo two; echo on >&2");
    let failure = failure_of(|| ended.says_somewhere("one"));
    assert_eq!(
        failure,
        format!("{should}, but it ended with exit status: 0.")
    );

    let runs = program("echo two; exec sleep 100");
    let failure = failure_of(|| runs.says_somewhere("one"));
    let expected = format!("{should}, but it did not within {}.", time());
    assert_eq!(failure, expected);
}

#[test]
fn all_that_was_said_is_there_once_both_outputs_have_ended() {
    let script = format!("echo two >&2; {LATER} echo one; {LATER} echo three >&2");
    assert_eq!(program(&script).said_in_all(), "one\ntwo\nthree\n");
}

#[test]
fn what_was_said_so_far_is_there_at_any_time() {
    let mut it = program("echo two >&2; echo one; exec sleep 100");
    it.prints("one");
    it.says_somewhere("two");
    assert_eq!(it.output_so_far(), b"one\n");
    assert_eq!(it.errors_so_far(), "two\n");
}

#[test]
fn a_warning_stands_on_standard_error() {
    let it = program(&format!("{LATER} echo oops >&2; exec sleep 100"));
    it.warns();
    let warned = "it reported the problem on standard error";
    assert_eq!(last_step(&it.story), warned);
}

#[test]
fn a_blank_is_no_warning() {
    let it = program("echo oops; echo >&2");
    let failure = failure_of(|| it.warns());
    let should = "it should report the problem on standard error";
    let nothing = format!("it wrote nothing there within {}", time());
    assert_eq!(failure, format!("{should}, but {nothing}."));
}

#[test]
fn whether_a_program_ended_without_a_word_is_known() {
    assert!(program("echo oops >&2; exit 1").ended_without_a_word());
    assert!(program(LATER).ended_without_a_word());
    assert!(!program("echo one").ended_without_a_word());
    assert!(!program(&format!("{LATER} echo one")).ended_without_a_word());
}
