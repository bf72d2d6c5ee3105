//! All members of one run and the one thread that serves them: it polls, reads
//! what has come, books it, and sends what is waiting.

use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use mio::{Events, Interest, Poll, Token};

use crate::book::Book;
use crate::ledger::Flaws;
use crate::member::{Drained, Member, Way, Wire};
use crate::sources::Sources;

/// One read takes at most this much: it fits the second-level cache.
const READ: usize = 256 * 1024;
const EVENTS: usize = 4096;
/// So many may stand at the door at once; a listener's queue holds 128.
const AT_THE_DOOR: usize = 100;
/// A wait during which nothing at all arrives for so long has failed.
const PATIENCE: Duration = Duration::from_secs(10);
/// After so long without a byte nothing more is on its way.
const SILENCE: Duration = Duration::from_secs(3);

pub struct Room {
    pub wire: Wire,
    pub members: Vec<Member>,
    pub book: Book,
    pub sources: Sources,
    poll: Poll,
    events: Events,
    buffer: Vec<u8>,
    /// Seats whose sockets may hold more than the last read took.
    more: Vec<usize>,
}

/// How much the members know of each other's joining.
pub struct Joins {
    pub heard: u64,
    pub untold: u64,
}

impl Room {
    pub fn new(server: SocketAddr, wire: Wire) -> Result<Room> {
        Ok(Room {
            wire,
            members: Vec::new(),
            book: Book::new(),
            sources: Sources::new(server),
            poll: Poll::new().context("cannot poll sockets")?,
            events: Events::with_capacity(EVENTS),
            buffer: vec![0; READ],
            more: Vec::new(),
        })
    }

    /// Lets members join until there are `count`; tells `progress` how many are in.
    pub fn fill(&mut self, count: usize, mut progress: impl FnMut(usize)) -> Result<Duration> {
        let start = Instant::now();
        let mut inside = self.book.welcomed;
        while inside < count {
            while self.members.len() < count.min(inside + AT_THE_DOOR) {
                self.knock()?;
            }
            let before = inside;
            self.wait_until("a welcome", |room| room.book.welcomed > before)?;
            inside = self.book.welcomed;
            progress(inside);
        }
        Ok(start.elapsed())
    }

    /// Connects one more member, who says its nickname; returns its seat.
    pub fn knock(&mut self) -> Result<usize> {
        let seat = self.members.len();
        let stream = self.sources.connect()?;
        self.seat(seat, seat as u32, stream)?;
        Ok(seat)
    }

    /// Puts member `id` on `seat`, a new one or one whose member is gone.
    pub fn seat(&mut self, seat: usize, id: u32, stream: std::net::TcpStream) -> Result<()> {
        let mut stream = mio::net::TcpStream::from_std(stream);
        let interest = Interest::READABLE | Interest::WRITABLE;
        self.poll
            .registry()
            .register(&mut stream, Token(seat), interest)?;
        let mut member = Member::new(id, stream);
        member.send(self.wire.dialect.greeting(id).as_bytes());
        if seat == self.members.len() {
            self.members.push(member);
        } else {
            self.members[seat] = member;
        }
        Ok(())
    }

    /// From now on nothing is read for this member.
    pub fn stop_reading(&mut self, seat: usize) -> Result<()> {
        if let Some(stream) = self.members[seat].stream() {
            self.poll.registry().deregister(stream)?;
        }
        Ok(())
    }

    /// Waits at most `wait` for something to arrive, and takes all of it in.
    pub fn pump(&mut self, wait: Duration) -> Result<()> {
        let wait = if self.more.is_empty() {
            wait
        } else {
            Duration::ZERO
        };
        match self.poll.poll(&mut self.events, Some(wait)) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error.into()),
            _ => {}
        }
        let mut ready = std::mem::take(&mut self.more);
        for event in &self.events {
            let seat = event.token().0;
            ready.push(seat);
            if event.is_read_closed() {
                self.members[seat].expect_end();
            }
        }
        for seat in ready.drain(..) {
            self.serve(seat);
        }
        if self.more.is_empty() {
            self.more = ready;
        }
        Ok(())
    }

    /// Pumps until `done`; fails when for a long time nothing has come at all.
    pub fn wait_until(&mut self, what: &str, done: impl Fn(&Room) -> bool) -> Result<()> {
        let came = self.pump_until(PATIENCE, done)?;
        let seconds = PATIENCE.as_secs();
        ensure!(came, "waited for {what}, but nothing came for {seconds} s");
        Ok(())
    }

    /// Pumps until the first `receivers` members have heard all that was sent, or
    /// nothing comes any more: what is missing then is for the ledgers to say.
    pub fn settle(&mut self, receivers: usize) -> Result<()> {
        self.pump_until(SILENCE, |room| room.is_settled(receivers))?;
        Ok(())
    }

    /// Pumps until `done` (true) or nothing has come for as long as `patience`.
    fn pump_until(&mut self, patience: Duration, done: impl Fn(&Room) -> bool) -> Result<bool> {
        let mut last = (Instant::now(), self.book.pulse());
        while !done(self) {
            if last.0.elapsed() > patience {
                return Ok(false);
            }
            self.pump(Duration::from_millis(10))?;
            if self.book.pulse() != last.1 {
                last = (Instant::now(), self.book.pulse());
            }
        }
        Ok(true)
    }

    /// Everyone leaves this way and is let go.
    pub fn empty(&mut self, way: Way) -> Result<()> {
        for member in &mut self.members {
            member.leave(way);
        }
        self.wait_until("all connections to be closed", |room| {
            room.members.iter().all(|member| !member.is_here())
        })
    }

    /// Waits until, of any two members, one has heard the other join, whichever
    /// came later, and everyone itself; or until nothing comes any more.
    pub fn hear_all_joins(&mut self) -> Result<Joins> {
        let count = self.members.len() as u64;
        let due = count * (count + 1) / 2;
        self.pump_until(SILENCE, |room| {
            room.joins_heard() >= due && room.joins_untold() == 0
        })?;
        let (heard, untold) = (self.joins_heard(), self.joins_untold());
        Ok(Joins { heard, untold })
    }

    fn joins_heard(&self) -> u64 {
        self.members
            .iter()
            .map(|member| member.joined.count())
            .sum()
    }

    fn joins_untold(&self) -> u64 {
        let members = &self.members;
        let told = |a: usize, b: usize| members[a].joined.has(members[b].id);
        let untold = |a: usize| (a..members.len()).filter(move |&b| !told(a, b) && !told(b, a));
        (0..members.len()).map(|a| untold(a).count() as u64).sum()
    }

    /// Whose hearing tells that a line of `sender` has been round: the sender's
    /// own, or its neighbour's where nobody hears oneself.
    pub fn witness(&self, sender: usize) -> usize {
        if self.wire.dialect.echoes() {
            sender
        } else {
            (sender + 1) % self.members.len()
        }
    }

    /// How many lines of `sender` are on their way.
    pub fn in_flight(&self, sender: usize) -> u32 {
        let heard = self.members[self.witness(sender)]
            .ledger
            .heard(sender as u32);
        self.members[sender].sent().saturating_sub(heard)
    }

    /// `sender` says its next `count` lines now.
    pub fn say(&mut self, sender: usize, count: u32) {
        let micros = self.book.micros();
        self.members[sender].say(self.wire, count, micros);
    }

    /// What the first `receivers` members have not heard of all that was sent, or
    /// have heard wrong.
    pub fn flaws(&self, receivers: usize) -> Flaws {
        let sent: Vec<u32> = self.members.iter().map(Member::sent).collect();
        let senders = sent.iter().rposition(|&sent| sent > 0);
        let sent = &sent[..senders.map_or(0, |last| last + 1)];
        let mut flaws = Flaws::default();
        for member in &self.members[..receivers] {
            let mut due = sent.to_vec();
            if let Some(own) = due.get_mut(member.id as usize) {
                *own *= u32::from(self.wire.dialect.echoes());
            }
            flaws += member.ledger.flaws(&due);
        }
        flaws
    }

    fn is_settled(&self, receivers: usize) -> bool {
        let echoes = self.wire.dialect.echoes();
        let mut senders = self.members.iter().filter(|member| member.sent() > 0);
        senders.all(|sender| {
            self.members[..receivers].iter().all(|member| {
                let deaf = !echoes && member.id == sender.id;
                deaf || member.ledger.heard(sender.id) >= sender.sent()
            })
        })
    }

    fn serve(&mut self, seat: usize) {
        let member = &mut self.members[seat];
        member.flush();
        let (wire, buffer) = (self.wire, &mut self.buffer);
        if member.receive(wire, buffer, &mut self.book) == Drained::No {
            self.more.push(seat);
        }
    }
}
