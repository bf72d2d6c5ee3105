//! One line of a hexdump, taken apart into offset, bytes and letters.

use super::plain::pairs;

/// A line with more gaps than this has no letters at its end that need finding: trying
/// each gap takes time by the square of their number.
const MOST_SECTIONS: usize = 64;

/// A line that may belong to a hexdump.
pub(super) struct Line<'t> {
    /// Counted from 1.
    pub number: usize,
    pub offset: Offset<'t>,
    /// What follows the offset, letters included.
    rest: &'t str,
}

/// How a line tells where its bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offset<'t> {
    /// Digits with a colon or `0x`, always in hex.
    Hex(&'t str),
    /// Bare digits, in a radix that only the other lines tell.
    Bare(&'t str),
    /// `*`: the line before it again and again, up to the next offset.
    Repeat,
    None,
}

impl<'t> Line<'t> {
    /// Reads a line; `None` if no dialect has such a line, so it is a comment.
    pub fn read(text: &'t str, number: usize) -> Option<Line<'t>> {
        let text = text.trim_start();
        if text.trim_end() == "*" {
            let offset = Offset::Repeat;
            return Some(Line {
                number,
                offset,
                rest: "",
            });
        }
        if let Some(bars) = text.strip_prefix('|') {
            return Line::barred(bars, number);
        }
        let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let offset = offset(first, rest)?;
        let rest = if offset == Offset::None { text } else { rest };
        // The letters of `hexdump -C` stand between bars.
        let rest = rest.split('|').next().unwrap_or(rest);
        Some(Line {
            number,
            offset,
            rest,
        })
    }

    /// Reads a line of the hexdump crate, whose offset comes last.
    fn barred(bars: &'t str, number: usize) -> Option<Line<'t>> {
        let (rest, behind) = bars.split_once('|')?;
        let offset = behind.split_whitespace().next_back()?;
        let hex = offset.len() == 8 && is_hex(offset);
        hex.then_some(Line {
            number,
            offset: Offset::Hex(offset),
            rest,
        })
    }

    pub fn has_offset(&self) -> bool {
        matches!(self.offset, Offset::Hex(_) | Offset::Bare(_))
    }

    /// Tells whether there are bytes behind an offset.
    pub fn is_whole(&self) -> bool {
        self.has_offset() && !self.sections().is_empty()
    }

    /// Returns the bytes, given how many the next offset says there are.
    ///
    /// Letters can look like hex (`3030  00`), so the last line, which has no next, is
    /// cut where what follows is the bytes again as letters; failing that, all is hex.
    pub fn bytes(&self, expected: Option<usize>) -> Option<Vec<u8>> {
        let sections = self.sections();
        if sections.is_empty() {
            return Some(Vec::new());
        }
        let first = if sections.len() > MOST_SECTIONS {
            sections.len()
        } else {
            1
        };
        let mut cuts: Vec<(Vec<u8>, &str)> = (first..=sections.len())
            .rev()
            .filter_map(|count| {
                let letters = sections.get(count).map_or("", |section| self.from(section));
                Some((hex(&sections[..count])?, letters))
            })
            .collect();
        let best = cuts.iter().position(|(bytes, letters)| match expected {
            Some(expected) => bytes.len() == expected,
            None => !letters.is_empty() && letters_match(letters, bytes),
        });
        match cuts.is_empty() {
            true => None,
            false => Some(cuts.swap_remove(best.unwrap_or(0)).0),
        }
    }

    /// Splits what follows the offset where two or more blanks stand.
    fn sections(&self) -> Vec<&'t str> {
        self.rest
            .split("  ")
            .flat_map(|part| part.split('\t'))
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect()
    }

    /// Returns the rest of the line from a section on, which must be a part of it.
    fn from(&self, section: &'t str) -> &'t str {
        let at = section.as_ptr() as usize - self.rest.as_ptr() as usize;
        self.rest
            .get(at..)
            .unwrap_or("")
            .trim_end_matches(['\r', '\n'])
    }

    /// Returns the line's number if its words are in the host's byte order.
    pub fn swapped(&self) -> Option<usize> {
        let sections = self.sections();
        let first = sections.first()?.split(' ').next()?;
        let swapped = match self.offset {
            // `hexdump`, `od -x` and the like: words after an offset without a colon.
            Offset::Bare(_) => first.len() >= 4 && is_hex(first),
            // `xxd -e`: its letters are in order, its words of 2, 4 or 8 bytes are not.
            Offset::Hex(_) => {
                matches!(first.len(), 4 | 8 | 16)
                    && self.letters_are_swapped(&sections, first.len() / 2)
            }
            _ => false,
        };
        swapped.then_some(self.number)
    }

    fn letters_are_swapped(&self, sections: &[&'t str], word: usize) -> bool {
        let [words, letters @ ..] = sections else {
            return false;
        };
        let (Some(bytes), Some(letters)) = (hex(&[words]), letters.first()) else {
            return false;
        };
        let swapped: Vec<u8> = bytes
            .chunks(word)
            .flat_map(|word| word.iter().rev().copied())
            .collect();
        let letters = self.from(letters);
        letters_match(letters, &swapped) && !letters_match(letters, &bytes)
    }
}

fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Tells what a line's first word is; `None` if it belongs to no dialect.
fn offset<'t>(first: &'t str, rest: &str) -> Option<Offset<'t>> {
    if let Some(digits) = first.strip_suffix(':') {
        let digits = digits.strip_prefix("0x").unwrap_or(digits);
        return is_hex(digits).then_some(Offset::Hex(digits));
    }
    if !is_hex(first) {
        return None;
    }
    let second = rest.split_whitespace().next().unwrap_or("");
    // An offset is longer than the bytes after it; alone, it is the dump's last line.
    let longer = matches!(first.len(), 4..=8) && second.len() < first.len();
    Some(if longer && (second.is_empty() || is_hex(second)) {
        Offset::Bare(first)
    } else {
        Offset::None
    })
}

fn hex(sections: &[&str]) -> Option<Vec<u8>> {
    let digits: String = sections.iter().flat_map(|part| part.split(' ')).collect();
    pairs(&digits)
}

/// Compares as dumps print: a dot for what is no letter. Blanks at the end get lost.
fn letters_match(text: &str, bytes: &[u8]) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let blank = |bytes: &[u8]| bytes.iter().all(|&byte| byte == b' ');
    letters.len() <= bytes.len()
        && blank(&bytes[letters.len()..])
        && letters.iter().zip(bytes).all(|(&letter, &byte)| {
            let printable = (0x20..0x7f).contains(&byte);
            letter == if printable { char::from(byte) } else { '.' }
                // Tools differ about the bytes beyond ASCII.
                || byte >= 0x80
        })
}
