//! A lab's handout: its title, its tasks and their hints.

use std::path::Path;

use anyhow::{Context, Result, bail};
use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{Details, Heading, Language, Page};

/// Every task has this many hints.
pub const HINTS: usize = 3;

#[derive(Clone, Debug)]
pub struct Handout {
    page: Page,
    title: String,
    tasks: Vec<Task>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// `3.2`.
    pub number: String,
    /// `Joining`.
    pub title: String,
    /// What must hold: the first paragraph under the heading, as Markdown on one line.
    pub sentence: String,
    /// Everything under the heading, as Markdown.
    pub body: String,
    /// What stands after the `#` in a link to the heading.
    pub anchor: String,
    /// A question, the tool's name, the code's shape with a gap; as Markdown.
    pub hints: [String; HINTS],
}

impl Handout {
    /// Reads `docs/LANGUAGE/NAME.md` under the repository's root.
    pub fn read(root: &Path, language: Language, name: &str) -> Result<Handout> {
        let path = root
            .join("docs")
            .join(language.code())
            .join(format!("{name}.md"));
        Handout::parse(Page::read(&path, language)?)
    }

    pub fn parse(page: Page) -> Result<Handout> {
        let headings = page.headings();
        let title = headings
            .iter()
            .find(|heading| heading.level == 1)
            .with_context(|| format!("{}: no `# ` heading", page.path.display()))?
            .text
            .clone();
        let tasks = tasks(&page, &headings)?;
        Ok(Handout { page, title, tasks })
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// The task with this number, as `3.2`.
    pub fn task(&self, number: &str) -> Option<&Task> {
        self.tasks.iter().find(|task| task.number == number)
    }

    pub fn headings(&self) -> Vec<Heading> {
        self.page.headings()
    }

    pub fn page(&self) -> &Page {
        &self.page
    }
}

fn tasks(page: &Page, headings: &[Heading]) -> Result<Vec<Task>> {
    let folds = page.details();
    let mut tasks = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        let Some((number, title)) = task_heading(page.language, heading) else {
            continue;
        };
        let body = page.text[page.section(headings, index)].trim().to_owned();
        tasks.push(Task {
            hints: hints(page, headings, &folds, &number)?,
            number,
            title,
            sentence: first_paragraph(page, &body),
            body,
            anchor: heading.anchor.clone(),
        });
    }
    Ok(tasks)
}

/// `Task 3.2 — Joining` gives `3.2` and `Joining`.
fn task_heading(language: Language, heading: &Heading) -> Option<(String, String)> {
    let rest = heading.text.strip_prefix(language.task())?;
    let (number, title) = rest.split_once('—')?;
    (heading.level == 3 && is_number(number.trim()))
        .then(|| (number.trim().to_owned(), title.trim().to_owned()))
}

fn is_number(text: &str) -> bool {
    text.split_once('.').is_some_and(|(lab, task)| {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        digits(lab) && digits(task)
    })
}

fn hints(
    page: &Page,
    headings: &[Heading],
    folds: &[Details],
    number: &str,
) -> Result<[String; HINTS]> {
    let wanted = format!("{} {number}", page.language.hints_for());
    let index = headings
        .iter()
        .position(|heading| heading.level == 3 && heading.text == wanted)
        .with_context(|| format!("{}: no heading `### {wanted}`", page.path.display()))?;
    let section = page.section(headings, index);
    let folds: Vec<&Details> = folds
        .iter()
        .filter(|fold| section.contains(&fold.span.start))
        .collect();
    for (position, fold) in folds.iter().enumerate() {
        let summary = format!("{} {}", page.language.hint(), position + 1);
        if !fold.summary.starts_with(&summary) {
            bail!(
                "{}: needed a fold with the summary {summary:?}, found {:?}",
                page.place(fold.span.start),
                fold.summary
            );
        }
    }
    let bodies: Vec<String> = folds.iter().map(|fold| fold.body.clone()).collect();
    bodies.try_into().map_err(|found: Vec<String>| {
        let place = page.place(headings[index].span.start);
        anyhow::anyhow!("{place}: needed {HINTS} hints, found {}", found.len())
    })
}

/// The first paragraph's Markdown, its lines joined.
fn first_paragraph(page: &Page, body: &str) -> String {
    let body = Page::new(&page.path, page.language, body);
    let mut start = None;
    for (event, span) in body.events() {
        match event {
            Event::Start(Tag::Paragraph) => start = start.or(Some(span.start)),
            Event::End(TagEnd::Paragraph) => {
                return body.text[start.unwrap_or(0)..span.end]
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ");
            }
            _ => {}
        }
    }
    String::new()
}
