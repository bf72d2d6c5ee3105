//! The mistakes that students make, as `lab1.toml` … `lab4.toml` list them.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

/// How many labs the course has.
pub const LABS: u32 = 4;

/// One lab's mistakes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    #[serde(skip)]
    pub lab: u32,
    #[serde(rename = "mistake")]
    pub mistakes: Vec<Mistake>,
}

/// A solution with a mistake in it.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mistake {
    /// A few words joined by hyphens; also the name of its story's file.
    pub name: String,
    /// What a student was thinking.
    pub what: String,
    /// The task whose checks must catch it.
    pub task: u32,
    /// The check of that task whose story is kept.
    pub check: String,
    /// Tasks that may fail as well, because they stand on the same thing.
    #[serde(default)]
    pub also: Vec<u32>,
    /// How much of that story is the same each time.
    #[serde(default)]
    pub kept: Kept,
    /// What is done to the solution, in this order.
    #[serde(rename = "change")]
    pub changes: Vec<Change>,
}

/// What is kept of a story.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kept {
    #[default]
    Whole,
    /// Chance decides what goes wrong first: the verdict, but no step and no value.
    Shape,
    /// Chance decides even which sentence is the verdict: only that there is one.
    Frame,
}

/// One change to one file of the solution.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The file, from the lab's folder on: `server/src/main.rs`.
    pub file: String,
    /// A program of `programs/` that takes the whole file's place.
    pub whole: Option<String>,
    /// A text that stands in the file once.
    pub from: Option<String>,
    /// What takes the text's place.
    pub to: Option<String>,
}

impl Catalogue {
    /// Reads the catalogue of a lab.
    ///
    /// # Errors
    /// When it cannot be read, or an entry of it makes no sense.
    pub fn read(lab: u32) -> Result<Catalogue> {
        let path = folder().join(format!("lab{lab}.toml"));
        let shown = path.display();
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {shown}"))?;
        let catalogue: Catalogue =
            toml::from_str(&text).with_context(|| format!("cannot understand {shown}"))?;
        let catalogue = Catalogue { lab, ..catalogue };
        for mistake in &catalogue.mistakes {
            mistake
                .makes_sense()
                .with_context(|| format!("{shown}: {}", mistake.name))?;
        }
        Ok(catalogue)
    }

    /// `count` mistakes, spread over the whole list.
    pub fn sample(&mut self, count: usize) {
        let all = self.mistakes.len();
        let count = count.min(all);
        let chosen = (0..count).map(|number| self.mistakes[number * all / count].clone());
        self.mistakes = chosen.collect();
    }
}

impl Mistake {
    fn makes_sense(&self) -> Result<()> {
        ensure!(
            !self.changes.is_empty(),
            "it needs at least one [[mistake.change]]"
        );
        for change in &self.changes {
            match (&change.whole, &change.from, &change.to) {
                (Some(_), None, None) | (None, Some(_), Some(_)) => {}
                _ => bail!("a change needs either `whole`, or `from` and `to`"),
            }
        }
        Ok(())
    }

    /// Whether a failure in `task` is what this mistake leads to.
    pub fn concerns(&self, task: u32) -> bool {
        self.task == task || self.also.contains(&task)
    }
}

impl Change {
    /// The file's text after this change.
    ///
    /// # Errors
    /// When what is to be replaced does not stand there exactly once.
    pub fn apply(&self, text: &str) -> Result<String> {
        if let Some(program) = &self.whole {
            let path = folder().join("programs").join(program);
            return fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()));
        }
        let from = self.from.as_deref().unwrap_or_default();
        let times = text.matches(from).count();
        ensure!(
            times == 1,
            "{}: the text to replace should stand there once, but was found {times} times:\n{from}",
            self.file
        );
        Ok(text.replace(from, self.to.as_deref().unwrap_or_default()))
    }
}

/// The folder of this crate.
pub fn folder() -> PathBuf {
    harness::root().join("tests/wrong")
}
