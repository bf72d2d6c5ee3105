//! One client's own thread: asks its nickname, then reads what it says.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::{Duration, Instant};

use crate::limits::{self, Limits};
use crate::line::{Deed, Ear, Framing};
use crate::outbox::is_time;
use crate::room::{Departure, Event, Id, Newcomer, Room};
use crate::{nickname, warn};

/// How much a buffer holds at first; it grows for those who send more.
const FIRST_READ: usize = 2048;

/// How long, and for how many reads, a refused client is still listened to: a
/// connection that is closed with bytes unread is reset, and the reset can
/// overtake the reason of the refusal.
const FAREWELL: Duration = Duration::from_millis(500);
const FAREWELL_READS: usize = 64;

pub struct Visitor {
    id: Id,
    stream: Arc<TcpStream>,
    room: Room,
    limits: Limits,
    buffer: Vec<u8>,
}

/// What a client gave as its nickname, and what it sent after it.
struct Introduction {
    nickname: Vec<u8>,
    framing: Framing,
    rest: Vec<u8>,
}

/// Why a client does not get into the room.
enum Trouble {
    /// It is gone: there is nobody to tell.
    Gone,
    /// Its nickname will not do; the reason.
    Refused(String),
}

impl Visitor {
    pub fn new(id: Id, stream: Arc<TcpStream>, room: Room, limits: Limits) -> Self {
        Visitor {
            id,
            stream,
            room,
            limits,
            buffer: Vec::new(),
        }
    }

    /// Serves the client from its first byte to its last.
    pub fn attend(mut self) {
        // What the room says shall leave at once, not wait to be more.
        let _ = self.stream.set_nodelay(true);
        self.buffer = vec![0; FIRST_READ];
        match self.enter() {
            Ok((ear, rest)) => self.listen(ear, &rest),
            Err(Trouble::Gone) => {}
            Err(Trouble::Refused(reason)) => self.refuse(&reason),
        }
    }

    /// From the first byte to a place in the room.
    fn enter(&mut self) -> Result<(Ear, Vec<u8>), Trouble> {
        let introduction = self.introduction()?;
        let nickname = nickname::check(&introduction.nickname).map_err(Trouble::Refused)?;
        let ear = Ear::new(&nickname, introduction.framing);
        let newcomer = Newcomer {
            id: self.id,
            nickname,
            framing: introduction.framing,
            stream: self.stream.clone(),
        };
        let (answer, answered) = sync_channel(1);
        let asked = self.room.send(Event::Joins(newcomer, answer));
        asked.map_err(|_| Trouble::Gone)?;
        match answered.recv() {
            Ok(Ok(())) => Ok((ear, introduction.rest)),
            Ok(Err(reason)) => Err(Trouble::Refused(reason)),
            Err(_) => Err(Trouble::Gone),
        }
    }

    // TASK 3.8: the paper's own client joins.
    /// Reads the nickname: up to a newline, or, from a client that knows no
    /// newlines, up to a short silence.
    fn introduction(&mut self) -> Result<Introduction, Trouble> {
        let time = self.limits.nickname_time();
        let deadline = Instant::now() + time;
        let mut came = Vec::new();
        while came.len() <= limits::LINE {
            if let Some(end) = came.iter().position(|byte| *byte == b'\n') {
                return Ok(Introduction::line(came, end));
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let reason = format!("it did not come within {time:?}");
                return Err(Trouble::Refused(reason));
            }
            let silence = match came.is_empty() {
                true => left,
                false => left.min(limits::GRACE),
            };
            match self.read_within(silence) {
                Ok(0) if came.is_empty() => return Err(Trouble::Gone),
                Ok(0) => return Ok(Introduction::all(came, Framing::Lines)),
                Ok(count) => came.extend_from_slice(&self.buffer[..count]),
                Err(error) if is_time(&error) && silence == limits::GRACE => {
                    return Ok(Introduction::all(came, Framing::Unframed));
                }
                Err(error) if is_time(&error) => {}
                Err(_) => return Err(Trouble::Gone),
            }
        }
        let reason = format!("it is longer than {} characters", limits::NICKNAME);
        Err(Trouble::Refused(reason))
    }

    /// Passes on what the client says until it leaves.
    fn listen(mut self, mut ear: Ear, rest: &[u8]) {
        let _ = self.stream.set_read_timeout(None);
        let mut deeds = ear.hear(rest);
        while self.pass_on(deeds).is_continue() {
            // A reset is an end as well: the room only hears that it left.
            let count = self.read().unwrap_or(0);
            deeds = ear.hear(&self.buffer[..count]);
            if count == 0 {
                deeds = ear.hear_end();
                deeds.push(Deed::Left);
            }
            self.grow(count);
        }
    }

    /// Makes a buffer larger that a read of `count` bytes has filled.
    fn grow(&mut self, count: usize) {
        if count == self.buffer.len() && count < limits::READ {
            self.buffer.resize(2 * count, 0);
        }
    }

    /// Tells the room what the client did; breaks when it has left.
    fn pass_on(&self, deeds: Vec<Deed>) -> ControlFlow<()> {
        for deed in deeds {
            let left = deed == Deed::Left;
            let event = match deed {
                Deed::Said(lines) => Event::Says(self.id, lines),
                Deed::Refused(reason) => Event::Hears(self.id, reason),
                Deed::Left => Event::Leaves(self.id, Departure::OfItself),
            };
            if self.room.send(event).is_err() || left {
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    }

    fn read_within(&mut self, time: Duration) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(time))?;
        self.read_once()
    }

    /// Reads what a member says. For the moment in which the broadcaster writes
    /// to it the socket does not block: who begins to read just then tries again.
    fn read(&mut self) -> io::Result<usize> {
        loop {
            match self.read_once() {
                Err(error) if is_time(&error) => thread::yield_now(),
                result => return result,
            }
        }
    }

    fn read_once(&mut self) -> io::Result<usize> {
        loop {
            match (&*self.stream).read(&mut self.buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => return result,
            }
        }
    }

    /// Says why, and closes so that the reason arrives.
    fn refuse(&mut self, reason: &str) {
        warn(&format!("a nickname was refused: {reason}"));
        let _ = self.stream.set_write_timeout(Some(FAREWELL));
        let _ = writeln!(&*self.stream, "Nickname refused: {reason}.");
        let _ = self.stream.shutdown(Shutdown::Write);
        for _ in 0..FAREWELL_READS {
            if !matches!(self.read_within(FAREWELL), Ok(1..)) {
                return;
            }
        }
    }
}

impl Introduction {
    /// A nickname that ends at byte `end`; a `\r` before the newline is dropped.
    fn line(mut came: Vec<u8>, end: usize) -> Self {
        let rest = came.split_off(end + 1);
        came.pop();
        came.pop_if(|last| *last == b'\r');
        Introduction {
            nickname: came,
            framing: Framing::Lines,
            rest,
        }
    }

    /// A nickname without a newline.
    fn all(came: Vec<u8>, framing: Framing) -> Self {
        Introduction {
            nickname: came,
            framing,
            rest: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{connection, limits, vanish};

    /// One who has sent `bytes` and vanished.
    fn lost_visitor(bytes: &[u8]) -> Visitor {
        let (stream, mut peer) = connection();
        peer.write_all(bytes).expect("there is room");
        vanish(peer, &stream);
        let mut visitor = Visitor::new(1, stream, sync_channel(1).0, limits());
        visitor.buffer = vec![0; FIRST_READ];
        visitor
    }

    #[test]
    fn who_vanishes_in_the_middle_of_its_nickname_does_not_come_in() {
        let introduction = lost_visitor(b"ama").introduction();
        assert!(matches!(introduction, Err(Trouble::Gone)));
    }

    #[test]
    fn a_broken_connection_is_not_read_again() {
        assert!(lost_visitor(b"").read().is_err());
    }

    #[test]
    fn the_buffer_grows_for_those_who_fill_it() {
        let mut visitor = lost_visitor(b"");
        visitor.grow(FIRST_READ - 1);
        assert_eq!(visitor.buffer.len(), FIRST_READ);
        for _ in 0..10 {
            visitor.grow(visitor.buffer.len());
        }
        assert_eq!(visitor.buffer.len(), limits::READ);
    }
}
