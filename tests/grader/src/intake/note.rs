//! What was found in a submission besides the student's files, and why something of it
//! is not taken.

use harness::Language;
use serde::{Deserialize, Serialize};

use crate::message::Message;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Note {
    /// Where, as the submission names it; empty when it is about all of it.
    pub path: String,
    pub reason: Reason,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    Changed,
    Added,
    /// Crates that a student's manifest names and the handed-out one does not.
    Dependency(String),
    /// A file that the source includes and that is not taken.
    Included(String),
    Link,
    LeadsOutside,
    TooLarge,
    TooDeep,
    StrangeName,
    Utf16,
    /// A kind of archive, or of file, that is not opened.
    Refused,
    Unreadable(String),
    TooMuch,
    /// A file that is not where it belongs was taken as this one.
    TakenAs(String),
    /// This tree was taken for a lab, and these others that have it were not.
    SeveralTrees {
        lab: u32,
        others: String,
    },
    /// Rust files are there, and none at the path that is expected.
    Layout {
        expected: String,
        found: String,
    },
    /// No Rust file is there.
    NoSource {
        expected: String,
    },
    /// Another attempt of the same student counts.
    OtherAttempt,
    /// The learning platform marked it as late.
    Late,
    /// The student of the roster has handed in nothing.
    NotHandedIn,
}

impl Note {
    pub fn new(path: impl Into<String>, reason: Reason) -> Note {
        Note {
            path: path.into(),
            reason,
        }
    }

    /// One sentence without its end.
    pub fn text(&self, language: Language) -> String {
        self.message().text(language).to_string()
    }

    /// The sentence in both languages.
    pub fn message(&self) -> Message {
        let path = match self.path.as_str() {
            "" => "the submission",
            path => path,
        };
        let apart = match self.path.as_str() {
            "" => "العمل المسلَّم".to_string(),
            path => format!("\u{2068}{path}\u{2069}"),
        };
        let (en, ar) = self.reason.sentence(path, &apart);
        Message { en, ar }
    }
}

/// Text that keeps its own direction among Arabic words.
fn isolated(text: &str) -> String {
    format!("\u{2068}{text}\u{2069}")
}

impl Reason {
    /// Whether it can be why there is no program to judge.
    pub fn hides_a_program(&self) -> bool {
        self.word().is_some()
    }

    /// Why a program could not be read, in a word or two.
    pub fn word(&self) -> Option<Message> {
        let (en, ar) = match self {
            Reason::Link => ("a link", "رابط"),
            Reason::LeadsOutside | Reason::StrangeName => ("wrong path", "مسار خاطئ"),
            Reason::TooLarge | Reason::TooMuch | Reason::TooDeep => ("too large", "كبير جدًّا"),
            Reason::Utf16 => ("UTF-16", "بترميز \u{2068}UTF-16\u{2069}"),
            Reason::Refused => ("not opened", "لم يُفتح"),
            Reason::Unreadable(_) => ("broken archive", "أرشيف تالف"),
            Reason::Layout { .. } => ("wrong layout", "ترتيب خاطئ"),
            Reason::NoSource { .. } => ("no Rust file", "لا ملف Rust"),
            _ => return None,
        };
        let (en, ar) = (en.to_string(), ar.to_string());
        Some(Message { en, ar })
    }

    /// The sentence in English and in Arabic.
    fn sentence(&self, path: &str, apart: &str) -> (String, String) {
        match self {
            Reason::Dependency(_)
            | Reason::Included(_)
            | Reason::TakenAs(_)
            | Reason::SeveralTrees { .. }
            | Reason::Layout { .. }
            | Reason::NoSource { .. }
            | Reason::Unreadable(_) => self.detailed(path, apart),
            _ => {
                let (en, ar) = self.plain();
                (format!("{path} {en}"), format!("{apart} {ar}"))
            }
        }
    }

    /// What follows the path, where nothing else is to be named.
    fn plain(&self) -> (&'static str, &'static str) {
        match self {
            Reason::Changed => ("was changed; the original is used", "غُيّر؛ يُستعمل الأصل"),
            Reason::Added => ("was added; it is not taken", "أُضيف؛ لم يُؤخذ"),
            Reason::Link => ("is a link; it is not taken", "رابط؛ لم يُؤخذ"),
            Reason::LeadsOutside => (
                "leads outside; it is not taken",
                "يؤدي إلى خارج العمل المسلَّم؛ لم يُؤخذ",
            ),
            Reason::TooLarge => (
                "is larger than 1 MiB; it is not taken",
                "أكبر من 1 MiB؛ لم يُؤخذ",
            ),
            Reason::TooDeep => (
                "is in too many folders; it is not taken",
                "عميق جدًّا؛ لم يُؤخذ",
            ),
            Reason::StrangeName => (
                "has a name that no module has; it is not taken",
                "لا وحدة تحمل هذا الاسم؛ لم يُؤخذ",
            ),
            Reason::Utf16 => (
                "is UTF-16; save it as UTF-8",
                "بترميز UTF-16؛ احفظه بترميز UTF-8",
            ),
            Reason::Refused => (
                "is not opened; hand in a .zip, a .tar.gz or a folder",
                "لا يُفتح؛ سلّم ملف \u{2068}.zip\u{2069} أو \u{2068}.tar.gz\u{2069} أو مجلدًا",
            ),
            Reason::TooMuch => (
                "holds too much; the rest was not read",
                "فيه أكثر مما يُقرأ؛ تُرك الباقي",
            ),
            Reason::OtherAttempt => (
                "is another attempt; it does not count",
                "محاولة أخرى؛ لا تُحسب",
            ),
            Reason::Late => (
                "is marked as late by the learning platform",
                "وسمته منصة التعليم متأخرًا",
            ),
            Reason::NotHandedIn => ("was not handed in", "لم يُسلَّم"),
            _ => ("", ""),
        }
    }

    fn detailed(&self, path: &str, apart: &str) -> (String, String) {
        match self {
            Reason::Dependency(names) => (
                format!("{path} adds {names}; crates are not allowed, and the original is used"),
                format!(
                    "يضيف {apart} {}؛ لا يُسمح بحزم، ويُستعمل الأصل",
                    isolated(names)
                ),
            ),
            Reason::Included(file) => (
                format!("{path} includes {file}, which is not taken: only .rs files in src are"),
                format!(
                    "يُدرج {apart} الملف {}، ولا يُؤخذ: تُؤخذ ملفات \u{2068}.rs\u{2069} في src وحدها",
                    isolated(file)
                ),
            ),
            Reason::TakenAs(place) => (
                format!("{path} was taken as {place}"),
                format!("أُخذ {apart} على أنه {}", isolated(place)),
            ),
            Reason::SeveralTrees { lab, others } => (
                format!("lab {lab} was taken from {path}; it is also in {others}"),
                format!(
                    "أُخذ المختبر {lab} من {apart}، وهو أيضًا في {}",
                    isolated(others)
                ),
            ),
            Reason::Layout { expected, found } => (
                format!("needed {expected}, found {found}"),
                format!(
                    "المطلوب {}، والموجود {}",
                    isolated(expected),
                    isolated(found)
                ),
            ),
            Reason::NoSource { expected } => (
                format!("needed {expected}, found no Rust file"),
                format!("المطلوب {}، ولا ملف Rust هنا", isolated(expected)),
            ),
            Reason::Unreadable(why) => (
                format!("{path} could not be read: {why}"),
                format!("تعذّرت قراءة {apart}: {}", isolated(why)),
            ),
            _ => (path.to_string(), apart.to_string()),
        }
    }
}
