//! Segments that the shipped captures do not have, because the programs that made them
//! behave: one of each kind, in each view and both languages.
//!
//! `tests/snapshots/specimens.diagram.snap` is the place to look for what an option,
//! an oddity or a cut header looks like.

use std::collections::HashSet;

use crate::common::specimens::{Specimen, specimens};
use crate::common::{as_hex, settings, show};
use header_inspector::view::{
    Color, DiagramView, ExplainView, HexView, HtmlView, JsonView, LineView, Numbers,
};
use header_inspector::{Lang, Settings, View};

/// Compares what the specimens look like in a view with what is expected.
fn expect(name: &str, shown: impl Fn(&Specimen) -> String) {
    let all: Vec<String> = specimens()
        .iter()
        .map(|each| titled(each, shown(each).trim_end()))
        .collect();
    compare(name, &all);
}

/// The same, without the paragraphs that stand word for word in an earlier one: most
/// fields are explained the same way again and again.
fn expect_what_is_new(name: &str, shown: impl Fn(&Specimen) -> String) {
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    for each in specimens() {
        let text = shown(&each);
        let new: Vec<&str> = text
            .trim_end()
            .split("\n\n")
            .filter(|paragraph| seen.insert(paragraph.to_string()))
            .collect();
        all.push(titled(&each, &new.join("\n\n")));
    }
    compare(name, &all);
}

fn titled(specimen: &Specimen, shown: &str) -> String {
    format!("=== {}\n\n{shown}\n", specimen.name)
}

fn compare(name: &str, all: &[String]) {
    insta::with_settings!({
        prepend_module_to_snapshot => false,
        description => format!("what the shipped captures do not have, as {name}"),
        omit_expression => true,
    }, {
        insta::assert_snapshot!(format!("specimens.{name}"), all.join("\n"));
    });
}

fn shown(specimen: &Specimen, mut view: impl View) -> String {
    show(&as_hex(&specimen.bytes), specimen.from, &mut view).0
}

#[test]
fn as_diagrams() {
    let settings = settings(Lang::En);
    expect("diagram", |each| shown(each, DiagramView::new(settings)));
}

#[test]
fn as_diagrams_in_arabic_and_colour_with_relative_numbers() {
    let settings = Settings {
        lang: Lang::Ar,
        numbers: Numbers::Relative,
        color: Color::Ansi,
    };
    expect("diagram.ar", |each| shown(each, DiagramView::new(settings)));
}

#[test]
fn explained() {
    let settings = settings(Lang::En);
    expect_what_is_new("explain", |each| shown(each, ExplainView::new(settings)));
}

#[test]
fn explained_in_arabic_and_colour() {
    let settings = Settings {
        color: Color::Ansi,
        ..settings(Lang::Ar)
    };
    expect_what_is_new("explain.ar", |each| shown(each, ExplainView::new(settings)));
}

#[test]
fn as_hexdumps() {
    let settings = settings(Lang::En);
    expect("hex", |each| shown(each, HexView::new(settings)));
}

#[test]
fn as_hexdumps_in_arabic_and_colour() {
    let settings = Settings {
        color: Color::Ansi,
        ..settings(Lang::Ar)
    };
    expect("hex.ar", |each| shown(each, HexView::new(settings)));
}

#[test]
fn as_lines() {
    let settings = settings(Lang::En);
    expect("line", |each| shown(each, LineView::new(settings)));
}

#[test]
fn as_json() {
    let settings = settings(Lang::En);
    expect("json", |each| shown(each, JsonView::new(settings)));
}

#[test]
fn as_json_with_arabic_sentences() {
    let settings = settings(Lang::Ar);
    expect("json.ar", |each| shown(each, JsonView::new(settings)));
}

#[test]
fn as_the_end_of_an_article() {
    let all = specimens();
    let whole = all.iter().find(|each| each.name == "IPv6 in Ethernet");
    let page = shown(
        whole.expect("one is whole"),
        HtmlView::new(settings(Lang::En)),
    );
    let (article, _) = page.split_once("</article>").expect("an article ends");
    let (_, behind) = article.split_once("</tbody>").expect("a table is in it");
    insta::assert_snapshot!(behind);
}

#[test]
fn as_pictures_and_bytes_of_a_page() {
    // Each way in which bits are laid out in cells, and bytes marked, once.
    const WORTH: [&str; 10] = [
        "a segment deep in tunnels",
        "a segment deeper in tunnels",
        "a SYN with many options, ended and padded",
        "a block acknowledged selectively, not aligned",
        "everything wrong at once",
        "an option without its length",
        "IPv6 in Ethernet",
        "more data than a view shows",
        "a header cut to 7",
        "a header cut to 22",
    ];
    let settings = settings(Lang::En);
    let mut all = Vec::new();
    for each in specimens() {
        if WORTH.contains(&each.name.as_str()) {
            let page = shown(&each, HtmlView::new(settings));
            let article = page.find("<article").expect("a page has an article");
            let table = page.find("<table class=\"fields\"").expect("with fields");
            all.push(titled(&each, &page[article..table]));
        }
    }
    assert_eq!(all.len(), WORTH.len());
    compare("html", &all);
}
