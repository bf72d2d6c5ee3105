//! The loopback headers of BSD and macOS: four bytes that hold an address family.

use crate::decode_error::DecodeError;
use crate::ip;
use crate::layers::{Layers, Span};

/// Reads a NULL header, written in the byte order of the host that recorded it.
pub(crate) fn null(walk: &mut Layers, span: Span) {
    let Some(bytes) = walk.need(span, 4, "BSD NULL header") else {
        return;
    };
    let little = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    family(walk, little.min(little.swap_bytes()), span);
}

/// Reads a LOOP header, always in network byte order.
pub(crate) fn open_bsd_loop(walk: &mut Layers, span: Span) {
    let Some(bytes) = walk.need(span, 4, "BSD LOOP header") else {
        return;
    };
    let number = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    family(walk, number, span);
}

/// AF_INET is 2 everywhere; AF_INET6 is 24, 28 or 30, by the system.
fn family(walk: &mut Layers, number: u32, span: Span) {
    match number {
        2 => walk.next_layer(span.skip(4), ip::v4),
        24 | 28 | 30 => walk.next_layer(span.skip(4), ip::v6),
        other => walk.miss(DecodeError::NotIp {
            at: span.at,
            carried: other,
        }),
    }
}
