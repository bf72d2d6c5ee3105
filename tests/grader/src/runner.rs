//! Reads the verdicts of Rust's test runner when what it runs is not trusted.
//!
//! A program under check is the runner's child: it may end the runner, and try
//! to print over what the runner prints. Every check must have just one verdict,
//! the runner must have come to its own end, and its exit status must agree.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::limits::{End, Outcome};
use course::libtest::{self, Verdict};

/// The names of a lab's checks.
#[derive(Clone)]
pub struct Checks(Vec<String>);

/// The checks that a runner lists.
pub fn names(listed: &str) -> Checks {
    let lines = listed.lines();
    let names = lines.filter_map(|line| line.strip_suffix(": test"));
    Checks(names.map(String::from).collect())
}

impl Checks {
    /// The checks of these names.
    pub fn of(names: &[String]) -> Checks {
        Checks(names.to_vec())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One verdict for each check. A check that has none, or more than one, has
    /// failed, and has no story.
    pub fn verdicts(&self, outcome: &Outcome) -> Vec<Verdict> {
        let told = libtest::verdicts(&outcome.stdout);
        let is_whole = is_complete(outcome);
        let verdict = |name: &String| {
            let mut own = told.iter().filter(|verdict| verdict.check == *name);
            match (own.next(), own.next()) {
                (Some(verdict), None) => Verdict {
                    passed: verdict.passed && is_whole,
                    ..verdict.clone()
                },
                _ => missing(name),
            }
        };
        self.0.iter().map(verdict).collect()
    }
}

/// Whether the runner came to its own end: its last line says so, and its exit
/// status agrees.
pub fn is_complete(outcome: &Outcome) -> bool {
    let mut lines = outcome.stdout.lines().rev();
    let last = lines.find(|line| line.starts_with("test result: "));
    let success = last.map(|line| line.starts_with("test result: ok"));
    match outcome.end {
        End::Success => success == Some(true),
        End::Failure => success == Some(false),
        End::Stopped(_) => false,
    }
}

/// The verdict of a check that gave none.
fn missing(name: &str) -> Verdict {
    let verdict = libtest::verdict(&format!("test {name} ... FAILED"));
    verdict.expect("the checks are named after their tasks")
}

/// Makes the checks' program one that can be run but not read. Linux then keeps
/// the running checks from everybody else: no program under check, which runs as
/// the same user, can open their outputs or write to their memory.
///
/// # Errors
/// When its permissions cannot be changed.
pub fn seal(program: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(program, fs::Permissions::from_mode(0o111))?;
    }
    #[cfg(not(unix))]
    let _ = fs::metadata(program)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{is_complete, names};
    use crate::limits::{End, Outcome};

    fn outcome(stdout: &str, end: End) -> Outcome {
        let (stdout, stderr) = (stdout.to_string(), String::new());
        Outcome {
            stdout,
            stderr,
            end,
        }
    }

    const GREEN: &str = "test task1_a::b ... ok\ntest result: ok. 1 passed\n";

    #[test]
    fn a_whole_run_counts() {
        let checks = names("task1_a::b: test\n\n1 test, 0 benchmarks\n");
        let verdicts = checks.verdicts(&outcome(GREEN, End::Success));
        assert!(verdicts[0].passed);
    }

    #[test]
    fn a_runner_that_was_killed_has_passed_nothing() {
        let checks = names("task1_a::b: test\n");
        let killed = outcome(GREEN, End::Failure);
        assert!(!is_complete(&killed));
        assert!(!checks.verdicts(&killed)[0].passed);
        assert!(!checks.verdicts(&outcome("", End::Success))[0].passed);
    }

    #[test]
    fn a_second_verdict_spoils_the_first() {
        let checks = names("task1_a::b: test\n");
        let twice = format!("test task1_a::b ... ok\n{GREEN}");
        assert!(!checks.verdicts(&outcome(&twice, End::Success))[0].passed);
    }
}
