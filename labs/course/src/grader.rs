//! `cargo course grade`, `release` and `tidy`: passed on to the grader, whose crates
//! (archives, reports) are no part of a student's build.

use std::ffi::OsString;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};
use harness::{apart, root, say};

use course::output;

const COMMANDS: [&str; 3] = ["grade", "release", "tidy"];

/// Whether the command line names one of the grader's commands.
pub fn is_asked_for() -> bool {
    let mut words = std::env::args_os().skip(1).peekable();
    while words.next_if(|word| word == "--lang").is_some() {
        words.next();
    }
    let command = words.find(|word| !word.to_string_lossy().starts_with("--lang="));
    command.is_some_and(|word| COMMANDS.iter().any(|name| word == *name))
}

/// Runs the grader with the arguments of this run, and ends with its status.
///
/// # Errors
/// If this tree has no grader, or cargo cannot be started.
pub fn run() -> Result<ExitCode> {
    let folder = apart("tests/grader");
    ensure!(
        root().join("tests/grader").exists(),
        say!(
            "the grader is not in this copy of the course: {folder} is missing",
            "المقيّم ليس في هذه النسخة من المقرر: المجلد {folder} غير موجود"
        )
    );
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--package", "grader", "--"])
        .args(words)
        .env("LAB_LANG", output::code())
        .status()
        .with_context(|| say!("cannot start cargo", "تعذر تشغيل cargo"))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
