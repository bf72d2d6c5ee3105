//! IPv6 extension headers, and the authentication header of both versions.
//!
//! pnet_packet's `FragmentPacket` masks the fragment offset wrongly, and it has no
//! routing header that can be trusted, so these few bytes are read here.

use std::net::{IpAddr, Ipv6Addr};

use super::{Fragment, IpHeader, carried};
use crate::link::be16;
use crate::miss::Miss;
use crate::problem::Problem;
use crate::walk::{Span, Walk};

/// Follows the chain of next headers; each takes bytes, so it comes to an end.
pub(super) fn chain(
    walk: &mut Walk,
    mut next: u8,
    mut header: IpHeader,
    mut span: Span,
    problems: Vec<Problem>,
) {
    // Hop-by-hop, routing, fragment, authentication, destination, mobility, HIP, shim6.
    while matches!(next, 0 | 43 | 44 | 51 | 60 | 135 | 139 | 140) {
        let Some(bytes) = walk.need(span, 8, "IPv6 extension header") else {
            return;
        };
        let size = size(next, bytes[1]);
        match next {
            43 => route(bytes, size, &mut header),
            44 if !first_fragment(bytes, &mut header) => {
                return walk.miss(Miss::LaterFragment { at: span.at });
            }
            _ => {}
        }
        next = bytes[0];
        span = span.skip(size);
    }
    carried(walk, next, header, span, problems);
}

/// Returns a header's size in bytes: each kind counts its length in its own way.
fn size(kind: u8, length: u8) -> usize {
    match kind {
        44 => 8,
        51 => (usize::from(length) + 2) * 4,
        _ => (usize::from(length) + 1) * 8,
    }
}

/// Takes the final destination from a routing header that has segments left.
///
/// Types 0 and 2 list the way in order, so the last address is the end of it;
/// segment routing (4) lists it backwards, so the first one is.
fn route(bytes: &[u8], size: usize, header: &mut IpHeader) {
    let (kind, left) = (bytes[2], bytes[3]);
    let at = match kind {
        _ if left == 0 => return,
        0 | 2 => size.saturating_sub(16),
        4 => 8,
        _ => return,
    };
    if at < 8 || at + 16 > size {
        return;
    }
    if let Some(address) = bytes.get(at..at + 16) {
        let octets: [u8; 16] = address.try_into().expect("16 bytes make an address");
        header.dst = IpAddr::V6(Ipv6Addr::from(octets));
    }
}

/// Notes a fragment; returns false when the TCP header travelled in an earlier one.
fn first_fragment(bytes: &[u8], header: &mut IpHeader) -> bool {
    let field = be16(bytes, 2);
    let (offset, more) = (field >> 3, field & 1 == 1);
    if more {
        header.fragment = Fragment::First;
    }
    offset == 0
}
