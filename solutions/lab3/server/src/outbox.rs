//! What waits for a member that reads more slowly than the room talks.
//!
//! A thread of the member's own writes the outbox to its socket; the
//! broadcaster only adds to it and never waits. When all is written the thread
//! ends, and the broadcaster writes to the member itself again.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use crate::limits::{self, Limits};
use crate::room::Departure;

/// How long a member that has left may take to read what still waits for it: its
/// seat is free again, and those who read a trickle must not add up behind it.
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
    /// It writes what is there until this time at most, then closes the connection.
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

    /// Closes the connection once all that waits is written, or has waited too long.
    pub fn close(&self, stream: &TcpStream) {
        let mut waiting = self.lock();
        match waiting.state {
            State::CaughtUp => drop(stream.shutdown(Shutdown::Both)),
            _ => waiting.state = State::Closing(Instant::now() + FAREWELL),
        }
    }

    fn write_all(&self, stream: &TcpStream, limits: Limits) -> Result<(), Departure> {
        let _ = stream.set_write_timeout(Some(limits.stall_time()));
        while let Some((text, from)) = self.next(stream) {
            let mut rest = &text[from..];
            while !rest.is_empty() {
                if self.is_overdue() {
                    let _ = stream.shutdown(Shutdown::Both);
                    return Ok(());
                }
                rest = &rest[write_some(stream, rest, limits)?..];
            }
        }
        Ok(())
    }

    /// The next text to write. `None`, and no longer behind, when there is none:
    /// both under one lock, so that no text slips in between.
    fn next(&self, stream: &TcpStream) -> Option<(Text, usize)> {
        let mut waiting = self.lock();
        let next = waiting.texts.pop_front();
        match &next {
            Some((text, from)) => waiting.bytes -= text.len() - from,
            None if matches!(waiting.state, State::Closing(_)) => {
                drop(stream.shutdown(Shutdown::Both));
            }
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
