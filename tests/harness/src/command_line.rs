//! Splits a command line into words, as a shell does.

/// The words of `line`: blanks separate them, quotes and backslashes keep blanks.
///
/// # Errors
/// A sentence when a quote is not closed or there is no word at all.
pub fn words(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match character {
            ' ' | '\t' | '\n' => words.extend(word.take()),
            '\'' | '"' => quoted(&mut characters, character, word.get_or_insert_default())?,
            '\\' => word.get_or_insert_default().extend(characters.next()),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    if words.is_empty() {
        return Err("the command line has no words".to_string());
    }
    Ok(words)
}

/// Appends what stands up to the closing `quote`; a backslash is itself
/// between single quotes and keeps the next character between double ones.
fn quoted(rest: &mut std::str::Chars, quote: char, word: &mut String) -> Result<(), String> {
    while let Some(character) = rest.next() {
        match character {
            _ if character == quote => return Ok(()),
            '\\' if quote == '"' => word.extend(rest.next()),
            other => word.push(other),
        }
    }
    Err(format!("the command line has an unclosed {quote}"))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn blanks_separate_and_quotes_keep() {
        let line = r#"python3  'my room.py' "a \"b\"" c\ d"#;
        let expected = ["python3", "my room.py", "a \"b\"", "c d"];
        assert_eq!(words(line).unwrap(), expected);
    }

    #[test]
    fn a_backslash_is_itself_between_single_quotes() {
        assert_eq!(words(r"'a\b' c").unwrap(), [r"a\b", "c"]);
    }

    #[test]
    fn an_open_quote_and_an_empty_line_are_refused() {
        assert!(words("python3 'room.py").is_err());
        assert!(words("  ").is_err());
        assert_eq!(words("''").unwrap(), [""]);
    }
}
