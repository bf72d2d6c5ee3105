//! The `diagram` view: the picture of RFC 9293 §3.1 with this segment's values in it.
//!
//! Rows of 32 bits, two characters a bit, the byte's offset in the frame before each
//! row and its bytes behind it. Like every wire diagram it is not mirrored in Arabic.

mod grid;
mod rows;

use super::text::push;
use super::title::{problems, title};
use super::{Settings, View};
use crate::Segment;
use crate::text::preview;
use grid::Grid;

/// Characters of data that are shown below the picture.
const SHOWN: usize = 60;

/// Draws each segment.
pub struct DiagramView {
    settings: Settings,
    drawn: u64,
}

impl DiagramView {
    pub fn new(settings: Settings) -> DiagramView {
        DiagramView { settings, drawn: 0 }
    }
}

impl DiagramView {
    /// Writes below the picture what would not fit into it: letters that are not ASCII.
    fn text(&self, out: &mut Vec<u8>, segment: &Segment) {
        let shown = preview(segment.payload, SHOWN);
        if !shown.is_ascii() {
            push(
                out,
                &format!("      {}\n", self.settings.lang.isolate(shown)),
            );
        }
    }
}

impl View for DiagramView {
    fn segment(&mut self, segment: &Segment, out: &mut Vec<u8>) {
        if self.drawn > 0 {
            push(out, "\n");
        }
        self.drawn += 1;
        title(out, segment, self.settings);
        let mut grid = Grid::new(self.settings.color);
        for row in rows::header(segment, self.settings.numbers) {
            grid.row(out, &row);
        }
        for row in rows::options(segment) {
            grid.row(out, &row);
        }
        if let Some(row) = rows::data(segment) {
            grid.row(out, &row);
        }
        grid.end(out);
        self.text(out, segment);
        push(out, "\n");
        problems(out, segment, self.settings);
    }
}
