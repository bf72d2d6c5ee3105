//! What is shown when no view was asked for: one segment is drawn and explained,
//! several are shown as ladders.

use super::{DiagramView, ExplainView, LadderView, Settings, View};
use crate::Segment;

/// Waits for the second segment before it decides.
pub struct AutoView {
    diagram: DiagramView,
    explain: ExplainView,
    ladder: LadderView,
    /// The first segment, drawn and explained.
    single: Vec<u8>,
    count: u64,
}

impl AutoView {
    pub fn new(settings: Settings) -> AutoView {
        AutoView {
            diagram: DiagramView::new(settings),
            explain: ExplainView::new(settings),
            ladder: LadderView::new(settings),
            single: Vec::new(),
            count: 0,
        }
    }
}

impl View for AutoView {
    fn segment(&mut self, segment: &Segment, out: &mut Vec<u8>) {
        self.count += 1;
        if self.count == 1 {
            self.diagram.segment(segment, &mut self.single);
            self.explain.body(segment, &mut self.single);
        }
        self.ladder.segment(segment, out);
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        match self.count {
            1 => out.append(&mut self.single),
            _ => self.ladder.end(out),
        }
    }
}
