//! The room in one thread, with non-blocking sockets: no lock, no channel.

use std::collections::VecDeque;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

const LINE: usize = 4096;
const NICKNAME: usize = 32;
const NICKNAME_TIME: Duration = Duration::from_secs(30);
const GRACE: Duration = Duration::from_millis(200);
const BEHIND: usize = 4 * 1024 * 1024;
const STALL: Duration = Duration::from_secs(1);
/// Between two rounds in which nothing happened.
const PAUSE: Duration = Duration::from_millis(1);

fn main() -> ExitCode {
    right_programs::server(|listener| {
        listener.set_nonblocking(true)?;
        let mut room = Room::default();
        loop {
            if !room.round(&listener) {
                thread::sleep(PAUSE);
            }
        }
    })
}

#[derive(Default)]
struct Room {
    clients: Vec<Client>,
}

#[derive(PartialEq)]
enum State {
    Nameless,
    Lines,
    Unframed,
    /// Its last words are still to be written.
    Going,
    Gone,
}

struct Client {
    stream: TcpStream,
    state: State,
    nickname: String,
    inbox: Vec<u8>,
    skipping: bool,
    outbox: VecDeque<u8>,
    came: Instant,
    heard: Instant,
    took: Instant,
}

impl Room {
    /// One look at everybody; whether anything happened.
    fn round(&mut self, listener: &TcpListener) -> bool {
        let mut moved = false;
        while let Ok((stream, address)) = listener.accept() {
            println!("Connected with {address}");
            let ready = stream.set_nonblocking(true).and(stream.set_nodelay(true));
            self.clients
                .extend(ready.ok().map(|()| Client::new(stream)));
            moved = true;
        }
        for index in 0..self.clients.len() {
            moved |= self.listen(index);
        }
        for index in 0..self.clients.len() {
            match self.clients[index].write() {
                Ok(more) => moved |= more,
                Err(()) => self.leave(index, State::Gone),
            }
        }
        self.clients.retain(|client| {
            let said_all = client.state == State::Going && client.outbox.is_empty();
            if said_all {
                let _ = client.stream.shutdown(Shutdown::Both);
            }
            !said_all && client.state != State::Gone
        });
        moved
    }

    fn listen(&mut self, index: usize) -> bool {
        let client = &mut self.clients[index];
        let mut chunk = [0; 16 * 1024];
        match client.stream.read(&mut chunk) {
            Ok(0) => self.leave(index, State::Going),
            Ok(count) => {
                client.heard = Instant::now();
                self.take(index, &chunk[..count]);
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                if client.state == State::Nameless {
                    self.wait_for_name(index);
                }
                return false;
            }
            Err(_) => self.leave(index, State::Gone),
        }
        true
    }

    fn wait_for_name(&mut self, index: usize) {
        let client = &mut self.clients[index];
        if !client.inbox.is_empty() && client.heard.elapsed() > GRACE {
            let name = std::mem::take(&mut client.inbox);
            self.join(index, &name, State::Unframed);
        } else if client.came.elapsed() > NICKNAME_TIME {
            self.refuse(index, "it did not come in time");
        }
    }

    fn take(&mut self, index: usize, bytes: &[u8]) {
        if self.clients[index].state == State::Unframed {
            return self.say(index, bytes);
        }
        self.clients[index].inbox.extend_from_slice(bytes);
        while let Some(end) = self.clients[index]
            .inbox
            .iter()
            .position(|byte| *byte == b'\n')
        {
            let client = &mut self.clients[index];
            let mut line: Vec<u8> = client.inbox.drain(..=end).collect();
            line.pop();
            line.pop_if(|last| *last == b'\r');
            match client.state {
                State::Nameless => self.join(index, &line, State::Lines),
                State::Lines if client.skipping => client.skipping = false,
                State::Lines => self.say(index, &line),
                _ => return,
            }
        }
        let client = &mut self.clients[index];
        if client.inbox.len() > LINE {
            client.inbox = Vec::new();
            if !std::mem::replace(&mut client.skipping, true) {
                client.hear("Too long: not sent.");
            }
        }
    }

    fn join(&mut self, index: usize, name: &[u8], state: State) {
        let Ok(name) = String::from_utf8(name.to_vec()) else {
            return self.refuse(index, "it is not UTF-8");
        };
        if name.trim().is_empty() {
            self.refuse(index, "it is empty");
        } else if name == "CLOSE123123" {
            self.refuse(index, "it is the word that leaves the room");
        } else if name.chars().count() > NICKNAME {
            self.refuse(index, "it is too long");
        } else if name.chars().any(char::is_control) {
            self.refuse(index, "it holds a control character");
        } else if self
            .clients
            .iter()
            .any(|it| it.is_member() && it.nickname == name)
        {
            self.refuse(index, "it is taken");
        } else {
            println!("Nickname is {name}");
            self.clients[index].state = state;
            self.clients[index].nickname = name.clone();
            self.tell_all(&format!("{name} joined!"));
            self.clients[index].hear("Connected to server!");
        }
    }

    fn refuse(&mut self, index: usize, reason: &str) {
        self.clients[index].hear(&format!("Nickname refused: {reason}."));
        self.clients[index].state = State::Going;
    }

    fn say(&mut self, index: usize, line: &[u8]) {
        let client = &mut self.clients[index];
        let Ok(text) = str::from_utf8(line) else {
            return client.hear("Not UTF-8: not sent.");
        };
        if text == "CLOSE123123" {
            return self.leave(index, State::Going);
        }
        if text.len() > LINE {
            return client.hear("Too long: not sent.");
        }
        let mark = format!("{}: ", client.nickname);
        match text.starts_with(&mark) {
            true => self.tell_all(text),
            false => self.tell_all(&format!("{mark}{text}")),
        }
    }

    fn leave(&mut self, index: usize, state: State) {
        let client = &mut self.clients[index];
        let was_member = client.is_member();
        client.state = state;
        if was_member {
            let nickname = client.nickname.clone();
            println!("{nickname} left!");
            self.tell_all(&format!("{nickname} left!"));
        }
    }

    fn tell_all(&mut self, text: &str) {
        for client in self.clients.iter_mut().filter(|client| client.is_member()) {
            client.hear(text);
        }
    }
}

impl Client {
    fn new(stream: TcpStream) -> Client {
        let now = Instant::now();
        Client {
            stream,
            state: State::Nameless,
            nickname: String::new(),
            inbox: Vec::new(),
            skipping: false,
            outbox: VecDeque::new(),
            came: now,
            heard: now,
            took: now,
        }
    }

    fn is_member(&self) -> bool {
        matches!(self.state, State::Lines | State::Unframed)
    }

    fn hear(&mut self, text: &str) {
        if self.outbox.is_empty() {
            self.took = Instant::now();
        }
        self.outbox.extend(text.as_bytes());
        if self.state != State::Unframed {
            self.outbox.push_back(b'\n');
        }
    }

    /// Writes what is taken; whether anything was.
    fn write(&mut self) -> Result<bool, ()> {
        if self.outbox.is_empty() || self.state == State::Gone {
            return Ok(false);
        }
        match self.stream.write(self.outbox.as_slices().0) {
            Ok(count) => {
                self.outbox.drain(..count);
                self.took = Instant::now();
                Ok(true)
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                let lost = self.outbox.len() > BEHIND || self.took.elapsed() > STALL;
                if lost { Err(()) } else { Ok(false) }
            }
            Err(_) => Err(()),
        }
    }
}
