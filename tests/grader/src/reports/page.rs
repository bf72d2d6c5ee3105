//! The frame of an HTML page that needs nothing but itself, and text that stays
//! text in it.

use harness::Language;

const STYLE: &str = include_str!("page.css");

/// The folder name of a language.
pub fn code(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Arabic => "ar",
    }
}

/// A whole page; `title` is text, `body` is HTML.
pub fn page(language: Language, title: &str, body: &str) -> String {
    let (code, direction) = match language {
        Language::English => ("en", "ltr"),
        Language::Arabic => ("ar", "rtl"),
    };
    let title = escape(title);
    format!(
        "<!doctype html>\n<html lang=\"{code}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
        <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
        <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// Text as HTML. Control characters and those that turn the writing direction
/// around are shown by their numbers; isolates, which end by themselves, stay.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(character),
            '\u{202a}'..='\u{202e}' => escaped.push_str(&character.escape_unicode().to_string()),
            _ if character.is_control() => {
                escaped.push_str(&character.escape_unicode().to_string());
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// A name or a number that must not be reordered by the text around it.
pub fn apart(text: &str) -> String {
    format!("<bdi>{}</bdi>", escape(text))
}

/// Text of several lines as it stands; each line runs as its letters demand.
pub fn lines(text: &str) -> String {
    let line = |line: &str| {
        let is_arabic = line.chars().any(|it| matches!(it, '\u{600}'..='\u{6ff}'));
        let direction = if is_arabic { "rtl" } else { "ltr" };
        format!("<div dir=\"{direction}\">{}</div>\n", escape(line))
    };
    let lines: String = text.lines().map(line).collect();
    format!("<div class=\"lines\">\n{lines}</div>\n")
}

/// `1.5`, and `2` without its fraction.
pub fn points(value: f64) -> String {
    format!("{}", (value * 100.0).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::{escape, lines};

    #[test]
    fn text_stays_text() {
        let hostile = "<script>alert('&\"')</script>\u{202e}\u{1b}[2J";
        let escaped = escape(hostile);
        assert!(!escaped.contains(['<', '\u{202e}', '\u{1b}']), "{escaped}");
        assert!(escaped.starts_with("&lt;script&gt;alert(&#39;&amp;&quot;"));
        assert!(escaped.ends_with("\\u{202e}\\u{1b}[2J"));
    }

    #[test]
    fn arabic_lines_run_from_the_right() {
        let shown = lines("ما جرى\nerror[E0425]");
        assert!(shown.contains("<div dir=\"rtl\">ما جرى</div>"));
        assert!(shown.contains("<div dir=\"ltr\">error[E0425]</div>"));
    }
}
