//! Programs that compute and programs that wait, as Linux reports them.

use std::time::Duration;

use super::stage::{failure_of, program};
use crate::processor::{time_used, wants_to_run};
use crate::program::Program;

const WAITS: &str = "echo ready; read line";
const SPINS: &str = "echo ready; while :; do :; done";

#[test]
fn one_that_waits_rests() {
    let it = ready(WAITS);
    it.rests();
    assert_eq!(wants_to_run(it.running.id()), Some(false));
    assert!(!it.story.has_work());
}

#[test]
fn one_that_spins_does_not_rest() {
    let it = ready(SPINS);
    let failure = failure_of(|| it.rests());
    let should = "it should rest while nothing happens, but it kept the processor busy for ";
    let (said, times) = failure.split_at(should.len());
    assert_eq!(said, should);
    let (times, observed) = times.split_once(": ").unwrap();
    assert_eq!(observed, "a loop in it does not wait.");
    let (used, total) = times.split_once(" of ").unwrap();
    assert!(milliseconds(used) <= milliseconds(total) + 30, "{failure}");
    assert_eq!(wants_to_run(it.running.id()), Some(true));
    assert!(it.story.has_work());
}

#[test]
fn the_time_used_is_what_the_scheduler_counts() {
    let it = ready(SPINS);
    uses(&it, Duration::from_millis(100));
    let before = it.running.processor_time().unwrap();
    let path = format!("/proc/{}/schedstat", it.running.id());
    let counted = std::fs::read_to_string(path).unwrap_or_default();
    let after = it.running.processor_time().unwrap();
    let Some(nanoseconds) = counted.split_whitespace().next() else {
        return; // This Linux does not count so finely.
    };
    let counted = Duration::from_nanos(nanoseconds.parse().unwrap());
    // Both are rounded down, to a tick of the clock or of the scheduler.
    let tick = Duration::from_millis(30);
    assert!(before <= counted + tick, "{before:?} {counted:?}");
    assert!(counted <= after + tick, "{counted:?} {after:?}");
}

#[test]
fn nothing_is_known_of_who_is_not_there() {
    assert_eq!(time_used(0), None);
    assert_eq!(wants_to_run(0), None);
}

#[test]
fn a_shell_holds_some_memory_but_not_much() {
    let it = ready(WAITS);
    let peak = it.peak_memory().unwrap();
    assert!((200_000..200_000_000).contains(&peak), "{peak}");
}

/// A program that has said so; from then on it waits or spins.
fn ready(script: &str) -> Program {
    let mut it = program(script);
    it.prints("ready");
    it
}

/// Waits until `it` has used so much of the processor, which a busy machine may
/// give it late.
fn uses(it: &Program, time: Duration) {
    for _ in 0..30_000 {
        if it.running.processor_time().unwrap() >= time {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("it does not use the processor");
}

fn milliseconds(text: &str) -> u32 {
    text.strip_suffix(" ms").unwrap().parse().unwrap()
}
