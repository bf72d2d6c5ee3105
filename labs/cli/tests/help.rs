//! `--help` in both languages, from one doc comment.

use clap::{CommandFactory, Parser};
use lab_cli::{Language, in_language};

/// Sends every byte back.
///
/// يعيد كل بايت إلى مرسله.
#[derive(Parser)]
#[command(
    name = "echo",
    after_help = "Example: echo --port 4000\n\nمثال: echo --port 4000"
)]
struct Args {
    /// The port to listen on; 0 takes a free one
    ///
    /// المنفذ الذي يستمع إليه؛ و0 يعني أي منفذ حر
    #[arg(long, default_value_t = 55555)]
    port: u16,
    /// Only in English
    #[arg(long)]
    quiet: bool,
}

fn page(language: Language) -> String {
    in_language(Args::command(), language)
        .render_long_help()
        .to_string()
}

#[test]
fn the_english_page_holds_no_arabic() {
    let page = page(Language::English);
    assert!(page.contains("Sends every byte back."), "{page}");
    assert!(page.contains("[default: 55555]"), "{page}");
    assert!(page.contains("Example: echo --port 4000"), "{page}");
    assert!(!page.contains("المنفذ") && !page.contains("مثال"), "{page}");
}

#[test]
fn the_arabic_page_holds_no_english_headings() {
    let page = page(Language::Arabic);
    for english in [
        "Usage:",
        "Options:",
        "Print help",
        "default",
        "Example:",
        "free one",
    ] {
        assert!(!page.contains(english), "{english}: {page}");
    }
    assert!(page.contains("يعيد كل بايت"), "{page}");
    assert!(page.contains("[الافتراضي: \u{2068}55555\u{2069}]"), "{page}");
    assert!(page.contains("مثال: echo --port 4000"), "{page}");
}

#[test]
fn a_text_without_arabic_keeps_its_english() {
    assert!(page(Language::Arabic).contains("Only in English"));
}
