//! What should be told about an input beside its frames.

use crate::{Lang, Link};

/// One thing worth telling; none of them stops the reading of what came before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The file ends inside a record.
    CutAt { offset: u64 },
    /// A record cannot be read, so neither can what follows it.
    Garbled { offset: u64 },
    /// The system refused to go on reading, or the compressed data is damaged.
    Unreadable { offset: u64, error: String },
    /// pcapng blocks of types that this tool does not know.
    UnknownBlocks { count: u64 },
    /// Frames of a pcapng interface that no block described.
    NoInterface { count: u64 },
    /// Loose bytes that begin with nothing that is known.
    Unrecognised { frame: u64 },
    /// What loose bytes were taken for.
    Guessed { link: Link, why: [&'static str; 2] },
}

impl Note {
    /// Says it in one sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.english(),
            Lang::Ar => self.arabic(),
        }
    }

    fn english(&self) -> String {
        match self {
            Note::CutAt { offset } => {
                format!("the file ends inside the record that begins at byte {offset}")
            }
            Note::Garbled { offset } => {
                format!("the record at byte {offset} makes no sense, so reading stops there")
            }
            Note::Unreadable { offset, error } => {
                format!("reading stopped after byte {offset}: {error}")
            }
            Note::UnknownBlocks { count } => {
                format!("blocks of unknown types that were skipped: {count}")
            }
            Note::NoInterface { count } => {
                format!("frames that name an interface which no block describes: {count}")
            }
            Note::Unrecognised { frame } => format!(
                "frame {frame} begins with none of the headers that were tried: Ethernet, IPv4, IPv6, BSD NULL, TCP; --from says which it is"
            ),
            Note::Guessed { link, why } => {
                let name = link.name();
                format!(
                    "taken for {name}, because {}; --from ethernet|ip|null|tcp settles it",
                    why[0]
                )
            }
        }
    }

    fn arabic(&self) -> String {
        match self {
            Note::CutAt { offset } => {
                format!("ينتهي الملف داخل السجل الذي يبدأ عند البايت \u{2068}{offset}\u{2069}")
            }
            Note::Garbled { offset } => {
                format!("السجل عند البايت \u{2068}{offset}\u{2069} غير مفهوم، فتتوقف القراءة هناك")
            }
            Note::Unreadable { offset, error } => format!(
                "توقفت القراءة بعد البايت \u{2068}{offset}\u{2069}: \u{2068}{error}\u{2069}"
            ),
            Note::UnknownBlocks { count } => {
                format!("تُركت كتل من أنواع غير معروفة، وعددها \u{2068}{count}\u{2069}")
            }
            Note::NoInterface { count } => {
                format!("تذكر إطارات عددها \u{2068}{count}\u{2069} واجهة لا تصفها أي كتلة")
            }
            Note::Unrecognised { frame } => format!(
                "لا يبدأ الإطار \u{2068}{frame}\u{2069} بأي من الترويسات التي جُرّبت: \u{2068}Ethernet\u{2069} و\u{2068}IPv4\u{2069} و\u{2068}IPv6\u{2069} و\u{2068}BSD NULL\u{2069} و\u{2068}TCP\u{2069}؛ ويقول الخيار \u{2068}--from\u{2069} أيها هي"
            ),
            Note::Guessed { link, why } => format!(
                "اعتُبرت البايتات \u{2068}{}\u{2069} {}؛ ويحسم ذلك \u{2068}--from ethernet|ip|null|tcp\u{2069}",
                link.name(),
                why[1]
            ),
        }
    }
}
