//! The reports of a class: for people, for spreadsheets, for other tools.
//!
//! ```text
//!   index.html                     the class at a glance          class.rs
//!   students/NAME.en.html, .ar     what a student reads           student.rs
//!   results.csv, results.json      for spreadsheets and scripts   csv.rs
//!   junit.xml                      for CI                         junit.rs
//!   gradescope/NAME/results.json   for Gradescope                 gradescope.rs
//!   similarity.csv, .html          who shares what                similarity.rs
//!   moodle-…, canvas-…             for learning platforms         lms.rs
//! ```
//!
//! Names, stories and messages come from submissions: nobody's text becomes
//! anybody's markup, formula or terminal command.

mod class;
mod csv;
mod gradescope;
mod junit;
pub mod lms;
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
    save(out, "results.csv", &csv::table(labs, marks)?)?;
    save(out, "results.json", &serde_json::to_string_pretty(marks)?)?;
    save(out, "junit.xml", &junit::document(marks, &titles[0])?)?;
    save(out, "index.html", &class::page(marks))?;
    forget_others(&out.join("students"), marks)?;
    forget_others(&out.join("gradescope"), marks)?;
    for mark in marks {
        let stem = &mark.stem;
        for titles in &titles {
            let name = format!("students/{stem}.{}.html", page::code(titles.language));
            save(out, &name, &student::page(mark, titles))?;
        }
        let name = format!("gradescope/{stem}/results.json");
        match gradescope::results(mark, &titles) {
            Some(results) => save(out, &name, &serde_json::to_string_pretty(&results)?)?,
            // Without results Gradescope says that the autograder failed.
            None => remove(&out.join(name))?,
        }
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
    save(out, "similarity.csv", &similarity::table(marks, pairs)?)?;
    save(
        out,
        "similarity.html",
        &similarity::page(marks, intakes, pairs),
    )
}

/// Removes the reports that an earlier run made of students who are in the class no more:
/// `STEM.en.html`, `STEM.ar.html`, and the folder `STEM`.
fn forget_others(folder: &Path, marks: &[Mark]) -> Result<()> {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let page = name
            .strip_suffix(".en.html")
            .or(name.strip_suffix(".ar.html"));
        let is_folder = entry.file_type()?.is_dir();
        let Some(stem) = page.or(is_folder.then_some(&*name)) else {
            continue;
        };
        if marks.iter().all(|mark| mark.stem != stem) {
            match is_folder {
                true => remove(&entry.path().join("results.json"))
                    .and_then(|()| Ok(std::fs::remove_dir(entry.path())?))?,
                false => remove(&entry.path())?,
            }
        }
    }
    Ok(())
}

/// Removes a file of an earlier run, if there is one.
fn remove(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

fn save(out: &Path, name: &str, text: &str) -> Result<()> {
    let path = out.join(name);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}
