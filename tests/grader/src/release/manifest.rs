//! Fits the workspace's manifest, and pages that list others, to a tree from
//! which parts were left out.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::release::page::without_dead_links;
use crate::release::readme::for_students;
use course::output::cannot_read;

/// Takes out of the tree's lists what is not there any more.
///
/// # Errors
/// When a file cannot be read or written.
pub fn fit(tree: &Path) -> Result<()> {
    edit(&tree.join("Cargo.toml"), |text| {
        without_trials(&without_missing_members(text, tree), tree)
    })?;
    for readme in ["README.md", "README.ar.md"] {
        edit(&tree.join(readme), |text| for_students(text, tree))?;
    }
    for language in ["en", "ar"] {
        let folder = tree.join("docs").join(language);
        let summary = folder.join("SUMMARY.md");
        if summary.exists() {
            edit(&summary, |text| without_missing_pages(text, &folder))?;
        }
        for page in pages(&folder)? {
            edit(&page, |text| without_dead_links(text, &folder))?;
        }
    }
    Ok(())
}

/// The pages of a handout folder; none where it was left out.
fn pages(folder: &Path) -> Result<Vec<PathBuf>> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(Vec::new());
    };
    let paths: Result<Vec<PathBuf>, _> = entries.map(|it| it.map(|it| it.path())).collect();
    let mut pages = paths.with_context(|| cannot_read(folder.display()))?;
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    Ok(pages)
}

fn edit(path: &Path, change: impl Fn(&str) -> String) -> Result<()> {
    let text = fs::read_to_string(path).with_context(|| cannot_read(path.display()))?;
    fs::write(path, change(&text)).with_context(|| format!("cannot write {}", path.display()))
}

/// A member stands on a line of its own; a comment above members goes with the
/// last of them.
fn without_missing_members(text: &str, tree: &Path) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for line in text.lines() {
        let entry = line.trim();
        let member = entry
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix("\","));
        if member.is_some_and(|path| !tree.join(path).join("Cargo.toml").exists()) {
            continue;
        }
        let ends_group = entry.starts_with('#') || entry == "]";
        if ends_group && line.starts_with([' ', ']']) {
            while kept.last().is_some_and(|last| last.starts_with("    #")) {
                kept.pop();
            }
        }
        kept.push(line);
    }
    kept.join("\n") + "\n"
}

/// The harness's trials look at the solutions: where those were left out, the
/// harness is not among what `cargo test` proves.
fn without_trials(text: &str, tree: &Path) -> String {
    let Some((before, after)) = text.split_once("default-members = [") else {
        return text.to_string();
    };
    if tree.join("solutions").exists() {
        return text.to_string();
    }
    let after = after.replacen("    \"tests/harness\",\n", "", 1);
    format!("{before}default-members = [{after}")
}

/// A line that links to a page which is not there goes.
fn without_missing_pages(text: &str, folder: &Path) -> String {
    let is_there = |line: &&str| {
        let link = line
            .split_once("](")
            .and_then(|(_, rest)| rest.split_once(')'));
        link.is_none_or(|(page, _)| folder.join(page).exists())
    };
    let lines: Vec<&str> = text.lines().filter(is_there).collect();
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::{without_missing_members, without_trials};
    use crate::scratch::Scratch;

    #[test]
    fn the_harness_stays_a_member_but_is_not_proven_without_solutions() {
        let text = "members = [\n    \"tests/harness\",\n]\ndefault-members = [\n    \
                    \"labs/a\",\n    \"tests/harness\",\n]\n";
        let tree = Scratch::new();
        assert_eq!(
            without_trials(text, &tree),
            "members = [\n    \"tests/harness\",\n]\ndefault-members = [\n    \"labs/a\",\n]\n"
        );
        tree.folder("solutions");
        assert_eq!(without_trials(text, &tree), text);
    }

    #[test]
    fn missing_members_go_with_their_comment() {
        let tree = Scratch::new();
        tree.file("labs/a/Cargo.toml", "");
        let text = "[workspace]\nmembers = [\n    # Labs.\n    \"labs/a\",\n    # Gone.\n    \"gone/b\",\n]\n";
        let fitted = without_missing_members(text, &tree);
        assert_eq!(
            fitted,
            "[workspace]\nmembers = [\n    # Labs.\n    \"labs/a\",\n]\n"
        );
    }
}
