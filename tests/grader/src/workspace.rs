//! The place where one job judges submissions, one after the other: a pristine
//! tree, what was built of it, and the checks, built once.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::built::{executable, forget, programs};
use crate::copy::copy;
use crate::intake::Intake;
use crate::limits::{self, Bounds, End, Limit, Outcome};
use crate::runner::{self, Checks};
use crate::sandbox::{Phase, Sandbox, Slot};
use course::lab::Lab;
use course::libtest::Verdict;
use course::starter::Starter;

const fn bounds(seconds: u64) -> Bounds {
    Bounds {
        time: Duration::from_secs(seconds),
        memory: 3 << 30,
        tasks: 1200,
    }
}

/// The first build compiles clap and anyhow, on a machine that may be busy.
const SETTING_UP: Bounds = bounds(900);
/// A student's programs compile within seconds.
const COMPILING: Bounds = bounds(60);
/// A whole lab that is red waits for each of its checks.
const CHECKING: Bounds = bounds(90);
/// One task of it.
const PART: Bounds = bounds(30);

/// Checks that wait side by side.
const THREADS: &str = "16";
/// Checks that are run again one after the other; more would take too long.
const FEW: usize = 3;

pub struct Workspace<'a> {
    slot: Slot,
    sandbox: &'a Sandbox,
    /// Every lab's checks: their names, and what cargo has built of them.
    checks: BTreeMap<u32, (Checks, PathBuf)>,
}

/// What became of a lab of a submission.
pub enum Judged {
    Verdicts {
        all: Vec<Verdict>,
        /// Why the checks had to be stopped, if they had to.
        stopped: Option<Limit>,
    },
    /// It does not compile; the compiler's message.
    Broken(String),
    /// The compiler had to be stopped.
    Endless(Limit),
}

impl<'a> Workspace<'a> {
    /// Copies the pristine tree and builds everything that is not the students'.
    ///
    /// # Errors
    /// When the pristine tree does not build here.
    pub fn set_up(slot: Slot, pristine: &Path, labs: &[Lab], sandbox: &'a Sandbox) -> Result<Self> {
        if slot.folder.exists() {
            // A run that was interrupted may have left half of it.
            fs::remove_dir_all(&slot.folder)?;
        }
        copy(pristine, &slot.folder.join("tree"))?;
        for name in ["target", "programs"] {
            fs::create_dir_all(slot.folder.join(name))?;
        }
        let checks = BTreeMap::new();
        let mut workspace = Workspace {
            slot,
            sandbox,
            checks,
        };
        for lab in labs {
            workspace.build_checks(lab)?;
        }
        Ok(workspace)
    }

    /// Another workspace with all that this one has built.
    ///
    /// # Errors
    /// When it cannot be copied.
    pub fn again(&self, slot: Slot) -> Result<Self> {
        if slot.folder.exists() {
            fs::remove_dir_all(&slot.folder)?;
        }
        for name in ["tree", "target"] {
            copy(&self.slot.folder.join(name), &slot.folder.join(name))?;
        }
        fs::create_dir_all(slot.folder.join("programs"))?;
        let workspace = Workspace {
            slot,
            sandbox: self.sandbox,
            checks: self.checks.clone(),
        };
        for (lab, (_, program)) in &workspace.checks {
            workspace.install(*lab, program)?;
        }
        Ok(workspace)
    }

    /// Puts the checks of a lab beside the programs; `program` is in `target`.
    fn install(&self, lab: u32, program: &Path) -> Result<()> {
        let place = self.program(&format!("checks-lab{lab}"));
        fs::copy(self.slot.folder.join(program), &place)?;
        runner::seal(&place)
    }

    fn build_checks(&mut self, lab: &Lab) -> Result<()> {
        let words = ["test", "--no-run", "--message-format=json"];
        let built = self.cargo(&words, &[lab.name()], SETTING_UP)?;
        let number = lab.number;
        ensure!(
            built.end == End::Success,
            "the checks of lab {number} do not build:\n{}",
            built.stderr
        );
        let program = executable(&built.stdout, &lab.name())
            .context("cargo names no executable of the checks")?;
        let inside = self.sandbox.inside(&self.slot.folder);
        let program = program.strip_prefix(inside).unwrap_or(&program);
        self.install(number, program)?;
        let listed = self.run(lab, &["--list".to_string()], "en", PART)?;
        let checks = runner::names(&listed.stdout);
        ensure!(
            !checks.is_empty(),
            "the checks of lab {number} do not run here:\n{}",
            listed.stderr
        );
        self.checks.insert(number, (checks, program.to_path_buf()));
        // The starters' dependencies, now and not for the first student.
        let built = self.cargo(&["build", "--quiet"], &programs(lab), SETTING_UP)?;
        ensure!(
            built.end == End::Success,
            "the starters of lab {number} do not build:\n{}",
            built.stderr
        );
        Ok(())
    }

    /// Lays the submission's files over the tree, for all labs, and clears away
    /// what was built of the one before: its programs are nobody else's.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn lay(&self, intake: &Intake, labs: &[Lab]) -> Result<()> {
        for program in labs.iter().flat_map(programs) {
            forget(&self.slot.folder.join("target/debug"), &program)?;
            let built = self.program(&program);
            if built.exists() {
                fs::remove_file(built)?;
            }
        }
        let tree = self.slot.folder.join("tree");
        let mut starters = labs.iter().flat_map(Starter::of);
        starters.try_for_each(|starter| intake.lay(starter, &tree))
    }

    /// Compiles the lab's programs and runs its checks on them.
    ///
    /// # Errors
    /// When cargo or the checks cannot be started at all.
    pub fn judge(&self, lab: &Lab) -> Result<Judged> {
        let programs = programs(lab);
        let built = self.cargo(&["build", "--quiet", "--color=never"], &programs, COMPILING)?;
        match built.end {
            End::Success => {}
            End::Failure => return Ok(Judged::Broken(self.as_known(built.stderr.trim()))),
            End::Stopped(limit) => return Ok(Judged::Endless(limit)),
        }
        for program in &programs {
            let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
            let from = self.slot.folder.join("target/debug").join(&name);
            fs::copy(from, self.program(program))?;
        }
        self.verdicts(lab)
    }

    /// The verdicts of all checks. Where the checks themselves were ended, each
    /// task alone loses less.
    fn verdicts(&self, lab: &Lab) -> Result<Judged> {
        let (checks, _) = &self.checks[&lab.number];
        let whole = self.run(lab, &[], "en", CHECKING)?;
        let mut all = checks.verdicts(&whole);
        let mut stopped = limit(&whole);
        if !runner::is_complete(&whole) {
            all.clear();
            for task in 1..=lab.tasks {
                let part = self.run(lab, &[format!("task{task}_")], "en", PART)?;
                stopped = stopped.or(limit(&part));
                let own = checks.verdicts(&part).into_iter();
                all.extend(own.filter(|verdict| verdict.task == task));
            }
        }
        for verdict in &mut all {
            verdict.story = self.as_known(&verdict.story);
        }
        Ok(Judged::Verdicts { all, stopped })
    }

    /// Runs these checks again without the others; stories are in Arabic. A few run one
    /// after the other, so that nothing else of the lab runs beside them.
    ///
    /// # Errors
    /// When the checks cannot be started.
    pub fn run_again(&self, lab: &Lab, names: &[String]) -> Result<Vec<Verdict>> {
        let threads = if names.len() <= FEW { "1" } else { THREADS };
        let mut words = vec!["--exact".to_string(), format!("--test-threads={threads}")];
        words.extend_from_slice(names);
        let outcome = self.run(lab, &words, "ar", PART)?;
        let mut verdicts = runner::Checks::of(names).verdicts(&outcome);
        for verdict in &mut verdicts {
            verdict.story = self.as_known(&verdict.story);
        }
        Ok(verdicts)
    }

    fn cargo(&self, words: &[&str], packages: &[String], bounds: Bounds) -> Result<Outcome> {
        let inside = self.sandbox.inside(&self.slot.folder);
        let mut all: Vec<String> = vec!["cargo".to_string()];
        all.extend(words.iter().map(|word| word.to_string()));
        all.extend(["--offline", "--locked", "--manifest-path"].map(String::from));
        all.push(inside.join("tree/Cargo.toml").display().to_string());
        all.push("--target-dir".to_string());
        all.push(inside.join("target").display().to_string());
        for package in packages {
            all.extend(["--package".to_string(), package.clone()]);
        }
        let command = self.sandbox.command(&self.slot, Phase::Build, &all);
        limits::run(command, bounds)
    }

    /// Runs the lab's checks with these words, in the sandbox.
    fn run(&self, lab: &Lab, words: &[String], language: &str, bounds: Bounds) -> Result<Outcome> {
        let inside = self.sandbox.inside(&self.slot.folder);
        let programs = inside.join("programs");
        let name = format!("checks-{}{}", lab.name(), std::env::consts::EXE_SUFFIX);
        let mut all = vec![programs.join(name).display().to_string()];
        all.extend_from_slice(words);
        let mut command = self.sandbox.command(&self.slot, Phase::Run, &all);
        command
            .env("LAB_PROGRAMS", &programs)
            // Where the checks look for the course's tree.
            .env("CARGO_MANIFEST_DIR", inside.join("tree"))
            .env("LAB_LANG", language)
            .env("RUST_TEST_THREADS", THREADS);
        let outcome = limits::run(command, bounds);
        self.sandbox.sweep(&self.slot);
        outcome
    }

    /// Text with the paths that the student knows.
    fn as_known(&self, text: &str) -> String {
        let inside = self.sandbox.inside(&self.slot.folder);
        let mut text = text.to_string();
        for part in ["tree", "programs"] {
            let prefix = format!(
                "{}{}",
                inside.join(part).display(),
                std::path::MAIN_SEPARATOR
            );
            text = text.replace(&prefix, "");
        }
        text
    }

    fn program(&self, name: &str) -> PathBuf {
        self.slot
            .folder
            .join("programs")
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}

/// The limit that a command went beyond.
fn limit(outcome: &Outcome) -> Option<Limit> {
    match outcome.end {
        End::Stopped(limit) => Some(limit),
        _ => None,
    }
}
