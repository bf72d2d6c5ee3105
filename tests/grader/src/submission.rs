//! What students hand in: a folder, a .zip or a .tar.gz each.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use harness::{apart, say};

use course::output::cannot_read;

pub struct Submission {
    /// The file's name without its ending, as people read it.
    pub name: String,
    /// The same as a file's name that every system takes.
    pub stem: String,
    pub kind: Kind,
    pub path: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Folder,
    Zip,
    TarGz,
}

const ENDINGS: [(&str, Kind); 3] = [
    (".zip", Kind::Zip),
    (".tar.gz", Kind::TarGz),
    (".tgz", Kind::TarGz),
];

impl Submission {
    /// Every submission in `folder`, in reverse order of names: the last is
    /// taken first. What is none is told on standard error.
    ///
    /// # Errors
    /// When the folder cannot be read, or two have the same name.
    pub fn all(folder: &Path) -> Result<Vec<Submission>> {
        let entries = std::fs::read_dir(folder).with_context(|| cannot_read(folder.display()))?;
        let mut all = Vec::new();
        for entry in entries {
            let path = entry?.path();
            match Submission::at(&path) {
                Some(submission) => all.push(submission),
                None if is_hidden(&path) => {}
                None => {
                    let name = apart(format!("{:?}", path.file_name().unwrap_or_default()));
                    let sentence = say!(
                        "left out: {name} is no folder, .zip or .tar.gz",
                        "تُرك {name}: ليس مجلدًا ولا ملف \u{2068}.zip\u{2069} أو \u{2068}.tar.gz\u{2069}"
                    );
                    eprintln!("{sentence}");
                }
            }
        }
        all.sort_by(|one, other| other.stem.cmp(&one.stem));
        if let Some(pair) = all.windows(2).find(|pair| pair[0].stem == pair[1].stem) {
            let (one, other) = (pair[0].path.display(), pair[1].path.display());
            bail!("two submissions have one name: {one} and {other}");
        }
        Ok(all)
    }

    fn at(path: &Path) -> Option<Submission> {
        let kind = std::fs::symlink_metadata(path).ok()?.file_type();
        let file = path.file_name()?;
        let text = file.to_string_lossy();
        let packed = ENDINGS
            .iter()
            .find_map(|(ending, kind)| Some((text.strip_suffix(ending)?, *kind)));
        let (name, kind) = match packed {
            _ if is_hidden(path) => return None,
            _ if kind.is_dir() => (text.as_ref(), Kind::Folder),
            Some(found) if kind.is_file() => found,
            _ => return None,
        };
        Some(Submission {
            stem: stem(name, file.as_encoded_bytes()),
            name: name.to_string(),
            kind,
            path: path.to_path_buf(),
        })
    }
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.as_encoded_bytes().starts_with(b".")
}

/// The name itself, where it is plain and short; else what is plain of it, with
/// a number that keeps different names apart.
fn stem(name: &str, bytes: &[u8]) -> String {
    let is_plain = |it: char| it.is_alphanumeric() || "-_.@+".contains(it);
    let changed = |it: char| if is_plain(it) { it } else { '_' };
    let plain: String = name.chars().map(changed).take(60).collect();
    if plain == name {
        return plain;
    }
    // FNV-1a: short, and the same on every machine.
    let number = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{plain}-{number:016x}")
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn a_name_becomes_a_file_name_that_does_no_harm() {
        assert_eq!(stem("amal-2", b"amal-2.zip"), "amal-2");
        assert_eq!(stem("أمل", "أمل".as_bytes()), "أمل");
        let hostile = stem("\"><script>/..", b"x");
        assert!(hostile.starts_with("___script__..-"), "{hostile}");
        assert!(stem(&"x".repeat(250), b"y").len() < 90);
        assert_ne!(stem("a b", b"a b"), stem("a_b", b"a_b"));
        assert_ne!(stem("\u{fffd}", b"\xff"), stem("\u{fffd}", b"\xfe"));
    }
}
