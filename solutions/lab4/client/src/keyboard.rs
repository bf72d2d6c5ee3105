//! The keyboard, read in a thread of its own: it can block for ever, so nothing else
//! may depend on it. The thread ends with the keyboard or with the process.

use std::io;
use std::sync::mpsc::SyncSender;
use std::thread;

use crate::event::Event;
use crate::line::{Line, read_line};
use crate::warn;

/// Starts to read lines of at most `longest` bytes and to pass them on.
pub fn start(to_main: SyncSender<Event>, longest: usize) -> io::Result<()> {
    thread::Builder::new().spawn(move || {
        let mut keyboard = io::stdin().lock();
        loop {
            let event = match read_line(&mut keyboard, longest) {
                Ok(Some(line)) => match text_of(line) {
                    Ok(text) => Event::Typed(Ok(text)),
                    Err(reason) => {
                        warn(&format!("Your line was not sent: {reason}."));
                        continue;
                    }
                },
                Ok(None) => Event::KeyboardEnded,
                Err(error) => Event::Typed(Err(error)),
            };
            let last = !matches!(event, Event::Typed(Ok(_)));
            // If `main` has gone on to leave, there is nobody to type for.
            if to_main.send(event).is_err() || last {
                return;
            }
        }
    })?;
    Ok(())
}

/// Returns the text of a typed line, or why it cannot be sent.
fn text_of(line: Line) -> Result<String, String> {
    match line {
        Line::Whole(bytes) => {
            String::from_utf8(bytes).map_err(|_| "it is not valid UTF-8".to_owned())
        }
        Line::Cut(bytes) => Err(format!("it is longer than {} bytes", bytes.len())),
    }
}
