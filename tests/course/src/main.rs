//! `cargo course`: a guide for students, a grader for instructors.
//!
//! ```text
//!   cargo course            where you are, and what to do next   status.rs
//!   cargo course check 3.2  the checks, told task by task        check.rs
//!   cargo course hint 3.2   one hint at a time                   hint.rs
//!   cargo course reset lab3 the starter again                    reset.rs
//!   cargo course watch lab3 the checks again on every save       watch.rs
//!   cargo course run lab3   server and clients side by side      run.rs
//!   cargo course demo       the finished room, live              demo.rs
//!   cargo course doctor     whether this machine is fit          doctor.rs
//!   cargo course grade DIR  a whole class, in a sandbox           grade/
//!   cargo course release    the students' tree                    release.rs
//!   cargo course tidy       for maintainers: everything fits     tidy.rs
//! ```
//!
//! `lab.rs` knows the labs and their tasks, `judge.rs` runs the checks,
//! `libtest.rs` reads what they print, `memory.rs` remembers verdicts as long
//! as nothing has changed.

#[macro_use]
mod output;

mod archive;
mod check;
mod demo;
mod doctor;
mod fingerprint;
mod grade;
mod help;
mod hint;
mod judge;
mod lab;
mod manifest;
mod markdown;
mod memory;
mod page;
mod readme;
mod region;
mod release;
mod reset;
mod run;
mod scratch;
mod shingle;
mod starter;
mod status;
mod target;
mod tidy;
mod watch;

use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use course::libtest;

use lab::Lab;
use target::Target;

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
    lang: Option<output::Choice>,
}

#[derive(Subcommand)]
enum Command {
    /// Where you are, and what to do next: the same as no command
    Status,
    /// Run the checks of a lab or of one task, and tell the first failure's story
    Check {
        /// lab3, 3, or a task such as 3.2; where you are, if you do not say
        place: Option<Target>,
    },
    /// Show a hint for a task: one at a time, the next on asking again
    Hint {
        /// A task such as 3.2
        task: Target,
        /// Begin again with the first hint
        #[arg(long)]
        again: bool,
    },
    /// Put the starter back; your work is kept beside it
    Reset {
        /// lab3 or 3
        lab: Target,
    },
    /// Check again on every save
    Watch {
        /// lab3, 3, or a task such as 3.2
        place: Target,
    },
    /// Run a lab's server and its clients side by side
    Run {
        /// lab3 or 3
        lab: Target,
    },
    /// See the finished room live, and the same conversation on the wire
    Demo,
    /// Look whether this machine has what the labs need
    Doctor,
    /// For instructors: judge a whole class
    Grade(grade::Args),
    /// For instructors: make the students' tree, without solutions
    Release(release::Args),
    /// For maintainers: starters, solutions, checks and handouts fit together
    Tidy {
        /// Only copy the starters to where reset takes them from
        #[arg(long)]
        copy_starters: bool,
    },
}

fn main() -> ExitCode {
    // The language comes first: it is that of the help, too.
    output::choose(output::asked(std::env::args()));
    let given = help::in_our_language(Args::command()).get_matches();
    let args = Args::from_arg_matches(&given).unwrap_or_else(|error| error.exit());
    match dispatch(args.command) {
        Ok(status) => status,
        Err(error) => {
            eprintln!("cargo course: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn dispatch(command: Option<Command>) -> Result<ExitCode> {
    let labs = Lab::all()?;
    match command {
        None | Some(Command::Status) => status::show(&labs),
        Some(Command::Check { place }) => check::run(&labs, place),
        Some(Command::Hint { task, again }) => hint::show(&labs, task, again),
        Some(Command::Reset { lab }) => reset::run(&labs, lab),
        Some(Command::Watch { place }) => watch::run(&labs, place),
        Some(Command::Run { lab }) => run::run(&labs, lab),
        Some(Command::Demo) => demo::run(),
        Some(Command::Doctor) => doctor::run(),
        Some(Command::Grade(args)) => grade::run(&labs, &args),
        Some(Command::Release(args)) => release::run(&labs, &args),
        Some(Command::Tidy {
            copy_starters: true,
        }) => tidy::copy_starters(),
        Some(Command::Tidy { .. }) => tidy::run(&labs),
    }
}
