//! Tunnels that carry another packet or frame: GRE, and VXLAN over UDP.

use crate::decode_error::DecodeError;
use crate::layers::{Layers, Span};
use crate::link::{be16, ethernet, ethertype};

/// The UDP port that IANA gave to VXLAN.
const VXLAN_PORT: u16 = 4789;
/// The mark that a VXLAN header's network identifier is valid.
const VXLAN_VALID: u8 = 0x08;

/// Reads a GRE header of version 0 and goes on (RFC 2784, RFC 2890).
pub(super) fn gre(walk: &mut Layers, span: Span) {
    let Some(bytes) = walk.need(span, 4, "GRE header") else {
        return;
    };
    let (marks, kind) = (be16(bytes, 0), be16(bytes, 2));
    // Routing (0x4000) was withdrawn, version 1 carries PPP in another layout.
    if marks & 0x4007 != 0 {
        return walk.miss(DecodeError::NotTcp {
            at: span.at,
            protocol: 47,
        });
    }
    // Checksum, key and sequence number: four bytes each, where marked.
    let words = (marks & 0xb000).count_ones() as usize;
    ethertype(walk, kind, span.skip(4 + 4 * words));
}

/// Reads a UDP header, of interest only where it carries VXLAN (RFC 7348).
pub(super) fn udp(walk: &mut Layers, span: Span) {
    let Some(bytes) = walk.need(span, 8, "UDP header") else {
        return;
    };
    let not_tcp = DecodeError::NotTcp {
        at: span.at,
        protocol: 17,
    };
    if be16(bytes, 2) != VXLAN_PORT {
        return walk.miss(not_tcp);
    }
    let Some(bytes) = walk.need(span, 16, "UDP header with VXLAN") else {
        return;
    };
    if bytes[8] & VXLAN_VALID == 0 {
        return walk.miss(not_tcp);
    }
    walk.next_layer(span.skip(16), ethernet);
}
