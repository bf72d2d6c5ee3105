//! What is taken of a submission: the files that a student may edit, and
//! nothing else. Whatever else was changed or added is noted, and not taken.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result};

use crate::found::Found;
use crate::note::{Note, Reason};
use crate::submission::Submission;
use course::starter::{Starter, starters};

/// Notes that are kept: the first few tell enough.
const NOTES: usize = 20;

/// What was taken.
#[derive(Default)]
pub struct Intake {
    /// Text by its path in the tree: `labs/lab3/server/src/main.rs`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What was found besides.
    pub notes: Vec<Note>,
    /// A name for all of this.
    pub digest: String,
}

impl Intake {
    /// Takes the submission; what cannot be read is a note. `salt` names what it
    /// is judged by.
    pub fn take(submission: &Submission, pristine: &Path, salt: &str) -> Intake {
        let mut intake = chosen(Found::read(submission), pristine);
        intake.digest = digest(&intake, salt);
        intake
    }

    /// Writes the student's files of one program over the tree, or the starter
    /// where there is none.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn lay(&self, starter: &Starter, tree: &Path) -> Result<()> {
        let folder = format!("{}/src", starter.folder());
        let place = tree.join(&folder);
        if let Err(error) = fs::remove_dir_all(&place)
            && error.kind() != ErrorKind::NotFound
        {
            return Err(error).with_context(|| format!("cannot clear {folder}"));
        }
        fs::create_dir_all(&place)?;
        let is_here = |(path, _): &(&String, &Vec<u8>)| path.starts_with(&format!("{folder}/"));
        let mut files = self.files.iter().filter(is_here).peekable();
        if files.peek().is_none() {
            fs::write(tree.join(starter.path()), starter.text()?)?;
        }
        for (path, bytes) in files {
            let file = tree.join(path);
            fs::create_dir_all(file.parent().unwrap_or(&place))
                .and_then(|()| fs::write(&file, bytes))
                .with_context(|| format!("cannot write {path}"))?;
        }
        Ok(())
    }
}

/// The student's files, those nearest to the top where there are several.
fn chosen(mut found: Found, pristine: &Path) -> Intake {
    let depth = |path: &str| path.matches('/').count();
    let key = |(path, _): &(String, Vec<u8>)| (depth(path), path.clone());
    found.files.sort_by_key(key);
    let mut intake = Intake::default();
    let mut root = None;
    for (path, bytes) in &found.files {
        let Some(place) = student_path(path) else {
            continue;
        };
        if !is_plain(&place) {
            found.notes.push(Note::new(path, Reason::StrangeName));
            continue;
        }
        root.get_or_insert(path.strip_suffix(&place).map(str::to_string));
        intake.files.entry(place).or_insert_with(|| bytes.clone());
    }
    let root = root.flatten().unwrap_or_default();
    for (path, bytes) in &found.files {
        let others = path.strip_prefix(&root);
        let others = others.filter(|_| student_path(path).is_none());
        let note = others.and_then(|path| changed(path, bytes, pristine));
        found.notes.extend(note);
    }
    if intake.files.is_empty() {
        found.notes.push(Note::new("", Reason::Nothing));
    }
    found.notes.truncate(NOTES);
    intake.notes = found.notes;
    intake
}

/// Whether a module can have this path: what cannot be a name on some system
/// must not stop a whole class.
fn is_plain(path: &str) -> bool {
    let plain = |it: char| it.is_ascii_alphanumeric() || "_-./".contains(it);
    path.len() < 200 && path.chars().all(plain) && !path.contains("//") && !path.contains("/.")
}

/// A note, when a file is not what was handed out, or was not there at all.
fn changed(path: &str, bytes: &[u8], pristine: &Path) -> Option<Note> {
    let endings = [".rs", ".toml", ".lock", ".sh"];
    let matters = endings.iter().any(|ending| path.ends_with(ending));
    match fs::read(pristine.join(path)) {
        Ok(then) if same_text(&then, bytes) => None,
        Ok(_) => Some(Note::new(path, Reason::Changed)),
        Err(_) if matters && !path.contains(".mine") => Some(Note::new(path, Reason::Added)),
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
    starters().iter().find_map(|starter| {
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

fn digest(intake: &Intake, salt: &str) -> String {
    let mut hasher = DefaultHasher::new();
    salt.hash(&mut hasher);
    intake.files.hash(&mut hasher);
    intake.notes.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
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
