//! Makes a zip of a folder.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use zip::write::{SimpleFileOptions, ZipWriter};

/// Makes `FOLDER.zip` beside the folder, which is the zip's one entry at the top.
///
/// # Errors
/// When a file cannot be read, or the zip not be written.
pub fn zip(folder: &Path) -> Result<PathBuf> {
    let name = folder.file_name().context("needed a folder with a name")?;
    let place = folder.with_file_name(format!("{}.zip", name.to_string_lossy()));
    let file = File::create(&place).with_context(|| format!("cannot write {}", place.display()))?;
    let mut archive = ZipWriter::new(file);
    add(&mut archive, folder, &name.to_string_lossy())?;
    archive.finish()?;
    Ok(place)
}

fn add(archive: &mut ZipWriter<File>, folder: &Path, name: &str) -> Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            add(archive, &entry.path(), &name)?;
        } else {
            archive.start_file(name, SimpleFileOptions::default())?;
            io::copy(&mut File::open(entry.path())?, archive)?;
        }
    }
    Ok(())
}
