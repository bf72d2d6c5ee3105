//! NFLOG, Linux's firewall log: a short header, then attributes, one the packet.
//!
//! ```text
//! family version resource | length type value padding | length type value …
//! ```

use crate::decode_error::DecodeError;
use crate::ip;
use crate::layers::{Layers, Span};

/// The attribute that holds the packet.
const PAYLOAD: u16 = 9;

/// Finds the packet among the attributes and goes on.
pub(crate) fn nflog(walk: &mut Layers, span: Span) {
    let Some(bytes) = walk.need(span, 8, "NFLOG header with an attribute") else {
        return;
    };
    let Some((at, end)) = payload(bytes) else {
        return walk.miss(DecodeError::NotIp {
            at: span.at,
            carried: bytes[0].into(),
        });
    };
    let packet = Span {
        at: span.at + at,
        end: (span.at + end).min(span.end),
    };
    walk.next_layer(packet, ip::by_version);
}

/// Returns where the packet is, trying both byte orders: the host's is not recorded.
fn payload(bytes: &[u8]) -> Option<(usize, usize)> {
    find(bytes, u16::from_le_bytes).or_else(|| find(bytes, u16::from_be_bytes))
}

fn find(bytes: &[u8], number: fn([u8; 2]) -> u16) -> Option<(usize, usize)> {
    let mut at = 4;
    while let Some(head) = bytes.get(at..at + 4) {
        let length = usize::from(number([head[0], head[1]]));
        // The upper bits are marks that netlink puts there.
        let kind = number([head[2], head[3]]) & 0x3fff;
        if length < 4 {
            return None;
        }
        if kind == PAYLOAD {
            return Some((at + 4, at + length));
        }
        at += length.next_multiple_of(4);
    }
    None
}
