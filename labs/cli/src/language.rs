//! The language of help and usage errors.

/// English, or Arabic where `LAB_LANG` begins with `ar`. English is the default
/// because many terminals show Arabic reversed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    Arabic,
}

impl Language {
    /// The language that `LAB_LANG` asks for.
    pub fn from_environment() -> Language {
        match std::env::var("LAB_LANG") {
            Ok(name) if name.starts_with("ar") => Language::Arabic,
            _ => Language::English,
        }
    }

    /// Whether this paragraph is written in the language: Arabic has an Arabic letter.
    pub(crate) fn owns(self, paragraph: &str) -> bool {
        let has_arabic = paragraph
            .chars()
            .any(|letter| ('\u{620}'..='\u{64a}').contains(&letter));
        has_arabic == (self == Language::Arabic)
    }
}

/// Isolates a name, number or code, so that a right-to-left sentence does not
/// reorder it (Unicode FSI and PDI).
pub(crate) fn isolate(text: impl std::fmt::Display) -> String {
    format!("\u{2068}{text}\u{2069}")
}
