//! A handout's page as students get it: its words, without links that lead to
//! what they have not got.

use std::path::Path;

/// Puts the words of a link in its place where its file is not in `folder`.
pub fn without_dead_links(text: &str, folder: &Path) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, words, target, after)) = next_link(rest) {
        kept.push_str(before);
        match is_there(target, folder) {
            true => kept.push_str(&format!("[{words}]({target})")),
            false => kept.push_str(words),
        }
        rest = after;
    }
    kept + rest
}

/// What stands before the first `[words](target)`, its two parts, and the rest.
fn next_link(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (before, after) = text.split_once("](")?;
    let (before, words) = before.rsplit_once('[')?;
    let (target, after) = after.split_once(')')?;
    Some((before, words, target, after))
}

/// Links into the net, and to headings of the same page, lead somewhere.
fn is_there(target: &str, folder: &Path) -> bool {
    let file = target.split('#').next().unwrap_or(target);
    target.contains("://") || file.is_empty() || folder.join(file).exists()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::without_dead_links;

    #[test]
    fn of_a_link_to_a_missing_page_its_words_stay() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let text = "[Here](Cargo.toml#top), then [lab 3](lab3.md), [up](#top) and \
                    [Rust](https://rust-lang.org): `args[0]`.\n";
        assert_eq!(
            without_dead_links(text, folder),
            "[Here](Cargo.toml#top), then lab 3, [up](#top) and \
             [Rust](https://rust-lang.org): `args[0]`.\n"
        );
    }

    #[test]
    fn text_without_links_stays_as_it_is() {
        let text = "a ](b) or [c] (d)\n";
        assert_eq!(without_dead_links(text, Path::new(".")), text);
    }
}
