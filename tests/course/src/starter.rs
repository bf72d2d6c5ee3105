//! The starters as they were handed out.
//!
//! A student changes the files in `labs/`, and has perhaps no git: the course
//! carries a copy of each, which `cargo course tidy` holds to the labs.

use std::path::PathBuf;

use anyhow::{Context, Result};
use harness::root;

use crate::lab::Lab;
use crate::speech::cannot_read;

/// A file that students edit.
pub struct Starter {
    pub lab: u32,
    pub program: &'static str,
}

const fn starter(lab: u32, program: &'static str) -> Starter {
    Starter { lab, program }
}

/// Every file that a student edits.
pub const STARTERS: [Starter; 5] = [
    starter(1, "server"),
    starter(2, "server"),
    starter(2, "client"),
    starter(3, "server"),
    starter(4, "client"),
];

impl Starter {
    pub fn of(lab: &Lab) -> impl Iterator<Item = &'static Starter> {
        let number = lab.number;
        STARTERS.iter().filter(move |starter| starter.lab == number)
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
        format!("tests/course/starters/lab{}-{}.rs", self.lab, self.program)
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
