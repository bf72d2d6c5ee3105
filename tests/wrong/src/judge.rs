//! Runs a lab's checks on a program that takes the solution's place.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use course::libtest::{self, Verdict};
use harness::root;

use crate::scratch::Programs;

/// A lab's checks are over long before this; a run that is not has gone wrong.
const LIMIT: Duration = Duration::from_secs(180);

/// The test programs of the labs, built once.
pub struct Judge {
    checks: HashMap<u32, PathBuf>,
}

impl Judge {
    /// Builds the checks of these labs.
    ///
    /// # Errors
    /// When they cannot be built.
    pub fn new(labs: &[u32]) -> Result<Judge> {
        let checks = labs.iter().map(|lab| Ok((*lab, checks_of(*lab)?)));
        Ok(Judge {
            checks: checks.collect::<Result<_>>()?,
        })
    }

    /// The verdicts on `programs`, and nothing else but the stories.
    ///
    /// # Errors
    /// When the checks do not run, or do not come to an end.
    pub fn judge(&self, lab: u32, programs: &Programs) -> Result<Vec<Verdict>> {
        let checks = self
            .checks
            .get(&lab)
            .context("the lab's checks are built")?;
        let mut command = Command::new(checks);
        for (role, path) in programs {
            command.env(harness::variable(role), quoted(path));
        }
        let output = output_of(&mut command)?;
        let verdicts = libtest::verdicts(&output);
        if verdicts.is_empty() {
            bail!("the checks of lab {lab} did not run:\n{output}");
        }
        Ok(verdicts)
    }
}

/// Runs checks to their end and returns what they print.
///
/// # Errors
/// When they cannot be started, or do not come to an end.
pub fn output_of(command: &mut Command) -> Result<String> {
    let mut child = command
        .current_dir(root())
        .env("RUST_TEST_THREADS", "8")
        .env("LAB_LANG", "en")
        // Random inputs, and with them the stories, are the same in each run.
        .env("LAB_SEED", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("cannot start the checks")?;
    let mut stdout = child.stdout.take().expect("it is piped");
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stdout.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    });
    ends(&mut child)?;
    Ok(reader.join().unwrap_or_default())
}

fn ends(child: &mut Child) -> Result<()> {
    let began = Instant::now();
    while child.try_wait()?.is_none() {
        if began.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            bail!("the checks did not end within {LIMIT:?}");
        }
        thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}

/// Builds the checks of a lab, and tells where they are.
///
/// # Errors
/// When they do not compile.
pub fn checks_of(lab: u32) -> Result<PathBuf> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()))
        .current_dir(root())
        .args(["test", "--no-run", "--quiet", "--message-format=json"])
        .args(["--package", &format!("lab{lab}-solution")])
        .args(["--test", &format!("lab{lab}")])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start cargo")?;
    let messages = String::from_utf8_lossy(&output.stdout);
    let executable = messages.lines().rev().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(PathBuf::from(message["executable"].as_str()?))
    });
    executable.with_context(|| format!("the checks of lab {lab} could not be built"))
}

/// A path as a word of a command line.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.display())
}
