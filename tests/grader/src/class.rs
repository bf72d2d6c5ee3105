//! Judges the submissions of a class: jobs side by side, each with a workspace of its own.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, OnceLock};
use std::thread;

use anyhow::Result;

use crate::intake::submission::Submission;
use crate::intake::{Given, Intake};
use crate::mark::Mark;
use crate::progress::Progress;
use crate::sandbox::{Sandbox, Slot};
use crate::weights::Weights;
use crate::workspace::Workspace;
use course::lab::Lab;

/// What the jobs share.
pub struct Class<'a> {
    pub labs: &'a [Lab],
    pub weights: &'a Weights,
    pub out: &'a Path,
    pub given: &'a Given<'a>,
    pub sandbox: &'a Sandbox,
    /// The only submissions to judge; all of them if there are none.
    pub only: &'a [String],
    /// Submissions to judge although they are unchanged.
    pub again: &'a [String],
}

/// What was taken of a submission, and what it is worth.
pub type Judged = (Intake, Mark);

/// The submissions that wait, and those that are done.
struct Queue<'a> {
    waiting: Vec<&'a Submission>,
    progress: Progress,
    done: BTreeMap<String, Judged>,
}

/// What one run of the jobs shares.
struct Run<'a> {
    class: &'a Class<'a>,
    queue: Mutex<Queue<'a>>,
    /// The workspace in which everything is built; the jobs' own are copies of it.
    first: OnceLock<Result<Workspace<'a>, String>>,
}

impl Class<'_> {
    /// Runs the jobs until nothing waits; the results by the submissions' stems.
    ///
    /// # Errors
    /// If a workspace cannot be set up, or a mark not be stored.
    pub fn judge(
        &self,
        submissions: &[&Submission],
        jobs: u32,
    ) -> Result<BTreeMap<String, Judged>> {
        let queue = Queue {
            waiting: submissions.iter().rev().copied().collect(),
            progress: Progress::new(submissions.len()),
            done: BTreeMap::new(),
        };
        let run = Run {
            class: self,
            queue: Mutex::new(queue),
            first: OnceLock::new(),
        };
        thread::scope(|scope| {
            let run = &run;
            let jobs: Vec<_> = (1..=jobs)
                .map(|job| scope.spawn(move || run.work(job)))
                .collect();
            for job in jobs {
                let worked = job.join();
                worked.unwrap_or_else(|_| anyhow::bail!("a job panicked"))?;
            }
            Ok::<(), anyhow::Error>(())
        })?;
        let queue = run.queue.into_inner().expect("no job panics");
        queue.progress.end();
        Ok(queue.done)
    }

    /// The mark of an earlier run, if it is still right and no other is asked for.
    fn recall(&self, submission: &Submission, intake: &Intake) -> Option<Mark> {
        let is_asked_for = self.again.iter().any(|name| submission.is_called(name));
        let recalled = Mark::recall(self.out, &submission.stem, &intake.digest);
        recalled.filter(|_| !is_asked_for)
    }

    fn is_wanted(&self, submission: &Submission) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| submission.is_called(name))
    }

    /// Judges one. A failure of the grader stops no other submission; it is reported, and
    /// the next run tries again.
    fn judge_one(
        &self,
        submission: &Submission,
        intake: &Intake,
        workspace: &Workspace,
    ) -> Result<Mark> {
        match Mark::of(submission, intake, workspace, self.labs) {
            Ok(mark) => {
                mark.keep(self.out)?;
                Ok(mark)
            }
            Err(error) => {
                let why = format!("{error:#}");
                eprintln!("\n{} must be judged by hand: {why}", submission.stem);
                Ok(Mark::failed(submission, self.labs, &why))
            }
        }
    }
}

impl<'a> Run<'a> {
    /// One job: a workspace of its own, one submission after the other.
    fn work(&self, job: u32) -> Result<()> {
        let mut workspace = None;
        while let Some(submission) = self.next() {
            let intake = Intake::take(submission, self.class.given);
            let mut mark = match self.class.recall(submission, &intake) {
                Some(mark) => mark,
                None if !self.class.is_wanted(submission) => continue,
                None => {
                    let workspace = match &mut workspace {
                        Some(workspace) => workspace,
                        empty => empty.insert(self.workspace(job)?),
                    };
                    self.class.judge_one(submission, &intake, workspace)?
                }
            };
            mark.weigh(self.class.weights);
            let mut queue = self.queue.lock().expect("no job panics");
            queue.progress.step(&mark);
            queue.done.insert(submission.stem.clone(), (intake, mark));
        }
        Ok(())
    }

    fn workspace(&self, number: u32) -> Result<Workspace<'a>> {
        let Class {
            out,
            given,
            labs,
            sandbox,
            ..
        } = self.class;
        let slot = |number: u32| Slot {
            folder: out.join(format!("work/workspace{number}")),
            number,
        };
        let first = self.first.get_or_init(|| {
            let workspace = Workspace::set_up(slot(0), given.pristine, labs, sandbox);
            workspace.map_err(|error| format!("{error:#}"))
        });
        match first {
            Ok(workspace) => workspace.again(slot(number)),
            Err(why) => anyhow::bail!("{why}"),
        }
    }

    fn next(&self) -> Option<&'a Submission> {
        self.queue.lock().expect("no job panics").waiting.pop()
    }
}
