//! One field of a header, explained.

use std::ops::Range;

/// What a field holds, where, and what that means in this segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name that the JSON uses.
    pub name: &'static str,
    /// The name that people use, in the language asked for.
    pub title: String,
    /// Its bytes in the frame.
    pub bytes: Range<usize>,
    /// Its bits in those bytes, counted from the most significant; all of them if `None`.
    pub bits: Option<Range<u8>>,
    pub value: String,
    /// What the value means here: sentences.
    pub meaning: String,
    pub rfc: &'static str,
    /// Where the paper says otherwise, and what is right.
    pub paper: Option<&'static str>,
}

impl Field {
    pub(super) fn new(name: &'static str, title: String, bytes: Range<usize>) -> Field {
        Field {
            name,
            title,
            bytes,
            bits: None,
            value: String::new(),
            meaning: String::new(),
            rfc: "RFC 9293 §3.1",
            paper: None,
        }
    }

    pub(super) fn bits(self, bits: Range<u8>) -> Field {
        Field {
            bits: Some(bits),
            ..self
        }
    }

    pub(super) fn value(self, value: impl std::fmt::Display) -> Field {
        Field {
            value: value.to_string(),
            ..self
        }
    }

    pub(super) fn meaning(self, meaning: String) -> Field {
        Field { meaning, ..self }
    }

    pub(super) fn rfc(self, rfc: &'static str) -> Field {
        Field { rfc, ..self }
    }

    pub(super) fn paper(self, paper: &'static str) -> Field {
        Field {
            paper: Some(paper),
            ..self
        }
    }
}
