//! The titles of labs and tasks, as the handouts of one language give them.

use std::collections::BTreeMap;

use handouts::Handout;
use harness::{Language, root};

use course::lab::Lab;

pub struct Titles {
    pub language: Language,
    handouts: BTreeMap<u32, Handout>,
}

impl Titles {
    /// Reads the handouts; a lab without one has numbers only.
    pub fn read(labs: &[Lab], language: Language) -> Titles {
        let folder = match language {
            Language::English => handouts::Language::English,
            Language::Arabic => handouts::Language::Arabic,
        };
        let read = |lab: &Lab| Handout::read(root(), folder, &lab.name()).ok();
        let all = labs.iter().filter_map(|lab| Some((lab.number, read(lab)?)));
        Titles {
            language,
            handouts: all.collect(),
        }
    }

    /// The lab's whole title: `Lab 3: the room`.
    pub fn lab(&self, lab: u32) -> String {
        let title = self.handouts.get(&lab).map(|it| it.title().to_string());
        title.unwrap_or_else(|| match self.language {
            Language::English => format!("Lab {lab}"),
            Language::Arabic => format!("المختبر {lab}"),
        })
    }

    /// `3.2 Joining`.
    pub fn task(&self, lab: u32, task: u32) -> String {
        let number = format!("{lab}.{task}");
        let handout = self.handouts.get(&lab);
        match handout.and_then(|handout| handout.task(&number)) {
            Some(told) => format!("{number} {}", course::markdown::plain(&told.title)),
            None => number,
        }
    }
}
