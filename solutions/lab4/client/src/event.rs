//! What ends the wait of the sending loop: a typed line, or the end of the chat.

use std::io;

use crate::warn;

/// How many events may wait for the sending loop. A file fed into the keyboard is
/// read no faster than the server takes it, so that it never gathers in memory.
pub const WAITING: usize = 64;

pub enum Event {
    /// A line came from the keyboard, or reading it failed.
    Typed(io::Result<String>),
    /// The keyboard has ended: Ctrl-D, or the end of a pipe.
    KeyboardEnded,
    /// The connection was closed by the server, or lost.
    ServerGone,
    /// Nothing can be printed any more: the reader of our output has gone.
    ScreenGone,
}

impl Event {
    /// Returns what was typed, or nothing if the chat is over, and says why if the
    /// user has not ended it.
    pub fn typed(self) -> Option<io::Result<String>> {
        match self {
            Event::Typed(text) => Some(text),
            Event::KeyboardEnded | Event::ScreenGone => None,
            Event::ServerGone => {
                warn("The server closed the connection.");
                None
            }
        }
    }
}
