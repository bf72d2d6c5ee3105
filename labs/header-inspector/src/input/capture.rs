//! Streams the frames of a pcap or pcapng capture; pcap-parser takes the blocks apart.

use std::cell::RefCell;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use pcap_parser::traits::PcapReaderIterator;
use pcap_parser::{
    LegacyPcapBlock, LegacyPcapReader, PcapBlockOwned, PcapError, PcapHeader, PcapNGReader,
};

use super::detect::Kind;
use super::pcapng::Section;
use super::{InputError, Note, Reader};
use crate::frame::{Frame, Link, Precision, Time};

/// The reader's first buffer; it grows for a record that does not fit.
const BUFFER: usize = 1 << 20;
/// No record is larger: recorders cut at 256 KiB, and compressed input could ask for
/// any size.
const MAX_BUFFER: usize = 64 << 20;

/// A capture whose header has been read.
pub struct Capture {
    blocks: Box<dyn PcapReaderIterator>,
    trouble: Trouble,
    legacy: Option<PcapHeader>,
    section: Section,
    /// Frames so far.
    count: u64,
    notes: Vec<Note>,
}

/// Whether reading can go on.
enum Step {
    Next(usize),
    Refill,
    Grow,
    Stop,
}

impl Capture {
    /// Opens a capture of a kind that its first bytes have told.
    pub(super) fn open(
        source: Box<dyn Read>,
        kind: Kind,
        name: &str,
    ) -> Result<Capture, InputError> {
        let trouble = Trouble::default();
        let source = Watched {
            source,
            trouble: trouble.clone(),
        };
        let blocks: Result<Box<dyn PcapReaderIterator>, _> = match kind {
            Kind::Pcapng => PcapNGReader::new(BUFFER, source).map(|reader| Box::new(reader) as _),
            _ => LegacyPcapReader::new(BUFFER, source).map(|reader| Box::new(reader) as _),
        };
        Ok(Capture {
            blocks: blocks.map_err(|_| damaged(name))?,
            trouble,
            legacy: None,
            section: Section::default(),
            count: 0,
            notes: Vec::new(),
        })
    }

    /// Lends each frame in turn until the reader breaks or the capture ends.
    pub(super) fn read(mut self, reader: &mut dyn Reader) -> Vec<Note> {
        loop {
            match self.step(reader) {
                // The buffer shifts at a refill alone, when hardly anything is left in it.
                Step::Next(size) => self.blocks.consume_noshift(size),
                Step::Refill if reader.pause().is_continue() && self.refill() => {}
                Step::Grow if self.make_room() => {}
                _ => break,
            }
        }
        if let Some(error) = self.trouble.0.take() {
            self.notes
                .retain(|note| !matches!(note, Note::CutAt { .. }));
            let offset = self.blocks.consumed() as u64;
            let error = error.to_string();
            self.notes.push(Note::Unreadable { offset, error });
        }
        self.section.notes(&mut self.notes);
        self.notes
    }

    fn step(&mut self, reader: &mut dyn Reader) -> Step {
        let offset = self.blocks.consumed() as u64;
        let flow = match self.blocks.next() {
            Ok((size, PcapBlockOwned::LegacyHeader(header))) => {
                self.legacy = Some(header);
                return Step::Next(size);
            }
            Ok((size, PcapBlockOwned::Legacy(record))) => {
                self.count += 1;
                let frame = frame(&record, self.legacy.as_ref(), self.count);
                reader
                    .frame(frame)
                    .map_break(|()| size)
                    .map_continue(|()| size)
            }
            Ok((size, PcapBlockOwned::NG(block))) => match self.section.frame(&block, self.count) {
                Some(frame) => {
                    self.count = frame.number;
                    reader
                        .frame(frame)
                        .map_break(|()| size)
                        .map_continue(|()| size)
                }
                None => ControlFlow::Continue(size),
            },
            Err(PcapError::Eof) => return Step::Stop,
            Err(PcapError::Incomplete(_)) => return Step::Refill,
            Err(PcapError::BufferTooSmall) => return Step::Grow,
            Err(PcapError::UnexpectedEof) => {
                self.notes.push(Note::CutAt { offset });
                return Step::Stop;
            }
            Err(_) => {
                self.notes.push(Note::Garbled { offset });
                return Step::Stop;
            }
        };
        match flow {
            ControlFlow::Continue(size) => Step::Next(size),
            ControlFlow::Break(_) => Step::Stop,
        }
    }

    /// Reads on. At the end of the source the reader knows that it is exhausted, and
    /// tells at the next step whether that was inside a record.
    fn refill(&mut self) -> bool {
        self.blocks.refill().is_ok()
    }

    /// Makes room for a record that does not fit, and reads on.
    ///
    /// A record may claim any size; the buffer never has more than twice the room that
    /// bytes really there have filled.
    fn make_room(&mut self) -> bool {
        let there = self.blocks.data().len();
        if there >= MAX_BUFFER {
            let offset = self.blocks.consumed() as u64;
            self.notes.push(Note::Garbled { offset });
            return false;
        }
        // Where there is so much room already, nothing grows.
        self.blocks.grow(there.max(BUFFER) * 2);
        self.refill()
    }
}

fn frame<'a>(record: &LegacyPcapBlock<'a>, header: Option<&PcapHeader>, number: u64) -> Frame<'a> {
    // The upper bits tell of a frame check sequence.
    let link = header.map_or(0, |header| header.network.0 & 0xffff);
    let nano = header.is_some_and(PcapHeader::is_nanosecond_precision);
    let (unit, precision) = match nano {
        true => (1, Precision::Nano),
        false => (1000, Precision::Micro),
    };
    let nanos = u64::from(record.ts_usec) * unit;
    let time = Time {
        seconds: i64::from(record.ts_sec) + (nanos / 1_000_000_000) as i64,
        nanos: (nanos % 1_000_000_000) as u32,
        precision,
    };
    Frame {
        number,
        time: Some(time),
        len: record.origlen as usize,
        link: Link::from(link),
        bytes: record.data,
    }
}

fn damaged(name: &str) -> InputError {
    InputError::new(
        format!(
            "{name} begins like a capture, but its file header is cut or damaged: needed a whole one at byte 0"
        ),
        format!(
            "يبدأ الملف \u{2068}{name}\u{2069} كملف التقاط، لكن ترويسته عند البايت \u{2068}0\u{2069} مبتورة أو تالفة"
        ),
    )
}

/// The error that ended the reading, which pcap-parser does not pass on.
#[derive(Clone, Default)]
struct Trouble(Rc<RefCell<Option<io::Error>>>);

/// A source whose errors are kept, and then look like its end.
struct Watched {
    source: Box<dyn Read>,
    trouble: Trouble,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.source.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.trouble.0.replace(Some(error));
                    return Ok(0);
                }
                read => return read,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails as often as it has errors, then has a byte.
    struct Failing(Vec<io::ErrorKind>);

    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.pop() {
                Some(kind) => Err(kind.into()),
                None => {
                    buffer[0] = b'!';
                    Ok(1)
                }
            }
        }
    }

    fn read(errors: &[io::ErrorKind]) -> (usize, Option<io::ErrorKind>) {
        let trouble = Trouble::default();
        let mut source = Watched {
            source: Box::new(Failing(errors.to_vec())),
            trouble: trouble.clone(),
        };
        let count = source.read(&mut [0; 4]).expect("errors are kept");
        (count, trouble.0.take().map(|error| error.kind()))
    }

    #[test]
    fn a_signal_interrupts_nothing_and_an_error_ends_the_source() {
        use io::ErrorKind::{Interrupted, TimedOut};
        assert_eq!(read(&[]), (1, None));
        assert_eq!(read(&[Interrupted, Interrupted]), (1, None));
        assert_eq!(read(&[TimedOut, Interrupted]), (0, Some(TimedOut)));
    }
}
