//! The starters as they were handed out.
//!
//! A student changes the files in `labs/`, and has perhaps no git: the course
//! carries a copy of each, which `cargo course tidy` holds to the labs.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, Result};
use harness::root;

use crate::lab::Lab;
use crate::output::cannot_read;

/// The folder of the copies, from the root: `lab3-server.rs` is of `labs/lab3/server`.
const COPIES: &str = "labs/course/starters";

/// A file that students edit.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Starter {
    pub lab: u32,
    pub program: String,
}

/// Every file that students edit, in order: those of which there is a copy.
pub fn starters() -> &'static [Starter] {
    static STARTERS: OnceLock<Vec<Starter>> = OnceLock::new();
    STARTERS.get_or_init(|| {
        let names = names_in(&root().join(COPIES));
        let mut starters: Vec<Starter> = names.iter().filter_map(|name| of_copy(name)).collect();
        starters.sort();
        starters
    })
}

/// The starter that a copy's name stands for.
fn of_copy(name: &str) -> Option<Starter> {
    let (lab, program) = name
        .strip_prefix("lab")?
        .strip_suffix(".rs")?
        .split_once('-')?;
    Some(Starter {
        lab: lab.parse().ok()?,
        program: program.to_string(),
    })
}

/// The starters as the labs have them: the programs with a `// TASK` in them.
pub fn marked() -> Vec<Starter> {
    let mut starters = Vec::new();
    for lab in names_in(&root().join("labs")) {
        let number = lab
            .strip_prefix("lab")
            .and_then(|number| number.parse().ok());
        let Some(number) = number else { continue };
        for program in names_in(&root().join("labs").join(&lab)) {
            let starter = Starter {
                lab: number,
                program,
            };
            let text = std::fs::read_to_string(starter.place()).unwrap_or_default();
            if text.contains(&format!("// TASK {number}.")) {
                starters.push(starter);
            }
        }
    }
    starters.sort();
    starters
}

/// The names of what is in a folder; none if it is not there.
pub fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

impl Starter {
    pub fn of(lab: &Lab) -> impl Iterator<Item = &'static Starter> {
        let number = lab.number;
        starters()
            .iter()
            .filter(move |starter| starter.lab == number)
    }

    /// Its folder from the root: `labs/lab3/server`.
    pub fn folder(&self) -> String {
        format!("labs/lab{}/{}", self.lab, self.program)
    }

    /// Its path from the root.
    pub fn path(&self) -> String {
        format!("{}/src/main.rs", self.folder())
    }

    /// The copy's path from the root.
    pub fn copy(&self) -> String {
        format!("{COPIES}/lab{}-{}.rs", self.lab, self.program)
    }

    /// Where it stands in this tree.
    pub fn place(&self) -> PathBuf {
        root().join(self.path())
    }

    /// Its text as it was handed out.
    ///
    /// # Errors
    /// When the copy is not there.
    pub fn text(&self) -> Result<String> {
        let copy = self.copy();
        std::fs::read_to_string(root().join(&copy)).with_context(|| cannot_read(&copy))
    }

    /// Whether nobody has worked on it yet. Line ends are not work: git may
    /// have changed them on Windows.
    pub fn is_untouched(&self) -> bool {
        let now = std::fs::read_to_string(self.place());
        let then = self.text();
        now.ok()
            .zip(then.ok())
            .is_some_and(|(now, then)| now.lines().eq(then.lines()))
    }
}

/// Whether a lab is still as it was handed out.
pub fn is_untouched(lab: &Lab) -> bool {
    Starter::of(lab).all(Starter::is_untouched)
}
