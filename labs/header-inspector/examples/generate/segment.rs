//! A TCP segment: header, options, payload and a checksum of a chosen kind.

use crate::options;
use crate::random::Random;

pub struct Segment {
    pub src_port: u16,
    pub dst_port: u16,
    pub seq: u32,
    pub ack: u32,
    /// In words; usually what the options need, sometimes a lie.
    pub data_offset: u8,
    /// The twelve bits after the data offset: three reserved, then AE to FIN.
    pub flags: u16,
    pub window: u16,
    pub checksum: Checksum,
    pub urgent: u16,
    pub options: Vec<u8>,
    pub payload: Vec<u8>,
}

#[derive(Clone, Copy)]
pub enum Checksum {
    Good,
    Bad,
    /// Only the pseudo-header is summed: the rest is left to the network card.
    Partial,
}

/// Ports that no dissector claims, so that a payload stays a payload.
const FIRST_QUIET_PORT: u16 = 55_550;

impl Segment {
    /// Any segment: every flag and option combination, one in ten malformed.
    pub fn any(random: &mut Random) -> Self {
        let options = options::area(random, 10);
        let payload = *random.pick(&[0, 0, 1, 2, 5, 40, 333]);
        let mut segment = Segment {
            src_port: FIRST_QUIET_PORT + random.below(10) as u16,
            dst_port: FIRST_QUIET_PORT + random.below(10) as u16,
            seq: random.u32(),
            ack: random.u32(),
            data_offset: 5 + (options.len() / 4) as u8,
            flags: flags(random),
            window: random.u16(),
            checksum: *random.pick(&[
                Checksum::Good,
                Checksum::Good,
                Checksum::Bad,
                Checksum::Partial,
            ]),
            urgent: if random.chance(50) { 0 } else { random.u16() },
            options,
            payload: random.bytes(payload),
        };
        if random.chance(4) {
            segment.data_offset = random.below(16) as u8;
        }
        segment
    }

    /// The bytes on the wire; `pseudo` is the sum of the pseudo-header but for the length.
    pub fn encode(&self, pseudo: u64) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(20 + self.options.len() + self.payload.len());
        bytes.extend(self.src_port.to_be_bytes());
        bytes.extend(self.dst_port.to_be_bytes());
        bytes.extend(self.seq.to_be_bytes());
        bytes.extend(self.ack.to_be_bytes());
        bytes.extend((u16::from(self.data_offset) << 12 | self.flags).to_be_bytes());
        bytes.extend(self.window.to_be_bytes());
        bytes.extend([0, 0]);
        bytes.extend(self.urgent.to_be_bytes());
        bytes.extend(&self.options);
        bytes.extend(&self.payload);
        let pseudo = pseudo + bytes.len() as u64;
        let checksum = match self.checksum {
            Checksum::Good => !fold(pseudo + sum(&bytes)),
            Checksum::Bad => (!fold(pseudo + sum(&bytes))).wrapping_add(0x1234),
            Checksum::Partial => fold(pseudo),
        };
        bytes[16..18].copy_from_slice(&checksum.to_be_bytes());
        bytes
    }
}

/// All twelve bits at random, or a combination that one really meets.
fn flags(random: &mut Random) -> u16 {
    if random.chance(50) {
        return random.u16() & 0xfff;
    }
    *random.pick(&[
        0x002, 0x012, 0x010, 0x018, 0x011, 0x004, 0x014, 0x0c2, 0x038,
    ])
}

/// The sum of the 16-bit words; a last odd byte counts as the upper half of one.
pub fn sum(bytes: &[u8]) -> u64 {
    let words = bytes.chunks(2);
    words
        .map(|word| u64::from(word[0]) << 8 | word.get(1).map_or(0, |low| u64::from(*low)))
        .sum()
}

pub fn fold(mut sum: u64) -> u16 {
    while sum > 0xffff {
        sum = (sum >> 16) + (sum & 0xffff);
    }
    sum as u16
}
