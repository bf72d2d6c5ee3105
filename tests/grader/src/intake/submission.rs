//! What students hand in: a folder, an archive or a source file each, as a learning
//! platform names them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use harness::{apart, say};

use crate::intake::lms::Origin;
use course::output::cannot_read;

pub struct Submission {
    /// The student's name, as people read it.
    pub name: String,
    /// The same as a file's name that every system takes.
    pub stem: String,
    /// What the platform's file name says of it.
    pub origin: Origin,
    /// One, or the files that a platform saved one beside the other.
    pub parts: Vec<Part>,
}

pub struct Part {
    pub kind: Kind,
    pub path: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Folder,
    Zip,
    Tar,
    TarGz,
    Source,
    /// It is not opened: another kind of archive, or no program at all.
    Refused,
}

const ENDINGS: [(&str, Kind); 13] = [
    (".tar.gz", Kind::TarGz),
    (".tgz", Kind::TarGz),
    (".tar.xz", Kind::Refused),
    (".tar.bz2", Kind::Refused),
    (".tar.zst", Kind::Refused),
    (".txz", Kind::Refused),
    (".7z", Kind::Refused),
    (".rar", Kind::Refused),
    (".gz", Kind::Refused),
    (".xz", Kind::Refused),
    (".zip", Kind::Zip),
    (".tar", Kind::Tar),
    (".rs", Kind::Source),
];

impl Kind {
    /// The kind of a file by its name; `None` if it is neither an archive nor Rust.
    pub fn of_name(name: &str) -> Option<Kind> {
        split(name).map(|(_, kind)| kind)
    }
}

/// A name without the ending that says what it is.
fn split(name: &str) -> Option<(&str, Kind)> {
    let lower = name.to_ascii_lowercase();
    let found = ENDINGS.iter().find(|(ending, _)| lower.ends_with(ending));
    found.map(|(ending, kind)| (&name[..name.len() - ending.len()], *kind))
}

impl Part {
    pub fn file_name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }
}

impl Submission {
    /// Every submission in `folder`, in the order of their names. Files that are not
    /// opened are submissions as well: their students must hear of it.
    ///
    /// # Errors
    /// If the folder cannot be read, is one student's, or two have the same name.
    pub fn all(folder: &Path) -> Result<Vec<Submission>> {
        let entries = std::fs::read_dir(folder).with_context(|| cannot_read(folder.display()))?;
        let paths: std::io::Result<Vec<PathBuf>> = entries.map(|it| Ok(it?.path())).collect();
        let mut paths = paths.with_context(|| cannot_read(folder.display()))?;
        paths.retain(|path| !is_hidden(path));
        paths.sort();
        is_a_class(folder, &paths)?;
        let mut all: Vec<Submission> = Vec::new();
        for submission in paths.iter().filter_map(|path| Submission::at(path)) {
            match all
                .iter_mut()
                .find(|it| it.origin.is_same(&submission.origin))
            {
                Some(first) => first.parts.extend(submission.parts),
                None => all.push(submission),
            }
        }
        all.sort_by(|one, other| one.stem.cmp(&other.stem));
        if let Some(pair) = all.windows(2).find(|pair| pair[0].stem == pair[1].stem) {
            let [one, other] = [&pair[0], &pair[1]].map(|it| it.parts[0].path.display());
            bail!("two submissions have one name: {one} and {other}");
        }
        Ok(all)
    }

    fn at(path: &Path) -> Option<Submission> {
        let kind = std::fs::symlink_metadata(path).ok()?.file_type();
        let file = path.file_name()?;
        let text = file.to_string_lossy();
        let (name, kind) = match split(&text) {
            _ if kind.is_dir() => (text.as_ref(), Kind::Folder),
            Some(found) if kind.is_file() => found,
            _ => (text.as_ref(), Kind::Refused),
        };
        let origin = Origin::of(name);
        if origin.is_online_text() {
            return None;
        }
        let name = origin.name().unwrap_or(name).to_string();
        let path = path.to_path_buf();
        Some(Submission {
            stem: stem(&origin.stem(&name), file.as_encoded_bytes()),
            name,
            origin,
            parts: vec![Part { kind, path }],
        })
    }

    /// All names by which it can be meant on the command line and in overrides.
    pub fn is_called(&self, name: &str) -> bool {
        self.stem == name || self.name == name || self.parts[0].file_name() == name
    }

    /// The names of its files: they may tell the lab.
    pub fn file_names(&self) -> String {
        let names: Vec<String> = self.parts.iter().map(Part::file_name).collect();
        names.join(" ")
    }
}

/// A folder with a course, or with one lab, is one student's.
fn is_a_class(folder: &Path, paths: &[PathBuf]) -> Result<()> {
    let is_course = |path: &PathBuf| {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        let is_lab = name
            .strip_prefix("lab")
            .is_some_and(|it| it.parse::<u32>().is_ok());
        matches!(name.as_str(), "labs" | "src" | "cargo.toml") || (is_lab && path.is_dir())
    };
    let here = apart(folder.display());
    ensure!(
        !paths.iter().any(is_course),
        say!(
            "{here} is one student's work; name the folder that holds everybody's",
            "{here} عمل طالب واحد؛ اذكر المجلد الذي فيه أعمال الجميع"
        )
    );
    ensure!(
        !paths.is_empty(),
        say!("there is nothing in {here}", "لا شيء في {here}")
    );
    Ok(())
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.as_encoded_bytes().starts_with(b".")
}

/// The name itself, where it is plain and short; else what is plain of it, with
/// a number that keeps different names apart.
fn stem(name: &str, bytes: &[u8]) -> String {
    let is_plain = |it: char| it.is_alphanumeric() || "-_.@+".contains(it);
    let changed = |it: char| if is_plain(it) { it } else { '_' };
    let plain: String = name.chars().map(changed).take(60).collect();
    if plain == name {
        return plain;
    }
    // FNV-1a: short, and the same on every machine.
    let number = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{plain}-{number:016x}")
}

#[cfg(test)]
mod tests {
    use super::{Kind, Submission, stem};
    use crate::scratch::Scratch;

    #[test]
    fn a_name_becomes_a_file_name_that_does_no_harm() {
        assert_eq!(stem("amal-2", b"amal-2.zip"), "amal-2");
        assert_eq!(stem("أمل", "أمل".as_bytes()), "أمل");
        let hostile = stem("\"><script>/..", b"x");
        assert!(hostile.starts_with("___script__..-"), "{hostile}");
        assert!(stem(&"x".repeat(250), b"y").len() < 90);
        assert_ne!(stem("a b", b"a b"), stem("a_b", b"a_b"));
        assert_ne!(stem("\u{fffd}", b"\xff"), stem("\u{fffd}", b"\xfe"));
    }

    #[test]
    fn everything_but_hidden_files_is_a_submission_of_some_kind() {
        let folder = Scratch::new();
        folder.folder("amal");
        for name in [".DS_Store", "b.ZIP", "c.tar", "d.rar", "e.docx", "f.rs"] {
            folder.file(name, "");
        }
        let all = Submission::all(&folder).unwrap();
        let kinds: Vec<(&str, Kind)> = all.iter().map(|it| (&*it.name, it.parts[0].kind)).collect();
        let expected = [
            ("amal", Kind::Folder),
            ("b", Kind::Zip),
            ("c", Kind::Tar),
            ("d", Kind::Refused),
            ("e.docx", Kind::Refused),
            ("f", Kind::Source),
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn one_students_folder_is_no_class() {
        for entry in ["labs/lab1", "lab1/server/src", "src"] {
            let folder = Scratch::new();
            folder.folder(entry);
            assert!(Submission::all(&folder).is_err(), "{entry}");
        }
    }

    #[test]
    fn files_that_canvas_saved_side_by_side_are_one_submission() {
        let folder = Scratch::new();
        folder.file("haddadamal_1234_5678_server.rs", "");
        folder.file("haddadamal_1234_5678_client.rs", "");
        folder.file("haddadamal_1234_5699_server.rs", "");
        let all = Submission::all(&folder).unwrap();
        let parts: Vec<usize> = all.iter().map(|it| it.parts.len()).collect();
        assert_eq!(parts, [2, 1]);
    }
}
