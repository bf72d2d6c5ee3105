//! The options of a TCP header, walked by our own hand.
//!
//! pnet_packet accepts lengths of 0 and 1, reads beyond the area and goes on after the
//! End of Option List, so it is not asked here (see tests/traps_in_the_header.rs).

/// One option, or the point at which the list cannot be read further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TcpOption<'a> {
    pub kind: u8,
    /// The length byte; kinds 0 and 1 have none.
    pub length: Option<u8>,
    /// Where the option begins in the options area.
    pub at: usize,
    /// The bytes that belong to it, kind and length included, as far as they are there.
    pub bytes: &'a [u8],
    pub value: Value<'a>,
}

/// What an option says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    End,
    Nop,
    Mss(u16),
    WindowScale(u8),
    SackPermitted,
    /// Pairs of sequence numbers: left edge, right edge.
    Sack(&'a [u8]),
    Timestamps {
        value: u32,
        echo: u32,
    },
    /// A kind that is not taken apart: its data.
    Other(&'a [u8]),
    Flawed(Flaw),
}

/// What makes an option unreadable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The area ends before the length byte.
    NoLength,
    /// A length of 0 or 1, which would not even count kind and length.
    LengthSmall(u8),
    /// The length passes the end of the area.
    LengthBeyond { length: u8, left: u8 },
    /// The kind has a fixed length, and this is not it.
    LengthWrong { length: u8, needed: u8 },
}

/// Walks an options area from its first byte.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    area: &'a [u8],
    at: usize,
}

impl<'a> Options<'a> {
    pub fn new(area: &'a [u8]) -> Options<'a> {
        Options { area, at: 0 }
    }

    fn flawed(&self, kind: u8, length: Option<u8>, flaw: Flaw) -> TcpOption<'a> {
        TcpOption {
            kind,
            length,
            at: self.at,
            bytes: &self.area[self.at..],
            value: Value::Flawed(flaw),
        }
    }

    /// Reads an option that has a length byte; a flaw in it ends the list.
    fn long(&mut self, kind: u8) -> TcpOption<'a> {
        let left = self.area.len() - self.at;
        let Some(&length) = self.area.get(self.at + 1) else {
            let option = self.flawed(kind, None, Flaw::NoLength);
            self.at = self.area.len();
            return option;
        };
        let flaw = match usize::from(length) {
            0 | 1 => Flaw::LengthSmall(length),
            needed if needed > left => Flaw::LengthBeyond {
                length,
                left: u8::try_from(left).unwrap_or(u8::MAX),
            },
            _ => return self.whole(kind, length),
        };
        let option = self.flawed(kind, Some(length), flaw);
        self.at = self.area.len();
        option
    }

    fn whole(&mut self, kind: u8, length: u8) -> TcpOption<'a> {
        let at = self.at;
        self.at += usize::from(length);
        let bytes = &self.area[at..self.at];
        TcpOption {
            kind,
            length: Some(length),
            at,
            bytes,
            value: value(kind, length, &bytes[2..]),
        }
    }

    fn short(&mut self, kind: u8) -> TcpOption<'a> {
        let at = self.at;
        // After the End of Option List there is padding only, whatever it looks like.
        self.at = if kind == 0 { self.area.len() } else { at + 1 };
        TcpOption {
            kind,
            length: None,
            at,
            bytes: &self.area[at..at + 1],
            value: if kind == 0 { Value::End } else { Value::Nop },
        }
    }
}

impl<'a> Iterator for Options<'a> {
    type Item = TcpOption<'a>;

    fn next(&mut self) -> Option<TcpOption<'a>> {
        let kind = *self.area.get(self.at)?;
        Some(match kind {
            0 | 1 => self.short(kind),
            kind => self.long(kind),
        })
    }
}

/// Reads the data of a whole option, if its length is the one that its kind has.
fn value(kind: u8, length: u8, data: &[u8]) -> Value<'_> {
    let wrong = |needed| Value::Flawed(Flaw::LengthWrong { length, needed });
    match (kind, data) {
        (2, &[a, b]) => Value::Mss(u16::from_be_bytes([a, b])),
        (2, _) => wrong(4),
        (3, &[shift]) => Value::WindowScale(shift),
        (3, _) => wrong(3),
        (4, []) => Value::SackPermitted,
        (4, _) => wrong(2),
        (5, blocks) if !blocks.is_empty() && blocks.len() % 8 == 0 => Value::Sack(blocks),
        // The nearest length that holds whole blocks.
        (5, blocks) => wrong(u8::try_from(blocks.len().max(1).div_ceil(8) * 8 + 2).unwrap_or(34)),
        (8, &[a, b, c, d, e, f, g, h]) => Value::Timestamps {
            value: u32::from_be_bytes([a, b, c, d]),
            echo: u32::from_be_bytes([e, f, g, h]),
        },
        (8, _) => wrong(10),
        (kind, data) => match fixed(kind, length) {
            Some(needed) => wrong(needed),
            None => Value::Other(data),
        },
    }
}

/// The nearest length that a kind may have, where this is none of them.
fn fixed(kind: u8, length: u8) -> Option<u8> {
    let (is_right, nearest) = match kind {
        // MD5 signature, RFC 2385 §3.0.
        19 => (length == 18, 18),
        // Quick-Start, RFC 4782 §3.1.
        27 => (length == 8, 8),
        // User timeout, RFC 5482 §3.
        28 => (length == 4, 4),
        // Authentication, RFC 5925 §2.2.
        29 => (length >= 4, 4),
        // Fast Open: no cookie, or 4 to 16 bytes of one, an even number (RFC 7413 §4.1.1).
        34 => (
            length == 2 || (matches!(length, 6..=18) && length.is_multiple_of(2)),
            (length.clamp(6, 18) + 1) & !1,
        ),
        // Encryption negotiation may be empty (RFC 8547 §4.1), multipath needs a subtype.
        30 => (length >= 3, 3),
        _ => (true, length),
    };
    (!is_right).then_some(nearest)
}

impl TcpOption<'_> {
    /// Returns the short name of the kind, as IANA's registry has it.
    pub fn name(&self) -> &'static str {
        match self.kind {
            0 => "EOL",
            1 => "NOP",
            2 => "MSS",
            3 => "WScale",
            4 => "SACK-Permitted",
            5 => "SACK",
            8 => "Timestamps",
            19 => "MD5",
            27 => "Quick-Start",
            28 => "User-Timeout",
            29 => "TCP-AO",
            30 => "MPTCP",
            34 => "Fast-Open",
            69 => "ENO",
            172 => "AccECN0",
            174 => "AccECN1",
            253 | 254 => "Experimental",
            _ => "Unknown",
        }
    }
}
