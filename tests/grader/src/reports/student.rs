//! What a student reads: points, and the story of what failed first in each task.

use harness::Language;

use crate::mark::{LabMark, Mark, State, TaskMark};
use crate::reports::page::{self, apart, escape, lines, points};
use crate::reports::titles::Titles;

/// The page of one student in one language.
pub fn page(mark: &Mark, titles: &Titles) -> String {
    let words = Words {
        language: titles.language,
    };
    let other = match titles.language {
        Language::English => ("ar", "العربية"),
        Language::Arabic => ("en", "English"),
    };
    // Quotes and the like cannot stand in a stem; a percent sign neither.
    let link = format!("{}.{}.html", escape(&mark.stem), other.0);
    let id = mark.student.as_ref().map_or("", |student| &student.id);
    let name = apart(format!("{} {id}", mark.name).trim());
    let got = mark.points.map_or("?".to_string(), points);
    let of = points(mark.of);
    let mut body = format!(
        "<div class=\"top\"><span>{}</span><a lang=\"{}\" href=\"{link}\">{}</a></div>\n\
        <h1>{name}</h1>\n<p class=\"sum\">{}</p>\n",
        words.pick("Report on the labs", "تقرير المختبرات"),
        other.0,
        other.1,
        words.pick(
            &format!("<strong>{got}</strong> of {of} points"),
            &format!("الدرجة: <strong>{}</strong> من {}", apart(&got), apart(&of)),
        ),
    );
    body.push_str(&adjustments(mark, &words));
    body.push_str(&notes(mark, &words));
    for lab in &mark.labs {
        body.push_str(&section(lab, titles, &words));
    }
    page::page(titles.language, &mark.name, &body)
}

struct Words {
    language: Language,
}

impl Words {
    fn pick<'a>(&self, english: &'a str, arabic: &'a str) -> &'a str {
        match self.language {
            Language::English => english,
            Language::Arabic => arabic,
        }
    }
}

/// What the instructor has added: points with their reasons, and a comment.
fn adjustments(mark: &Mark, words: &Words) -> String {
    let items = mark.adjustments.iter().map(|it| {
        let (change, reason) = (points(it.points), it.reason.text(words.language));
        let sign = if it.points > 0.0 { "+" } else { "" };
        format!(
            "<li><bdi dir=\"ltr\">{sign}{change}</bdi> {}</li>\n",
            escape(reason)
        )
    });
    let mut html = items.collect::<String>();
    if !html.is_empty() {
        html = format!("<ul>\n{html}</ul>\n");
    }
    if !mark.comment.is_empty() {
        html.push_str(&lines(&mark.comment));
    }
    html
}

/// What was found in the submission besides the student's files.
fn notes(mark: &Mark, words: &Words) -> String {
    if mark.notes.is_empty() {
        return String::new();
    }
    let items = mark.notes.iter().map(|note| {
        let text = escape(&note.text(words.language));
        format!("<li>{text}.</li>\n")
    });
    let heading = words.pick("What was handed in", "ما سُلّم");
    format!(
        "<h2>{heading}</h2>\n<ul>\n{}</ul>\n",
        items.collect::<String>()
    )
}

fn section(lab: &LabMark, titles: &Titles, words: &Words) -> String {
    let mut html = format!("<h2>{}</h2>\n", escape(&titles.lab(lab.lab)));
    let state = match lab.state {
        State::Untouched => words.pick("Nothing was handed in for it.", "لم يُسلَّم له شيء."),
        State::Unreadable => words.pick(
            "It was handed in and could not be read:",
            "سُلّم له عمل وتعذّرت قراءته:",
        ),
        State::Broken => words.pick("It does not compile:", "لا يُصرَّف:"),
        State::Failed => words.pick(
            "The grader failed on it; a person has to look:",
            "تعذّر التقييم آليًّا؛ ويجب أن يقيّمه المدرّس بنفسه:",
        ),
        State::Judged => "",
    };
    if !state.is_empty() {
        let class = if lab.state == State::Untouched {
            "dim"
        } else {
            "bad"
        };
        html.push_str(&format!("<p class=\"{class}\">{state}</p>\n"));
    }
    let message = lab.message.text(words.language);
    if !message.is_empty() {
        html.push_str(&lines(message));
    }
    if lab.state == State::Judged {
        html.push_str(&table(lab, titles, words));
        let alone = lab.tasks.iter().map(TaskMark::told_alone);
        let alone = alone.filter(|message| !message.en.is_empty());
        html.extend(alone.map(|it| format!("<p>{}</p>\n", escape(it.text(words.language)))));
        let failed = lab.tasks.iter().filter(|task| !task.failed.is_empty());
        html.extend(failed.map(|task| story(lab.lab, task, titles, words)));
    }
    html
}

fn table(lab: &LabMark, titles: &Titles, words: &Words) -> String {
    let (task, checks) = (words.pick("Task", "المهمة"), words.pick("Checks", "الفحوص"));
    let of_points = words.pick("Points", "الدرجات");
    let rows = lab.tasks.iter().map(|task| {
        let (class, sign) = match task.failed.is_empty() {
            true => ("good", "✓"),
            false => ("bad", "✗"),
        };
        let checks = format!("{} / {}", task.passed, task.checks);
        let got = task.points.map_or("?".to_string(), points);
        let got = format!("{got} / {}", points(task.of));
        format!(
            "<tr><td class=\"sign {class}\">{sign}</td><td>{}</td><td class=\"number\"><bdi dir=\"ltr\">{checks}</bdi></td><td class=\"number\"><bdi dir=\"ltr\">{got}</bdi></td></tr>\n",
            escape(&titles.task(lab.lab, task.task)),
        )
    });
    format!(
        "<table>\n<tr><th></th><th>{task}</th><th class=\"number\">{checks}</th><th class=\"number\">{of_points}</th></tr>\n{}</table>\n",
        rows.collect::<String>()
    )
}

fn story(lab: u32, task: &TaskMark, titles: &Titles, words: &Words) -> String {
    let check = task.failed.first().map_or("", String::as_str);
    let name = check
        .split("::")
        .last()
        .unwrap_or_default()
        .replace('_', " ");
    format!(
        "<details open>\n<summary>{} — <span lang=\"en\" dir=\"ltr\">{}</span></summary>\n{}</details>\n",
        escape(&titles.task(lab, task.task)),
        escape(&name),
        lines(task.story.text(words.language)),
    )
}
