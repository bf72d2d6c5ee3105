//! Link layers: what lies before the IP header.
//!
//! Each function reads its header at the start of the span and goes on to what it
//! carries. pnet_packet reads the fixed fields after the length was checked here.

mod cooked;
mod ethernet;
mod loopback;
mod nflog;

pub(crate) use cooked::{cooked, cooked2};
pub(crate) use ethernet::{ethernet, ethertype};
pub(crate) use loopback::{null, open_bsd_loop};
pub(crate) use nflog::nflog;

/// Reads two bytes in network order; the caller has checked that they are there.
pub(crate) fn be16(bytes: &[u8], at: usize) -> u16 {
    u16::from_be_bytes([bytes[at], bytes[at + 1]])
}
