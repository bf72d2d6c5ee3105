//! The broadcaster: one thread that owns the list of members and writes to all.
//!
//! ```text
//!   visitor ──┐                              ┌──▶ member's socket
//!   visitor ──┼─▶ events ─▶ broadcaster ─────┼──▶ member's socket
//!   visitor ──┘  (bounded)  (owns members)   └──▶ member's outbox, when it is slow
//! ```
//!
//! It takes whatever events have gathered, lays all their text into one buffer
//! and gives each member one write: under load a write carries hundreds of
//! lines, in quiet it carries one. Nobody else touches the list, so no lock is
//! held while writing, and the order of lines is the same for all.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::limits::{self, Limits};
use crate::line::Framing;
use crate::member::Member;
use crate::news::{Bulletin, News};
use crate::{nickname, warn};

/// The way into the room: bounded, so that a flood slows those who send it.
pub type Room = SyncSender<Event>;

/// The number of a client's connection, never used twice.
pub type Id = u64;

pub enum Event {
    /// Somebody wants to be in; where the room answers whether they are.
    Joins(Newcomer, SyncSender<Result<(), String>>),
    /// Whole lines, each with the speaker's nickname before it.
    Says(Id, Vec<u8>),
    /// A word for this client alone.
    Hears(Id, &'static str),
    Leaves(Id, Departure),
}

/// How somebody leaves the room.
pub enum Departure {
    /// By itself: the sentinel, the end of its stream, a connection that broke.
    OfItself,
    /// The room lets it go, for this reason.
    LetGo(String),
}

pub struct Newcomer {
    pub id: Id,
    pub nickname: String,
    pub framing: Framing,
    pub stream: Arc<TcpStream>,
}

/// Starts the broadcaster; it runs as long as the program.
///
/// # Errors
/// When the system has no thread to give.
pub fn open(limits: Limits) -> io::Result<Room> {
    let (room, events) = sync_channel(limits::EVENTS);
    let broadcaster = Broadcaster::new(limits, room.clone());
    thread::Builder::new()
        .name("broadcaster".to_string())
        .spawn(move || broadcaster.run(&events))?;
    Ok(room)
}

struct Broadcaster {
    limits: Limits,
    /// For the members, whose outboxes report who has stopped reading.
    room: Room,
    members: HashMap<Id, Member>,
    /// The keys of the nicknames that are taken.
    names: HashSet<String>,
    bulletin: Bulletin,
    /// Lines for standard output, written after the news.
    log: Vec<u8>,
}

impl Broadcaster {
    fn new(limits: Limits, room: Room) -> Self {
        Broadcaster {
            limits,
            room,
            members: HashMap::new(),
            names: HashSet::new(),
            bulletin: Bulletin::default(),
            log: Vec::new(),
        }
    }

    fn run(mut self, events: &Receiver<Event>) {
        while let Ok(event) = events.recv() {
            self.take(event);
            self.take_what_waits(events);
            self.tell_everyone();
        }
    }

    /// Takes the events that have gathered, until there is text enough for a write.
    fn take_what_waits(&mut self, events: &Receiver<Event>) {
        while self.bulletin.len() < limits::BATCH {
            let Ok(event) = events.try_recv() else { break };
            self.take(event);
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Joins(newcomer, answer) => drop(answer.send(self.admit(newcomer))),
            Event::Says(id, lines) if self.members.contains_key(&id) => self.bulletin.add(&lines),
            Event::Says(..) => {}
            Event::Hears(id, word) => self.tell(id, word),
            Event::Leaves(id, how) => self.see_off(id, how),
        }
    }

    // TASK 3.2: joining.
    /// Takes a newcomer in, or says why not.
    fn admit(&mut self, newcomer: Newcomer) -> Result<(), String> {
        let (id, framing) = (newcomer.id, newcomer.framing);
        let key = nickname::key(&newcomer.nickname);
        if self.names.contains(&key) {
            return Err("it is taken".to_string());
        }
        let mut member = Member::new(newcomer, self.limits, self.room.clone());
        self.names.insert(key);
        self.bulletin.unframed_readers += usize::from(framing == Framing::Unframed);
        member.skip(self.bulletin.in_framing(framing).bytes().len());
        let nickname = member.nickname.clone();
        self.members.insert(id, member);
        self.log(format_args!("Nickname is {nickname}"));
        self.bulletin
            .add(format!("{nickname} joined!\n").as_bytes());
        self.tell(id, "Connected to server!");
        Ok(())
    }

    // TASK 3.4: leaving.
    /// A member is gone: off the list, its nickname free, the others told.
    fn see_off(&mut self, id: Id, how: Departure) {
        let Some(mut member) = self.members.remove(&id) else {
            return;
        };
        match how {
            Departure::OfItself => {
                // Its last words are still among the news, and it hears them too.
                let _ = member.deliver(self.bulletin.in_framing(member.framing));
                member.close();
            }
            Departure::LetGo(reason) => {
                member.cut_off();
                warn(&format!("{} was let go: {reason}", member.nickname));
            }
        }
        self.names.remove(&nickname::key(&member.nickname));
        self.bulletin.unframed_readers -= usize::from(member.framing == Framing::Unframed);
        self.log(format_args!("{} left!", member.nickname));
        self.bulletin
            .add(format!("{} left!\n", member.nickname).as_bytes());
    }

    /// Says `word` to one member alone, after the news up to now.
    fn tell(&mut self, id: Id, word: &str) {
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        let news = self.bulletin.in_framing(member.framing);
        let word = match member.framing {
            Framing::Lines => News::from(format!("{word}\n").as_str()),
            Framing::Unframed => News::from(word),
        };
        let told = member.deliver(news).and_then(|()| member.deliver(&word));
        member.skip(news.bytes().len());
        if let Err(how) = told {
            self.see_off(id, how);
        }
    }

    // TASK 3.3: broadcast.
    /// Gives everyone the news. Who cannot be given them is let go, which is
    /// news again; the loop ends because each turn leaves fewer members.
    fn tell_everyone(&mut self) {
        loop {
            let mut lost = Vec::new();
            for (id, member) in &mut self.members {
                let news = self.bulletin.in_framing(member.framing);
                if let Err(how) = member.deliver(news) {
                    lost.push((*id, how));
                }
            }
            self.bulletin.clear();
            if lost.is_empty() {
                break;
            }
            for (id, how) in lost {
                self.see_off(id, how);
            }
        }
        // A reader of the log who has gone is no reason to stop.
        let _ = io::stdout().write_all(&self.log);
        self.log.clear();
    }

    fn log(&mut self, line: std::fmt::Arguments) {
        let _ = writeln!(self.log, "{line}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{connection, limits};

    /// A room in which one reads lines and one does not; all is told.
    fn broadcaster() -> (Broadcaster, [TcpStream; 2]) {
        let mut broadcaster = Broadcaster::new(limits(), sync_channel(1).0);
        let peers = [(1, Framing::Lines), (2, Framing::Unframed)].map(|(id, framing)| {
            let (stream, peer) = connection();
            let newcomer = Newcomer {
                id,
                nickname: format!("guest{id}"),
                framing,
                stream,
            };
            assert_eq!(broadcaster.admit(newcomer), Ok(()));
            peer
        });
        broadcaster.log.clear();
        broadcaster.tell_everyone();
        (broadcaster, peers)
    }

    #[test]
    fn a_turn_takes_one_batch_and_leaves_the_rest() {
        let (mut broadcaster, _peers) = broadcaster();
        let (room, events) = sync_channel(3);
        for _ in 0..3 {
            let half = vec![b'x'; limits::BATCH / 2];
            room.send(Event::Says(1, half)).expect("it is open");
        }
        broadcaster.take_what_waits(&events);
        assert_eq!(broadcaster.bulletin.len(), limits::BATCH);
        assert!(events.try_recv().is_ok());
    }

    #[test]
    fn who_has_left_is_not_heard_any_more() {
        let (mut broadcaster, _peers) = broadcaster();
        broadcaster.take(Event::Says(3, b"guest3: boo\n".to_vec()));
        assert_eq!(broadcaster.bulletin.len(), 0);
    }

    #[test]
    fn news_without_newlines_are_made_only_while_somebody_reads_them() {
        let (mut broadcaster, _peers) = broadcaster();
        broadcaster.take(Event::Leaves(2, Departure::OfItself));
        broadcaster.take(Event::Says(1, b"guest1: hi\n".to_vec()));
        let news = broadcaster.bulletin.in_framing(Framing::Unframed);
        assert_eq!(news.bytes(), b"");
    }
}
