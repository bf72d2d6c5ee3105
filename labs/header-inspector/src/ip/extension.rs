//! IPv6 extension headers, and the authentication header of both versions.
//!
//! pnet_packet's `FragmentPacket` masks the fragment offset wrongly, and it has no
//! routing header that can be trusted, so these few bytes are read here.

use std::net::{IpAddr, Ipv6Addr};

use super::{Fragment, IpHeader, carried};
use crate::decode_error::DecodeError;
use crate::layers::{Layers, Span};
use crate::link::be16;
use crate::problem::{Code, Problem};

/// Option types (IANA's registry of IPv6 parameters).
const JUMBO_PAYLOAD: u8 = 0xc2;
const HOME_ADDRESS: u8 = 0xc9;

/// Follows the chain of next headers; each takes bytes, so it comes to an end.
pub(super) fn chain(
    walk: &mut Layers,
    mut next: u8,
    mut header: IpHeader,
    mut span: Span,
    mut problems: Vec<Problem>,
) {
    // Hop-by-hop, routing, fragment, authentication, destination, mobility, HIP, shim6.
    while matches!(next, 0 | 43 | 44 | 51 | 60 | 135 | 139 | 140) {
        let Some(bytes) = walk.need(span, 8, "IPv6 extension header") else {
            return;
        };
        let size = size(next, bytes[1]);
        match next {
            0 => jumbo(walk.bytes(span), size, &header, &mut span, &mut problems),
            60 => home_address(walk.bytes(span), size, &mut header),
            43 => route(bytes, size, &mut header),
            44 if !first_fragment(bytes, &mut header) => {
                return walk.miss(DecodeError::LaterFragment { at: span.at });
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

/// The data of an option of this type in a hop-by-hop or destination options header of
/// `size` bytes (RFC 8200 §4.2).
fn option(bytes: &[u8], size: usize, kind: u8) -> Option<&[u8]> {
    let area = bytes.get(2..size)?;
    let mut at = 0;
    while let Some(&found) = area.get(at) {
        // Pad1 is the one option without a length.
        if found == 0 {
            at += 1;
            continue;
        }
        let length = usize::from(*area.get(at + 1)?);
        let data = area.get(at + 2..at + 2 + length)?;
        if found == kind {
            return Some(data);
        }
        at += 2 + length;
    }
    None
}

/// Takes the packet's end from a jumbo payload option (RFC 2675 §2): the length field of
/// the IPv6 header is 0 then, and nothing is odd about that.
fn jumbo(
    bytes: &[u8],
    size: usize,
    header: &IpHeader,
    span: &mut Span,
    problems: &mut Vec<Problem>,
) {
    let is_zero = |problem: &Problem| problem.code == Code::IpLengthZero;
    let Some(&[a, b, c, d]) = option(bytes, size, JUMBO_PAYLOAD) else {
        return;
    };
    let length = u32::from_be_bytes([a, b, c, d]) as usize;
    if problems.iter().any(is_zero) && length > usize::from(u16::MAX) {
        problems.retain(|problem| !is_zero(problem));
        span.end = header.offset.saturating_add(40).saturating_add(length);
    }
}

/// Takes the source from a home address option, for which the checksum is computed
/// (RFC 6275 §6.3 and §11.3.1).
fn home_address(bytes: &[u8], size: usize, header: &mut IpHeader) {
    let data = option(bytes, size, HOME_ADDRESS);
    if let Some(octets) = data.and_then(|data| <[u8; 16]>::try_from(data).ok()) {
        header.src = IpAddr::V6(Ipv6Addr::from(octets));
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
