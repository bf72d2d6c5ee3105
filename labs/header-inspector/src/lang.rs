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

/// Counts bytes in English.
pub(crate) fn bytes_in_english(count: impl std::fmt::Display) -> String {
    match count.to_string().as_str() {
        "1" => "1 byte".into(),
        count => format!("{count} bytes"),
    }
}

/// Counts bytes in Arabic, where the word for them follows the number's last two digits.
pub(crate) fn bytes_in_arabic(count: impl TryInto<u64>) -> String {
    let count = count.try_into().unwrap_or(u64::MAX);
    let word = match count % 100 {
        3..=10 => "بايتات",
        11..=99 => "بايتًا",
        _ => "بايت",
    };
    format!("\u{2068}{count}\u{2069} {word}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_many() {
        assert_eq!(bytes_in_english(0), "0 bytes");
        assert_eq!(bytes_in_english(1u64), "1 byte");
        assert_eq!(bytes_in_english(11), "11 bytes");
    }

    #[test]
    fn the_word_for_bytes_agrees_with_their_number() {
        assert_eq!(bytes_in_arabic(8u8), "\u{2068}8\u{2069} بايتات");
        assert_eq!(bytes_in_arabic(20u8), "\u{2068}20\u{2069} بايتًا");
        assert_eq!(bytes_in_arabic(1460u16), "\u{2068}1460\u{2069} بايتًا");
        assert_eq!(bytes_in_arabic(103u8), "\u{2068}103\u{2069} بايتات");
        assert_eq!(bytes_in_arabic(200u8), "\u{2068}200\u{2069} بايت");
    }
}
