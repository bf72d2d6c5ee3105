//! What ties an Arabic page to the English text that it was read against.
//!
//! The last line of an Arabic page is `<!-- source: hash hash … -->`: one hash for
//! each English section (what stands before the first `##`, then each `##`). Who
//! changes an English section reads the Arabic one, mends it, and stamps the page:
//! `cargo run -p handouts -- stamp lab3`.

use crate::{Page, Pair};

const OPENING: &str = "<!-- source:";
const CLOSING: &str = "-->";

/// A section's name for people, and the hash of its words.
type Section = (String, String);

/// Which English sections changed since the Arabic page was stamped.
pub fn stale(pair: &Pair) -> Vec<String> {
    let path = pair.arabic.path.display();
    let Some(stamped) = stamped(&pair.arabic) else {
        return vec![format!(
            "{path}: the page does not end with `{OPENING} … {CLOSING}`; \
             read both pages, then stamp it"
        )];
    };
    let sections = sections(&pair.english);
    if stamped.len() != sections.len() {
        return vec![format!(
            "{path}: stamped for {} English sections, found {}",
            stamped.len(),
            sections.len()
        )];
    }
    let pairs = sections.iter().zip(stamped);
    pairs
        .filter(|((_, hash), stamped)| hash != stamped)
        .map(|((name, _), _)| {
            format!(
                "{}: the section {name:?} changed after {path} was stamped; \
                 mend the Arabic, then stamp it",
                pair.english.path.display()
            )
        })
        .collect()
}

/// The Arabic page's text with the stamp of the English page as it is now.
pub fn stamp(pair: &Pair) -> String {
    let hashes: Vec<String> = sections(&pair.english).into_iter().map(|s| s.1).collect();
    let text = match find(&pair.arabic) {
        Some(start) => &pair.arabic.text[..start],
        None => &pair.arabic.text,
    };
    format!(
        "{}\n\n{OPENING} {} {CLOSING}\n",
        text.trim_end(),
        hashes.join(" ")
    )
}

/// Where the stamp begins, if the page ends with one.
fn find(page: &Page) -> Option<usize> {
    let start = page.text.rfind(OPENING)?;
    page.text[start..]
        .trim_end()
        .ends_with(CLOSING)
        .then_some(start)
}

fn stamped(page: &Page) -> Option<Vec<String>> {
    let stamp = page.text[find(page)?..].trim_end();
    let hashes = stamp.strip_prefix(OPENING)?.strip_suffix(CLOSING)?;
    Some(hashes.split_whitespace().map(str::to_owned).collect())
}

fn sections(page: &Page) -> Vec<Section> {
    let headings = page.headings();
    let mut starts = vec![("what stands before the first ##".to_owned(), 0)];
    starts.extend(
        headings
            .into_iter()
            .filter(|heading| heading.level == 2)
            .map(|heading| (heading.text, heading.span.start)),
    );
    let ends = starts.iter().skip(1).map(|(_, start)| *start);
    let ends: Vec<usize> = ends.chain([page.text.len()]).collect();
    let sections = starts.into_iter().zip(ends);
    sections
        .map(|((name, start), end)| (name, hash(&page.text[start..end])))
        .collect()
}

/// FNV-1a over the words: a line broken elsewhere is no change. Its 32 upper bits
/// folded onto the lower ones are enough to notice a change that nobody forged.
fn hash(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let hash = words.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{:08x}", (hash ^ (hash >> 32)) as u32)
}
