//! The three phases that the paper names, and how a conversation comes to its end.

use super::Direction;
use crate::Segment;

/// Where in the life of a conversation a segment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    Establishing,
    Transferring,
    Closing,
}

/// How a conversation ended, as far as the capture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Neither a FIN nor a RST was seen.
    Open,
    /// One direction was closed, the other not.
    HalfClosed,
    /// Both directions were closed.
    Closed,
    /// A reset ended an established connection.
    Aborted,
    /// A reset answered the SYN, before any SYN ACK.
    Refused,
}

/// Follows a conversation through its phases, segment by segment.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    phase: Phase,
    /// Whether forward, backward have sent a SYN, and a FIN.
    syn: [bool; 2],
    fin: [bool; 2],
    reset: Option<Ending>,
}

impl Progress {
    /// Begins with a conversation's first segment; without SYN it had begun before.
    pub fn new(first: &Segment) -> Progress {
        let opens = first.header.flags.is_some_and(|flags| flags.syn());
        Progress {
            phase: if opens {
                Phase::Establishing
            } else {
                Phase::Transferring
            },
            syn: [false; 2],
            fin: [false; 2],
            reset: None,
        }
    }

    /// Takes the next segment in and returns its phase.
    pub fn step(&mut self, segment: &Segment, direction: Direction) -> Phase {
        let Some(flags) = segment.header.flags else {
            return self.phase;
        };
        let side = direction as usize;
        if flags.rst() {
            let ending = match self.phase {
                // After a SYN ACK there was somebody who accepted.
                Phase::Establishing if self.syn != [true; 2] => Ending::Refused,
                _ => Ending::Aborted,
            };
            self.reset.get_or_insert(ending);
            self.phase = Phase::Closing;
        } else if flags.fin() {
            self.fin[side] = true;
            self.phase = Phase::Closing;
        } else if flags.syn() {
            self.syn[side] = true;
        } else if self.phase == Phase::Establishing {
            return self.after_syn(segment);
        }
        self.phase
    }

    /// The first segment without SYN is the handshake's third, unless it brings data.
    fn after_syn(&mut self, segment: &Segment) -> Phase {
        let both = self.syn == [true; 2];
        let empty = segment.payload_len == Some(0);
        self.phase = Phase::Transferring;
        if both && empty {
            Phase::Establishing
        } else {
            Phase::Transferring
        }
    }

    /// Returns how it ended, as far as was seen.
    pub fn ending(&self) -> Ending {
        match (self.reset, self.fin) {
            (_, [true, true]) => Ending::Closed,
            (Some(ending), _) => ending,
            (None, [false, false]) => Ending::Open,
            (None, _) => Ending::HalfClosed,
        }
    }
}
