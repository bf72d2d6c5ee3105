//! A stream of which each read is taken for one message.

use std::io::{self, Read};

/// How much is read at once, and so the longest message.
const READ: usize = 4096;

pub struct Unframed<R> {
    room: R,
    /// The first bytes of a letter whose last bytes have not come yet: what is cut
    /// where a read ends is never more than three bytes.
    cut_letter: Vec<u8>,
}

impl<R: Read> Unframed<R> {
    pub fn new(room: R) -> Self {
        let cut_letter = Vec::new();
        Unframed { room, cut_letter }
    }

    /// Reads once, and again only if nothing but the start of a letter has come.
    pub fn next_message(&mut self) -> io::Result<Option<String>> {
        let mut buffer = [0; READ];
        loop {
            let count = match self.room.read(&mut buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                result => result?,
            };
            let mut bytes = std::mem::take(&mut self.cut_letter);
            bytes.extend_from_slice(&buffer[..count]);
            if count > 0 {
                self.cut_letter = bytes.split_off(bytes.len() - cut_letter_len(&bytes));
            }
            if !bytes.is_empty() {
                return Ok(Some(text(&bytes)));
            }
            if count == 0 {
                return Ok(None);
            }
        }
    }
}

/// Returns what was said. A room of lines, met by mistake, ends it with a newline.
fn text(bytes: &[u8]) -> String {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    String::from_utf8_lossy(bytes).into_owned()
}

/// Returns how many bytes at the end begin a letter that they do not finish.
fn cut_letter_len(bytes: &[u8]) -> usize {
    let tail = bytes.utf8_chunks().last().map(|chunk| chunk.invalid());
    let tail = tail.unwrap_or_default();
    match str::from_utf8(tail) {
        Err(error) if error.error_len().is_none() => tail.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stream whose reads are cut where the test says.
    struct Reads<'a>(Vec<&'a [u8]>);

    impl Read for Reads<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Ok(0);
            }
            self.0.remove(0).read(buffer)
        }
    }

    fn messages(reads: &[&[u8]]) -> Vec<String> {
        let mut incoming = Unframed::new(Reads(reads.to_vec()));
        std::iter::from_fn(|| incoming.next_message().unwrap()).collect()
    }

    #[test]
    fn each_read_is_a_message() {
        assert_eq!(
            messages(&[b"ehab: hi", b"amal: hi\n"]),
            ["ehab: hi", "amal: hi"]
        );
    }

    #[test]
    fn a_letter_cut_between_reads_comes_with_the_second() {
        for letter in ["\u{633}", "\u{20ac}", "\u{1f44b}"] {
            for cut in 1..letter.len() {
                let (first, second) = letter.as_bytes().split_at(cut);
                assert_eq!(messages(&[b"a", first, second]), ["a", letter]);
                let glued = [b"a", first].concat();
                assert_eq!(messages(&[&glued, second]), ["a", letter]);
            }
        }
    }

    #[test]
    fn what_can_never_become_a_letter_is_not_held_back() {
        let shown = ["a\u{fffd}", "b", "\u{fffd}c"];
        assert_eq!(messages(&[b"a\xff", b"b\xd8", b"c"]), shown);
    }

    /// A stream whose reads fail, and then are at its end.
    struct Failures(Vec<io::ErrorKind>);

    impl Read for Failures {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            self.0.pop().map_or(Ok(0), |kind| Err(kind.into()))
        }
    }

    #[test]
    fn an_interrupted_read_is_tried_again_and_a_broken_one_is_not() {
        let mut incoming = Unframed::new(Failures(vec![io::ErrorKind::Interrupted]));
        assert_eq!(incoming.next_message().unwrap(), None);
        let mut incoming = Unframed::new(Failures(vec![io::ErrorKind::ConnectionReset]));
        assert!(incoming.next_message().is_err());
    }

    #[test]
    fn half_a_letter_at_the_end_of_the_stream_is_shown_as_such() {
        assert_eq!(messages(&[b"a\xd8"]), ["a", "\u{fffd}"]);
    }
}
