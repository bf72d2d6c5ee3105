//! A small room inside the test, honest or wrong on purpose.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What the room does to every hundredth line, at one of its members.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sin {
    None,
    Loses,
    Doubles,
    Swaps,
    Damages,
}

#[derive(Default)]
struct Members {
    streams: Vec<TcpStream>,
    lines: usize,
    held_back: Option<String>,
}

/// Opens a room for as long as the test runs.
pub fn open(sin: Sin) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let address = listener.local_addr().expect("a listener has an address");
    let members = Arc::new(Mutex::new(Members::default()));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let members = members.clone();
            thread::spawn(move || serve(stream, &members, sin));
        }
    });
    address
}

fn serve(stream: TcpStream, members: &Mutex<Members>, sin: Sin) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let nickname = lines.next()?.ok()?;
    {
        let mut members = members.lock().ok()?;
        members.streams.push(stream.try_clone().ok()?);
        members.tell(&format!("{nickname} joined!\n"), Sin::None);
        (&stream).write_all(b"Connected to server!\n").ok()?;
    }
    for line in lines
        .map_while(Result::ok)
        .take_while(|line| line != "CLOSE123123")
    {
        members.lock().ok()?.tell(&format!("{line}\n"), sin);
    }
    let mut members = members.lock().ok()?;
    let peer = stream.peer_addr();
    members
        .streams
        .retain(|other| other.peer_addr().ok() != peer.as_ref().ok().copied());
    members.tell(&format!("{nickname} left!\n"), Sin::None);
    stream.shutdown(std::net::Shutdown::Both).ok()
}

impl Members {
    fn tell(&mut self, line: &str, sin: Sin) {
        self.lines += usize::from(sin != Sin::None);
        for at in 0..self.streams.len() {
            let sins = at == 1 && self.lines % 100 == 50;
            let text = if sins {
                self.wrong(line, sin)
            } else {
                line.to_owned()
            };
            let text = match self.held_back.take_if(|_| at == 1 && !sins) {
                Some(late) => text + &late,
                None => text,
            };
            let _ = self.streams[at].write_all(text.as_bytes());
        }
    }

    fn wrong(&mut self, line: &str, sin: Sin) -> String {
        match sin {
            Sin::None => line.to_owned(),
            Sin::Loses => String::new(),
            Sin::Doubles => format!("{line}{line}"),
            Sin::Swaps => {
                self.held_back = Some(line.to_owned());
                String::new()
            }
            Sin::Damages => line.replacen('0', "o", 1),
        }
    }
}
