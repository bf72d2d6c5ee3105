//! The glossary's two pages name the same pairs of terms.
//!
//! An entry is `- <a id="port"></a>**port** · منفذ:` on the English page and
//! `- <a id="port"></a>**منفذ** · port:` on the Arabic one.

use crate::{Language, Page, Pair};

#[derive(Debug, PartialEq, Eq)]
struct Entry {
    ids: String,
    english: String,
    arabic: String,
    offset: usize,
}

pub fn complaints(pair: &Pair) -> Vec<String> {
    let (english, arabic) = (entries(&pair.english), entries(&pair.arabic));
    let mut complaints = Vec::new();
    if english.is_empty() || english.len() != arabic.len() {
        let (ours, theirs) = (english.len(), arabic.len());
        complaints.push(format!(
            "the glossary has {ours} English and {theirs} Arabic entries"
        ));
    }
    for (one, other) in english.iter().zip(&arabic) {
        let same =
            (&one.ids, &one.english, &one.arabic) == (&other.ids, &other.english, &other.arabic);
        if !same {
            complaints.push(format!(
                "{}: {} · {}, but {}: {} · {}",
                pair.english.place(one.offset),
                one.english,
                one.arabic,
                pair.arabic.place(other.offset),
                other.english,
                other.arabic
            ));
        }
    }
    complaints
}

fn entries(page: &Page) -> Vec<Entry> {
    let mut offset = 0;
    let mut entries = Vec::new();
    for line in page.text.split_inclusive('\n') {
        entries.extend(entry(page.language, line, offset));
        offset += line.len();
    }
    entries
}

fn entry(language: Language, line: &str, offset: usize) -> Option<Entry> {
    let line = line.trim_end().strip_prefix("- <a id=")?;
    let (ids, terms) = line.split_once("**")?;
    let (own, other) = terms.split_once("** · ")?;
    let (own, other) = (
        without_plural(own),
        without_plural(other.strip_suffix(':')?),
    );
    let (english, arabic) = match language {
        Language::English => (own, other),
        Language::Arabic => (other, own),
    };
    Some(Entry {
        ids: ids.to_owned(),
        english,
        arabic,
        offset,
    })
}

/// The Arabic page alone gives plurals: مقبس (ج. مقابس).
fn without_plural(term: &str) -> String {
    let end = term.find(" (ج.").unwrap_or(term.len());
    term[..end].to_owned()
}
