//! How a peer reads: for one wait at most, and what it was when nothing came.

use std::io::Read;

use crate::observation::Observation;
use crate::patience::Wait;
use crate::peer::{Peer, is_only_time};

/// How a read ended when it did not bring bytes.
pub enum Silence {
    TimeIsUp,
    End,
    Broken(std::io::Error),
}

impl Peer {
    /// The next line that arrives, without its end, or what was seen instead.
    pub(crate) fn next_line(&mut self) -> Result<Vec<u8>, Observation> {
        let mut wait = Wait::new();
        let mut searched = 0;
        loop {
            let unseen = &self.received[searched..];
            if let Some(end) = unseen.iter().position(|byte| *byte == b'\n') {
                let mut line: Vec<u8> = self.received.drain(..=searched + end).collect();
                line.pop();
                line.pop_if(|last| *last == b'\r');
                if std::mem::take(&mut self.line_may_end) && line.is_empty() {
                    searched = 0;
                    continue;
                }
                return Ok(line);
            }
            searched = self.received.len();
            let silence = self.read(&mut wait).err();
            if let Some(silence) = silence {
                return Err(match silence.observed(&self.received) {
                    Observation::OnlyArrived(bytes) => Observation::ArrivedUnended(bytes),
                    observed => observed,
                });
            }
        }
    }

    /// Reads what has come, for one wait at most.
    pub(crate) fn read(&mut self, wait: &mut Wait) -> Result<(), Silence> {
        let mut chunk = [0; 64 * 1024];
        loop {
            let turn = wait
                .next_turn(|| self.story.has_work())
                .ok_or(Silence::TimeIsUp)?;
            let _ = self.stream.set_read_timeout(Some(turn));
            match self.stream.read(&mut chunk) {
                Ok(0) => return Err(Silence::End),
                Ok(count) => {
                    self.received.extend_from_slice(&chunk[..count]);
                    return Ok(());
                }
                Err(error) if is_only_time(&error) => {}
                Err(error) => return Err(Silence::Broken(error)),
            }
        }
    }
}

impl Silence {
    /// What was seen, when this much had been received.
    pub fn observed(self, received: &[u8]) -> Observation {
        match (self, received) {
            (Silence::TimeIsUp, []) => Observation::NothingArrived,
            (Silence::TimeIsUp, some) => Observation::OnlyArrived(some.to_vec()),
            (Silence::End, []) => Observation::Closed,
            (Silence::End, some) => Observation::ClosedAfter(some.to_vec()),
            (Silence::Broken(error), _) => Observation::Broke(error),
        }
    }
}
