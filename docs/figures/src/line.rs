//! One line of text: where a label is broken, and how a line is written so that
//! Arabic runs right to left with its code words whole.

use crate::canvas::number;
use crate::document::escape;
use crate::style::Type;
use crate::width::width;
use crate::words::{Span, spans};

/// Where a line is held.
#[derive(Clone, Copy)]
pub enum Side {
    Left,
    Middle,
    Right,
}

/// Which way a line of text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

/// The SVG element of one line held at a point.
pub fn element(
    text: &str,
    (x, y): (f64, f64),
    (side, direction): (Side, Direction),
    kind: Type,
) -> String {
    let right_to_left = direction == Direction::RightToLeft;
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
        "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" \
         text-anchor=\"{anchor}\"{direction}>{mark}{content}</text>"
    )
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

/// Breaks a label at spaces (never inside code) into as few lines as fit, and
/// makes those lines about equally long.
pub fn wrap(text: &str, room: f64, kind: Type) -> Vec<String> {
    let mut lines = fill(text, room, kind);
    let mut narrower = room * 0.96;
    while narrower > room * 0.4 {
        let tighter = fill(text, narrower, kind);
        if tighter.len() > lines.len() || !all_fit(&tighter, narrower, kind) {
            break;
        }
        lines = tighter;
        narrower -= room * 0.04;
    }
    lines
}

fn all_fit(lines: &[String], room: f64, kind: Type) -> bool {
    let fits = |line: &String| width(line, kind.size(), kind.weight()) <= room;
    lines.len() > 1 && lines.iter().all(fits)
}

fn fill(text: &str, room: f64, kind: Type) -> Vec<String> {
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
        let way = (Side::Right, Direction::RightToLeft);
        let line = element("`read` ينتظر", (0.0, 0.0), way, Type::Body);
        assert!(
            line.contains("text-anchor=\"start\" direction=\"rtl\""),
            "{line}"
        );
        assert!(line.contains(">&#8207;<tspan"), "{line}");
    }
}
