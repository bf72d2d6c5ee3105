//! Builds, starts and talks to the programs of the labs, as a person would:
//! over real sockets, a real keyboard pipe, real standard output.
//!
//! ```text
//!   tests/lab3.rs ── Check ──┬── Program   the student's server or client, a child process
//!                            ├── Peer      one end of a TCP connection, in the check's hands
//!                            ├── Door      a listener, where the check plays the server
//!                            └── Story     every step so far; a failure is told from here
//! ```
//!
//! A check reads like a play: `ehab.sends("hi\n"); amal.hears("hi");`. Whatever
//! does not happen within the [`patience`] fails the check with a story that
//! names who should have done what, and what was seen instead.
//!
//! The crate has no dependencies: students compile it with every lab.

mod check;
mod command_line;
mod compile;
mod door;
mod fact;
mod group;
mod hearing;
mod language;
mod output;
mod patience;
mod peer;
mod place;
mod processor;
mod program;
mod reading;
mod running;
mod screen;
mod spawning;
mod story;
pub mod terminal;
#[cfg(test)]
mod trials;

pub use check::{Check, variable};
pub use door::{Door, free_port, nobodys_port};
pub use fact::quote;
pub use group::Group;
pub use language::{Language, apart, language, speak};
pub use patience::patience;
pub use peer::Peer;
pub use place::{Task, root};
pub use program::Program;

/// Opens a check: knows the lab from the package that runs it and the task
/// from the module that it stands in (`task3_broadcast` of `lab3` is task 3.3).
#[macro_export]
macro_rules! check {
    () => {
        $crate::Check::new(env!("CARGO_PKG_NAME"), module_path!())
    };
}
