//! The place where one job judges submissions, one after the other: a pristine
//! tree, what was built of it, and the checks, built once.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::grade::bounded::{self, End, Outcome};
use crate::grade::intake::{Intake, lay};
use crate::grade::walls::{Phase, Walls};
use crate::lab::Lab;
use crate::libtest::{self, Verdict};
use crate::starter::Starter;

/// The first build compiles clap and anyhow, on a machine that may be busy.
const SETTING_UP: Duration = Duration::from_secs(900);
/// A student's programs compile within seconds.
const COMPILING: Duration = Duration::from_secs(120);
/// A whole lab that is red waits for each of its checks.
const CHECKING: Duration = Duration::from_secs(120);

/// Checks that wait side by side.
const THREADS: &str = "16";

pub struct Desk<'a> {
    folder: PathBuf,
    walls: &'a Walls,
    /// The names of every lab's checks.
    checks: BTreeMap<u32, Vec<String>>,
}

/// What became of a lab of a submission.
pub enum Judged {
    Verdicts(Vec<Verdict>),
    /// It does not compile, or not in time; the compiler's message.
    Broken(String),
}

impl<'a> Desk<'a> {
    /// Copies the pristine tree and builds everything that is not the students'.
    ///
    /// # Errors
    /// When the pristine tree does not build here.
    pub fn set_up(folder: &Path, pristine: &Path, labs: &[Lab], walls: &'a Walls) -> Result<Self> {
        copy(pristine, &folder.join("tree"))?;
        for name in ["target", "programs"] {
            fs::create_dir_all(folder.join(name))?;
        }
        let mut desk = Desk {
            folder: folder.to_path_buf(),
            walls,
            checks: BTreeMap::new(),
        };
        for lab in labs {
            let built = desk.cargo(
                lab,
                &["test", "--no-run", "--message-format=json"],
                &[lab.name()],
                SETTING_UP,
            )?;
            ensure!(
                built.end == End::Success,
                "the checks of lab {} do not build:\n{}",
                lab.number,
                built.stderr
            );
            let program = executable(&built.stdout, &lab.name())
                .context("cargo names no executable of the checks")?;
            fs::copy(
                desk.outside(&program),
                desk.program(&format!("checks-{}", lab.name())),
            )?;
            let listed = desk.checks(lab, &["--list".to_string()], "en")?;
            let names = listed
                .stdout
                .lines()
                .filter_map(|line| line.strip_suffix(": test"));
            desk.checks
                .insert(lab.number, names.map(String::from).collect());
        }
        Ok(desk)
    }

    /// Lays the submission's files over the tree, for all labs.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn lay(&self, intake: &Intake, labs: &[Lab]) -> Result<()> {
        let starters = labs.iter().flat_map(Starter::of);
        starters
            .into_iter()
            .try_for_each(|starter| lay(intake, starter, &self.folder.join("tree")))
    }

    /// Compiles the lab's programs and runs its checks on them.
    ///
    /// # Errors
    /// When cargo or the checks cannot be started at all.
    pub fn judge(&self, lab: &Lab) -> Result<Judged> {
        if let Some(message) = self.compile(lab)? {
            return Ok(Judged::Broken(message));
        }
        let whole = self.checks(lab, &[], "en")?;
        let mut verdicts = self.verdicts(lab, &whole);
        if !is_complete(&whole) {
            // The checks themselves were ended: each task alone loses less.
            verdicts.clear();
            for task in 1..=lab.tasks {
                let part = self.checks(lab, &[format!("task{task}_")], "en")?;
                let all = self.verdicts(lab, &part).into_iter();
                verdicts.extend(all.filter(|verdict| verdict.task == task));
            }
        }
        Ok(Judged::Verdicts(verdicts))
    }

    /// The stories of these checks, told in Arabic.
    ///
    /// # Errors
    /// When the checks cannot be started.
    pub fn retold(&self, lab: &Lab, names: &[String]) -> Result<Vec<Verdict>> {
        let mut words = vec!["--exact".to_string()];
        words.extend_from_slice(names);
        let told = self.checks(lab, &words, "ar")?;
        Ok(libtest::verdicts(&told.stdout))
    }

    fn compile(&self, lab: &Lab) -> Result<Option<String>> {
        let programs: Vec<String> = ["server", "client"]
            .map(|program| format!("{}-{program}", lab.name()))
            .into_iter()
            .filter(|package| {
                self.folder
                    .join("tree/labs")
                    .join(lab.name())
                    .join(package.rsplit('-').next().unwrap_or_default())
                    .exists()
            })
            .collect();
        let built = self.cargo(
            lab,
            &["build", "--quiet", "--color=never"],
            &programs,
            COMPILING,
        )?;
        match built.end {
            End::Success => {}
            End::Failure => return Ok(Some(built.stderr.trim().to_string())),
            End::TimeIsUp => return Ok(Some(format!("it did not compile within {COMPILING:?}"))),
        }
        for program in &programs {
            let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
            fs::copy(
                self.folder.join("target/debug").join(&name),
                self.folder.join("programs").join(&name),
            )?;
        }
        Ok(None)
    }

    fn cargo(
        &self,
        lab: &Lab,
        words: &[&str],
        packages: &[String],
        time: Duration,
    ) -> Result<Outcome> {
        let inside = self.walls.inside(&self.folder);
        let mut all: Vec<String> = vec!["cargo".to_string()];
        all.extend(words.iter().map(|word| word.to_string()));
        all.extend(["--offline", "--locked", "--manifest-path"].map(String::from));
        all.push(inside.join("tree/Cargo.toml").display().to_string());
        all.push("--target-dir".to_string());
        all.push(inside.join("target").display().to_string());
        for package in packages {
            all.extend(["--package".to_string(), package.clone()]);
        }
        let command = self.walls.command(&self.folder, Phase::Build, &all);
        bounded::run(command, time).with_context(|| format!("cannot build lab {}", lab.number))
    }

    /// Runs the lab's checks with these words, behind the walls.
    fn checks(&self, lab: &Lab, words: &[String], language: &str) -> Result<Outcome> {
        let programs = self.walls.inside(&self.folder).join("programs");
        let name = format!("checks-{}{}", lab.name(), std::env::consts::EXE_SUFFIX);
        let mut all = vec![programs.join(name).display().to_string()];
        all.extend_from_slice(words);
        let mut command = self.walls.command(&self.folder, Phase::Run, &all);
        command
            .env("LAB_PROGRAMS", &programs)
            .env("LAB_LANG", language)
            .env("RUST_TEST_THREADS", THREADS);
        bounded::run(command, CHECKING)
    }

    /// One verdict for each check of the lab. A check that has none, or more
    /// than one, has failed: somebody has meddled with what the checks print.
    fn verdicts(&self, lab: &Lab, outcome: &Outcome) -> Vec<Verdict> {
        let told = libtest::verdicts(&outcome.stdout);
        let is_whole = is_complete(outcome);
        let verdict = |name: &String| {
            let mut own = told.iter().filter(|verdict| verdict.check == *name);
            let (first, second) = (own.next(), own.next());
            match (first, second) {
                (Some(verdict), None) => Verdict {
                    passed: verdict.passed && is_whole,
                    ..verdict.clone()
                },
                _ => missing(name),
            }
        };
        self.checks
            .get(&lab.number)
            .into_iter()
            .flatten()
            .map(verdict)
            .collect()
    }

    /// Where a path that stands behind the walls is outside of them.
    fn outside(&self, path: &Path) -> PathBuf {
        let inside = self.walls.inside(&self.folder);
        path.strip_prefix(inside)
            .map_or(path.to_path_buf(), |rest| self.folder.join(rest))
    }

    fn program(&self, name: &str) -> PathBuf {
        self.folder
            .join("programs")
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}

/// Whether the test runner came to its own end: its last line says so, and its
/// exit status agrees.
fn is_complete(outcome: &Outcome) -> bool {
    let last = outcome
        .stdout
        .lines()
        .rev()
        .find(|line| line.starts_with("test result: "));
    match last {
        Some(line) => {
            line.starts_with("test result: ok") == (outcome.end == End::Success)
                && outcome.end != End::TimeIsUp
        }
        None => false,
    }
}

/// The verdict of a check that gave none.
fn missing(name: &str) -> Verdict {
    let line = format!("test {name} ... FAILED");
    let verdict = libtest::verdict(&line);
    let verdict = verdict.expect("the checks are named after their tasks");
    let story = "The checks were ended while this program ran, or printed over; this check has no verdict of its own.";
    Verdict {
        story: story.to_string(),
        ..verdict
    }
}

/// The executable of a test target among cargo's JSON messages.
fn executable(messages: &str, target: &str) -> Option<PathBuf> {
    messages.lines().rev().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        let is_target = message["target"]["name"] == target && message["profile"]["test"] == true;
        is_target
            .then(|| message["executable"].as_str().map(PathBuf::from))
            .flatten()
    })
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => copy(&entry.path(), &place)?,
            false => drop(fs::copy(entry.path(), &place)?),
        }
    }
    Ok(())
}
