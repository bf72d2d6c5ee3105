//! ICMP errors, which quote the beginning of the packet that caused them.

use crate::decode_error::DecodeError;
use crate::layers::{Layers, Span};

/// An ICMP error's own header, before the quoted packet.
const HEADER: usize = 8;

/// Goes down into what an ICMP error quotes (RFC 792).
pub(super) fn v4(walk: &mut Layers, span: Span) {
    // Unreachable, source quench, redirect, time exceeded, parameter problem.
    error(walk, span, 1, &[3, 4, 5, 11, 12]);
}

/// Goes down into what an ICMPv6 error quotes (RFC 4443).
pub(super) fn v6(walk: &mut Layers, span: Span) {
    // Unreachable, packet too big, time exceeded, parameter problem.
    error(walk, span, 58, &[1, 2, 3, 4]);
}

fn error(walk: &mut Layers, span: Span, protocol: u8, errors: &[u8]) {
    let Some(bytes) = walk.need(span, HEADER, "ICMP header") else {
        return;
    };
    if errors.contains(&bytes[0]) {
        walk.quoted(span.skip(HEADER));
    } else {
        walk.miss(DecodeError::NotTcp {
            at: span.at,
            protocol,
        });
    }
}
