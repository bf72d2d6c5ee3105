//! Somebody in the room, as the broadcaster sees them.

use std::io::{ErrorKind, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;

use crate::limits::Limits;
use crate::line::Framing;
use crate::news::News;
use crate::outbox::{Added, Outbox, is_time};
use crate::room::{Departure, Event, Id, Newcomer, Room};

pub struct Member {
    pub nickname: String,
    pub framing: Framing,
    id: Id,
    stream: Arc<TcpStream>,
    /// The byte of the current news from which on they are new to this member.
    new_from: usize,
    /// Where the news wait while this member is behind.
    outbox: Option<Arc<Outbox>>,
    limits: Limits,
    /// Where the outbox reports that this member has stopped reading.
    room: Room,
}

impl Member {
    pub fn new(newcomer: Newcomer, limits: Limits, room: Room) -> Self {
        Member {
            nickname: newcomer.nickname,
            framing: newcomer.framing,
            id: newcomer.id,
            stream: newcomer.stream,
            new_from: 0,
            outbox: None,
            limits,
            room,
        }
    }

    /// The first `place` bytes of the current news do not concern this member:
    /// it has them, or came later.
    pub fn skip(&mut self, place: usize) {
        self.new_from = place;
    }

    /// Gives the member what is new to it, without waiting for it: what its
    /// socket does not take goes to its outbox.
    ///
    /// # Errors
    /// How the member departs, when it cannot be given them.
    pub fn deliver(&mut self, news: &News) -> Result<(), Departure> {
        let from = std::mem::take(&mut self.new_from);
        if from == news.bytes().len() {
            return Ok(());
        }
        if let Some(outbox) = &self.outbox {
            match outbox.add((news.shared(), from)) {
                Added::Waits => return Ok(()),
                Added::CaughtUp => self.outbox = None,
                Added::Full => {
                    let limit = self.limits.outbox() / 1024;
                    let reason = format!("it fell more than {limit} KiB behind");
                    return Err(Departure::LetGo(reason));
                }
            }
        }
        let place = from + self.write(&news.bytes()[from..])?;
        match place < news.bytes().len() {
            true => self.fall_behind(news, place),
            false => Ok(()),
        }
    }

    /// Closes the connection; a member that is behind gets what waits for it first.
    pub fn close(&self) {
        match &self.outbox {
            Some(outbox) => outbox.close(),
            None => self.cut_off(),
        }
    }

    /// Closes the connection at once, whatever waits.
    pub fn cut_off(&self) {
        let _ = self.stream.shutdown(Shutdown::Both);
    }

    /// Writes what the socket takes now; possibly nothing. Only for this moment
    /// the socket does not block: a time limit would cost a tick of the system's
    /// clock for each member that has stopped reading, and everyone would wait.
    fn write(&self, bytes: &[u8]) -> Result<usize, Departure> {
        let now = self.stream.set_nonblocking(true);
        let written = now.and_then(|()| (&*self.stream).write(bytes));
        let again = self.stream.set_nonblocking(false);
        match again.and(written) {
            Ok(count) => Ok(count),
            Err(error) if is_time(&error) || error.kind() == ErrorKind::Interrupted => Ok(0),
            Err(_) => Err(Departure::OfItself),
        }
    }

    // TASK 3.7: one that stops reading must not stall or swell the room.
    /// From here on an outbox writes, until this member has caught up.
    fn fall_behind(&mut self, news: &News, place: usize) -> Result<(), Departure> {
        let (room, id) = (self.room.clone(), self.id);
        let departs = move |how| drop(room.send(Event::Leaves(id, how)));
        let text = (news.shared(), place);
        let outbox =
            Outbox::open(self.stream.clone(), text, self.limits, departs).map_err(|error| {
                Departure::LetGo(format!("there is no thread for its outbox ({error})"))
            })?;
        self.outbox = Some(outbox);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::sync::mpsc::sync_channel;

    use super::*;
    use crate::testing::{broken_connection, connection, full_connection, limits};

    fn member(stream: &Arc<TcpStream>) -> Member {
        let newcomer = Newcomer {
            id: 1,
            nickname: "amal".to_string(),
            framing: Framing::Lines,
            stream: stream.clone(),
        };
        Member::new(newcomer, limits(), sync_channel(1).0)
    }

    #[test]
    fn a_socket_that_takes_nothing_gets_it_later() {
        let (stream, mut peer) = full_connection();
        let mut member = member(&stream);
        drop(stream);
        assert!(member.deliver(&News::from("hi\n")).is_ok());
        member.close();
        drop(member);
        let mut heard = Vec::new();
        peer.read_to_end(&mut heard).expect("it is closed in order");
        assert!(heard.ends_with(b".hi\n"));
    }

    #[test]
    fn who_is_not_behind_is_closed_at_once() {
        let (stream, mut peer) = connection();
        member(&stream).close();
        assert_eq!(peer.read(&mut [0]).expect("it is closed in order"), 0);
    }

    #[test]
    fn a_broken_connection_is_a_leaving() {
        let mut member = member(&broken_connection());
        let delivered = member.deliver(&News::from("hi\n"));
        assert!(matches!(delivered, Err(Departure::OfItself)));
    }
}
