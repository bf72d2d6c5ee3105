//! What others wrote, made harmless for the terminal.
//!
//! A terminal obeys what it prints: an escape sequence clears the screen or sets the
//! window's title, a carriage return overwrites the line, and a direction override
//! turns `nimda` into `admin`. All of that is shown as what it is, `\u{1b}`.

/// Returns `text` as it may be printed in one line.
pub fn harmless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if drives_a_terminal(letter) {
            shown.extend(letter.escape_unicode());
        } else {
            shown.push(letter);
        }
    }
    shown
}

/// Control characters (C0 but the tab, DEL, C1) and direction controls. The joiners
/// U+200C and U+200D, which Persian and emoji need, are neither.
fn drives_a_terminal(letter: char) -> bool {
    let turns_the_line = matches!(
        letter,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    turns_the_line || (letter.is_control() && letter != '\t')
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn ordinary_text_stays_as_it_is() {
        let arabic = "\u{623}\u{645}\u{644}: \u{645}\u{64e}\u{631}\u{62d}\u{628}\u{627}";
        let joined = "\u{645}\u{6cc}\u{200c}\u{634}\u{648}\u{62f} \u{1f468}\u{200d}\u{1f4bb}";
        for text in ["amal: hi\t~ {}\\", arabic, joined, ""] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn every_control_character_but_the_tab_is_shown_as_its_number() {
        let controls = ('\0'..'\u{a0}').filter(|letter| letter.is_control());
        for control in controls.filter(|letter| *letter != '\t') {
            let shown = harmless(&format!("a{control}[2Jb"));
            assert_eq!(shown, format!("a\\u{{{:x}}}[2Jb", control as u32));
        }
    }

    #[test]
    fn every_direction_control_is_shown_as_its_number() {
        let marks = ['\u{61c}', '\u{200e}', '\u{200f}'];
        let pairs = ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}');
        for control in marks.into_iter().chain(pairs) {
            let shown = format!("\\u{{{:x}}}nimda", control as u32);
            assert_eq!(harmless(&format!("{control}nimda")), shown);
        }
    }
}
