//! What is taken of a submission: the files that a student may edit, and nothing else.
//!
//! ```text
//!   submission ─▶ found ─▶ layout ─▶ one tree for each lab ─▶ Intake
//!   lms: whose    all its  where a                            files, notes, and why a
//!                 files    file belongs                       lab could not be read
//! ```
//!
//! What else was changed or added is noted, and not taken.

mod found;
mod layout;
pub mod lms;
pub mod note;
mod origin_time;
pub mod submission;

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result};

use crate::late::Stamp;
use course::starter::Starter;
use found::{Found, Source};
use layout::{Placed, by_program, known, loose, meant};
use note::{Note, Reason};
use submission::Submission;

/// Notes that are kept: the first few tell enough.
const NOTES: usize = 20;
/// Paths that are named where none is right.
const NAMED: usize = 3;

/// What was taken.
#[derive(Default)]
pub struct Intake {
    /// Text by its path in the tree: `labs/lab3/server/src/main.rs`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What was found besides.
    pub notes: Vec<Note>,
    /// Why a lab could not be read, though something was handed in for it.
    pub unreadable: BTreeMap<u32, Note>,
    /// When it was last worked on, as far as time stamps tell.
    pub time: Option<Stamp>,
    /// A name for all that is judged, and for what judges it.
    pub digest: String,
}

/// What a submission is compared with.
pub struct Given<'a> {
    /// The tree as it was handed out.
    pub pristine: &'a Path,
    /// The programs that are judged.
    pub starters: Vec<&'static Starter>,
    /// A name for what judges them.
    pub salt: String,
}

impl Intake {
    /// Takes the submission; what cannot be read is a note.
    pub fn take(submission: &Submission, given: &Given) -> Intake {
        let found = Found::read(submission);
        let mut intake = chosen(found, given, &submission.file_names());
        intake.time = origin_time::of(submission, intake.time);
        intake.digest = digest(&intake, &given.salt);
        intake
    }

    /// Writes the student's files of one program over the tree, or the starter
    /// where there is none.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn lay(&self, starter: &Starter, tree: &Path) -> Result<()> {
        let folder = format!("{}/src", starter.folder());
        let place = tree.join(&folder);
        if let Err(error) = fs::remove_dir_all(&place)
            && error.kind() != ErrorKind::NotFound
        {
            return Err(error).with_context(|| format!("cannot clear {folder}"));
        }
        fs::create_dir_all(&place)?;
        let mut files = self.of(starter).peekable();
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

    /// The files of one program.
    pub fn of(&self, starter: &Starter) -> impl Iterator<Item = (&String, &Vec<u8>)> {
        let folder = format!("{}/src/", starter.folder());
        self.files
            .iter()
            .filter(move |(path, _)| path.starts_with(&folder))
    }

    fn has_main(&self, starter: &Starter) -> bool {
        self.files.contains_key(&starter.path())
    }
}

/// The student's files, one tree for each lab.
fn chosen(mut found: Found, given: &Given, name: &str) -> Intake {
    found
        .files
        .sort_by_key(|it| (it.path.matches('/').count(), it.path.clone()));
    let mut intake = Intake::default();
    let placed = placed(&found.files, given, name, &mut intake.notes);
    let roots = roots(&placed, &found.files, given, &mut intake.notes);
    for (index, it) in &placed {
        let source = &found.files[*index];
        if roots.get(&it.lab) != Some(&it.root) {
            continue;
        }
        if !is_plain(&it.place) {
            found
                .notes
                .push(Note::new(&source.path, Reason::StrangeName));
        } else if is_utf16(&source.bytes) {
            found.notes.push(Note::new(&source.path, Reason::Utf16));
        } else {
            intake.time = intake.time.max(source.time);
            let place = intake.files.entry(it.place.clone());
            place.or_insert_with(|| source.bytes.clone());
        }
    }
    intake.unreadable = unreadable(&intake, &found, given);
    for lab in intake.unreadable.keys() {
        let folder = format!("labs/lab{lab}/");
        intake.files.retain(|path, _| !path.starts_with(&folder));
    }
    let is_placed = |index: &usize| placed.iter().any(|(placed, _)| placed == index);
    let others = (0..found.files.len()).filter(|index| !is_placed(index));
    let tops: Vec<&String> = roots.values().collect();
    let others = others.filter_map(|index| changed(&found.files[index], &tops, given.pristine));
    intake.notes.extend(found.notes);
    intake.notes.extend(others);
    intake.notes.extend(includes(&intake.files));
    let unnamed = intake
        .unreadable
        .values()
        .filter(|it| !intake.notes.contains(it));
    let mut unnamed: Vec<Note> = unnamed.cloned().collect();
    unnamed.dedup();
    intake.notes.splice(0..0, unnamed);
    intake.notes.truncate(NOTES);
    intake
}

/// The files that belong somewhere. Where no path names a lab, a program alone will do,
/// and where none names a program, a lone file.
fn placed(
    files: &[Source],
    given: &Given,
    name: &str,
    notes: &mut Vec<Note>,
) -> Vec<(usize, Placed)> {
    let by = |place: &dyn Fn(&str) -> Option<Placed>| -> Vec<(usize, Placed)> {
        let places = files.iter().enumerate();
        places
            .filter_map(|(index, it)| Some((index, place(&it.path)?)))
            .collect()
    };
    let named = by(&|path| known(path, &given.starters));
    if !named.is_empty() {
        return named;
    }
    let paths: Vec<&str> = files.iter().map(|it| it.path.as_str()).collect();
    let starters = meant(&format!("{name} {}", paths.join(" ")), &given.starters);
    let mut guessed = by(&|path| by_program(path, &starters));
    if guessed.is_empty() {
        guessed = loose(&paths, &starters);
    }
    let taken =
        |(index, it): &(usize, Placed)| Note::new(paths[*index], Reason::TakenAs(it.place.clone()));
    notes.extend(guessed.iter().map(taken));
    guessed
}

/// The tree from which each lab is taken: of several, one in which it was worked on.
fn roots(
    placed: &[(usize, Placed)],
    files: &[Source],
    given: &Given,
    notes: &mut Vec<Note>,
) -> BTreeMap<u32, String> {
    let mut roots = BTreeMap::new();
    for (_, Placed { lab, .. }) in placed {
        if roots.contains_key(lab) {
            continue;
        }
        let own: Vec<&(usize, Placed)> = placed.iter().filter(|(_, it)| it.lab == *lab).collect();
        let mut all: Vec<&String> = own.iter().map(|(_, it)| &it.root).collect();
        all.sort();
        all.dedup();
        let is_worked_on = |root: &str| {
            own.iter().any(|(index, it)| {
                let handed_out = fs::read(given.pristine.join(&it.place)).unwrap_or_default();
                it.root == root && !same_text(&handed_out, &files[*index].bytes)
            })
        };
        let newest = |root: &str| {
            let here = own.iter().filter(|(_, it)| it.root == root);
            here.filter_map(|(index, _)| files[*index].time).max()
        };
        let best = all
            .iter()
            .max_by_key(|root| (is_worked_on(root), newest(root)));
        let Some(best) = best.map(|root| root.to_string()) else {
            continue;
        };
        if all.len() > 1 {
            let shown = |root: &str| if root.is_empty() { "." } else { root }.to_string();
            let others = all.iter().filter(|root| ***root != best);
            let others: Vec<String> = others.map(|root| shown(root)).collect();
            let (lab, others) = (*lab, others.join(", "));
            notes.push(Note::new(
                shown(&best),
                Reason::SeveralTrees { lab, others },
            ));
        }
        roots.insert(*lab, best);
    }
    roots
}

/// The labs of which a program was handed in and could not be read. Where there is no
/// program at all, all labs are.
fn unreadable(intake: &Intake, found: &Found, given: &Given) -> BTreeMap<u32, Note> {
    let hiding = || {
        found
            .notes
            .iter()
            .filter(|note| note.reason.hides_a_program())
    };
    let of_starter = |starter: &&Starter| {
        let path = starter.path();
        let is_main =
            |note: &&Note| known(&note.path, &given.starters).is_some_and(|it| it.place == path);
        let note = hiding()
            .find(is_main)
            .filter(|_| !intake.has_main(starter))?;
        Some((starter.lab, note.clone()))
    };
    let own: BTreeMap<u32, Note> = given.starters.iter().filter_map(of_starter).collect();
    if !intake.files.is_empty() || !own.is_empty() {
        return own;
    }
    let note = hiding()
        .next()
        .cloned()
        .unwrap_or_else(|| layout(found, given));
    given
        .starters
        .iter()
        .map(|it| (it.lab, note.clone()))
        .collect()
}

/// Which path was expected, and what was found.
fn layout(found: &Found, given: &Given) -> Note {
    let expected: Vec<String> = given.starters.iter().map(|it| it.path()).collect();
    let expected = named(&expected);
    let rust = found.files.iter().map(|it| it.path.clone());
    let rust: Vec<String> = rust.filter(|path| path.ends_with(".rs")).collect();
    let reason = match rust.is_empty() {
        true => Reason::NoSource { expected },
        false => Reason::Layout {
            expected,
            found: named(&rust),
        },
    };
    Note::new("", reason)
}

/// The first few of some paths.
fn named(paths: &[String]) -> String {
    let first = paths
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    match paths.len() > NAMED {
        true => format!("{first}, …"),
        false => first,
    }
}

/// Whether a module can have this path: what cannot be a name on some system
/// must not stop a whole class.
fn is_plain(path: &str) -> bool {
    let plain = |it: char| it.is_ascii_alphanumeric() || "_-./".contains(it);
    path.len() < 200 && path.chars().all(plain) && !path.contains("//") && !path.contains("/.")
}

/// By its byte order mark, or because every other byte of its start is 0.
fn is_utf16(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(64)];
    let zeros = |from: usize| start.iter().skip(from).step_by(2).all(|byte| *byte == 0);
    bytes.starts_with(&[0xff, 0xfe])
        || bytes.starts_with(&[0xfe, 0xff])
        || (start.len() > 3 && zeros(0) != zeros(1))
}

/// A note, if a file is not what was handed out, or was not there at all.
fn changed(source: &Source, roots: &[&String], pristine: &Path) -> Option<Note> {
    let path = roots.iter().find_map(|root| match root.as_str() {
        "" => Some(source.path.as_str()),
        root => source.path.strip_prefix(root)?.strip_prefix('/'),
    })?;
    let endings = [".rs", ".toml", ".lock", ".sh"];
    let matters = endings.iter().any(|ending| path.ends_with(ending));
    let in_labs = format!("labs/{path}");
    let places = [path, &in_labs].map(|path| fs::read(pristine.join(path)));
    match places.into_iter().find_map(Result::ok) {
        Some(then) if same_text(&then, &source.bytes) => None,
        Some(then) => {
            let names =
                dependencies(&source.bytes).filter(|it| !dependencies(&then).any(|old| old == *it));
            let names: Vec<String> = names.collect();
            Some(Note::new(
                path,
                match names.is_empty() || !path.ends_with("Cargo.toml") {
                    true => Reason::Changed,
                    false => Reason::Dependency(names.join(", ")),
                },
            ))
        }
        None if matters && !path.contains(".mine") => Some(Note::new(path, Reason::Added)),
        None => None,
    }
}

/// The crates that a manifest names; none if it is no manifest.
fn dependencies(manifest: &[u8]) -> impl Iterator<Item = String> {
    let text = String::from_utf8_lossy(manifest);
    let table: toml::Table = toml::from_str(&text).unwrap_or_default();
    let own = table
        .get("dependencies")
        .and_then(|it| it.as_table())
        .cloned();
    own.unwrap_or_default().into_iter().map(|(name, _)| name)
}

/// The files that sources include and that are not taken.
fn includes(files: &BTreeMap<String, Vec<u8>>) -> Vec<Note> {
    let mut notes = Vec::new();
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(bytes);
        for word in ["include_str!(\"", "include_bytes!(\"", "include!(\""] {
            for rest in text.split(word).skip(1) {
                let name = rest.split('"').next().unwrap_or_default();
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                if !files.contains_key(&format!("{folder}/{name}")) {
                    notes.push(Note::new(path, Reason::Included(name.to_string())));
                }
            }
        }
    }
    notes
}

/// Whether two files differ in nothing but line ends.
pub fn same_text(one: &[u8], other: &[u8]) -> bool {
    let text = |bytes: &[u8]| -> Vec<u8> {
        let bytes = bytes.iter().copied();
        bytes.filter(|byte| *byte != b'\r').collect()
    };
    text(one) == text(other)
}

fn digest(intake: &Intake, salt: &str) -> String {
    let mut hasher = DefaultHasher::new();
    salt.hash(&mut hasher);
    intake.files.hash(&mut hasher);
    intake.notes.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests;
