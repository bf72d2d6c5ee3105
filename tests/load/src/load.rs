//! Drives senders for a time: each as fast as its own lines come back, or all
//! together at a steady rate.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::progress::Progress;
use crate::room::Room;

#[derive(Clone, Copy, Debug)]
pub enum Pace {
    /// So many lines of each sender may be on their way.
    Window(u32),
    /// So many lines a second, the senders taking turns.
    Rate(f64),
}

/// What went through the room while the senders were sending.
#[derive(Clone, Copy, Debug)]
pub struct Flow {
    pub deliveries: u64,
    pub elapsed: Duration,
}

impl Flow {
    pub fn per_second(self) -> f64 {
        self.deliveries as f64 / self.elapsed.as_secs_f64()
    }
}

/// Lets the first `senders` members send at `pace` for `seconds`, then waits
/// until each of the first `receivers` has had all of it.
pub fn drive(
    room: &mut Room,
    (senders, receivers): (usize, usize),
    pace: Pace,
    seconds: f64,
    progress: &Progress,
) -> Result<Flow> {
    let (start, before) = (Instant::now(), room.book.delivered);
    let mut driver = Driver {
        senders,
        pace,
        said: 0,
        start,
    };
    progress.begin("sending", seconds as u64 * 10);
    while start.elapsed().as_secs_f64() < seconds {
        let wait = driver.send(room);
        room.pump(wait)?;
        progress.at((start.elapsed().as_secs_f64() * 10.0) as u64);
    }
    let flow = Flow {
        deliveries: room.book.delivered - before,
        elapsed: start.elapsed(),
    };
    progress.begin("the last deliveries", 0);
    room.settle(receivers)?;
    Ok(flow)
}

struct Driver {
    senders: usize,
    pace: Pace,
    said: u64,
    start: Instant,
}

impl Driver {
    /// Sends what is due; returns how long nothing more will be, at most.
    fn send(&mut self, room: &mut Room) -> Duration {
        match self.pace {
            Pace::Window(window) => self.top_up(room, window),
            Pace::Rate(rate) => self.keep_up(room, rate),
        }
    }

    /// A quarter of a window at once, so that writes stay large.
    fn top_up(&mut self, room: &mut Room, window: u32) -> Duration {
        for sender in 0..self.senders {
            let open = window.saturating_sub(room.in_flight(sender));
            if open >= window.div_ceil(4) {
                room.say(sender, open);
            }
        }
        Duration::from_millis(10)
    }

    fn keep_up(&mut self, room: &mut Room, rate: f64) -> Duration {
        let elapsed = self.start.elapsed().as_secs_f64();
        let due = (elapsed * rate) as u64 + 1;
        while self.said < due {
            room.say((self.said % self.senders as u64) as usize, 1);
            self.said += 1;
        }
        Duration::from_secs_f64((due as f64 / rate - elapsed).max(0.0))
    }
}
