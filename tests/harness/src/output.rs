//! What a program wrote to one of its streams, as it arrives.
//!
//! A thread reads the pipe into a buffer; the check takes lines out of it.

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
    /// How much of it the check has taken.
    pub taken: usize,
    /// The stream is at its end: nothing more will come.
    pub ended: bool,
    /// More than `LIMIT` bytes came.
    pub overflowed: bool,
}

impl Buffer {
    /// What the check has not taken yet.
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
