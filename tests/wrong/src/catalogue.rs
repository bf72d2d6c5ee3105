//! The mistakes that students make, as `lab1.toml`, `lab2.toml` … list them.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// The labs that have a catalogue, in order.
pub fn labs() -> Vec<u32> {
    let entries = fs::read_dir(folder()).into_iter().flatten().flatten();
    let mut labs: Vec<u32> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            name.strip_prefix("lab")?
                .strip_suffix(".toml")?
                .parse()
                .ok()
        })
        .collect();
    labs.sort_unstable();
    labs
}

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
    /// A few words joined by hyphens; also the name of its story's file, if it has one.
    pub name: String,
    /// What a student was thinking.
    pub what: String,
    /// The task whose checks must catch it.
    pub task: u32,
    /// A check of that task that must fail.
    pub check: String,
    /// Tasks that may fail as well, because they stand on the same thing.
    #[serde(default)]
    pub also: Vec<u32>,
    /// How much of that check's story is kept, as an example of its kind of failure.
    /// Most mistakes keep none.
    pub kept: Option<Kept>,
    /// What is done to the solution, in this order.
    #[serde(rename = "change")]
    pub changes: Vec<Change>,
}

/// What is kept of a story.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kept {
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
    /// A text that stands in the file once.
    pub from: String,
    /// What takes the text's place.
    pub to: String,
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
        let from = &self.from;
        let times = text.matches(from).count();
        ensure!(
            times == 1,
            "{}: the text to replace should stand there once, but was found {times} times:\n{from}",
            self.file
        );
        Ok(text.replace(from, &self.to))
    }
}

/// The folder of this crate.
pub fn folder() -> PathBuf {
    harness::root().join("tests/wrong")
}
