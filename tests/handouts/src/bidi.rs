//! What GitHub would scramble on an Arabic page. Its pages have no stylesheet of
//! ours: each block takes its direction from its first letter, and inline code is
//! laid out among the Arabic words around it. So each block is laid out here as a
//! browser would, right to left, and every code span must come out whole.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

use crate::Page;
use crate::block::{Block, Kind, blocks};

const OPENING: &str = "<div dir=\"rtl\">\n\n";
const CLOSING: &str = "\n\n</div>";

pub fn complaints(page: &Page) -> Vec<String> {
    let mut complaints = wrapping(page);
    complaints.extend(raw_controls(page));
    complaints.extend(code_blocks(page));
    for block in blocks(page) {
        let place = page.place(block.offset);
        let found = [direction(&block), layout(&block), crowded(&block)];
        complaints.extend(found.into_iter().flatten().map(|c| format!("{place}: {c}")));
    }
    complaints
}

fn wrapping(page: &Page) -> Vec<String> {
    let body = match page.text.rfind("<!-- source:") {
        Some(stamp) => page.text[..stamp].trim_end(),
        None => page.text.trim_end(),
    };
    let wrapped = body.starts_with(OPENING) && body.ends_with(CLOSING);
    let complaint = format!(
        "{}: must begin with {OPENING:?} and end with {CLOSING:?}",
        page.path.display()
    );
    if wrapped { Vec::new() } else { vec![complaint] }
}

fn raw_controls(page: &Page) -> Vec<String> {
    let controls = page.text.char_indices().filter(|(_, c)| {
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    controls
        .map(|(at, c)| {
            let code = u32::from(c);
            format!(
                "{}: a raw U+{code:04X}; write it as an entity, as &lrm;",
                page.place(at)
            )
        })
        .collect()
}

fn code_blocks(page: &Page) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut first = false;
    for (event, span) in page.events() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => first = true,
            Event::Text(text) if first => {
                first = false;
                if first_letter(&text) == Some(Direction::RightToLeft) {
                    complaints.push(format!(
                        "{}: a code block must not begin with Arabic",
                        page.place(span.start)
                    ));
                }
            }
            _ => {}
        }
    }
    complaints
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    LeftToRight,
    RightToLeft,
}

/// The direction of the first letter that has one, isolates skipped as HTML does.
fn first_letter(text: &str) -> Option<Direction> {
    let mut depth = 0;
    for c in text.chars() {
        match bidi_class(c) {
            BidiClass::LRI => depth += 1,
            BidiClass::PDI => depth -= 1,
            BidiClass::L if depth == 0 => return Some(Direction::LeftToRight),
            BidiClass::R | BidiClass::AL if depth == 0 => return Some(Direction::RightToLeft),
            _ => {}
        }
    }
    None
}

fn direction(block: &Block) -> Option<String> {
    let decides = matches!(
        block.kind,
        Kind::Paragraph | Kind::Heading | Kind::FirstItem
    );
    let wrong = decides && first_letter(&block.text) == Some(Direction::LeftToRight);
    wrong.then(|| {
        format!(
            "{:?} begins with a Latin word, so GitHub sets it left to right; \
             begin with an Arabic word or &rlm;",
            beginning(&block.text)
        )
    })
}

fn layout(block: &Block) -> Option<String> {
    let order = visual_order(&block.text);
    let mut spans = block.codes.iter().chain(&block.words);
    let broken = spans.find(|span| !survives(span, &block.text, &order))?;
    Some(format!(
        "`{}` would be scrambled on GitHub; put &lrm; beside it or write <code dir=\"ltr\">",
        &block.text[broken.clone()]
    ))
}

/// The bytes at which characters begin, in the order in which they are seen.
fn visual_order(text: &str) -> Vec<usize> {
    let info = BidiInfo::new(text, Some(Level::rtl()));
    let mut order = Vec::new();
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let starts = text[run.clone()]
                .char_indices()
                .map(|(at, _)| run.start + at);
            let mut starts: Vec<usize> = starts.collect();
            if levels[run.start].is_rtl() {
                starts.reverse();
            }
            order.extend(starts);
        }
    }
    order
}

/// The span's characters are seen side by side and in their order. A span with
/// Arabic in it has no one order to keep.
fn survives(code: &Range<usize>, text: &str, order: &[usize]) -> bool {
    let content = &text[code.clone()];
    let arabic = |c| matches!(bidi_class(c), BidiClass::R | BidiClass::AL);
    if content.chars().any(arabic) {
        return true;
    }
    let wanted = content.char_indices().map(|(at, _)| code.start + at);
    let first = order.iter().position(|&at| at == code.start);
    first.is_some_and(|first| {
        order[first..]
            .iter()
            .copied()
            .zip(wanted.clone())
            .all(|(a, b)| a == b)
            && order.len() - first >= wanted.count()
    })
}

fn crowded(block: &Block) -> Option<String> {
    let punctuated = block.codes.iter().filter(|code| {
        block.text[(*code).clone()].contains(|c: char| c.is_ascii_punctuation() && c != '_')
    });
    let crowded = block.kind == Kind::Cell && punctuated.count() > 1;
    crowded.then(|| {
        format!(
            "the cell {:?} holds several code spans with punctuation",
            beginning(&block.text)
        )
    })
}

fn beginning(text: &str) -> String {
    text.chars().take(40).collect()
}
