//! The check's end of a TCP connection, with a name in the story.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

use crate::language::{apart, say};
use crate::observation::{Observation, quote, seconds};
use crate::patience::{Wait, patience};
use crate::story::Story;

/// When nothing is taken for so long, nothing will be until something is read.
const FULL: Duration = Duration::from_millis(100);

/// Somebody at the other end of the program's socket.
pub struct Peer {
    name: String,
    pub(crate) stream: TcpStream,
    pub(crate) story: Story,
    /// Bytes that were read from the socket and not yet checked.
    pub(crate) received: Vec<u8>,
    /// The last text was heard without looking at how its line ends.
    pub(crate) line_may_end: bool,
}

impl Peer {
    /// Connects to `address`, or fails the check.
    pub(crate) fn connect(story: &Story, name: &str, address: SocketAddr) -> Peer {
        match TcpStream::connect_timeout(&address, patience()) {
            Ok(stream) => Peer::over(story, name, stream),
            Err(error) => {
                let (name, address) = (apart(name), apart(address));
                let should = say!(
                    "{name} should get a connection to {address}",
                    "كان يجب أن يحصل {name} على اتصال بالعنوان {address}"
                );
                story.fails(should, Observation::Broke(error))
            }
        }
    }

    /// Wraps an established connection.
    pub(crate) fn over(story: &Story, name: &str, stream: TcpStream) -> Peer {
        // Each write shall leave at once: the checks decide what is sent together.
        let _ = stream.set_nodelay(true);
        let peer = Peer {
            name: name.to_string(),
            stream,
            story: story.clone(),
            received: Vec::new(),
            line_may_end: false,
        };
        let (name, address) = (peer.shown_name(), apart(peer.address()));
        story.step(say!(
            "{name} is connected ({address})",
            "{name} متصل ({address})"
        ));
        peer
    }

    /// This end's address, as the program under check sees it.
    pub fn address(&self) -> SocketAddr {
        let address = self.stream.local_addr();
        address.expect("a connected socket has an address")
    }

    /// Sends `text` in one write. A line needs its `\n`.
    pub fn sends(&mut self, text: &str) {
        self.sends_bytes(text.as_bytes());
    }

    /// Sends `bytes`, or fails the check if the program does not read them.
    pub fn sends_bytes(&mut self, bytes: &[u8]) {
        if let Err((taken, error)) = self.write(bytes) {
            let (name, shown) = (self.shown_name(), apart(quote(bytes)));
            let should = say!(
                "what {name} sends ({shown}) should be taken",
                "كان يجب أن يؤخذ ما يرسله {name} ({shown})"
            );
            let observed = match error {
                Some(error) => Observation::Broke(error),
                None => Observation::AcceptedOnly(taken, bytes.len()),
            };
            self.story.fails(should, observed);
        }
        let (name, sent) = (self.shown_name(), apart(quote(bytes)));
        self.story
            .step(say!("{name} sent {sent}", "أرسل {name} {sent}"));
    }

    /// Sends as much of `bytes` as is taken and returns how much that was: for
    /// floods that the other side may cut off.
    pub fn sends_what_is_taken(&mut self, bytes: &[u8]) -> usize {
        let taken = match self.write(bytes) {
            Ok(()) => bytes.len(),
            Err((taken, _)) => taken,
        };
        let (name, taken_shown, all) = (self.shown_name(), apart(taken), apart(bytes.len()));
        self.story.step(say!(
            "{name} sent {taken_shown} of {all} bytes",
            "أرسل {name} من البايتات {taken_shown} من {all}"
        ));
        taken
    }

    /// Sends `bytes` without hearing anything, until no more is taken, and returns
    /// how many were: then everything between here and there is full.
    pub fn sends_until_nothing_more_is_taken(&mut self, bytes: &[u8]) -> usize {
        let _ = self.stream.set_write_timeout(Some(FULL));
        let mut taken = 0;
        while taken < bytes.len() {
            match (&self.stream).write(&bytes[taken..]) {
                Ok(count) => taken += count,
                Err(_) => break,
            }
        }
        let _ = self.stream.set_write_timeout(None);
        let (name, taken_shown) = (self.shown_name(), apart(taken));
        self.story.step(say!(
            "{name} sent {taken_shown} bytes and read nothing, until no more was taken",
            "أرسل {name} بايتات عددها {taken_shown} ولم يقرأ شيئًا، حتى لم يعد يؤخذ المزيد"
        ));
        taken
    }

    /// Sends `bytes` from a thread of its own, while the check goes on to read.
    pub fn sends_meanwhile(&mut self, bytes: Vec<u8>) {
        let (name, sent) = (self.shown_name(), apart(quote(&bytes)));
        self.story.step(say!(
            "{name} began to send {sent}",
            "بدأ {name} يرسل {sent}"
        ));
        let mut stream = self.stream.try_clone().expect("a socket can be cloned");
        // What is not taken shows in what does not come back.
        thread::spawn(move || stream.write_all(&bytes));
    }

    fn write(&self, bytes: &[u8]) -> Result<(), (usize, Option<std::io::Error>)> {
        let mut taken = 0;
        let mut wait = Wait::new();
        while taken < bytes.len() {
            let turn = wait
                .next_turn(|| self.story.has_work())
                .ok_or((taken, None))?;
            let _ = self.stream.set_write_timeout(Some(turn));
            match (&self.stream).write(&bytes[taken..]) {
                Ok(count) => {
                    taken += count;
                    wait = Wait::new();
                }
                Err(error) if is_only_time(&error) => {}
                Err(error) => return Err((taken, Some(error))),
            }
        }
        let _ = self.stream.set_write_timeout(None);
        Ok(())
    }

    /// Sends nothing for `time`, as a person who thinks. The time is what is checked
    /// here; nothing is waited for.
    pub fn is_silent_for(&mut self, time: Duration) {
        let (name, shown) = (self.shown_name(), apart(seconds(time)));
        thread::sleep(time);
        self.story.step(say!(
            "{name} sent nothing for {shown}",
            "لم يرسل {name} شيئًا مدة {shown}"
        ));
    }

    /// Shuts down the sending half and keeps reading.
    pub fn closes_its_sending_half(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
        let name = self.shown_name();
        self.story.step(say!(
            "{name} closed its sending half",
            "أغلق {name} جهة إرساله"
        ));
    }

    /// Closes the connection in order. What has come is read first: a socket
    /// that is closed with bytes unread resets the connection instead.
    pub fn leaves(mut self) {
        let _ = self.stream.set_nonblocking(true);
        let mut unread = [0; 4096];
        while matches!(self.stream.read(&mut unread), Ok(1..)) {}
        let name = self.shown_name();
        self.story
            .step(say!("{name} closed the connection", "أغلق {name} الاتصال"));
    }

    /// Breaks the connection: a socket that is closed with bytes unread resets
    /// it. The program must have sent something that was not heard yet.
    pub fn vanishes(self) {
        let mut wait = Wait::new();
        while let Some(turn) = wait.next_turn(|| self.story.has_work()) {
            let _ = self.stream.set_read_timeout(Some(turn));
            if !matches!(self.stream.peek(&mut [0]), Err(error) if is_only_time(&error)) {
                break;
            }
        }
        let name = self.shown_name();
        self.story.step(say!(
            "{name} vanished (its connection was reset)",
            "اختفى {name} (قُطع اتصاله بمقطع RST)"
        ));
    }

    pub(crate) fn shown_name(&self) -> String {
        apart(&self.name)
    }
}

/// The turn is over, or a signal came: not an error of the connection.
pub(crate) fn is_only_time(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
    )
}
