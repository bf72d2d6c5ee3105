//! Linux cooked captures, which `tcpdump -i any` makes: SLL and SLL2.

use pnet_packet::sll::SLLPacket;
use pnet_packet::sll2::SLL2Packet;

use super::ethernet::{ethertype, llc};
use crate::layers::{Layers, Span};

/// The protocol number that stands for a frame beginning with LLC.
const LLC: u16 = 4;

/// Reads a version 1 header. pnet_packet would accept 8 bytes and panic below 16.
pub(crate) fn cooked(walk: &mut Layers, span: Span) {
    let Some(bytes) = walk.need(span, 16, "Linux cooked header") else {
        return;
    };
    let header = SLLPacket::new(bytes).expect("16 bytes hold an SLL header");
    carried(walk, header.get_protocol().0, span.skip(16));
}

/// Reads a version 2 header.
pub(crate) fn cooked2(walk: &mut Layers, span: Span) {
    let Some(bytes) = walk.need(span, 20, "Linux cooked v2 header") else {
        return;
    };
    let header = SLL2Packet::new(bytes).expect("20 bytes hold an SLL2 header");
    carried(walk, header.get_protocol_type().0, span.skip(20));
}

fn carried(walk: &mut Layers, protocol: u16, span: Span) {
    match protocol {
        LLC => walk.next_layer(span, llc),
        other => ethertype(walk, other, span),
    }
}
