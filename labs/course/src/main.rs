//! `cargo course`: guides a student through the labs.
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
//!   cargo course grade DIR  a whole class       ┐
//!   cargo course release    the students' tree  ├ run by the grader, tests/grader
//!   cargo course tidy       for maintainers     ┘
//! ```
//!
//! `memory.rs` stores verdicts until something they depend on changes. What the
//! grader uses as well is the library, `lib.rs`.

#[macro_use]
extern crate course;

mod arabic;
mod check;
mod demo;
mod doctor;
mod grader;
mod hint;
mod memory;
mod reset;
mod run;
mod status;
mod watch;

use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use course::lab::Lab;
use course::target::Target;
use course::{help, output};

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
    Grade,
    /// For instructors: make the students' tree, without solutions
    Release,
    /// For maintainers: starters, solutions, checks and handouts fit together
    Tidy,
}

fn main() -> ExitCode {
    // The language comes first: it is that of the help, too.
    output::choose(output::asked(std::env::args()));
    if grader::is_asked_for() {
        return finish(grader::run());
    }
    let given = help::in_our_language(Args::command(), &arabic::TEXTS).get_matches();
    let args = Args::from_arg_matches(&given).unwrap_or_else(|error| error.exit());
    finish(dispatch(args.command))
}

fn finish(result: Result<ExitCode>) -> ExitCode {
    result.unwrap_or_else(|error| {
        eprintln!("cargo course: {error:#}");
        ExitCode::from(2)
    })
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
        Some(Command::Grade | Command::Release | Command::Tidy) => grader::run(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{Args, arabic};

    #[test]
    fn every_command_and_argument_has_its_arabic() {
        let missing = course::help::untranslated(&Args::command(), &arabic::TEXTS);
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn the_page_holds_no_english_headings() {
        let mut command = course::help::in_arabic(Args::command(), &arabic::TEXTS);
        let page = command.render_help().to_string();
        for heading in ["Usage:", "Commands:", "Options:", "Print help", "Examples:"] {
            assert!(!page.contains(heading), "{page}");
        }
        assert!(page.contains("cargo course hint 3.2"), "{page}");
    }
}
