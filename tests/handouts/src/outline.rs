//! What a page is made of, without its words: the same in both languages.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::link::{self, Link};
use crate::{Page, Pair, Shelf};

/// One part of a page: what it is, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    what: String,
    offset: usize,
}

/// The first difference between the two pages, and the links of every section.
pub fn differences(shelf: &Shelf, pair: &Pair) -> Vec<String> {
    let mut complaints = Vec::new();
    let (english, arabic) = (parts(&pair.english), parts(&pair.arabic));
    complaints.extend(first_difference(pair, &english, &arabic));
    if complaints.is_empty() {
        complaints.extend(links_differ(shelf, pair));
    }
    complaints
}

fn first_difference(pair: &Pair, english: &[Part], arabic: &[Part]) -> Option<String> {
    let length = english.len().max(arabic.len());
    let index = (0..length)
        .find(|&i| english.get(i).map(|part| &part.what) != arabic.get(i).map(|part| &part.what))?;
    Some(format!(
        "{}, but {}",
        describe(&pair.english, english.get(index)),
        describe(&pair.arabic, arabic.get(index))
    ))
}

fn describe(page: &Page, part: Option<&Part>) -> String {
    match part {
        Some(part) => format!("{} has {}", page.place(part.offset), part.what),
        None => format!("{} ends", page.path.display()),
    }
}

fn parts(page: &Page) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut code: Option<(String, usize, String)> = None;
    for (event, span) in page.events() {
        match &event {
            Event::Start(Tag::CodeBlock(kind)) => {
                code = Some((info(kind), span.start, String::new()));
            }
            Event::Text(text) if code.is_some() => {
                if let Some((_, _, content)) = &mut code {
                    content.push_str(text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((info, offset, content)) = code.take() {
                    let code = without_comments(&info, &content);
                    let what = format!("the code block ({info})\n{code}");
                    parts.push(Part { what, offset });
                }
            }
            event => parts.extend(part(page, event).map(|what| Part {
                what,
                offset: span.start,
            })),
        }
    }
    add_tasks(page, &mut parts);
    parts
}

fn part(page: &Page, event: &Event<'_>) -> Option<String> {
    Some(match event {
        Event::Start(Tag::Heading { level, .. }) => format!("a heading of level {}", *level as u8),
        Event::Start(Tag::List(Some(first))) => format!("a list numbered from {first}"),
        Event::Start(Tag::List(None)) => "a list".to_owned(),
        Event::Start(Tag::Item) => "a list's item".to_owned(),
        Event::Start(Tag::Table(columns)) => format!("a table of {} columns", columns.len()),
        Event::Start(Tag::TableRow) => "a table's row".to_owned(),
        Event::Start(Tag::BlockQuote(_)) => "a quotation".to_owned(),
        Event::Start(Tag::Image { dest_url, .. }) => {
            let own = format!(".{}.", page.language.code());
            format!("the picture {}", dest_url.replace(&own, ".LANGUAGE."))
        }
        Event::Rule => "a rule".to_owned(),
        Event::TaskListMarker(_) => "a box to tick".to_owned(),
        Event::Html(html) if html.contains("<details") => "a fold".to_owned(),
        _ => return None,
    })
}

/// A heading of a task, or of its hints, says which.
fn add_tasks(page: &Page, parts: &mut [Part]) {
    for heading in page.headings() {
        let number = heading.text.split([' ', '—']).find(|word| {
            word.contains('.') && word.chars().all(|c| c.is_ascii_digit() || c == '.')
        });
        let part = parts
            .iter_mut()
            .find(|part| part.offset == heading.span.start);
        if let (Some(number), Some(part)) = (number, part) {
            part.what.push_str(&format!(" with the number {number}"));
        }
    }
}

fn info(kind: &CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(info) => info.to_string(),
        CodeBlockKind::Indented => "indented".to_owned(),
    }
}

/// The code's lines without what follows `//` or `#`: comments are translated.
fn without_comments(info: &str, code: &str) -> String {
    let mark = match info.split([',', ' ']).next() {
        Some("rust") => "//",
        Some("console" | "sh" | "bash" | "python" | "toml" | "powershell") => "# ",
        _ => return code.trim_end().to_owned(),
    };
    let lines = code.lines().map(|line| {
        let comment = line
            .match_indices(mark)
            .map(|(at, _)| at)
            .find(|&at| line[..at].is_empty() || line[..at].ends_with(' '));
        line[..comment.unwrap_or(line.len())].trim_end()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Links may change their order within a section, as words do, but not their number.
fn links_differ(shelf: &Shelf, pair: &Pair) -> Vec<String> {
    let sides = [&pair.english, &pair.arabic].map(|page| by_section(shelf, page));
    let [english, arabic] = &sides;
    let mut complaints = Vec::new();
    for (index, (ours, theirs)) in english.iter().zip(arabic).enumerate() {
        for (page, one, other) in [(&pair.english, ours, theirs), (&pair.arabic, theirs, ours)] {
            complaints.extend(missing(one, other).map(|(link, what)| {
                format!(
                    "{}: the link to {} has no partner in section {index} of the other language ({what})",
                    page.place(link.offset),
                    link.target
                )
            }));
        }
    }
    complaints
}

type Neutral = (Link, String);

fn missing<'a>(one: &'a [Neutral], other: &'a [Neutral]) -> impl Iterator<Item = &'a Neutral> {
    let mut left: Vec<&String> = other.iter().map(|(_, what)| what).collect();
    one.iter().filter(
        move |(_, what)| match left.iter().position(|other| *other == what) {
            Some(index) => {
                left.remove(index);
                false
            }
            None => true,
        },
    )
}

/// The links before the first heading, under the first, under the second, ….
fn by_section(shelf: &Shelf, page: &Page) -> Vec<Vec<Neutral>> {
    let headings = page.headings();
    let mut sections = vec![Vec::new(); headings.len() + 1];
    for link in link::links(page) {
        let index = headings
            .iter()
            .take_while(|heading| heading.span.start <= link.offset)
            .count();
        let what = link::neutral(shelf, page, &link);
        sections[index].push((link, what));
    }
    sections
}
