//! One Markdown page in one language.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use pulldown_cmark::{Event, OffsetIter, Options, Parser};

use crate::{Details, Heading, Language, details, heading};

#[derive(Clone, Debug)]
pub struct Page {
    pub path: PathBuf,
    pub language: Language,
    pub text: String,
}

impl Page {
    /// The page's file, read. The text's line ends are `\n` whatever git made of them.
    pub fn read(path: &Path, language: Language) -> Result<Page> {
        let text = fs::read_to_string(path)
            .with_context(|| format!("cannot read the page {}", path.display()))?;
        Ok(Page::new(path, language, &text))
    }

    pub fn new(path: &Path, language: Language, text: &str) -> Page {
        Page {
            path: path.to_owned(),
            language,
            text: text.replace("\r\n", "\n"),
        }
    }

    /// The page's Markdown events, each with the bytes that it came from.
    pub fn events(&self) -> OffsetIter<'_> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        Parser::new_ext(&self.text, options).into_offset_iter()
    }

    pub fn headings(&self) -> Vec<Heading> {
        heading::headings(self)
    }

    pub fn details(&self) -> Vec<Details> {
        details::details(self)
    }

    /// The line, from 1, that holds this byte.
    pub fn line(&self, offset: usize) -> usize {
        1 + self.text[..offset].matches('\n').count()
    }

    /// `path:line`, as every complaint about a page begins.
    pub fn place(&self, offset: usize) -> String {
        format!("{}:{}", self.path.display(), self.line(offset))
    }

    /// The Markdown from the end of this heading to the next of its level or above.
    pub fn section(&self, headings: &[Heading], index: usize) -> Range<usize> {
        let this = &headings[index];
        let end = headings[index + 1..]
            .iter()
            .find(|next| next.level <= this.level)
            .map_or(self.text.len(), |next| next.span.start);
        this.span.end..end
    }
}

/// The words of an event: what a reader sees of it, without its markup.
pub(crate) fn words<'a>(event: &'a Event<'_>) -> &'a str {
    match event {
        Event::Text(text) | Event::Code(text) => text,
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    }
}
