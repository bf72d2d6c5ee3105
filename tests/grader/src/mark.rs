//! What one submission is worth, task by task, with the stories of what failed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::intake::Intake;
use crate::message::Message;
use crate::note::Note;
use crate::submission::Submission;
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
    pub points: f64,
    pub of: f64,
}

#[derive(Serialize, Deserialize)]
pub struct LabMark {
    pub lab: u32,
    pub state: State,
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
    Broken,
    Judged,
    /// The grader itself failed on it: to be judged by hand.
    Failed,
}

#[derive(Serialize, Deserialize)]
pub struct TaskMark {
    pub task: u32,
    pub points: f64,
    pub of: f64,
    pub checks: usize,
    pub passed: usize,
    pub failed: Vec<String>,
    /// The first failure's story.
    pub story: Message,
}

impl Mark {
    /// Judges a submission at a workspace.
    ///
    /// # Errors
    /// When the workspace itself does not work any more.
    pub fn of(
        submission: &Submission,
        intake: &Intake,
        workspace: &Workspace,
        labs: &[Lab],
        weights: &Weights,
    ) -> Result<Mark> {
        workspace.lay(intake, labs)?;
        let marks = labs
            .iter()
            .map(|lab| LabMark::of(intake, workspace, lab, weights));
        let labs: Vec<LabMark> = marks.collect::<Result<_>>()?;
        let sum = |count: fn(&TaskMark) -> f64| -> f64 {
            labs.iter().flat_map(|lab| &lab.tasks).map(count).sum()
        };
        Ok(Mark {
            name: submission.name.clone(),
            stem: submission.stem.clone(),
            digest: intake.digest.clone(),
            notes: intake.notes.clone(),
            points: sum(|task| task.points),
            of: sum(|task| task.of),
            labs,
        })
    }

    /// The mark of a submission on which the grader itself failed.
    pub fn failed(submission: &Submission, labs: &[Lab], weights: &Weights, why: &str) -> Mark {
        let labs: Vec<LabMark> = labs
            .iter()
            .map(|lab| LabMark {
                lab: lab.number,
                state: State::Failed,
                message: Message::same(why.to_string()),
                tasks: (1..=lab.tasks)
                    .map(|task| TaskMark::of(lab, task, &[], weights))
                    .collect(),
            })
            .collect();
        let tasks = labs.iter().flat_map(|lab| &lab.tasks);
        Mark {
            name: submission.name.clone(),
            stem: submission.stem.clone(),
            digest: String::new(),
            notes: Vec::new(),
            points: 0.0,
            of: tasks.map(|task| task.of).sum(),
            labs,
        }
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
    fn of(intake: &Intake, workspace: &Workspace, lab: &Lab, weights: &Weights) -> Result<LabMark> {
        let mut mark = LabMark {
            lab: lab.number,
            state: State::Judged,
            message: Message::default(),
            tasks: Vec::new(),
        };
        let mut verdicts = Vec::new();
        if is_untouched(intake, lab)? {
            mark.state = State::Untouched;
        } else {
            match workspace.judge(lab)? {
                Judged::Verdicts { all, stopped } => {
                    verdicts = all;
                    mark.message = stopped.map(Message::stopped).unwrap_or_default();
                }
                Judged::Broken(message) => {
                    mark.state = State::Broken;
                    mark.message = Message::same(message);
                }
                Judged::Endless(limit) => {
                    mark.state = State::Broken;
                    mark.message = Message::endless(limit);
                }
            }
        }
        let tasks = 1..=lab.tasks;
        mark.tasks = tasks
            .map(|task| TaskMark::of(lab, task, &verdicts, weights))
            .collect();
        mark.tell_in_arabic(workspace, lab)?;
        Ok(mark)
    }

    /// The first failure of each task once more, for its story in Arabic.
    fn tell_in_arabic(&mut self, workspace: &Workspace, lab: &Lab) -> Result<()> {
        let told = self.tasks.iter().filter(|task| !task.story.en.is_empty());
        let firsts: Vec<String> = told.filter_map(|it| it.failed.first().cloned()).collect();
        if !firsts.is_empty() {
            for verdict in workspace.retold(lab, &firsts)? {
                let mut tasks = self.tasks.iter_mut();
                if let Some(task) = tasks.find(|task| task.task == verdict.task) {
                    task.story.ar = verdict.story;
                }
            }
        }
        let failed = self.tasks.iter_mut().filter(|it| !it.failed.is_empty());
        failed.for_each(|task| task.story.complete());
        Ok(())
    }
}

impl TaskMark {
    fn of(lab: &Lab, task: u32, verdicts: &[Verdict], weights: &Weights) -> TaskMark {
        let own: Vec<&Verdict> = verdicts
            .iter()
            .filter(|verdict| verdict.task == task)
            .collect();
        let failed: Vec<&Verdict> = own
            .iter()
            .filter(|verdict| !verdict.passed)
            .copied()
            .collect();
        let passed = own.len() - failed.len();
        TaskMark {
            task,
            points: weights.points(lab.number, task, passed, own.len()),
            of: weights.of(lab.number, task),
            checks: own.len(),
            passed,
            story: Message {
                en: failed
                    .first()
                    .map(|it| it.story.clone())
                    .unwrap_or_default(),
                ar: String::new(),
            },
            failed: failed.iter().map(|verdict| verdict.check.clone()).collect(),
        }
    }
}

/// Whether every program of the lab is missing or just the starter.
fn is_untouched(intake: &Intake, lab: &Lab) -> Result<bool> {
    for starter in Starter::of(lab) {
        let folder = format!("{}/src/", starter.folder());
        let handed_in: Vec<_> = intake
            .files
            .iter()
            .filter(|(path, _)| path.starts_with(&folder))
            .collect();
        let same = match handed_in[..] {
            [] => true,
            [(path, bytes)] if *path == starter.path() => {
                let text = String::from_utf8_lossy(bytes).into_owned();
                text.lines().eq(starter.text()?.lines())
            }
            _ => false,
        };
        if !same {
            return Ok(false);
        }
    }
    Ok(true)
}
