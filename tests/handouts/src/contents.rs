//! The book's table of contents lists every page, in the same order in both languages.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::{CONTENTS, Language, Page, Shelf, link};

pub fn complaints(shelf: &Shelf) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    let mut orders = Vec::new();
    for language in Language::BOTH {
        let folder = Path::new("docs").join(language.code());
        let listed = listed(shelf, &folder.join(CONTENTS), language)?;
        let in_folder = shelf.pages().filter(|page| page.path.starts_with(&folder));
        for page in in_folder.filter(|page| !listed.contains(&page.path)) {
            let (page, contents) = (page.path.display(), folder.join(CONTENTS));
            complaints.push(format!("{page}: not in {}", contents.display()));
        }
        for path in listed.iter().filter(|path| shelf.page_at(path).is_none()) {
            let contents = folder.join(CONTENTS);
            complaints.push(format!(
                "{}: no page {}",
                contents.display(),
                path.display()
            ));
        }
        orders.push(
            listed
                .iter()
                .filter_map(|path| Some(path.file_name()?.to_owned()))
                .collect::<Vec<_>>(),
        );
    }
    if orders.first() != orders.last() {
        complaints.push(format!(
            "{CONTENTS} lists the pages in another order in docs/ar"
        ));
    }
    Ok(complaints)
}

fn listed(shelf: &Shelf, path: &Path, language: Language) -> Result<Vec<PathBuf>> {
    let text = Page::read(&shelf.root.join(path), language)?.text;
    let page = Page::new(path, language, &text);
    let links = link::links(&page);
    Ok(links
        .iter()
        .filter_map(|link| Some(link.local(&page)?.0))
        .collect())
}
