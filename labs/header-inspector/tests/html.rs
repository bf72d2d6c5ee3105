//! The `html` view: self-contained, in both languages, bounded, and deaf to what was
//! captured. How it looks and works in a browser is checked by browser/check.sh.

use std::ops::ControlFlow;

use header_inspector::input::{self, From};
use header_inspector::view::HtmlView;
use header_inspector::{Filter, Lang, Settings, inspect};

const PAPER_SESSION: &[u8] = include_bytes!("../captures/paper-session.pcapng");
const ARABIC: &[u8] = include_bytes!("../captures/arabic.pcapng");

#[test]
fn captured_markup_stays_text() {
    let page = page(
        segment(b"</script><img src=x onerror='alert(1)'>\"&lt;").as_bytes(),
        Lang::En,
    );
    assert!(!page.contains("<img"), "the data opened a tag");
    assert_eq!(
        page.matches("</script>").count(),
        1,
        "the data closed the script"
    );
    assert!(page.contains("&lt;/script&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;"));
    assert!(page.contains("&amp;lt;"));
}

#[test]
fn captured_direction_controls_are_shown_harmless() {
    let page = page(segment("\u{202e}nimda".as_bytes()).as_bytes(), Lang::En);
    assert!(!page.contains('\u{202e}'));
    assert!(page.contains(r"\u{202e}nimda"));
}

#[test]
fn both_languages_are_there_and_the_one_asked_for_is_shown() {
    for (lang, head) in [
        (Lang::En, "<html lang=\"en\" dir=\"ltr\">"),
        (Lang::Ar, "<html lang=\"ar\" dir=\"rtl\">"),
    ] {
        let page = page(PAPER_SESSION, lang);
        assert!(page.contains(head));
        assert!(page.contains("Destination Port") && page.contains("منفذ الوجهة"));
        assert_eq!(
            page.matches("class=\"en\"").count(),
            page.matches("class=\"ar\"").count(),
            "each text is there twice"
        );
    }
}

#[test]
fn the_chat_and_its_three_phases_are_on_the_page() {
    let page = page(PAPER_SESSION, Lang::En);
    for part in ["ehab: hi", "amal: welcome", "ehab left!"] {
        assert!(page.contains(part), "{part}");
    }
    for phase in ["establishing", "transferring", "closing"] {
        assert!(
            page.contains(&format!("class=\"phase {phase}\"")),
            "{phase}"
        );
    }
    assert!(self::page(ARABIC, Lang::Ar).contains("مرحبا بكم"));
}

#[test]
fn every_row_leads_to_an_article() {
    let page = page(PAPER_SESSION, Lang::En);
    let rows: Vec<&str> = page
        .split("href=\"#")
        .skip(1)
        .map(|rest| &rest[..rest.find('"').expect("the attribute ends")])
        .collect();
    assert_eq!(rows.len(), 35);
    for id in rows {
        assert!(page.contains(&format!("<article id=\"{id}\">")), "{id}");
    }
}

#[test]
fn nothing_on_the_page_asks_the_network() {
    let page = page(PAPER_SESSION, Lang::En);
    assert!(page.contains("default-src 'none'"));
    for reference in ["http:", "https:", "src=", "url(", "@import", "<link"] {
        assert!(!page.contains(reference), "{reference}");
    }
}

#[test]
fn a_huge_capture_makes_a_bounded_page_that_says_so() {
    let few = page(&capture(1_000), Lang::En);
    let many = page(&capture(20_000), Lang::En);
    assert!(few.contains("The first 250 of 1000 segments"));
    assert!(many.contains("The first 250 of 20000 segments"));
    assert!(
        many.len() < few.len() + 100,
        "the page grows with the capture"
    );
    assert!(many.len() < 8 << 20);
}

#[test]
fn the_page_says_what_is_on_it_and_how_to_use_it() {
    let page = page(PAPER_SESSION, Lang::En);
    for text in [
        "Segments: 35. Conversations drawn: 2.",
        "عدد المقاطع: 35. عدد المحادثات المرسومة: 2.",
        "Choose a segment with the mouse",
        "اختر مقطعًا بالفأرة",
        "The paper follows RFC 793",
    ] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn the_bound_is_told_where_it_is_passed() {
    let (all, most) = (page(&capture(250), Lang::En), page(&capture(251), Lang::En));
    assert!(!all.contains("The first 250"));
    assert!(most.contains("The first 250 of 251 segments"));
    for page in [all, most] {
        assert_eq!(page.matches("<article").count(), 250);
    }
}

/// Shows an input as a page.
fn page(bytes: &[u8], lang: Lang) -> String {
    let input = input::open_bytes(bytes.to_vec(), "the input", From::Guess).expect("an input");
    let settings = Settings {
        lang,
        ..Settings::default()
    };
    let mut page = Vec::new();
    inspect(
        input,
        Filter::default(),
        &mut HtmlView::new(settings),
        &mut |text, _| {
            page.append(text);
            ControlFlow::Continue(())
        },
    );
    String::from_utf8(page).expect("a page is UTF-8")
}

/// Returns a segment with this data, in hex digits.
fn segment(data: &[u8]) -> String {
    let data: String = data.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("d383d90300000001000000025018020000000000{data}")
}

/// Returns a capture of so many frames: the first one of the paper's session, again
/// and again. In pcapng, all before it is 0x6c + 0x14 bytes long.
fn capture(frames: usize) -> Vec<u8> {
    let head = 0x6c + 0x14;
    let length = u32::from_le_bytes(
        PAPER_SESSION[head + 4..head + 8]
            .try_into()
            .expect("4 bytes"),
    );
    let block = &PAPER_SESSION[head..head + length as usize];
    [&PAPER_SESSION[..head], &block.repeat(frames)].concat()
}
