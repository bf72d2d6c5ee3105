//! What came of a mistake, and whether that is what should come of it.

use course::libtest::Verdict;

use crate::catalogue::{Kept, Mistake};
use crate::story::{frame, masked, shape};

/// A mistake that was judged.
pub struct Outcome {
    pub lab: u32,
    pub mistake: Mistake,
    pub verdicts: Vec<Verdict>,
}

impl Outcome {
    /// The tasks of which a check failed, in order.
    pub fn failed_tasks(&self) -> Vec<u32> {
        let mut tasks: Vec<u32> = self.failures().map(|verdict| verdict.task).collect();
        tasks.sort_unstable();
        tasks.dedup();
        tasks
    }

    /// The checks that failed.
    pub fn failures(&self) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(|verdict| !verdict.passed)
    }

    /// Some check failed.
    pub fn is_caught(&self) -> bool {
        self.failures().next().is_some()
    }

    /// A check of the right task failed, and none of a task that has nothing to
    /// do with it.
    pub fn is_in_the_right_task(&self) -> bool {
        let tasks = self.failed_tasks();
        tasks.contains(&self.mistake.task) && tasks.iter().all(|task| self.mistake.concerns(*task))
    }

    /// The failure of the check that the catalogue names.
    fn named(&self) -> Option<&Verdict> {
        self.failures().find(|verdict| {
            let name = verdict.check.rsplit("::").next();
            verdict.task == self.mistake.task && name == Some(&self.mistake.check)
        })
    }

    /// The story to keep, if one is: that of the check which the catalogue names.
    pub fn story(&self) -> Option<String> {
        let kept = self.mistake.kept?;
        self.named().map(|verdict| {
            let story = masked(&verdict.story);
            match kept {
                Kept::Whole => story,
                Kept::Shape => shape(&story),
                Kept::Frame => frame(&story),
            }
        })
    }

    /// Whatever is not as it should be, a sentence each.
    pub fn complaints(&self) -> Vec<String> {
        let (lab, task) = (self.lab, self.mistake.task);
        if !self.is_caught() {
            return vec![format!("no check fails; {lab}.{task} should")];
        }
        let mut complaints = Vec::new();
        if !self.failed_tasks().contains(&task) {
            complaints.push(format!("no check of {lab}.{task} fails"));
        }
        for verdict in self.failures() {
            if !self.mistake.concerns(verdict.task) {
                let story = indented(&verdict.story);
                complaints.push(format!("{} should not fail:\n{story}", verdict.check));
            }
        }
        if self.named().is_none() {
            complaints.push(format!("the check {} does not fail", self.mistake.check));
            let failed = self.failures().map(|verdict| verdict.check.as_str());
            complaints.extend(failed.map(|check| format!("  but {check}")));
        }
        complaints
    }
}

fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| format!("      {line}"));
    lines.collect::<Vec<_>>().join("\n")
}
