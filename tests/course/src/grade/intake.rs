//! What is taken of a submission: the files that a student may edit, and
//! nothing else. Whatever else was changed or added is noted, and not taken.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::io::{self, Read};
use std::path::{Component, Path};

use anyhow::{Context, Result, bail};

use crate::grade::submission::{Kind, Submission};
use crate::starter::STARTERS;

/// A source file of more bytes is nobody's lab.
const FILE: u64 = 1024 * 1024;
/// Bytes that are read of one submission, however small it was when packed.
const ALL: u64 = 64 * 1024 * 1024;
/// Entries that are looked at.
const ENTRIES: usize = 20_000;
/// Notes that are kept: the first few tell enough.
const NOTES: usize = 20;

/// What was taken.
#[derive(Default)]
pub struct Intake {
    /// Text by its path in the tree: `labs/lab3/server/src/main.rs`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What was found besides, in sentences.
    pub notes: Vec<String>,
    /// A name for all of this.
    pub digest: String,
}

/// Everything in a submission, before the choice.
#[derive(Default)]
struct Found {
    files: Vec<(String, Vec<u8>)>,
    notes: Vec<String>,
    bytes: u64,
}

impl Intake {
    /// Takes the submission; what cannot be read is a note.
    pub fn take(submission: &Submission, pristine: &Path) -> Intake {
        let mut found = Found::default();
        let path = &submission.path;
        let read = match submission.kind {
            Kind::Folder => found.folder(path, ""),
            Kind::Zip => found.zip(path),
            Kind::TarGz => found.tar(path),
        };
        if let Err(error) = read {
            found
                .notes
                .push(format!("it could not be read to the end: {error:#}"));
        }
        found.chosen(pristine)
    }
}

impl Found {
    fn folder(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        let entries = fs::read_dir(folder).with_context(|| format!("cannot read {prefix}"))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            let kind = entry.file_type()?;
            if kind.is_symlink() {
                self.link(&path);
            } else if kind.is_dir() {
                if !matches!(name.as_str(), "target" | ".git" | ".course") {
                    self.folder(&entry.path(), &format!("{path}/"))?;
                }
            } else if kind.is_file() {
                self.file(&path, File::open(entry.path())?)?;
            }
        }
        Ok(())
    }

    fn zip(&mut self, path: &Path) -> Result<()> {
        let mut archive = zip::ZipArchive::new(File::open(path)?)?;
        for index in 0..archive.len() {
            let entry = archive.by_index(index)?;
            let name = entry.name()?.to_string();
            if entry.is_symlink() {
                self.link(&name);
            } else if entry.is_file() {
                self.file(&name, entry)?;
            }
        }
        Ok(())
    }

    fn tar(&mut self, path: &Path) -> Result<()> {
        let unpacked = flate2::read::GzDecoder::new(File::open(path)?).take(8 * ALL);
        let mut archive = tar::Archive::new(unpacked);
        for entry in archive.entries()? {
            let entry = entry?;
            let name = entry.path()?.to_string_lossy().into_owned();
            let kind = entry.header().entry_type();
            if kind.is_symlink() || kind.is_hard_link() {
                self.link(&name);
            } else if kind.is_file() {
                self.file(&name, entry)?;
            }
        }
        Ok(())
    }

    fn link(&mut self, path: &str) {
        self.notes.push(format!("{path} is a link; not taken"));
    }

    fn file(&mut self, path: &str, contents: impl Read) -> Result<()> {
        if self.files.len() >= ENTRIES || self.bytes > ALL {
            bail!("more than {ENTRIES} files or {} MiB", ALL / FILE);
        }
        let path = path.replace('\\', "/");
        let parts = Path::new(&path).components();
        if !parts
            .clone()
            .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
        {
            self.notes.push(format!("{path} leads outside; not taken"));
            return Ok(());
        }
        let mut bytes = Vec::new();
        let read = contents.take(FILE + 1).read_to_end(&mut bytes);
        read.with_context(|| format!("cannot read {path}"))?;
        self.bytes += bytes.len() as u64;
        if bytes.len() as u64 <= FILE {
            self.files.push((path, bytes));
        } else if student_path(&path).is_some() {
            self.notes
                .push(format!("{path} is larger than 1 MiB; not taken"));
        }
        Ok(())
    }

    /// The student's files, those nearest to the top where there are several.
    fn chosen(mut self, pristine: &Path) -> Intake {
        self.files
            .sort_by_key(|(path, _)| (path.matches('/').count(), path.clone()));
        let mut intake = Intake::default();
        let mut root = None;
        for (path, bytes) in &self.files {
            let Some(place) = student_path(path) else {
                continue;
            };
            root.get_or_insert(path.strip_suffix(&place).map(str::to_string));
            intake.files.entry(place).or_insert_with(|| bytes.clone());
        }
        let root = root.flatten().unwrap_or_default();
        for (path, bytes) in &self.files {
            let inside = path
                .strip_prefix(&root)
                .filter(|_| student_path(path).is_none());
            self.notes
                .extend(inside.and_then(|path| changed(path, bytes, pristine)));
        }
        if intake.files.is_empty() {
            self.notes
                .push("no file of a lab was found in it".to_string());
        }
        self.notes.truncate(NOTES);
        intake.notes = self.notes;
        intake.digest = digest(&intake);
        intake
    }
}

/// A note, when a file is not what was handed out, or was not there at all.
fn changed(path: &str, bytes: &[u8], pristine: &Path) -> Option<String> {
    let matters = [".rs", ".toml", ".lock", ".sh"]
        .iter()
        .any(|ending| path.ends_with(ending));
    match fs::read(pristine.join(path)) {
        Ok(then) if same_text(&then, bytes) => None,
        Ok(_) => Some(format!("{path} was changed; the original is used")),
        Err(_) if matters && !path.contains(".mine") => {
            Some(format!("{path} was added; not taken"))
        }
        Err(_) => None,
    }
}

fn same_text(one: &[u8], other: &[u8]) -> bool {
    let text = |bytes: &[u8]| {
        bytes
            .iter()
            .copied()
            .filter(|byte| *byte != b'\r')
            .collect::<Vec<u8>>()
    };
    text(one) == text(other)
}

/// `labs/lab3/server/src/main.rs` of any path that ends so, with or without
/// `labs/`: the tree, or only a part of it, may have been handed in.
fn student_path(path: &str) -> Option<String> {
    STARTERS.iter().find_map(|starter| {
        let inside = format!("{}/src/", starter.folder());
        let inside = inside.trim_start_matches("labs/");
        let start = match path.starts_with(inside) {
            true => 0,
            false => path.find(&format!("/{inside}"))? + 1,
        };
        let place = format!("labs/{}", &path[start..]);
        place.ends_with(".rs").then_some(place)
    })
}

fn digest(intake: &Intake) -> String {
    let mut hasher = DefaultHasher::new();
    intake.files.hash(&mut hasher);
    intake.notes.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Writes the student's files of one program, or the starter where there is none.
///
/// # Errors
/// When a file cannot be written.
pub fn lay(intake: &Intake, starter: &crate::starter::Starter, tree: &Path) -> Result<()> {
    let folder = format!("{}/src", starter.folder());
    let place = tree.join(&folder);
    let cleared = fs::remove_dir_all(&place);
    cleared.or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    })?;
    fs::create_dir_all(&place)?;
    let mut files = intake
        .files
        .iter()
        .filter(|(path, _)| path.starts_with(&folder))
        .peekable();
    if files.peek().is_none() {
        fs::write(tree.join(starter.path()), starter.text()?)?;
    }
    for (path, bytes) in files {
        let file = tree.join(path);
        fs::create_dir_all(file.parent().unwrap_or(&place))?;
        fs::write(&file, bytes).with_context(|| format!("cannot write {path}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::student_path;

    #[test]
    fn a_students_file_is_known_wherever_the_tree_begins() {
        let place = Some("labs/lab3/server/src/main.rs".to_string());
        for path in [
            "labs/lab3/server/src/main.rs",
            "lab3/server/src/main.rs",
            "amal/course/labs/lab3/server/src/main.rs",
        ] {
            assert_eq!(student_path(path), place, "{path}");
        }
        for path in [
            "tests/lab3.rs",
            "labs/lab3/Cargo.toml",
            "labs/lab3/server/build.rs",
            "labs/lab3/client/src/main.rs",
            "xlab3/server/src/main.rs",
        ] {
            assert_eq!(student_path(path), None, "{path}");
        }
    }
}
