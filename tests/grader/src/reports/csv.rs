//! One row a student, one column a task: what a spreadsheet takes.

use anyhow::{Context, Result};
use harness::Language;

use crate::mark::Mark;
use crate::reports::page::points;
use course::lab::Lab;

/// The whole class, with a heading row.
///
/// # Errors
/// If a row cannot be written.
pub fn table(labs: &[Lab], marks: &[Mark]) -> Result<String> {
    let mut heading = ["name", "id", "email", "section"]
        .map(String::from)
        .to_vec();
    for lab in labs {
        heading.extend((1..=lab.tasks).map(|task| format!("{}.{task}", lab.number)));
        heading.push(format!("lab {}", lab.number));
    }
    heading.extend(["adjusted", "points", "of", "comment", "notes"].map(String::from));
    lines(std::iter::once(heading).chain(marks.iter().map(row)))
}

fn row(mark: &Mark) -> Vec<String> {
    let student = mark.student.clone().unwrap_or_default();
    let mut row = vec![
        mark.name.clone(),
        student.id,
        student.email,
        student.section,
    ];
    for lab in &mark.labs {
        row.extend(lab.tasks.iter().map(|task| number(task.points)));
        row.push(lab.word(Language::English));
    }
    let notes = mark.notes.iter().map(|note| note.text(Language::English));
    let notes: Vec<String> = notes.collect();
    // The sum of nothing is -0.
    let adjusted = mark.adjustments.iter().map(|it| it.points).sum::<f64>() + 0.0;
    row.extend([points(adjusted), number(mark.points), points(mark.of)]);
    row.extend([mark.comment.clone(), notes.join("; ")]);
    row
}

/// Points as a spreadsheet takes them; empty where there are none.
pub fn number(value: Option<f64>) -> String {
    value.map(points).unwrap_or_default()
}

/// Rows as CSV.
///
/// # Errors
/// If they cannot be written.
pub fn lines(rows: impl Iterator<Item = Vec<String>>) -> Result<String> {
    // Rows of one file may differ in length: those of other tools do.
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|field| harmless(field)))?;
    }
    let bytes = writer.into_inner().context("cannot write a table")?;
    Ok(String::from_utf8(bytes)?)
}

/// A value that a spreadsheet would take for a formula gets an apostrophe: a student
/// chooses what stands here. Numbers stay numbers.
fn harmless(field: &str) -> String {
    let is_formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    match is_formula && field.parse::<f64>().is_err() {
        true => format!("'{field}"),
        false => field.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn a_field_cannot_break_its_row_or_become_a_formula() {
        let row = ["amal", "a,\"b\"", "=HYPERLINK()", "-1.5"].map(String::from);
        let text = lines([row.to_vec()].into_iter()).unwrap();
        assert_eq!(text, "amal,\"a,\"\"b\"\"\",'=HYPERLINK(),-1.5\n");
    }
}
