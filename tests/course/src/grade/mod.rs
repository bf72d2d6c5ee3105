//! `cargo course grade`, for instructors: judges a whole class.
//!
//! ```text
//!   submissions ─▶ intake ─▶ desk (one a job) ─▶ grade ─▶ OUT/results/NAME.json
//!   folder, zip,   only the   a pristine tree,            and at the end the
//!   tar.gz         student's  laid over with              reports of the class
//!                  files      the intake, behind walls
//! ```

mod bounded;
mod desk;
mod intake;
mod mark;
mod reports;
mod submission;
mod walls;
mod weights;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;

use anyhow::{Context, Result, ensure};
use harness::{apart, say};

use crate::lab::Lab;
use crate::release;
use desk::Desk;
use intake::Intake;
use mark::Mark;
use submission::Submission;
use walls::Walls;
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
    let here = args.submissions.display();
    ensure!(
        !submissions.is_empty(),
        "no folder, .zip or .tar.gz in {here}"
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
        pristine: &pristine,
        waiting: Mutex::new(submissions.iter().collect()),
        marks: Mutex::new(Vec::new()),
        total: submissions.len(),
    };
    class.sit(args.jobs, &walls)?;
    let mut marks = class.marks.into_inner().expect("no job panics");
    marks.sort_by(|one, other| one.name.cmp(&other.name));
    reports::write(&out, labs, &marks)?;
    // The desks are large, and of no use to anyone.
    let _ = std::fs::remove_dir_all(out.join("work"));
    let shown = apart(args.out.display());
    tell!(
        "{}",
        say!("the reports are in {shown}", "التقارير في {shown}")
    );
    Ok(ExitCode::SUCCESS)
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
    pristine: &'a Path,
    waiting: Mutex<Vec<&'a Submission>>,
    marks: Mutex<Vec<Mark>>,
    total: usize,
}

impl Class<'_> {
    /// Runs the jobs until nothing waits.
    fn sit(&self, jobs: u32, walls: &Walls) -> Result<()> {
        thread::scope(|scope| {
            let seats: Vec<_> = (0..jobs)
                .map(|number| scope.spawn(move || self.work(number, walls)))
                .collect();
            for seat in seats {
                let worked = seat.join();
                worked.unwrap_or_else(|_| anyhow::bail!("a job panicked"))?;
            }
            Ok(())
        })
    }

    /// One job: a desk of its own, a submission after the other.
    fn work(&self, number: u32, walls: &Walls) -> Result<()> {
        let mut desk = None;
        while let Some(submission) = self.next() {
            let intake = Intake::take(submission, self.pristine);
            let mark = match Mark::recall(self.out, &submission.name, &intake.digest) {
                Some(mark) => mark,
                None => {
                    let desk = match &mut desk {
                        Some(desk) => desk,
                        empty => {
                            let folder = self.out.join(format!("work/desk{number}"));
                            empty.insert(Desk::set_up(&folder, self.pristine, self.labs, walls)?)
                        }
                    };
                    let mark = Mark::of(submission, &intake, desk, self.labs, self.weights)?;
                    mark.keep(self.out)?;
                    mark
                }
            };
            self.done(mark);
        }
        Ok(())
    }

    fn next(&self) -> Option<&Submission> {
        self.waiting.lock().expect("no job panics").pop()
    }

    fn done(&self, mark: Mark) {
        let mut marks = self.marks.lock().expect("no job panics");
        let (done, total) = (marks.len() + 1, self.total);
        eprintln!(
            "{done:4}/{total}  {:6}/{}  {}",
            mark.points, mark.of, mark.name
        );
        marks.push(mark);
    }
}
