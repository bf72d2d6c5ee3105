//! Builds, starts and talks to the programs of the labs, as a person would:
//! over real sockets, a real keyboard pipe, real standard output.
//!
//! ```text
//!   tests/lab3.rs ── Check ──┬── Program   the student's server or client, a child process
//!                            ├── Peer      the check's end of a TCP connection
//!                            ├── TestServer      a listener, where the check plays the server
//!                            └── Story     every step so far; a failure prints it
//! ```
//!
//! A check reads like a play: `ehab.sends("hi\n"); amal.hears("hi");`. Whatever
//! does not happen within the [`patience`] fails the check with a story that
//! names what should have happened, and what was observed instead.
//!
//! The crate has no dependencies: students compile it with every lab.

mod broker;
mod check;
mod command_line;
mod compile;
mod group;
mod language;
mod observation;
mod output;
mod patience;
mod peer;
mod place;
mod processor;
mod program;
mod reading;
mod receiving;
mod running;
mod screen;
pub mod simulation;
mod slots;
mod spawning;
mod story;
pub mod terminal;
mod test_server;
#[cfg(test)]
mod trials;

pub use broker::Broker;
pub use check::{Check, variable};
pub use group::Group;
pub use language::{Language, apart, language, speak};
pub use observation::quote;
pub use patience::patience;
pub use peer::Peer;
pub use place::{Task, root};
pub use program::Program;
pub use slots::Slot;
pub use test_server::{TestServer, free_port, unused_port};

/// Opens a check: knows the lab from the package that runs it and the task
/// from the module that it is in (`task3_broadcast` of `lab3` is task 3.3).
#[macro_export]
macro_rules! check {
    () => {
        $crate::Check::new(env!("CARGO_PKG_NAME"), module_path!())
    };
}
