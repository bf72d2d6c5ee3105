//! A label in both languages, and the code words inside it.
//!
//! A label cannot exist in one language alone: `words` asks for both. A part
//! between back quotes is code (`` `read` waits ``): it is set in the monospace
//! font, reads left to right in either language, and is the same in both.

/// The two languages of the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    Arabic,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::English, Language::Arabic];

    /// The code used in file names and in `lang` attributes.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Arabic => "ar",
        }
    }
}

/// One label, in English and in Arabic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    pub english: &'static str,
    pub arabic: &'static str,
}

/// A label that is translated.
pub const fn words(english: &'static str, arabic: &'static str) -> Words {
    Words { english, arabic }
}

/// A label that is the same in both languages: code, a number, bytes.
pub const fn same(text: &'static str) -> Words {
    Words {
        english: text,
        arabic: text,
    }
}

impl Words {
    pub fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::Arabic => self.arabic,
        }
    }

    /// What is wrong with this pair, if anything, in one sentence.
    pub fn trouble(self) -> Option<String> {
        let Words { english, arabic } = self;
        if english.trim().is_empty() || arabic.trim().is_empty() {
            return Some(format!("a label lacks a language: {self:?}"));
        }
        if english == arabic {
            return None;
        }
        if english.chars().any(is_arabic) || !arabic.chars().any(is_arabic) {
            return Some(format!("a label is in the wrong language: {self:?}"));
        }
        (code_words(english) != code_words(arabic))
            .then(|| format!("the code words of a label differ: {self:?}"))
    }
}

/// A stretch of a label: prose, or code between back quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span<'a> {
    Prose(&'a str),
    Code(&'a str),
}

/// Cuts a label into prose and code.
pub fn spans(text: &str) -> Vec<Span<'_>> {
    text.split('`')
        .enumerate()
        .filter(|(_, part)| !part.is_empty())
        .map(|(index, part)| match index % 2 {
            0 => Span::Prose(part),
            _ => Span::Code(part),
        })
        .collect()
}

/// True for a letter of the Arabic block.
pub fn is_arabic(letter: char) -> bool {
    ('\u{0621}'..='\u{064a}').contains(&letter)
}

fn code_words(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = spans(text)
        .into_iter()
        .filter_map(|span| match span {
            Span::Code(code) => Some(code),
            Span::Prose(_) => None,
        })
        .collect();
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_cut_at_its_back_quotes() {
        let cut = spans("`read` waits");
        assert_eq!(cut, [Span::Code("read"), Span::Prose(" waits")]);
    }

    #[test]
    fn a_label_that_lacks_a_language_is_named() {
        assert!(words("port", "").trouble().is_some());
        assert!(words("port", "port number").trouble().is_some());
        assert!(words("منفذ", "منفذ آخر").trouble().is_some());
        assert!(words("`read` waits", "ينتظر `write`").trouble().is_some());
        assert_eq!(words("`read` waits", "ينتظر `read`").trouble(), None);
        assert_eq!(same("55555").trouble(), None);
    }
}
