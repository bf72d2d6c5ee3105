//! What one submission is worth, task by task, with the stories of what failed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use harness::Language;
use serde::{Deserialize, Serialize};

use crate::intake::lms::Origin;
use crate::intake::note::{Note, Reason};
use crate::intake::submission::Submission;
use crate::intake::{Intake, same_text};
use crate::message::Message;
use crate::overrides::{Adjustment, rounded};
use crate::roster::Student;
use crate::weights::Weights;
use crate::workspace::{Judged, Workspace};
use course::lab::Lab;
use course::libtest::Verdict;
use course::starter::Starter;

#[derive(Serialize, Deserialize)]
pub struct Mark {
    pub name: String,
    /// The name of its files.
    pub stem: String,
    /// What was judged: the same intake is not judged twice.
    digest: String,
    /// What was found in the submission besides the student's files.
    pub notes: Vec<Note>,
    pub labs: Vec<LabMark>,
    /// With the adjustments; `None` if a lab that counts must be judged by hand.
    pub points: Option<f64>,
    pub of: f64,
    /// As the class list has the student.
    pub student: Option<Student>,
    /// What was added to the points of the tasks, or taken away.
    #[serde(default)]
    pub adjustments: Vec<Adjustment>,
    /// The instructor's own words.
    #[serde(default)]
    pub comment: String,
    #[serde(skip)]
    pub origin: Origin,
}

#[derive(Serialize, Deserialize)]
pub struct LabMark {
    pub lab: u32,
    pub state: State,
    /// Why it could not be read, in a word or two.
    #[serde(default)]
    reason: Option<Message>,
    /// Why there are no verdicts, or not all of them: the compiler's message,
    /// or what had to be stopped.
    pub message: Message,
    pub tasks: Vec<TaskMark>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Nothing of it was handed in, or just the starter.
    Untouched,
    /// It was handed in, and no program could be read.
    Unreadable,
    Broken,
    Judged,
    /// The grader itself failed on it: to be judged by hand.
    Failed,
}

#[derive(Serialize, Deserialize)]
pub struct TaskMark {
    pub task: u32,
    /// `None` if it must be judged by hand.
    pub points: Option<f64>,
    pub of: f64,
    pub checks: usize,
    pub passed: usize,
    pub failed: Vec<String>,
    /// Checks that failed among the others and passed when they were run again.
    pub passed_alone: Vec<String>,
    /// The first failure's story.
    pub story: Message,
}

impl Mark {
    /// Judges a submission in a workspace.
    ///
    /// # Errors
    /// If the workspace itself does not work any more.
    pub fn of(
        submission: &Submission,
        intake: &Intake,
        workspace: &Workspace,
        labs: &[Lab],
    ) -> Result<Mark> {
        workspace.lay(intake, labs)?;
        let marks = labs.iter().map(|lab| LabMark::of(intake, workspace, lab));
        let labs: Vec<LabMark> = marks.collect::<Result<_>>()?;
        Ok(Mark {
            digest: intake.digest.clone(),
            notes: intake.notes.clone(),
            ..Mark::new(submission.name.clone(), submission.stem.clone(), labs)
        })
    }

    /// The mark of a submission on which the grader itself failed.
    pub fn failed(submission: &Submission, labs: &[Lab], why: &str) -> Mark {
        let failed = |lab: &Lab| {
            let message = Message::same(why.to_string());
            LabMark::without_verdicts(lab, State::Failed, message)
        };
        let labs = labs.iter().map(failed).collect();
        Mark::new(submission.name.clone(), submission.stem.clone(), labs)
    }

    /// The mark of a student of the class list who has handed in nothing.
    pub fn not_handed_in(student: &Student, labs: &[Lab]) -> Mark {
        let untouched =
            |lab: &Lab| LabMark::without_verdicts(lab, State::Untouched, Message::default());
        let is_plain = |it: char| it.is_alphanumeric() || "-_.@+".contains(it);
        let known = [&student.id, &student.email, &student.name];
        let known = known.into_iter().find(|it| !it.is_empty());
        let known = known.map_or("", String::as_str);
        let plain = known.chars().map(|it| if is_plain(it) { it } else { '-' });
        let stem = format!("not-handed-in-{}", plain.collect::<String>());
        Mark {
            notes: vec![Note::new("", Reason::NotHandedIn)],
            student: Some(student.clone()),
            ..Mark::new(
                student.name.clone(),
                stem,
                labs.iter().map(untouched).collect(),
            )
        }
    }

    pub fn was_handed_in(&self) -> bool {
        !self.digest.is_empty() || self.is_by_hand()
    }

    /// Names whose submission this is, and notes that it is late.
    pub fn belongs_to(&mut self, submission: &Submission, student: Option<Student>) {
        self.origin = submission.origin.clone();
        let name = student.as_ref().map(|student| student.name.clone());
        self.name = name.unwrap_or_else(|| submission.name.clone());
        self.student = student;
        if submission.origin.is_late() {
            self.notes.push(Note::new("", Reason::Late));
        }
    }

    /// All names by which overrides can mean it.
    pub fn is_called(&self, name: &str) -> bool {
        let student = self.student.as_ref();
        let is_listed = student.is_some_and(|it| it.id == name || it.email == name);
        self.stem == name || self.name == name || is_listed
    }

    #[cfg(test)]
    pub fn for_test(name: &str, points: f64) -> Mark {
        Mark {
            points: Some(points),
            of: points,
            ..Mark::new(name.to_string(), name.to_string(), Vec::new())
        }
    }

    fn new(name: String, stem: String, labs: Vec<LabMark>) -> Mark {
        Mark {
            name,
            stem,
            labs,
            digest: String::new(),
            notes: Vec::new(),
            points: None,
            of: 0.0,
            student: None,
            adjustments: Vec::new(),
            comment: String::new(),
            origin: Origin::Plain,
        }
    }

    /// Gives points for the verdicts. What is stored are the verdicts: other weights
    /// need no other run of the programs.
    pub fn weigh(&mut self, weights: &Weights) {
        for lab in &mut self.labs {
            let counts = lab.state != State::Failed;
            for task in &mut lab.tasks {
                task.of = weights.of(lab.lab, task.task);
                let points = weights.points(lab.lab, task.task, task.passed, task.checks);
                task.points = (counts || task.of == 0.0).then_some(points);
            }
        }
        let tasks = || self.labs.iter().flat_map(|lab| &lab.tasks);
        let of: f64 = tasks().map(|it| it.of).sum();
        let points: Option<f64> = tasks().map(|it| it.points).sum();
        (self.of, self.points) = (rounded(of), points.map(rounded));
    }

    /// Whether a person has to judge a part of it.
    pub fn is_by_hand(&self) -> bool {
        self.labs.iter().any(|lab| lab.state == State::Failed)
    }

    /// The mark that an earlier run gave to the same intake.
    pub fn recall(out: &Path, stem: &str, digest: &str) -> Option<Mark> {
        let text = fs::read_to_string(file(out, stem)).ok()?;
        let mark: Mark = serde_json::from_str(&text).ok()?;
        (mark.digest == digest).then_some(mark)
    }

    /// Writes the mark so that it is there whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self, out: &Path) -> Result<()> {
        let path = file(out, &self.stem);
        let beside = path.with_extension("json.part");
        let text = serde_json::to_string_pretty(self)?;
        let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, &path));
        written.with_context(|| format!("cannot write {}", path.display()))
    }
}

fn file(out: &Path, stem: &str) -> PathBuf {
    out.join("results").join(format!("{stem}.json"))
}

impl LabMark {
    fn of(intake: &Intake, workspace: &Workspace, lab: &Lab) -> Result<LabMark> {
        if let Some(note) = intake.unreadable.get(&lab.number) {
            let mut mark = LabMark::without_verdicts(lab, State::Unreadable, note.message());
            mark.reason = note.reason.word();
            return Ok(mark);
        }
        if is_untouched(intake, lab)? {
            let message = Message::default();
            return Ok(LabMark::without_verdicts(lab, State::Untouched, message));
        }
        Ok(match workspace.judge(lab)? {
            Judged::Verdicts { all, stopped } => LabMark {
                lab: lab.number,
                state: State::Judged,
                reason: None,
                message: stopped.map(Message::stopped).unwrap_or_default(),
                tasks: tasks(workspace, lab, all)?,
            },
            Judged::Broken(message) => {
                LabMark::without_verdicts(lab, State::Broken, Message::same(message))
            }
            Judged::Endless(limit) => {
                LabMark::without_verdicts(lab, State::Broken, Message::endless(limit))
            }
        })
    }

    fn without_verdicts(lab: &Lab, state: State, message: Message) -> LabMark {
        let tasks = (1..=lab.tasks).map(|task| TaskMark::of(task, &[], &[]));
        LabMark {
            lab: lab.number,
            state,
            reason: None,
            message,
            tasks: tasks.collect(),
        }
    }
}

impl LabMark {
    /// What became of it, in a word or two.
    pub fn word(&self, language: Language) -> String {
        let (english, arabic) = match (self.state, &self.reason) {
            (State::Unreadable, Some(reason)) => (reason.en.as_str(), reason.ar.as_str()),
            (State::Unreadable, None) => ("unreadable", "لا يُقرأ"),
            (State::Untouched, _) => ("untouched", "لم يُسلَّم"),
            (State::Broken, _) => ("does not compile", "لا يُصرَّف"),
            (State::Judged, _) => ("judged", "قُيّم"),
            (State::Failed, _) => ("by hand", "يدويًّا"),
        };
        match language {
            Language::English => english.to_string(),
            Language::Arabic => arabic.to_string(),
        }
    }
}

impl TaskMark {
    /// Says which checks passed only when they were run again; empty if none.
    pub fn told_alone(&self) -> Message {
        if self.passed_alone.is_empty() {
            return Message::default();
        }
        let names = self.passed_alone.join(", ");
        Message {
            en: format!(
                "Failed among the other checks, passed when run again, and counts as passed: {names}."
            ),
            ar: format!("فشل مع سائر الفحوص ونجح حين أُعيد، ويُعدّ ناجحًا: \u{2068}{names}\u{2069}."),
        }
    }
}

/// The tasks' marks by the verdicts. A check that failed is run again, apart from the
/// others: it may pass then, and else tells its story in Arabic.
fn tasks(workspace: &Workspace, lab: &Lab, mut verdicts: Vec<Verdict>) -> Result<Vec<TaskMark>> {
    let failed = to_run_again(&verdicts);
    let again = match failed.is_empty() {
        true => Vec::new(),
        false => workspace.run_again(lab, &failed)?,
    };
    let has_passed = |check: &String| again.iter().any(|it| it.passed && it.check == *check);
    for verdict in &mut verdicts {
        verdict.passed |= has_passed(&verdict.check);
    }
    let tasks = 1..=lab.tasks;
    Ok(tasks
        .map(|task| TaskMark::of(task, &verdicts, &again))
        .collect())
}

/// Checks that are run again; of a lab in which more fail, not all are.
const AGAIN: usize = 16;

/// The first failed check of each task, then the others.
fn to_run_again(verdicts: &[Verdict]) -> Vec<String> {
    let failed: Vec<&Verdict> = verdicts.iter().filter(|it| !it.passed).collect();
    let is_first = |index: usize| {
        let task = failed[index].task;
        failed[..index].iter().all(|it| it.task != task)
    };
    let (firsts, others): (Vec<usize>, Vec<usize>) =
        (0..failed.len()).partition(|index| is_first(*index));
    let order = firsts.into_iter().chain(others).take(AGAIN);
    order.map(|index| failed[index].check.clone()).collect()
}

impl TaskMark {
    /// `again` are the verdicts of the second run, with stories in Arabic.
    fn of(task: u32, verdicts: &[Verdict], again: &[Verdict]) -> TaskMark {
        let own = || verdicts.iter().filter(|verdict| verdict.task == task);
        let names = |verdicts: &mut dyn Iterator<Item = &Verdict>| -> Vec<String> {
            verdicts.map(|it| it.check.clone()).collect()
        };
        let failed = names(&mut own().filter(|verdict| !verdict.passed));
        let story = |verdicts: &[Verdict]| {
            let first = verdicts.iter().find(|it| Some(&it.check) == failed.first());
            first.map(|it| it.story.clone()).unwrap_or_default()
        };
        let mut message = Message {
            en: story(verdicts),
            ar: story(again),
        };
        if !failed.is_empty() {
            message.complete();
        }
        TaskMark {
            task,
            points: None,
            of: 0.0,
            checks: own().count(),
            passed: own().count() - failed.len(),
            passed_alone: names(&mut again.iter().filter(|it| it.task == task && it.passed)),
            failed,
            story: message,
        }
    }
}

/// Whether every program of the lab is missing or just the starter.
fn is_untouched(intake: &Intake, lab: &Lab) -> Result<bool> {
    for starter in Starter::of(lab) {
        let handed_in: Vec<_> = intake.of(starter).collect();
        let same = match handed_in[..] {
            [] => true,
            [(path, bytes)] if *path == starter.path() => {
                same_text(bytes, starter.text()?.as_bytes())
            }
            _ => false,
        };
        if !same {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::{LabMark, Mark, State, TaskMark, to_run_again};
    use crate::message::Message;
    use crate::weights::Weights;
    use course::libtest::Verdict;

    fn verdict(check: &str, passed: bool) -> Verdict {
        Verdict {
            task: check[4..5].parse().unwrap(),
            check: check.to_string(),
            passed,
            story: format!("story of {check}"),
        }
    }

    #[test]
    fn the_first_failure_of_each_task_is_run_again_first() {
        let verdicts = ["task1_a::a", "task1_a::b", "task2_b::a"].map(|it| verdict(it, false));
        let names = to_run_again(&verdicts);
        assert_eq!(names, ["task1_a::a", "task2_b::a", "task1_a::b"]);
    }

    #[test]
    fn a_check_that_passes_alone_counts_as_passed_and_is_named() {
        let verdicts = [verdict("task1_a::a", true), verdict("task1_a::b", true)];
        let again = [verdict("task1_a::b", true)];
        let task = TaskMark::of(1, &verdicts, &again);
        assert_eq!((task.passed, task.checks), (2, 2));
        assert_eq!(task.passed_alone, ["task1_a::b"]);
        assert!(task.story.en.is_empty());
    }

    fn mark(state: State) -> Mark {
        let lab = LabMark {
            lab: 1,
            state,
            reason: None,
            message: Message::default(),
            tasks: vec![TaskMark::of(1, &[verdict("task1_a::a", true)], &[])],
        };
        Mark::new(String::new(), String::new(), vec![lab])
    }

    #[test]
    fn other_weights_give_other_points_for_the_same_verdicts() {
        let weights = |text: &str| -> Weights { toml::from_str(text).unwrap() };
        let mut mark = mark(State::Judged);
        mark.weigh(&weights("default = 1.0\npartial = false"));
        assert_eq!((mark.points, mark.of), (Some(1.0), 1.0));
        mark.weigh(&weights("default = 2.5\npartial = false"));
        assert_eq!((mark.points, mark.of), (Some(2.5), 2.5));
    }

    #[test]
    fn what_the_grader_failed_on_has_no_points() {
        let mut mark = mark(State::Failed);
        mark.weigh(&toml::from_str("default = 1.0\npartial = false").unwrap());
        assert!(mark.is_by_hand());
        assert_eq!((mark.points, mark.labs[0].tasks[0].points), (None, None));
    }
}
