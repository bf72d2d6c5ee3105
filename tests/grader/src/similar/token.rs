//! A Rust source as a stream of tokens from which layout, comments, literals
//! and the names that its author chose are gone.
//!
//! What cannot be renamed stays: keywords, signs, and the names of what others
//! have written, such as `TcpStream` or `read_line`.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Equal for equal tokens.
    pub word: u64,
    /// The line it stands on, from 1.
    pub line: usize,
}

/// A piece of source as it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    Name(&'a str),
    Text,
    Number,
    Lifetime,
    Sign(char),
}

/// The tokens of `source`.
pub fn tokens(source: &str) -> Vec<Token> {
    let pieces = without_imports(pieces(source));
    let own = own_names(&pieces);
    let word = |index: usize| {
        let before = index.checked_sub(1).map(|index| pieces[index].0);
        let mut hasher = DefaultHasher::new();
        match pieces[index].0 {
            Piece::Name(name) if is_kept(name, before, &own) => name.hash(&mut hasher),
            Piece::Name(_) => 1.hash(&mut hasher),
            Piece::Text => 2.hash(&mut hasher),
            Piece::Number => 3.hash(&mut hasher),
            Piece::Lifetime => 4.hash(&mut hasher),
            Piece::Sign(sign) => sign.hash(&mut hasher),
        }
        hasher.finish()
    };
    let numbered = pieces.iter().enumerate();
    numbered
        .map(|(index, (_, line))| Token {
            word: word(index),
            line: *line,
        })
        .collect()
}

/// Imports follow from what is used.
fn without_imports(pieces: Vec<(Piece, usize)>) -> Vec<(Piece, usize)> {
    let mut importing = false;
    let mut kept = Vec::new();
    for (piece, line) in pieces {
        importing |= piece == Piece::Name("use");
        if !importing {
            kept.push((piece, line));
        }
        importing &= piece != Piece::Sign(';');
    }
    kept
}

const KEYWORDS: [&str; 38] = [
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern",
    "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "type", "unsafe", "use",
    "where", "while", "Self",
];

/// After these words a name is one that the author has chosen.
const DEFINING: [&str; 10] = [
    "fn", "struct", "enum", "trait", "type", "mod", "const", "static", "let", "mut",
];

fn own_names<'a>(pieces: &[(Piece<'a>, usize)]) -> HashSet<&'a str> {
    let mut own = HashSet::new();
    for (index, (piece, _)) in pieces.iter().enumerate() {
        let Piece::Name(name) = piece else { continue };
        let next = |far: usize| pieces.get(index + far).map(|(piece, _)| *piece);
        let colon = Some(Piece::Sign(':'));
        if DEFINING.contains(name) {
            if let Some(Piece::Name(name)) = next(1) {
                own.insert(name);
            }
        } else if next(1) == colon && next(2) != colon {
            // A field or a parameter; `std::fs` is neither.
            own.insert(name);
        }
    }
    own
}

/// Names of others: types, and what comes after a dot or a double colon.
fn is_kept(name: &str, before: Option<Piece>, own: &HashSet<&str>) -> bool {
    let is_others =
        name.starts_with(char::is_uppercase) || matches!(before, Some(Piece::Sign('.' | ':')));
    KEYWORDS.contains(&name) || (is_others && !own.contains(name))
}

fn pieces(source: &str) -> Vec<(Piece<'_>, usize)> {
    let mut found = Vec::new();
    let mut rest = source;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let (piece, length) = piece(rest, first);
        found.extend(piece.map(|piece| (piece, line)));
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    found
}

/// The first piece of `rest` and its length in bytes; none for blanks and comments.
fn piece(rest: &str, first: char) -> (Option<Piece<'_>>, usize) {
    if rest.starts_with("//") {
        return (None, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (None, comment(rest));
    }
    if let Some(length) = text(rest) {
        return (Some(Piece::Text), length);
    }
    if first == '\'' {
        return quote(rest);
    }
    let word = |it: char| it.is_alphanumeric() || it == '_';
    let end = rest.find(|it| !word(it)).unwrap_or(rest.len());
    match first {
        _ if first.is_whitespace() => (None, first.len_utf8()),
        '0'..='9' => (Some(Piece::Number), end),
        _ if word(first) => (Some(Piece::Name(&rest[..end])), end),
        _ => (Some(Piece::Sign(first)), first.len_utf8()),
    }
}

/// The length of a block comment, with those inside it.
fn comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of a string literal, if one begins here.
fn text(rest: &str) -> Option<usize> {
    let prefix = rest.trim_start_matches(['b', 'c']);
    let skipped = rest.len() - prefix.len();
    if skipped > 1 {
        return None;
    }
    if let Some(raw) = prefix.strip_prefix('r') {
        let body = raw.trim_start_matches('#');
        let marks = raw.len() - body.len();
        let body = body.strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(marks));
        let length = body.find(&end).map_or(body.len(), |at| at + end.len());
        return Some(rest.len() - body.len() + length);
    }
    let body = prefix.strip_prefix('"')?;
    let mut escaped = false;
    for (at, byte) in body.bytes().enumerate() {
        match byte {
            b'"' if !escaped => return Some(rest.len() - body.len() + at + 1),
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    Some(rest.len())
}

/// A character such as `'x'` or a lifetime such as `'a`.
fn quote(rest: &str) -> (Option<Piece<'_>>, usize) {
    let mut characters = rest.char_indices().skip(1);
    let (_, inner) = characters.next().unwrap_or((0, ' '));
    if inner == '\\' {
        let end = rest[2..].char_indices().skip(1).find(|(_, it)| *it == '\'');
        return (Some(Piece::Text), end.map_or(rest.len(), |(at, _)| at + 3));
    }
    match characters.next() {
        Some((at, '\'')) => (Some(Piece::Text), at + 1),
        _ => {
            let name = rest[1..].find(|it: char| !(it.is_alphanumeric() || it == '_'));
            (Some(Piece::Lifetime), name.map_or(rest.len(), |at| at + 1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::tokens;

    fn words(source: &str) -> Vec<u64> {
        tokens(source).iter().map(|token| token.word).collect()
    }

    #[test]
    fn layout_comments_literals_and_own_names_do_not_count() {
        let one = "fn greet(name: &str) { let text = \"hi\"; say(name, text, 1); }";
        let other = "// what\nfn hello(who: &str)\n{\n  let t = r#\"a \"b\" c\"#; /* x /* y */ */\n  tell(who, t, 0x2f); }";
        assert_eq!(words(one), words(other));
    }

    #[test]
    fn names_of_others_and_structure_count() {
        assert_ne!(words("a.read(b)"), words("a.write(b)"));
        assert_ne!(words("TcpStream::x()"), words("TcpListener::x()"));
        assert_ne!(words("if a {}"), words("while a {}"));
        assert_eq!(words("fn f() {} x.f()"), words("fn g() {} y.g()"));
    }

    #[test]
    fn lines_are_told_and_hostile_text_ends() {
        assert_eq!(tokens("a\n\nb")[1].line, 3);
        for text in [
            "\"",
            "'",
            "'\\",
            "/*",
            "r##\"x\"#",
            "b'",
            "é'é",
            "r#",
            "'\\u{1}'",
            "bc\"x\"",
        ] {
            tokens(text);
        }
    }
}
