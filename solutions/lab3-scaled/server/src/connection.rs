//! The connections: one thread accepts them, and one thread reads from each client.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::{Duration, Instant};

use lab_cli::{log, warn};

use crate::limits::{self, Limits};
use crate::member::{Member, is_timeout};
use crate::protocol::{Framing, Input, LineDecoder, check_nickname};
use crate::room::{Event, Id, Room};

/// A client's socket, shared by the thread that reads, the broadcaster and an outbox.
/// It counts against `max_clients` until the last of them drops it.
pub struct Client {
    pub stream: TcpStream,
    clients: Arc<AtomicU32>,
}

impl Drop for Client {
    fn drop(&mut self) {
        self.clients.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Accepts clients as long as the program runs, and never waits for one of them.
pub fn accept_all(listener: &TcpListener, room: &Room, limits: Limits) -> ! {
    let clients = Arc::new(AtomicU32::new(0));
    let mut id: Id = 0;
    loop {
        match listener.accept() {
            Ok((stream, address)) => {
                id += 1;
                let count = clients.fetch_add(1, Ordering::Relaxed);
                let clients = clients.clone();
                let client = Arc::new(Client { stream, clients });
                match count < limits.max_clients {
                    true => start(client, address, Connection::new(id, room, limits)),
                    false => turn_away(&client.stream, address, "the room is full"),
                }
            }
            Err(error) => {
                warn(&format!("cannot accept a connection: {error}"));
                thread::sleep(limits::ACCEPT_PAUSE);
            }
        }
    }
}

/// Starts the client's thread.
fn start(client: Arc<Client>, address: SocketAddr, mut connection: Connection) {
    log(&format!("Connected with {address}"));
    let thread = thread::Builder::new().stack_size(limits::STACK);
    let served = client.clone();
    if let Err(error) = thread.spawn(move || connection.serve(served)) {
        let reason = format!("there is no thread for it ({error})");
        turn_away(&client.stream, address, &reason);
    }
}

/// Says why a client cannot join. The buffer of a new socket has room for a line, so
/// this does not block.
fn turn_away(mut stream: &TcpStream, address: SocketAddr, reason: &str) {
    warn(&format!("{address} was turned away: {reason}"));
    let _ = writeln!(stream, "You cannot come in now: {reason}.");
    let _ = stream.shutdown(Shutdown::Write);
}

/// The thread of one client.
struct Connection {
    id: Id,
    room: Room,
    limits: Limits,
    buffer: Vec<u8>,
}

/// Why a client does not join.
enum JoinError {
    Disconnected,
    Refused(String),
}

impl From<io::Error> for JoinError {
    fn from(_: io::Error) -> Self {
        JoinError::Disconnected
    }
}

/// What a client sent as its nickname, and after it.
struct Handshake {
    nickname: Vec<u8>,
    framing: Framing,
    rest: Vec<u8>,
}

impl Connection {
    fn new(id: Id, room: &Room, limits: Limits) -> Self {
        Connection {
            id,
            room: room.clone(),
            limits,
            buffer: Vec::new(),
        }
    }

    /// Serves one client until it disconnects.
    fn serve(&mut self, client: Arc<Client>) {
        self.buffer = vec![0; limits::FIRST_READ];
        // Disable Nagle's algorithm: a line is sent at once.
        let _ = client.stream.set_nodelay(true);
        match self.join(&client) {
            Ok((decoder, rest)) => self.relay(&client.stream, decoder, &rest),
            Err(JoinError::Refused(reason)) => self.refuse(&client.stream, &reason),
            Err(JoinError::Disconnected) => {}
        }
    }

    fn join(&mut self, client: &Arc<Client>) -> Result<(LineDecoder, Vec<u8>), JoinError> {
        let handshake = self.handshake(&client.stream)?;
        let nickname = check_nickname(&handshake.nickname).map_err(JoinError::Refused)?;
        let decoder = LineDecoder::new(&nickname, handshake.framing);
        let member = Member::new(nickname, handshake.framing, client.clone(), self.limits);
        client.stream.set_read_timeout(None)?;
        let (answer, answered) = sync_channel(1);
        let _ = self.room.send(Event::Join(self.id, member, answer));
        match answered.recv() {
            Ok(Ok(())) => Ok((decoder, handshake.rest)),
            Ok(Err(reason)) => Err(JoinError::Refused(reason)),
            Err(_) => Err(JoinError::Disconnected),
        }
    }

    /// Reads the nickname: up to a newline or EOF, or, from a client that sends no
    /// newlines, up to a short silence.
    fn handshake(&mut self, stream: &TcpStream) -> Result<Handshake, JoinError> {
        let time = self.limits.nickname_time();
        let deadline = Instant::now() + time;
        let mut received = Vec::new();
        while received.len() <= limits::LINE {
            if let Some(end) = received.iter().position(|byte| *byte == b'\n') {
                let rest = received.split_off(end + 1);
                received.truncate(end);
                received.pop_if(|last| *last == b'\r');
                return Ok(Handshake::new(received, Framing::Lines, rest));
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let reason = format!("it did not come within {time:?}");
                return Err(JoinError::Refused(reason));
            }
            let silence = match received.is_empty() {
                true => left,
                false => left.min(limits::GRACE),
            };
            match self.read_within(stream, silence) {
                Ok(0) if received.is_empty() => return Err(JoinError::Disconnected),
                Ok(0) => return Ok(Handshake::new(received, Framing::Lines, Vec::new())),
                Ok(count) => received.extend_from_slice(&self.buffer[..count]),
                Err(error) if is_timeout(&error) && silence == limits::GRACE => {
                    return Ok(Handshake::new(received, Framing::Unframed, Vec::new()));
                }
                Err(error) if is_timeout(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let reason = format!("it is longer than {} characters", limits::NICKNAME);
        Err(JoinError::Refused(reason))
    }

    /// Passes on what the client sends until it leaves.
    fn relay(&mut self, stream: &TcpStream, mut decoder: LineDecoder, rest: &[u8]) {
        let mut inputs = decoder.decode(rest);
        while self.pass_on(inputs) {
            // A reset is an EOF as well: the room only needs to know that it left.
            let count = self.read(stream).unwrap_or(0);
            inputs = decoder.decode(&self.buffer[..count]);
            if count == 0 {
                inputs = decoder.finish();
                inputs.push(Input::Quit);
            } else if count == self.buffer.len() && count < limits::READ {
                self.buffer.resize(2 * count, 0);
            }
        }
    }

    /// Whether the client stays.
    fn pass_on(&self, inputs: Vec<Input>) -> bool {
        inputs.into_iter().all(|input| {
            let (event, stays) = match input {
                Input::Lines(lines) => (Event::Lines(self.id, lines), true),
                Input::Refused(reason) => (Event::Notice(self.id, reason), true),
                Input::Quit => (Event::Leave(self.id), false),
            };
            self.room.send(event).is_ok() && stays
        })
    }

    fn read_within(&mut self, mut stream: &TcpStream, time: Duration) -> io::Result<usize> {
        stream.set_read_timeout(Some(time))?;
        stream.read(&mut self.buffer)
    }

    /// Reads what a member sends. The socket is non-blocking while the broadcaster
    /// writes to it; a read that starts just then is repeated.
    fn read(&mut self, mut stream: &TcpStream) -> io::Result<usize> {
        loop {
            match stream.read(&mut self.buffer) {
                Err(error) if is_timeout(&error) => thread::yield_now(),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => return result,
            }
        }
    }

    /// Says why the nickname is refused, and closes so that the reason arrives.
    fn refuse(&mut self, mut stream: &TcpStream, reason: &str) {
        warn(&format!("a nickname was refused: {reason}"));
        let _ = stream.set_write_timeout(Some(limits::FAREWELL));
        let _ = writeln!(stream, "Nickname refused: {reason}.");
        let _ = stream.shutdown(Shutdown::Write);
        for _ in 0..limits::FAREWELL_READS {
            if !matches!(self.read_within(stream, limits::FAREWELL), Ok(1..)) {
                return;
            }
        }
    }
}

impl Handshake {
    fn new(nickname: Vec<u8>, framing: Framing, rest: Vec<u8>) -> Self {
        Handshake {
            nickname,
            framing,
            rest,
        }
    }
}
