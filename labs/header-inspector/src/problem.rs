//! Problems: whatever is odd about a segment, with the bytes that are.
//!
//! Nothing here stops the decoding. A problem names itself by a code for programs, a
//! sentence for people in both languages, and the RFC section that says otherwise.

mod find;
mod sentence;

use std::ops::Range;

pub(crate) use find::find;

/// One oddity and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub code: Code,
    /// Bytes of the frame.
    pub at: Range<usize>,
}

impl Problem {
    pub fn new(code: Code, at: Range<usize>) -> Problem {
        Problem { code, at }
    }
}

/// What is odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    IpLengthZero,
    IpLengthBeyond { total: usize, there: usize },
    IpChecksum,
    HeaderCut { found: usize },
    DataOffsetSmall { words: u8 },
    DataOffsetBeyond { bytes: usize, segment: usize },
    OptionsCut { needed: usize, found: usize },
    OptionNoLength { kind: u8 },
    OptionLengthSmall { kind: u8, length: u8 },
    OptionLengthBeyond { kind: u8, length: u8, left: u8 },
    OptionLengthWrong { kind: u8, length: u8, needed: u8 },
    OptionOnlyInSyn { kind: u8 },
    PaddingNotZero,
    WindowScaleBig { shift: u8 },
    ReservedNotZero { bits: u8 },
    PortZero,
    AckMissing,
    SynAndFin,
    SynAndRst,
    ChecksumBad { found: u16, right: u16 },
}

impl Code {
    /// Returns the name that programs match on.
    pub fn name(self) -> &'static str {
        match self {
            Code::IpLengthZero => "ip-length-zero",
            Code::IpLengthBeyond { .. } => "ip-length-beyond",
            Code::IpChecksum => "ip-checksum-bad",
            Code::HeaderCut { .. } => "header-cut",
            Code::DataOffsetSmall { .. } => "data-offset-small",
            Code::DataOffsetBeyond { .. } => "data-offset-beyond",
            Code::OptionsCut { .. } => "options-cut",
            Code::OptionNoLength { .. } => "option-no-length",
            Code::OptionLengthSmall { .. } => "option-length-small",
            Code::OptionLengthBeyond { .. } => "option-length-beyond",
            Code::OptionLengthWrong { .. } => "option-length-wrong",
            Code::OptionOnlyInSyn { .. } => "option-only-in-syn",
            Code::PaddingNotZero => "padding-not-zero",
            Code::WindowScaleBig { .. } => "window-scale-big",
            Code::ReservedNotZero { .. } => "reserved-not-zero",
            Code::PortZero => "port-zero",
            Code::AckMissing => "ack-missing",
            Code::SynAndFin => "syn-and-fin",
            Code::SynAndRst => "syn-and-rst",
            Code::ChecksumBad { .. } => "checksum-bad",
        }
    }

    /// Returns the RFC section that the bytes go against.
    pub fn rfc(self) -> &'static str {
        match self {
            Code::IpLengthZero | Code::IpLengthBeyond { .. } => "RFC 791 §3.1, RFC 8200 §3",
            Code::IpChecksum => "RFC 791 §3.1",
            Code::OptionOnlyInSyn { kind: 2 } | Code::PaddingNotZero => "RFC 9293 §3.1, §3.2",
            Code::OptionOnlyInSyn { kind: 3 } => "RFC 7323 §2.2",
            Code::OptionOnlyInSyn { .. } => "RFC 2018 §2",
            Code::OptionLengthWrong { kind: 3 | 8, .. } => "RFC 7323 §2.2, §3.2",
            Code::OptionLengthWrong { kind: 4 | 5, .. } => "RFC 2018 §2, §3",
            Code::OptionLengthWrong { .. } => "RFC 9293 §3.2",
            Code::WindowScaleBig { .. } => "RFC 7323 §2.3",
            Code::PortZero => "RFC 6335 §6",
            Code::AckMissing => "RFC 9293 §3.10.7.4",
            Code::SynAndFin | Code::SynAndRst => "RFC 9293 §3.10.7",
            _ => "RFC 9293 §3.1",
        }
    }
}
