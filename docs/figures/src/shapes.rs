//! The figures' vocabulary: programs, threads, queues, sockets, arrows.

use crate::canvas::{Align, Area, Canvas, area, number};
use crate::style::{self, Type};
use crate::words::{Words, same};

/// What a box stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Client,
    Server,
    Kernel,
    Plain,
    /// Something that waits or is full.
    Hatched,
    Dotted,
    Alert,
}

impl Look {
    fn paint(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Look::Client => (style::CLIENT_FILL, style::CLIENT, "1.6"),
            Look::Server => (style::SERVER_FILL, style::SERVER, "2.8"),
            Look::Kernel => (style::KERNEL_FILL, style::SOFT, "1.4"),
            Look::Plain => (style::PAPER, style::INK, "1.4"),
            Look::Hatched => ("url(#hatch)", style::INK, "1.4"),
            Look::Dotted => ("url(#dots)", style::INK, "1.4"),
            Look::Alert => (style::PAPER, style::ALERT, "2.4"),
        }
    }
}

/// What an arrow carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Bytes: a full line, a full head.
    Data,
    /// Word about data, or what happens in time: dashes, an open head.
    Control,
    /// The way of bytes up to where an arrow takes them on.
    Stem,
    /// No head, thin.
    Hair,
    /// What is cut off or refused.
    Alert,
}

impl Canvas {
    /// A box of one look with round corners.
    pub fn block(&mut self, at: Area, look: Look, round: f64) {
        let at = self.place(at);
        let (fill, stroke, weight) = look.paint();
        let (x, y) = (number(at.x), number(at.y));
        let (w, h, r) = (number(at.width), number(at.height), number(round));
        self.push(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{r}\" \
             fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{weight}\"/>"
        ));
    }

    /// A program: a frame with its name at the top.
    pub fn program(&mut self, at: Area, look: Look, name: Words) {
        self.block(at, look, 10.0);
        let head = area(at.x + 4.0, at.y + 5.0, at.width - 8.0, 24.0);
        self.text(name, head, Align::Middle, Type::Strong);
    }

    /// A small box with a label.
    pub fn chip(&mut self, at: Area, look: Look, label: Words, kind: Type) {
        self.block(at, look, 5.0);
        self.text(label, at, Align::Middle, kind);
    }

    /// A thread: a box with round ends and a thread in it.
    pub fn thread(&mut self, at: Area, label: Words) {
        let round = (at.height / 2.0).min(22.0);
        self.block(at, Look::Plain, round);
        let (x, y) = (at.x + 15.0, at.y + at.height / 2.0);
        let (x, y) = self.point((x, y));
        self.push(&format!(
            "<path d=\"M{} {}c-6 4 6 6 0 10c-6 4 6 6 0 10\" fill=\"none\" stroke=\"{}\" \
             stroke-width=\"1.8\" stroke-linecap=\"round\"/>",
            number(x),
            number(y - 10.0),
            style::INK
        ));
        let inside = area(at.x + 20.0, at.y, at.width - 24.0, at.height);
        self.text(label, inside, Align::Middle, Type::Small);
    }

    /// A row of `cells` places of which the first `full` hold something.
    pub fn queue(&mut self, at: Area, cells: usize, full: usize) {
        let step = at.width / cells as f64;
        for cell in 0..cells {
            let look = match cell >= cells - full {
                true => Look::Hatched,
                false => Look::Plain,
            };
            let x = at.x + step * cell as f64;
            self.block(area(x, at.y, step, at.height), look, 0.0);
        }
    }

    /// A socket: a ring with a dot, on the edge of its program.
    pub fn socket(&mut self, at: (f64, f64)) {
        let (x, y) = self.point(at);
        let (x, y) = (number(x), number(y));
        self.push(&format!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"7.5\" fill=\"{}\" stroke=\"{}\" \
             stroke-width=\"1.8\"/><circle cx=\"{x}\" cy=\"{y}\" r=\"3\" fill=\"{}\"/>",
            style::PAPER,
            style::INK,
            style::INK
        ));
    }

    /// One socket where both directions are drawn: two rings in one frame.
    pub fn socket_pair(&mut self, x: f64, top: f64, bottom: f64) {
        let frame = area(x - 9.5, top - 12.0, 19.0, bottom - top + 24.0);
        self.block(frame, Look::Plain, 9.5);
        self.socket((x, top));
        self.socket((x, bottom));
    }

    /// The number of a step, white on ink.
    pub fn badge(&mut self, at: (f64, f64), step: &'static str) {
        let (x, y) = self.point(at);
        self.push(&format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"10\" fill=\"{}\"/>",
            number(x),
            number(y),
            style::INK
        ));
        let around = area(at.0 - 12.0, at.1 - 10.0, 24.0, 20.0);
        self.text(same(step), around, Align::Middle, Type::Badge);
    }

    /// A numbered remark.
    pub fn remark(&mut self, at: Area, step: &'static str, label: Words) {
        self.badge((at.x + 12.0, at.y + at.height / 2.0), step);
        let beside = area(at.x + 26.0, at.y, at.width - 26.0, at.height);
        self.text(label, beside, Align::Start, Type::Small);
    }

    /// A line through some points, with a head where it ends.
    pub fn arrow(&mut self, points: &[(f64, f64)], line: Line) {
        let points: Vec<(f64, f64)> = points.iter().map(|&p| self.point(p)).collect();
        let path: Vec<String> = points
            .iter()
            .map(|&(x, y)| format!("{} {}", number(x), number(y)))
            .collect();
        let (colour, weight, dash) = match line {
            Line::Data | Line::Stem => (style::INK, "1.9", ""),
            Line::Control => (style::INK, "1.4", " stroke-dasharray=\"6 4\""),
            Line::Hair => (style::SOFT, "1", ""),
            Line::Alert => (style::ALERT, "2.2", " stroke-dasharray=\"2 4\""),
        };
        self.push(&format!(
            "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{weight}\" \
             stroke-linejoin=\"round\"{dash}/>",
            path.join("L")
        ));
        let headed = !matches!(line, Line::Hair | Line::Stem);
        if let ([.., before, end], true) = (points.as_slice(), headed) {
            self.push(&head(*before, *end, line, colour));
        }
    }

    /// A keyboard, drawn: no words.
    pub fn keyboard(&mut self, at: (f64, f64)) {
        self.block(area(at.0 - 22.0, at.1 - 12.0, 44.0, 24.0), Look::Plain, 4.0);
        let keys: String = [(-14, -5), (-6, -5), (2, -5), (10, -5), (-8, 3)]
            .iter()
            .map(|(dx, dy)| {
                let width = if *dy > 0 { 16 } else { 4 };
                format!("M{dx} {dy}h{width}")
            })
            .collect();
        self.icon(at, &keys, "3");
    }

    /// A screen with lines of text, drawn: no words.
    pub fn screen(&mut self, at: (f64, f64)) {
        self.block(area(at.0 - 22.0, at.1 - 16.0, 44.0, 28.0), Look::Plain, 3.0);
        self.icon(at, "M-15 -9h20M-15 -2h28M-15 5h14M-9 16h18", "2");
    }

    fn icon(&mut self, at: (f64, f64), path: &str, weight: &str) {
        let (x, y) = self.point(at);
        self.push(&format!(
            "<path transform=\"translate({} {})\" d=\"{path}\" stroke=\"{}\" \
             stroke-width=\"{weight}\"/>",
            number(x),
            number(y),
            style::INK
        ));
    }
}

/// The head of an arrow: full for data, open for all else.
fn head(before: (f64, f64), end: (f64, f64), line: Line, colour: &str) -> String {
    let (dx, dy) = (end.0 - before.0, end.1 - before.1);
    let length = (dx * dx + dy * dy).sqrt().max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    let corner = |side: f64| {
        let x = end.0 - 10.0 * ux - side * 4.5 * uy;
        let y = end.1 - 10.0 * uy + side * 4.5 * ux;
        format!("{} {}", number(x), number(y))
    };
    let (left, right) = (corner(1.0), corner(-1.0));
    let tip = format!("{} {}", number(end.0), number(end.1));
    match line {
        Line::Data => format!("<path d=\"M{left}L{tip}L{right}Z\" fill=\"{colour}\"/>"),
        _ => format!(
            "<path d=\"M{left}L{tip}L{right}\" fill=\"none\" stroke=\"{colour}\" \
             stroke-width=\"1.6\"/>"
        ),
    }
}
