//! The labs: their programs, their tasks, what a student edits.

use std::path::PathBuf;

use anyhow::{Context, Result};
use handouts::{Handout, labs::judged};
use harness::{Task, apart, root, say};

use crate::output::{cannot_read, handouts_language};
use crate::starter::names_in;
use crate::target::Target;

/// Whose programs are judged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Students,
    Solution,
}

pub struct Lab {
    pub number: u32,
    pub whose: Whose,
    /// Tasks 1 to this number, as the checks have them.
    pub tasks: u32,
    /// The handout in the language of this run, once it is written.
    pub handout: Option<Handout>,
}

impl Lab {
    /// All labs of this tree, in order.
    ///
    /// # Errors
    /// When the tree is not the course's: no lab is there, or its checks are not.
    pub fn all() -> Result<Vec<Lab>> {
        let names = names_in(&root().join("labs"));
        let numbers = names
            .iter()
            .filter_map(|name| name.strip_prefix("lab")?.parse().ok());
        let mut numbers: Vec<u32> = numbers.collect();
        numbers.sort_unstable();
        let labs = numbers.into_iter().map(Lab::read);
        let labs = labs.collect::<Result<Vec<Lab>>>()?;
        let tree = apart(root().display());
        anyhow::ensure!(
            !labs.is_empty(),
            say!("there are no labs in {tree}", "لا مختبرات في {tree}")
        );
        Ok(labs)
    }

    fn read(number: u32) -> Result<Lab> {
        let path = root().join(format!("tests/lab{number}.rs"));
        let checks = std::fs::read_to_string(&path).with_context(|| cannot_read(path.display()))?;
        let name = format!("lab{number}");
        Ok(Lab {
            number,
            whose: Whose::Students,
            tasks: judged(&checks, number).len() as u32,
            handout: Handout::read(root(), handouts_language(), &name).ok(),
        })
    }

    /// The lab that `place` names.
    ///
    /// # Errors
    /// When there is no such lab, or no such task in it.
    pub fn at(labs: &[Lab], place: Target) -> Result<&Lab> {
        let lab = labs.iter().find(|lab| lab.number == place.lab);
        let lab = lab.with_context(|| {
            let known: Vec<String> = labs.iter().map(|lab| lab.number.to_string()).collect();
            let (number, known) = (apart(place.lab), apart(known.join(", ")));
            say!(
                "there is no lab {number}; the labs are {known}",
                "لا مختبر برقم {number}؛ المختبرات هي {known}"
            )
        })?;
        if let Some(task) = place.task.filter(|task| !(1..=lab.tasks).contains(task)) {
            let number = lab.number;
            let missing = apart(format!("{number}.{task}"));
            let (first, last) = (
                apart(format!("{number}.1")),
                apart(format!("{number}.{}", lab.tasks)),
            );
            let number = apart(number);
            anyhow::bail!(say!(
                "there is no task {missing}; lab {number} has {first} to {last}",
                "لا مهمة برقم {missing}؛ مهام المختبر {number} من {first} إلى {last}"
            ));
        }
        Ok(lab)
    }

    /// The same lab, solved.
    pub fn solution(&self) -> Lab {
        Lab {
            number: self.number,
            whose: Whose::Solution,
            tasks: self.tasks,
            handout: None,
        }
    }

    /// `lab3` or `lab3-solution`: the package that runs its checks.
    pub fn package(&self) -> String {
        match self.whose {
            Whose::Students => self.name(),
            Whose::Solution => format!("{}-solution", self.name()),
        }
    }

    /// `lab3`: the file of its checks, its folder, its handout.
    pub fn name(&self) -> String {
        format!("lab{}", self.number)
    }

    /// The lab's title, without its number.
    pub fn title(&self) -> String {
        let title = self
            .handout
            .as_ref()
            .map(Handout::title)
            .unwrap_or_default();
        let parts = title.split_once([':', '—']);
        parts.map_or(title, |(_, rest)| rest).trim().to_string()
    }

    /// The handout's words on a task.
    pub fn told(&self, task: u32) -> Option<&handouts::Task> {
        let number = format!("{}.{task}", self.number);
        self.handout.as_ref()?.task(&number)
    }

    /// Where a task is marked in the student's files: `labs/lab3/…/main.rs:57`.
    pub fn marks(&self, task: u32) -> Vec<String> {
        let task = Task {
            lab: self.number,
            number: task,
        };
        task.places(&self.package())
    }

    /// The handout's path from the root, with the task's anchor.
    pub fn handout_link(&self, task: u32) -> String {
        let anchor = self.told(task).map(|told| format!("#{}", told.anchor));
        let language = handouts_language().code();
        let number = self.number;
        format!(
            "docs/{language}/lab{number}.md{}",
            anchor.unwrap_or_default()
        )
    }

    /// Its programs, the given ones among them: `client`, `server`.
    pub fn programs(&self) -> Vec<String> {
        let is_program = |name: &String| self.folder().join(name).join("src/main.rs").exists();
        let mut programs = names_in(&self.folder());
        programs.retain(is_program);
        programs.sort();
        programs
    }

    /// The folder of its programs.
    pub fn folder(&self) -> PathBuf {
        let top = match self.whose {
            Whose::Students => "labs",
            Whose::Solution => "solutions",
        };
        root().join(top).join(self.name())
    }
}
