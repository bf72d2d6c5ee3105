//! The harness on trial: whoever judges students must be judged first.
//!
//! ```text
//!   trial ──┬── what must pass, passes, and its steps are told as they were
//!           └── what must fail, fails, and its story says what was seen
//! ```
//!
//! The far end of every connection is a plain socket in the trial's hands, and
//! every program a few words of shell: nothing here leans on what it tries.
//! `tests/mutants.sh harness` shows that the trials miss nothing.

mod alone;
mod doors;
mod facts;
mod hearing;
mod languages;
mod patience;
mod places;
mod sending;
mod stage;
mod the_end;

pub use stage::{Folder, failure_of, story};

#[cfg(unix)]
mod checks;
#[cfg(unix)]
mod cleaning;
#[cfg(unix)]
mod floods;
#[cfg(unix)]
mod keyboard;
#[cfg(unix)]
mod last_words;
#[cfg(target_os = "linux")]
mod processor;
#[cfg(unix)]
mod programs;
#[cfg(unix)]
mod screen;
#[cfg(unix)]
mod telling;
