//! Lays the pages out for mdBook, which wants all that a book shows under one
//! folder: `OUT/en` and `OUT/ar`, with the figures and the files that the pages
//! link to. What GitHub shows and what the book shows is thus the same source.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::link::{Link, links, slashes};
use crate::{CONTENTS, Language, Page, Shelf};

/// Who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Edition {
    /// Hints and answers folded: the website.
    Folded,
    /// Without hints and answers: what is printed for students.
    Student,
    /// With everything: what is printed for instructors.
    Instructor,
}

/// The guide with the grading, which students are not handed.
const FOR_INSTRUCTORS: &str = "instructors.md";

/// Writes both books' sources. Files outside `docs` that a page links to are
/// copied, text with `.txt` added so that a browser shows it.
pub fn stage(shelf: &Shelf, out: &Path, edition: Edition) -> Result<()> {
    for language in Language::BOTH {
        let source = Path::new("docs").join(language.code());
        let folder = out.join(language.code());
        let contents = Page::read(&shelf.root.join(&source).join(CONTENTS), language)?;
        write(&folder.join(CONTENTS), &listed(&contents.text, edition))?;
        let own = |page: &&Page| page.language == language && page.path.starts_with(&source);
        let pages = shelf.pages().filter(own);
        for page in pages.filter(|page| is_for(edition, &page.path)) {
            stage_page(shelf, page, edition, &folder)?;
        }
    }
    Ok(())
}

fn stage_page(shelf: &Shelf, page: &Page, edition: Edition, folder: &Path) -> Result<()> {
    let name = page.path.file_name().context("a page has a name")?;
    let text = relinked(page, &edited(page, edition));
    write(&folder.join(name), &text)?;
    for file in linked_files(shelf, page) {
        copy(&shelf.root.join(&file), &folder.join(staged(&file)))?;
    }
    Ok(())
}

fn is_for(edition: Edition, path: &Path) -> bool {
    edition != Edition::Student || !path.ends_with(FOR_INSTRUCTORS)
}

/// The table of contents, of the pages that this edition has.
fn listed(contents: &str, edition: Edition) -> String {
    let left_out = format!("({FOR_INSTRUCTORS})");
    let lines = contents.split_inclusive('\n');
    lines
        .filter(|line| edition != Edition::Student || !line.contains(&left_out))
        .collect()
}

/// The page's text for this edition.
pub fn edited(page: &Page, edition: Edition) -> String {
    let mut text = page.text.clone();
    if edition == Edition::Student {
        let mut cut = answers(page);
        cut.extend(hints(page));
        cut.sort_by_key(|span| span.start);
        for span in cut.into_iter().rev() {
            text.replace_range(span, "");
        }
    }
    text
}

fn answers(page: &Page) -> Vec<Range<usize>> {
    let folds = page.details().into_iter();
    folds
        .filter(|fold| fold.summary.starts_with(page.language.answer()))
        .map(|fold| fold.span)
        .collect()
}

fn hints(page: &Page) -> Option<Range<usize>> {
    let headings = page.headings();
    let index = headings
        .iter()
        .position(|h| h.level == 2 && h.text == page.language.hints())?;
    Some(headings[index].span.start..page.section(&headings, index).end)
}

/// Where a file stands in the book, from the book's own folder.
fn staged(path: &Path) -> PathBuf {
    if let Ok(figure) = path.strip_prefix("docs/figures") {
        return Path::new("figures").join(figure);
    }
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
    let mut name = path.as_os_str().to_owned();
    match extension {
        "md" => name = path.with_extension("txt").into(), // mdBook renames what holds .md
        "rs" | "toml" | "py" | "" => name.push(".txt"),
        _ => {}
    }
    Path::new("files").join(name)
}

/// Where a link of the page leads in the book.
fn target(page: &Page, link: &Link) -> Option<String> {
    let (path, anchor) = link.local(page)?;
    for language in Language::BOTH {
        let folder = Path::new("docs").join(language.code());
        if let Ok(name) = path.strip_prefix(&folder) {
            if language == page.language {
                return None;
            }
            let html = name.with_extension("html");
            let anchor = anchor.map_or(String::new(), |anchor| format!("#{anchor}"));
            return Some(format!("../{language}/{}{anchor}", html.display()));
        }
    }
    Some(slashes(&staged(&path)))
}

fn relinked(page: &Page, text: &str) -> String {
    let mut text = text.to_owned();
    let targets: BTreeSet<(String, String)> = links(page)
        .into_iter()
        .filter_map(|link| Some((link.target.clone(), target(page, &link)?)))
        .collect();
    for (old, new) in targets {
        text = text
            .replace(&format!("]({old})"), &format!("]({new})"))
            .replace(&format!("=\"{old}\""), &format!("=\"{new}\""));
    }
    text
}

/// The files that the page shows or links to, but for the pages of the books.
fn linked_files(shelf: &Shelf, page: &Page) -> BTreeSet<PathBuf> {
    let mut files = BTreeSet::new();
    for link in links(page) {
        let Some((path, _)) = link.local(page) else {
            continue;
        };
        let in_a_book = Language::BOTH
            .iter()
            .any(|language| path.starts_with(Path::new("docs").join(language.code())));
        if !in_a_book && shelf.root.join(&path).is_file() {
            files.insert(path);
        }
    }
    files
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    make_parent(to)?;
    fs::copy(from, to)
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<()> {
    make_parent(path)?;
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn make_parent(path: &Path) -> Result<()> {
    let parent = path.parent().context("a file stands in a folder")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))
}
