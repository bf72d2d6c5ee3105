//! Explains a segment field by field, for the views that teach.
//!
//! ```text
//! Segment ──▶ fields()  ──▶ Field, Field, …   what each holds and means here
//!         ──▶ answer()  ──▶ sentence          what the other side should acknowledge
//!         ──▶ Steps::of ──▶ the checksum, added up step by step
//! ```
//!
//! Every sentence was checked against the RFC section that stands beside it.

mod answer;
mod checksum;
mod control;
mod field;
mod numbers;
mod options;
mod paper;
mod ports;
mod sizes;

pub use answer::{Answer, answer};
pub use checksum::{Step, steps};
pub use field::Field;
pub use paper::general;

use crate::{Lang, Segment};

/// Returns the fields that are there, in the order of the wire.
pub fn fields(segment: &Segment, lang: Lang) -> Vec<Field> {
    let about = About { segment, lang };
    let mut fields = Vec::new();
    fields.extend(ports::source(&about));
    fields.extend(ports::destination(&about));
    fields.extend(numbers::sequence(&about));
    fields.extend(numbers::acknowledgment(&about));
    fields.extend(sizes::data_offset(&about));
    fields.extend(control::reserved(&about));
    fields.extend(control::ae(&about));
    fields.extend(control::flags(&about));
    fields.extend(sizes::window(&about));
    fields.extend(checksum::field(&about));
    fields.extend(numbers::urgent_pointer(&about));
    fields.extend(options::fields(&about));
    fields.extend(sizes::data(&about));
    fields
}

/// What every explanation needs: the segment, and the language to explain it in.
struct About<'s, 'a> {
    segment: &'s Segment<'a>,
    lang: Lang,
}

impl About<'_, '_> {
    /// Begins a field at these bytes of the header.
    fn field(&self, name: &'static str, titles: (&str, &str), at: std::ops::Range<usize>) -> Field {
        let title = match self.lang {
            Lang::En => titles.0.to_owned(),
            Lang::Ar => format!("{} (\u{2068}{}\u{2069})", titles.1, titles.0),
        };
        let start = self.segment.offset();
        Field::new(name, title, start + at.start..start + at.end)
    }

    fn say(&self, english: impl Into<String>, arabic: impl Into<String>) -> String {
        match self.lang {
            Lang::En => english.into(),
            Lang::Ar => arabic.into(),
        }
    }
}

/// Isolates a number or a code inside an Arabic sentence.
fn iso(text: impl std::fmt::Display) -> String {
    format!("\u{2068}{text}\u{2069}")
}
