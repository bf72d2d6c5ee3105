//! What the room says, message by message, whichever framing it speaks.

use std::io::{self, BufReader, Read};

use crate::framing::Framing;
use crate::line::{Line, read_line};
use crate::unframed::Unframed;

/// How much of a line is shown. A room may put a nickname in front of a line that is
/// already as long as lines may be, hence more than the 4096 bytes of a line.
const LONGEST_LINE: usize = 8192;

pub enum Incoming<R> {
    Lines(BufReader<R>),
    Unframed(Unframed<R>),
}

impl<R: Read> Incoming<R> {
    pub fn new(room: R, framing: Framing) -> Self {
        match framing {
            Framing::Lines => Incoming::Lines(BufReader::new(room)),
            Framing::Unframed => Incoming::Unframed(Unframed::new(room)),
        }
    }

    /// Waits for the next message; nothing at the end of the stream. Bytes that are
    /// no UTF-8 become U+FFFD.
    pub fn next_message(&mut self) -> io::Result<Option<String>> {
        match self {
            Incoming::Lines(room) => Ok(read_line(room, LONGEST_LINE)?.map(text)),
            Incoming::Unframed(room) => room.next_message(),
        }
    }
}

fn text(line: Line) -> String {
    match line {
        Line::Whole(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Line::Cut(bytes) => String::from_utf8_lossy(&bytes).into_owned() + " [cut: too long]",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(stream: &[u8]) -> Vec<String> {
        let mut incoming = Incoming::new(stream, Framing::Lines);
        std::iter::from_fn(|| incoming.next_message().unwrap()).collect()
    }

    #[test]
    fn each_line_is_a_message_and_so_is_an_unfinished_last_one() {
        assert_eq!(
            lines(b"one\r\n\ntwo\nthr\xff"),
            ["one", "", "two", "thr\u{fffd}"]
        );
    }

    #[test]
    fn a_line_without_end_is_cut() {
        let stream = [vec![b'x'; 100_000], b"\nb\n".to_vec()].concat();
        let shown = lines(&stream);
        assert_eq!(shown.len(), 2);
        assert_eq!(shown[0].len(), LONGEST_LINE + " [cut: too long]".len());
        assert_eq!(shown[1], "b");
    }
}
