//! Who works and who waits, as Linux tells it.

use std::time::Duration;

use super::alone::alone;
use super::stage::{failure_of, program, story_of};
use crate::patience::patience;
use crate::processor::{time_used, wants_to_run};
use crate::program::Program;

const WAITS: &str = "echo ready; exec cat";
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
    let (times, fact) = times.split_once(": ").unwrap();
    assert_eq!(fact, "a loop in it does not wait.");
    let (used, total) = times.split_once(" of ").unwrap();
    assert!(milliseconds(used) <= milliseconds(total) + 10, "{failure}");
    assert_eq!(wants_to_run(it.running.id()), Some(true));
    assert!(it.story.has_work());
}

/// It gets four times the patience, so there is less of it.
#[test]
fn one_that_spins_instead_of_ending_is_told() {
    let trial = "processor::one_that_spins_instead_of_ending_is_told";
    alone(trial, &[("LAB_PATIENCE", "0.25")], || {
        let mut it = ready(SPINS);
        uses(&it, patience() / 2);
        let told = story_of(|| it.exits());
        let busy = "✗ it should end, but after 0.5 s it still runs and kept";
        assert!(told.contains(busy), "{told}");
        assert!(told.contains("it kept the processor busy for "), "{told}");
    });
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

/// Waits until `it` has used so much of the processor.
fn uses(it: &Program, time: Duration) {
    while it.running.processor_time().unwrap() < time {
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn milliseconds(text: &str) -> u32 {
    text.strip_suffix(" ms").unwrap().parse().unwrap()
}
