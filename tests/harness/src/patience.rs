//! How long a check waits for something that should happen at once.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Long enough for a loaded machine; what works is seen within milliseconds.
const PATIENCE: Duration = Duration::from_secs(2);

/// One look at the world; waits are made of such turns.
pub const TURN: Duration = Duration::from_millis(20);

/// The time that every wait may take: 2 s, times `LAB_PATIENCE` where it is set.
pub fn patience() -> Duration {
    static FACTOR: OnceLock<f64> = OnceLock::new();
    let factor = FACTOR.get_or_init(|| {
        let given = std::env::var("LAB_PATIENCE").ok();
        given
            .and_then(|text| text.parse().ok())
            .filter(|factor| (0.01..=1000.0).contains(factor))
            .unwrap_or(1.0)
    });
    PATIENCE.mul_f64(*factor)
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
        Wait {
            left: patience(),
            spent: Duration::ZERO,
            turn_began: Instant::now(),
        }
    }

    /// How long the next blocking call may take, or `None` when time is up.
    /// `works` is asked of a turn that has gone by, whether a program used it.
    pub fn next_turn(&mut self, works: impl FnOnce() -> bool) -> Option<Duration> {
        self.spent += self.turn_began.elapsed().min(2 * TURN);
        self.turn_began = Instant::now();
        if self.spent > TURN / 2 {
            let weight = if works() { WHILE_IT_WORKS } else { 1 };
            self.left = self.left.saturating_sub(self.spent / weight);
            self.spent = Duration::ZERO;
        }
        (!self.left.is_zero()).then(|| TURN.min(self.left))
    }
}
