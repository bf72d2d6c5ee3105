//! Finds what is odd about a TCP header.

use std::ops::Range;

use super::{Code, Problem};
use crate::Segment;
use crate::tcp::{Flaw, Status, TcpHeader, TcpOption, Value};

/// Shifts above this are used as if they were it (RFC 7323 §2.3).
const MAX_SHIFT: u8 = 14;

/// Adds the problems of a segment's TCP header to those of the layers before it.
pub(crate) fn find(segment: &mut Segment) {
    let mut finder = Finder {
        start: segment.offset(),
        problems: std::mem::take(&mut segment.problems),
    };
    finder.sizes(segment);
    finder.fields(segment);
    finder.flags(segment);
    // Most segments have no options or two bytes of padding and a timestamp.
    if !segment.options.is_empty() {
        finder.options(segment);
    }
    finder.checksum(segment);
    segment.problems = finder.problems;
}

struct Finder {
    start: usize,
    problems: Vec<Problem>,
}

impl Finder {
    /// Notes a problem at these bytes of the TCP header.
    fn add(&mut self, code: Code, at: Range<usize>) {
        let at = self.start + at.start..self.start + at.end;
        self.problems.push(Problem { code, at });
    }

    fn sizes(&mut self, segment: &Segment) {
        let found = segment.bytes().len();
        if found < TcpHeader::SIZE {
            self.add(Code::HeaderCut { found }, 0..found);
        }
        let Some(words) = segment.header.data_offset else {
            return;
        };
        let needed = usize::from(words) * 4;
        let length = segment.span.end - segment.span.at;
        if words < 5 {
            self.add(Code::DataOffsetSmall { words }, 12..13);
        } else if needed > length {
            let code = Code::DataOffsetBeyond {
                bytes: needed,
                segment: length,
            };
            self.add(code, 12..13);
        } else if needed > found && found >= TcpHeader::SIZE {
            self.add(Code::OptionsCut { needed, found }, 20..found);
        }
    }

    fn fields(&mut self, segment: &Segment) {
        let header = &segment.header;
        if header.src_port == Some(0) {
            self.add(Code::PortZero, 0..2);
        }
        if header.dst_port == Some(0) {
            self.add(Code::PortZero, 2..4);
        }
        if let Some(bits) = header.reserved.filter(|&bits| bits > 0) {
            self.add(Code::ReservedNotZero { bits }, 12..13);
        }
    }

    fn flags(&mut self, segment: &Segment) {
        let Some(flags) = segment.header.flags else {
            return;
        };
        if flags.syn() && flags.fin() {
            self.add(Code::SynAndFin, 13..14);
        }
        if flags.syn() && flags.rst() {
            self.add(Code::SynAndRst, 13..14);
        }
        if !flags.ack() && !flags.syn() && !flags.rst() {
            self.add(Code::AckMissing, 13..14);
        }
    }

    fn options(&mut self, segment: &Segment) {
        let area = segment.options;
        let whole = segment
            .header
            .size()
            .is_some_and(|size| segment.bytes().len() >= size);
        for option in segment.options() {
            let at = TcpHeader::SIZE + option.at..TcpHeader::SIZE + option.at + option.bytes.len();
            match option.value {
                // The End of Option List is a zero itself.
                Value::End => self.padding(area, option.at),
                Value::Flawed(flaw) => self.flaw(&option, flaw, at, whole),
                Value::WindowScale(shift) if shift > MAX_SHIFT => {
                    self.add(Code::WindowScaleBig { shift }, at.clone());
                    self.only_in_syn(segment, option.kind, at);
                }
                Value::Mss(_) | Value::WindowScale(_) | Value::SackPermitted => {
                    self.only_in_syn(segment, option.kind, at);
                }
                _ => {}
            }
        }
    }

    fn padding(&mut self, area: &[u8], from: usize) {
        let padding = &area[from..];
        if let Some(first) = padding.iter().position(|&byte| byte != 0) {
            let at = TcpHeader::SIZE + from + first..TcpHeader::SIZE + area.len();
            self.add(Code::PaddingNotZero, at);
        }
    }

    fn flaw(&mut self, option: &TcpOption, flaw: Flaw, at: Range<usize>, whole: bool) {
        let kind = option.kind;
        let code = match flaw {
            // What the capture cut off is not the sender's fault.
            Flaw::NoLength | Flaw::LengthBeyond { .. } if !whole => return,
            Flaw::NoLength => Code::OptionNoLength { kind },
            Flaw::LengthSmall(length) => Code::OptionLengthSmall { kind, length },
            Flaw::LengthBeyond { length, left } => Code::OptionLengthBeyond { kind, length, left },
            Flaw::LengthWrong { length, needed } => Code::OptionLengthWrong {
                kind,
                length,
                needed,
            },
        };
        self.add(code, at);
    }

    fn only_in_syn(&mut self, segment: &Segment, kind: u8, at: Range<usize>) {
        if segment.header.flags.is_some_and(|flags| !flags.syn()) {
            self.add(Code::OptionOnlyInSyn { kind }, at);
        }
    }

    fn checksum(&mut self, segment: &Segment) {
        let check = &segment.checksum;
        if let (Status::Bad, Some(found), Some(right)) =
            (check.status, segment.header.checksum, check.right)
        {
            self.add(Code::ChecksumBad { found, right }, 16..18);
        }
    }
}
