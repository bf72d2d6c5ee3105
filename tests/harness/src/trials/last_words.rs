//! What a failed check shows of a program.

use super::stage::program;

#[test]
fn one_that_waits_and_said_nothing_has_no_last_words() {
    let mut it = program("echo ready; exec cat");
    it.prints("ready");
    assert_eq!(it.running.last_words(), "");
}

#[test]
fn the_status_of_one_that_has_ended_is_told() {
    let mut it = program("exit 3");
    it.exits_with(3);
    let expected = "it has ended with exit status: 3.";
    assert_eq!(it.running.last_words(), expected);
}

#[test]
fn the_last_lines_of_standard_error_are_told() {
    let mut it = program("for n in 01 02 03 04 05 06 07 08 09 10 11 12 13; do echo $n >&2; done");
    it.exits_with(0);
    let said = it.running.last_words();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[1], "it wrote to standard error:");
    assert_eq!(lines[2..].len(), 12);
    assert_eq!((lines[2], lines[13]), ("    | 02", "    | 13"));
}

#[test]
fn one_that_printed_without_end_is_told() {
    let much = "head -c 9000000 /dev/zero";
    let without_end = "it printed without end; most of it was thrown away.";
    for script in [much.to_string(), format!("{much} >&2")] {
        let it = program(&script);
        it.said_in_all();
        let said = it.running.last_words();
        assert!(said.ends_with(without_end), "{}", said.len());
    }
}
