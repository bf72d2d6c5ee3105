//! The broadcaster: one thread that owns the members and writes to all of them.
//!
//! It drains the event queue, concatenates the text into one batch, and writes the
//! batch to each member once: hundreds of lines per write under load, one line when it
//! is quiet. Only this thread uses the list, so it needs no lock, and the order of lines
//! is the same for all.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use lab_cli::warn;

use crate::limits;
use crate::member::Member;
use crate::protocol::nickname_key;

/// Sends events to the broadcaster; blocks while the queue is full.
pub type Room = SyncSender<Event>;

/// The number of a connection, never used twice.
pub type Id = u64;

pub enum Event {
    /// A client wants to join; the answer is why it cannot.
    Join(Id, Member, SyncSender<Result<(), String>>),
    /// Whole lines of this client's.
    Lines(Id, Vec<u8>),
    /// A line for this client alone.
    Notice(Id, &'static str),
    Leave(Id),
}

/// Starts the broadcaster; it runs as long as the program.
///
/// # Errors
/// If the operating system cannot spawn a thread.
pub fn open() -> io::Result<Room> {
    let (room, events) = sync_channel(limits::EVENTS);
    let broadcaster = Broadcaster::default();
    thread::Builder::new()
        .name("broadcaster".to_string())
        .spawn(move || broadcaster.run(&events))?;
    Ok(room)
}

#[derive(Default)]
struct Broadcaster {
    members: HashMap<Id, Member>,
    /// The keys of the nicknames in use.
    nicknames: HashSet<String>,
    /// Lines for everyone since the last write.
    batch: Vec<u8>,
    /// Lines for standard output since the last write.
    log: Vec<u8>,
}

impl Broadcaster {
    fn run(mut self, events: &Receiver<Event>) {
        while let Ok(event) = events.recv() {
            self.handle(event);
            while self.batch.len() < limits::BATCH {
                let Ok(event) = events.try_recv() else { break };
                self.handle(event);
            }
            self.broadcast();
        }
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Join(id, member, answer) => drop(answer.send(self.join(id, member))),
            Event::Lines(id, lines) if self.members.contains_key(&id) => self.batch.extend(lines),
            Event::Lines(..) => {}
            Event::Notice(id, notice) => self.notify(id, notice),
            Event::Leave(id) => self.leave(id),
        }
    }

    fn join(&mut self, id: Id, mut member: Member) -> Result<(), String> {
        if !self.nicknames.insert(nickname_key(&member.nickname)) {
            return Err("it is taken".to_string());
        }
        member.skip = self.batch.len();
        self.announce(&format!("Nickname is {}", member.nickname));
        self.batch
            .extend(format!("{} joined!\n", member.nickname).bytes());
        self.members.insert(id, member);
        self.notify(id, "Connected to server!");
        Ok(())
    }

    /// Sends one line to one member, after the lines of the batch so far.
    fn notify(&mut self, id: Id, line: &str) {
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        let batch: Arc<[u8]> = self.batch.as_slice().into();
        let line: Arc<[u8]> = format!("{line}\n").into_bytes().into();
        let written = member.write(&batch).and_then(|()| member.write(&line));
        member.skip = batch.len();
        if let Err(error) = written {
            self.disconnect(id, &error);
        }
    }

    /// Removes a member that has left; its last lines may still be in the batch.
    fn leave(&mut self, id: Id) {
        if let Some(mut member) = self.members.remove(&id) {
            let _ = member.write(&self.batch.as_slice().into());
            self.removed(&member.nickname);
            member.close();
        }
    }

    /// Removes a member that cannot be written to.
    fn disconnect(&mut self, id: Id, error: &io::Error) {
        if let Some(member) = self.members.remove(&id) {
            member.abort();
            // Other errors are the client's: it reset the connection, or closed it.
            if error.kind() == io::ErrorKind::Other {
                warn(&format!("{} was disconnected: {error}", member.nickname));
            }
            self.removed(&member.nickname);
        }
    }

    fn removed(&mut self, nickname: &str) {
        self.nicknames.remove(&nickname_key(nickname));
        self.announce(&format!("{nickname} left!"));
        self.batch.extend(format!("{nickname} left!\n").bytes());
    }

    /// Writes the batch to every member. A member that cannot be written to leaves,
    /// which is a new batch; the loop ends because each round has fewer members.
    fn broadcast(&mut self) {
        while !self.batch.is_empty() {
            let batch: Arc<[u8]> = self.batch.as_slice().into();
            self.batch.clear();
            let mut failed = Vec::new();
            for (id, member) in &mut self.members {
                if let Err(error) = member.write(&batch) {
                    failed.push((*id, error));
                }
            }
            for (id, error) in failed {
                self.disconnect(id, &error);
            }
        }
        // Ignore a closed standard output: the server keeps running.
        let _ = io::stdout().write_all(&self.log);
        self.log.clear();
    }

    fn announce(&mut self, line: &str) {
        self.log.extend(format!("{line}\n").bytes());
    }
}
