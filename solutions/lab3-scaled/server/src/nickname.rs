//! Who may be called what.
//!
//! A nickname holds letters, marks of Arabic vowels, digits, `_`, `-` and
//! spaces inside. Two people must not look the same, so names are compared
//! without case, tatweel and vowel marks. std cannot fold Unicode's
//! compatibility forms (NFKC), so letters that only look different from an
//! everyday letter are refused instead (after RFC 8266).

use std::ops::RangeInclusive;

use crate::limits;
use crate::line::SENTINEL;

/// Letters that are forms of other letters, and letters that show nothing:
/// superscripts, ligatures, presentation forms, full width, mathematical.
const LOOK_ALIKES: [RangeInclusive<char>; 22] = [
    '\u{aa}'..='\u{aa}',
    '\u{b2}'..='\u{be}',
    '\u{132}'..='\u{133}',
    '\u{149}'..='\u{149}',
    '\u{1c4}'..='\u{1cc}',
    '\u{1f1}'..='\u{1f3}',
    '\u{2b0}'..='\u{2e4}',
    '\u{675}'..='\u{678}',
    '\u{115f}'..='\u{1160}',
    '\u{1d2c}'..='\u{1dbf}',
    '\u{2070}'..='\u{209f}',
    '\u{2100}'..='\u{218f}',
    '\u{2460}'..='\u{24ff}',
    '\u{3131}'..='\u{318e}',
    '\u{3200}'..='\u{33ff}',
    '\u{f900}'..='\u{faff}',
    '\u{fb00}'..='\u{fdff}',
    '\u{fe70}'..='\u{feff}',
    '\u{ff00}'..='\u{ffef}',
    '\u{1d400}'..='\u{1d7ff}',
    '\u{1ee00}'..='\u{1eeff}',
    '\u{1f100}'..='\u{1f1ff}',
];

// TASK 3.5: nicknames.
/// Checks a nickname as it came over the wire.
///
/// # Errors
/// The reason of a refusal, a clause to follow "Nickname refused: ".
pub fn check(bytes: &[u8]) -> Result<String, String> {
    let name = std::str::from_utf8(bytes).map_err(|_| "it is not valid UTF-8".to_string())?;
    if name.trim().is_empty() {
        return Err("it is empty".to_string());
    }
    if name.chars().count() > limits::NICKNAME {
        return Err(format!("it is longer than {} characters", limits::NICKNAME));
    }
    if name.as_bytes() == SENTINEL {
        return Err("it is the word that leaves the room".to_string());
    }
    if name.trim() != name {
        return Err("it begins or ends with a space".to_string());
    }
    match name.chars().find(|character| !is_allowed(*character)) {
        Some(character) => Err(format!("it holds {}", character.escape_unicode())),
        None => Ok(name.to_string()),
    }
}

/// What two nicknames share when a person could take one for the other.
pub fn key(name: &str) -> String {
    let seen = name
        .chars()
        .filter(|it| *it != TATWEEL && !is_vowel_mark(*it));
    seen.flat_map(char::to_lowercase).collect()
}

const TATWEEL: char = '\u{640}';

fn is_allowed(character: char) -> bool {
    let is_sign = matches!(character, '_' | '-' | ' ' | TATWEEL);
    let is_letter = character.is_alphanumeric() || is_vowel_mark(character);
    let looks_alike = LOOK_ALIKES.iter().any(|range| range.contains(&character));
    is_sign || is_letter && !looks_alike
}

fn is_vowel_mark(character: char) -> bool {
    matches!(character, '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

#[cfg(test)]
mod tests {
    use super::{check, key};

    #[test]
    fn names_of_people_are_allowed() {
        for name in [
            "ehab",
            "أمل",
            "أَمَل",
            "Jean-Luc",
            "user_7",
            "أبو نزار",
            "Zoë",
        ] {
            assert_eq!(check(name.as_bytes()), Ok(name.to_string()));
        }
        assert!(check("ا".repeat(32).as_bytes()).is_ok());
    }

    #[test]
    fn what_cannot_be_seen_or_told_apart_is_refused() {
        let long = "ا".repeat(33);
        let bad = [
            "",
            "  ",
            " amal",
            "a\u{1b}[31m",
            "a\tb",
            &long,
            "\u{202e}nimda",
            "amal\0",
            "a:b",
        ];
        for name in bad
            .iter()
            .chain(&["ａmal", "ﺍمل", "a\u{200b}b", "\u{3164}", "x²"])
        {
            assert!(check(name.as_bytes()).is_err(), "{name:?} was allowed");
        }
        assert!(check(b"\xff").is_err());
    }

    #[test]
    fn names_that_look_the_same_share_a_key() {
        assert_eq!(key("Amal"), key("aMAL"));
        assert_eq!(key("أَمَل"), key("أمـــل"));
        assert_ne!(key("أمل"), key("أمال"));
    }
}
