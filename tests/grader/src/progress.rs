//! How far a class is: a bar on a terminal, a line for each submission elsewhere.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

use crate::mark::Mark;

/// Characters of the bar.
const WIDTH: usize = 30;

pub struct Progress {
    total: usize,
    done: usize,
    began: Instant,
    is_terminal: bool,
}

impl Progress {
    pub fn new(total: usize) -> Progress {
        let progress = Progress {
            total,
            done: 0,
            began: Instant::now(),
            is_terminal: stderr().is_terminal(),
        };
        progress.draw("");
        progress
    }

    /// One more is judged.
    pub fn step(&mut self, mark: &Mark) {
        self.done += 1;
        match self.is_terminal {
            true => self.draw(&mark.stem),
            false => {
                let (done, total, stem) = (self.done, self.total, &mark.stem);
                let points = match mark.points {
                    Some(points) => format!("{points:6}/{}", mark.of),
                    None => "by hand".to_string(),
                };
                let _ = writeln!(stderr(), "{done:4}/{total}  {points}  {stem}");
            }
        }
    }

    /// Leaves the terminal's line to others.
    pub fn end(&self) {
        if self.is_terminal {
            let _ = writeln!(stderr());
        }
    }

    fn draw(&self, last: &str) {
        if self.is_terminal {
            let full = WIDTH * self.done / self.total.max(1);
            let bar = "█".repeat(full) + &"░".repeat(WIDTH - full);
            let (done, total, left) = (self.done, self.total, self.left());
            let last: String = last.chars().take(24).collect();
            let _ = write!(stderr(), "\r{bar} {done}/{total}  {left}  {last}\u{1b}[K");
            let _ = stderr().flush();
        }
    }

    fn left(&self) -> String {
        if self.done == 0 {
            return "setting up".to_string();
        }
        let each = self.began.elapsed() / self.done as u32;
        let left: Duration = each * (self.total - self.done) as u32;
        format!("{}:{:02} left", left.as_secs() / 60, left.as_secs() % 60)
    }
}
