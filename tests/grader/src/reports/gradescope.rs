//! What Gradescope reads: `results.json`, one for each submission.

use serde_json::{Value, json};

use crate::mark::{LabMark, Mark, State, TaskMark};
use crate::message::Message;
use crate::reports::titles::Titles;

/// One student's results, none if the grader failed; `titles` in English and in Arabic.
/// Every task that gives points is listed, so that the sum is the same for everyone.
pub fn results(mark: &Mark, titles: &[Titles; 2]) -> Option<Value> {
    let score = mark.points?;
    let tasks = mark
        .labs
        .iter()
        .flat_map(|lab| lab.tasks.iter().map(move |task| (lab, task)));
    let counting = tasks.filter(|(_, task)| task.of > 0.0);
    let tests: Vec<Value> = counting
        .map(|(lab, task)| test(lab, task, titles))
        .collect();
    let notes = mark.notes.iter().map(|note| note.message());
    let adjustments = mark.adjustments.iter().map(|it| Message {
        en: format!("{:+} {}", it.points, it.reason.en),
        ar: format!("{:+} {}", it.points, it.reason.ar),
    });
    let mut output: Vec<String> = notes.chain(adjustments).map(both).collect();
    output.push(mark.comment.clone());
    Some(json!({
        "score": score,
        "output": output.join("\n").trim(),
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
    let told = match lab.state {
        State::Untouched => Message {
            en: "Nothing was handed in for this lab.".to_string(),
            ar: "لم يُسلَّم لهذا المختبر شيء.".to_string(),
        },
        _ if passed => task.told_alone(),
        _ if task.failed.is_empty() => lab.message.clone(),
        _ => task.story.clone(),
    };
    json!({
        "number": number,
        "name": name,
        "score": task.points,
        "max_score": task.of,
        "status": if passed { "passed" } else { "failed" },
        "output": both(told),
        "output_format": "text",
        "visibility": "visible",
    })
}

/// A text in both languages, one after the other; once, if they are the same.
fn both(message: Message) -> String {
    match message.en == message.ar {
        true => message.en,
        false => format!("{}\n\n{}", message.en, message.ar),
    }
}

#[cfg(test)]
mod tests {
    use super::results;
    use crate::mark::Mark;
    use crate::reports::titles::Titles;
    use crate::roster::Student;
    use course::lab::Lab;
    use harness::Language;

    #[test]
    fn what_was_not_handed_in_lists_every_task_with_0_and_says_why() {
        let labs = Lab::all().unwrap();
        let mut mark = Mark::not_handed_in(&Student::default(), &labs[..1]);
        mark.weigh(&toml::from_str("default = 1.0\npartial = false").unwrap());
        let titles = [Language::English, Language::Arabic].map(|it| Titles::read(&labs, it));
        let found = results(&mark, &titles).unwrap();
        let tests = found["tests"].as_array().unwrap();
        assert_eq!(
            (tests.len() as u32, &found["score"]),
            (labs[0].tasks, &0.0.into())
        );
        assert_eq!(
            (&tests[0]["score"], &tests[0]["max_score"]),
            (&0.0.into(), &1.0.into())
        );
        assert!(
            tests[0]["output"]
                .as_str()
                .unwrap()
                .contains("Nothing was handed in")
        );
    }

    #[test]
    fn where_the_grader_failed_there_are_no_results() {
        let mut mark = Mark::for_test("amal", 1.0);
        mark.points = None;
        let titles = [Language::English, Language::Arabic].map(|it| Titles::read(&[], it));
        assert!(results(&mark, &titles).is_none());
    }
}
