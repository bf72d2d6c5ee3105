//! A page's headings and the anchors that GitHub and mdBook give them.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::Page;
use crate::page::words;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 for `#`, 2 for `##`, ….
    pub level: u8,
    /// What is read, without markup.
    pub text: String,
    /// What stands after the `#` in a link to it.
    pub anchor: String,
    /// Its own line's bytes in the page.
    pub span: Range<usize>,
}

/// The anchor of a heading: lower case, spaces to hyphens, everything gone but
/// letters, marks, digits, hyphens and underscores. GitHub and mdBook agree on
/// this for every heading of ours; the tests hold the doubtful ones.
pub fn slug(text: &str) -> String {
    text.trim()
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            c if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .collect()
}

pub(crate) fn headings(page: &Page) -> Vec<Heading> {
    let mut found = Vec::new();
    let mut seen = HashMap::<String, usize>::new();
    let mut open: Option<Heading> = None;
    for (event, span) in page.events() {
        match &event {
            Event::Start(Tag::Heading { level, .. }) => {
                open = Some(Heading {
                    level: *level as u8,
                    text: String::new(),
                    anchor: String::new(),
                    span,
                });
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some(mut heading) = open.take() {
                    heading.anchor = unique(slug(&heading.text), &mut seen);
                    found.push(heading);
                }
            }
            event => {
                if let Some(heading) = &mut open {
                    heading.text.push_str(words(event));
                }
            }
        }
    }
    found
}

/// The second heading with the same words gets `-1`, the third `-2`.
fn unique(anchor: String, seen: &mut HashMap<String, usize>) -> String {
    let count = seen.entry(anchor.clone()).or_insert(0);
    *count += 1;
    match *count {
        1 => anchor,
        n => format!("{anchor}-{}", n - 1),
    }
}
