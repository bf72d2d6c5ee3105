//! Files that learning platforms import.
//!
//! ```text
//!   moodle-grades.csv     the grading worksheet, filled in: "Upload grading worksheet"
//!   moodle-feedback.zip   every report, as "Upload multiple feedback files in a zip" takes it
//!   canvas-grades.csv     the gradebook's rows with a column of points: "Import"
//! ```

use std::fs::File;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::intake::lms::Origin;
use crate::mark::Mark;
use crate::reports::csv::{lines, number};
use crate::reports::page::points;
use crate::reports::save;
use crate::roster::Roster;

/// Writes the files of the platform that the class list, or the submissions, come from.
///
/// # Errors
/// If a file cannot be written.
pub fn write(
    out: &Path,
    roster: Option<&Roster>,
    marks: &[Mark],
    assignment: Option<&str>,
) -> Result<()> {
    let has = |name: &str| roster.filter(|roster| roster.heading.iter().any(|it| it == name));
    let is_moodle = |mark: &Mark| matches!(mark.origin, Origin::Moodle { .. });
    if let Some(worksheet) = has("Identifier") {
        save(out, "moodle-grades.csv", &filled_in(worksheet, marks)?)?;
    } else if marks.iter().any(is_moodle) {
        save(out, "moodle-grades.csv", &worksheet(marks)?)?;
    }
    if marks.iter().any(is_moodle) {
        feedback(out, marks)?;
    }
    if let Some(gradebook) = has("SIS Login ID").or(has("SIS User ID")) {
        save(
            out,
            "canvas-grades.csv",
            &canvas(gradebook, marks, assignment)?,
        )?;
    }
    Ok(())
}

/// The columns by which Moodle knows a grade, and what it says of one that is not there yet.
const GRADE: &str = "Grade";
const MODIFIED: &str = "Last modified (grade)";
const COMMENTS: &str = "Feedback comments";

/// Moodle's own worksheet with grades and comments.
fn filled_in(roster: &Roster, marks: &[Mark]) -> Result<String> {
    let mut heading = roster.heading.clone();
    for name in [GRADE, MODIFIED, COMMENTS] {
        if !heading.iter().any(|it| it == name) {
            heading.push(name.to_string());
        }
    }
    let column = |name: &str| heading.iter().position(|it| it == name);
    let mut rows: Vec<Vec<String>> = roster.rows.clone();
    for (row, mark) in of_rows(roster, marks) {
        let row = &mut rows[row];
        row.resize(heading.len(), String::new());
        for (name, value) in [
            (GRADE, number(mark.points)),
            (COMMENTS, mark.comment.clone()),
        ] {
            if let Some(column) = column(name).filter(|_| !value.is_empty()) {
                row[column] = value;
            }
        }
    }
    lines(std::iter::once(heading.clone()).chain(rows))
}

/// A worksheet made of what the folders' names tell.
fn worksheet(marks: &[Mark]) -> Result<String> {
    let heading = ["Identifier", "Full name", GRADE, MODIFIED, COMMENTS].map(String::from);
    let row = |mark: &Mark| match &mark.origin {
        Origin::Moodle {
            participant, name, ..
        } => Some(vec![
            format!("Participant {participant}"),
            name.clone(),
            number(mark.points),
            "-".to_string(),
            mark.comment.clone(),
        ]),
        _ => None,
    };
    lines(std::iter::once(heading.to_vec()).chain(marks.iter().filter_map(row)))
}

/// Both reports of each student in a folder of the name that Moodle has given.
fn feedback(out: &Path, marks: &[Mark]) -> Result<()> {
    let place = out.join("moodle-feedback.zip");
    let file = File::create(&place).with_context(|| format!("cannot write {}", place.display()))?;
    let mut archive = ZipWriter::new(file);
    for mark in marks {
        let Origin::Moodle {
            participant, name, ..
        } = &mark.origin
        else {
            continue;
        };
        for language in ["en", "ar"] {
            let report = out.join(format!("students/{}.{language}.html", mark.stem));
            let folder = format!("{name}_{participant}_assignsubmission_file_");
            archive.start_file(
                format!("{folder}/report.{language}.html"),
                SimpleFileOptions::default(),
            )?;
            archive.write_all(&std::fs::read(report)?)?;
        }
    }
    archive.finish()?;
    Ok(())
}

/// The columns by which Canvas knows a student.
const STUDENT: [&str; 5] = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"];

/// Canvas' gradebook with one column of points. A column of its name must be there, or
/// Canvas makes a new assignment.
fn canvas(roster: &Roster, marks: &[Mark], assignment: Option<&str>) -> Result<String> {
    let place = |name: &str| roster.heading.iter().position(|it| it == name);
    let kept: Vec<usize> = STUDENT.iter().filter_map(|name| place(name)).collect();
    let cells = |row: &[String]| -> Vec<String> {
        let cell = |column: &usize| row.get(*column).cloned().unwrap_or_default();
        kept.iter().map(cell).collect()
    };
    let of = marks.first().map_or(0.0, |mark| mark.of);
    let mut heading = cells(&roster.heading);
    heading.push(assignment.unwrap_or("Labs").to_string());
    let mut possible = vec![String::new(); kept.len()];
    if let Some(first) = possible.first_mut() {
        *first = "    Points Possible".to_string();
    }
    possible.push(points(of));
    let rows = of_rows(roster, marks).map(|(row, mark)| {
        let mut row = cells(&roster.rows[row]);
        row.push(number(mark.points));
        row
    });
    lines([heading, possible].into_iter().chain(rows))
}

/// The rows of the students who have handed in something, with their marks. Where nothing
/// was handed in, no grade is imported.
fn of_rows<'a>(roster: &'a Roster, marks: &'a [Mark]) -> impl Iterator<Item = (usize, &'a Mark)> {
    roster.students.iter().filter_map(|(row, student)| {
        let mut marks = marks.iter().filter(|mark| mark.was_handed_in());
        let mark = marks.find(|mark| mark.student.as_ref() == Some(student))?;
        Some((*row, mark))
    })
}
