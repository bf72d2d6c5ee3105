//! What a program wrote to one of its streams, as it arrives.
//!
//! A thread reads the pipe into a buffer; the check removes lines from it.

use std::io::Read;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

/// A program that prints without end must not fill the memory: what comes
/// after this many bytes is thrown away.
const LIMIT: usize = 8 * 1024 * 1024;

#[derive(Clone)]
pub struct Output {
    shared: Arc<(Mutex<Buffer>, Condvar)>,
}

#[derive(Default)]
pub struct Buffer {
    /// All that was kept, from the start.
    pub bytes: Vec<u8>,
    /// How many of them the check has read.
    pub taken: usize,
    /// The stream is at its end: nothing more will come.
    pub ended: bool,
    /// More than `LIMIT` bytes came.
    pub overflowed: bool,
}

impl Buffer {
    /// What the check has not read yet.
    pub fn rest(&self) -> &[u8] {
        &self.bytes[self.taken..]
    }

    /// The next whole line without its end, if it is there.
    pub fn line(&self) -> Option<&[u8]> {
        let end = self.rest().iter().position(|byte| *byte == b'\n')?;
        let line = &self.rest()[..end];
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }

    /// Takes the next line, if it is there.
    pub fn take_line(&mut self) -> Option<Vec<u8>> {
        let line = self.line()?.to_vec();
        let end = self.rest().iter().position(|byte| *byte == b'\n')?;
        self.taken += end + 1;
        Some(line)
    }
}

impl Output {
    /// Starts to read `pipe` until its end.
    pub fn of(pipe: impl Read + Send + 'static) -> Self {
        let output = Output {
            shared: Arc::default(),
        };
        let reader = output.clone();
        thread::spawn(move || reader.read_all(pipe));
        output
    }

    fn read_all(&self, mut pipe: impl Read) {
        let mut chunk = [0; 16 * 1024];
        loop {
            let count = match pipe.read(&mut chunk) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Ok(count) => count,
                Err(_) => 0,
            };
            let mut buffer = self.lock();
            let kept = count.min(LIMIT - buffer.bytes.len());
            buffer.bytes.extend_from_slice(&chunk[..kept]);
            buffer.overflowed |= kept < count;
            buffer.ended = count == 0;
            self.shared.1.notify_all();
            if count == 0 {
                return;
            }
        }
    }

    pub fn lock(&self) -> MutexGuard<'_, Buffer> {
        self.shared.0.lock().expect("the reader does not panic")
    }

    /// Waits until more has come, for one `turn` at most.
    pub fn wait<'a>(
        &'a self,
        buffer: MutexGuard<'a, Buffer>,
        turn: Duration,
    ) -> MutexGuard<'a, Buffer> {
        let waited = self.shared.1.wait_timeout(buffer, turn);
        waited.expect("the reader does not panic").0
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind, Read};
    use std::sync::Arc;

    use super::{Buffer, Output};

    const EIGHT_MEBIBYTES: usize = 8 << 20;

    #[test]
    fn lines_are_taken_one_by_one_without_their_ends() {
        let mut buffer = Buffer {
            bytes: b"one\r\n\ntwo\nthr".to_vec(),
            ..Buffer::default()
        };
        assert_eq!(buffer.line(), Some(&b"one"[..]));
        assert_eq!(buffer.take_line().unwrap(), b"one");
        assert_eq!(buffer.rest(), b"\ntwo\nthr");
        assert_eq!(buffer.take_line().unwrap(), b"");
        assert_eq!(buffer.take_line().unwrap(), b"two");
        assert_eq!(buffer.line(), None);
        assert_eq!(buffer.take_line(), None);
        assert_eq!(buffer.rest(), b"thr");
    }

    #[test]
    fn everything_is_read_up_to_the_end() {
        let output = read(Pipe::of([Ok(3), Ok(2), Ok(0)]));
        let buffer = output.lock();
        assert_eq!(buffer.bytes, b"xxxxx");
        assert!(buffer.ended && !buffer.overflowed);
    }

    #[test]
    fn a_signal_does_not_end_it_and_an_error_does() {
        let signal = || Err(ErrorKind::Interrupted);
        let output = read(Pipe::of([signal(), Ok(3), signal(), Ok(0)]));
        assert_eq!(output.lock().bytes, b"xxx");
        let output = read(Pipe::of([Ok(3), Err(ErrorKind::BrokenPipe)]));
        assert_eq!(output.lock().bytes, b"xxx");
        assert!(output.lock().ended);
    }

    #[test]
    fn as_much_as_the_limit_is_kept() {
        let output = read(std::io::repeat(b'x').take(EIGHT_MEBIBYTES as u64));
        let buffer = output.lock();
        assert_eq!(buffer.bytes.len(), EIGHT_MEBIBYTES);
        assert!(!buffer.overflowed);
    }

    #[test]
    fn what_comes_after_the_limit_is_thrown_away() {
        let more = EIGHT_MEBIBYTES as u64 + 1;
        let output = read(std::io::repeat(b'x').take(more));
        let buffer = output.lock();
        assert_eq!(buffer.bytes.len(), EIGHT_MEBIBYTES);
        assert!(buffer.overflowed && buffer.ended);
    }

    /// Reads all of `pipe` in this thread.
    fn read(pipe: impl Read) -> Output {
        let output = Output {
            shared: Arc::default(),
        };
        output.read_all(pipe);
        output
    }

    /// A pipe that returns these reads; reading after the last one is a bug.
    struct Pipe(std::vec::IntoIter<Result<usize, ErrorKind>>);

    impl Pipe {
        fn of<const COUNT: usize>(reads: [Result<usize, ErrorKind>; COUNT]) -> Pipe {
            Pipe(Vec::from(reads).into_iter())
        }
    }

    impl Read for Pipe {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let next = self.0.next().expect("nothing reads after the end");
            let count = next.map_err(Error::from)?;
            into[..count].fill(b'x');
            Ok(count)
        }
    }
}
