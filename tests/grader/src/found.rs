//! Everything in a submission, read within bounds: a folder, a zip or a tar.gz.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path};

use anyhow::{Context, Result, bail};

use crate::note::{Note, Reason};
use crate::submission::{Kind, Submission};
use course::output::cannot_read;

/// A source file of more bytes is nobody's lab.
const FILE: u64 = 1024 * 1024;
/// Bytes that are read of one submission, however small it was when packed.
const ALL: u64 = 64 * 1024 * 1024;
/// Entries that are looked at.
const ENTRIES: usize = 20_000;
/// Folders in folders.
const DEPTH: usize = 32;

#[derive(Default)]
pub struct Found {
    pub files: Vec<(String, Vec<u8>)>,
    pub notes: Vec<Note>,
    entries: usize,
    bytes: u64,
}

/// There is more than is read of one submission.
#[derive(Debug)]
struct TooMuch;

impl std::fmt::Display for TooMuch {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(formatter, "more than {ENTRIES} files or {ALL} bytes")
    }
}

impl std::error::Error for TooMuch {}

impl Found {
    /// Reads the submission; what cannot be read is a note.
    pub fn read(submission: &Submission) -> Found {
        let mut found = Found::default();
        let path = &submission.path;
        let read = match submission.kind {
            Kind::Folder => found.folder(path, ""),
            Kind::Zip => found.zip(path),
            Kind::TarGz => found.tar(path),
        };
        if let Err(error) = read {
            let reason = match error.is::<TooMuch>() {
                true => Reason::TooMuch,
                false => Reason::Unreadable(format!("{error:#}")),
            };
            found.notes.push(Note::new("", reason));
        }
        found
    }

    fn folder(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        if prefix.matches('/').count() > DEPTH {
            self.note(prefix, Reason::TooDeep);
            return Ok(());
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.note(prefix, Reason::Unreadable(error.to_string()));
                return Ok(());
            }
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            let kind = entry.file_type()?;
            self.count()?;
            if kind.is_symlink() {
                self.note(&path, Reason::Link);
            } else if kind.is_dir() {
                if !matches!(name.as_str(), "target" | ".git" | ".course") {
                    self.folder(&entry.path(), &format!("{path}/"))?;
                }
            } else if kind.is_file() {
                match File::open(entry.path()) {
                    Ok(file) => self.file(&path, file)?,
                    Err(error) => self.note(&path, Reason::Unreadable(error.to_string())),
                }
            }
        }
        Ok(())
    }

    fn zip(&mut self, path: &Path) -> Result<()> {
        let mut archive = zip::ZipArchive::new(File::open(path)?)?;
        for index in 0..archive.len() {
            self.count()?;
            let entry = archive.by_index(index)?;
            let name = entry.name()?.to_string();
            if entry.is_symlink() {
                self.note(&name, Reason::Link);
            } else if entry.is_file() {
                self.file(&name, entry)?;
            }
        }
        Ok(())
    }

    fn tar(&mut self, path: &Path) -> Result<()> {
        let unpacked = flate2::read::GzDecoder::new(File::open(path)?).take(4 * ALL);
        let mut archive = tar::Archive::new(unpacked);
        for entry in archive.entries()? {
            self.count()?;
            let entry = entry?;
            let name = entry.path()?.to_string_lossy().into_owned();
            let kind = entry.header().entry_type();
            if kind.is_symlink() || kind.is_hard_link() {
                self.note(&name, Reason::Link);
            } else if kind.is_file() {
                self.file(&name, entry)?;
            }
        }
        Ok(())
    }

    fn note(&mut self, path: &str, reason: Reason) {
        self.notes.push(Note::new(path, reason));
    }

    fn count(&mut self) -> Result<()> {
        self.entries += 1;
        if self.entries > ENTRIES || self.bytes > ALL {
            bail!(TooMuch);
        }
        Ok(())
    }

    fn file(&mut self, path: &str, contents: impl Read) -> Result<()> {
        let path = path.replace('\\', "/");
        if path.split('/').any(|part| part == "__MACOSX") {
            // What macOS adds to a zip is nobody's work.
            return Ok(());
        }
        let inside = |part| matches!(part, Component::Normal(_) | Component::CurDir);
        if !Path::new(&path).components().all(inside) {
            self.note(&path, Reason::LeadsOutside);
            return Ok(());
        }
        let mut bytes = Vec::new();
        let read = contents.take(FILE + 1).read_to_end(&mut bytes);
        read.with_context(|| cannot_read(&path))?;
        self.bytes += bytes.len() as u64;
        match bytes.len() as u64 <= FILE {
            true => self.files.push((path, bytes)),
            false if path.ends_with(".rs") => self.note(&path, Reason::TooLarge),
            false => {}
        }
        Ok(())
    }
}
