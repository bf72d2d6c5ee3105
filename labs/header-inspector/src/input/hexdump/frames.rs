//! Puts the lines of a hexdump together into frames.

use super::Trouble;
use super::line::{Line, Offset};

/// Repeated lines make no more bytes than this: `*` could ask for any number.
const MAX_REPEATED: usize = 16 << 20;

/// Gathers the frames, with bare offsets counted in this radix.
pub(super) fn gather(lines: &[Line], radix: u32) -> Result<Vec<Vec<u8>>, Trouble> {
    let mut gathering = Gathering::default();
    for (line, next) in lines.iter().zip(next_offsets(lines, radix)) {
        gathering.line(line, value(line, radix), next)?;
    }
    gathering.finish()
}

/// Returns for each line the offset that comes next, found in one pass from the end.
fn next_offsets(lines: &[Line], radix: u32) -> Vec<Option<usize>> {
    let mut next = None;
    let mut offsets: Vec<Option<usize>> = lines
        .iter()
        .rev()
        .map(|line| {
            let after = next;
            // Behind a star the next offset tells nothing about the line before it.
            next = match line.offset {
                Offset::Repeat => None,
                _ => value(line, radix).or(next),
            };
            after
        })
        .collect();
    offsets.reverse();
    offsets
}

/// Returns a line's offset in bytes.
fn value(line: &Line, radix: u32) -> Option<usize> {
    match line.offset {
        Offset::Hex(digits) => usize::from_str_radix(digits, 16).ok(),
        Offset::Bare(digits) => usize::from_str_radix(digits, radix).ok(),
        Offset::Repeat | Offset::None => None,
    }
}

#[derive(Default)]
struct Gathering {
    frames: Vec<Vec<u8>>,
    /// The frame that is being put together, and the offset that it began with.
    bytes: Vec<u8>,
    base: usize,
    last: Vec<u8>,
    repeats: bool,
    /// Bytes that repeating has made so far.
    repeated: usize,
}

impl Gathering {
    fn line(
        &mut self,
        line: &Line,
        offset: Option<usize>,
        next: Option<usize>,
    ) -> Result<(), Trouble> {
        if line.offset == Offset::Repeat {
            self.repeats = true;
            return Ok(());
        }
        // Between dumps other text may stand: a line without an offset is none of it.
        let Some(offset) = offset else {
            return match line.has_offset() {
                true => Err(self.wrong(line, "no number")),
                false => Ok(()),
            };
        };
        self.reach(line, offset)?;
        let expected = next
            .and_then(|next| next.checked_sub(offset))
            .filter(|&count| count > 0);
        let bytes = line.bytes(expected).ok_or_else(|| Trouble::Digits {
            line: line.number,
            found: "something else".into(),
        })?;
        self.bytes.extend_from_slice(&bytes);
        self.last = bytes;
        Ok(())
    }

    /// Comes to a line's offset: in order, by repeating, or by beginning anew.
    fn reach(&mut self, line: &Line, offset: usize) -> Result<(), Trouble> {
        let reached = self.base + self.bytes.len();
        if self.bytes.is_empty() {
            self.base = offset;
        } else if self.repeats && offset > reached && !self.last.is_empty() {
            let missing = offset - reached;
            self.repeated = self.repeated.saturating_add(missing);
            if self.repeated > MAX_REPEATED {
                return Err(Trouble::TooLong { line: line.number });
            }
            self.bytes.extend(self.last.iter().cycle().take(missing));
        } else if offset == 0 {
            self.frames.push(std::mem::take(&mut self.bytes));
            self.base = 0;
        } else if offset != reached {
            return Err(self.wrong(line, &format!("{offset}")));
        }
        self.repeats = false;
        Ok(())
    }

    fn wrong(&self, line: &Line, found: &str) -> Trouble {
        Trouble::Offset {
            line: line.number,
            needed: self.base + self.bytes.len(),
            found: found.into(),
        }
    }

    fn finish(mut self) -> Result<Vec<Vec<u8>>, Trouble> {
        if !self.bytes.is_empty() {
            self.frames.push(self.bytes);
        }
        match self.frames.is_empty() {
            true => Err(Trouble::NoDigits),
            false => Ok(self.frames),
        }
    }
}
