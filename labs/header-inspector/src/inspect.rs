//! The run from input to view: reads frames, walks them, places segments, shows them.

use std::ops::ControlFlow;

use crate::input::{Input, Note};
use crate::view::View;
use crate::{Conversations, Frame, Miss, Segment, Walk};

/// Frames between two looks at what the view has written, when it writes little.
const CHECK_EVERY: u64 = 4096;
/// Bytes of text that are worth a write of their own.
const ENOUGH: usize = 256 << 10;

/// Which segments are shown; all are read, because the others give them their place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub frame: Option<u64>,
    pub port: Option<u16>,
}

impl Filter {
    fn takes(&self, segment: &Segment) -> bool {
        let header = &segment.header;
        self.frame.is_none_or(|frame| frame == segment.frame.number)
            && self
                .port
                .is_none_or(|port| [header.src_port, header.dst_port].contains(&Some(port)))
    }
}

/// What a run came to.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    pub frames: u64,
    /// TCP headers met.
    pub segments: u64,
    /// TCP headers that the filter let through.
    pub shown: u64,
    /// The first frame without a TCP header, and why it has none.
    pub miss: Option<(u64, Miss)>,
    /// Conversations forgotten to stay within bounds.
    pub forgotten: u64,
    pub notes: Vec<Note>,
}

/// Takes what a view has written so far, and empties it; breaks when nobody reads on.
///
/// It is also told how many frames have been read, for showing progress.
pub type Sink<'s> = dyn FnMut(&mut Vec<u8>, u64) -> ControlFlow<()> + 's;

/// Reads an input to its end and shows its segments.
pub fn inspect(input: Input, filter: Filter, view: &mut dyn View, sink: &mut Sink) -> Summary {
    let mut run = Run {
        filter,
        conversations: Conversations::default(),
        summary: Summary::default(),
        out: Vec::with_capacity(2 * ENOUGH),
    };
    view.begin(&mut run.out);
    let mut flow = ControlFlow::Continue(());
    run.summary.notes = input.read(&mut |frame| {
        run.frame(frame, view);
        if run.out.len() >= ENOUGH || frame.number % CHECK_EVERY == 0 {
            flow = sink(&mut run.out, frame.number);
        }
        // Nothing after the one frame that was asked for matters.
        if filter.frame.is_some_and(|wanted| frame.number >= wanted) {
            return ControlFlow::Break(());
        }
        flow
    });
    if flow.is_continue() {
        view.end(&mut run.out);
        // The run is over: whether anyone would read on makes no difference now.
        let _ = sink(&mut run.out, run.summary.frames);
    }
    run.summary.forgotten = run.conversations.forgotten();
    run.summary
}

struct Run {
    filter: Filter,
    conversations: Conversations,
    summary: Summary,
    out: Vec<u8>,
}

impl Run {
    fn frame(&mut self, frame: Frame, view: &mut dyn View) {
        self.summary.frames += 1;
        let miss = Walk::down(frame, &mut |mut segment| {
            self.summary.segments += 1;
            self.conversations.place(&mut segment);
            if self.filter.takes(&segment) {
                self.summary.shown += 1;
                view.segment(&segment, &mut self.out);
            }
        });
        if let Some(miss) = miss {
            self.summary.miss.get_or_insert((frame.number, miss));
        }
    }
}
