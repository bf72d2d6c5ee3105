//! The parts of a page that are folded away: hints and answers.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::Page;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// The line that is seen while it is folded.
    pub summary: String,
    /// The Markdown inside, trimmed.
    pub body: String,
    /// All of it, from `<details>` to `</details>`.
    pub span: Range<usize>,
}

/// In the page's order. A `<details>` that is never closed is not among them;
/// `malformed` names it.
pub(crate) fn details(page: &Page) -> Vec<Details> {
    let mut found = Vec::new();
    let mut open: Option<(usize, Range<usize>)> = None;
    for block in html_blocks(page) {
        let html = &page.text[block.clone()];
        if html.contains("<details") {
            let start = block.start + html.find("<details").unwrap_or(0);
            open = Some((start, block.clone()));
        }
        if html.contains("</details>")
            && let Some((start, opening)) = open.take()
        {
            let end = block.start + html.find("</details>").unwrap_or(0);
            found.push(fold(page, start, opening, end));
        }
    }
    found
}

fn fold(page: &Page, start: usize, opening: Range<usize>, end: usize) -> Details {
    let head = &page.text[opening.clone()];
    let summary = between(head, "<summary>", "</summary>").unwrap_or_default();
    let body = opening.end.min(end)..end;
    Details {
        summary: summary.trim().to_owned(),
        body: page.text[body].trim().to_owned(),
        span: start..end + "</details>".len(),
    }
}

fn html_blocks(page: &Page) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut open = None;
    for (event, span) in page.events() {
        match event {
            Event::Start(Tag::HtmlBlock) => open = Some(span.start),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(start) = open.take() {
                    blocks.push(start..span.end);
                }
            }
            _ => {}
        }
    }
    blocks
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let start = text.find(from)? + from.len();
    let end = start + text[start..].find(to)?;
    Some(&text[start..end])
}

/// What is wrong with the folds' shape: GitHub shows such a fold's Markdown raw,
/// or folds the rest of the page away.
pub fn malformed(page: &Page) -> Vec<String> {
    let mut complaints = Vec::new();
    let opened = page.text.matches("<details").count();
    let closed = page.text.matches("</details>").count();
    if opened != closed {
        complaints.push(format!(
            "{}: {opened} <details> but {closed} </details>",
            page.path.display()
        ));
    }
    let folds = page.details();
    for fold in &folds {
        if fold.summary.is_empty() || fold.body.is_empty() {
            complaints.push(format!(
                "{}: a fold needs a <summary> line, a blank line, its text, a blank line and \
                 </details>, but its summary is {:?} and its text {:?}",
                page.place(fold.span.start),
                fold.summary,
                fold.body
            ));
        }
    }
    complaints
}
