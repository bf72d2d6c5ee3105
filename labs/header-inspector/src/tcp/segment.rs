//! A segment: a TCP header met in a frame, with all that was found out about it.

use super::{Checksum, Options, TcpHeader};
use crate::conversation::Place;
use crate::frame::Frame;
use crate::ip::IpHeader;
use crate::layers::{Quoted, Span};
use crate::problem::{Problem, find};

/// One TCP header in one frame, borrowing from the frame's bytes.
#[derive(Clone, Debug)]
pub struct Segment<'a> {
    pub frame: Frame<'a>,
    /// Counted from 0 within its frame.
    pub layer: u8,
    /// `None` for loose bytes that begin with the TCP header.
    pub ip: Option<IpHeader>,
    pub quoted: Quoted,
    /// The TCP header's first byte in the frame, and the segment's end by the IP length.
    pub span: Span,
    pub header: TcpHeader,
    /// The options area, as far as it was captured.
    pub options: &'a [u8],
    /// The data, as far as it was captured.
    pub payload: &'a [u8],
    /// The data's length by the IP length, captured or not.
    pub payload_len: Option<usize>,
    pub checksum: Checksum,
    pub problems: Vec<Problem>,
    /// What the conversation knows of it; `None` until it was asked.
    pub place: Option<Place>,
}

impl<'a> Segment<'a> {
    /// Reads the segment at the start of `span`.
    pub(crate) fn read(
        frame: Frame<'a>,
        ip: Option<IpHeader>,
        span: Span,
        problems: Vec<Problem>,
        quoted: Quoted,
        layer: u8,
    ) -> Segment<'a> {
        let bytes = captured(&frame, span);
        let header = TcpHeader::read(bytes);
        let length = span.end - span.at;
        // A header that passes the segment's end has no data behind it.
        let size = header.size().filter(|&size| size <= length);
        let options_end = header.size().unwrap_or(0).min(bytes.len());
        let mut segment = Segment {
            frame,
            layer,
            quoted,
            span,
            header,
            options: bytes.get(TcpHeader::SIZE..options_end).unwrap_or(&[]),
            payload: size.and_then(|size| bytes.get(size..)).unwrap_or(&[]),
            payload_len: size.map(|size| length - size),
            checksum: Checksum::UNVERIFIED,
            ip,
            problems,
            place: None,
        };
        segment.check(bytes);
        find(&mut segment);
        segment
    }

    fn check(&mut self, bytes: &[u8]) {
        let whole = bytes.len() == self.span.end - self.span.at;
        if let (Some(ip), Some(field), true) = (&self.ip, self.header.checksum, whole) {
            self.checksum = Checksum::check(ip, bytes, field);
        }
    }

    /// Returns where the TCP header begins in the frame.
    pub fn offset(&self) -> usize {
        self.span.at
    }

    /// Returns all captured bytes of the segment, from the header's first.
    pub fn bytes(&self) -> &'a [u8] {
        captured(&self.frame, self.span)
    }

    /// Walks the options.
    pub fn options(&self) -> Options<'a> {
        Options::new(self.options)
    }

    /// Returns how many sequence numbers the segment takes: data, SYN and FIN.
    pub fn sequence_length(&self) -> Option<u32> {
        let flags = self.header.flags?;
        let data = u32::try_from(self.payload_len?).ok()?;
        Some(data + u32::from(flags.syn()) + u32::from(flags.fin()))
    }

    /// Tells whether the header was met inside the packet that an ICMP error quotes.
    pub fn is_quoted(&self) -> bool {
        self.quoted == Quoted::InIcmpError
    }
}

fn captured<'a>(frame: &Frame<'a>, span: Span) -> &'a [u8] {
    let end = span.end.min(frame.bytes.len());
    frame.bytes.get(span.at..end).unwrap_or(&[])
}
