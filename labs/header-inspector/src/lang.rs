//! The two languages that every sentence is written in.

/// The language of what is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    En,
    Ar,
}

impl Lang {
    /// Returns the text of this language out of the pair.
    pub fn pick<T>(self, en: T, ar: T) -> T {
        match self {
            Lang::En => en,
            Lang::Ar => ar,
        }
    }

    /// Wraps a name, number or code, so that a line of Arabic keeps it in one piece.
    pub fn isolate(self, text: impl std::fmt::Display) -> String {
        match self {
            Lang::En => text.to_string(),
            Lang::Ar => format!("\u{2068}{text}\u{2069}"),
        }
    }
}
