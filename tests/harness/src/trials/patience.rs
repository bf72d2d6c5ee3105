//! How long a run waits, and that it waits for nothing that is over.

use std::time::Duration;

use super::alone::alone;
use super::stage::story_of;
use crate::check::Check;
use crate::patience::patience;

#[test]
fn patience_is_two_seconds_unless_it_is_told_otherwise() {
    for factor in ["", "1"] {
        let trial = "patience::patience_is_two_seconds_unless_it_is_told_otherwise";
        alone(trial, &[("LAB_PATIENCE", factor)], || {
            assert_eq!(patience(), Duration::from_secs(2));
        });
    }
}

#[test]
fn a_check_does_not_begin_with_a_patience_that_is_no_number() {
    for factor in ["much", "3x", "0", "0.009", "1001", "-1", "NaN"] {
        let trial = "patience::a_check_does_not_begin_with_a_patience_that_is_no_number";
        alone(trial, &[("LAB_PATIENCE", factor)], || {
            let story = story_of(|| Check::new("lab1-solution", "lab1::task1_listen"));
            let found = std::env::var("LAB_PATIENCE").unwrap();
            let needed = "LAB_PATIENCE needs a number from 0.01 to 1000";
            let sentence = format!("{needed}, found {found:?}");
            assert!(story.lines().any(|line| line == sentence), "{story}");
        });
    }
}

#[test]
fn patience_is_as_much_as_is_asked_for() {
    for factor in ["0.01", "0.25", "3", "1000"] {
        let trial = "patience::patience_is_as_much_as_is_asked_for";
        alone(trial, &[("LAB_PATIENCE", factor)], || {
            let factor: f64 = std::env::var("LAB_PATIENCE").unwrap().parse().unwrap();
            assert_eq!(patience(), Duration::from_secs(2).mul_f64(factor));
        });
    }
}

/// With a patience of half an hour, what waits in vain would be noticed.
#[cfg(unix)]
#[test]
fn nothing_is_waited_for_that_is_over() {
    use super::stage::{failure_of, program};

    let trial = "patience::nothing_is_waited_for_that_is_over";
    alone(trial, &[("LAB_PATIENCE", "1000")], || {
        let ended = |failure: String| assert!(failure.contains("but it "), "{failure}");
        ended(failure_of(|| program("").prints("hi")));
        ended(failure_of(|| program("").says_somewhere("hi")));
        ended(failure_of(|| program("").warns()));
        ended(failure_of(|| program("exit 1").fails_with_a_sentence(1)));
        assert_eq!(program("echo hi").said_in_all(), "hi\n");
        assert!(program("").ended_without_a_word());
        assert!(!program("echo hi; exec sleep 1000").ended_without_a_word());
        let mut spins = program("echo spins; while :; do :; done");
        spins.prints("spins");
        #[cfg(target_os = "linux")]
        ended(failure_of(|| spins.rests()));
    });
}
