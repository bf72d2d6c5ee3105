//! `cargo course tidy`, for maintainers and CI: what must hold between
//! starters, solutions, checks and handouts.

use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result};
use handouts::Shelf;
use harness::root;

use crate::region::first_difference;
use course::judge::{Judgement, judge};
use course::lab::Lab;
use course::libtest::Verdict;
use course::starter::{Starter, marked, starters};

/// Copies the starters to where `reset` takes them from.
///
/// # Errors
/// When a file cannot be read or written.
pub fn copy_starters() -> Result<ExitCode> {
    for starter in &marked() {
        let copied = fs::copy(starter.place(), root().join(starter.copy()));
        copied.with_context(|| format!("cannot copy {}", starter.path()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Looks at everything and prints a sentence for each thing that does not hold.
///
/// # Errors
/// When something cannot be looked at.
pub fn run(labs: &[Lab]) -> Result<ExitCode> {
    let mut complaints = Vec::new();
    for starter in starters() {
        complaints.extend(starter_complaints(starter)?);
    }
    for starter in marked().iter().filter(|it| !starters().contains(it)) {
        complaints.push(format!(
            "{} has tasks and no copy; run cargo course tidy --copy-starters",
            starter.path()
        ));
    }
    complaints.extend(handouts::labs::complaints(&Shelf::read(root())?)?);
    for lab in labs {
        tell!(
            "lab{}: the starter must be red, the solution green",
            lab.number
        );
        complaints.extend(red_complaints(lab)?);
        complaints.extend(green_complaints(lab)?);
    }
    for complaint in &complaints {
        tell!("✗ {complaint}");
    }
    tell!("{} complaints", complaints.len());
    Ok(match complaints.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

/// The copy that `reset` puts back is what is handed out, and the solution
/// differs from it in nothing but the tasks.
fn starter_complaints(starter: &Starter) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    let path = starter.path();
    if !starter.is_untouched() {
        complaints.push(format!(
            "{path} is not what {} holds; run cargo course tidy --copy-starters",
            starter.copy()
        ));
    }
    let solved = path.replacen("labs/", "solutions/", 1);
    let solution = fs::read_to_string(root().join(&solved))
        .with_context(|| format!("cannot read {solved}"))?;
    match first_difference(&starter.text()?, &solution) {
        Err(error) => complaints.push(format!("{path} or {solved}: {error}")),
        Ok(None) => {}
        Ok(Some(lines)) => {
            let [one, other] = lines.map(|line| match line {
                Some(line) => format!("line {}: {:?}", line.number, line.text.trim()),
                None => "nothing more".to_string(),
            });
            complaints.push(format!(
                "{path} and {solved} differ outside their tasks:\n    {one}\n    {other}"
            ));
        }
    }
    Ok(complaints)
}

/// Each task of a starter has at least one check that fails.
fn red_complaints(lab: &Lab) -> Result<Vec<String>> {
    let verdicts = match judge(lab, None, |_| {})? {
        Judgement::Verdicts(verdicts) => verdicts,
        Judgement::Broken(message) => return Ok(vec![message]),
    };
    let red = |task: &u32| verdicts.iter().any(|it| it.task == *task && !it.passed);
    let green = (1..=lab.tasks).filter(|task| !red(task));
    let complaint = |task| {
        format!(
            "the starter passes every check of task {}.{task}",
            lab.number
        )
    };
    Ok(green.map(complaint).collect())
}

/// Every check passes on the solution.
fn green_complaints(lab: &Lab) -> Result<Vec<String>> {
    let solution = lab.solution();
    let verdicts = match judge(&solution, None, |_| {})? {
        Judgement::Verdicts(verdicts) => verdicts,
        Judgement::Broken(message) => return Ok(vec![message]),
    };
    let failed = verdicts.into_iter().filter(|verdict| !verdict.passed);
    let complaint = |it: Verdict| format!("the solution fails {}\n{}", it.check, it.story);
    Ok(failed.map(complaint).collect())
}
