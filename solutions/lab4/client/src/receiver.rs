//! The receiving thread, and how it comes to its end.

use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::mpsc::{self, SyncSender};
use std::thread;
use std::time::Duration;

use crate::event::Event;
use crate::framing::Framing;
use crate::incoming::Incoming;
use crate::show;

/// How long the room may take to close its half after we have closed ours. Closing
/// at once could destroy our own last message on its way: a system that receives
/// for a closed socket answers with a reset.
const LAST_WORDS: Duration = Duration::from_millis(300);

pub struct Receiver {
    /// Nothing is ever sent here: it is cut off when the thread has ended.
    ended: mpsc::Receiver<()>,
}

impl Receiver {
    /// Prints what arrives in a thread of its own, which tells `main` why it ended.
    pub fn start(
        room: &TcpStream,
        framing: Framing,
        to_main: SyncSender<Event>,
    ) -> io::Result<Receiver> {
        let mut incoming = Incoming::new(room.try_clone()?, framing);
        if framing == Framing::Unframed {
            greet(&mut incoming);
        }
        let (running, ended) = mpsc::channel();
        thread::Builder::new().spawn(move || {
            let event = receive(incoming);
            drop(running);
            // If `main` has gone on to leave, it knows already.
            let _ = to_main.send(event);
        })?;
        Ok(Receiver { ended })
    }

    /// Closes our half of the connection, prints what the room still says until it
    /// closes its own, and cuts it off if it does not.
    pub fn finish(self, room: &TcpStream) {
        for half in [Shutdown::Write, Shutdown::Both] {
            // It fails if the connection is lost, and then nothing is left to close.
            let _ = room.shutdown(half);
            if self.ended.recv_timeout(LAST_WORDS) == Err(mpsc::RecvTimeoutError::Disconnected) {
                return;
            }
        }
    }
}

/// Waits for the first message. Nothing but an answer shows that a nickname without
/// a newline was read by itself, and not together with the first thing we say.
fn greet(incoming: &mut Incoming<TcpStream>) {
    if let Ok(Some(greeting)) = incoming.next_message() {
        // Where there is no screen or no server any more, `receive` meets the same.
        let _ = show(&greeting);
    }
}

/// Prints each message, until the server or the screen is gone.
fn receive(mut incoming: Incoming<TcpStream>) -> Event {
    // A connection that is reset is gone like one that is closed.
    while let Ok(Some(text)) = incoming.next_message() {
        if show(&text).is_err() {
            return Event::ScreenGone;
        }
    }
    Event::ServerGone
}
