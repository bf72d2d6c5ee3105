//! JUnit's XML, which CI services show: a suite for each student, a case for each task.

use anyhow::Result;
use harness::Language;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestRerun, TestSuite};

use crate::mark::{LabMark, Mark, State, TaskMark};
use crate::reports::titles::Titles;

/// The whole class.
///
/// # Errors
/// If the report cannot be written as XML.
pub fn document(marks: &[Mark], titles: &Titles) -> Result<String> {
    let mut report = Report::new("class");
    for mark in marks {
        let mut suite = TestSuite::new(mark.name.as_str());
        for lab in &mark.labs {
            let cases = lab.tasks.iter().map(|task| case(mark, lab, task, titles));
            suite.add_test_cases(cases);
        }
        report.add_test_suite(suite);
    }
    Ok(report.to_string()?)
}

fn case(mark: &Mark, lab: &LabMark, task: &TaskMark, titles: &Titles) -> TestCase {
    let name = titles.task(lab.lab, task.task);
    let mut case = TestCase::new(name, status(lab, task));
    case.set_classname(format!("{}.lab{}", mark.stem, lab.lab));
    case
}

fn status(lab: &LabMark, task: &TaskMark) -> TestCaseStatus {
    let kind = match lab.state {
        State::Untouched => return TestCaseStatus::skipped(),
        State::Judged if task.failed.is_empty() => return passed(task),
        State::Judged | State::Unreadable | State::Broken => NonSuccessKind::Failure,
        State::Failed => NonSuccessKind::Error,
    };
    let mut status = TestCaseStatus::non_success(kind);
    let (message, text) = match task.failed.first() {
        Some(check) => (check.clone(), &task.story.en),
        None => (lab.word(Language::English), &lab.message.en),
    };
    status.set_message(message).set_description(text.as_str());
    status
}

/// Passed; checks that passed only when they were run again are flaky.
fn passed(task: &TaskMark) -> TestCaseStatus {
    let mut status = TestCaseStatus::success();
    for check in &task.passed_alone {
        let mut run = TestRerun::new(NonSuccessKind::Failure);
        run.set_message(check.as_str());
        status.add_rerun(run);
    }
    status
}
