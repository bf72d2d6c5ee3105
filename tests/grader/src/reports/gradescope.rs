//! What Gradescope reads: `results.json`, one for each submission.

use serde_json::{Value, json};

use crate::mark::{LabMark, Mark, State, TaskMark};
use crate::message::Message;
use crate::reports::titles::Titles;

/// One student's results, none if the grader failed; `titles` in English and in Arabic.
pub fn results(mark: &Mark, titles: &[Titles; 2]) -> Option<Value> {
    let score = mark.points?;
    let handed_in = mark.labs.iter().filter(|lab| lab.state != State::Untouched);
    let tests: Vec<Value> = handed_in
        .flat_map(|lab| lab.tasks.iter().map(|task| test(lab, task, titles)))
        .collect();
    let notes = mark.notes.iter().flat_map(|note| {
        titles
            .each_ref()
            .map(|titles| note.text(titles.language) + ".\n")
    });
    Some(json!({
        "score": score,
        "output": notes.collect::<String>(),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
    }))
}

fn test(lab: &LabMark, task: &TaskMark, titles: &[Titles; 2]) -> Value {
    let number = format!("{}.{}", lab.lab, task.task);
    let name = match titles.each_ref().map(|it| it.task(lab.lab, task.task)) {
        [english, arabic] if arabic != number => {
            format!("{english} – {}", arabic.replacen(&number, "", 1).trim())
        }
        [english, _] => english,
    };
    let passed = lab.state == State::Judged && task.failed.is_empty();
    let told = match task.failed.is_empty() {
        true => &lab.message,
        false => &task.story,
    };
    let output = match told.en == told.ar {
        _ if passed => both(task.told_alone()),
        true => told.en.clone(),
        false => both(told.clone()),
    };
    json!({
        "number": number,
        "name": name,
        "score": task.points,
        "max_score": task.of,
        "status": if passed { "passed" } else { "failed" },
        "output": output,
        "output_format": "text",
        "visibility": "visible",
    })
}

/// A text in both languages, one after the other.
fn both(message: Message) -> String {
    format!("{}\n\n{}", message.en, message.ar)
        .trim()
        .to_string()
}
