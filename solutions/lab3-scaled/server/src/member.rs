//! A member of the room, as the broadcaster writes to it.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use lab_cli::warn;

use crate::connection::Client;
use crate::limits::{self, Limits};
use crate::protocol::Framing;

pub struct Member {
    pub nickname: String,
    framing: Framing,
    client: Arc<Client>,
    limits: Limits,
    /// How many bytes of the current batch this member has already, or need not get.
    pub skip: usize,
    /// What is queued for this member while it is behind.
    outbox: Option<Arc<Outbox>>,
}

/// Bytes that a thread of their own writes, in order.
type Outbox = Mutex<Queue>;

#[derive(Default)]
struct Queue {
    chunks: VecDeque<(Arc<[u8]>, usize)>,
    bytes: usize,
    /// The thread has written everything and ended.
    drained: bool,
}

impl Member {
    pub fn new(nickname: String, framing: Framing, client: Arc<Client>, limits: Limits) -> Self {
        Member {
            nickname,
            framing,
            client,
            limits,
            skip: 0,
            outbox: None,
        }
    }

    /// Writes what is new in `batch` (whole lines) without blocking; what the socket
    /// does not accept is queued.
    ///
    /// # Errors
    /// The connection failed, or more would be queued than the limits allow.
    pub fn write(&mut self, batch: &Arc<[u8]>) -> io::Result<()> {
        let from = std::mem::take(&mut self.skip);
        let (chunk, from) = match self.framing {
            Framing::Lines => (batch.clone(), from),
            Framing::Unframed => {
                let bytes = batch[from..].iter().copied();
                (bytes.filter(|byte| *byte != b'\n').collect(), 0)
            }
        };
        if from == chunk.len() || self.enqueue(&chunk, from)? {
            return Ok(());
        }
        match from + self.write_now(&chunk[from..])? {
            end if end == chunk.len() => Ok(()),
            end => self.fall_behind((chunk, end)),
        }
    }

    /// Appends to the outbox; false if there is none, or it is drained.
    fn enqueue(&mut self, chunk: &Arc<[u8]>, from: usize) -> io::Result<bool> {
        let Some(outbox) = &self.outbox else {
            return Ok(false);
        };
        let mut queue = lock(outbox);
        if queue.drained {
            drop(queue);
            self.outbox = None;
            return Ok(false);
        }
        let limit = self.limits.outbox_kib;
        if queue.bytes > limit as usize * 1024 {
            let reason = format!("it is more than {limit} KiB behind");
            return Err(io::Error::other(reason));
        }
        queue.bytes += chunk.len() - from;
        queue.chunks.push_back((chunk.clone(), from));
        Ok(true)
    }

    /// Writes what the socket accepts now, possibly nothing. The client's thread reads
    /// from the same socket and blocks there, so it is non-blocking only for this
    /// call. (A write timeout would cost every broadcast a tick of the clock for each
    /// stalled member.)
    fn write_now(&self, bytes: &[u8]) -> io::Result<usize> {
        let mut stream = &self.client.stream;
        stream.set_nonblocking(true)?;
        let written = stream.write(bytes);
        stream.set_nonblocking(false)?;
        match written {
            Err(error) if is_timeout(&error) || error.kind() == ErrorKind::Interrupted => Ok(0),
            written => written,
        }
    }

    /// Starts a thread that writes `chunk` and what is queued after it.
    fn fall_behind(&mut self, chunk: (Arc<[u8]>, usize)) -> io::Result<()> {
        let outbox = Arc::new(Outbox::default());
        let (client, queue) = (self.client.clone(), outbox.clone());
        let (limits, nickname) = (self.limits, self.nickname.clone());
        let thread = thread::Builder::new().stack_size(limits::STACK);
        thread.spawn(move || {
            if let Err(error) = drain(&queue, chunk, &client.stream, limits) {
                warn(&format!("{nickname} was disconnected: {error}"));
                // The client's thread reads EOF, and the room removes the member.
                client.abort();
            }
        })?;
        self.outbox = Some(outbox);
        Ok(())
    }

    /// Disconnects the client at once.
    pub fn abort(&self) {
        self.client.abort();
    }

    /// Disconnects the client once its outbox is written: the outbox's thread is then
    /// the last owner of the socket.
    pub fn close(self) {
        if self.outbox.is_none() {
            self.client.abort();
        }
    }
}

impl Client {
    /// Shuts the connection down; a blocked read returns EOF.
    fn abort(&self) {
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

/// Writes `chunk`, then all that is queued, until nothing is left.
fn drain(
    outbox: &Outbox,
    chunk: (Arc<[u8]>, usize),
    stream: &TcpStream,
    limits: Limits,
) -> io::Result<()> {
    stream.set_write_timeout(Some(limits.stall_time()))?;
    let mut next = Some(chunk);
    while let Some((chunk, from)) = next {
        write_all(stream, &chunk[from..], limits)?;
        // Under one lock, so that no chunk is queued between the last one and the end.
        let mut queue = lock(outbox);
        next = queue.chunks.pop_front();
        match &next {
            Some((chunk, from)) => queue.bytes -= chunk.len() - from,
            None => queue.drained = true,
        }
    }
    Ok(())
}

/// Writes `bytes`, with the stall time for each write that makes progress.
fn write_all(mut stream: &TcpStream, mut bytes: &[u8], limits: Limits) -> io::Result<()> {
    while !bytes.is_empty() {
        match stream.write(bytes) {
            Ok(count) => bytes = &bytes[count..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if is_timeout(&error) => {
                let reason = format!("it read nothing for {:?}", limits.stall_time());
                return Err(io::Error::other(reason));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn lock(outbox: &Outbox) -> std::sync::MutexGuard<'_, Queue> {
    outbox.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether the time was up: Unix and Windows name it differently.
pub fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
