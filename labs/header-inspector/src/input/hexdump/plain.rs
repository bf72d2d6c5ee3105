//! Hex without offsets: bare digits, and the bytes of a C array or an escaped string.

use super::Trouble;

/// Returns the bytes of bare hex digits, however they are set apart.
pub(in super::super) fn digits(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_start_matches('\u{feff}').trim();
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

/// Returns the bytes of a string literal of Python or C, if the text is one: `b'\xd3P\n'`.
pub(super) fn literal(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    let text = text.strip_prefix(['b', 'B']).unwrap_or(text);
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let inside = text.strip_prefix(quote)?.strip_suffix(quote)?;
    if !inside.contains("\\x") {
        return None;
    }
    let mut bytes = Vec::new();
    let mut rest = inside.as_bytes();
    while let [first, behind @ ..] = rest {
        let (byte, length) = match (first, behind) {
            (b'\\', [b'x', high, low, ..]) => ((nibble(*high)? << 4) | nibble(*low)?, 4),
            (b'\\', [escaped, ..]) => (control(*escaped)?, 2),
            (byte, _) if byte.is_ascii() => (*byte, 1),
            _ => return None,
        };
        bytes.push(byte);
        rest = &rest[length..];
    }
    Some(bytes)
}

/// The byte of a short escape, in Python and in C.
fn control(escaped: u8) -> Option<u8> {
    Some(match escaped {
        b'0' => 0,
        b'a' => 7,
        b'b' => 8,
        b't' => b'\t',
        b'n' => b'\n',
        b'v' => 11,
        b'f' => 12,
        b'r' => b'\r',
        b'\\' | b'\'' | b'"' => escaped,
        _ => return None,
    })
}

/// Returns the bytes of a list of numbers, `[69, 0, 60]` in JSON or `{0x45, 0}` in C, if
/// the text is one; `xxd -i` prints such a list.
///
/// # Errors
/// When it is a list, and something in it is no byte.
pub(super) fn list(text: &str) -> Result<Option<Vec<u8>>, Trouble> {
    let is_list = text.trim_start().starts_with(['[', '{']) || text.contains("] = {");
    if !is_list {
        return Ok(None);
    }
    let braces = ['{', '['].into_iter().zip(['}', ']']);
    let inside = braces.filter_map(|(open, close)| {
        let (_, rest) = text.split_once(open)?;
        Some(rest.rsplit_once(close)?.0)
    });
    let Some(inside) = inside.into_iter().find(|inside| inside.contains(',')) else {
        return Ok(None);
    };
    let items = inside
        .split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty());
    let mut bytes = Vec::new();
    for item in items {
        let digits = item.trim_end_matches("u8");
        let number = match digits
            .strip_prefix("0x")
            .or_else(|| digits.strip_prefix("0X"))
        {
            Some(hex) => u8::from_str_radix(hex, 16).ok(),
            None => digits.parse().ok(),
        };
        bytes.push(number.ok_or_else(|| Trouble::Item {
            found: item.chars().take(40).collect(),
        })?);
    }
    Ok((bytes.len() > 1).then_some(bytes))
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
