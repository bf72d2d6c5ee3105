//! The sources that made submissions are made of: the solutions' and the starters'.

use std::fs;

use anyhow::{Context, Result};
use harness::root;

use crate::student::Files;

/// The programs that students write.
pub const PROGRAMS: [(u32, &str); 5] = [
    (1, "server"),
    (2, "server"),
    (2, "client"),
    (3, "server"),
    (4, "client"),
];

/// How many tasks each lab has.
pub const TASKS: [u32; 4] = [5, 6, 8, 7];

/// Every task of a lab.
pub fn tasks(lab: u32) -> Vec<u32> {
    (1..=TASKS[lab as usize - 1]).collect()
}

/// The solution of a lab, where a student would have it.
///
/// # Errors
/// When it cannot be read.
pub fn solution(lab: u32) -> Result<Files> {
    let mut files = Files::new();
    for (_, role) in PROGRAMS.iter().filter(|(number, _)| *number == lab) {
        let folder = format!("lab{lab}/{role}/src");
        let entries = fs::read_dir(root().join("solutions").join(&folder));
        for entry in entries.with_context(|| format!("cannot read solutions/{folder}"))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            files.insert(format!("labs/{folder}/{name}"), fs::read(entry.path())?);
        }
    }
    Ok(files)
}

/// The starter of lab 1's server.
///
/// # Errors
/// When it cannot be read.
pub fn starter() -> Result<String> {
    read("labs/lab1/server/src/main.rs")
}

/// A file of this tree.
///
/// # Errors
/// When it cannot be read.
pub fn read(path: &str) -> Result<String> {
    fs::read_to_string(root().join(path)).with_context(|| format!("cannot read {path}"))
}

/// One file, as a submission.
pub fn one(path: &str, text: impl Into<Vec<u8>>) -> Files {
    Files::from([(path.to_string(), text.into())])
}
