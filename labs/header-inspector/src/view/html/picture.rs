//! The picture of a header: rows of 32 bits, a cell a field, as in RFC 9293 §3.1.

use super::article::{Pair, key};
use super::markup::Markup;
use crate::Segment;
use crate::tcp::TcpHeader;
use crate::text::preview;

const ROW: usize = 32;
/// Characters of data shown below the header.
const SHOWN: usize = 60;

/// Writes the picture; the cells are laid out by the fields' bytes and bits.
pub(super) fn write(page: &mut Markup, segment: &Segment, fields: &[Pair]) {
    page.raw("<div class=\"scroll\"><div class=\"diagram\">\n");
    for bit in 0..ROW {
        page.raw(&format!("<span class=\"bit\">{bit}</span>"));
    }
    page.raw("\n");
    let mut at = 0;
    for (index, pair) in fields.iter().enumerate() {
        let bits = bits(segment, pair);
        gap(page, at, bits.start);
        if pair.en.name == "payload" {
            gap(page, bits.start, bits.start.next_multiple_of(ROW));
            data(page, segment, pair, &key(fields, index));
        } else {
            cells(page, pair, &key(fields, index), bits.clone());
        }
        at = bits.end;
    }
    // Where no data follows, padding or a cut field is the picture's end.
    let header = TcpHeader::SIZE + segment.options.len();
    gap(page, at, 8 * header.min(segment.bytes().len()));
    page.raw("</div></div>\n");
}

/// Returns a field's bits, counted from the header's first.
fn bits(segment: &Segment, pair: &Pair) -> std::ops::Range<usize> {
    let bytes = &pair.en.bytes;
    let start = 8 * (bytes.start - segment.offset());
    match &pair.en.bits {
        Some(bits) => start + usize::from(bits.start)..start + usize::from(bits.end),
        None => start..start + 8 * bytes.len(),
    }
}

/// Cuts a field where rows end; its longest part bears the name.
fn cells(page: &mut Markup, pair: &Pair, key: &str, bits: std::ops::Range<usize>) {
    let parts: Vec<_> = rows(bits).collect();
    let longest = parts.iter().map(|part| part.len()).max().unwrap_or(0);
    let mut named = false;
    for part in parts {
        let width = part.len();
        let class = match (width, pair.en.value.as_str()) {
            (1, "1") => "cell narrow set",
            (1, _) => "cell narrow",
            _ => "cell",
        };
        page.raw(&format!(
            "<button type=\"button\" class=\"{class}\" data-field=\"{key}\" style=\"grid-column:span {width}\">"
        ));
        if width == longest && !named {
            named = true;
            label(page, pair, width);
        } else {
            page.raw("…");
        }
        page.raw("</button>");
    }
    page.raw("\n");
}

fn rows(bits: std::ops::Range<usize>) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut at = bits.start;
    std::iter::from_fn(move || {
        let end = (at / ROW * ROW + ROW).min(bits.end);
        let part = at..end;
        at = end;
        (!part.is_empty()).then_some(part)
    })
}

fn label(page: &mut Markup, pair: &Pair, width: usize) {
    page.raw("<span class=\"name\">");
    match width {
        // One bit has room for the letters of a flag, one below the other.
        1 => page.text(&pair.en.name.replace("_flag", "").to_uppercase()),
        _ => page.both(&pair.en.title, &pair.ar.title),
    }
    page.raw("</span><span class=\"value\">");
    page.text(&pair.en.value);
    page.raw("</span>");
}

fn data(page: &mut Markup, segment: &Segment, pair: &Pair, key: &str) {
    page.raw(&format!(
        "<button type=\"button\" class=\"cell data\" data-field=\"{key}\" style=\"grid-column:span {ROW}\"><span class=\"name\">"
    ));
    page.both(&pair.en.title, &pair.ar.title);
    page.raw("</span><bdi class=\"value\">");
    page.text(&preview(segment.payload, SHOWN));
    page.raw("</bdi></button>\n");
}

/// Fills bits that no field has: padding behind the End of Option List.
fn gap(page: &mut Markup, from: usize, to: usize) {
    for part in rows(from..to.max(from)) {
        let width = part.len();
        page.raw(&format!(
            "<span class=\"gap\" style=\"grid-column:span {width}\"></span>"
        ));
    }
}
