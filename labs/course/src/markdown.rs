//! Handout text on a terminal: Markdown without its marks.

/// Text with code's backticks and links' addresses left out.
pub fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('[') {
        let (before, link) = rest.split_at(start);
        plain.push_str(before);
        match link[1..]
            .split_once("](")
            .and_then(|(word, rest)| Some((word, rest.split_once(')')?.1)))
        {
            Some((word, after)) => {
                plain.push_str(word);
                rest = after;
            }
            None => {
                plain.push('[');
                rest = &link[1..];
            }
        }
    }
    plain.push_str(rest);
    for (mark, without) in [
        ("**", ""),
        ("&lrm;", ""),
        ("&rlm;", ""),
        ("<code dir=\"ltr\">", "`"),
        ("</code>", "`"),
    ] {
        plain = plain.replace(mark, without);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn links_keep_their_words() {
        let text = "Tell **everyone** (see [a lock](glossary.md#mutex)), `a[0]` too.";
        assert_eq!(plain(text), "Tell everyone (see a lock), `a[0]` too.");
    }
}
