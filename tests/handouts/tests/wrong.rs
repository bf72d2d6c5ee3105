//! Pages that are wrong on purpose: each check must find its own fault, and must
//! find none in the sample pages.

use std::path::Path;

use handouts::{
    Language, Page, Pair, Shelf, bidi, contents, glossary, labs, link, malformed, outline, stamp,
    wording,
};
use harness::root;

const ENGLISH: &str = include_str!("sample.en.md");
const ARABIC: &str = include_str!("sample.ar.md");

fn pair(english: &str, arabic: &str) -> Pair {
    Pair {
        english: Page::new(Path::new("docs/en/lab3.md"), Language::English, english),
        arabic: Page::new(Path::new("docs/ar/lab3.md"), Language::Arabic, arabic),
    }
}

fn shelf(pair: &Pair) -> Shelf {
    Shelf {
        root: root().to_path_buf(),
        pairs: vec![pair.clone()],
        singles: Vec::new(),
    }
}

/// What the comparison says when `from` in the Arabic page becomes `to`.
fn compared(from: &str, to: &str) -> String {
    assert!(ARABIC.contains(from));
    let pair = pair(ENGLISH, &ARABIC.replacen(from, to, 1));
    outline::differences(&shelf(&pair), &pair).join("\n")
}

/// An Arabic page around this Markdown.
fn arabic(body: &str) -> Page {
    let text = format!("<div dir=\"rtl\">\n\n{body}\n\n</div>\n");
    Page::new(Path::new("page.md"), Language::Arabic, &text)
}

#[test]
fn the_samples_are_without_fault() {
    let pair = pair(ENGLISH, ARABIC);
    assert_eq!(compared("الغرفة", "الغرفة"), "");
    assert_eq!(bidi::complaints(&pair.arabic), [""; 0]);
    assert_eq!(wording::complaints(&pair.arabic), [""; 0]);
    assert_eq!(malformed(&pair.english), [""; 0]);
}

#[test]
fn a_heading_of_another_level_is_found() {
    assert_eq!(
        compared("## التلميحات", "### التلميحات"),
        "docs/en/lab3.md:13 has a heading of level 2, \
         but docs/ar/lab3.md:15 has a heading of level 3"
    );
}

#[test]
fn another_task_number_is_found() {
    assert!(compared("المهمة 3.1", "المهمة 3.2").contains("with the number 3.2"));
}

#[test]
fn a_missing_item_is_found() {
    let item = "- الفحص: `cargo test -p lab3 task1`\n";
    assert!(compared(item, "").contains("docs/en/lab3.md:11 has a list's item"));
}

#[test]
fn a_missing_row_and_a_missing_column_are_found() {
    let english = "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n";
    for arabic in [
        "| ا | ب |\n|---|---|\n| 1 | 2 |\n",
        "| ا |\n|---|\n| 1 |\n| 3 |\n",
    ] {
        let pair = pair(english, arabic);
        assert_eq!(outline::differences(&shelf(&pair), &pair).len(), 1);
    }
}

#[test]
fn other_code_is_found_but_another_comment_is_none() {
    let code = "thread::spawn(move || /* what serves one client */);";
    assert!(compared(code, "thread::spawn(move || {});").contains("the code block (rust)"));
    assert_eq!(compared(code, &format!("{code} // تعليق")), "");
}

#[test]
fn a_missing_fold_is_found() {
    let fold = "<details>\n<summary>الجواب 1</summary>\n\nلأن `read` استدعاء حاجب.\n\n</details>\n";
    assert!(compared(fold, "").contains("has a fold, but docs/ar/lab3.md ends"));
}

#[test]
fn another_picture_is_found() {
    let english = "![a](../figures/handshake.en.svg)";
    for (arabic, same) in [
        ("![ا](../figures/handshake.ar.svg)", true),
        ("![ا](../figures/handshake.en.svg)", false),
        ("![ا](../figures/header.ar.svg)", false),
    ] {
        let pair = pair(english, arabic);
        let differences = outline::differences(&shelf(&pair), &pair);
        assert_eq!(differences.is_empty(), same, "{arabic}: {differences:?}");
    }
}

#[test]
fn links_lead_to_the_same_place_in_any_order() {
    let english = "# One\n\n[a](#one) [b](https://rust-lang.org)";
    for (arabic, same) in [
        ("# واحد\n\n[ب](https://rust-lang.org) [ا](#واحد)", true),
        ("# واحد\n\n[ب](https://www.rust-lang.org) [ا](#واحد)", false),
        ("# واحد\n\n[ا](#واحد)", false),
    ] {
        let pair = pair(english, arabic);
        let differences = outline::differences(&shelf(&pair), &pair);
        assert_eq!(differences.is_empty(), same, "{arabic}: {differences:?}");
    }
}

#[test]
fn broken_links_anchors_and_pictures_are_named() {
    let english = "# One\n\n<a id=\"two\"></a>\n\n[a](#one) [b](#two) [c](#three) \
                   [d](../../Cargo.toml) [e](lab9.md) ![f](none.en.svg)\n\n<img src=\"no.png\">";
    let pair = pair(english, "# واحد");
    assert_eq!(
        link::broken(&shelf(&pair)),
        [
            "docs/en/lab3.md:5: no heading or id #three in docs/en/lab3.md",
            "docs/en/lab3.md:5: no file docs/en/lab9.md to link to",
            "docs/en/lab3.md:5: no file docs/en/none.en.svg to link to",
            "docs/en/lab3.md:7: no file docs/en/no.png to link to",
        ]
    );
}

#[test]
fn an_open_fold_and_one_without_a_blank_line_are_found() {
    for text in [
        "<details>\n<summary>Hint 1</summary>\n\ntext\n",
        "<details>\n<summary>Hint 1</summary>\ntext\n</details>\n",
        "<details>\n\ntext\n\n</details>\n",
    ] {
        let page = Page::new(Path::new("page.md"), Language::English, text);
        assert_eq!(malformed(&page).len(), 1, "{text}");
    }
}

#[test]
fn a_page_that_is_not_wrapped_is_found() {
    let page = Page::new(Path::new("page.md"), Language::Arabic, "# عنوان\n");
    assert_eq!(bidi::complaints(&page).len(), 1);
}

#[test]
fn scrambled_code_is_found() {
    for (body, sound) in [
        ("نستدعي `accept()` هنا", false),
        ("نستدعي `accept()`&lrm; هنا", true),
        ("نستدعي <code dir=\"ltr\">accept()</code> هنا", true),
        ("نستدعي `accept` هنا", true),
        ("الخيار `--port` هنا", false),
        ("الخيار &lrm;`--port` هنا", true),
        ("المدى `0..2` هنا", false),
        ("لغة C++ هنا", false),
        ("لغة C++&lrm; هنا", true),
        ("بأدوات \"Desktop development with C++\".", false),
        ("الدالة bind() هنا", false),
        ("الإصدار (Windows) هنا، وTCP.", true),
        ("| ا | ب |\n|---|---|\n| ا `a()`&lrm; | ب `b()` |", false),
        (
            "| ا | ب |\n|---|---|\n| ا `a()`&lrm; و`b()`&lrm; | ب |",
            false,
        ),
    ] {
        let complaints = bidi::complaints(&arabic(body));
        assert_eq!(complaints.is_empty(), sound, "{body}: {complaints:?}");
    }
}

#[test]
fn a_block_that_begins_with_latin_is_found() {
    for (body, sound) in [
        ("TCP بروتوكول", false),
        ("&rlm;TCP بروتوكول", true),
        ("`read` تقرأ", false),
        ("- TCP\n- بروتوكول", false),
        ("- بروتوكول\n- TCP", true),
        ("## `read` تقرأ", false),
        ("نص\n\n```text\nأهلًا\n```", false),
        ("نص\n\n```text\namal: أهلًا\n```", true),
        ("نص \u{200e} نص", false),
    ] {
        let complaints = bidi::complaints(&arabic(body));
        assert_eq!(complaints.is_empty(), sound, "{body}: {complaints:?}");
    }
}

#[test]
fn words_that_the_glossary_bans_are_found() {
    for (body, sound) in [
        ("السوكيت", false),
        ("بالثِّريد", false),
        ("تقول الورقة «ثريد»", true),
        ("سلسلة من البايتات", false),
        ("وبالسلسلة نبدأ", false),
        ("الأرقام المتسلسلة", true),
        ("سلسلة نصية والسلسلة النصية", true),
        ("الخيط والمقبس", true),
        ("في 3 خطوات", true),
        ("في ٣ خطوات", false),
        ("نعم, لا", false),
        ("نعم، لا؛ لماذا؟", true),
        ("بعد `read`, نكتب", false),
        ("شكل `f(a, b)` يبقى", true),
    ] {
        let complaints = wording::complaints(&arabic(body));
        assert_eq!(complaints.is_empty(), sound, "{body}: {complaints:?}");
    }
}

#[test]
fn words_for_a_side_are_found() {
    assert_eq!(wording::sides(&arabic("الصندوق الذي على اليسار")).len(), 1);
    assert_eq!(wording::sides(&arabic("الصندوق الأول")), [""; 0]);
}

#[test]
fn a_page_that_the_contents_do_not_list_is_named() {
    let mut shelf = Shelf::read(root()).unwrap();
    let complaints = contents::complaints(&shelf).unwrap().len();
    let mut unlisted = pair(ENGLISH, ARABIC);
    unlisted.english.path = "docs/en/unlisted.md".into();
    unlisted.arabic.path = "docs/ar/unlisted.md".into();
    shelf.pairs.push(unlisted);
    assert_eq!(contents::complaints(&shelf).unwrap().len(), complaints + 2);
}

#[test]
fn glossaries_that_differ_are_found() {
    let english = "- <a id=\"port\"></a>**port** · منفذ:\n  text\n";
    for (arabic, complaints) in [
        ("- <a id=\"port\"></a>**منفذ** · port:\n  نص\n", 0),
        (
            "- <a id=\"port\"></a>**منفذ (ج. منافذ)** · port:\n  نص\n",
            0,
        ),
        ("- <a id=\"port\"></a>**بوابة** · port:\n  نص\n", 1),
        ("- <a id=\"gate\"></a>**منفذ** · port:\n  نص\n", 1),
        ("نص\n", 1),
    ] {
        let found = glossary::complaints(&pair(english, arabic));
        assert_eq!(found.len(), complaints, "{arabic}: {found:?}");
    }
}

#[test]
fn an_english_section_that_changed_is_named() {
    let mut pair = pair(ENGLISH, ARABIC);
    assert!(stamp::stale(&pair)[0].contains("does not end with"));
    pair.arabic.text = stamp::stamp(&pair);
    assert_eq!(stamp::stale(&pair), [""; 0]);
    assert_eq!(
        stamp::stamp(&pair),
        pair.arabic.text,
        "stamping twice changes nothing"
    );
    assert_eq!(bidi::complaints(&pair.arabic), [""; 0]);
    pair.english.text = ENGLISH.replace("one thread", "a single thread");
    assert_eq!(
        stamp::stale(&pair),
        [
            "docs/en/lab3.md: the section \"Check yourself\" changed after \
          docs/ar/lab3.md was stamped; mend the Arabic, then stamp it"
        ]
    );
    pair.english.text.push_str("\n## More\n");
    assert!(stamp::stale(&pair)[0].contains("stamped for 4 English sections, found 5"));
}

#[test]
fn tasks_are_read_from_comments_and_modules() {
    let starter = "    // TASK 3.1: serve.\n// TASK 3.2. join\n// END 3.2\n";
    assert!(labs::marked(starter).iter().eq(["3.1", "3.2"]));
    let checks = "mod task1_many {}\nmod task12_more {\n    mod task9_inner {}\n}\n";
    assert!(labs::judged(checks, 3).iter().eq(["3.1", "3.12"]));
}
