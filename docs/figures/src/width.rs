//! How wide a text will be, estimated from above.
//!
//! Nobody knows which font a reader has, so each letter counts as wide as the
//! widest of Vazirmatn, Noto Naskh Arabic and DejaVu Sans draws it. An Arabic
//! letter has two widths: joined to the next one, and at the end of a run.

use crate::words::{Span, is_arabic, spans};

/// Every glyph of DejaVu Sans Mono and Courier New, in parts of the font size.
const MONOSPACE: f64 = 0.61;
/// Code stands a little smaller than the prose around it.
pub const CODE_SCALE: f64 = 0.93;
/// Bold faces are wider than regular ones by this much at most.
const BOLD: f64 = 1.2;
/// For a letter that no table below knows.
const UNKNOWN: f64 = 1.0;

/// Letters, their width when joined to the next one, their width at the end.
const ARABIC: &[(&str, f64, f64)] = &[
    ("اأإآ", 0.30, 0.30),
    ("ء", 0.47, 0.47),
    ("ؤو", 0.52, 0.52),
    ("ةه", 0.69, 0.54),
    ("دذ", 0.53, 0.53),
    ("رز", 0.55, 0.55),
    ("بتث", 0.36, 0.98),
    ("ئىي", 0.36, 0.83),
    ("ن", 0.34, 0.76),
    ("جحخ", 0.68, 0.69),
    ("سش", 0.89, 1.27),
    ("صض", 0.87, 1.27),
    ("طظ", 0.82, 0.95),
    ("عغ", 0.60, 0.62),
    ("ف", 0.51, 1.04),
    ("ق", 0.51, 0.83),
    ("ك", 0.55, 0.91),
    ("ل", 0.33, 0.76),
    ("م", 0.58, 0.67),
];

/// Latin letters, digits and signs by width.
const LATIN: &[(&str, f64)] = &[
    ("ijlIJ'", 0.29),
    (" ,.|:;/\\،؛", 0.34),
    ("tf-()[]!r", 0.41),
    ("szc\"*^_`?؟", 0.55),
    ("aebdghknopquvxyLFPTEYSZAXVKRBC", 0.70),
    ("0123456789${}«»·", 0.64),
    ("GDHNUOQ", 0.79),
    ("wMm#+<=>~&", 0.97),
];

/// The width of a label set at `size`, in the same unit.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let prose = match weight {
        Weight::Regular => 1.0,
        Weight::Bold => BOLD,
    };
    let ems: f64 = spans(text)
        .into_iter()
        .map(|span| match span {
            Span::Prose(part) => prose_width(part) * prose,
            Span::Code(part) => code_width(part) * CODE_SCALE,
        })
        .sum();
    ems * size
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

fn code_width(text: &str) -> f64 {
    // Arabic in a monospace font falls back to another one: count it as prose.
    if text.chars().any(is_arabic) {
        return prose_width(text);
    }
    text.chars().count() as f64 * MONOSPACE
}

fn prose_width(text: &str) -> f64 {
    let letters: Vec<char> = text.chars().filter(|&c| !is_mark(c)).collect();
    (0..letters.len())
        .map(|at| letter_width(letters[at], letters.get(at + 1).copied()))
        .sum()
}

fn letter_width(letter: char, next: Option<char>) -> f64 {
    let latin = LATIN.iter().find(|(set, _)| set.contains(letter));
    let arabic = ARABIC.iter().find(|(set, ..)| set.contains(letter));
    match (arabic, latin) {
        (Some(&(_, joined, _)), _) if next.is_some_and(is_arabic) => joined,
        (Some(&(_, _, end)), _) => end,
        (None, Some(&(_, width))) => width,
        (None, None) => UNKNOWN,
    }
}

/// Harakat and shadda stand above or below a letter and take no room.
fn is_mark(letter: char) -> bool {
    ('\u{064b}'..='\u{0652}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Measured with HarfBuzz in the widest of the three fonts.
    const MEASURED: [(&str, f64); 3] = [
        ("أحد الخيوط يقرأ من لوحة المفاتيح", 14.06),
        ("الرقم المتسلسل", 6.93),
        ("منفذ الوجهة", 4.90),
    ];

    #[test]
    fn the_estimate_is_above_the_widest_font_but_not_wildly() {
        for (text, measured) in MEASURED {
            let estimate = width(text, 1.0, Weight::Regular);
            assert!(
                (measured..measured * 1.25).contains(&estimate),
                "{text}: measured {measured}, estimated {estimate}"
            );
        }
    }

    #[test]
    fn code_is_counted_by_the_letter() {
        let four = width("`read`", 10.0, Weight::Regular);
        let eight = width("`readread`", 10.0, Weight::Regular);
        assert!((eight - 2.0 * four).abs() < 1e-9);
    }
}
