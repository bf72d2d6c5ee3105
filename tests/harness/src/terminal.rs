//! A program on a terminal: what a person would see on the screen.
//!
//! The terminal is a pseudo-terminal that util-linux's `script` opens; where there
//! is none, [`available`] says so and the checks that need one pass.

use std::process::{Command, Stdio};

use crate::language::{apart, say};
use crate::observation::{Observation, quote};
use crate::patience::Wait;
use crate::program::Program;

/// Whether a program can be started on a terminal here.
pub fn available() -> bool {
    let tried = Command::new("script")
        .args(["--quiet", "--command", "echo a terminal", "/dev/null"])
        .stdin(Stdio::null())
        .output();
    tried.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("a terminal"))
}

/// Wraps `command` so that it runs on a terminal of its own and `stty -a` follows it,
/// which prints the mode in which it left the terminal.
pub fn on_a_terminal(command: &Command) -> Command {
    let words = [command.get_program()]
        .into_iter()
        .chain(command.get_args());
    let words: Vec<String> = words.map(|word| quoted(&word.to_string_lossy())).collect();
    let line = format!("stty cols 80 rows 24; {}; stty -a", words.join(" "));
    let mut wrapped = Command::new("script");
    wrapped.args([
        "--quiet",
        "--flush",
        "--echo",
        "always",
        "--command",
        &line,
        "/dev/null",
    ]);
    wrapped.env("TERM", "xterm");
    wrapped
}

/// A word as a POSIX shell takes it.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

impl Program {
    /// Waits until the lines on the screen satisfy `holds`; `should` is a sentence
    /// without its dot.
    pub fn screen_shows(&mut self, should: String, holds: impl Fn(&[String]) -> bool) {
        let mut wait = Wait::new();
        let mut buffer = self.running.output.lock();
        loop {
            let lines = screen(&String::from_utf8_lossy(&buffer.bytes));
            if holds(&lines) {
                return;
            }
            match wait.next_turn(|| self.story.has_work()) {
                Some(turn) if !buffer.ended => buffer = self.running.output.wait(buffer, turn),
                _ => {
                    drop(buffer);
                    let shown = apart(quote(lines.join("\n").as_bytes()));
                    let seen = say!("the screen shows {shown}", "تعرض الشاشة {shown}");
                    self.story.fails(should, Observation::Other(seen));
                }
            }
        }
    }
}

/// The lines of a screen on which `output` was printed, without trailing blanks.
///
/// Understood are carriage return, newline, backspace, and the sequences that move
/// the cursor or erase; other sequences change nothing that is text.
pub fn screen(output: &str) -> Vec<String> {
    let mut screen = Screen::default();
    let mut rest = output.chars();
    while let Some(letter) = rest.next() {
        match letter {
            '\r' => screen.column = 0,
            '\n' => screen.row += 1,
            '\u{8}' => screen.column = screen.column.saturating_sub(1),
            '\u{1b}' => screen.obeys(&mut rest),
            letter if letter.is_control() => {}
            letter => screen.puts(letter),
        }
    }
    let lines = screen.rows.iter().map(|row| row.iter().collect::<String>());
    lines.map(|line| line.trim_end().to_string()).collect()
}

#[derive(Default)]
struct Screen {
    rows: Vec<Vec<char>>,
    row: usize,
    column: usize,
}

impl Screen {
    fn puts(&mut self, letter: char) {
        let column = self.column;
        let row = self.line();
        if row.len() <= column {
            row.resize(column + 1, ' ');
        }
        row[column] = letter;
        self.column += 1;
    }

    /// The row of the cursor.
    fn line(&mut self) -> &mut Vec<char> {
        if self.rows.len() <= self.row {
            self.rows.resize(self.row + 1, Vec::new());
        }
        &mut self.rows[self.row]
    }

    /// Reads one escape sequence and does what it says.
    fn obeys(&mut self, rest: &mut std::str::Chars) {
        if rest.next() != Some('[') {
            return;
        }
        let mut parameter = String::new();
        for letter in rest {
            if letter.is_ascii_alphabetic() {
                return self.control(letter, parameter.parse().ok());
            }
            parameter.push(letter);
        }
    }

    /// A control sequence of ECMA-48, with its first parameter.
    fn control(&mut self, letter: char, parameter: Option<usize>) {
        let count = parameter.unwrap_or(1).max(1);
        let column = self.column;
        match letter {
            'A' => self.row = self.row.saturating_sub(count),
            'B' => self.row += count,
            'C' => self.column += count,
            'D' => self.column = column.saturating_sub(count),
            'G' => self.column = count - 1,
            'K' if parameter == Some(2) => self.line().clear(),
            'K' => self.line().truncate(column),
            'J' => {
                self.line().truncate(column);
                self.rows.truncate(self.row + 1);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{quoted, screen};

    #[test]
    fn text_is_where_the_cursor_was() {
        assert_eq!(screen("one\r\ntwo\rT\u{8}t"), ["one", "two"]);
        assert_eq!(screen("a\r\n\u{1b}[1Ab\u{1b}[5Gc"), ["b   c"]);
    }

    #[test]
    fn a_line_is_erased_and_printed_again_below() {
        let output = "amal: I am\r\u{1b}[Kehab: hi\r\namal: I am";
        assert_eq!(screen(output), ["ehab: hi", "amal: I am"]);
        assert_eq!(screen("a\r\nb\u{1b}[A\r\u{1b}[J"), [""]);
    }

    #[test]
    fn modes_and_colours_are_no_text() {
        assert_eq!(screen("\u{1b}[?2004h\u{1b}[31mred\u{1b}[0m\u{7}"), ["red"]);
    }

    #[test]
    fn a_quote_in_a_word_is_kept() {
        assert_eq!(quoted("a'b c"), r"'a'\''b c'");
    }
}
