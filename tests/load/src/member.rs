//! One connection to the room: what is still to be sent, what came half, and
//! the account of all that it has heard.

use std::io::{self, Read, Write};
use std::net::Shutdown;

use mio::net::TcpStream;

use crate::book::Book;
use crate::dialect::{Dialect, Event};
use crate::ledger::Ledger;
use crate::line::{LineFormat, Stamp};
use crate::notices::{News, Notices};

/// More than this without a newline is no line of this room.
const LONGEST_REST: usize = 64 * 1024;

/// How the lines look on the wire.
#[derive(Clone, Copy, Debug)]
pub struct Wire {
    pub dialect: Dialect,
    pub format: LineFormat,
}

/// How a member leaves. (To vanish without a word takes a network of its own:
/// see the faults.)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Says `CLOSE123123` and waits to be let go.
    Sentinel,
    /// Closes its sending half (FIN) and waits to be let go.
    Fin,
    /// Closes the connection with whatever is unread.
    Close,
    /// Resets the connection (RST).
    Reset,
}

impl Way {
    pub const ALL: [Way; 4] = [Way::Sentinel, Way::Fin, Way::Close, Way::Reset];
}

/// Whether a socket may hold more than was just read from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drained {
    Yes,
    No,
}

pub struct Member {
    pub id: u32,
    pub welcomed: bool,
    pub ledger: Ledger,
    pub joined: Notices,
    pub left: Notices,
    stream: Option<TcpStream>,
    rest: Vec<u8>,
    out: Vec<u8>,
    sent: u32,
    /// The end of the stream is in the socket, perhaps behind more bytes.
    ending: bool,
}

impl Member {
    pub fn new(id: u32, stream: TcpStream) -> Member {
        Member {
            id,
            welcomed: false,
            ledger: Ledger::default(),
            joined: Notices::default(),
            left: Notices::default(),
            stream: Some(stream),
            rest: Vec::new(),
            out: Vec::new(),
            sent: 0,
            ending: false,
        }
    }

    pub fn is_here(&self) -> bool {
        self.stream.is_some()
    }

    /// How many lines it has sent so far.
    pub fn sent(&self) -> u32 {
        self.sent
    }

    /// Sends its next `count` lines, stamped with `micros`.
    pub fn say(&mut self, wire: Wire, count: u32, micros: u32) {
        for _ in 0..count {
            let stamp = Stamp {
                sender: self.id,
                number: self.sent,
                micros,
            };
            wire.dialect.write(wire.format, stamp, &mut self.out);
            self.sent += 1;
        }
        self.flush();
    }

    /// Writes down its next line without sending it.
    pub fn next_line(&mut self, wire: Wire, micros: u32) -> Vec<u8> {
        let stamp = Stamp {
            sender: self.id,
            number: self.sent,
            micros,
        };
        self.sent += 1;
        let mut line = Vec::new();
        wire.dialect.write(wire.format, stamp, &mut line);
        line
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
        self.flush();
    }

    /// Sends as much as the socket takes of what is waiting.
    pub fn flush(&mut self) {
        let Some(stream) = &mut self.stream else {
            return;
        };
        let mut done = 0;
        while done < self.out.len() {
            match stream.write(&self.out[done..]) {
                Ok(count) => done += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(_) => return self.close(),
            }
        }
        self.out.drain(..done);
    }

    /// The stream's end will be found by reading; nothing will tell of it again.
    pub fn expect_end(&mut self) {
        self.ending = true;
    }

    /// Reads once, through `buffer`, and books every whole line.
    pub fn receive(&mut self, wire: Wire, buffer: &mut [u8], book: &mut Book) -> Drained {
        let Some(stream) = &mut self.stream else {
            return Drained::Yes;
        };
        let kept = self.rest.len();
        buffer[..kept].copy_from_slice(&self.rest);
        match stream.read(&mut buffer[kept..]) {
            Ok(0) => self.lose(book),
            Ok(count) => {
                let filled = kept + count;
                self.take_in(wire, &buffer[..filled], book);
                return self.drained(filled < buffer.len());
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Drained::No,
            Err(_) => self.lose(book),
        }
        Drained::Yes
    }

    /// Leaves the room; those who wait to be let go still read.
    pub fn leave(&mut self, way: Way) {
        match (way, &self.stream) {
            (_, None) => {}
            (Way::Sentinel, _) => self.send(b"CLOSE123123\n"),
            (Way::Fin, Some(stream)) => {
                let _ = stream.shutdown(Shutdown::Write);
            }
            (Way::Close, _) => self.close(),
            (Way::Reset, Some(stream)) => {
                let _ = socket2::SockRef::from(stream).set_linger(Some(std::time::Duration::ZERO));
                self.close();
            }
        }
    }

    pub fn stream(&mut self) -> Option<&mut TcpStream> {
        self.stream.as_mut()
    }

    /// A read that did not fill the buffer has emptied the socket, where
    /// readiness is told again for new bytes (epoll, kqueue); Windows wants to
    /// see the refused read first.
    fn drained(&self, short: bool) -> Drained {
        if short && cfg!(unix) && !self.ending {
            Drained::Yes
        } else {
            Drained::No
        }
    }

    #[inline]
    fn take_in(&mut self, wire: Wire, bytes: &[u8], book: &mut Book) {
        let now = book.micros();
        let (mut asked, mut welcomes) = (false, 0);
        let (ledger, joined, left) = (&mut self.ledger, &mut self.joined, &mut self.left);
        let used = wire.dialect.scan(wire.format, bytes, |event| match event {
            Event::Chat(stamp) => {
                ledger.book(stamp.sender, stamp.number);
                book.delivery(stamp, now);
            }
            notice => {
                book.others += 1;
                match notice {
                    Event::Joined(who) => note(joined, who, ledger),
                    Event::Left(who) => note(left, who, ledger),
                    Event::Welcome => welcomes += 1,
                    Event::Ping => asked = true,
                    Event::Damaged => ledger.book_damaged(),
                    Event::Chat(_) | Event::Other => {}
                }
            }
        });
        if welcomes > 0 && !std::mem::replace(&mut self.welcomed, true) {
            book.welcomed += 1;
        }
        self.rest.clear();
        self.rest.extend_from_slice(&bytes[used..]);
        if self.rest.len() > LONGEST_REST {
            self.rest.clear();
            self.ledger.book_damaged();
        }
        if asked {
            self.send(b"PONG\r\n");
        }
    }

    /// The server has closed the connection.
    fn lose(&mut self, book: &mut Book) {
        book.closed += 1;
        self.close();
    }

    fn close(&mut self) {
        self.stream = None;
        self.out.clear();
    }
}

#[inline(never)]
fn note(notices: &mut Notices, who: u32, ledger: &mut Ledger) {
    if notices.note(who) == News::Again {
        ledger.book_doubled();
    }
}
