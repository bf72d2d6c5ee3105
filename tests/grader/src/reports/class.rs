//! The class at a glance: one row a student, with links to both reports.

use harness::{language, say};

use crate::mark::{LabMark, Mark, State};
use crate::reports::page::{self, apart, escape, points};

/// The page of the whole class, in the language of this run.
pub fn page(marks: &[Mark]) -> String {
    let title = say!("The class", "الصف");
    let all: Vec<f64> = marks.iter().filter_map(|mark| mark.points).collect();
    let (count, mean) = (
        marks.len(),
        all.iter().sum::<f64>() / all.len().max(1) as f64,
    );
    let mean = points(mean);
    let summary = say!(
        "{count} submissions, {mean} points on average.",
        "الأعمال: {count}، ومتوسط الدرجات: {mean}."
    );
    let similar = say!("Who shares what", "ما تتشارك فيه البرامج");
    let mut body = format!(
        "<h1>{title}</h1>\n<p>{summary} <a href=\"similarity.html\">{similar}</a></p>\n<table>\n{}",
        heading(marks)
    );
    let is_listed = is_listed(marks);
    body.extend(marks.iter().map(|mark| row(mark, is_listed)));
    body.push_str("</table>\n");
    page::page(language(), &title, &body)
}

fn heading(marks: &[Mark]) -> String {
    let labs = marks.first().map_or(&[][..], |mark| &mark.labs);
    let labs: String = labs
        .iter()
        .map(|lab| {
            let number = lab.lab;
            let title = say!("Lab {number}", "المختبر {number}");
            format!("<th class=\"number\">{title}</th>")
        })
        .collect();
    let (student, sum) = (say!("Student", "الطالب"), say!("Points", "الدرجات"));
    let notes = say!("Notes", "ملاحظات");
    let listed = match is_listed(marks) {
        true => {
            let (id, section) = (say!("ID", "الرقم"), say!("Section", "الشعبة"));
            format!("<th>{id}</th><th>{section}</th>")
        }
        false => String::new(),
    };
    format!(
        "<tr><th>{student}</th>{listed}{labs}<th class=\"number\">{sum}</th><th>{notes}</th><th></th></tr>\n"
    )
}

/// Whether there is a class list.
fn is_listed(marks: &[Mark]) -> bool {
    marks.iter().any(|mark| mark.student.is_some())
}

fn row(mark: &Mark, is_listed: bool) -> String {
    let student = mark.student.clone().unwrap_or_default();
    let listed = match is_listed {
        true => format!(
            "<td>{}</td><td>{}</td>",
            apart(&student.id),
            apart(&student.section)
        ),
        false => String::new(),
    };
    let labs: String = mark.labs.iter().map(cell).collect();
    let notes = match mark.notes.len() {
        0 => String::new(),
        count => count.to_string(),
    };
    let stem = escape(&mark.stem);
    format!(
        "<tr><td>{}</td>{listed}{labs}<td class=\"number\"><bdi dir=\"ltr\"><strong>{}</strong> / {}</bdi></td><td>{notes}</td>\
        <td><a href=\"students/{stem}.en.html\">English</a> <a href=\"students/{stem}.ar.html\">العربية</a></td></tr>\n",
        apart(&mark.name),
        mark.points.map_or("?".to_string(), points),
        points(mark.of),
    )
}

fn cell(lab: &LabMark) -> String {
    let is_green = lab.tasks.iter().all(|task| task.failed.is_empty());
    let class = match lab.state {
        State::Untouched => "dim",
        State::Unreadable | State::Broken | State::Failed => "bad",
        State::Judged if is_green => "good",
        State::Judged => "",
    };
    let text = match lab.state {
        State::Untouched => "–".to_string(),
        State::Judged => points(lab.tasks.iter().filter_map(|task| task.points).sum()),
        State::Unreadable | State::Broken | State::Failed => lab.word(language()),
    };
    format!("<td class=\"number {class}\">{text}</td>")
}
