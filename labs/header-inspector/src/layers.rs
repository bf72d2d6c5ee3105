//! The way down a frame: link, IP, tunnels, until TCP headers are met.
//!
//! ```text
//! Ethernet ▶ IPv4 ▶ GRE ▶ IPv6 ▶ TCP        each TCP header is handed out as a
//!                 ▶ ICMP error ▶ IPv4 ▶ TCP  layer of its own, counted from 0
//! ```
//!
//! The walk owns the bounds: how deep layers may nest, and what was in the way when
//! no TCP header was found.

use crate::decode_error::DecodeError;
use crate::frame::{Frame, Link};
use crate::ip::{self, IpHeader};
use crate::problem::Problem;
use crate::{Segment, link};

/// Layers may nest this deep: real frames stay under ten, an attacker's need not.
const MAX_DEPTH: u8 = 32;

/// A stretch of a frame, by the lengths that the headers before it state.
///
/// `end` may lie beyond the captured bytes, where the capture cut the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub at: usize,
    pub end: usize,
}

impl Span {
    /// Returns what is left after the next `count` bytes.
    pub fn skip(self, count: usize) -> Span {
        let at = self.at + count;
        Span { at, ..self }
    }
}

/// One walk down one frame.
pub struct Layers<'a, 'f> {
    pub(crate) frame: Frame<'a>,
    found: &'f mut dyn FnMut(&mut Segment<'a>),
    layer: u8,
    depth: u8,
    quoted: Quoted,
    miss: Option<DecodeError>,
}

/// Whether the walk is inside the packet that an ICMP error quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoted {
    No,
    InIcmpError,
}

impl<'a, 'f> Layers<'a, 'f> {
    /// Hands each TCP header of the frame to `found`; returns why, if there is none.
    pub fn down(
        frame: Frame<'a>,
        found: &'f mut dyn FnMut(&mut Segment<'a>),
    ) -> Option<DecodeError> {
        let mut walk = Layers {
            frame,
            found,
            layer: 0,
            depth: 0,
            quoted: Quoted::No,
            miss: None,
        };
        let all = Span {
            at: 0,
            end: frame.len.max(frame.bytes.len()),
        };
        walk.enter_link(all);
        walk.miss
    }

    fn enter_link(&mut self, all: Span) {
        match self.frame.link {
            Link::Ethernet => link::ethernet(self, all),
            Link::Cooked => link::cooked(self, all),
            Link::Cooked2 => link::cooked2(self, all),
            Link::Null => link::null(self, all),
            Link::Loop => link::open_bsd_loop(self, all),
            Link::Nflog => link::nflog(self, all),
            Link::Ip => ip::by_version(self, all),
            Link::Tcp => self.tcp(None, all, Vec::new()),
            Link::Other(number) => self.miss(DecodeError::UnknownLink(number)),
        }
    }

    /// Returns the captured bytes of a span.
    pub(crate) fn bytes(&self, span: Span) -> &'a [u8] {
        let end = span.end.min(self.frame.bytes.len());
        self.frame.bytes.get(span.at..end).unwrap_or(&[])
    }

    /// Returns the first `needed` bytes of a span, or notes that they are not there.
    pub(crate) fn need(
        &mut self,
        span: Span,
        needed: usize,
        what: &'static str,
    ) -> Option<&'a [u8]> {
        let bytes = self.bytes(span);
        if bytes.len() < needed {
            self.miss(DecodeError::Short {
                what,
                at: span.at,
                needed,
                found: bytes.len(),
            });
            return None;
        }
        Some(bytes)
    }

    /// Notes what was in the way; the walk ends there.
    pub(crate) fn miss(&mut self, miss: DecodeError) {
        self.miss = Some(miss);
    }

    /// Goes one layer down, if that is not too deep; it never comes up again, because
    /// no layer leads to more than one other.
    pub(crate) fn next_layer(&mut self, span: Span, into: impl FnOnce(&mut Self, Span)) {
        if self.depth == MAX_DEPTH {
            return self.miss(DecodeError::TooDeep { at: span.at });
        }
        self.depth += 1;
        into(self, span);
    }

    /// Goes down into the packet that an ICMP error quotes.
    pub(crate) fn quoted(&mut self, span: Span) {
        self.quoted = Quoted::InIcmpError;
        self.next_layer(span, ip::by_version);
    }

    pub(crate) fn is_quoted(&self) -> bool {
        self.quoted == Quoted::InIcmpError
    }

    /// Hands out the TCP header at the start of the span.
    pub(crate) fn tcp(&mut self, ip: Option<IpHeader>, span: Span, problems: Vec<Problem>) {
        if self.need(span, 1, "TCP header").is_none() {
            return;
        }
        let mut segment = Segment::read(self.frame, ip, span, problems, self.quoted, self.layer);
        self.layer = self.layer.saturating_add(1);
        (self.found)(&mut segment);
    }
}
