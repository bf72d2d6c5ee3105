//! Ethernet and what it may wrap around IP: VLAN tags, MPLS, PPPoE, LLC/SNAP.

use pnet_packet::ethernet::EthernetPacket;
use pnet_packet::vlan::VlanPacket;

use super::be16;
use crate::decode_error::DecodeError;
use crate::ip;
use crate::layers::{Layers, Span};

/// Types up to this are lengths of an 802.3 frame, whose payload begins with LLC.
const MAX_LENGTH: u16 = 1500;

/// Reads an Ethernet header and goes on.
pub(crate) fn ethernet(walk: &mut Layers, span: Span) {
    let Some(bytes) = walk.need(span, 14, "Ethernet header") else {
        return;
    };
    let header = EthernetPacket::new(bytes).expect("14 bytes hold an Ethernet header");
    ethertype(walk, header.get_ethertype().0, span.skip(14));
}

/// Goes on to what an EtherType says.
pub(crate) fn ethertype(walk: &mut Layers, kind: u16, span: Span) {
    match kind {
        0x0800 => walk.next_layer(span, ip::v4),
        0x86dd => walk.next_layer(span, ip::v6),
        0x8100 | 0x88a8 | 0x9100 => walk.next_layer(span, vlan),
        0x8847 | 0x8848 => walk.next_layer(span, mpls),
        0x8864 => walk.next_layer(span, pppoe),
        0x6558 => walk.next_layer(span, ethernet),
        length if length <= MAX_LENGTH => walk.next_layer(span, llc),
        other => walk.miss(DecodeError::NotIp {
            at: span.at,
            carried: other.into(),
        }),
    }
}

fn vlan(walk: &mut Layers, span: Span) {
    let Some(bytes) = walk.need(span, 4, "VLAN tag") else {
        return;
    };
    let tag = VlanPacket::new(bytes).expect("4 bytes hold a VLAN tag");
    ethertype(walk, tag.get_ethertype().0, span.skip(4));
}

/// Skips labels to the bottom of the stack, then tells IP by its version nibble.
fn mpls(walk: &mut Layers, mut span: Span) {
    loop {
        let Some(label) = walk.need(span, 4, "MPLS label") else {
            return;
        };
        span = span.skip(4);
        if label[2] & 1 == 1 {
            break;
        }
    }
    match walk.bytes(span).first().map(|byte| byte >> 4) {
        // A pseudowire's control word comes before an Ethernet frame.
        Some(0) => walk.next_layer(span.skip(4), ethernet),
        _ => walk.next_layer(span, ip::by_version),
    }
}

fn pppoe(walk: &mut Layers, span: Span) {
    let Some(bytes) = walk.need(span, 7, "PPPoE header with PPP") else {
        return;
    };
    // PPP's protocol field has one byte where that is odd (RFC 1661 §6.5).
    let (protocol, size) = if bytes[6] & 1 == 1 {
        (bytes[6].into(), 7)
    } else if walk.need(span, 8, "PPPoE header with PPP").is_some() {
        (be16(walk.bytes(span), 6), 8)
    } else {
        return;
    };
    match protocol {
        0x0021 => walk.next_layer(span.skip(size), ip::v4),
        0x0057 => walk.next_layer(span.skip(size), ip::v6),
        other => walk.miss(DecodeError::NotIp {
            at: span.at + 6,
            carried: other.into(),
        }),
    }
}

/// Reads LLC, which carries IPv4 itself (SAP 6) or a SNAP header with an EtherType.
pub(super) fn llc(walk: &mut Layers, span: Span) {
    let Some(bytes) = walk.need(span, 3, "LLC header") else {
        return;
    };
    match bytes[..3] {
        [0xaa, 0xaa, 0x03] => snap(walk, span.skip(3)),
        [0x06, 0x06, 0x03] => walk.next_layer(span.skip(3), ip::v4),
        _ => walk.miss(DecodeError::NotIp {
            at: span.at,
            carried: bytes[0].into(),
        }),
    }
}

fn snap(walk: &mut Layers, span: Span) {
    let Some(bytes) = walk.need(span, 5, "SNAP header") else {
        return;
    };
    ethertype(walk, be16(bytes, 3), span.skip(5));
}
