//! `cargo course grade`, for instructors: judges a whole class.
//!
//! ```text
//!   submissions ─▶ intake ─▶ desk (one a job) ─▶ grade ─▶ OUT/results/NAME.json
//!   folder, zip,   only the   a pristine tree,            and at the end the
//!   tar.gz         student's  laid over with              reports of the class
//!                  files      the intake, behind walls
//! ```

mod bounded;
mod bubblewrap;
mod built;
mod census;
mod copy;
mod desk;
mod filter;
mod found;
mod intake;
mod mark;
mod note;
mod progress;
mod reports;
mod runner;
mod similar;
mod submission;
mod told;
mod walls;
mod weights;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Mutex, OnceLock};
use std::thread;

use anyhow::{Context, Result, ensure};
use harness::{apart, say};

use crate::fingerprint::Fingerprint;
use crate::lab::Lab;
use crate::release;
use desk::Desk;
use intake::Intake;
use mark::Mark;
use progress::Progress;
use submission::Submission;
use walls::{Seat, Walls};
use weights::Weights;

#[derive(clap::Args)]
pub struct Args {
    /// The folder with the submissions: a folder, a .zip or a .tar.gz for each student
    submissions: PathBuf,
    /// Where the results go; an interrupted run goes on from what is there
    #[arg(long)]
    out: PathBuf,
    /// Submissions that are judged at the same time
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=64))]
    jobs: u32,
    /// Points for each task, as tests/course/weights.toml has them
    #[arg(long)]
    weights: Option<PathBuf>,
    /// Grade although nothing keeps the submissions' programs from this machine's files and network
    #[arg(long)]
    without_walls: bool,
}

/// Judges every submission, then writes the reports of the class.
///
/// # Errors
/// When there is nothing to grade, or the desks cannot be set up.
pub fn run(labs: &[Lab], args: &Args) -> Result<ExitCode> {
    let weights = Weights::read(args.weights.as_deref())?;
    let submissions = Submission::all(&args.submissions)?;
    let here = apart(args.submissions.display());
    ensure!(
        !submissions.is_empty(),
        say!(
            "no folder, .zip or .tar.gz in {here}",
            "لا مجلد في {here} ولا ملف \u{2068}.zip\u{2069} أو \u{2068}.tar.gz\u{2069}"
        )
    );
    let walls = Walls::build(args.without_walls)?;
    std::fs::create_dir_all(args.out.join("results"))
        .with_context(|| format!("cannot make {}", args.out.display()))?;
    let out = args.out.canonicalize()?;
    let pristine = pristine(&out, labs)?;
    let class = Class {
        labs,
        weights: &weights,
        out: &out,
        salt: salt(&pristine, labs, &weights)?,
        pristine: &pristine,
        walls: &walls,
        first: OnceLock::new(),
        waiting: Mutex::new(submissions.iter().collect()),
        done: Mutex::new((Progress::new(submissions.len()), Vec::new())),
    };
    let marks = class.sit(args.jobs)?;
    let intakes: Vec<Intake> = submissions
        .iter()
        .rev()
        .map(|it| class.intake(it))
        .collect();
    reports::write(&out, labs, &marks)?;
    let pairs = similar::pairs(&intakes, &pristine)?;
    reports::write_similarity(&out, &marks, &intakes, &pairs)?;
    // The desks are large, and of no use to anyone.
    let _ = std::fs::remove_dir_all(out.join("work"));
    let shown = apart(args.out.display());
    tell!(
        "{}",
        say!("the reports are in {shown}", "التقارير في {shown}")
    );
    Ok(ExitCode::SUCCESS)
}

/// A name for everything by which submissions are judged: a mark that was given
/// by something else is not used again.
fn salt(pristine: &Path, labs: &[Lab], weights: &Weights) -> Result<String> {
    let mut print = Fingerprint::default();
    print.add(weights);
    for lab in labs {
        print.add_path(pristine, &format!("tests/{}.rs", lab.name()))?;
    }
    print.add_path(pristine, "tests/harness")?;
    Ok(print.to_string())
}

/// The tree that every submission is laid over: what students were given.
fn pristine(out: &Path, labs: &[Lab]) -> Result<PathBuf> {
    let place = out.join("work/pristine");
    if place.exists() {
        // A run that was interrupted may have left half of it.
        std::fs::remove_dir_all(&place)?;
    }
    release::make(&place, &labs.iter().collect::<Vec<_>>())?;
    Ok(place)
}

/// What the jobs share.
struct Class<'a> {
    labs: &'a [Lab],
    weights: &'a Weights,
    out: &'a Path,
    salt: String,
    pristine: &'a Path,
    walls: &'a Walls,
    /// The desk that everything is built at; the jobs' own are copies of it.
    first: OnceLock<std::result::Result<Desk<'a>, String>>,
    waiting: Mutex<Vec<&'a Submission>>,
    done: Mutex<(Progress, Vec<Mark>)>,
}

impl<'a> Class<'a> {
    /// Runs the jobs until nothing waits; the marks in the order of the names.
    fn sit(&self, jobs: u32) -> Result<Vec<Mark>> {
        thread::scope(|scope| {
            let seats: Vec<_> = (1..=jobs)
                .map(|number| scope.spawn(move || self.work(number)))
                .collect();
            for seat in seats {
                let worked = seat.join();
                worked.unwrap_or_else(|_| anyhow::bail!("a job panicked"))?;
            }
            Ok::<(), anyhow::Error>(())
        })?;
        let mut done = self.done.lock().expect("no job panics");
        done.0.end();
        let mut marks = std::mem::take(&mut done.1);
        marks.sort_by(|one, other| one.stem.cmp(&other.stem));
        Ok(marks)
    }

    /// One job: a desk of its own, a submission after the other.
    fn work(&self, number: u32) -> Result<()> {
        let mut desk = None;
        while let Some(submission) = self.next() {
            let intake = self.intake(submission);
            let mark = match Mark::recall(self.out, &submission.stem, &intake.digest) {
                Some(mark) => mark,
                None => {
                    let desk = match &mut desk {
                        Some(desk) => desk,
                        empty => empty.insert(self.desk(number)?),
                    };
                    self.judge(submission, &intake, desk)?
                }
            };
            let mut done = self.done.lock().expect("no job panics");
            done.0.step(&mark);
            done.1.push(mark);
        }
        Ok(())
    }

    fn intake(&self, submission: &Submission) -> Intake {
        Intake::take(submission, self.pristine, &self.salt)
    }

    /// Judges one. What the grader fails on stops nobody else, is told loudly,
    /// and is tried again by the next run.
    fn judge(&self, submission: &Submission, intake: &Intake, desk: &Desk) -> Result<Mark> {
        match Mark::of(submission, intake, desk, self.labs, self.weights) {
            Ok(mark) => {
                mark.keep(self.out)?;
                Ok(mark)
            }
            Err(error) => {
                let why = format!("{error:#}");
                eprintln!("\n{} must be judged by hand: {why}", submission.stem);
                Ok(Mark::failed(submission, self.labs, self.weights, &why))
            }
        }
    }

    fn desk(&self, number: u32) -> Result<Desk<'a>> {
        let seat = |number: u32| Seat {
            folder: self.out.join(format!("work/desk{number}")),
            number,
        };
        let first = self.first.get_or_init(|| {
            let desk = Desk::set_up(seat(0), self.pristine, self.labs, self.walls);
            desk.map_err(|error| format!("{error:#}"))
        });
        match first {
            Ok(desk) => desk.again(seat(number)),
            Err(why) => anyhow::bail!("{why}"),
        }
    }

    fn next(&self) -> Option<&'a Submission> {
        self.waiting.lock().expect("no job panics").pop()
    }
}
