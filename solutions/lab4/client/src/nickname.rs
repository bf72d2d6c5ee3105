//! The nickname: asked for, and looked at before it goes to the server, which has
//! the last word on it.

use std::io::{self, Write};

use anyhow::{Context, bail};

use crate::line::{Line, read_line};
use crate::warn;

/// How much of a typed line is read as a nickname: as much as a line may hold.
const LONGEST: usize = 4096;

/// Returns the given nickname, or asks for one; nothing if the keyboard ends first.
pub fn choose(given: Option<&str>) -> anyhow::Result<Option<String>> {
    match given {
        Some(nickname) => check(nickname).map(Some),
        None => ask(),
    }
}

/// Asks until there is a nickname.
fn ask() -> anyhow::Result<Option<String>> {
    loop {
        prompt().context("cannot print")?;
        match read_line(&mut io::stdin().lock(), LONGEST).context("cannot read the keyboard")? {
            None => {
                // The shell's prompt comes on a line of its own.
                let _ = writeln!(io::stdout());
                return Ok(None);
            }
            Some(Line::Whole(bytes) | Line::Cut(bytes)) => {
                match check(&String::from_utf8_lossy(&bytes)) {
                    Ok(nickname) => return Ok(Some(nickname)),
                    Err(reason) => warn(&reason.to_string()),
                }
            }
        }
    }
}

/// Returns the nickname without the space around it, or why it is none.
fn check(nickname: &str) -> anyhow::Result<String> {
    let nickname = nickname.trim();
    if nickname.is_empty() {
        bail!("the nickname is empty, at least one letter is needed");
    }
    if nickname.contains(|letter: char| letter.is_control() || letter == '\u{fffd}') {
        bail!("the nickname holds a control character or a byte that is no UTF-8");
    }
    Ok(nickname.to_owned())
}

fn prompt() -> io::Result<()> {
    let mut screen = io::stdout();
    write!(screen, "Choose your nickname: ")?;
    // Standard output keeps what has no newline: nobody would know what to do.
    screen.flush()
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn the_space_around_a_nickname_is_no_part_of_it() {
        assert_eq!(
            check(" \u{623}\u{645}\u{644} ").unwrap(),
            "\u{623}\u{645}\u{644}"
        );
    }

    #[test]
    fn a_nickname_is_neither_empty_nor_a_trick() {
        for nickname in ["", "  ", "a\nb: hi", "a\u{1b}[31m", "a\u{fffd}"] {
            assert!(check(nickname).is_err(), "{nickname:?}");
        }
    }
}
