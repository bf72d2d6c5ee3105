//! The IPv6 header.

use pnet_packet::ipv6::Ipv6Packet;

use super::{Fragment, IpHeader, extension};
use crate::decode_error::DecodeError;
use crate::layers::{Layers, Span};
use crate::problem::{Code, Problem};

/// The size of the fixed header, which the payload length does not count.
const HEADER: usize = 40;

/// Reads an IPv6 header and goes on through its extension headers.
pub(crate) fn v6(walk: &mut Layers, span: Span) {
    let Some(bytes) = walk.need(span, HEADER, "IPv6 header") else {
        return;
    };
    let packet = Ipv6Packet::new(bytes).expect("40 bytes hold an IPv6 header");
    if packet.get_version() != 6 {
        return walk.miss(DecodeError::Version {
            at: span.at,
            found: packet.get_version(),
        });
    }
    let mut problems = Vec::new();
    let end = end(walk, &packet, span, &mut problems);
    let header = IpHeader {
        offset: span.at,
        src: packet.get_source().into(),
        dst: packet.get_destination().into(),
        fragment: Fragment::Whole,
    };
    let rest = Span {
        at: span.at + HEADER,
        end,
    };
    let next = packet.get_next_header().0;
    extension::chain(walk, next, header, rest, problems);
}

fn end(walk: &Layers, packet: &Ipv6Packet, span: Span, problems: &mut Vec<Problem>) -> usize {
    let field = span.at + 4..span.at + 6;
    let total = HEADER + usize::from(packet.get_payload_length());
    if total == HEADER {
        // A jumbogram, or segmentation offload: the length is elsewhere or nowhere.
        problems.push(Problem::new(Code::IpLengthZero, field));
        return span.end;
    }
    let end = span.at + total;
    if end > span.end && !walk.is_quoted() {
        let there = span.end - span.at;
        problems.push(Problem::new(Code::IpLengthBeyond { total, there }, field));
    }
    end
}
