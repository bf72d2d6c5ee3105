//! How long a check waits for something that should happen at once.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::language::{apart, say};

/// Long enough for a loaded machine; what works is seen within milliseconds.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long a program may take to start: a virus scanner looks at each new executable,
/// and an interpreter behind a wrapper takes its time.
const START: Duration = Duration::from_secs(10);

/// One look at the world; waits are made of such turns.
pub const TURN: Duration = Duration::from_millis(20);

/// The time that every wait may take: 2 s, times `LAB_PATIENCE` where it is set.
pub fn patience() -> Duration {
    PATIENCE.mul_f64(*factor().as_ref().unwrap_or(&1.0))
}

/// The time that a program may take to start, times `LAB_PATIENCE`.
pub fn start_time() -> Duration {
    START.mul_f64(*factor().as_ref().unwrap_or(&1.0))
}

/// What `LAB_PATIENCE` says, or what is wrong with it.
pub fn factor() -> &'static Result<f64, String> {
    static FACTOR: OnceLock<Result<f64, String>> = OnceLock::new();
    FACTOR.get_or_init(|| {
        let given = std::env::var("LAB_PATIENCE").unwrap_or_default();
        if given.is_empty() {
            return Ok(1.0);
        }
        let factor = given.parse().ok();
        let factor = factor.filter(|factor| (0.01..=1000.0).contains(factor));
        let given = apart(format!("{given:?}"));
        factor.ok_or_else(|| {
            say!(
                "LAB_PATIENCE needs a number from 0.01 to 1000, found {given}",
                "المطلوب في LAB_PATIENCE عدد من 0.01 إلى 1000، والموجود {given}"
            )
        })
    })
}

/// A turn in which a program under check wanted the processor, or had it, counts
/// for so much less: the machine is slow, or the program starts or works.
const WHILE_IT_WORKS: u32 = 4;

/// One wait. It counts turns, not the clock: a turn in which the whole machine
/// stood still (a laptop asleep, both cores taken) counts as one turn only.
pub struct Wait {
    left: Duration,
    /// Time that has gone by and is not counted yet.
    spent: Duration,
    turn_began: Instant,
}

impl Wait {
    pub fn new() -> Self {
        Wait::of(patience())
    }

    /// A wait for a program that starts.
    pub fn for_a_start() -> Self {
        Wait::of(start_time())
    }

    fn of(left: Duration) -> Self {
        Wait {
            left,
            spent: Duration::ZERO,
            turn_began: Instant::now(),
        }
    }

    /// How long the next blocking call may take, or `None` when time is up.
    /// `works` is asked of a turn that has gone by, whether a program used it.
    pub fn next_turn(&mut self, works: impl FnOnce() -> bool) -> Option<Duration> {
        let gone_by = self.turn_began.elapsed();
        self.turn_began = Instant::now();
        self.turn_after(gone_by, works)
    }

    fn turn_after(&mut self, gone_by: Duration, works: impl FnOnce() -> bool) -> Option<Duration> {
        self.spent += gone_by.min(2 * TURN);
        if self.spent > TURN / 2 {
            let weight = if works() { WHILE_IT_WORKS } else { 1 };
            self.left = self.left.saturating_sub(self.spent / weight);
            self.spent = Duration::ZERO;
        }
        (!self.left.is_zero()).then(|| TURN.min(self.left))
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::time::Duration;

    use super::{TURN, WHILE_IT_WORKS, Wait, patience};

    #[test]
    fn the_first_turn_is_a_whole_one() {
        assert_eq!(Wait::new().next_turn(|| true), Some(TURN));
    }

    #[test]
    fn an_idle_wait_takes_the_patience_in_turns() {
        assert_eq!(turns(TURN, || false), in_turns(patience()));
    }

    #[test]
    fn a_wait_for_one_that_works_takes_so_many_times_more() {
        let expected = in_turns(patience() * WHILE_IT_WORKS);
        assert_eq!(turns(TURN, || true), expected);
    }

    #[test]
    fn a_turn_in_which_the_machine_stood_still_counts_as_two() {
        let hour = Duration::from_secs(3600);
        assert_eq!(turns(hour, || false), in_turns(patience() / 2));
    }

    #[test]
    fn what_is_short_is_gathered_before_it_counts() {
        let asked = Cell::new(0);
        let works = || {
            asked.set(asked.get() + 1);
            false
        };
        let mut wait = Wait::new();
        assert_eq!(wait.turn_after(TURN / 4, works), Some(TURN));
        assert_eq!(wait.turn_after(TURN / 4, works), Some(TURN));
        assert_eq!((asked.get(), wait.left), (0, patience()));
        wait.turn_after(TURN / 4, works);
        assert_eq!((asked.get(), wait.left), (1, patience() - TURN / 4 * 3));
        wait.turn_after(TURN / 4, works);
        assert_eq!(asked.get(), 1, "the next turn begins anew");
    }

    #[test]
    fn the_last_turn_is_what_is_left() {
        let mut wait = Wait::new();
        wait.left = TURN + Duration::from_millis(3);
        let last = wait.turn_after(TURN, || false);
        assert_eq!(last, Some(Duration::from_millis(3)));
        assert_eq!(wait.turn_after(TURN, || false), None);
    }

    /// How many turns a wait has in which each takes so long.
    fn turns(each: Duration, works: impl Fn() -> bool) -> u128 {
        let mut wait = Wait::new();
        let next = || wait.turn_after(each, &works);
        // The look that finds the time up is one of them.
        1 + std::iter::from_fn(next).count() as u128
    }

    fn in_turns(time: Duration) -> u128 {
        time.as_nanos().div_ceil(TURN.as_nanos())
    }
}
