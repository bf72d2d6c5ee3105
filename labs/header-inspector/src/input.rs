//! Input: where frames come from.
//!
//! Captures are streamed, so memory stays flat whatever the file's size; what a file
//! is, its first bytes tell, never its name.

mod bytes;
mod capture;
mod detect;
mod error;
mod guess;
mod gzip;
mod hexdump;
mod modified;
mod note;
mod pcapng;
mod source;

use std::ops::ControlFlow;

pub use bytes::{From, LooseBytes};
pub use capture::Capture;
pub use error::InputError;
pub use note::Note;
pub use source::{Input, Meter, open, open_bytes};

use crate::Frame;

/// Whoever takes the frames of an input.
pub trait Reader {
    /// Takes one frame; breaks when it has seen enough.
    fn frame(&mut self, frame: Frame<'_>) -> ControlFlow<()>;

    /// Is told that the input may now keep everybody waiting, as a live capture does.
    fn pause(&mut self) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

impl<F: FnMut(Frame<'_>) -> ControlFlow<()>> Reader for F {
    fn frame(&mut self, frame: Frame<'_>) -> ControlFlow<()> {
        self(frame)
    }
}
