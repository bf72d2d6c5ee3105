//! One made student: what is handed in, how it is packed, and what it deserves.

use std::collections::BTreeMap;

/// Path in the submission, and contents.
pub type Files = BTreeMap<String, Vec<u8>>;

pub struct Student {
    /// The submission's name, without its ending.
    pub name: Vec<u8>,
    pub files: Files,
    pub packing: Packing,
    pub expected: Expected,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    Folder,
    Zip,
    TarGz,
    /// The one file as it is, with this ending.
    File(&'static str),
    /// Packed by odd.rs, in a way that no packer would.
    Odd(Oddity),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Oddity {
    /// A folder whose file is a link to a solution.
    LinkInFolder,
    /// A tar with symbolic and hard links.
    LinksInTar,
    /// A zip with entries that climb out.
    ClimbingZip,
    /// A tar with entries that climb out.
    ClimbingTar,
    /// A zip that unpacks to a gigabyte.
    ZipBomb,
    /// A tar.gz that unpacks to a gigabyte.
    TarBomb,
    /// Folders in folders, hundreds of them.
    DeepFolder,
    /// File names that are no UTF-8.
    StrangeNames,
    /// Not the archive that its name says.
    NoArchive,
}

/// What a submission deserves.
#[derive(Clone, Default)]
pub struct Expected {
    /// For each lab that was handed in.
    pub labs: BTreeMap<u32, Verdict>,
    /// Why none of it can be read.
    pub unreadable: Option<&'static str>,
    /// The name in the reports, if it is not that of the file.
    pub known_as: Option<&'static str>,
    /// At least so many notes on what else was in it.
    pub notes: usize,
}

#[derive(Clone)]
pub enum Verdict {
    Green,
    /// It does not compile; a word of the message.
    Broken(&'static str),
    /// It counts as not handed in.
    Untouched,
    /// It was handed in and cannot be read; the word for the reason.
    Unreadable(&'static str),
    /// These tasks fail, those of `may` may fail as well, and no others.
    Red {
        must: Vec<u32>,
        may: Vec<u32>,
    },
}

impl Student {
    pub fn new(name: &str, files: Files, labs: &[(u32, Verdict)]) -> Student {
        Student {
            name: name.as_bytes().to_vec(),
            files,
            packing: Packing::Folder,
            expected: Expected {
                labs: labs.iter().cloned().collect(),
                ..Expected::default()
            },
        }
    }

    pub fn packed(mut self, packing: Packing) -> Student {
        self.packing = packing;
        self
    }

    pub fn noted(mut self, notes: usize) -> Student {
        self.expected.notes = notes;
        self
    }

    /// None of it can be read.
    pub fn unreadable(mut self, word: &'static str) -> Student {
        self.expected.unreadable = Some(word);
        self
    }

    pub fn known_as(mut self, name: &'static str) -> Student {
        self.expected.known_as = Some(name);
        self
    }

    /// The name in the reports.
    pub fn reported(&self) -> String {
        let known = self.expected.known_as.map(String::from);
        known.unwrap_or_else(|| self.shown())
    }

    pub fn shown(&self) -> String {
        String::from_utf8_lossy(&self.name).into_owned()
    }
}
