//! The grid: rows of cells under a ruler of 32 bits.

use super::super::Color;
use super::super::text::push;

/// One row: its offset in the frame, its cells, and its bytes in hex.
pub(super) struct Row {
    pub offset: usize,
    pub cells: Vec<Cell>,
    pub bytes: String,
    pub edge: Edge,
}

/// What closes a row at either side.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Wall,
    /// The row stands for more than 32 bits.
    Torn,
}

/// A field in a row: so many bits wide, its name above, its value below.
pub(super) struct Cell {
    pub bits: usize,
    pub name: Vec<String>,
    pub value: String,
}

impl Cell {
    pub fn new(bits: usize, name: &str, value: impl std::fmt::Display) -> Cell {
        Cell {
            bits,
            name: name.split('\n').map(str::to_owned).collect(),
            value: value.to_string(),
        }
    }

    fn width(&self) -> usize {
        self.bits * 2 - 1
    }
}

/// Columns before the grid, for the offsets.
const MARGIN: usize = 6;

/// Draws rows; the ruler comes above the first.
pub(super) struct Grid {
    color: Color,
    drawn: usize,
}

impl Grid {
    pub fn new(color: Color) -> Grid {
        Grid { color, drawn: 0 }
    }

    pub fn row(&mut self, out: &mut Vec<u8>, row: &Row) {
        if self.drawn == 0 {
            ruler(out);
        }
        self.drawn += 1;
        tear(out);
        let names = row
            .cells
            .iter()
            .map(|cell| cell.name.len())
            .max()
            .unwrap_or(0);
        for line in 0..names {
            self.line(out, row, line, names);
        }
        self.values(out, row);
    }

    /// Closes the grid below its last row.
    pub fn end(&self, out: &mut Vec<u8>) {
        tear(out);
    }

    fn line(&self, out: &mut Vec<u8>, row: &Row, line: usize, names: usize) {
        match line {
            0 => push(out, &format!("{:>width$} ", row.offset, width = MARGIN - 1)),
            _ => push(out, &" ".repeat(MARGIN)),
        }
        push(out, "|");
        for cell in &row.cells {
            // Names stand at the bottom of their cell, right above the value.
            let skip = names - cell.name.len();
            let text = line.checked_sub(skip).and_then(|line| cell.name.get(line));
            push(out, &centred(text.map_or("", String::as_str), cell.width()));
            push(out, "|");
        }
        push(out, "\n");
    }

    fn values(&self, out: &mut Vec<u8>, row: &Row) {
        push(out, &" ".repeat(MARGIN));
        let edge = match row.edge {
            Edge::Wall => "|",
            Edge::Torn => ":",
        };
        push(out, edge);
        for (i, cell) in row.cells.iter().enumerate() {
            let text = centred(&cell.value, cell.width());
            match self.color {
                Color::Ansi => push(out, &format!("\u{1b}[1;36m{text}\u{1b}[0m")),
                Color::Plain => push(out, &text),
            }
            push(out, if i + 1 == row.cells.len() { edge } else { "|" });
        }
        push(out, &format!(" {}", row.bytes));
        while out.last() == Some(&b' ') {
            out.pop();
        }
        push(out, "\n");
    }
}

fn ruler(out: &mut Vec<u8>) {
    let margin = " ".repeat(MARGIN);
    let tens: String = (0..32)
        .map(|bit| {
            if bit % 10 == 0 {
                format!(" {}", bit / 10)
            } else {
                "  ".into()
            }
        })
        .collect();
    let ones: String = (0..32).map(|bit| format!(" {}", bit % 10)).collect();
    push(
        out,
        &format!("{margin}{}\n{margin}{ones}\n", tens.trim_end()),
    );
}

fn tear(out: &mut Vec<u8>) {
    push(
        out,
        &format!("{}{}+\n", " ".repeat(MARGIN), "+-".repeat(32)),
    );
}

/// Centres text as the RFC does; too long a text is cut.
fn centred(text: &str, width: usize) -> String {
    let text: String = text.chars().take(width).collect();
    format!("{text:^width$}")
}
