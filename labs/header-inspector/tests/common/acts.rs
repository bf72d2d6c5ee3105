//! Plays: segments of a conversation in few words.

use super::ipv4;

/// Flags by their letters.
fn flags(letters: &str) -> u8 {
    letters
        .chars()
        .map(|letter| match letter {
            'F' => 1,
            'S' => 2,
            'R' => 4,
            'P' => 8,
            'A' => 16,
            _ => panic!("no flag is called {letter}"),
        })
        .sum()
}

/// One segment of a play: who sends, flags, numbers, options, data.
pub struct Act<'a> {
    pub from: u16,
    pub flags: &'a str,
    pub seq: u32,
    pub ack: u32,
    pub options: &'a [u8],
    pub data: &'a [u8],
}

pub fn act(from: u16, flags: &str, seq: u32, ack: u32) -> Act<'_> {
    Act {
        from,
        flags,
        seq,
        ack,
        options: &[],
        data: &[],
    }
}

impl Act<'_> {
    pub fn bytes(&self) -> Vec<u8> {
        let (src, dst) = if self.from == 1 { (1u16, 2u16) } else { (2, 1) };
        let mut bytes = [src.to_be_bytes(), dst.to_be_bytes()].concat();
        bytes.extend(self.seq.to_be_bytes());
        bytes.extend(self.ack.to_be_bytes());
        let words = u8::try_from(5 + self.options.len() / 4).expect("few options");
        bytes.extend([words << 4, flags(self.flags), 0, 100, 0, 0, 0, 0]);
        bytes.extend(self.options);
        bytes.extend(self.data);
        let mut packet = ipv4(&bytes);
        if self.from != 1 {
            packet[15] = 2;
            packet[19] = 1;
        }
        packet
    }
}
