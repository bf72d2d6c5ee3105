//! Where a page points to: its links and pictures, and whether they are there.

use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{Event, Tag};

use crate::{Language, Page, Shelf};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub target: String,
    pub kind: LinkKind,
    /// Where in the page it stands.
    pub offset: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    Link,
    Image,
}

impl Link {
    /// The path from the root and the anchor, or `None` for another host.
    pub fn local(&self, page: &Page) -> Option<(PathBuf, Option<&str>)> {
        if self.target.contains("://") || self.target.starts_with("mailto:") {
            return None;
        }
        let (path, anchor) = match self.target.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (self.target.as_str(), None),
        };
        let path = match path {
            "" => page.path.clone(),
            path => plain(&page.path.with_file_name(path)),
        };
        Some((path, anchor))
    }
}

/// Every link and picture, in Markdown or in HTML.
pub fn links(page: &Page) -> Vec<Link> {
    let mut found = Vec::new();
    for (event, span) in page.events() {
        let (kind, target) = match &event {
            Event::Start(Tag::Link { dest_url, .. }) => (LinkKind::Link, dest_url.to_string()),
            Event::Start(Tag::Image { dest_url, .. }) => (LinkKind::Image, dest_url.to_string()),
            Event::Html(html) | Event::InlineHtml(html) => {
                for (kind, name) in [(LinkKind::Link, "href"), (LinkKind::Image, "src")] {
                    found.extend(attributes(html, name).map(|target| Link {
                        target,
                        kind,
                        offset: span.start,
                    }));
                }
                continue;
            }
            _ => continue,
        };
        found.push(Link {
            target,
            kind,
            offset: span.start,
        });
    }
    found
}

/// The values of this attribute in a piece of HTML, quoted with `"`.
fn attributes<'a>(html: &'a str, name: &'a str) -> impl Iterator<Item = String> + 'a {
    html.split(name).skip(1).filter_map(|rest| {
        let value = rest.strip_prefix("=\"")?;
        Some(value.split('"').next()?.to_owned())
    })
}

/// `docs/en/../figures/x` becomes `docs/figures/x`.
pub fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// The path as a link writes it, also on Windows.
pub fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Every relative link that leads nowhere.
pub fn broken(shelf: &Shelf) -> Vec<String> {
    let pages = shelf.pages();
    pages
        .flat_map(|page| links(page).into_iter().map(move |link| (page, link)))
        .filter_map(|(page, link)| complaint(shelf, page, &link))
        .collect()
}

fn complaint(shelf: &Shelf, page: &Page, link: &Link) -> Option<String> {
    let (path, anchor) = link.local(page)?;
    let place = page.place(link.offset);
    if shelf.page_at(&path).is_none() && !shelf.root.join(&path).exists() {
        return Some(format!("{place}: no file {} to link to", slashes(&path)));
    }
    if link.kind == LinkKind::Image {
        return other_figure(shelf, &path)
            .map(|other| format!("{place}: the picture has no {}", slashes(&other)));
    }
    let anchor = anchor?;
    let target = shelf.page_at(&path)?;
    let known = anchors(target).iter().any(|known| known == anchor);
    (!known).then(|| format!("{place}: no heading or id #{anchor} in {}", slashes(&path)))
}

/// The figure of the other language, if it is missing.
fn other_figure(shelf: &Shelf, path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let other = if name.contains(".en.") {
        name.replace(".en.", ".ar.")
    } else if name.contains(".ar.") {
        name.replace(".ar.", ".en.")
    } else {
        return None;
    };
    let other = path.with_file_name(other);
    (!shelf.root.join(&other).exists()).then_some(other)
}

/// The anchors of a page: its headings', in order, then the `id`s written in it.
pub fn anchors(page: &Page) -> Vec<String> {
    let mut anchors: Vec<String> = page.headings().into_iter().map(|h| h.anchor).collect();
    for (event, _) in page.events() {
        if let Event::Html(html) | Event::InlineHtml(html) = event {
            anchors.extend(attributes(&html, "id"));
        }
    }
    anchors
}

/// The same text for both languages' links to the same thing: a page's language
/// becomes `own` or `other`, a heading its place in the page's order.
pub fn neutral(shelf: &Shelf, page: &Page, link: &Link) -> String {
    let Some((path, anchor)) = link.local(page) else {
        return link.target.clone();
    };
    let target = shelf.page_at(&path);
    let mut text = neutral_path(&path, page.language);
    if let Some(anchor) = anchor {
        let index = target.and_then(|target| anchors(target).iter().position(|a| a == anchor));
        text.push_str(&match index {
            Some(index) => format!("#{index}"),
            None => format!("#{anchor}"),
        });
    }
    text
}

fn neutral_path(path: &Path, own: Language) -> String {
    let text = slashes(path);
    let text = match text.as_str() {
        "README.md" => "README.en.md".to_owned(),
        _ => text,
    };
    let mut neutral = text;
    for language in Language::BOTH {
        let word = if language == own { "own" } else { "other" };
        let code = language.code();
        neutral = neutral
            .replace(&format!("docs/{code}/"), &format!("docs/{word}/"))
            .replace(&format!(".{code}."), &format!(".{word}."));
        if neutral == format!("docs/{code}") {
            neutral = format!("docs/{word}");
        }
    }
    neutral
}
