//! One row a student, one column a task: what a spreadsheet takes.

use harness::Language;

use crate::mark::Mark;
use course::lab::Lab;

/// The whole class, with a heading row.
pub fn table(labs: &[Lab], marks: &[Mark]) -> String {
    let mut heading = vec!["name".to_string()];
    for lab in labs {
        heading.extend((1..=lab.tasks).map(|task| format!("{}.{task}", lab.number)));
    }
    heading.extend(["points", "of", "notes"].map(String::from));
    let rows = marks.iter().map(row);
    let lines = std::iter::once(heading)
        .chain(rows)
        .map(|row| row.join(",") + "\n");
    lines.collect()
}

fn row(mark: &Mark) -> Vec<String> {
    let mut row = vec![field(&mark.name)];
    let tasks = mark.labs.iter().flat_map(|lab| &lab.tasks);
    row.extend(tasks.map(|task| task.points.to_string()));
    let notes = mark.notes.iter().map(|note| note.text(Language::English));
    let notes: Vec<String> = notes.collect();
    row.extend([
        mark.points.to_string(),
        mark.of.to_string(),
        field(&notes.join("; ")),
    ]);
    row
}

/// Quoted where it must be. A value that a spreadsheet would take for a formula
/// gets an apostrophe: a student chooses what stands here.
pub fn field(text: &str) -> String {
    let text = match text.starts_with(['=', '+', '-', '@', '\t']) {
        true => format!("'{text}"),
        false => text.to_string(),
    };
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn a_field_cannot_break_its_row_or_become_a_formula() {
        assert_eq!(field("amal"), "amal");
        assert_eq!(field("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(field("=HYPERLINK()"), "'=HYPERLINK()");
    }
}
