//! The course's pages as they are: both languages in step, every link alive,
//! nothing that GitHub would scramble. A failure lists every complaint at once.

use handouts::{
    Page, Shelf, bidi, contents, glossary, labs, link, malformed, outline, stamp, wording,
};
use harness::root;

fn shelf() -> Shelf {
    Shelf::read(root()).expect("the pages can be read")
}

/// Panics with one complaint a line.
fn none(complaints: Vec<String>) {
    let count = complaints.len();
    assert!(
        count == 0,
        "{count} complaints\n{}\n",
        complaints.join("\n")
    );
}

fn each<'a>(pages: impl Iterator<Item = &'a Page>, complaints: fn(&Page) -> Vec<String>) {
    none(pages.flat_map(complaints).collect());
}

#[test]
fn every_page_exists_in_both_languages() {
    let single = |page: &Page| {
        format!(
            "{}: no such page in the other language",
            page.path.display()
        )
    };
    none(shelf().singles.iter().map(single).collect());
}

#[test]
fn both_languages_have_the_same_parts_code_and_links() {
    let shelf = shelf();
    let pairs = shelf.pairs.iter();
    none(
        pairs
            .flat_map(|pair| outline::differences(&shelf, pair))
            .collect(),
    );
}

#[test]
fn every_relative_link_and_picture_is_there() {
    none(link::broken(&shelf()));
}

#[test]
fn every_fold_is_shaped_as_github_reads_it() {
    each(shelf().pages(), malformed);
}

#[test]
fn no_arabic_page_is_scrambled_on_github() {
    each(shelf().arabic(), bidi::complaints);
}

#[test]
fn arabic_pages_use_the_glossary_and_arabic_punctuation() {
    each(shelf().arabic(), wording::complaints);
}

#[test]
fn every_arabic_page_was_read_against_the_english_one() {
    none(shelf().pairs.iter().flat_map(stamp::stale).collect());
}

#[test]
fn handouts_starters_and_checks_number_the_same_tasks() {
    none(labs::complaints(&shelf()).expect("the labs can be read"));
}

#[test]
fn the_glossary_names_the_same_terms_in_both_languages() {
    let shelf = shelf();
    let glossary = shelf
        .pairs
        .iter()
        .filter(|pair| pair.english.path.ends_with("glossary.md"));
    none(glossary.flat_map(glossary::complaints).collect());
}

#[test]
fn every_page_is_in_the_table_of_contents() {
    none(contents::complaints(&shelf()).expect("the tables of contents can be read"));
}

#[test]
fn no_page_speaks_of_left_or_right() {
    each(shelf().pages(), wording::sides);
}
