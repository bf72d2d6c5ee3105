//! The language of a story: English, or Arabic with `LAB_LANG=ar`.
//!
//! English is the default because many terminals show Arabic reversed.

use std::sync::OnceLock;

/// A language in which the course speaks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Language {
    English,
    Arabic,
}

static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// The language of this run: the one that was [chosen](speak), else Arabic
/// where `LAB_LANG` begins with `ar`, else English.
pub fn language() -> Language {
    *LANGUAGE.get_or_init(|| match std::env::var("LAB_LANG") {
        Ok(name) if name.starts_with("ar") => Language::Arabic,
        _ => Language::English,
    })
}

/// Chooses the language for this run, if nothing has been said yet.
pub fn speak(language: Language) {
    LANGUAGE.get_or_init(|| language);
}

/// Formats the English or the Arabic text. Both stand side by side in the
/// source, so that one is not changed without the other.
#[macro_export]
macro_rules! say {
    ($english:literal, $arabic:literal $(,)?) => {
        match $crate::language() {
            $crate::Language::English => format!($english),
            $crate::Language::Arabic => format!($arabic),
        }
    };
}
pub(crate) use crate::say;

/// Sets a name, a number or a piece of code apart, so that a right-to-left
/// sentence does not reorder it (Unicode isolates; nothing in English).
pub fn apart(text: impl std::fmt::Display) -> String {
    match language() {
        Language::English => text.to_string(),
        Language::Arabic => format!("\u{2068}{text}\u{2069}"),
    }
}
