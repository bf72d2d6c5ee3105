//! Views: ways of writing segments down.
//!
//! A view computes text into a buffer; whoever owns the buffer prints it.

mod auto;
mod diagram;
mod digits;
mod explain;
mod hex;
mod html;
mod json;
mod ladder;
mod line;
mod text;
mod title;

pub use auto::AutoView;
pub use diagram::DiagramView;
pub use explain::ExplainView;
pub use hex::HexView;
pub use html::HtmlView;
pub use json::JsonView;
pub use ladder::LadderView;
pub use line::LineView;

use crate::{Lang, Segment};

/// How all views write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub lang: Lang,
    pub numbers: Numbers,
    pub color: Color,
}

/// How sequence numbers are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbers {
    /// As on the wire.
    #[default]
    Absolute,
    /// From each side's initial sequence number.
    Relative,
}

/// Whether escape sequences colour the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Color {
    #[default]
    Plain,
    Ansi,
}

/// Whether a view looks at the segments' places in their conversations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    Needed,
    /// Then no conversation is remembered, which saves a fifth of the time.
    Unneeded,
}

/// One way of writing segments down.
pub trait View {
    fn places(&self) -> Places {
        Places::Needed
    }

    /// Writes what belongs before the first segment.
    fn begin(&mut self, _out: &mut Vec<u8>) {}
    /// Writes one segment, or keeps it for the end.
    fn segment(&mut self, segment: &Segment, out: &mut Vec<u8>);
    /// Writes what only the last segment completes.
    fn end(&mut self, _out: &mut Vec<u8>) {}
}
