//! Loose bytes: hex digits that somebody pasted, in one of the dialects of hexdumps.

use super::{Each, InputError, Note};
use crate::frame::{Frame, Link};

/// What the user says that loose bytes begin with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum From {
    /// Nothing was said: guess, and tell the guess.
    #[default]
    Guess,
    Ethernet,
    Ip,
    Tcp,
}

/// One or more frames in memory.
#[derive(Clone, Debug)]
pub struct LooseBytes {
    frames: Vec<Vec<u8>>,
    from: From,
}

impl LooseBytes {
    /// Takes an argument for hex digits; `None` if it is anything else.
    pub(super) fn from_digits(text: &str, from: From) -> Option<LooseBytes> {
        let digits: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, ':' | '-' | ',' | '.'))
            .collect();
        let bytes = pairs(digits.strip_prefix("0x").unwrap_or(&digits))?;
        Some(LooseBytes {
            frames: vec![bytes],
            from,
        })
    }

    /// Takes a text for a hexdump.
    pub(super) fn from_text(text: &str, name: &str, from: From) -> Result<LooseBytes, InputError> {
        LooseBytes::from_digits(text, from).ok_or_else(|| {
            InputError::new(
                format!("{name} is text, but no hexdump"),
                format!("الملف \u{2068}{name}\u{2069} نص، وليس بايتات بالأرقام الست عشرية"),
            )
        })
    }

    pub(super) fn read(self, each: &mut Each) -> Vec<Note> {
        let mut notes = Vec::new();
        for (number, bytes) in (1..).zip(&self.frames) {
            let (link, why) = match self.from {
                From::Guess => guess(bytes),
                From::Ethernet => (Link::Ethernet, ""),
                From::Ip => (Link::Ip, ""),
                From::Tcp => (Link::Tcp, ""),
            };
            if self.from == From::Guess {
                notes.push(Note::Guessed { link, why });
            }
            let frame = Frame {
                number,
                time: None,
                len: bytes.len(),
                link,
                bytes,
            };
            if each(frame).is_break() {
                break;
            }
        }
        notes
    }
}

fn pairs(digits: &str) -> Option<Vec<u8>> {
    if digits.is_empty() || digits.len() % 2 == 1 || !digits.is_ascii() {
        return None;
    }
    digits
        .as_bytes()
        .chunks_exact(2)
        .map(|pair| Some((nibble(pair[0])? << 4) | nibble(pair[1])?))
        .collect()
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

fn guess(bytes: &[u8]) -> (Link, &'static str) {
    match bytes.first().map(|byte| byte >> 4) {
        Some(4 | 6) => (Link::Ip, "the first nibble is an IP version"),
        _ => (Link::Tcp, "nothing else fits"),
    }
}
