//! Progress on standard error, for captures that take longer than a second.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use header_inspector::input::Meter;

/// Nobody wants to see progress that is over before it is read.
const PATIENCE: Duration = Duration::from_secs(1);
/// A number that changes faster cannot be read.
const PACE: Duration = Duration::from_millis(200);

/// Shows how far the reading is, if anybody is there to see it.
pub struct Progress {
    meter: Meter,
    watched: bool,
    next: Instant,
    shown: bool,
}

impl Progress {
    pub fn new(meter: Meter) -> Progress {
        Progress {
            meter,
            watched: io::stderr().is_terminal(),
            next: Instant::now() + PATIENCE,
            shown: false,
        }
    }

    /// Shows the number of frames read so far, when it is time to.
    pub fn show(&mut self, frames: u64) {
        if !self.watched || Instant::now() < self.next {
            return;
        }
        self.next = Instant::now() + PACE;
        self.shown = true;
        let part = self.meter.percent().map(|percent| format!(", {percent} %"));
        // A terminal that is gone needs no progress.
        let _ = write!(
            io::stderr(),
            "\r{frames} frames{} ",
            part.unwrap_or_default()
        );
    }

    /// Takes the line back, before something else is printed.
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(io::stderr(), "\r{:40}\r", "");
        }
    }
}
