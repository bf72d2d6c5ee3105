//! What waits for a member that reads more slowly than the room talks.
//!
//! A thread of the member's own writes the outbox to its socket; the
//! broadcaster only adds to it and never waits. When all is written the thread
//! ends, and the broadcaster writes to the member itself again.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use crate::limits::{self, Limits};
use crate::room::Departure;

/// How long a member that has left may take to read what still waits for it: its
/// seat is free again, and those who read a trickle must not add up behind it. It
/// is looked at between two writes, each of which may take the stall time.
const FAREWELL: Duration = Duration::from_secs(5);

/// Text of which a part is still to be written. Members that wait for the same
/// text share it.
pub type Text = Arc<[u8]>;

pub struct Outbox {
    waiting: Mutex<Waiting>,
    limit: usize,
}

#[derive(Default)]
struct Waiting {
    /// Each text with the place from which it is still to be written.
    texts: VecDeque<(Text, usize)>,
    bytes: usize,
    state: State,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    /// The outbox's thread writes.
    #[default]
    Behind,
    /// The member has left: the thread writes until this time at most.
    Closing(Instant),
    /// All is written and the thread is gone.
    CaughtUp,
}

/// What became of a text that was to be added.
pub enum Added {
    /// It waits for its turn.
    Waits,
    /// Nothing waits any more: write it to the socket.
    CaughtUp,
    /// More would wait than the limits allow.
    Full,
}

impl Outbox {
    /// Starts to write `text` from byte `from` on; `departs` is called
    /// when the member does not take it any more.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn open(
        stream: Arc<TcpStream>,
        text: (Text, usize),
        limits: Limits,
        departs: impl FnOnce(Departure) + Send + 'static,
    ) -> io::Result<Arc<Outbox>> {
        let outbox = Arc::new(Outbox {
            waiting: Mutex::default(),
            limit: limits.outbox(),
        });
        outbox.lock().push(text);
        let shared = outbox.clone();
        let writer = thread::Builder::new().stack_size(limits::STACK);
        writer.spawn(move || {
            if let Err(how) = shared.write_all(&stream, limits) {
                departs(how);
            }
        })?;
        Ok(outbox)
    }

    /// Adds `text` from byte `from` on, if something waits already.
    pub fn add(&self, text: (Text, usize)) -> Added {
        let mut waiting = self.lock();
        if waiting.state == State::CaughtUp {
            return Added::CaughtUp;
        }
        if waiting.bytes > self.limit {
            return Added::Full;
        }
        waiting.push(text);
        Added::Waits
    }

    /// The member has left: what waits is still written, if it takes it in time.
    /// The connection is closed when the outbox's thread, the last to hold it, ends.
    pub fn close(&self) {
        self.lock().state = State::Closing(Instant::now() + FAREWELL);
    }

    fn write_all(&self, stream: &TcpStream, limits: Limits) -> Result<(), Departure> {
        let _ = stream.set_write_timeout(Some(limits.stall_time()));
        while let Some((text, from)) = self.next() {
            let mut rest = &text[from..];
            while !rest.is_empty() {
                if self.is_overdue() {
                    return Ok(());
                }
                rest = &rest[write_some(stream, rest, limits)?..];
            }
        }
        Ok(())
    }

    /// The next text to write. `None`, and no longer behind, when there is none:
    /// both under one lock, so that no text slips in between.
    fn next(&self) -> Option<(Text, usize)> {
        let mut waiting = self.lock();
        let next = waiting.texts.pop_front();
        match &next {
            Some((text, from)) => waiting.bytes -= text.len() - from,
            None => waiting.state = State::CaughtUp,
        }
        next
    }

    /// Whether the member has left and its time to read the rest is over.
    fn is_overdue(&self) -> bool {
        matches!(self.lock().state, State::Closing(until) if Instant::now() >= until)
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().expect("no holder of this lock panics")
    }
}

impl Waiting {
    fn push(&mut self, text: (Text, usize)) {
        self.bytes += text.0.len() - text.1;
        self.texts.push_back(text);
    }
}

/// Writes what the member takes of `bytes` (not empty), at least one byte.
fn write_some(mut stream: &TcpStream, bytes: &[u8], limits: Limits) -> Result<usize, Departure> {
    loop {
        match stream.write(bytes) {
            Ok(count) => return Ok(count),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if is_time(&error) => {
                let reason = format!("it read nothing for {:?}", limits.stall_time());
                return Err(Departure::LetGo(reason));
            }
            Err(_) => return Err(Departure::OfItself),
        }
    }
}

/// Whether a write ended because its time was up: Unix and Windows differ in
/// what they call it.
pub fn is_time(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::time::Instant;

    use super::{Added, Departure, Outbox, State, Text, Waiting, write_some};
    use crate::testing::{broken_connection, connection, limits};

    /// The outbox of a thread that does not run.
    fn outbox(limit: usize) -> Outbox {
        Outbox {
            waiting: Waiting::default().into(),
            limit,
        }
    }

    fn text() -> Text {
        b"12345".as_slice().into()
    }

    #[test]
    fn only_what_is_still_to_be_written_counts_against_the_limit() {
        let outbox = outbox(3);
        outbox.lock().push((text(), 2));
        assert!(matches!(outbox.add((text(), 3)), Added::Waits));
        assert!(matches!(outbox.add((text(), 3)), Added::Full));
        assert_eq!(outbox.next(), Some((text(), 2)));
        assert_eq!(outbox.lock().bytes, 2);
        assert_eq!(outbox.next(), Some((text(), 3)));
        assert_eq!(outbox.next(), None);
        assert!(matches!(outbox.add((text(), 0)), Added::CaughtUp));
    }

    #[test]
    fn who_has_left_gets_what_waits_until_its_farewell_is_over() {
        let (stream, mut peer) = connection();
        let outbox = outbox(limits().outbox());
        outbox.lock().push((text(), 0));
        outbox.close();
        assert!(matches!(outbox.lock().state, State::Closing(_)));
        assert!(outbox.write_all(&stream, limits()).is_ok());
        outbox.lock().push((text(), 0));
        outbox.lock().state = State::Closing(Instant::now());
        assert!(outbox.write_all(&stream, limits()).is_ok());
        drop(stream);
        let mut heard = Vec::new();
        peer.read_to_end(&mut heard).expect("it is closed in order");
        assert_eq!(heard, b"12345");
    }

    #[test]
    fn a_connection_that_breaks_is_not_one_that_reads_slowly() {
        let stream = broken_connection();
        let written = write_some(&stream, b"hi", limits());
        assert!(matches!(written, Err(Departure::OfItself)));
    }
}
