//! An Arabic page cut into the blocks that are laid out one by one.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use unicode_bidi::{BidiClass, bidi_class};

use crate::Page;

/// One paragraph, heading, list item or cell, as it is laid out.
pub struct Block {
    pub kind: Kind,
    /// What is laid out; `<code dir="ltr">` stands between isolates.
    pub text: String,
    /// Each code span's bytes in `text`.
    pub codes: Vec<Range<usize>>,
    /// Each Latin word with signs at its ends, as C++, in `text`.
    pub words: Vec<Range<usize>>,
    pub offset: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Its first letter gives its direction.
    Paragraph,
    Heading,
    /// The first item's first letter gives the whole list's.
    FirstItem,
    Item,
    Cell,
}

/// The page's blocks, in the order in which they end.
pub fn blocks(page: &Page) -> Vec<Block> {
    let mut done = Vec::new();
    let mut open: Vec<Block> = Vec::new();
    let mut first_item = false;
    for (event, span) in page.events() {
        match &event {
            Event::Start(Tag::List(_)) => first_item = true,
            Event::Start(tag) => {
                if let Some(kind) = kind(tag, first_item) {
                    first_item &= kind != Kind::FirstItem;
                    open.push(Block::new(kind, span.start));
                }
            }
            Event::End(end) if closes(end) => done.extend(open.pop()),
            event => {
                if let Some(block) = open.last_mut() {
                    block.add(event);
                }
            }
        }
    }
    done
}

fn kind(tag: &Tag<'_>, first_item: bool) -> Option<Kind> {
    Some(match tag {
        Tag::Paragraph => Kind::Paragraph,
        Tag::Heading { .. } => Kind::Heading,
        Tag::Item if first_item => Kind::FirstItem,
        Tag::Item => Kind::Item,
        Tag::TableCell => Kind::Cell,
        _ => return None,
    })
}

fn closes(end: &TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell
    )
}

impl Block {
    fn new(kind: Kind, offset: usize) -> Block {
        Block {
            kind,
            text: String::new(),
            codes: Vec::new(),
            words: Vec::new(),
            offset,
        }
    }

    fn add(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) => {
                let start = self.text.len();
                let words = signed_words(text).into_iter();
                self.words
                    .extend(words.map(|word| start + word.start..start + word.end));
                self.text.push_str(text);
            }
            Event::Code(code) => {
                let start = self.text.len();
                self.text.push_str(code);
                self.codes.push(start..self.text.len());
            }
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            Event::InlineHtml(html) if html.starts_with("<code dir=\"ltr\"") => {
                self.text.push('\u{2066}');
            }
            Event::InlineHtml(html) if html.starts_with("</code") => self.text.push('\u{2069}'),
            _ => {}
        }
    }
}

/// The Latin words of a text that begin or end with a sign which is part of them,
/// not of the sentence: `C++`, `--help`, `bind()`.
fn signed_words(text: &str) -> Vec<Range<usize>> {
    let start_of = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let tokens = text.split(|c: char| c.is_whitespace() || bidi_class(c) == BidiClass::LRI);
    tokens
        .map(without_the_sentence)
        .filter(|word| is_latin(word))
        .filter(|word| {
            let sign = |c: char| c.is_ascii_punctuation();
            word.starts_with(sign) || word.ends_with(sign)
        })
        .map(|word| start_of(word)..start_of(word) + word.len())
        .collect()
}

/// The token without the signs that belong to the sentence around it.
fn without_the_sentence(token: &str) -> &str {
    let word = token.trim_start_matches(['(', '[', '«', '"', '“', '\'']);
    match word.find("()") {
        Some(call) => &word[..call + 2],
        None => word.trim_end_matches(|c| ".,:;!?؟،؛)]»\"”'…".contains(c)),
    }
}

fn is_latin(word: &str) -> bool {
    let arabic = |c| matches!(bidi_class(c), BidiClass::R | BidiClass::AL);
    word.contains(|c: char| c.is_ascii_alphabetic()) && !word.contains(arabic)
}
