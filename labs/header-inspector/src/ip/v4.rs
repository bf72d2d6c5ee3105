//! The IPv4 header: options, fragments, and lengths that cannot be trusted.

use pnet_packet::ipv4::Ipv4Packet;

use super::{Fragment, IpHeader, carried, extension};
use crate::miss::Miss;
use crate::problem::{Code, Problem};
use crate::tcp::sum_words;
use crate::walk::{Span, Walk};

/// Reads an IPv4 header and goes on to what it carries.
pub(crate) fn v4(walk: &mut Walk, span: Span) {
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
        return walk.miss(Miss::LaterFragment { at: span.at });
    }
    if sum_words(&bytes[..size]) != 0xffff && !walk.is_quoted() {
        problems.push(Problem::new(Code::IpChecksum, span.at + 10..span.at + 12));
    }
    let header = header(&packet, span);
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

/// Returns the header's size in bytes; pnet_packet would accept an IHL below 5.
fn header_size(walk: &mut Walk, packet: &Ipv4Packet, span: Span) -> Option<usize> {
    if packet.get_version() != 4 {
        walk.miss(Miss::Version {
            at: span.at,
            found: packet.get_version(),
        });
        return None;
    }
    let words = packet.get_header_length();
    if words < 5 {
        walk.miss(Miss::HeaderLength { at: span.at, words });
        return None;
    }
    let size = usize::from(words) * 4;
    walk.need(span, size, "IPv4 header with options")?;
    Some(size)
}

/// Returns where the packet ends by its total length, noting what is odd about it.
fn end(
    walk: &mut Walk,
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
        walk.miss(Miss::TotalLength { at, header, total });
        return None;
    }
    let end = span.at + total;
    if end > span.end && !walk.is_quoted() {
        let there = span.end - span.at;
        problems.push(Problem::new(Code::IpLengthBeyond { total, there }, field));
    }
    Some(end)
}
