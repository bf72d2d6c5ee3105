//! Why an input cannot be read at all.

use std::fmt;

use crate::Lang;

/// One sentence in both languages: the place, what was needed, what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    english: String,
    arabic: String,
}

impl InputError {
    pub(super) fn new(english: String, arabic: String) -> InputError {
        InputError { english, arabic }
    }

    /// The system's own words, which exist in its language alone, put after ours.
    pub(super) fn io(name: &str, error: &std::io::Error) -> InputError {
        InputError::new(
            format!("cannot read {name}: {error}"),
            format!("لا يمكن قراءة \u{2068}{name}\u{2069}: \u{2068}{error}\u{2069}"),
        )
    }

    /// Returns the sentence.
    pub fn sentence(&self, lang: Lang) -> &str {
        lang.pick(&self.english, &self.arabic)
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}

impl std::error::Error for InputError {}
