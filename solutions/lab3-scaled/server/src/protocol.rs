//! The wire format: from received bytes to lines, and the rules for nicknames.

use crate::limits;

/// The line with which a client leaves.
const SENTINEL: &[u8] = b"CLOSE123123";

/// How a client marks where a message ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// Each message is a line ended by `\n`.
    Lines,
    /// The paper's client: each read is a message, and there are no newlines.
    Unframed,
}

/// What a client sent.
#[derive(Debug, PartialEq, Eq)]
pub enum Input {
    /// Lines, each with the client's `NICK: ` at its start and `\n` at its end.
    Lines(Vec<u8>),
    /// A line that is not broadcast; the reason, for the client.
    Refused(&'static str),
    /// The sentinel.
    Quit,
}

const TOO_LONG: &str = "Your line was not sent: it is longer than 4096 bytes.";
const NOT_TEXT: &str = "Your line was not sent: it is not valid UTF-8.";

/// Decodes what one client sends. It never keeps more than one unfinished line.
pub struct LineDecoder {
    framing: Framing,
    /// `NICK: `
    prefix: Vec<u8>,
    /// The start of a line whose end has not arrived.
    unfinished: Vec<u8>,
    /// Whether the rest of an over-long line is being dropped.
    skipping: bool,
    inputs: Vec<Input>,
}

impl LineDecoder {
    pub fn new(nickname: &str, framing: Framing) -> Self {
        LineDecoder {
            framing,
            prefix: format!("{nickname}: ").into_bytes(),
            unfinished: Vec::new(),
            skipping: false,
            inputs: Vec::new(),
        }
    }

    /// The inputs that `bytes` complete, in order.
    pub fn decode(&mut self, bytes: &[u8]) -> Vec<Input> {
        match self.framing {
            Framing::Lines => self.decode_lines(bytes),
            Framing::Unframed => self.decode_read(bytes),
        }
        std::mem::take(&mut self.inputs)
    }

    /// At EOF: a last line without its newline counts as well.
    pub fn finish(&mut self) -> Vec<Input> {
        let last = std::mem::take(&mut self.unfinished);
        if !last.is_empty() && !self.skipping {
            self.line(&last);
        }
        std::mem::take(&mut self.inputs)
    }

    fn decode_lines(&mut self, bytes: &[u8]) {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            match piece.strip_suffix(b"\n") {
                Some(_) if self.skipping => self.skipping = false,
                Some(line) if self.unfinished.is_empty() => self.line(line),
                Some(end) => {
                    let mut line = std::mem::take(&mut self.unfinished);
                    line.extend_from_slice(end);
                    self.line(&line);
                }
                None if self.skipping => {}
                None => self.keep(piece),
            }
        }
    }

    fn keep(&mut self, piece: &[u8]) {
        self.unfinished.extend_from_slice(piece);
        // One byte more than a line may be the `\r` of its end.
        if self.unfinished.len() > limits::LINE + 1 {
            self.skipping = true;
            self.unfinished.clear();
            self.inputs.push(Input::Refused(TOO_LONG));
        }
    }

    /// One read is one message, without a letter that is cut at its end. A newline in
    /// it starts a line of the same author.
    fn decode_read(&mut self, bytes: &[u8]) {
        let mut message = std::mem::take(&mut self.unfinished);
        message.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&message) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => message.len(),
        };
        self.unfinished = message.split_off(whole);
        for line in message.split(|byte| *byte == b'\n') {
            if !line.is_empty() {
                self.line(line);
            }
        }
    }

    fn line(&mut self, line: &[u8]) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let prefix = match line.starts_with(&self.prefix) {
            true => &[],
            false => &self.prefix[..],
        };
        if line == SENTINEL {
            return self.inputs.push(Input::Quit);
        } else if prefix.len() + line.len() > limits::LINE {
            return self.inputs.push(Input::Refused(TOO_LONG));
        } else if std::str::from_utf8(line).is_err() {
            return self.inputs.push(Input::Refused(NOT_TEXT));
        }
        let line = [prefix, line, b"\n"];
        match self.inputs.last_mut() {
            // Empty lines grow by their prefix: a batch is bounded all the same.
            Some(Input::Lines(lines)) if lines.len() < limits::BATCH => {
                line.iter().for_each(|part| lines.extend_from_slice(part));
            }
            _ => self.inputs.push(Input::Lines(line.concat())),
        }
    }
}

/// The nickname in `bytes`.
///
/// # Errors
/// Why it is refused, as a clause.
pub fn check_nickname(bytes: &[u8]) -> Result<String, String> {
    let nickname = std::str::from_utf8(bytes).map_err(|_| "it is not valid UTF-8".to_string())?;
    let unusual = nickname.chars().find(|character| !is_usual(*character));
    if nickname.trim().is_empty() {
        Err("it is empty".to_string())
    } else if nickname.chars().count() > limits::NICKNAME {
        Err(format!("it is longer than {} characters", limits::NICKNAME))
    } else if nickname.as_bytes() == SENTINEL {
        Err("it is the word that leaves the room".to_string())
    } else if nickname.trim() != nickname {
        Err("it begins or ends with a space".to_string())
    } else if let Some(character) = unusual {
        Err(format!("it holds {}", character.escape_unicode()))
    } else {
        Ok(nickname.to_string())
    }
}

/// Equal for nicknames that differ only in case, tatweel or vowel marks. Letters of
/// other alphabets that look the same are not recognised: std has no table of them.
pub fn nickname_key(nickname: &str) -> String {
    let letters = nickname.chars();
    let letters = letters.filter(|it| *it != TATWEEL && !is_vowel_mark(*it));
    letters.flat_map(char::to_lowercase).collect()
}

const TATWEEL: char = '\u{640}';

/// Letters and digits of any alphabet, and signs that names have.
fn is_usual(character: char) -> bool {
    let is_sign = matches!(character, '_' | '-' | ' ' | TATWEEL);
    is_sign || character.is_alphanumeric() || is_vowel_mark(character)
}

fn is_vowel_mark(character: char) -> bool {
    matches!(character, '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Input {
        Input::Lines(text.as_bytes().to_vec())
    }

    #[test]
    fn pieces_become_lines_and_glued_lines_stay_together() {
        let mut decoder = LineDecoder::new("amal", Framing::Lines);
        assert_eq!(decoder.decode(b"amal: h"), []);
        assert_eq!(
            decoder.decode(b"i\r\nwelcome\n"),
            [lines("amal: hi\namal: welcome\n")]
        );
        assert_eq!(decoder.decode(b"bye"), []);
        assert_eq!(decoder.finish(), [lines("amal: bye\n")]);
    }

    #[test]
    fn the_sentinel_is_a_whole_line() {
        let mut decoder = LineDecoder::new("amal", Framing::Lines);
        assert_eq!(
            decoder.decode(b"CLOSE1231234\n"),
            [lines("amal: CLOSE1231234\n")]
        );
        assert_eq!(
            decoder.decode(b"x\nCLOSE123123\n"),
            [lines("amal: x\n"), Input::Quit]
        );
    }

    #[test]
    fn a_line_without_end_is_refused_once_and_not_kept() {
        let mut decoder = LineDecoder::new("amal", Framing::Lines);
        let refused: Vec<Input> = (0..100)
            .flat_map(|_| decoder.decode(&[b'x'; 1000]))
            .collect();
        assert_eq!(refused, [Input::Refused(TOO_LONG)]);
        assert_eq!(decoder.decode(b"end\nhi\n"), [lines("amal: hi\n")]);
    }

    #[test]
    fn the_limit_is_4096_bytes_with_the_prefix() {
        let mut decoder = LineDecoder::new("amal", Framing::Lines);
        let mut line = vec![b'x'; 4096 - "amal: ".len()];
        line.push(b'\n');
        assert!(matches!(decoder.decode(&line)[..], [Input::Lines(_)]));
        line.insert(0, b'x');
        assert_eq!(decoder.decode(&line), [Input::Refused(TOO_LONG)]);
    }

    #[test]
    fn the_longest_line_may_come_in_pieces() {
        let mut decoder = LineDecoder::new("amal", Framing::Lines);
        let line = format!("{:x<4096}", "amal: ");
        assert_eq!(decoder.decode(line.as_bytes()), []);
        assert_eq!(decoder.decode(b"\r"), []);
        assert_eq!(decoder.decode(b"\n"), [lines(&(line + "\n"))]);
    }

    #[test]
    fn empty_lines_grow_by_their_prefix_and_are_passed_on_in_parts() {
        let mut decoder = LineDecoder::new(&"x".repeat(32), Framing::Lines);
        let inputs = decoder.decode(&[b'\n'; 4096]);
        let line = format!("{}: \n", "x".repeat(32));
        let mut count = 0;
        for input in &inputs {
            let Input::Lines(found) = input else {
                panic!("{input:?}")
            };
            assert!(found.len() < crate::limits::BATCH + line.len());
            count += found.len() / line.len();
        }
        assert_eq!((inputs.len(), count), (3, 4096));
    }

    #[test]
    fn bytes_that_are_not_text_are_refused_alone() {
        let mut decoder = LineDecoder::new("amal", Framing::Lines);
        let inputs = decoder.decode(b"a\n\xff\nb\n");
        assert_eq!(
            inputs,
            [
                lines("amal: a\n"),
                Input::Refused(NOT_TEXT),
                lines("amal: b\n")
            ]
        );
    }

    #[test]
    fn an_unframed_read_is_a_message_and_a_letter_cut_in_half_waits() {
        let mut decoder = LineDecoder::new("أمل", Framing::Unframed);
        let text = "أمل: مرحبا".as_bytes();
        let (first, second) = text.split_at(text.len() - 1);
        assert_eq!(decoder.decode(first), [lines("أمل: مرحب\n")]);
        assert_eq!(decoder.decode(second), [lines("أمل: ا\n")]);
        assert_eq!(
            decoder.decode("x\nehab: no".as_bytes()),
            [lines("أمل: x\nأمل: ehab: no\n")]
        );
        let (first, second) = "x🙂".as_bytes().split_at("x🙂".len() - 1);
        assert_eq!(decoder.decode(first), [lines("أمل: x\n")]);
        assert_eq!(decoder.decode(second), [lines("أمل: 🙂\n")]);
        // What no letter begins with is not kept, or it would grow without bound.
        assert_eq!(decoder.decode(b"a\xffb"), [Input::Refused(NOT_TEXT)]);
    }

    #[test]
    fn names_of_people_are_allowed() {
        for name in [
            "ehab",
            "أمل",
            "أَمَل",
            "Jean-Luc",
            "user_7",
            "أبو نزار",
            "Zoë",
        ] {
            assert_eq!(check_nickname(name.as_bytes()), Ok(name.to_string()));
        }
        assert!(check_nickname("ا".repeat(32).as_bytes()).is_ok());
    }

    #[test]
    fn what_cannot_be_seen_or_told_apart_is_refused() {
        let long = "ا".repeat(33);
        let bad = [
            "",
            "  ",
            " amal",
            "a\u{1b}[31m",
            "a\tb",
            &long,
            "\u{202e}nimda",
            "amal\0",
            "a:b",
        ];
        for name in bad.iter().chain(&["a\u{200b}b"]) {
            assert!(
                check_nickname(name.as_bytes()).is_err(),
                "{name:?} was allowed"
            );
        }
        assert!(check_nickname(b"\xff").is_err());
    }

    #[test]
    fn names_that_look_the_same_share_a_nickname_key() {
        assert_eq!(nickname_key("Amal"), nickname_key("aMAL"));
        assert_eq!(nickname_key("أَمَل"), nickname_key("أمـــل"));
        assert_ne!(nickname_key("أمل"), nickname_key("أمال"));
    }
}
