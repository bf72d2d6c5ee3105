//! All pages of the course, as pairs: what the checks walk over.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{Language, Page};

/// mdBook's table of contents is no page: nobody reads it as one.
pub const CONTENTS: &str = "SUMMARY.md";

#[derive(Clone, Debug)]
pub struct Shelf {
    /// The repository's root; pages' paths are relative to it.
    pub root: PathBuf,
    pub pairs: Vec<Pair>,
    /// Pages that exist in one language only.
    pub singles: Vec<Page>,
}

#[derive(Clone, Debug)]
pub struct Pair {
    pub english: Page,
    pub arabic: Page,
}

impl Shelf {
    /// Reads `docs/en`, `docs/ar` and the README pair.
    pub fn read(root: &Path) -> Result<Shelf> {
        let mut shelf = Shelf {
            root: root.to_owned(),
            pairs: Vec::new(),
            singles: Vec::new(),
        };
        let mut names = BTreeSet::new();
        for language in Language::BOTH {
            names.extend(markdown_files(&root.join("docs").join(language.code()))?);
        }
        names.remove(CONTENTS);
        shelf.add("README.md".into(), "README.ar.md".into())?;
        for name in names {
            shelf.add(
                Path::new("docs/en").join(&name),
                Path::new("docs/ar").join(&name),
            )?;
        }
        Ok(shelf)
    }

    fn add(&mut self, english: PathBuf, arabic: PathBuf) -> Result<()> {
        let english = self.page(&english, Language::English)?;
        let arabic = self.page(&arabic, Language::Arabic)?;
        match (english, arabic) {
            (Some(english), Some(arabic)) => self.pairs.push(Pair { english, arabic }),
            (one, other) => self.singles.extend(one.or(other)),
        }
        Ok(())
    }

    fn page(&self, path: &Path, language: Language) -> Result<Option<Page>> {
        if !self.root.join(path).exists() {
            return Ok(None);
        }
        let page = Page::read(&self.root.join(path), language)?;
        Ok(Some(Page::new(path, language, &page.text)))
    }

    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        self.pairs
            .iter()
            .flat_map(|pair| [&pair.english, &pair.arabic])
            .chain(&self.singles)
    }

    pub fn arabic(&self) -> impl Iterator<Item = &Page> {
        self.pages()
            .filter(|page| page.language == Language::Arabic)
    }

    /// The page at this path from the root.
    pub fn page_at(&self, path: &Path) -> Option<&Page> {
        self.pages().find(|page| page.path == path)
    }
}

fn markdown_files(folder: &Path) -> Result<Vec<String>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    let entries = fs::read_dir(folder)
        .with_context(|| format!("cannot list the pages in {}", folder.display()))?;
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") {
            names.push(name);
        }
    }
    Ok(names)
}
