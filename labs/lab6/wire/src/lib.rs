//! Lab 6: segments as bytes, and what runs a sender or a receiver.
//!
//! ```text
//!   event ──▶ ┌─────────┐ ──▶ actions
//!             │ Machine │
//!   no socket └─────────┘ no clock
//! ```
//!
//! This crate is complete; read it, and change nothing. A [`Machine`] is run in virtual
//! time, line by line over standard input and output ([`run`] with `--simulated`), or
//! in real time over UDP.

mod driver;
mod segment;

pub use driver::{Args, run};
pub use segment::Segment;

/// Milliseconds since the program was started.
pub type Millis = u64;

/// What happens to a machine.
pub enum Event {
    /// The application hands over bytes to send.
    Write(Vec<u8>),
    /// The application has no more bytes to send.
    Close,
    /// An undamaged segment has arrived.
    Segment(Segment),
    /// The time of the alarm has come.
    Alarm,
}

/// What a machine wants to be done.
pub enum Action {
    /// Send this segment.
    Send(Segment),
    /// Hand these bytes over to the application.
    Deliver(Vec<u8>),
    /// Wake me at this time, and at no earlier one; `None`: not at all.
    Alarm(Option<Millis>),
    /// All bytes have been sent and acknowledged, or received.
    Done,
}

/// A sender or a receiver: it is told what happens, and answers what to do.
pub trait Machine {
    fn handle(&mut self, now: Millis, event: Event) -> Vec<Action>;
}
