//! The two languages, and the words by which a page's parts are known in each.

use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    English,
    Arabic,
}

impl Language {
    pub const BOTH: [Language; 2] = [Language::English, Language::Arabic];

    /// The folder under `docs/`, and what `--lang` is given: `en` or `ar`.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Arabic => "ar",
        }
    }

    /// What stands before a task's number in its heading.
    pub fn task(self) -> &'static str {
        match self {
            Language::English => "Task",
            Language::Arabic => "المهمة",
        }
    }

    /// What stands before a task's number in the heading of its hints.
    pub fn hints_for(self) -> &'static str {
        match self {
            Language::English => "Hints for task",
            Language::Arabic => "تلميحات المهمة",
        }
    }

    /// The heading over all hints.
    pub fn hints(self) -> &'static str {
        match self {
            Language::English => "Hints",
            Language::Arabic => "التلميحات",
        }
    }

    /// What the summary of a folded hint begins with.
    pub fn hint(self) -> &'static str {
        match self {
            Language::English => "Hint",
            Language::Arabic => "التلميح",
        }
    }

    /// What the summary of a folded answer begins with.
    pub fn answer(self) -> &'static str {
        match self {
            Language::English => "Answer",
            Language::Arabic => "الجواب",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
