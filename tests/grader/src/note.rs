//! What was found in a submission besides the student's files.

use harness::Language;
use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Note {
    /// Where, as the submission names it; empty when it is about all of it.
    pub path: String,
    pub reason: Reason,
}

#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    Changed,
    Added,
    Link,
    LeadsOutside,
    TooLarge,
    TooDeep,
    StrangeName,
    Unreadable(String),
    TooMuch,
    Nothing,
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
        match language {
            Language::English => self.english(),
            Language::Arabic => self.arabic(),
        }
    }

    fn english(&self) -> String {
        let path = &self.path;
        match &self.reason {
            Reason::Changed => format!("{path} was changed; the original is used"),
            Reason::Added => format!("{path} was added; it is not taken"),
            Reason::Link => format!("{path} is a link; it is not taken"),
            Reason::LeadsOutside => format!("{path} leads outside; it is not taken"),
            Reason::TooLarge => format!("{path} is larger than 1 MiB; it is not taken"),
            Reason::TooDeep => format!("{path} lies too deep; it is not taken"),
            Reason::StrangeName => format!("{path} has a name that no module has; it is not taken"),
            Reason::Unreadable(why) => format!("{path} could not be read: {why}"),
            Reason::TooMuch => "it holds too much; the rest was not read".to_string(),
            Reason::Nothing => "no file of a lab was found in it".to_string(),
        }
    }

    fn arabic(&self) -> String {
        let path = format!("\u{2068}{}\u{2069}", self.path);
        match &self.reason {
            Reason::Changed => format!("غُيّر {path}؛ يُستعمل الأصل"),
            Reason::Added => format!("أُضيف {path}؛ لم يُؤخذ"),
            Reason::Link => format!("{path} رابط؛ لم يُؤخذ"),
            Reason::LeadsOutside => format!("{path} يؤدي إلى خارج العمل المسلَّم؛ لم يُؤخذ"),
            Reason::TooLarge => format!("{path} أكبر من 1 MiB؛ لم يُؤخذ"),
            Reason::TooDeep => format!("{path} عميق جدًّا؛ لم يُؤخذ"),
            Reason::StrangeName => format!("لا وحدة تحمل اسم {path}؛ لم يُؤخذ"),
            Reason::Unreadable(why) => format!("تعذّرت قراءة {path}: \u{2068}{why}\u{2069}"),
            Reason::TooMuch => "فيه أكثر مما يُقرأ؛ تُرك الباقي".to_string(),
            Reason::Nothing => "ليس فيه ملف لأي مختبر".to_string(),
        }
    }
}
