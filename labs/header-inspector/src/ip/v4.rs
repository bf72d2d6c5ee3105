//! The IPv4 header: options, fragments, and lengths that cannot be trusted.

use std::net::IpAddr;

use pnet_packet::ipv4::Ipv4Packet;

use super::{Fragment, IpHeader, carried, extension};
use crate::decode_error::DecodeError;
use crate::layers::{Layers, Span};
use crate::problem::{Code, Problem};
use crate::tcp::sum_words;

/// Option types: loose and strict source and record route (RFC 791 §3.1).
const LOOSE_ROUTE: u8 = 131;
const STRICT_ROUTE: u8 = 137;

/// Reads an IPv4 header and goes on to what it carries.
pub(crate) fn v4(walk: &mut Layers, span: Span) {
    let Some(bytes) = walk.need(span, 20, "IPv4 header") else {
        return;
    };
    let packet = Ipv4Packet::new(bytes).expect("20 bytes hold an IPv4 header");
    let Some(size) = header_size(walk, &packet, span) else {
        return;
    };
    let mut problems = Vec::new();
    let Some(end) = end(walk, &packet, span, size, &mut problems) else {
        return;
    };
    if packet.get_fragment_offset() > 0 {
        return walk.miss(DecodeError::LaterFragment { at: span.at });
    }
    if sum_words(&bytes[..size]) != 0xffff && !walk.is_quoted() {
        problems.push(Problem::new(Code::IpChecksum, span.at + 10..span.at + 12));
    }
    let mut header = header(&packet, span);
    if let Some(destination) = final_destination(bytes_of_options(walk, span, size)) {
        header.dst = destination;
    }
    let rest = Span {
        at: span.at + size,
        end,
    };
    match packet.get_next_level_protocol().0 {
        51 => extension::chain(walk, 51, header, rest, problems),
        protocol => carried(walk, protocol, header, rest, problems),
    }
}

fn header(packet: &Ipv4Packet, span: Span) -> IpHeader {
    let more = packet.get_flags() & 1 == 1;
    IpHeader {
        offset: span.at,
        src: packet.get_source().into(),
        dst: packet.get_destination().into(),
        fragment: if more {
            Fragment::First
        } else {
            Fragment::Whole
        },
    }
}

/// The options behind the fixed header.
fn bytes_of_options<'a>(walk: &Layers<'a, '_>, span: Span, size: usize) -> &'a [u8] {
    walk.bytes(span).get(20..size).unwrap_or_default()
}

/// Returns the last address of a source route that is not at its end yet: the checksum is
/// computed for that (RFC 791 §3.1, RFC 9293 §3.1).
fn final_destination(options: &[u8]) -> Option<IpAddr> {
    let mut at = 0;
    while let Some(&kind) = options.get(at) {
        match kind {
            0 => return None,
            1 => at += 1,
            kind => {
                let length = usize::from(*options.get(at + 1)?);
                let option = options.get(at..at + length.max(2))?;
                if matches!(kind, LOOSE_ROUTE | STRICT_ROUTE) {
                    let pointer = usize::from(*option.get(2)?);
                    let route = option.get(3..)?;
                    let last = route.chunks_exact(4).next_back()?;
                    let octets: [u8; 4] = last.try_into().expect("a chunk has four bytes");
                    return (pointer <= length).then(|| octets.into());
                }
                at += length.max(2);
            }
        }
    }
    None
}

/// Returns the header's size in bytes; pnet_packet would accept an IHL below 5.
fn header_size(walk: &mut Layers, packet: &Ipv4Packet, span: Span) -> Option<usize> {
    if packet.get_version() != 4 {
        walk.miss(DecodeError::Version {
            at: span.at,
            found: packet.get_version(),
        });
        return None;
    }
    let words = packet.get_header_length();
    if words < 5 {
        walk.miss(DecodeError::HeaderLength { at: span.at, words });
        return None;
    }
    let size = usize::from(words) * 4;
    walk.need(span, size, "IPv4 header with options")?;
    Some(size)
}

/// Returns where the packet ends by its total length, noting what is odd about it.
fn end(
    walk: &mut Layers,
    packet: &Ipv4Packet,
    span: Span,
    header: usize,
    problems: &mut Vec<Problem>,
) -> Option<usize> {
    let field = span.at + 2..span.at + 4;
    let total = usize::from(packet.get_total_length());
    if total == 0 {
        // Segmentation offload: the card would have filled it in.
        problems.push(Problem::new(Code::IpLengthZero, field));
        return Some(span.end);
    }
    if total < header {
        let at = span.at;
        walk.miss(DecodeError::TotalLength { at, header, total });
        return None;
    }
    let end = span.at + total;
    if end > span.end && !walk.is_quoted() {
        let there = span.end - span.at;
        problems.push(Problem::new(Code::IpLengthBeyond { total, there }, field));
    }
    Some(end)
}
