//! A text in both languages.

use harness::Language;
use serde::{Deserialize, Serialize};

use crate::limits::Limit;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Message {
    pub en: String,
    pub ar: String,
}

impl Message {
    /// The same in both: a compiler's message.
    pub fn same(text: String) -> Message {
        Message {
            en: text.clone(),
            ar: text,
        }
    }

    /// The checks were stopped.
    pub fn stopped(limit: Limit) -> Message {
        let (en, ar) = both(limit);
        Message {
            en: format!("The checks were stopped, because what they ran {en}."),
            ar: format!("أُوقفت الفحوص لأن ما تشغّله {ar}."),
        }
    }

    /// The compiler was stopped.
    pub fn endless(limit: Limit) -> Message {
        let (en, ar) = both(limit);
        Message {
            en: format!("It does not compile: the compiler was stopped, because it {en}."),
            ar: format!("لا يُترجَم: أُوقف المترجم لأنه {ar}."),
        }
    }

    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Arabic => &self.ar,
        }
    }

    /// Fills in what is missing of a failed check's story.
    pub fn complete(&mut self) {
        if self.en.is_empty() {
            self.en = "This check has no verdict of its own: the checks were ended while the program ran, or it printed over what they print.".to_string();
            self.ar = "ليس لهذا الفحص حكم: انتهت الفحوص في أثناء عمل البرنامج، أو طبع البرنامج فوق ما تطبعه.".to_string();
        }
        if self.ar.is_empty() {
            let en = &self.en;
            self.ar = format!("ما جرى بالإنكليزية:\n\n{en}");
        }
    }
}

fn both(limit: Limit) -> (String, String) {
    (limit.text(Language::English), limit.text(Language::Arabic))
}
