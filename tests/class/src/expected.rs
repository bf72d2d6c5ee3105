//! Compares the grader's verdicts with what each submission deserves.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::student::{Student, Verdict};

/// Everything that is not as it should be.
///
/// # Errors
/// When the results cannot be read.
pub fn complaints(students: &[Student], out: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(out.join("results.json"))?;
    let results: Vec<Value> = serde_json::from_str(&text).context("results.json is no list")?;
    let mut complaints = Vec::new();
    for student in students {
        let name = student.reported();
        let own = results
            .iter()
            .find(|result| result["name"] == name.as_str());
        match own {
            Some(result) => complaints.extend(
                of_student(student, result)
                    .into_iter()
                    .map(|complaint| format!("{name}: {complaint}")),
            ),
            None => complaints.push(format!("{name} has no result")),
        }
    }
    Ok(complaints)
}

fn of_student(student: &Student, result: &Value) -> Vec<String> {
    let mut complaints = Vec::new();
    for lab in list(&result["labs"]) {
        let number = lab["lab"].as_u64().unwrap_or_default() as u32;
        let expected = student.expected.labs.get(&number);
        let other = match student.expected.unreadable {
            Some(word) => Verdict::Unreadable(word),
            None => Verdict::Untouched,
        };
        let complaint = of_lab(expected.unwrap_or(&other), lab);
        complaints.extend(complaint.map(|text| format!("lab {number} {text}")));
    }
    let notes = list(&result["notes"]).len();
    if notes < student.expected.notes {
        let wanted = student.expected.notes;
        complaints.push(format!("{notes} notes instead of {wanted}"));
    }
    complaints
}

fn of_lab(expected: &Verdict, lab: &Value) -> Option<String> {
    let state = lab["state"].as_str().unwrap_or_default();
    let failed: Vec<u64> = list(&lab["tasks"])
        .iter()
        .filter(|task| task["points"] != task["of"])
        .filter_map(|task| task["task"].as_u64())
        .collect();
    let message = lab["message"]["en"].as_str().unwrap_or_default();
    let is_right = match expected {
        Verdict::Green => state == "judged" && failed.is_empty(),
        Verdict::Untouched => state == "untouched",
        Verdict::Unreadable(word) => state == "unreadable" && lab["reason"]["en"] == *word,
        Verdict::Broken(word) => state == "broken" && message.contains(word),
        Verdict::Red { must, may } => {
            let all = must.iter().all(|task| failed.contains(&u64::from(*task)));
            let known = |task: &u64| must.iter().chain(may).any(|it| u64::from(*it) == *task);
            state == "judged" && all && failed.iter().all(known)
        }
    };
    let wanted = match expected {
        Verdict::Green => "green".to_string(),
        Verdict::Untouched => "untouched".to_string(),
        Verdict::Unreadable(word) => format!("unreadable ({word})"),
        Verdict::Broken(word) => format!("broken ({word})"),
        Verdict::Red { must, may } => format!("red in {must:?}, perhaps in {may:?}"),
    };
    let start: String = message.chars().take(300).collect();
    (!is_right).then(|| format!("should be {wanted}, but is {state}, red in {failed:?}: {start}"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
