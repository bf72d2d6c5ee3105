//! From the bytes that a client sends to the lines that the room hears.
//!
//! TCP is a stream of bytes: a read may bring half a letter or a hundred
//! lines. `Ear` keeps what is not whole yet, never more than one line.

use crate::limits;

/// The line with which a client says that it leaves.
pub const SENTINEL: &[u8] = b"CLOSE123123";

/// How a peer marks where a message ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// Each message is a line ended by `\n`.
    Lines,
    /// The paper's client: each read is a message, there are no newlines.
    Unframed,
}

/// What a client has just done.
#[derive(Debug, PartialEq, Eq)]
pub enum Deed {
    /// It said these lines, each beginning with its nickname, each ended by `\n`.
    Said(Vec<u8>),
    /// It sent something that cannot be passed on; the reason, for itself.
    Refused(&'static str),
    /// It sent the sentinel.
    Left,
}

// TASK 3.6: hostile bytes.
/// Listens to one client.
pub struct Ear {
    framing: Framing,
    /// `NICK: `, with which every line of this client begins.
    signature: Vec<u8>,
    /// The beginning of a line whose end has not come.
    unfinished: Vec<u8>,
    /// Whether the rest of a line that is too long is being thrown away.
    skipping: bool,
    deeds: Vec<Deed>,
}

impl Ear {
    pub fn new(nickname: &str, framing: Framing) -> Self {
        Ear {
            framing,
            signature: format!("{nickname}: ").into_bytes(),
            unfinished: Vec::new(),
            skipping: false,
            deeds: Vec::new(),
        }
    }

    /// What the client did by sending `bytes`, in order.
    pub fn hear(&mut self, bytes: &[u8]) -> Vec<Deed> {
        match self.framing {
            Framing::Lines => self.hear_lines(bytes),
            Framing::Unframed => self.hear_read(bytes),
        }
        std::mem::take(&mut self.deeds)
    }

    /// The stream is at its end: a line that was not ended counts as well.
    pub fn hear_end(&mut self) -> Vec<Deed> {
        let last = std::mem::take(&mut self.unfinished);
        if !last.is_empty() && !self.skipping {
            self.line(&last);
        }
        std::mem::take(&mut self.deeds)
    }

    fn hear_lines(&mut self, bytes: &[u8]) {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            match piece.strip_suffix(b"\n") {
                Some(_) if self.skipping => self.skipping = false,
                Some(end) if self.unfinished.is_empty() => self.line(end),
                Some(end) => {
                    let mut whole = std::mem::take(&mut self.unfinished);
                    whole.extend_from_slice(end);
                    self.line(&whole);
                }
                None => self.keep(piece),
            }
        }
    }

    /// One read of an unframed client: a message, but for a letter cut in half
    /// at its end. A newline inside must not forge a second author.
    fn hear_read(&mut self, bytes: &[u8]) {
        self.unfinished.extend_from_slice(bytes);
        let message = std::mem::take(&mut self.unfinished);
        let whole = message.len() - cut_letter(&message);
        self.unfinished.extend_from_slice(&message[whole..]);
        for line in message[..whole].split(|byte| *byte == b'\n') {
            if !line.is_empty() {
                self.line(line);
            }
        }
    }

    fn keep(&mut self, piece: &[u8]) {
        if self.skipping {
            return;
        }
        self.unfinished.extend_from_slice(piece);
        if self.unfinished.len() > limits::LINE + 1 {
            self.skipping = true;
            self.unfinished = Vec::new();
            self.deeds.push(Deed::Refused(TOO_LONG));
        }
    }

    fn line(&mut self, line: &[u8]) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line == SENTINEL {
            return self.deeds.push(Deed::Left);
        }
        let signed = line.starts_with(&self.signature);
        let length = if signed {
            line.len()
        } else {
            line.len() + self.signature.len()
        };
        if length > limits::LINE {
            return self.deeds.push(Deed::Refused(TOO_LONG));
        }
        if std::str::from_utf8(line).is_err() {
            return self.deeds.push(Deed::Refused(NOT_TEXT));
        }
        if !matches!(self.deeds.last(), Some(Deed::Said(said)) if said.len() < limits::BATCH) {
            self.deeds.push(Deed::Said(Vec::new()));
        }
        let Some(Deed::Said(lines)) = self.deeds.last_mut() else {
            return;
        };
        if !signed {
            lines.extend_from_slice(&self.signature);
        }
        lines.extend_from_slice(line);
        lines.push(b'\n');
    }
}

const TOO_LONG: &str = "Your line was not sent: it is longer than 4096 bytes.";
const NOT_TEXT: &str = "Your line was not sent: it is not valid UTF-8.";

/// How many bytes at the end of `bytes` begin a letter that is not whole.
fn cut_letter(bytes: &[u8]) -> usize {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => bytes.len() - error.valid_up_to(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Deed, Ear, Framing, NOT_TEXT, TOO_LONG};

    fn said(text: &str) -> Deed {
        Deed::Said(text.as_bytes().to_vec())
    }

    #[test]
    fn pieces_become_lines_and_glued_lines_stay_together() {
        let mut ear = Ear::new("amal", Framing::Lines);
        assert_eq!(ear.hear(b"amal: h"), []);
        assert_eq!(
            ear.hear(b"i\r\nwelcome\n"),
            [said("amal: hi\namal: welcome\n")]
        );
        assert_eq!(ear.hear(b"bye"), []);
        assert_eq!(ear.hear_end(), [said("amal: bye\n")]);
    }

    #[test]
    fn the_sentinel_is_a_whole_line() {
        let mut ear = Ear::new("amal", Framing::Lines);
        assert_eq!(ear.hear(b"CLOSE1231234\n"), [said("amal: CLOSE1231234\n")]);
        assert_eq!(
            ear.hear(b"x\nCLOSE123123\n"),
            [said("amal: x\n"), Deed::Left]
        );
    }

    #[test]
    fn a_line_without_end_is_refused_once_and_not_kept() {
        let mut ear = Ear::new("amal", Framing::Lines);
        let refused: Vec<Deed> = (0..100).flat_map(|_| ear.hear(&[b'x'; 1000])).collect();
        assert_eq!(refused, [Deed::Refused(TOO_LONG)]);
        assert_eq!(ear.hear(b"end\nhi\n"), [said("amal: hi\n")]);
    }

    #[test]
    fn the_limit_is_4096_bytes_with_the_signature() {
        let mut ear = Ear::new("amal", Framing::Lines);
        let mut line = vec![b'x'; 4096 - "amal: ".len()];
        line.push(b'\n');
        assert!(matches!(ear.hear(&line)[..], [Deed::Said(_)]));
        line.insert(0, b'x');
        assert_eq!(ear.hear(&line), [Deed::Refused(TOO_LONG)]);
    }

    #[test]
    fn the_longest_line_may_come_in_pieces() {
        let mut ear = Ear::new("amal", Framing::Lines);
        let line = format!("{:x<4096}", "amal: ");
        assert_eq!(ear.hear(line.as_bytes()), []);
        assert_eq!(ear.hear(b"\r"), []);
        assert_eq!(ear.hear(b"\n"), [said(&(line + "\n"))]);
    }

    #[test]
    fn short_lines_that_grow_by_their_signature_are_said_in_parts() {
        let mut ear = Ear::new(&"x".repeat(32), Framing::Lines);
        let deeds = ear.hear(&[b'\n'; 4096]);
        let line = format!("{}: \n", "x".repeat(32));
        let mut lines = 0;
        for deed in &deeds {
            let Deed::Said(said) = deed else {
                panic!("{deed:?}")
            };
            assert!(said.len() < crate::limits::BATCH + line.len());
            lines += said.len() / line.len();
        }
        assert_eq!((deeds.len(), lines), (3, 4096));
    }

    #[test]
    fn bytes_that_are_not_text_are_refused_alone() {
        let mut ear = Ear::new("amal", Framing::Lines);
        let deeds = ear.hear(b"a\n\xff\nb\n");
        assert_eq!(
            deeds,
            [
                said("amal: a\n"),
                Deed::Refused(NOT_TEXT),
                said("amal: b\n")
            ]
        );
    }

    #[test]
    fn an_unframed_read_is_a_message_and_a_letter_cut_in_half_waits() {
        let mut ear = Ear::new("أمل", Framing::Unframed);
        let text = "أمل: مرحبا".as_bytes();
        let (first, second) = text.split_at(text.len() - 1);
        assert_eq!(ear.hear(first), [said("أمل: مرحب\n")]);
        assert_eq!(ear.hear(second), [said("أمل: ا\n")]);
        assert_eq!(
            ear.hear("x\nehab: no".as_bytes()),
            [said("أمل: x\nأمل: ehab: no\n")]
        );
        let (first, second) = "x🙂".as_bytes().split_at("x🙂".len() - 1);
        assert_eq!(ear.hear(first), [said("أمل: x\n")]);
        assert_eq!(ear.hear(second), [said("أمل: 🙂\n")]);
        // What no letter begins with is not kept, or it would gather for ever.
        assert_eq!(ear.hear(b"a\xffb"), [Deed::Refused(NOT_TEXT)]);
    }
}
