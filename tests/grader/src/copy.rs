//! Copies a folder as it is, times included: cargo builds anew what looks newer
//! than what was built of it.

use std::fs::{self, File};
use std::path::Path;

use anyhow::{Context, Result};

/// Copies the folder `from` with all that is in it.
///
/// # Errors
/// When something cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => copy(&entry.path(), &place)?,
            false => file(&entry.path(), &place)?,
        }
    }
    Ok(())
}

fn file(from: &Path, to: &Path) -> Result<()> {
    let time = fs::metadata(from)?.modified()?;
    let permissions = fs::metadata(from)?.permissions();
    fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    if !permissions.readonly() {
        let options = File::options().append(true).open(to);
        options.and_then(|file| file.set_modified(time))?;
    }
    Ok(())
}
