//! The sources that made submissions are made of: the solutions' and the starters'.

use std::fs;

use anyhow::{Context, Result};
use harness::root;

use crate::student::Files;

/// Every task of a lab, as its checks number them.
pub fn tasks(lab: u32) -> Vec<u32> {
    let checks = read(&format!("tests/lab{lab}.rs")).unwrap_or_default();
    let modules = checks.lines().filter(|line| line.starts_with("mod task"));
    (1..=modules.count() as u32).collect()
}

/// The solution of a lab, where a student would have it.
///
/// # Errors
/// When it cannot be read.
pub fn solution(lab: u32) -> Result<Files> {
    let mut files = Files::new();
    let programs = fs::read_dir(root().join(format!("solutions/lab{lab}")));
    for program in programs.with_context(|| format!("cannot read solutions/lab{lab}"))? {
        let program = program?.file_name().to_string_lossy().into_owned();
        let folder = format!("lab{lab}/{program}/src");
        if !root().join("solutions").join(&folder).is_dir() {
            continue;
        }
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
