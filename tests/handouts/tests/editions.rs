//! What the book of each edition holds, and where its links lead.

use std::fs;
use std::path::Path;

use handouts::stage::{Edition, edited, stage};
use handouts::{Language, Page, Pair, Shelf};

const ENGLISH: &str = include_str!("sample.en.md");
const ARABIC: &str = include_str!("sample.ar.md");

fn page(language: Language, text: &str) -> Page {
    let path = format!("docs/{language}/lab3.md");
    Page::new(Path::new(&path), language, text)
}

#[test]
fn the_students_edition_has_neither_hints_nor_answers() {
    for (language, text) in [(Language::English, ENGLISH), (Language::Arabic, ARABIC)] {
        let printed = edited(&page(language, text), Edition::Student);
        for word in [
            language.hint(),
            language.answer(),
            "<details>",
            "thread::spawn(move",
        ] {
            assert!(!printed.contains(word), "{word} in {printed}");
        }
        let kept = page(language, &printed).headings();
        assert_eq!(
            kept.len(),
            4,
            "title, tasks, the task, check yourself: {kept:?}"
        );
    }
}

#[test]
fn the_instructors_edition_has_everything() {
    let page = page(Language::English, ENGLISH);
    assert_eq!(edited(&page, Edition::Instructor), page.text);
    assert_eq!(edited(&page, Edition::Folded), page.text);
}

#[test]
fn the_students_edition_has_no_instructors_guide() {
    let root = std::env::temp_dir().join(format!("handouts-guide-{}", std::process::id()));
    for language in ["en", "ar"] {
        let contents = "- [Lab 3](lab3.md)\n- [Guide](instructors.md)\n";
        write(&root, &format!("docs/{language}/SUMMARY.md"), contents);
        write(&root, &format!("docs/{language}/lab3.md"), "# A\n");
        write(&root, &format!("docs/{language}/instructors.md"), "# B\n");
    }
    let shelf = Shelf::read(&root).unwrap();
    for (edition, there) in [(Edition::Student, false), (Edition::Instructor, true)] {
        let out = root.join("out").join(there.to_string());
        stage(&shelf, &out, edition).unwrap();
        let contents = fs::read_to_string(out.join("en/SUMMARY.md")).unwrap();
        assert_eq!(contents.contains("instructors.md"), there);
        assert_eq!(out.join("ar/instructors.md").exists(), there);
        assert!(out.join("ar/lab3.md").exists());
    }
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn links_lead_to_what_the_book_holds() {
    let root = std::env::temp_dir().join(format!("handouts-book-{}", std::process::id()));
    let english = "# A\n\n[server](../../labs/main.rs) [other](../ar/lab3.md#ب) [b](b.md#c)\n\n\
                   ![f](../figures/f.en.svg)\n";
    write(&root, "labs/main.rs", "fn main() {}");
    write(&root, "docs/figures/f.en.svg", "<svg/>");
    write(&root, "docs/en/SUMMARY.md", "- [A](lab3.md)\n");
    write(&root, "docs/ar/SUMMARY.md", "- [ا](lab3.md)\n");
    let shelf = Shelf {
        root: root.clone(),
        pairs: vec![Pair {
            english: page(Language::English, english),
            arabic: page(Language::Arabic, ARABIC),
        }],
        singles: Vec::new(),
    };
    stage(&shelf, &root.join("out"), Edition::Folded).unwrap();
    let staged = fs::read_to_string(root.join("out/en/lab3.md")).unwrap();
    assert!(
        staged.contains("[server](files/labs/main.rs.txt)"),
        "{staged}"
    );
    assert!(
        staged.contains("[other](../ar/lab3.html#ب) [b](b.md#c)"),
        "{staged}"
    );
    assert!(staged.contains("![f](figures/f.en.svg)"), "{staged}");
    for file in [
        "en/files/labs/main.rs.txt",
        "en/figures/f.en.svg",
        "en/SUMMARY.md",
        "ar/lab3.md",
    ] {
        assert!(root.join("out").join(file).exists(), "{file}");
    }
    fs::remove_dir_all(root).unwrap();
}

fn write(root: &Path, name: &str, text: &str) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
