//! Conversations: what the segments before it tell about a segment.

mod phase;
mod table;

use std::fmt;
use std::net::IpAddr;

pub use phase::{Ending, Phase, Progress};
pub use table::Conversations;
pub(crate) use table::endpoints;

/// One end of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Endpoint {
    /// `None` for loose bytes that begin with the TCP header.
    pub address: Option<IpAddr>,
    pub port: u16,
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.address {
            Some(IpAddr::V6(ip)) => write!(f, "[{ip}]:{}", self.port),
            Some(IpAddr::V4(ip)) => write!(f, "{ip}:{}", self.port),
            None => write!(f, "?:{}", self.port),
        }
    }
}

/// Which way a segment goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the end that sent the conversation's first segment that we know.
    Forward,
    Backward,
}

/// What the conversation knows of one segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Counted from 0, in the order in which conversations appear.
    pub stream: u32,
    pub direction: Direction,
    /// Whether both initial sequence numbers were seen: this side's, the other's.
    pub origins: [Origin; 2],
    /// Counted from this side's initial sequence number.
    pub rel_seq: Option<u32>,
    /// Counted from the other side's.
    pub rel_ack: Option<u32>,
    /// The window in bytes; `None` while nobody knows the scale.
    pub window_scaled: Option<u32>,
}

/// What is remembered of one conversation.
#[derive(Clone, Copy, Debug)]
pub struct Conversation {
    pub stream: u32,
    /// The end that sent the first segment.
    pub first: Endpoint,
    pub forward: Side,
    pub backward: Side,
}

/// What is remembered of one direction.
#[derive(Clone, Copy, Debug, Default)]
pub struct Side {
    /// The initial sequence number, or one before the first number that was seen.
    pub base: Option<u32>,
    pub origin: Origin,
    pub scale: Scale,
}

/// What relative numbers are counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The SYN was not seen, so the first number that was is taken for 1.
    #[default]
    Assumed,
    /// The initial sequence number.
    Seen,
}

/// What one side's SYN said of window scaling (RFC 7323 §2.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// Its SYN was not seen.
    #[default]
    Unknown,
    /// Its SYN had no such option, so neither side scales.
    Absent,
    Shift(u8),
}
