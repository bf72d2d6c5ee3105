//! Tells by its first bytes what an input is.

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Pcap,
    Pcapng,
    Gzip,
    /// Digits and spaces, as far as can be seen.
    Text,
    Unknown,
}

/// How many bytes are looked at.
pub(super) const PEEK: usize = 512;

/// Tells the kind of an input that begins with these bytes.
pub(super) fn kind(start: &[u8]) -> Kind {
    match start {
        // Micro- and nanoseconds in either byte order, and the 'modified' format.
        [0xd4, 0xc3, 0xb2, 0xa1, ..]
        | [0xa1, 0xb2, 0xc3, 0xd4, ..]
        | [0x4d, 0x3c, 0xb2, 0xa1, ..]
        | [0xa1, 0xb2, 0x3c, 0x4d, ..]
        | [0x34, 0xcd, 0xb2, 0xa1, ..] => Kind::Pcap,
        [0x0a, 0x0d, 0x0d, 0x0a, ..] => Kind::Pcapng,
        [0x1f, 0x8b, ..] => Kind::Gzip,
        start if !start.is_empty() && start.iter().all(|&byte| is_text(byte)) => Kind::Text,
        _ => Kind::Unknown,
    }
}

/// Text may hold UTF-8: a copied dump can have a comment beside it.
fn is_text(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..=0x7e | 0x80..)
}
