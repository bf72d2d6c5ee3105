//! `cargo course`: a guide for students, a grader for instructors.
//!
//! ```text
//!   cargo course            where you are, and what to do next   status.rs
//!   cargo course check 3.2  the checks, told task by task        check.rs
//!   cargo course hint 3.2   one hint at a time                   hint.rs
//!   cargo course reset lab3 the starter again                    reset.rs
//!   cargo course tidy       for maintainers: everything fits     tidy.rs
//! ```
//!
//! `lab.rs` knows the labs and their tasks, `judge.rs` runs the checks,
//! `libtest.rs` reads what they print, `memory.rs` remembers verdicts as long
//! as nothing has changed.

mod check;
mod hint;
mod judge;
mod lab;
mod libtest;
mod markdown;
mod memory;
mod place;
mod region;
mod reset;
mod speech;
mod starter;
mod status;
mod tidy;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use lab::Lab;
use place::Place;

/// Guides you through the labs. Without a command: where you are, and what to do next.
#[derive(Parser)]
#[command(
    name = "cargo course",
    bin_name = "cargo course",
    after_help = "Examples:\n  cargo course\n  cargo course check 3.2\n  cargo course hint 3.2 --lang ar"
)]
struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// The language to speak: en or ar (else LAB_LANG, else the locale where the terminal shows Arabic well)
    #[arg(long, global = true, value_name = "LANGUAGE")]
    lang: Option<speech::Choice>,
}

#[derive(Subcommand)]
enum Command {
    /// Run the checks of a lab or of one task, and tell the first failure's story
    Check {
        /// lab3, 3, or a task such as 3.2; where you are, if you do not say
        place: Option<Place>,
    },
    /// Show a hint for a task: one at a time, the next on asking again
    Hint {
        /// A task such as 3.2
        task: Place,
        /// Begin again with the first hint
        #[arg(long)]
        again: bool,
    },
    /// Put the starter back; your work is kept beside it
    Reset {
        /// lab3 or 3
        lab: Place,
    },
    /// For maintainers: starters, solutions, checks and handouts fit together
    Tidy,
}

fn main() -> ExitCode {
    let args = Args::parse();
    speech::choose(args.lang);
    match run(args.command) {
        Ok(status) => status,
        Err(error) => {
            eprintln!("cargo course: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Option<Command>) -> Result<ExitCode> {
    let labs = Lab::all()?;
    match command {
        None => status::show(&labs),
        Some(Command::Check { place }) => check::run(&labs, place),
        Some(Command::Hint { task, again }) => hint::show(&labs, task, again),
        Some(Command::Reset { lab }) => reset::run(&labs, lab),
        Some(Command::Tidy) => tidy::run(&labs),
    }
}
