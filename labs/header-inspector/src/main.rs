//! The command line: parses, runs, prints. All else is the library's.

mod cli;

use std::process::ExitCode;

use cli::Args;

fn main() -> ExitCode {
    cli::run(&Args::from_command_line())
}
