//! What cargo builds at a workspace: the programs of a lab, and its checks.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use course::lab::Lab;

/// The programs of a lab, the given ones among them.
pub fn programs(lab: &Lab) -> Vec<String> {
    let programs = lab.programs().into_iter();
    programs
        .map(|program| format!("{}-{program}", lab.name()))
        .collect()
}

/// Removes everything that cargo has built of `program`.
///
/// # Errors
/// When something of it cannot be removed.
pub fn forget(profile: &Path, program: &str) -> Result<()> {
    let target = program.replace('-', "_");
    for folder in ["", "deps", "incremental", ".fingerprint"] {
        let Ok(entries) = fs::read_dir(profile.join(folder)) else {
            continue;
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().replace('-', "_");
            if name.strip_prefix(&target).is_some_and(is_its_end) {
                match entry.file_type()?.is_dir() {
                    true => fs::remove_dir_all(entry.path())?,
                    false => fs::remove_file(entry.path())?,
                }
            }
        }
    }
    Ok(())
}

/// What follows a program's name in what cargo makes of it.
fn is_its_end(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['_', '.'])
}

/// The executable of a test target among cargo's JSON messages.
pub fn executable(messages: &str, target: &str) -> Option<PathBuf> {
    messages.lines().rev().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        let is_target = message["target"]["name"] == target && message["profile"]["test"] == true;
        is_target
            .then(|| message["executable"].as_str().map(PathBuf::from))
            .flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::{executable, forget};
    use crate::scratch::Scratch;

    #[test]
    fn everything_of_a_program_goes_and_nothing_else() {
        let profile = Scratch::new();
        for folder in [
            "deps",
            "incremental/lab1_server-0a",
            ".fingerprint/lab1-server-0a",
        ] {
            profile.folder(folder);
        }
        let gone = [
            "lab1-server",
            "lab1-server.d",
            "deps/lab1_server-0a",
            "deps/lab1_server-0a.d",
        ];
        let kept = ["lab1-client", "deps/lab1-0a", "deps/lab1_servers-0a"];
        for name in gone.iter().chain(&kept) {
            profile.file(name, "");
        }
        forget(&profile, "lab1-server").unwrap();
        let is_there = |name: &&str| profile.join(name).exists();
        let (gone, kept) = (gone.iter().any(is_there), kept.iter().all(is_there));
        let folders = profile.join("incremental/lab1_server-0a").exists();
        assert!(!gone && kept && !folders);
    }

    #[test]
    fn the_checks_are_found_among_cargos_messages() {
        let messages = "{\"target\":{\"name\":\"lab1\"},\"profile\":{\"test\":true},\"executable\":\"/t/lab1-0\"}\nnoise\n";
        assert_eq!(executable(messages, "lab1"), Some("/t/lab1-0".into()));
        assert_eq!(executable(messages, "lab2"), None);
    }
}
