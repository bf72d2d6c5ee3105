//! How a program starts and ends, and that nothing of it is left.

use std::process::Command;
use std::time::Instant;

use super::stage::{
    LONG, failure_of, last_step, program, program_in, steps_of, story, story_of, time,
};
use crate::output::Output;
use crate::patience::TURN;
use crate::place::root;
use crate::program::Program;

#[test]
fn a_program_starts_as_a_person_would_start_it() {
    let story = story();
    let it = program_in(&story, "exec cat");
    assert_eq!(steps_of(&story), ["it was started: /bin/sh -c exec cat"]);
    let mut id = program("echo $$");
    id.prints(&id.running.id().to_string());
    drop(it);
}

#[test]
fn a_program_of_the_course_is_shown_as_it_stands_in_the_tree() {
    let command = Command::new(root().join("README.md"));
    let failure = failure_of(|| Program::start(&story(), "it", command));
    assert!(
        failure.starts_with("README.md should start, but "),
        "{failure}"
    );
}

#[test]
fn a_program_that_is_not_there_is_told() {
    let command = Command::new("/no/such/program");
    let failure = failure_of(|| Program::start(&story(), "it", command));
    let expected = "/no/such/program should start, but No such file";
    assert!(failure.starts_with(expected), "{failure}");
}

#[test]
fn a_server_is_where_it_said_that_it_listens() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut server = program("exec cat");
    assert_eq!(server.port(), 0);
    server.address = listener.local_addr().ok();
    assert_eq!(Some(server.port()), server.address.map(|it| it.port()));
    let amal = server.connect("amal");
    assert_eq!(listener.accept().unwrap().1, amal.address());
}

#[test]
fn the_exit_status_is_the_one_that_is_due() {
    let mut it = program("exit 3");
    it.exits_with(3);
    let expected = "it ended with exit status: 3";
    assert_eq!(last_step(&it.story), expected);
    let failure = failure_of(|| it.exits_with(0));
    let should = "it should end with exit status 0";
    assert_eq!(failure, format!("{should}, but {expected}."));
    assert_eq!(it.exits().code(), Some(3));
}

#[test]
fn a_program_that_does_not_end_is_told() {
    let mut it = program("exec cat");
    let failure = failure_of(|| it.exits());
    let runs = format!("after {} it still runs", time());
    assert_eq!(failure, format!("it should end, but {runs}."));
}

#[test]
fn one_that_is_killed_has_ended() {
    let mut it = program("exec sleep 100");
    it.is_killed();
    assert_eq!(last_step(&it.story), "it was killed");
    assert_eq!(it.exits().code(), None);
}

#[test]
fn one_that_is_let_go_of_is_killed_with_all_that_it_started() {
    let it = program("sleep 100 & exec sleep 100");
    let output = it.running.output.clone();
    drop(it);
    assert!(ends(&output), "something still holds its output");
}

#[test]
fn one_sentence_says_what_was_wrong() {
    program("echo 'no such port' >&2; exit 2").fails_with_a_sentence(2);
    // What it started last may speak for it.
    program("(sleep 0.1; echo oops >&2) & exit 1").fails_with_a_sentence(1);
}

#[test]
fn a_failure_without_a_sentence_is_told() {
    let should = "it should say on standard error, in one sentence, what was wrong";
    for (script, seen) in [
        ("echo oops; echo >&2; exit 1", "it said nothing"),
        ("echo thread main panicked at >&2; exit 1", "it crashed"),
        ("echo 'Traceback (most recent' >&2; exit 1", "it crashed"),
    ] {
        let failure = failure_of(|| program(script).fails_with_a_sentence(1));
        assert_eq!(failure, format!("{should}, but {seen}."));
    }
    let failure = failure_of(|| program("echo oops >&2").fails_with_a_sentence(1));
    let expected = "it should end with exit status 1, but it ended with exit status: 0.";
    assert_eq!(failure, expected);
}

#[test]
fn a_program_does_not_tell_where_it_crashed() {
    let it = program("echo \"trace: $RUST_BACKTRACE\"");
    it.says_somewhere("trace: \n");
}

#[test]
fn what_a_program_says_last_is_told() {
    let mut it = program("echo one >&2; exit 3");
    let told = story_of(|| it.prints("hi"));
    let expected = "\n\nit has ended with exit status: 3.\nit wrote to standard error:\n    | one";
    assert!(told.trim_end().ends_with(expected), "{told}");
}

/// Whether the stream ends, which it does when all have ended that hold it.
fn ends(output: &Output) -> bool {
    let began = Instant::now();
    let mut buffer = output.lock();
    while !buffer.ended && began.elapsed() < LONG {
        buffer = output.wait(buffer, TURN);
    }
    buffer.ended
}
