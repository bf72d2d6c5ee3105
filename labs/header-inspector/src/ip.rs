//! The Internet Protocol: versions 4 and 6, extension headers, tunnels, ICMP errors.

mod extension;
mod icmp;
mod tunnel;
mod v4;
mod v6;

use std::net::IpAddr;

use crate::decode_error::DecodeError;
use crate::layers::{Layers, Span};
use crate::problem::Problem;

pub(crate) use v4::v4;
pub(crate) use v6::v6;

/// What TCP needs to know of the IP header before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IpHeader {
    /// Where the IP header begins in the frame.
    pub offset: usize,
    pub src: IpAddr,
    /// The final destination: a routing header's, where segments are left.
    pub dst: IpAddr,
    pub fragment: Fragment,
}

/// Whether the rest of the packet travels in other frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fragment {
    Whole,
    First,
}

impl IpHeader {
    /// Returns 4 or 6.
    pub fn version(&self) -> u8 {
        if self.src.is_ipv4() { 4 } else { 6 }
    }

    /// Tells whether the packet was cut into fragments, of which this is the first.
    pub fn is_fragment(&self) -> bool {
        self.fragment == Fragment::First
    }
}

/// Reads whichever version the first nibble states.
pub(crate) fn by_version(walk: &mut Layers, span: Span) {
    let Some(bytes) = walk.need(span, 1, "IP header") else {
        return;
    };
    match bytes[0] >> 4 {
        4 => v4(walk, span),
        6 => v6(walk, span),
        found => walk.miss(DecodeError::Version { at: span.at, found }),
    }
}

/// Goes on to what an IP protocol number says.
fn carried(walk: &mut Layers, protocol: u8, header: IpHeader, span: Span, problems: Vec<Problem>) {
    match protocol {
        6 => walk.tcp(Some(header), span, problems),
        4 => walk.next_layer(span, v4),
        41 => walk.next_layer(span, v6),
        47 => walk.next_layer(span, tunnel::gre),
        17 => walk.next_layer(span, tunnel::udp),
        1 => icmp::v4(walk, span),
        58 => icmp::v6(walk, span),
        protocol => walk.miss(DecodeError::NotTcp {
            at: span.at,
            protocol,
        }),
    }
}
