//! A segment with the 20-byte header of RFC 9293 §3.1, without options.

/// What a sender or a receiver puts on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segment {
    /// The number of the first byte of the payload, or of FIN if there is none.
    pub sequence: u32,
    /// The next number that is expected; `None` if ACK is not set.
    pub acknowledgment: Option<u32>,
    /// How many bytes the sender of this segment accepts from there on.
    pub window: u16,
    /// No byte comes after the payload; FIN takes one number itself.
    pub fin: bool,
    pub payload: Vec<u8>,
}

const HEADER: usize = 20;
const PORT: [u8; 2] = 6000u16.to_be_bytes();
const FIN: u8 = 0x01;
const ACK: u8 = 0x10;

impl Segment {
    /// The bytes on the wire, with the checksum over header and payload. (There is no
    /// pseudo-header: UDP carries the segment, and has one.)
    pub fn to_bytes(&self) -> Vec<u8> {
        let flags = if self.fin { FIN } else { 0 };
        let ack = if self.acknowledgment.is_some() {
            ACK
        } else {
            0
        };
        let mut bytes = Vec::with_capacity(HEADER + self.payload.len());
        bytes.extend(PORT);
        bytes.extend(PORT);
        bytes.extend(self.sequence.to_be_bytes());
        bytes.extend(self.acknowledgment.unwrap_or(0).to_be_bytes());
        bytes.extend([(HEADER as u8 / 4) << 4, flags | ack]);
        bytes.extend(self.window.to_be_bytes());
        bytes.extend([0; 4]);
        bytes.extend(&self.payload);
        let checksum = checksum(&bytes);
        bytes[16..18].copy_from_slice(&checksum.to_be_bytes());
        bytes
    }

    /// The segment in `bytes`; `None` if it is damaged or has no such header.
    pub fn from_bytes(bytes: &[u8]) -> Option<Segment> {
        let payload = bytes.get(HEADER..)?;
        if bytes[12] >> 4 != HEADER as u8 / 4 || checksum(bytes) != 0 {
            return None;
        }
        let number = |at: usize| {
            let bytes = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
            u32::from_be_bytes(bytes)
        };
        Some(Segment {
            sequence: number(4),
            acknowledgment: (bytes[13] & ACK != 0).then(|| number(8)),
            window: u16::from_be_bytes([bytes[14], bytes[15]]),
            fin: bytes[13] & FIN != 0,
            payload: payload.to_vec(),
        })
    }
}

/// The Internet checksum (RFC 1071); 0 over bytes that hold their right checksum.
fn checksum(bytes: &[u8]) -> u16 {
    let words = bytes.chunks(2).map(|pair| {
        let low = pair.get(1).copied().unwrap_or(0);
        u32::from(u16::from_be_bytes([pair[0], low]))
    });
    let mut sum: u32 = words.sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !(sum as u16)
}

#[cfg(test)]
mod tests {
    use super::Segment;

    #[test]
    fn a_segment_survives_the_wire_and_a_damaged_one_does_not() {
        let segment = Segment {
            sequence: 0xdead_beef,
            acknowledgment: Some(7),
            window: 4096,
            fin: true,
            payload: b"odd".to_vec(),
        };
        let bytes = segment.to_bytes();
        assert_eq!(Segment::from_bytes(&bytes), Some(segment));
        for place in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[place] ^= 0x40;
            assert_eq!(Segment::from_bytes(&damaged), None, "byte {place}");
        }
        assert_eq!(Segment::from_bytes(&bytes[..19]), None);
    }
}
