//! The sheet a figure is drawn on: coordinates, text, and a record of both.
//!
//! A figure is written once, as if read from left to right. A canvas whose
//! reading is `Flow` turns it around for Arabic; `Wire` never does, because
//! headers and bytes stand as the RFCs print them. Every text is given a width
//! to keep within; what does not fit is kept in `problems` for the tests.

use crate::line::{Direction, Side, element, wrap};
use crate::style::{PAPER, Type};
use crate::width::width;
use crate::words::{Language, Words};

/// Every figure has this width, so that their letters have one size on a page.
pub const WIDTH: f64 = 760.0;
/// Room that a text must leave on each side of its box.
const MARGIN: f64 = 4.0;

/// Which way a figure runs in a right-to-left language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As on the wire: never turned around.
    Wire,
    /// As the language is read.
    Flow,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// An area from its corner and its size.
pub const fn area(x: f64, y: f64, width: f64, height: f64) -> Area {
    Area {
        x,
        y,
        width,
        height,
    }
}

impl Area {
    pub fn middle(self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    pub fn overlaps(self, other: Area) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }
}

/// Where a text stands in its area; `Start` is where reading begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Start,
    Middle,
    End,
}

/// What a text stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ground {
    Open,
    Plate,
}

/// One line of text as it was placed, by estimate.
#[derive(Clone, Debug)]
pub struct Placed {
    pub text: String,
    pub area: Area,
}

pub struct Canvas {
    pub language: Language,
    pub height: f64,
    reading: Reading,
    body: String,
    pub words: Vec<Words>,
    pub placed: Vec<Placed>,
    pub problems: Vec<String>,
}

impl Canvas {
    pub fn new(language: Language, height: f64, reading: Reading) -> Self {
        Canvas {
            language,
            height,
            reading,
            body: String::new(),
            words: Vec::new(),
            placed: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// What was drawn, one element a line.
    pub fn body(&self) -> &str {
        &self.body
    }

    pub fn push(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }

    /// Draws a part of the figure with another reading than the rest: a strip
    /// of bytes in a flow, or a list of remarks under a header.
    pub fn reading(&mut self, reading: Reading, draw: impl FnOnce(&mut Canvas)) {
        let before = std::mem::replace(&mut self.reading, reading);
        draw(self);
        self.reading = before;
    }

    /// True where the figure is turned around.
    pub fn turned(&self) -> bool {
        self.language == Language::Arabic && self.reading == Reading::Flow
    }

    /// A point's place on the sheet.
    pub fn point(&self, (x, y): (f64, f64)) -> (f64, f64) {
        match self.turned() {
            true => (WIDTH - x, y),
            false => (x, y),
        }
    }

    /// An area's place on the sheet.
    pub fn place(&self, area: Area) -> Area {
        match self.turned() {
            true => Area {
                x: WIDTH - area.x - area.width,
                ..area
            },
            false => area,
        }
    }

    /// Sets a label within an area, on as many lines as it needs, centred from
    /// top to bottom.
    pub fn text(&mut self, words: Words, area: Area, align: Align, kind: Type) {
        self.set(words, area, align, kind, Ground::Open);
    }

    /// The same on a white plate, where lines or hatching run below.
    pub fn text_over(&mut self, words: Words, area: Area, align: Align, kind: Type) {
        self.set(words, area, align, kind, Ground::Plate);
    }

    fn set(&mut self, words: Words, area: Area, align: Align, kind: Type, ground: Ground) {
        self.words.push(words);
        let text = words.in_language(self.language);
        // What is the same in both languages is code, and runs as code does.
        let direction = match text == words.english {
            true => Direction::LeftToRight,
            false => Direction::RightToLeft,
        };
        let lines = wrap(text, area.width - 2.0 * MARGIN, kind);
        let step = kind.step();
        let high = step * lines.len() as f64;
        if high > area.height + 0.5 {
            self.problem(text, &format!("{high} high in {}", area.height));
        }
        let top = area.y + (area.height - high) / 2.0;
        for (index, line) in lines.iter().enumerate() {
            let row = Area {
                y: top + step * index as f64,
                height: step,
                ..area
            };
            self.line((line, direction), row, align, kind, ground);
        }
    }

    fn line(
        &mut self,
        (text, direction): (&str, Direction),
        row: Area,
        align: Align,
        kind: Type,
        ground: Ground,
    ) {
        let needed = width(text, kind.size(), kind.weight());
        let room = row.width - 2.0 * MARGIN;
        if needed > room {
            self.problem(text, &format!("{needed:.0} wide in {room:.0}"));
        }
        let row = self.place(row);
        let side = self.side(align);
        let (x, left) = match side {
            Side::Left => (row.x + MARGIN, row.x + MARGIN),
            Side::Middle => (row.x + row.width / 2.0, row.x + (row.width - needed) / 2.0),
            Side::Right => (
                row.x + row.width - MARGIN,
                row.x + row.width - MARGIN - needed,
            ),
        };
        self.placed.push(Placed {
            text: text.to_owned(),
            area: area(left, row.y, needed, row.height),
        });
        if ground == Ground::Plate {
            self.plate(area(left, row.y, needed, row.height));
        }
        let baseline = row.y + row.height / 2.0 + kind.size() * 0.35;
        let way = (side, direction);
        self.push(&element(text, (x, baseline), way, kind));
    }

    fn plate(&mut self, under: Area) {
        let (x, y) = (number(under.x - 3.0), number(under.y));
        let (w, h) = (number(under.width + 6.0), number(under.height));
        self.push(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"4\" fill=\"{PAPER}\"/>"
        ));
    }

    /// Left or right, whichever the reading makes of start and end.
    fn side(&self, align: Align) -> Side {
        match (align, self.turned()) {
            (Align::Middle, _) => Side::Middle,
            (Align::Start, false) | (Align::End, true) => Side::Left,
            (Align::End, false) | (Align::Start, true) => Side::Right,
        }
    }

    fn problem(&mut self, text: &str, what: &str) {
        self.problems
            .push(format!("{}: `{text}` is {what}", self.language.code()));
    }
}

/// A number with at most one decimal, the same on every machine.
pub fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}
