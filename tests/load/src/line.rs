//! The line that carries the load: of fixed length, numbered, stamped, checked.
//!
//! ```text
//! c00042: 0000012300456789......ldkjaopb⏎
//! |       |       |       |     |
//! nickname number  µs      fill  checksum (7 letters), newline
//! ```
//!
//! Every field is eight bytes wide and aligned, so that a receiver reads it in
//! one step: twenty million lines a second are booked on a part of one core.

/// The shortest line: four fields of eight bytes.
pub const SHORTEST: usize = 32;
/// The longest line of the wire format that the course teaches.
pub const LONGEST: usize = 4096;
/// Where the microseconds start again from nothing: eight digits.
pub const CLOCK: u32 = 100_000_000;

const FIELD: usize = 8;
/// What stands between the fields and the checksum of a longer line.
static FILL: [u8; LONGEST] = [b'.'; LONGEST];
/// An odd constant with its ones well spread (2^64 divided by the golden ratio).
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// What a line says: who sent it, as which of theirs, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub sender: u32,
    pub number: u32,
    pub micros: u32,
}

/// The length, newline included, that all lines of one run have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineFormat {
    length: usize,
}

impl LineFormat {
    /// A format of this length, or of the nearest that there is.
    pub fn new(length: usize) -> LineFormat {
        LineFormat {
            length: length.clamp(SHORTEST, LONGEST),
        }
    }

    pub fn length(self) -> usize {
        self.length
    }

    /// Appends the line that says `stamp`.
    pub fn write(self, stamp: Stamp, out: &mut Vec<u8>) {
        let fields = [
            sender_field(stamp.sender),
            digits_field(stamp.number),
            digits_field(stamp.micros % CLOCK),
        ];
        for field in fields {
            out.extend_from_slice(&field.to_le_bytes());
        }
        out.extend_from_slice(&FILL[..self.length - SHORTEST]);
        out.extend_from_slice(&checksum(fields).to_le_bytes());
    }

    /// Reads one line of exactly this length; `None` if it is any other bytes.
    #[inline]
    pub fn read(self, line: &[u8]) -> Option<Stamp> {
        let fields = [field(line, 0)?, field(line, 1)?, field(line, 2)?];
        let end = self.length - FIELD;
        let sum = line.get(end..self.length)?;
        if sum != checksum(fields).to_le_bytes() {
            return None;
        }
        let fill = &line[SHORTEST - FIELD..end];
        (fill == &FILL[..fill.len()]).then(|| Stamp {
            sender: digits(fields[0] >> 8 << 24 | 0x30_3030),
            number: digits(fields[1]),
            micros: digits(fields[2]),
        })
    }
}

/// The nickname of the member with this number.
pub fn nickname(member: u32) -> String {
    format!("c{member:05}")
}

/// The number in a nickname of ours.
pub fn member_of(nickname: &[u8]) -> Option<u32> {
    let digits = nickname.strip_prefix(b"c").filter(|rest| rest.len() == 5)?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[inline]
fn field(line: &[u8], index: usize) -> Option<u64> {
    let bytes = line.get(index * FIELD..(index + 1) * FIELD)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

fn sender_field(sender: u32) -> u64 {
    let mut bytes = *b"c00000: ";
    bytes[1..6].copy_from_slice(&digits_field(sender % 100_000).to_le_bytes()[3..]);
    u64::from_le_bytes(bytes)
}

fn digits_field(number: u32) -> u64 {
    let mut bytes = [b'0'; FIELD];
    let mut rest = number;
    for byte in bytes.iter_mut().rev() {
        *byte += (rest % 10) as u8;
        rest /= 10;
    }
    u64::from_le_bytes(bytes)
}

/// Eight ASCII digits at once: neighbours are joined to pairs, pairs to fours,
/// fours to the number. (The checksum has vouched that they are digits; colon
/// and space, behind a sender's, have been shifted out.)
#[inline]
fn digits(text: u64) -> u32 {
    let ones = text & 0x0f0f_0f0f_0f0f_0f0f;
    let pairs = (ones.wrapping_mul(10) + (ones >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    fours.wrapping_mul(10_000).wrapping_add(fours >> 32) as u32
}

/// Seven letters from `a` to `p` that any changed digit changes, and a newline.
#[inline]
fn checksum(fields: [u64; 3]) -> u64 {
    let mixed = fields.iter().fold(MIX, |sum, field| {
        (sum ^ field).wrapping_mul(MIX).rotate_left(29)
    });
    let letters = (mixed & 0x0f0f_0f0f_0f0f_0f0f) + 0x6161_6161_6161_6161;
    (letters & 0x00ff_ffff_ffff_ffff) | (u64::from(b'\n') << 56)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: LineFormat, stamp: Stamp) -> Vec<u8> {
        let mut line = Vec::new();
        format.write(stamp, &mut line);
        line
    }

    const STAMP: Stamp = Stamp {
        sender: 9_876,
        number: 12_345_678,
        micros: 99_999_999,
    };

    #[test]
    fn a_line_begins_with_its_author_and_ends_with_a_newline() {
        let line = written(LineFormat::new(40), STAMP);
        assert_eq!(line.len(), 40);
        assert!(line.starts_with(b"c09876: 1234567899999999........"));
        assert!(line.ends_with(b"\n") && !line[..39].contains(&b'\n'));
    }

    #[test]
    fn what_was_written_is_read() {
        for (sender, number, micros) in [(0, 0, 0), (99_999, 1, 2), (42, 99_999_999, 12_345)] {
            let stamp = Stamp {
                sender,
                number,
                micros,
            };
            for length in [32, 33, 256] {
                let format = LineFormat::new(length);
                assert_eq!(format.read(&written(format, stamp)), Some(stamp));
            }
        }
    }

    #[test]
    fn one_changed_byte_is_seen_wherever_it_is() {
        let format = LineFormat::new(48);
        for at in 0..48 {
            let mut line = written(format, STAMP);
            line[at] ^= 1;
            assert_eq!(format.read(&line), None, "byte {at}");
        }
    }

    #[test]
    fn a_short_piece_is_no_line() {
        let format = LineFormat::new(32);
        let line = written(format, STAMP);
        assert_eq!(format.read(&line[..31]), None);
    }

    #[test]
    fn a_nickname_names_its_member() {
        assert_eq!(member_of(nickname(731).as_bytes()), Some(731));
        assert_eq!(member_of(b"ehab"), None);
    }
}
