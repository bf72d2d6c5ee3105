//! Plain words: the English pages say *the client*, *no program*, *forever*, and not
//! *whoever*, *nobody*, *for ever*.

use std::fs;

use harness::root;

/// Words that a reader must first decode; each with what to write instead.
const AVOID: [(&str, &str); 9] = [
    ("whoever", "name who it is"),
    ("somebody", "name who it is"),
    ("nobody", "no client, no program"),
    ("for ever", "forever"),
    ("let go", "disconnected"),
    ("sooner or later", "eventually"),
    ("of itself", "by itself"),
    ("to be had", "available"),
    ("the house", "the repository"),
];

#[test]
fn the_english_pages_use_plain_words() {
    let folder = root().join("docs/en");
    let pages = fs::read_dir(folder).expect("the pages are there");
    let pages = pages.flatten().map(|entry| entry.path());
    let mut complaints = Vec::new();
    for page in pages.chain([
        root().join("README.md"),
        root().join("docs/architecture.md"),
    ]) {
        let text = fs::read_to_string(&page).expect("a page can be read");
        let mut is_code = false;
        for (number, line) in text.lines().enumerate() {
            is_code ^= line.starts_with("```");
            let lower = line.to_lowercase();
            let found = AVOID
                .iter()
                .filter(|(word, _)| !is_code && holds(&lower, word));
            complaints.extend(found.map(|(word, instead)| {
                format!("{}:{}: {word:?} ({instead})", page.display(), number + 1)
            }));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// Whether the word is in the line as a word.
fn holds(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        [before, after]
            .iter()
            .flatten()
            .all(|it| !it.is_alphanumeric())
    })
}

#[test]
fn a_word_is_found_only_as_a_word() {
    assert!(holds("who? nobody!", "nobody"));
    assert!(!holds("nobody's-land of itselfishness", "of itself"));
}
