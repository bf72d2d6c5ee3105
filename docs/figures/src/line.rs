//! One line of text: where a label is broken, and how a line is written so that
//! Arabic runs right to left with its code words whole.

use crate::canvas::number;
use crate::document::escape;
use crate::style::Type;
use crate::width::width;
use crate::words::{Span, is_arabic, spans};

/// Where a line is held.
#[derive(Clone, Copy)]
pub enum Side {
    Left,
    Middle,
    Right,
}

/// The SVG element of one line held at a point.
pub fn element(text: &str, (x, y): (f64, f64), side: Side, kind: Type, halo: &str) -> String {
    let right_to_left = text.chars().any(is_arabic) && !is_all_code(text);
    let anchor = match (side, right_to_left) {
        (Side::Middle, _) => "middle",
        (Side::Left, false) | (Side::Right, true) => "start",
        (Side::Right, false) | (Side::Left, true) => "end",
    };
    let direction = match right_to_left {
        true => " direction=\"rtl\" unicode-bidi=\"embed\"",
        false => "",
    };
    let class = kind.class();
    let (x, y) = (number(x), number(y));
    let content: String = spans(text).into_iter().map(markup).collect();
    // A line anchors where its first letter's direction says: when that letter
    // is code, a mark keeps the line right to left.
    let mark = match right_to_left && text.starts_with('`') {
        true => "&#8207;",
        false => "",
    };
    format!(
        "<text class=\"{class}{halo}\" x=\"{x}\" y=\"{y}\" \
         text-anchor=\"{anchor}\"{direction}>{mark}{content}</text>"
    )
}

fn is_all_code(text: &str) -> bool {
    !spans(text)
        .iter()
        .any(|span| matches!(span, Span::Prose(part) if part.chars().any(is_arabic)))
}

fn markup(span: Span) -> String {
    match span {
        Span::Prose(part) => escape(part),
        Span::Code(part) => format!(
            "<tspan class=\"code\" direction=\"ltr\" unicode-bidi=\"isolate\">{}</tspan>",
            escape(part)
        ),
    }
}

/// Breaks a label at spaces (never inside code) into lines that fit.
pub fn wrap(text: &str, room: f64, kind: Type) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in pieces(text) {
        let longer = match lines.last() {
            Some(line) => format!("{line} {word}"),
            None => word.clone(),
        };
        match lines.last_mut() {
            Some(line) if width(&longer, kind.size(), kind.weight()) <= room => *line = longer,
            _ => lines.push(word),
        }
    }
    lines
}

/// The words of a label; a stretch of code with spaces in it is one word.
fn pieces(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut in_code = false;
    for letter in text.chars() {
        in_code ^= letter == '`';
        match words.last_mut() {
            Some(word) if letter != ' ' || in_code => word.push(letter),
            _ => words.push(String::new()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_never_broken_across_lines() {
        let lines = wrap("one `two three` four", 20.0, Type::Body);
        assert_eq!(lines, ["one", "`two three`", "four"]);
    }

    #[test]
    fn an_arabic_line_that_begins_with_code_is_kept_right_to_left() {
        let line = element("`read` ينتظر", (0.0, 0.0), Side::Right, Type::Body, "");
        assert!(
            line.contains("text-anchor=\"start\" direction=\"rtl\""),
            "{line}"
        );
        assert!(line.contains(">&#8207;<tspan"), "{line}");
    }
}
