//! A line of a stream, read without trusting that it ever ends.

use std::io::{self, BufRead, Read};

#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// All of it, without its `\n` or `\r\n`.
    Whole(Vec<u8>),
    /// Its first bytes, as many as were allowed; the rest was dropped.
    Cut(Vec<u8>),
}

/// Reads the next line, or nothing at the end of the stream. Of a line longer than
/// `limit` bytes no more than that is kept. What stands after the last newline is a
/// line as well.
pub fn read_line(reader: &mut impl BufRead, limit: usize) -> io::Result<Option<Line>> {
    let mut bytes = Vec::new();
    let longest = limit + b"\r\n".len();
    let mut start = Read::take(&mut *reader, longest as u64);
    if start.read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    let ended = strip_ending(&mut bytes);
    if bytes.len() <= limit {
        return Ok(Some(Line::Whole(bytes)));
    }
    if !ended {
        reader.skip_until(b'\n')?;
    }
    bytes.truncate(limit);
    Ok(Some(Line::Cut(bytes)))
}

/// Takes `\n` or `\r\n` off the end and says whether there was one.
fn strip_ending(bytes: &mut Vec<u8>) -> bool {
    let ended = bytes.pop_if(|last| *last == b'\n').is_some();
    if ended {
        bytes.pop_if(|last| *last == b'\r');
    }
    ended
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(mut stream: &[u8], limit: usize) -> Vec<Line> {
        std::iter::from_fn(|| read_line(&mut stream, limit).unwrap()).collect()
    }

    fn whole(text: &str) -> Line {
        Line::Whole(text.into())
    }

    #[test]
    fn a_carriage_return_before_the_newline_is_dropped_and_no_other() {
        assert_eq!(lines(b"a\r\nb\rc\r\r\n", 9), [whole("a"), whole("b\rc\r")]);
    }

    #[test]
    fn the_last_line_needs_no_newline() {
        assert_eq!(lines(b"a\n\nb", 9), [whole("a"), whole(""), whole("b")]);
    }

    #[test]
    fn a_line_of_exactly_the_limit_is_whole_and_the_next_byte_is_too_much() {
        for ending in ["\n", "\r\n", ""] {
            let stream = format!("12345{ending}");
            assert_eq!(lines(stream.as_bytes(), 5), [whole("12345")], "{ending:?}");
            assert_eq!(lines(stream.as_bytes(), 4), [Line::Cut(b"1234".into())]);
        }
    }

    #[test]
    fn the_line_after_one_that_is_too_long_is_whole_again() {
        let stream = [vec![b'x'; 100_000], b"\nb\n".to_vec()].concat();
        assert_eq!(lines(&stream, 2), [Line::Cut(b"xx".into()), whole("b")]);
    }
}
