//! What files hold, as one number: it differs when one of them has changed.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::output::cannot_read;

#[derive(Default)]
pub struct Fingerprint {
    hasher: DefaultHasher,
}

impl Fingerprint {
    /// Adds a value that is no file.
    pub fn add(&mut self, value: &impl Hash) {
        value.hash(&mut self.hasher);
    }

    /// Adds a file of `tree`, or all files of a folder in the order of their names.
    ///
    /// # Errors
    /// When something of it cannot be read.
    pub fn add_path(&mut self, tree: &Path, path: &str) -> Result<()> {
        self.add_at(tree, &tree.join(path))
    }

    fn add_at(&mut self, tree: &Path, place: &Path) -> Result<()> {
        if !place.is_dir() {
            place
                .strip_prefix(tree)
                .unwrap_or(place)
                .hash(&mut self.hasher);
            let bytes = fs::read(place).with_context(|| cannot_read(place.display()))?;
            bytes.hash(&mut self.hasher);
            return Ok(());
        }
        let entries = fs::read_dir(place).with_context(|| cannot_read(place.display()))?;
        let places = entries.map(|entry| Ok(entry?.path()));
        let places: io::Result<Vec<PathBuf>> = places.collect();
        let mut places = places.with_context(|| cannot_read(place.display()))?;
        places.sort();
        places.iter().try_for_each(|place| self.add_at(tree, place))
    }
}

/// Sixteen hexadecimal digits.
impl std::fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(formatter, "{:016x}", self.hasher.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn a_change_deep_in_a_folder_is_a_change() {
        let tree = tempfile::tempdir().unwrap();
        let tree = tree.path();
        std::fs::create_dir_all(tree.join("a/b")).unwrap();
        let print = |text: &str| {
            std::fs::write(tree.join("a/b/c"), text).unwrap();
            let mut print = Fingerprint::default();
            print.add_path(tree, "a").unwrap();
            print.to_string()
        };
        let (first, second, again) = (print("1"), print("2"), print("1"));
        let missing = Fingerprint::default().add_path(tree, "gone");
        assert_eq!(first, again);
        assert_ne!(first, second);
        assert!(missing.unwrap_err().to_string().contains("gone"));
    }
}
