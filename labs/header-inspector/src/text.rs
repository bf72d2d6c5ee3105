//! Text that came over the wire, made harmless to show.

/// Returns the data as quoted text, if it reads as UTF-8; `""` where it does not.
///
/// Controls and direction marks become escapes, so that what a stranger wrote cannot
/// drive the terminal. A letter cut at the end of the data is left out.
pub fn preview(data: &[u8], most: usize) -> String {
    let Some(text) = readable(data) else {
        return String::new();
    };
    let mut shown = String::from("\"");
    for (i, c) in text.chars().enumerate() {
        if i == most {
            shown.push('…');
            break;
        }
        push(&mut shown, c);
    }
    shown.push('"');
    shown
}

/// Returns the text, if all of it but a letter cut at either end is UTF-8.
fn readable(data: &[u8]) -> Option<&str> {
    // A segment may begin in the middle of a letter that the one before began.
    let start = data
        .iter()
        .take(3)
        .take_while(|&&byte| byte & 0xc0 == 0x80)
        .count();
    let data = &data[start..];
    match std::str::from_utf8(data) {
        Ok("") => None,
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&data[..error.valid_up_to()]).ok()
        }
        Err(_) => None,
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
