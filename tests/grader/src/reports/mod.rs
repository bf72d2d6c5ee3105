//! The reports of a class: for people, for spreadsheets, for other tools.
//!
//! ```text
//!   index.html                     the class at a glance          class.rs
//!   students/NAME.en.html, .ar     what a student reads           student.rs
//!   results.csv, results.json      for spreadsheets and scripts   csv.rs
//!   junit.xml                      for CI                         junit.rs
//!   gradescope/NAME/results.json   for Gradescope                 gradescope.rs
//!   similarity.csv, .html          who shares what                similarity.rs
//! ```
//!
//! Names, stories and messages come from submissions: nobody's text becomes
//! anybody's markup, formula or terminal command.

mod class;
mod csv;
mod gradescope;
mod junit;
mod page;
mod similarity;
mod student;
mod titles;

use std::path::Path;

use anyhow::{Context, Result};
use harness::Language;

use crate::intake::Intake;
use crate::mark::Mark;
use crate::similar::Pair;
use course::lab::Lab;
use titles::Titles;

/// Writes every report of the marks into `out`.
///
/// # Errors
/// When a file cannot be written.
pub fn write(out: &Path, labs: &[Lab], marks: &[Mark]) -> Result<()> {
    let titles = [Language::English, Language::Arabic].map(|language| Titles::read(labs, language));
    save(out, "results.csv", &csv::table(labs, marks))?;
    save(out, "results.json", &serde_json::to_string_pretty(marks)?)?;
    save(out, "junit.xml", &junit::document(marks, &titles[0]))?;
    save(out, "index.html", &class::page(marks))?;
    for mark in marks {
        let stem = &mark.stem;
        for titles in &titles {
            let name = format!("students/{stem}.{}.html", page::code(titles.language));
            save(out, &name, &student::page(mark, titles))?;
        }
        let results = gradescope::results(mark, &titles);
        let name = format!("gradescope/{stem}/results.json");
        save(out, &name, &serde_json::to_string_pretty(&results)?)?;
    }
    Ok(())
}

/// Writes who shares what; `intakes` are those of the marks, in their order.
///
/// # Errors
/// When a file cannot be written.
pub fn write_similarity(
    out: &Path,
    marks: &[Mark],
    intakes: &[Intake],
    pairs: &[Pair],
) -> Result<()> {
    save(out, "similarity.csv", &similarity::table(marks, pairs))?;
    save(
        out,
        "similarity.html",
        &similarity::page(marks, intakes, pairs),
    )
}

fn save(out: &Path, name: &str, text: &str) -> Result<()> {
    let path = out.join(name);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}
