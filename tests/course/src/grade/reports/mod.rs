//! The reports of a class: for people, for spreadsheets, for other tools.

mod csv;

use std::path::Path;

use anyhow::{Context, Result};

use crate::grade::mark::Mark;
use crate::lab::Lab;

/// Writes every report into `out`.
///
/// # Errors
/// When a file cannot be written.
pub fn write(out: &Path, labs: &[Lab], marks: &[Mark]) -> Result<()> {
    save(out, "results.csv", &csv::table(labs, marks))?;
    save(out, "results.json", &serde_json::to_string_pretty(marks)?)
}

fn save(out: &Path, name: &str, text: &str) -> Result<()> {
    let path = out.join(name);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}
