//! The table of conversations, bounded whatever the capture holds.

use std::collections::HashMap;
use std::net::IpAddr;

use super::{Conversation, Direction, Endpoint, Origin, Place, Scale, Side};
use crate::Segment;
use crate::tcp::Value;

/// Conversations kept in each of the two generations: some 20 MiB at the most.
const GENERATION: usize = 65_536;

/// Both ends, the smaller first, so that both directions find one conversation.
///
/// One array is hashed in one go; two addresses in their enums take several times that.
/// Whole words, because bytes that are written singly and read together make the
/// processor wait: that was a tenth of all the time that JSON took.
type Key = [u64; 6];

/// An endpoint: the address's upper and lower half, IP version and port.
type End = [u64; 3];

/// Remembers conversations, forgetting those that were silent for long.
///
/// Two generations do it without a clock: what is touched moves to the young one, and
/// when that is full, the old one is dropped and the young one grows old.
#[derive(Default)]
pub struct Conversations {
    young: HashMap<Key, Conversation>,
    old: HashMap<Key, Conversation>,
    streams: u32,
    forgotten: u64,
}

impl Conversations {
    /// Returns how many conversations were forgotten to stay within bounds.
    pub fn forgotten(&self) -> u64 {
        self.forgotten
    }

    /// Returns how many conversations there have been.
    pub fn streams(&self) -> u32 {
        self.streams
    }

    /// Fills in the segment's place and learns from it.
    ///
    /// A header quoted in an ICMP error finds its conversation and teaches nothing.
    pub fn place(&mut self, segment: &mut Segment) {
        segment.place = self.look_up(segment);
    }

    fn look_up(&mut self, segment: &Segment) -> Option<Place> {
        let (from, to) = endpoints(segment)?;
        let key = key(from, to);
        if segment.is_quoted() {
            let known = self.young.get(&key).or_else(|| self.old.get(&key))?;
            return Some(known.place(segment, from));
        }
        if let Some(known) = self.young.get_mut(&key)
            && !known.is_reopened(segment, from)
        {
            known.learn(segment, from);
            return Some(known.place(segment, from));
        }
        Some(self.admit(key, segment, from))
    }

    /// Takes a conversation in that is new, reopened, or comes back from the old ones.
    fn admit(&mut self, key: Key, segment: &Segment, from: Endpoint) -> Place {
        let mut conversation = match self.old.remove(&key) {
            Some(known) if !known.is_reopened(segment, from) => known,
            _ => self.open(from),
        };
        conversation.learn(segment, from);
        let place = conversation.place(segment, from);
        if self.young.len() >= GENERATION {
            self.forgotten += self.old.len() as u64;
            // The old generation's memory serves the new one, which need not grow again.
            std::mem::swap(&mut self.young, &mut self.old);
            self.young.clear();
        }
        self.young.insert(key, conversation);
        place
    }

    fn open(&mut self, first: Endpoint) -> Conversation {
        let stream = self.streams;
        self.streams = self.streams.saturating_add(1);
        Conversation {
            stream,
            first,
            forward: Side::default(),
            backward: Side::default(),
        }
    }
}

/// Returns the two ends of a segment, if its ports are there.
pub(crate) fn endpoints(segment: &Segment) -> Option<(Endpoint, Endpoint)> {
    let ip = segment.ip.as_ref();
    let from = Endpoint {
        address: ip.map(|ip| ip.src),
        port: segment.header.src_port?,
    };
    let to = Endpoint {
        address: ip.map(|ip| ip.dst),
        port: segment.header.dst_port?,
    };
    Some((from, to))
}

fn key(from: Endpoint, to: Endpoint) -> Key {
    let (from, to) = (end(from), end(to));
    let ([a, b, c], [d, e, f]) = if from <= to { (from, to) } else { (to, from) };
    [a, b, c, d, e, f]
}

fn end(endpoint: Endpoint) -> End {
    let port = u64::from(endpoint.port);
    match endpoint.address {
        Some(IpAddr::V4(address)) => [0, u64::from(address.to_bits()), 4 << 16 | port],
        Some(IpAddr::V6(address)) => {
            let bits = address.to_bits();
            [(bits >> 64) as u64, bits as u64, 6 << 16 | port]
        }
        None => [0, 0, port],
    }
}

impl Conversation {
    fn direction(&self, from: Endpoint) -> Direction {
        if from == self.first {
            Direction::Forward
        } else {
            Direction::Backward
        }
    }

    fn sides(&mut self, from: Endpoint) -> (&mut Side, &mut Side) {
        match self.direction(from) {
            Direction::Forward => (&mut self.forward, &mut self.backward),
            Direction::Backward => (&mut self.backward, &mut self.forward),
        }
    }

    /// Tells whether the same two ends begin anew: a SYN with another number.
    fn is_reopened(&self, segment: &Segment, from: Endpoint) -> bool {
        let header = &segment.header;
        let opens = header
            .flags
            .is_some_and(|flags| flags.syn() && !flags.ack());
        let mine = match self.direction(from) {
            Direction::Forward => self.forward,
            Direction::Backward => self.backward,
        };
        opens && mine.base.is_some() && mine.base != header.seq
    }

    fn learn(&mut self, segment: &Segment, from: Endpoint) {
        let (mine, other) = self.sides(from);
        let (Some(seq), Some(flags)) = (segment.header.seq, segment.header.flags) else {
            return;
        };
        if flags.syn() {
            mine.base = Some(seq);
            mine.origin = Origin::Seen;
            mine.scale = scale(segment);
        } else if mine.base.is_none() {
            // The handshake was not seen: count as if its SYN came right before.
            mine.base = Some(seq.wrapping_sub(1));
        }
        if let (Some(ack), true, None) = (segment.header.ack, flags.ack(), other.base) {
            other.base = Some(ack.wrapping_sub(1));
        }
    }

    fn place(&self, segment: &Segment, from: Endpoint) -> Place {
        let direction = self.direction(from);
        let (mine, other) = match direction {
            Direction::Forward => (self.forward, self.backward),
            Direction::Backward => (self.backward, self.forward),
        };
        let header = &segment.header;
        let has_ack = header.flags.is_some_and(|flags| flags.ack());
        let ack = header.ack.filter(|_| has_ack);
        Place {
            stream: self.stream,
            direction,
            origins: [mine.origin, other.origin],
            rel_seq: header
                .seq
                .zip(mine.base)
                .map(|(seq, base)| seq.wrapping_sub(base)),
            rel_ack: ack
                .zip(other.base)
                .map(|(ack, base)| ack.wrapping_sub(base)),
            window_scaled: window(segment, mine.scale, other.scale),
        }
    }
}

fn scale(segment: &Segment) -> Scale {
    segment
        .options()
        .find_map(|option| match option.value {
            // RFC 7323 §2.3: a larger shift is used as 14.
            Value::WindowScale(shift) => Some(Scale::Shift(shift.min(14))),
            _ => None,
        })
        .unwrap_or(Scale::Absent)
}

/// Returns the window in bytes: never scaled in a SYN, and only if both sides said so.
fn window(segment: &Segment, mine: Scale, other: Scale) -> Option<u32> {
    let window = u32::from(segment.header.window?);
    if segment.header.flags?.syn() {
        return Some(window);
    }
    match (mine, other) {
        (Scale::Absent, _) | (_, Scale::Absent) => Some(window),
        (Scale::Shift(shift), Scale::Shift(_)) => Some(window << shift),
        _ => None,
    }
}
