//! The harness on trial: tests of the code that judges students.
//!
//! ```text
//!   trial ──┬── what must pass, passes, and its steps are recorded as they happened
//!           └── what must fail, fails, and its story says what was seen
//! ```
//!
//! The other end of every connection is a plain socket of the trial's, and
//! every program a few words of shell: nothing here leans on what it tries.
//! `tests/mutants.sh harness` shows that the trials miss nothing.

mod alone;
mod languages;
mod observations;
mod patience;
mod places;
mod receiving;
mod sending;
mod stage;
mod test_servers;
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
