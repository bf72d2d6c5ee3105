//! Remembers the verdicts of a lab as long as nothing that could change them
//! has changed: the student's files, the checks, the harness, the manifests,
//! the toolchain. Kept in `.course/`, which git ignores.

use std::fs;
use std::path::PathBuf;

use harness::root;

use course::fingerprint::Fingerprint;
use course::lab::Lab;
use course::libtest::Verdict;

/// The folder for what the course keeps beside a student's work.
pub fn folder() -> PathBuf {
    root().join(".course")
}

/// The verdicts of `lab`, if they were given on just what is there now.
pub fn recall(lab: &Lab) -> Option<Vec<Verdict>> {
    let text = fs::read_to_string(file(lab)).ok()?;
    let (key, lines) = text.split_once('\n')?;
    if key != key_of(lab)? {
        return None;
    }
    lines.lines().map(course::libtest::verdict).collect()
}

/// Keeps the verdicts of a whole lab, given on the state that `key` names; if
/// they cannot be kept, they are only found anew next time.
pub fn keep(lab: &Lab, key: Option<String>, verdicts: &[Verdict]) {
    let Some(mut text) = key.filter(|key| Some(key) == key_of(lab).as_ref()) else {
        return;
    };
    for verdict in verdicts {
        let word = if verdict.passed { "ok" } else { "FAILED" };
        text.push_str(&format!("\ntest {} ... {word}", verdict.check));
    }
    let path = file(lab);
    let _ = fs::create_dir_all(path.parent().unwrap_or(&path));
    let _ = fs::write(path, text);
}

fn file(lab: &Lab) -> PathBuf {
    folder().join("verdicts").join(lab.package())
}

/// A name for everything that the verdicts of `lab` depend on; `None` when
/// something cannot be read, or is not in this tree.
pub fn key_of(lab: &Lab) -> Option<String> {
    if stands_in() {
        return None;
    }
    let mut print = Fingerprint::default();
    let folder = lab.folder();
    let folder = folder.strip_prefix(root()).ok()?.to_str()?;
    let checks = format!("tests/{}.rs", lab.name());
    let judges = [
        "Cargo.toml",
        "Cargo.lock",
        ".cargo/config.toml",
        "tests/harness",
    ];
    for path in [folder, &checks].into_iter().chain(judges) {
        print.add_path(root(), path).ok()?;
    }
    for name in ["LAB_PATIENCE", "RUSTUP_TOOLCHAIN"] {
        print.add(&std::env::var_os(name));
    }
    Some(print.to_string())
}

/// Whether another program is judged in the student's place: nobody here sees
/// when that one changes.
pub fn stands_in() -> bool {
    let names = ["LAB_SERVER", "LAB_CLIENT"];
    names.iter().any(|name| std::env::var_os(name).is_some())
}
