//! Loose bytes: hex digits that somebody pasted, in one of the dialects of hexdumps.

use super::guess::guess;
use super::{InputError, Note, Reader, hexdump};
use crate::frame::{Frame, Link};

/// What the user says that loose bytes begin with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum From {
    /// Nothing was said: guess, and tell the guess.
    #[default]
    Guess,
    Ethernet,
    Ip,
    /// The loopback header of BSD and macOS.
    Null,
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
        let frames = vec![hexdump::digits(text)?];
        Some(LooseBytes { frames, from })
    }

    /// Takes a text for a hexdump.
    pub(super) fn from_text(text: &str, name: &str, from: From) -> Result<LooseBytes, InputError> {
        let frames = hexdump::parse(text).map_err(|trouble| trouble.error(name))?;
        Ok(LooseBytes { frames, from })
    }

    pub(super) fn read(self, reader: &mut dyn Reader) -> Vec<Note> {
        let mut notes = Vec::new();
        for (number, bytes) in (1..).zip(&self.frames) {
            let link = match self.from {
                From::Guess => {
                    let guessed = guess(bytes);
                    let note = match guessed {
                        Some((link, why)) => Note::Guessed { link, why },
                        None => Note::Unrecognised { frame: number },
                    };
                    let is_told = |told: &Note| {
                        *told == note
                            || matches!(
                                (told, &note),
                                (Note::Unrecognised { .. }, Note::Unrecognised { .. })
                            )
                    };
                    if !notes.iter().any(is_told) {
                        notes.push(note);
                    }
                    let Some((link, _)) = guessed else { continue };
                    link
                }
                From::Ethernet => Link::Ethernet,
                From::Ip => Link::Ip,
                From::Null => Link::Null,
                From::Tcp => Link::Tcp,
            };
            let frame = Frame {
                number,
                time: None,
                len: bytes.len(),
                link,
                bytes,
            };
            if reader.frame(frame).is_break() {
                break;
            }
        }
        notes
    }
}
