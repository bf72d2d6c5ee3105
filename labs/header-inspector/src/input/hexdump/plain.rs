//! Hex without offsets: bare digits, and the bytes of a C array or an escaped string.

use super::Trouble;

/// Returns the bytes of bare hex digits, however they are set apart.
pub(in super::super) fn digits(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    let text = text.strip_prefix("0x").unwrap_or(text);
    let digits: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ':' | '-' | ',' | '.'))
        .collect();
    pairs(&digits)
}

/// Returns the bytes that pairs of hex digits stand for.
pub(super) fn pairs(digits: &str) -> Option<Vec<u8>> {
    if digits.is_empty() || digits.len() % 2 == 1 {
        return None;
    }
    digits
        .as_bytes()
        .chunks_exact(2)
        .map(|pair| Some((nibble(pair[0])? << 4) | nibble(pair[1])?))
        .collect()
}

fn nibble(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

/// Returns the bytes of `0x45, 0x00` or `\x45\x00`, if the text is of that kind.
pub(super) fn escaped(text: &str) -> Option<Vec<u8>> {
    let mark = if text.contains("\\x") { "\\x" } else { "0x" };
    let mut bytes = Vec::new();
    let mut parts = text.split(mark);
    parts.next()?;
    for part in parts {
        let digits: String = part.chars().take_while(char::is_ascii_hexdigit).collect();
        // Longer ones are the offsets of tcpdump.
        if digits.is_empty() || digits.len() > 2 {
            return None;
        }
        bytes.push(u8::from_str_radix(&digits, 16).ok()?);
    }
    (bytes.len() > 1).then_some(bytes)
}

/// Returns the bytes of a text without offsets, naming the first line that has none.
pub(super) fn lines(text: &str) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let found = digits(line).ok_or_else(|| match bytes.is_empty() {
            true => Trouble::NoDigits,
            false => Trouble::Digits {
                line: i + 1,
                found: line.chars().take(40).collect(),
            },
        })?;
        bytes.extend(found);
    }
    match bytes.is_empty() {
        true => Err(Trouble::NoDigits),
        false => Ok(bytes),
    }
}
