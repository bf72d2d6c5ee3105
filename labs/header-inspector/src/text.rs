//! Text that came over the wire, made harmless to show.

/// Returns the data as quoted text, if it reads as UTF-8; `""` where it does not.
///
/// Controls and direction marks become escapes, so that what a stranger wrote cannot
/// drive the terminal. A letter that the segment's edge cuts is shown as its bytes.
pub fn preview(data: &[u8], most: usize) -> String {
    let Some((before, text, after)) = readable(data) else {
        return String::new();
    };
    let mut shown = String::from("\"");
    raw(&mut shown, before);
    for (i, c) in text.chars().enumerate() {
        if i == most {
            shown.push_str("…\"");
            return shown;
        }
        push(&mut shown, c);
    }
    raw(&mut shown, after);
    shown.push('"');
    shown
}

/// Splits the data into the rest of a letter that the segment before began, text, and
/// the beginning of one that the next segment ends.
fn readable(data: &[u8]) -> Option<(&[u8], &str, &[u8])> {
    let rest = data.iter().take(3).take_while(|&&byte| byte & 0xc0 == 0x80);
    let (before, data) = data.split_at(rest.count());
    let whole = match std::str::from_utf8(data) {
        Ok(_) => data.len(),
        // An unexpected end is a cut letter, anything else no text.
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        Err(_) => return None,
    };
    let (text, after) = data.split_at(whole);
    let text = std::str::from_utf8(text)
        .ok()
        .filter(|text| !text.is_empty())?;
    Some((before, text, after))
}

fn raw(shown: &mut String, bytes: &[u8]) {
    for byte in bytes {
        shown.push_str(&format!("\\x{byte:02x}"));
    }
}

fn push(shown: &mut String, c: char) {
    match c {
        '"' | '\\' | '\n' | '\r' | '\t' => shown.extend(c.escape_default()),
        c if c.is_control() || is_direction(c) => shown.extend(c.escape_unicode()),
        c => shown.push(c),
    }
}

/// Tells the marks that turn the direction of the text around them.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::preview;

    #[test]
    fn text_is_quoted_and_its_line_ends_are_seen() {
        assert_eq!(preview(b"one\ntwo\r\n", 60), r#""one\ntwo\r\n""#);
    }

    #[test]
    fn a_letter_cut_in_half_is_shown_as_its_bytes() {
        let (first, second) = "أهلا".as_bytes().split_at(5);
        assert_eq!(preview(first, 60), r#""أه\xd9""#);
        assert_eq!(preview(second, 60), r#""\x84ا""#);
    }

    #[test]
    fn nothing_that_drives_a_terminal_is_left() {
        let shown = preview("\u{1b}[31mred\u{202e}\u{7}".as_bytes(), 60);
        assert_eq!(shown, r#""\u{1b}[31mred\u{202e}\u{7}""#);
    }

    #[test]
    fn bytes_that_are_no_text_are_not_shown() {
        assert_eq!(preview(&[0x61, 0xff, 0x62], 60), "");
        assert_eq!(preview(b"", 60), "");
    }

    #[test]
    fn long_text_ends_in_dots() {
        assert_eq!(preview(b"abcdef", 3), "\"abc…\"");
    }
}
