//! A temporary folder for a unit test, removed when the test ends.
#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

pub struct Scratch(TempDir);

impl Scratch {
    pub fn new() -> Scratch {
        Scratch(TempDir::with_prefix("grader-").unwrap())
    }

    /// Makes a folder in it, with those above.
    pub fn folder(&self, path: &str) -> PathBuf {
        let folder = self.join(path);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// Writes a file in it, with the folders above.
    pub fn file(&self, path: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let file = self.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, contents).unwrap();
        file
    }
}

impl std::ops::Deref for Scratch {
    type Target = Path;

    fn deref(&self) -> &Path {
        self.0.path()
    }
}
