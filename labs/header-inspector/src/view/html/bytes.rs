//! The bytes of a frame, each stretch marked with the fields that it holds.

use std::fmt::Write;

use super::article::{Pair, key};
use super::markup::Markup;
use crate::Segment;

const ROW: usize = 16;
/// Bytes shown of a segment; the rest would be data only.
const MAX_BYTES: usize = 512;
/// Bytes before the TCP header that are shown as well: link and IP, seldom a tunnel.
const MAX_BEFORE: usize = 128;

pub(super) fn write(page: &mut Markup, segment: &Segment, fields: &[Pair]) {
    let bytes = segment.frame.bytes;
    let tcp = segment.offset();
    let start = if tcp <= MAX_BEFORE {
        0
    } else {
        tcp / ROW * ROW
    };
    let end = bytes.len().min(tcp + MAX_BYTES);
    page.raw("<div class=\"scroll\"><pre class=\"hex\">");
    for at in (start..end).step_by(ROW) {
        let row = at..end.min(at + ROW);
        page.raw(&format!("<span class=\"at\">{at:04x}</span>  "));
        hex(page, bytes, &row, fields);
        page.raw(&"   ".repeat(ROW - row.len()));
        page.raw("  ");
        page.text(&letters(&bytes[row]));
        page.raw("\n");
    }
    page.raw("</pre></div>\n");
    if end < bytes.len() {
        let more = bytes.len() - end;
        page.raw("<p class=\"rfc\">");
        page.both(
            &format!("{more} more bytes are not shown."),
            &format!("بايتات أخرى غير معروضة، وعددها \u{2068}{more}\u{2069}."),
        );
        page.raw("</p>\n");
    }
}

/// Writes a row's digits; neighbours that hold the same fields share one mark.
fn hex(page: &mut Markup, bytes: &[u8], row: &std::ops::Range<usize>, fields: &[Pair]) {
    let mut at = row.start;
    while at < row.end {
        let names = names(fields, at);
        let length = (at..row.end)
            .take_while(|&next| self::names(fields, next) == names)
            .count();
        let mut digits = String::new();
        for byte in &bytes[at..at + length] {
            // Writing into memory cannot fail.
            let _ = write!(digits, "{byte:02x} ");
        }
        let digits = digits.trim_end();
        match names.is_empty() {
            true => page.raw(&format!("<span class=\"before\">{digits}</span> ")),
            false => page.raw(&format!("<span data-field=\"{names}\">{digits}</span> ")),
        }
        at += length;
    }
}

/// Returns the keys of all fields that have bits in this byte.
fn names(fields: &[Pair], at: usize) -> String {
    let keys: Vec<String> = (0..fields.len())
        .filter(|&index| fields[index].en.bytes.contains(&at))
        .map(|index| key(fields, index))
        .collect();
    keys.join(" ")
}

fn letters(bytes: &[u8]) -> String {
    let letter = |&byte: &u8| match byte {
        b' '..=b'~' => char::from(byte),
        _ => '.',
    };
    bytes.iter().map(letter).collect()
}
