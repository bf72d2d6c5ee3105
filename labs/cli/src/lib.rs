//! What every program of the course does at its edges, so that each `main.rs`
//! holds nothing but its lab.
//!
//! ```text
//!   arguments ──▶ run::<Args>(run) ──▶ fn run(args) ──▶ exit status
//!                      │ --help, a wrong option             0  Ok
//!                      ▼                                    1  an error: one sentence
//!                 English, or Arabic with LAB_LANG=ar       2  wrong usage
//! ```
//!
//! A doc comment of an argument may have two paragraphs, the second in Arabic:
//! `--help` shows the one of the language in use.

mod help;
mod language;
mod usage;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Command, Parser};

pub use help::in_language;
pub use language::Language;

/// Parses the arguments, calls `run` with them and returns the exit status.
///
/// An error is one line on standard error, `lab3-server: cannot listen on …`, and
/// status 1. Wrong usage ends the process with status 2, `--help` with 0.
pub fn run<A: Parser>(run: impl FnOnce(A) -> anyhow::Result<()>) -> ExitCode {
    let args = parse(Language::from_environment());
    match run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            warn(&format!("{}: {error:#}", A::command().get_name()));
            ExitCode::FAILURE
        }
    }
}

/// Parses the arguments of this process; help and usage errors are in `language`.
///
/// Ends the process after `--help` (status 0) or on wrong usage (status 2).
pub fn parse<A: Parser>(language: Language) -> A {
    let mut command = in_language(A::command(), language);
    let parsed = matches(&mut command).and_then(|matches| A::from_arg_matches(&matches));
    parsed.unwrap_or_else(|error| usage::exit(&error, language, &command))
}

fn matches(command: &mut Command) -> Result<clap::ArgMatches, clap::Error> {
    command.try_get_matches_from_mut(std::env::args_os())
}

/// Prints a line to standard output. A closed standard output (`| head`) is
/// ignored, where `println!` would panic: a server keeps running.
pub fn log(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// Prints a line to standard error; a closed one is ignored.
pub fn warn(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
