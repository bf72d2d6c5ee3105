//! Messages out of a stream that may never end one: lines of bounded length, or,
//! unframed, one read each.

use std::io::{self, BufRead, BufReader, Read};

/// How much of a line is shown. A room may put a nickname in front of a line that is
/// already as long as lines may be, hence more than the 4096 bytes of a line.
const LONGEST_SHOWN: usize = 8192;

/// Reads the next line without its `\n` or `\r\n`; `None` at EOF. What follows the
/// last newline is a line as well. Of a line longer than `limit` bytes the first
/// `limit + 1` are returned and the rest is dropped.
pub fn read_line(reader: &mut impl BufRead, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let longest = (limit + "\r\n".len()) as u64;
    let mut start = Read::take(&mut *reader, longest);
    if start.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.pop_if(|last| *last == b'\n').is_some() {
        line.pop_if(|last| *last == b'\r');
    } else if line.len() > limit {
        reader.skip_until(b'\n')?;
    }
    line.truncate(limit + 1);
    Ok(Some(line))
}

/// Reads the room's messages, whichever framing it speaks.
pub struct MessageReader<R> {
    room: BufReader<R>,
    unframed: bool,
    /// The first bytes of a letter whose last ones have not arrived: an unframed
    /// message may end inside a letter.
    cut_letter: Vec<u8>,
}

impl<R: Read> MessageReader<R> {
    pub fn new(room: R, unframed: bool) -> Self {
        MessageReader {
            room: BufReader::new(room),
            unframed,
            cut_letter: Vec::new(),
        }
    }

    /// Waits for the next message; `None` at EOF. Bytes that are not valid UTF-8
    /// become U+FFFD.
    pub fn next_message(&mut self) -> io::Result<Option<String>> {
        if self.unframed {
            return self.next_read();
        }
        let Some(mut line) = read_line(&mut self.room, LONGEST_SHOWN)? else {
            return Ok(None);
        };
        let mark = if line.len() > LONGEST_SHOWN {
            " [cut: too long]"
        } else {
            ""
        };
        line.truncate(LONGEST_SHOWN);
        Ok(Some(String::from_utf8_lossy(&line).into_owned() + mark))
    }

    /// Reads once, and again only if nothing but the start of a letter has arrived.
    fn next_read(&mut self) -> io::Result<Option<String>> {
        let mut bytes = std::mem::take(&mut self.cut_letter);
        loop {
            let read = match self.room.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            let count = read.len();
            bytes.extend_from_slice(read);
            self.room.consume(count);
            if count > 0 {
                self.cut_letter = bytes.split_off(bytes.len() - cut_letter_len(&bytes));
            }
            if !bytes.is_empty() {
                // A room of lines, met by mistake, ends a message with a newline.
                let text = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
                return Ok(Some(String::from_utf8_lossy(text).into_owned()));
            }
            if count == 0 {
                return Ok(None);
            }
            bytes.append(&mut self.cut_letter);
        }
    }
}

/// How many bytes at the end begin a letter that they do not finish.
fn cut_letter_len(bytes: &[u8]) -> usize {
    let last = bytes
        .utf8_chunks()
        .last()
        .map_or(&[][..], |chunk| chunk.invalid());
    match str::from_utf8(last) {
        Err(error) if error.error_len().is_none() => last.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(mut stream: &[u8], limit: usize) -> Vec<String> {
        let read = std::iter::from_fn(|| read_line(&mut stream, limit).unwrap());
        read.map(|line| String::from_utf8(line).unwrap()).collect()
    }

    #[test]
    fn a_carriage_return_before_the_newline_is_dropped_and_no_other() {
        assert_eq!(lines(b"a\r\nb\rc\r\r\n", 9), ["a", "b\rc\r"]);
    }

    #[test]
    fn the_last_line_needs_no_newline() {
        assert_eq!(lines(b"a\n\nb", 9), ["a", "", "b"]);
    }

    #[test]
    fn one_byte_above_the_limit_is_kept_and_the_next_line_is_whole() {
        for ending in ["\n", "\r\n"] {
            let stream = format!("12345{ending}6{ending}");
            assert_eq!(lines(stream.as_bytes(), 5), ["12345", "6"]);
            assert_eq!(lines(stream.as_bytes(), 4), ["12345", "6"]);
            assert_eq!(lines(stream.as_bytes(), 2), ["123", "6"]);
        }
        assert_eq!(lines(&[b'x'; 100_000], 2), ["xxx"]);
    }

    fn messages(stream: impl Read, unframed: bool) -> Vec<String> {
        let mut reader = MessageReader::new(stream, unframed);
        std::iter::from_fn(|| reader.next_message().unwrap()).collect()
    }

    #[test]
    fn each_line_is_a_message_whatever_its_bytes() {
        let stream: &[u8] = b"one\r\n\ntwo\nthr\xff";
        assert_eq!(messages(stream, false), ["one", "", "two", "thr\u{fffd}"]);
    }

    #[test]
    fn a_line_without_end_is_cut_and_marked() {
        let stream = [vec![b'x'; 100_000], b"\nb\n".to_vec()].concat();
        let shown = messages(&*stream, false);
        assert_eq!(shown, ["x".repeat(8192) + " [cut: too long]", "b".into()]);
    }

    /// A stream whose reads end where the test says; an empty one is interrupted.
    struct Reads<'a>(Vec<&'a [u8]>);

    impl Read for Reads<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.first() {
                None => Ok(0),
                Some([]) => {
                    self.0.remove(0);
                    Err(io::ErrorKind::Interrupted.into())
                }
                Some(_) => self.0.remove(0).read(buffer),
            }
        }
    }

    #[test]
    fn each_read_is_an_unframed_message() {
        let reads = Reads(vec![b"ehab: hi", b"", b"amal: hi\n"]);
        assert_eq!(messages(reads, true), ["ehab: hi", "amal: hi"]);
    }

    #[test]
    fn a_letter_cut_between_reads_comes_with_the_second() {
        for letter in ["\u{633}", "\u{20ac}", "\u{1f44b}"] {
            for cut in 1..letter.len() {
                let (first, second) = letter.as_bytes().split_at(cut);
                assert_eq!(
                    messages(Reads(vec![b"a", first, second]), true),
                    ["a", letter]
                );
                let glued = [b"a", first].concat();
                assert_eq!(messages(Reads(vec![&glued, second]), true), ["a", letter]);
            }
        }
    }

    #[test]
    fn bytes_that_cannot_become_a_letter_are_not_held_back() {
        let shown = ["a\u{fffd}", "b", "\u{fffd}c"];
        assert_eq!(messages(Reads(vec![b"a\xff", b"b\xd8", b"c"]), true), shown);
        assert_eq!(messages(Reads(vec![b"a\xd8"]), true), ["a", "\u{fffd}"]);
    }
}
