//! The loopback headers of BSD and macOS: four bytes that hold an address family.

use crate::ip;
use crate::miss::Miss;
use crate::walk::{Span, Walk};

/// Reads a NULL header, written in the byte order of the host that recorded it.
pub(crate) fn null(walk: &mut Walk, span: Span) {
    let Some(bytes) = walk.need(span, 4, "BSD NULL header") else {
        return;
    };
    let little = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    family(walk, little.min(little.swap_bytes()), span);
}

/// Reads a LOOP header, always in network byte order.
pub(crate) fn open_bsd_loop(walk: &mut Walk, span: Span) {
    let Some(bytes) = walk.need(span, 4, "BSD LOOP header") else {
        return;
    };
    let number = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    family(walk, number, span);
}

/// AF_INET is 2 everywhere; AF_INET6 is 24, 28 or 30, by the system.
fn family(walk: &mut Walk, number: u32, span: Span) {
    match number {
        2 => walk.deeper(span.skip(4), ip::v4),
        24 | 28 | 30 => walk.deeper(span.skip(4), ip::v6),
        other => walk.miss(Miss::NotIp {
            at: span.at,
            carried: other,
        }),
    }
}
