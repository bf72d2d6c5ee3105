//! `cargo course grade`, for instructors: judges a whole class.
//!
//! ```text
//!   submissions ─▶ intake ─▶ workspace (one a job) ─▶ grade ─▶ OUT/results/NAME.json
//!   folder, zip,   only the   a pristine tree,            and at the end the
//!   tar.gz         student's  laid over with              reports of the class
//!                  files      the intake, in a sandbox
//! ```

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Mutex, OnceLock};
use std::thread;

use anyhow::{Context, Result, ensure};
use harness::{apart, say};

use crate::intake::Intake;
use crate::mark::Mark;
use crate::progress::Progress;
use crate::release::{self, With};
use crate::sandbox::{Sandbox, Slot};
use crate::submission::Submission;
use crate::weights::Weights;
use crate::workspace::Workspace;
use crate::{reports, similar};
use course::fingerprint::Fingerprint;
use course::lab::Lab;

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
    /// Points for each task, as tests/grader/weights.toml has them
    #[arg(long)]
    weights: Option<PathBuf>,
    /// Grade although nothing keeps the submissions' programs from this machine's files and network
    #[arg(long)]
    without_sandbox: bool,
}

/// Judges every submission, then writes the reports of the class.
///
/// # Errors
/// When there is nothing to grade, or the workspaces cannot be set up.
pub fn run(labs: &[Lab], args: &Args) -> Result<ExitCode> {
    let weights = Weights::read(args.weights.as_deref(), labs)?;
    let submissions = Submission::all(&args.submissions)?;
    let here = apart(args.submissions.display());
    ensure!(
        !submissions.is_empty(),
        say!(
            "no folder, .zip or .tar.gz in {here}",
            "لا مجلد في {here} ولا ملف \u{2068}.zip\u{2069} أو \u{2068}.tar.gz\u{2069}"
        )
    );
    let sandbox = Sandbox::build(args.without_sandbox)?;
    std::fs::create_dir_all(args.out.join("results"))
        .with_context(|| format!("cannot make {}", args.out.display()))?;
    let out = args.out.canonicalize()?;
    let pristine = pristine(&out, labs)?;
    let class = Class {
        labs,
        weights: &weights,
        out: &out,
        salt: salt(&pristine, labs)?,
        pristine: &pristine,
        sandbox: &sandbox,
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
    // The workspaces are large, and of no use to anyone.
    let _ = std::fs::remove_dir_all(out.join("work"));
    let shown = apart(args.out.display());
    tell!(
        "{}",
        say!("the reports are in {shown}", "التقارير في {shown}")
    );
    Ok(status(&marks))
}

/// 1 if the grader failed on a submission: a person has to look.
fn status(marks: &[Mark]) -> ExitCode {
    let by_hand = marks.iter().filter(|mark| mark.is_by_hand()).count();
    if by_hand == 0 {
        return ExitCode::SUCCESS;
    }
    let count = apart(by_hand);
    let sentence = say!(
        "the grader failed on submissions: {count}; they have no points: grade again, or judge them by hand",
        "تعذّر تقييم أعمال عددها {count} وليس لها درجات: أعد التقييم، أو قيّمها بنفسك"
    );
    eprintln!("{sentence}");
    ExitCode::FAILURE
}

/// A name for everything by which submissions are judged: a mark that was given
/// by something else is not used again.
fn salt(pristine: &Path, labs: &[Lab]) -> Result<String> {
    let mut print = Fingerprint::default();
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
    let labs: Vec<&Lab> = labs.iter().collect();
    release::make(&place, &labs, With::NoGrader)?;
    Ok(place)
}

/// What the jobs share.
struct Class<'a> {
    labs: &'a [Lab],
    weights: &'a Weights,
    out: &'a Path,
    salt: String,
    pristine: &'a Path,
    sandbox: &'a Sandbox,
    /// The workspace that everything is built at; the jobs' own are copies of it.
    first: OnceLock<std::result::Result<Workspace<'a>, String>>,
    waiting: Mutex<Vec<&'a Submission>>,
    done: Mutex<(Progress, Vec<Mark>)>,
}

impl<'a> Class<'a> {
    /// Runs the jobs until nothing waits; the marks in the order of the names.
    fn sit(&self, jobs: u32) -> Result<Vec<Mark>> {
        thread::scope(|scope| {
            let slots: Vec<_> = (1..=jobs)
                .map(|number| scope.spawn(move || self.work(number)))
                .collect();
            for slot in slots {
                let worked = slot.join();
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

    /// One job: a workspace of its own, a submission after the other.
    fn work(&self, number: u32) -> Result<()> {
        let mut workspace = None;
        while let Some(submission) = self.next() {
            let intake = self.intake(submission);
            let mut mark = match Mark::recall(self.out, &submission.stem, &intake.digest) {
                Some(mark) => mark,
                None => {
                    let workspace = match &mut workspace {
                        Some(workspace) => workspace,
                        empty => empty.insert(self.workspace(number)?),
                    };
                    self.judge(submission, &intake, workspace)?
                }
            };
            mark.weigh(self.weights);
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
    fn judge(
        &self,
        submission: &Submission,
        intake: &Intake,
        workspace: &Workspace,
    ) -> Result<Mark> {
        match Mark::of(submission, intake, workspace, self.labs) {
            Ok(mark) => {
                mark.keep(self.out)?;
                Ok(mark)
            }
            Err(error) => {
                let why = format!("{error:#}");
                eprintln!("\n{} must be judged by hand: {why}", submission.stem);
                Ok(Mark::failed(submission, self.labs, &why))
            }
        }
    }

    fn workspace(&self, number: u32) -> Result<Workspace<'a>> {
        let slot = |number: u32| Slot {
            folder: self.out.join(format!("work/workspace{number}")),
            number,
        };
        let first = self.first.get_or_init(|| {
            let workspace = Workspace::set_up(slot(0), self.pristine, self.labs, self.sandbox);
            workspace.map_err(|error| format!("{error:#}"))
        });
        match first {
            Ok(workspace) => workspace.again(slot(number)),
            Err(why) => anyhow::bail!("{why}"),
        }
    }

    fn next(&self) -> Option<&'a Submission> {
        self.waiting.lock().expect("no job panics").pop()
    }
}
