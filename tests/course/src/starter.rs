//! The starters as they were handed out.
//!
//! A student changes the files in `labs/`, and has perhaps no git: the course
//! carries a copy of each, which `cargo course tidy` holds to the labs.

use std::path::PathBuf;

use harness::root;

use crate::lab::Lab;

/// A file that students edit, as it was handed out.
pub struct Starter {
    pub lab: u32,
    /// Its path from the root.
    pub path: &'static str,
    pub text: &'static str,
}

macro_rules! starter {
    ($lab:literal, $program:literal) => {
        Starter {
            lab: $lab,
            path: concat!("labs/lab", $lab, "/", $program, "/src/main.rs"),
            text: include_str!(concat!("../starters/lab", $lab, "-", $program, ".rs")),
        }
    };
}

/// Every file that a student edits.
pub const STARTERS: [Starter; 5] = [
    starter!(1, "server"),
    starter!(2, "server"),
    starter!(2, "client"),
    starter!(3, "server"),
    starter!(4, "client"),
];

impl Starter {
    pub fn of(lab: &Lab) -> impl Iterator<Item = &'static Starter> {
        let number = lab.number;
        STARTERS.iter().filter(move |starter| starter.lab == number)
    }

    /// Where it stands in this tree.
    pub fn place(&self) -> PathBuf {
        root().join(self.path)
    }

    /// Whether nobody has worked on it yet. Line ends are not work: git may
    /// have changed them on Windows.
    pub fn is_untouched(&self) -> bool {
        let now = std::fs::read_to_string(self.place());
        now.is_ok_and(|now| now.lines().eq(self.text.lines()))
    }
}

/// Whether a lab is still as it was handed out.
pub fn is_untouched(lab: &Lab) -> bool {
    Starter::of(lab).all(Starter::is_untouched)
}
