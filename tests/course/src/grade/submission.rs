//! What students hand in: a folder, a .zip or a .tar.gz each.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

pub struct Submission {
    /// The file's name without its ending.
    pub name: String,
    pub kind: Kind,
    pub path: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Folder,
    Zip,
    TarGz,
}

impl Submission {
    /// Every submission in `folder`, in reverse order of names: the last is
    /// taken first.
    ///
    /// # Errors
    /// When the folder cannot be read, or two have the same name.
    pub fn all(folder: &Path) -> Result<Vec<Submission>> {
        let entries = std::fs::read_dir(folder)
            .with_context(|| format!("cannot read {}", folder.display()))?;
        let paths = entries.flatten().map(|entry| entry.path());
        let mut all: Vec<Submission> = paths.filter_map(Submission::at).collect();
        all.sort_by(|one, other| other.name.cmp(&one.name));
        let twice = all.windows(2).find(|pair| pair[0].name == pair[1].name);
        if let Some(pair) = twice {
            let (one, other) = (pair[0].path.display(), pair[1].path.display());
            ensure!(false, "two submissions have one name: {one} and {other}");
        }
        Ok(all)
    }

    fn at(path: PathBuf) -> Option<Submission> {
        let file = path.file_name()?.to_str()?.to_string();
        let kinds = [
            (".zip", Kind::Zip),
            (".tar.gz", Kind::TarGz),
            (".tgz", Kind::TarGz),
        ];
        let found = kinds.iter().find_map(|(ending, kind)| {
            let name = file.strip_suffix(ending)?;
            Some((name.to_string(), *kind))
        });
        let (name, kind) = match found {
            _ if file.starts_with('.') => return None,
            _ if path.is_dir() => (file, Kind::Folder),
            found => found?,
        };
        Some(Submission { name, kind, path })
    }
}
