//! Writes a made submission as a student would: a folder, a zip or a tar.gz.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use anyhow::Result;

use crate::odd::{self, os};
use crate::student::{Packing, Student};

/// Writes the submission into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn pack(student: &Student, folder: &Path) -> Result<()> {
    match student.packing {
        Packing::Folder => {
            let place = folder.join(os(&student.name));
            fs::create_dir_all(&place)?;
            for (path, text) in &student.files {
                let file = place.join(path);
                fs::create_dir_all(file.parent().unwrap_or(&place))?;
                fs::write(file, text)?;
            }
        }
        Packing::Zip => {
            let file = File::create(folder.join(format!("{}.zip", student.shown())))?;
            let mut archive = zip::ZipWriter::new(file);
            for (path, text) in &student.files {
                archive.start_file(path.as_str(), zip::write::SimpleFileOptions::default())?;
                archive.write_all(text)?;
            }
            archive.finish()?;
        }
        Packing::TarGz => {
            let file = File::create(folder.join(format!("{}.tar.gz", student.shown())))?;
            let level = flate2::Compression::fast();
            let mut archive = tar::Builder::new(flate2::write::GzEncoder::new(file, level));
            for (path, text) in &student.files {
                let mut header = tar::Header::new_gnu();
                header.set_size(text.len() as u64);
                header.set_mode(0o644);
                archive.append_data(&mut header, path, text.as_slice())?;
            }
            archive.into_inner()?.finish()?;
        }
        Packing::File(ending) => {
            let name = format!("{}{ending}", student.shown());
            for text in student.files.values() {
                fs::write(folder.join(&name), text)?;
            }
        }
        Packing::Odd(oddity) => odd::pack(oddity, student, folder)?,
    }
    Ok(())
}
