//! Everything in a submission, read within bounds: folders, archives, and archives in
//! archives.

use std::fs::{self, File};
use std::io::{Cursor, Read, Seek, Take};
use std::path::{Component, Path};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result, bail};

use crate::intake::note::{Note, Reason};
use crate::intake::submission::{Kind, Submission};
use crate::late::Stamp;
use course::output::cannot_read;

/// A source file of more bytes is not read.
const FILE: u64 = 1024 * 1024;
/// Nor is an archive in an archive.
const ARCHIVE: u64 = 16 * 1024 * 1024;
/// Bytes that are kept of one submission, however small it was when packed.
const ALL: u64 = 64 * 1024 * 1024;
/// Bytes that are unpacked of one archive: most may be in folders that are skipped.
const UNPACKED: u64 = 512 * 1024 * 1024;
/// Entries that are read, and entries that are looked at.
const ENTRIES: usize = 20_000;
const LOOKED_AT: usize = 500_000;
/// Folders in folders.
const DEPTH: usize = 32;
/// Archives in archives.
const NESTED: u32 = 2;

/// Folders that hold nothing of a student's: what cargo, git, macOS and the course write.
const SKIPPED: [&str; 4] = ["target", ".git", "__MACOSX", ".course"];

#[derive(Default)]
pub struct Found {
    pub files: Vec<Source>,
    pub notes: Vec<Note>,
    entries: usize,
    looked_at: usize,
    bytes: u64,
}

/// A file of a submission.
pub struct Source {
    /// As the submission names it; an archive in it counts as a folder.
    pub path: String,
    pub bytes: Vec<u8>,
    pub time: Option<Stamp>,
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
        for part in &submission.parts {
            let name = match submission.parts.len() {
                1 => String::new(),
                _ => format!("{}/", part.file_name()),
            };
            let read = match part.kind {
                Kind::Folder => found.folder(&part.path, &name),
                _ => found.packed_or_source(&part.path, &name, part.kind),
            };
            found.note_error("", read);
        }
        found
    }

    fn packed_or_source(&mut self, path: &Path, prefix: &str, kind: Kind) -> Result<()> {
        let file = File::open(path)?;
        let time = fs::metadata(path).ok().and_then(|it| modified(&it));
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match kind {
            Kind::Source => self.file(&name, file, time),
            _ => self.packed(kind, file, prefix, NESTED),
        }
    }

    /// Reads an archive whose entries begin with `prefix`.
    fn packed(
        &mut self,
        kind: Kind,
        file: impl Read + Seek,
        prefix: &str,
        nested: u32,
    ) -> Result<()> {
        match kind {
            Kind::Zip => self.zip(file, prefix, nested),
            Kind::Tar => self.tar(file.take(UNPACKED), prefix, nested),
            Kind::TarGz => {
                let unpacked = flate2::read::GzDecoder::new(file);
                self.tar(unpacked.take(UNPACKED), prefix, nested)
            }
            Kind::Folder | Kind::Source | Kind::Refused => {
                self.note(prefix.trim_end_matches('/'), Reason::Refused);
                Ok(())
            }
        }
    }

    fn note_error(&mut self, path: &str, read: Result<()>) {
        if let Err(error) = read {
            let reason = match error.is::<TooMuch>() {
                true => Reason::TooMuch,
                false => Reason::Unreadable(format!("{error:#}")),
            };
            self.note(path, reason);
        }
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
            if SKIPPED.contains(&name.as_str()) {
                continue;
            }
            self.count()?;
            if kind.is_symlink() {
                self.note(&path, Reason::Link);
            } else if kind.is_dir() {
                self.folder(&entry.path(), &format!("{path}/"))?;
            } else if kind.is_file() {
                let time = entry.metadata().ok().and_then(|it| modified(&it));
                match File::open(entry.path()) {
                    Ok(file) => self.entry(&path, file, time, NESTED)?,
                    Err(error) => self.note(&path, Reason::Unreadable(error.to_string())),
                }
            }
        }
        Ok(())
    }

    fn zip(&mut self, file: impl Read + Seek, prefix: &str, nested: u32) -> Result<()> {
        let mut archive = zip::ZipArchive::new(file)?;
        for index in 0..archive.len() {
            let entry = archive.by_index(index)?;
            let name = format!("{prefix}{}", entry.name()?);
            if self.is_skipped(&name)? {
                continue;
            }
            self.count()?;
            if entry.is_symlink() {
                self.note(&name, Reason::Link);
            } else if entry.is_file() {
                let time = entry.last_modified().and_then(Stamp::of_zip);
                self.entry(&name, entry, time, nested)?;
            }
        }
        Ok(())
    }

    fn tar(&mut self, unpacked: Take<impl Read>, prefix: &str, nested: u32) -> Result<()> {
        let mut archive = tar::Archive::new(unpacked);
        let read = self.tar_entries(&mut archive, prefix, nested);
        match archive.into_inner().limit() {
            0 => bail!(TooMuch),
            _ => read,
        }
    }

    fn tar_entries(
        &mut self,
        archive: &mut tar::Archive<impl Read>,
        prefix: &str,
        nested: u32,
    ) -> Result<()> {
        for entry in archive.entries()? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.path()?.to_string_lossy());
            let kind = entry.header().entry_type();
            if self.is_skipped(&name)? {
                continue;
            }
            self.count()?;
            if kind.is_symlink() || kind.is_hard_link() {
                self.note(&name, Reason::Link);
            } else if kind.is_file() {
                let time = entry.header().mtime().ok();
                self.entry(&name, entry, time.map(Stamp::utc), nested)?;
            }
        }
        Ok(())
    }

    /// A file, or an archive in the submission.
    fn entry(
        &mut self,
        path: &str,
        contents: impl Read,
        time: Option<Stamp>,
        nested: u32,
    ) -> Result<()> {
        let kind = Kind::of_name(path);
        match kind {
            None | Some(Kind::Source) => self.file(path, contents, time),
            Some(Kind::Refused) => {
                self.note(path, Reason::Refused);
                Ok(())
            }
            Some(_) if nested == 0 => {
                self.note(path, Reason::TooDeep);
                Ok(())
            }
            Some(kind) => {
                let mut bytes = Vec::new();
                contents.take(ARCHIVE + 1).read_to_end(&mut bytes)?;
                self.bytes += bytes.len() as u64;
                if bytes.len() as u64 > ARCHIVE {
                    bail!(TooMuch);
                }
                let read = self.packed(kind, Cursor::new(bytes), &format!("{path}/"), nested - 1);
                self.note_error(path, read);
                Ok(())
            }
        }
    }

    fn note(&mut self, path: &str, reason: Reason) {
        self.notes.push(Note::new(path, reason));
    }

    /// Whether an archive's entry is in a folder that is skipped.
    fn is_skipped(&mut self, path: &str) -> Result<bool> {
        self.looked_at += 1;
        if self.looked_at > LOOKED_AT {
            bail!(TooMuch);
        }
        let mut parts = path.split(['/', '\\']);
        Ok(parts.any(|part| SKIPPED.contains(&part)))
    }

    fn count(&mut self) -> Result<()> {
        self.entries += 1;
        if self.entries > ENTRIES || self.bytes > ALL {
            bail!(TooMuch);
        }
        Ok(())
    }

    fn file(&mut self, path: &str, contents: impl Read, time: Option<Stamp>) -> Result<()> {
        let path = path.replace('\\', "/");
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
            true => self.files.push(Source { path, bytes, time }),
            false if path.ends_with(".rs") => self.note(&path, Reason::TooLarge),
            false => {}
        }
        Ok(())
    }
}

/// When a file was last changed.
fn modified(data: &fs::Metadata) -> Option<Stamp> {
    let time = data.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(Stamp::utc(time.as_secs()))
}
