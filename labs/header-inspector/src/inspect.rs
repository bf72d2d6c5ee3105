//! The run from input to view: reads frames, walks them, places segments, shows them.

use std::ops::ControlFlow;

use crate::input::{Input, Note, Reader};
use crate::view::{Places, View};
use crate::{Conversations, DecodeError, Frame, Layers, Segment};

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
    pub miss: Option<(u64, DecodeError)>,
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
        places: view.places(),
        view,
        sink,
        conversations: Conversations::default(),
        summary: Summary::default(),
        out: Vec::with_capacity(2 * ENOUGH),
        flow: ControlFlow::Continue(()),
    };
    run.view.begin(&mut run.out);
    let notes = input.read(&mut run);
    run.end(notes)
}

struct Run<'r, 's> {
    filter: Filter,
    places: Places,
    view: &'r mut dyn View,
    sink: &'r mut Sink<'s>,
    conversations: Conversations,
    summary: Summary,
    out: Vec<u8>,
    /// Whether anybody still reads what is written.
    flow: ControlFlow<()>,
}

impl Reader for Run<'_, '_> {
    fn frame(&mut self, frame: Frame) -> ControlFlow<()> {
        self.show(frame);
        if self.out.len() >= ENOUGH || frame.number.is_multiple_of(CHECK_EVERY) {
            self.pause()?;
        }
        // Nothing after the one frame that was asked for matters.
        match self.filter.frame {
            Some(wanted) if frame.number >= wanted => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }

    fn pause(&mut self) -> ControlFlow<()> {
        self.flow = (self.sink)(&mut self.out, self.summary.frames);
        self.flow
    }
}

impl Run<'_, '_> {
    fn show(&mut self, frame: Frame) {
        self.summary.frames += 1;
        let miss = Layers::down(frame, &mut |segment| {
            self.summary.segments += 1;
            if self.places == Places::Needed {
                self.conversations.place(segment);
            }
            if self.filter.takes(segment) {
                self.summary.shown += 1;
                self.view.segment(segment, &mut self.out);
            }
        });
        if let Some(miss) = miss {
            self.summary.miss.get_or_insert((frame.number, miss));
        }
    }

    fn end(mut self, notes: Vec<Note>) -> Summary {
        if self.flow.is_continue() {
            self.view.end(&mut self.out);
            // The run is over: whether anyone would read on makes no difference now.
            let _ = self.pause();
        }
        self.summary.notes = notes;
        self.summary.forgotten = self.conversations.forgotten();
        self.summary
    }
}
