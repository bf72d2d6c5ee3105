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

/// Bytes by which a capture or gzip is told.
pub(super) const MAGIC: usize = 4;
/// Bytes by which text is told from anything else.
const TEXT: usize = 512;
/// The file header of pcap.
const PCAP_HEADER: usize = 24;
/// The start of pcapng's section header: type, length, byte order.
const SECTION_START: usize = 12;
/// A section header is no longer: it holds a few comments.
const LONGEST_SECTION: usize = 16 << 20;

/// How many bytes of an input that begins with these must be there before it is opened.
/// Never more than its own header: a live capture may send nothing else for long.
pub(super) fn needed(start: &[u8]) -> usize {
    match kind(start) {
        Kind::Pcap => PCAP_HEADER,
        Kind::Pcapng if start.len() < SECTION_START => SECTION_START,
        Kind::Pcapng => section_header(start),
        Kind::Gzip => MAGIC,
        Kind::Text | Kind::Unknown => TEXT,
    }
}

/// The length of a section header, by its length field in the section's byte order.
fn section_header(start: &[u8]) -> usize {
    let length = [start[4], start[5], start[6], start[7]];
    let length = match start[8..12] {
        [0x1a, 0x2b, 0x3c, 0x4d] => u32::from_be_bytes(length),
        _ => u32::from_le_bytes(length),
    };
    (length as usize).clamp(SECTION_START, LONGEST_SECTION)
}

/// Tells the kind of an input that begins with these bytes.
pub(super) fn kind(start: &[u8]) -> Kind {
    match start {
        // Micro- and nanoseconds in either byte order, and the 'modified' format.
        [0xd4, 0xc3, 0xb2, 0xa1, ..]
        | [0xa1, 0xb2, 0xc3, 0xd4, ..]
        | [0x4d, 0x3c, 0xb2, 0xa1, ..]
        | [0xa1, 0xb2, 0x3c, 0x4d, ..]
        | [0x34, 0xcd, 0xb2, 0xa1, ..]
        | [0xa1, 0xb2, 0xcd, 0x34, ..] => Kind::Pcap,
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
