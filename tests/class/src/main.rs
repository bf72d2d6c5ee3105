//! A made class: submissions right, wrong, broken and hostile, each with the
//! verdict that it deserves, and a grading that must come to those verdicts.
//!
//! ```text
//!   right.rs  wrong.rs  broken.rs  hostile.rs  odd.rs  shapes.rs ──▶ Student ──▶ pack.rs
//!   cargo course grade, killed in the middle and started again ──▶ expected.rs
//! ```
//!
//! ```text
//! cargo run -p made-class -- grade                    100, as the issue demands
//! cargo run -p made-class -- grade --size 10          a sample, for CI
//! cargo run -p made-class -- make /tmp/class          only the submissions
//! ```

mod broken;
mod expected;
mod grading;
mod hostile;
mod odd;
mod pack;
mod right;
mod roll;
mod shapes;
mod source;
mod student;
mod wrong;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::{Parser, Subcommand};
use harness::root;

use grading::Grading;
use student::Student;

/// Makes a class of submissions, and shows that each gets the verdict it deserves.
#[derive(Parser)]
#[command(
    name = "made-class",
    after_help = "Example: cargo run -p made-class -- grade --size 10"
)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Only make the submissions
    Make {
        /// The folder to make; it must not be there yet
        folder: PathBuf,
        #[command(flatten)]
        choice: Choice,
    },
    /// Make them, grade them, kill the grader in the middle, go on, and compare
    Grade {
        #[command(flatten)]
        choice: Choice,
        /// Do not kill the grader
        #[arg(long)]
        in_one_go: bool,
    },
}

#[derive(clap::Args)]
struct Choice {
    /// How many; 100 or more are all kinds, fewer are spread over them
    #[arg(long, default_value_t = 100)]
    size: usize,
    /// Only those whose name contains this
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

fn main() -> ExitCode {
    let result = match Args::parse().command {
        Command::Make { folder, choice } => make(&folder, &choice, 0).map(|_| true),
        Command::Grade { choice, in_one_go } => grade(&choice, in_one_go),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("made-class: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn make(folder: &Path, choice: &Choice, port: u16) -> Result<Vec<Student>> {
    ensure!(!folder.exists(), "{} is there already", folder.display());
    std::fs::create_dir_all(folder)?;
    let students = roll::call(choice.size, choice.only.as_deref(), port)?;
    ensure!(!students.is_empty(), "nobody has such a name");
    for student in &students {
        let packed = pack::pack(student, folder);
        packed.with_context(|| format!("cannot pack {:?}", student.name))?;
    }
    Ok(students)
}

/// Whether every verdict is as expected.
fn grade(choice: &Choice, in_one_go: bool) -> Result<bool> {
    let place = root().join("target/made-class");
    if place.exists() {
        std::fs::remove_dir_all(&place)?;
    }
    // Somebody to be reached, if the sandbox had a hole.
    let outside = std::net::TcpListener::bind("127.0.0.1:0")?;
    let submissions = place.join("submissions");
    let students = make(&submissions, choice, outside.local_addr()?.port())?;
    println!("{} submissions are made", students.len());
    let roster = place.join("roster.csv");
    std::fs::write(&roster, shapes::ROSTER)?;
    let grading = Grading {
        submissions: &submissions,
        out: &place.join("out"),
        roster: &roster,
    };
    let began = Instant::now();
    if !in_one_go {
        let judged = grading.kill_after(students.len() / 2)?;
        println!("the grader was killed when {judged} were judged");
    }
    grading.to_the_end()?;
    let took = began.elapsed().as_secs();
    let mut complaints = expected::complaints(&students, grading.out)?;
    complaints.extend(grading.left_behind(&students));
    complaints.extend(shapes::complaints(&students, grading.out)?);
    for complaint in &complaints {
        println!("✗ {complaint}");
    }
    let (all, minutes, seconds) = (students.len(), took / 60, took % 60);
    println!(
        "{all} judged in {minutes} min {seconds} s; {} complaints",
        complaints.len()
    );
    Ok(complaints.is_empty())
}
