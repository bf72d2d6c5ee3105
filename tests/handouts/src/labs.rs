//! The tasks as the handouts, the starters and the checks number them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{Handout, Pair, Shelf};

/// A lab is judged once its handout is there in both languages.
pub fn complaints(shelf: &Shelf) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    for pair in &shelf.pairs {
        if let Some(lab) = lab_number(&pair.english.path) {
            complaints.extend(lab_complaints(&shelf.root, pair, lab)?);
        }
    }
    Ok(complaints)
}

/// `docs/en/lab3.md` is lab 3's.
fn lab_number(path: &Path) -> Option<u32> {
    path.file_stem()?
        .to_str()?
        .strip_prefix("lab")?
        .parse()
        .ok()
}

fn lab_complaints(root: &Path, pair: &Pair, lab: u32) -> Result<Vec<String>> {
    let english = match numbers(pair, lab) {
        Ok(numbers) => numbers,
        Err(complaints) => return Ok(complaints),
    };
    let folder = root.join(format!("labs/lab{lab}"));
    let checks = root.join(format!("tests/lab{lab}.rs"));
    let mut sources = Vec::new();
    rust_files(&folder, &mut sources)?;
    let starters = sources.iter().map(|path| read(path));
    let starters = starters.collect::<Result<Vec<_>>>()?.concat();
    let checks_text = read(&checks)?;
    let mut complaints = compare(
        pair,
        &english,
        &marked(&starters),
        &format!("// TASK comment in {}", folder.display()),
    );
    complaints.extend(compare(
        pair,
        &english,
        &judged(&checks_text, lab),
        &format!("module taskM_… in {}", checks.display()),
    ));
    Ok(complaints)
}

/// The handouts' task numbers, which start at 1 and leave none out.
fn numbers(pair: &Pair, lab: u32) -> Result<BTreeSet<String>, Vec<String>> {
    let mut complaints = Vec::new();
    let mut all = Vec::new();
    for page in [&pair.english, &pair.arabic] {
        match Handout::parse(page.clone()) {
            Ok(handout) => {
                let found: Vec<_> = handout.tasks().iter().map(|t| t.number.clone()).collect();
                let wanted: Vec<_> = (1..=found.len()).map(|n| format!("{lab}.{n}")).collect();
                if found.is_empty() || found != wanted {
                    let path = page.path.display();
                    complaints.push(format!(
                        "{path}: needed tasks {lab}.1, {lab}.2, …, found {found:?}"
                    ));
                }
                all.push(found);
            }
            Err(error) => complaints.push(format!("{error:#}")),
        }
    }
    if complaints.is_empty() {
        Ok(all.concat().into_iter().collect())
    } else {
        Err(complaints)
    }
}

fn compare(
    pair: &Pair,
    handout: &BTreeSet<String>,
    code: &BTreeSet<String>,
    what: &str,
) -> Vec<String> {
    let path = pair.english.path.display();
    let missing = handout
        .difference(code)
        .map(|n| format!("{path}: task {n} has no {what}"));
    let extra = code
        .difference(handout)
        .map(|n| format!("{path}: no task {n}, but a {what}"));
    missing.chain(extra).collect()
}

/// The numbers of `// TASK 3.2` comments.
pub fn marked(source: &str) -> BTreeSet<String> {
    let comments = source.split("// TASK ").skip(1);
    comments
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_ascii_digit() || *c == '.')
                .collect::<String>()
        })
        .map(|number| number.trim_end_matches('.').to_owned())
        .collect()
}

/// The numbers of modules `task2_broadcast` of lab 3: 3.2.
pub fn judged(source: &str, lab: u32) -> BTreeSet<String> {
    let modules = source
        .lines()
        .filter_map(|line| line.strip_prefix("mod task"));
    modules
        .map(|rest| {
            rest.chars()
                .take_while(char::is_ascii_digit)
                .collect::<String>()
        })
        .map(|task| format!("{lab}.{task}"))
        .collect()
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            rust_files(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(())
}
