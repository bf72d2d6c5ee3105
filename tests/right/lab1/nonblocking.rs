//! The echo server in one thread with non-blocking sockets, many clients at once.

use std::collections::VecDeque;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

/// Between two rounds in which nothing happened.
const PAUSE: Duration = Duration::from_millis(1);
/// What waits to be written; more is not read until it is.
const WAITING: usize = 64 * 1024;

struct Client {
    stream: TcpStream,
    address: SocketAddr,
    waiting: VecDeque<u8>,
    ended: bool,
}

fn main() -> ExitCode {
    right_programs::server(|listener| {
        listener.set_nonblocking(true)?;
        let mut clients: Vec<Client> = Vec::new();
        loop {
            let mut moved = false;
            while let Ok((stream, address)) = listener.accept() {
                stream.set_nonblocking(true)?;
                println!("Connected with {address}");
                clients.push(Client {
                    stream,
                    address,
                    waiting: VecDeque::new(),
                    ended: false,
                });
                moved = true;
            }
            clients.retain_mut(|client| match client.turn() {
                Ok(more) => {
                    moved |= more;
                    !(client.ended && client.waiting.is_empty())
                }
                Err(_) => false,
            });
            if !moved {
                thread::sleep(PAUSE);
            }
        }
    })
}

impl Client {
    /// Reads and writes what can be; whether anything could.
    fn turn(&mut self) -> std::io::Result<bool> {
        let mut moved = false;
        let mut chunk = [0; 16 * 1024];
        if !self.ended && self.waiting.len() < WAITING {
            match self.stream.read(&mut chunk) {
                Ok(0) => self.ended = true,
                Ok(count) => {
                    self.waiting.extend(&chunk[..count]);
                    moved = true;
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
        if !self.waiting.is_empty() {
            match self.stream.write(self.waiting.make_contiguous()) {
                Ok(count) => {
                    self.waiting.drain(..count);
                    moved = true;
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
        Ok(moved)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        println!("Disconnected from {}", self.address);
    }
}
