//! `cargo course grade`, for instructors: judges a whole class.
//!
//! ```text
//!   submissions ─▶ attempts ─▶ intake ─▶ workspace (one a job) ─▶ OUT/results/NAME.json
//!   roster         one of      only the   a pristine tree, laid    │
//!                  a student   student's  over with the intake,    ▼
//!                              files      in a sandbox        weights, overrides ─▶ reports
//! ```

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;

use anyhow::{Context, Result, bail};
use harness::{apart, say};

use crate::attempts::Attempts;
use crate::class::{Class, Judged};
use crate::intake::note::{Note, Reason};
use crate::intake::submission::Submission;
use crate::intake::{Given, Intake};
use crate::mark::Mark;
use crate::overrides::Overrides;
use crate::release::{self, With};
use crate::roster::Roster;
use crate::sandbox::Sandbox;
use crate::weights::Weights;
use crate::{reports, similar};
use course::fingerprint::Fingerprint;
use course::lab::Lab;
use course::starter::Starter;

#[derive(clap::Args)]
pub struct Args {
    /// The folder with the submissions, as they were downloaded: a folder, an archive or a Rust file for each student
    submissions: PathBuf,
    /// Where the results go; an interrupted run continues from what is there
    #[arg(long)]
    out: PathBuf,
    /// The labs that were handed out and are judged, such as 1,2; all of them, if you do not say
    #[arg(long, value_delimiter = ',')]
    labs: Vec<u32>,
    /// Points for each task, as tests/grader/weights.toml has them
    #[arg(long)]
    weights: Option<PathBuf>,
    /// The class list, a CSV that Moodle or Canvas has exported
    #[arg(long)]
    roster: Option<PathBuf>,
    /// Extra points, comments, extensions and late penalties
    #[arg(long)]
    overrides: Option<PathBuf>,
    /// The column of Canvas' gradebook that takes the points, such as "Lab 1 (1234)"
    #[arg(long, value_name = "COLUMN")]
    assignment: Option<String>,
    /// Of several attempts, count the best and not the latest
    #[arg(long)]
    best: bool,
    /// Judge only this submission; the reports have everyone who was judged before
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Judge this submission again although it is unchanged
    #[arg(long, value_name = "NAME")]
    again: Vec<String>,
    /// Judge a part of the class: 2/8 is the second of eight parts
    #[arg(long, value_name = "PART")]
    shard: Option<Shard>,
    /// Take the results of these folders first, in which parts of the class were judged
    #[arg(long, value_name = "OUT", num_args = 1..)]
    merge: Vec<PathBuf>,
    /// Submissions that are judged at the same time
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=64))]
    jobs: u32,
    /// Grade although nothing keeps the submissions' programs from this machine's files and network
    #[arg(long)]
    without_sandbox: bool,
}

/// The `part`th of `of` parts of a class, from 1.
#[derive(Clone, Copy)]
struct Shard {
    part: usize,
    of: usize,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Shard, String> {
        let numbers = text.split_once('/');
        let numbers = numbers.and_then(|(a, b)| a.parse().ok().zip(b.parse().ok()));
        match numbers {
            Some((part, of)) if (1..=of).contains(&part) => Ok(Shard { part, of }),
            _ => Err(format!("needed a part such as 2/8, found {text:?}")),
        }
    }
}

/// Judges every submission, then writes the reports of the class.
///
/// # Errors
/// If there is nothing to grade, or the workspaces cannot be set up.
pub fn run(mut labs: Vec<Lab>, args: &Args) -> Result<ExitCode> {
    let weights = Weights::read(args.weights.as_deref(), &labs)?;
    let overrides = Overrides::read(args.overrides.as_deref())?;
    let roster = args.roster.as_deref().map(Roster::read).transpose()?;
    release::chosen(&labs, &args.labs)?;
    labs.retain(|lab| args.labs.is_empty() || args.labs.contains(&lab.number));
    let students = students(args, roster.as_ref())?;
    let sandbox = Sandbox::build(args.without_sandbox)?;
    let out = prepared(args)?;
    let pristine = pristine(&out, &labs)?;
    let given = Given {
        pristine: &pristine,
        starters: labs.iter().flat_map(Starter::of).collect(),
        salt: salt(&pristine, &labs)?,
    };
    let class = Class {
        labs: &labs,
        weights: &weights,
        out: &out,
        given: &given,
        sandbox: &sandbox,
        only: &args.only,
        again: &args.again,
    };
    let waiting: Vec<&Submission> = students.iter().flat_map(|it| &it.all).collect();
    let judged = class.judge(&waiting, args.jobs)?;
    let counting = Counting {
        args,
        labs: &labs,
        weights: &weights,
        overrides: &overrides,
    };
    let (intakes, mut marks) = counting.marks(students, judged);
    let pairs = similar::pairs(&intakes, &pristine)?;
    if let Some(roster) = roster
        .as_ref()
        .filter(|_| args.shard.is_none() && args.only.is_empty())
    {
        marks.extend(counting.missing(roster, &marks));
    }
    reports::write(&out, &labs, &marks)?;
    reports::lms::write(&out, roster.as_ref(), &marks, args.assignment.as_deref())?;
    reports::write_similarity(&out, &marks, &intakes, &pairs)?;
    // The workspaces are large, and of no use to anyone.
    let _ = std::fs::remove_dir_all(out.join("work"));
    Ok(told(args, &marks, &overrides))
}

/// Everybody's submissions in this part of the class; the latest alone, if that counts.
fn students(args: &Args, roster: Option<&Roster>) -> Result<Vec<Attempts>> {
    let mut students = Attempts::of(Submission::all(&args.submissions)?, roster);
    if let Some(Shard { part, of }) = args.shard {
        let mut index = 0;
        students.retain(|_| {
            index += 1;
            (index - 1) % of == part - 1
        });
    }
    let is_there = |name: &String| {
        let mut all = students.iter().flat_map(|it| &it.all);
        all.any(|submission| submission.is_called(name))
    };
    if let Some(name) = args.only.iter().chain(&args.again).find(|it| !is_there(it)) {
        let name = apart(name);
        bail!(say!("there is no submission {name}", "لا عمل باسم {name}"));
    }
    Ok(students)
}

/// The folder of the results, with those of other parts of the class.
fn prepared(args: &Args) -> Result<PathBuf> {
    let results = args.out.join("results");
    std::fs::create_dir_all(&results)
        .with_context(|| format!("cannot make {}", args.out.display()))?;
    for part in &args.merge {
        let entries = std::fs::read_dir(part.join("results"))
            .with_context(|| format!("cannot read the results in {}", part.display()))?;
        for entry in entries {
            let entry = entry?;
            std::fs::copy(entry.path(), results.join(entry.file_name()))?;
        }
    }
    Ok(args.out.canonicalize()?)
}

/// What decides which marks count, and for how much.
struct Counting<'a> {
    args: &'a Args,
    labs: &'a [Lab],
    weights: &'a Weights,
    overrides: &'a Overrides,
}

impl Counting<'_> {
    /// Each student's mark, with what was taken for it.
    fn marks(
        &self,
        students: Vec<Attempts>,
        mut judged: BTreeMap<String, Judged>,
    ) -> (Vec<Intake>, Vec<Mark>) {
        let mut counted = Vec::new();
        for Attempts { student, all } in students {
            let mut attempts: Vec<Judged> = Vec::new();
            for submission in &all {
                if let Some((intake, mut mark)) = judged.remove(&submission.stem) {
                    mark.belongs_to(submission, student.clone());
                    self.overrides.apply(&mut mark, intake.time);
                    attempts.push((intake, mark));
                }
            }
            if attempts.is_empty() {
                continue;
            }
            let chosen = match self.args.best {
                true => best(&attempts),
                false => 0,
            };
            let (intake, mut mark) = attempts.swap_remove(chosen);
            let others = attempts.iter().map(|(_, other)| &other.stem);
            mark.notes
                .extend(others.map(|stem| Note::new(stem, Reason::OtherAttempt)));
            counted.push((intake, mark));
        }
        counted.sort_by(|(_, one), (_, other)| one.stem.cmp(&other.stem));
        counted.into_iter().unzip()
    }

    /// Marks for those of the class list who have handed in nothing.
    fn missing(&self, roster: &Roster, marks: &[Mark]) -> Vec<Mark> {
        let students = roster.students.iter().map(|(_, student)| student);
        let missing =
            students.filter(|it| marks.iter().all(|mark| mark.student.as_ref() != Some(it)));
        let mark = |student| {
            let mut mark = Mark::not_handed_in(student, self.labs);
            mark.weigh(self.weights);
            self.overrides.apply(&mut mark, None);
            mark
        };
        missing.map(mark).collect()
    }
}

/// The attempt with the most points; of several the latest.
fn best(attempts: &[Judged]) -> usize {
    let points = |index: &usize| attempts[*index].1.points.unwrap_or_default();
    let better =
        |one: &usize, other: &usize| points(one).total_cmp(&points(other)).then(other.cmp(one));
    (0..attempts.len()).max_by(better).unwrap_or_default()
}

/// Says where the reports are, and what a person has to look at: status 1 if the grader
/// failed on a submission.
fn told(args: &Args, marks: &[Mark], overrides: &Overrides) -> ExitCode {
    let shown = apart(args.out.display());
    tell!(
        "{}",
        say!("the reports are in {shown}", "التقارير في {shown}")
    );
    if args.shard.is_none() && args.only.is_empty() {
        for name in overrides.unknown(marks) {
            let name = apart(name);
            let sentence = say!(
                "the overrides name {name}, who is not in the class",
                "في ملف التعديلات {name} وليس في الصف"
            );
            eprintln!("{sentence}");
        }
    }
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
        print.add_path(pristine, &format!("labs/{}", lab.name()))?;
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
