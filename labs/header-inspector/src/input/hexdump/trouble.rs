//! Why a text is no hexdump that can be read.

use super::super::InputError;

/// What is wrong, and on which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Trouble {
    /// No line holds hex digits.
    NoDigits,
    /// Words in the host's byte order, as plain `hexdump` and `xxd -e` print them.
    Swapped { line: usize },
    /// A line's offset is not the number of bytes before it.
    Offset {
        line: usize,
        needed: usize,
        found: String,
    },
    /// What should be bytes are no hex digits, or an odd number of them.
    Digits { line: usize, found: String },
    /// Something in a list of numbers is no byte.
    Item { found: String },
    /// Repeated lines make more bytes than a dump can mean.
    TooLong { line: usize },
}

impl Trouble {
    /// Says it, naming the input.
    pub(in super::super) fn error(&self, name: &str) -> InputError {
        match self {
            Trouble::NoDigits => InputError::new(
                format!("{name} is text, but neither a hexdump nor hex digits"),
                format!("الملف \u{2068}{name}\u{2069} نص، وليس بايتات بالأرقام الست عشرية"),
            ),
            Trouble::Swapped { line } => InputError::new(
                format!(
                    "{name}, line {line}: words in the host's byte order, as plain hexdump and xxd -e print them; needed bytes in order, as hexdump -C and xxd do"
                ),
                format!(
                    "السطر \u{2068}{line}\u{2069} من \u{2068}{name}\u{2069}: كلمات بترتيب بايتات المضيف كما يطبعها \u{2068}hexdump\u{2069} و\u{2068}xxd -e\u{2069}؛ المطلوب بايتات بترتيبها كما يطبعها \u{2068}hexdump -C\u{2069} و\u{2068}xxd\u{2069}"
                ),
            ),
            Trouble::Offset {
                line,
                needed,
                found,
            } => InputError::new(
                format!(
                    "{name}, line {line}: needed offset {needed}, the bytes before it, found {found}"
                ),
                format!(
                    "السطر \u{2068}{line}\u{2069} من \u{2068}{name}\u{2069}: الإزاحة المطلوبة \u{2068}{needed}\u{2069} بعدد البايتات قبله، والموجود \u{2068}{found}\u{2069}"
                ),
            ),
            Trouble::Digits { line, found } => InputError::new(
                format!("{name}, line {line}: needed pairs of hex digits, found {found:?}"),
                format!(
                    "السطر \u{2068}{line}\u{2069} من \u{2068}{name}\u{2069}: المطلوب أزواج من الأرقام الست عشرية، والموجود \u{2068}{found:?}\u{2069}"
                ),
            ),
            Trouble::Item { found } => InputError::new(
                format!("{name}: needed a list of numbers from 0 to 255, found {found:?}"),
                format!(
                    "الملف \u{2068}{name}\u{2069}: المطلوب قائمة أعداد من \u{2068}0\u{2069} إلى \u{2068}255\u{2069}، والموجود \u{2068}{found:?}\u{2069}"
                ),
            ),
            Trouble::TooLong { line } => InputError::new(
                format!("{name}, line {line}: repeated lines make more bytes than any frame has"),
                format!(
                    "السطر \u{2068}{line}\u{2069} من \u{2068}{name}\u{2069}: الأسطر المكررة تعطي بايتات أكثر مما في أي إطار"
                ),
            ),
        }
    }
}
