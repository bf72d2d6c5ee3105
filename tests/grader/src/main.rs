//! The instructors' and maintainers' commands, called through `cargo course`.
//!
//! ```text
//!   cargo course grade DIR  a whole class, in a sandbox         grade.rs
//!   cargo course release    the students' tree                  release/
//!   cargo course tidy       starters, solutions, checks and     tidy.rs
//!                           handouts fit together
//! ```

#[macro_use]
extern crate course;

mod arabic;
mod attempts;
mod bubblewrap;
mod built;
mod class;
mod copy;
#[cfg(target_os = "linux")]
mod filter;
mod grade;
mod intake;
mod late;
mod limits;
mod mark;
mod message;
mod overrides;
mod progress;
mod region;
mod release;
mod reports;
mod roster;
mod runner;
mod sandbox;
mod scratch;
mod similar;
mod tidy;
mod usage;
mod weights;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use course::lab::Lab;
use course::{help, output};

/// Grades a class, and makes the students' copy of the course.
#[derive(Parser)]
#[command(
    name = "cargo course",
    bin_name = "cargo course",
    after_help = "Examples:\n  cargo course grade submissions --out results\n  cargo course release --labs 1,2 --out week1 --zip"
)]
struct Args {
    #[command(subcommand)]
    command: Command,
    /// The language to speak: en or ar (else LAB_LANG, else the locale where the terminal shows Arabic well)
    #[arg(long, global = true, value_name = "LANGUAGE")]
    lang: Option<output::Choice>,
}

#[derive(Subcommand)]
enum Command {
    /// For instructors: judge a whole class
    Grade(Box<grade::Args>),
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
    let given = help::in_our_language(Args::command(), &arabic::TEXTS).get_matches();
    let args = Args::from_arg_matches(&given).unwrap_or_else(|error| error.exit());
    dispatch(args.command).unwrap_or_else(|error| {
        eprintln!("cargo course: {error:#}");
        ExitCode::from(2)
    })
}

fn dispatch(command: Command) -> Result<ExitCode> {
    let labs = Lab::all()?;
    match command {
        Command::Grade(args) => grade::run(labs, &args),
        Command::Release(args) => release::run(&labs, &args),
        Command::Tidy {
            copy_starters: true,
        } => tidy::copy_starters(),
        Command::Tidy { .. } => tidy::run(&labs),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn every_command_and_argument_has_its_arabic() {
        let missing = course::help::untranslated(&super::Args::command(), &super::arabic::TEXTS);
        assert!(missing.is_empty(), "{missing:?}");
    }
}
