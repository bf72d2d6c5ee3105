//! Misses: why a frame led to no TCP header.

use crate::Lang;
use crate::lang::{bytes_in_arabic, bytes_in_english};

/// Why a frame, or a tunnel inside it, led to no TCP header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// A header needs more bytes than there are.
    Short {
        what: &'static str,
        at: usize,
        needed: usize,
        found: usize,
    },
    /// The IP version nibble is not the one needed.
    Version { at: usize, found: u8 },
    /// An IPv4 header states a length below its own minimum of 5 words.
    HeaderLength { at: usize, words: u8 },
    /// An IPv4 packet states a total length below its header's.
    TotalLength {
        at: usize,
        header: usize,
        total: usize,
    },
    /// The link layer carries something else, by its EtherType or address family.
    NotIp { at: usize, carried: u32 },
    /// IP carries something else, by its protocol number.
    NotTcp { at: usize, protocol: u8 },
    /// Not the first fragment: the TCP header travelled in another frame.
    LaterFragment { at: usize },
    /// The tool does not know this link layer.
    UnknownLink(i32),
    /// Layers nest deeper than the loop follows.
    TooDeep { at: usize },
}

impl DecodeError {
    /// Says what was in the way: where, what was needed, what was found.
    pub fn sentence(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.english(),
            Lang::Ar => self.arabic(),
        }
    }

    fn english(&self) -> String {
        match *self {
            DecodeError::Short {
                what,
                at,
                needed,
                found,
            } => {
                let needed = bytes_in_english(needed);
                format!("at byte {at}, the {what} needs {needed}, found {found}")
            }
            DecodeError::Version { at, found } => {
                format!("at byte {at}, needed IP version 4 or 6, found {found}")
            }
            DecodeError::HeaderLength { at, words } => {
                format!("at byte {at}, an IPv4 header needs at least 5 words, found {words}")
            }
            DecodeError::TotalLength { at, header, total } => format!(
                "at byte {at}, an IPv4 packet needs at least the {header} bytes of its header, found total length {total}"
            ),
            DecodeError::NotIp { at, carried } => {
                format!("at byte {at}, needed IP, found type 0x{carried:04x}")
            }
            DecodeError::NotTcp { at, protocol } => {
                format!("at byte {at}, needed TCP, protocol 6, found protocol {protocol}")
            }
            DecodeError::LaterFragment { at } => format!(
                "at byte {at}, needed a packet's first fragment, found a later one, which has no TCP header"
            ),
            DecodeError::UnknownLink(number) => {
                format!(
                    "at byte 0, needed a link layer that is known here, found link type {number}"
                )
            }
            DecodeError::TooDeep { at } => {
                format!("at byte {at}, too many layers inside each other")
            }
        }
    }

    fn arabic(&self) -> String {
        match *self {
            DecodeError::Short {
                what,
                at,
                needed,
                found,
            } => format!(
                "عند البايت \u{2068}{at}\u{2069} تحتاج ترويسة (\u{2068}{what}\u{2069}) إلى {}، والموجود \u{2068}{found}\u{2069}",
                bytes_in_arabic(needed)
            ),
            DecodeError::Version { at, found } => format!(
                "عند البايت \u{2068}{at}\u{2069} المطلوب إصدار \u{2068}IP\u{2069} رقم \u{2068}4\u{2069} أو \u{2068}6\u{2069}، والموجود \u{2068}{found}\u{2069}"
            ),
            DecodeError::HeaderLength { at, words } => format!(
                "عند البايت \u{2068}{at}\u{2069} أقل ترويسة \u{2068}IPv4\u{2069} خمس كلمات، والموجود \u{2068}{words}\u{2069}"
            ),
            DecodeError::TotalLength { at, header, total } => format!(
                "عند البايت \u{2068}{at}\u{2069} تحتاج حزمة \u{2068}IPv4\u{2069} إلى {} لترويستها على الأقل، والطول المذكور \u{2068}{total}\u{2069}",
                bytes_in_arabic(header)
            ),
            DecodeError::NotIp { at, carried } => format!(
                "عند البايت \u{2068}{at}\u{2069} المطلوب \u{2068}IP\u{2069}، والموجود النوع \u{2068}0x{carried:04x}\u{2069}"
            ),
            DecodeError::NotTcp { at, protocol } => format!(
                "عند البايت \u{2068}{at}\u{2069} المطلوب \u{2068}TCP\u{2069}، ورقمه \u{2068}6\u{2069}، والموجود البروتوكول \u{2068}{protocol}\u{2069}"
            ),
            DecodeError::LaterFragment { at } => format!(
                "عند البايت \u{2068}{at}\u{2069} المطلوب أول جزء من الحزمة، والموجود جزء لاحق ليس فيه ترويسة \u{2068}TCP\u{2069}"
            ),
            DecodeError::UnknownLink(number) => format!(
                "عند البايت \u{2068}0\u{2069} المطلوب طبقة وصل معروفة هنا، والموجود النوع \u{2068}{number}\u{2069}"
            ),
            DecodeError::TooDeep { at } => {
                format!("عند البايت \u{2068}{at}\u{2069} طبقات كثيرة بعضها داخل بعض")
            }
        }
    }
}
