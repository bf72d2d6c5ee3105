//! What the room as a whole has delivered, and how long it took.

use std::time::Instant;

use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};

use crate::line::{CLOCK, Stamp};

/// Which messages have their latency taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampling {
    Every,
    /// One in sixteen, by its number: a flood would else measure the histogram.
    Some,
}

/// Deliveries and latencies of all receivers.
pub struct Book {
    start: Instant,
    latency: Histogram<u64>,
    mask: u32,
    /// Lines of members that arrived, all receivers together.
    pub delivered: u64,
    /// Everything else that arrived: notices, small talk, damage.
    pub others: u64,
    pub welcomed: usize,
    pub closed: usize,
}

/// Latencies in milliseconds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Latency {
    pub p50: f64,
    pub p90: f64,
    pub p99: f64,
    pub max: f64,
}

impl Book {
    pub fn new() -> Book {
        let longest = u64::from(CLOCK);
        Book {
            start: Instant::now(),
            latency: Histogram::new_with_bounds(1, longest, 3).expect("the bounds are in order"),
            mask: 0,
            delivered: 0,
            others: 0,
            welcomed: 0,
            closed: 0,
        }
    }

    /// Forgets all latencies; from now on takes those that `sampling` says.
    pub fn restart(&mut self, sampling: Sampling) {
        self.latency.reset();
        self.mask = match sampling {
            Sampling::Every => 0,
            Sampling::Some => 15,
        };
    }

    /// The clock that lines are stamped with.
    pub fn micros(&self) -> u32 {
        (self.start.elapsed().as_micros() % u128::from(CLOCK)) as u32
    }

    /// Books the arrival of `stamp` at `now`.
    #[inline]
    pub fn delivery(&mut self, stamp: Stamp, now: u32) {
        self.delivered += 1;
        if stamp.number & self.mask == 0 {
            let micros = (now + CLOCK - stamp.micros) % CLOCK;
            self.latency.saturating_record(u64::from(micros));
        }
    }

    /// A number that changes whenever anything arrives.
    pub fn pulse(&self) -> u64 {
        self.delivered + self.others + self.closed as u64
    }

    pub fn latency(&self) -> Latency {
        let millis = |quantile| self.latency.value_at_quantile(quantile) as f64 / 1000.0;
        Latency {
            p50: millis(0.5),
            p90: millis(0.9),
            p99: millis(0.99),
            max: self.latency.max() as f64 / 1000.0,
        }
    }
}

impl Default for Book {
    fn default() -> Book {
        Book::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latency_is_the_time_between_stamp_and_arrival_also_where_the_clock_wraps() {
        let mut book = Book::new();
        let stamp = Stamp {
            sender: 0,
            number: 1,
            micros: CLOCK - 500,
        };
        book.delivery(stamp, 1_500);
        let latency = book.latency();
        assert!((1.99..2.01).contains(&latency.p50), "{latency:?}");
        assert_eq!(book.delivered, 1);
    }
}
