//! `cargo course check`: the checks task by task, the first failure's whole
//! story, then the next step.

use std::process::ExitCode;

use anyhow::Result;
use harness::{apart, say};

use crate::memory;
use crate::status::{State, tasks_done};
use course::judge::{Judgement, judge};
use course::lab::Lab;
use course::libtest::Verdict;
use course::output::Paint;
use course::target::Target;

/// Checks what `place` names, or the lab where the student is.
///
/// # Errors
/// When there is no such place, or the checks cannot be run.
pub fn run(labs: &[Lab], place: Option<Target>) -> Result<ExitCode> {
    let (lab, task) = match place {
        Some(place) => (Lab::at(labs, place)?, place.task),
        None => (current(labs)?, None),
    };
    let key = memory::key_of(lab);
    let judgement = judge(lab, task, |_| {})?;
    match judgement {
        Judgement::Broken(message) => {
            let number = apart(lab.number);
            let broken = say!(
                "Lab {number} does not compile:",
                "المختبر {number} لا يُترجَم:"
            );
            tell!("{}\n\n{message}", Paint::Bad.on(broken));
            Ok(ExitCode::FAILURE)
        }
        Judgement::Verdicts(verdicts) => {
            if task.is_none() {
                memory::keep(lab, key, &verdicts);
            }
            Ok(tell(lab, task, &verdicts))
        }
    }
}

/// The first lab with something left to do, else the last one.
fn current(labs: &[Lab]) -> Result<&Lab> {
    for lab in labs {
        if State::of(lab)?.next_task().is_some() {
            return Ok(lab);
        }
    }
    Ok(&labs[labs.len() - 1])
}

fn tell(lab: &Lab, only: Option<u32>, verdicts: &[Verdict]) -> ExitCode {
    let done = tasks_done(lab, verdicts);
    let tasks = (1..=lab.tasks).filter(|task| only.is_none_or(|only| only == *task));
    for task in tasks {
        tell!("{}", row(lab, task, done[task as usize - 1], verdicts));
    }
    let failed = verdicts.iter().filter(|verdict| !verdict.passed);
    // Of the first task that fails, the shortest story: the simplest is wrong there.
    match failed.min_by_key(|verdict| (verdict.task, verdict.story.lines().count())) {
        None => {
            tell!("\n{}", next_after(lab, only));
            ExitCode::SUCCESS
        }
        Some(first) => {
            let name = first.check.replace("::", ": ").replace('_', " ");
            tell!("\n{}\n\n{}", Paint::Bad.on(name), first.story);
            ExitCode::FAILURE
        }
    }
}

/// `  ✓ 3.2  5 of 5 checks  Joining`.
fn row(lab: &Lab, task: u32, done: bool, verdicts: &[Verdict]) -> String {
    let checks: Vec<&Verdict> = verdicts.iter().filter(|it| it.task == task).collect();
    let passed = checks.iter().filter(|it| it.passed).count();
    let mark = match done {
        true => Paint::Good.on("✓"),
        false => Paint::Bad.on("✗"),
    };
    let title = lab
        .told(task)
        .map(|told| told.title.as_str())
        .unwrap_or_default();
    let number = lab.number;
    format!(
        "  {mark} {number}.{task}  {passed:2}/{:<2}  {title}",
        checks.len()
    )
}

fn next_after(lab: &Lab, only: Option<u32>) -> String {
    let next = match only {
        Some(task) if task < lab.tasks => format!("cargo course check {}.{}", lab.number, task + 1),
        Some(_) => format!("cargo course check lab{}", lab.number),
        None => "cargo course".to_string(),
    };
    let next = apart(next);
    say!(
        "All of it passes. Go on with: {next}",
        "نجحت كلها. تابع بالأمر: {next}"
    )
}
