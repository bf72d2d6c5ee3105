//! How a server is spoken to: the course's room, or a peer with words of its own.
//!
//! | | room | nats | ncat |
//! |---|---|---|---|
//! | greeting | the nickname and a newline | `CONNECT`, `SUB room 1`, `PING` | nothing |
//! | welcome | `Connected to server!` | `PONG` | `<announce> already connected…` |
//! | a line to the room | the line | `PUB room 32`, the line | the line |
//! | the same line, arriving | the line | `MSG room 1 32`, the line | the line, perhaps after `<user7> ` |
//! | heard by its author | yes | yes | no |

use clap::ValueEnum;

use crate::line::{LineFormat, Stamp, member_of, nickname};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Dialect {
    /// The course's line format.
    Room,
    /// NATS: every member publishes and subscribes to one subject.
    Nats,
    /// ncat --chat: lines without nicknames, no echo to the author.
    Ncat,
}

/// What one arriving line turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    Chat(Stamp),
    Joined(u32),
    Left(u32),
    Welcome,
    /// The server asks whether we are there and wants `PONG`.
    Ping,
    /// The server's own small talk.
    Other,
    /// None of these: a line that nobody sent.
    Damaged,
}

impl Dialect {
    /// What a newcomer says first.
    pub fn greeting(self, member: u32) -> String {
        match self {
            Dialect::Room => format!("{}\n", nickname(member)),
            Dialect::Nats => "CONNECT {\"verbose\":false,\"pedantic\":false}\r\n\
                 SUB room 1\r\nPING\r\n"
                .to_owned(),
            Dialect::Ncat => String::new(),
        }
    }

    /// Whether an author hears its own lines, and thus when its turn is over.
    pub fn echoes(self) -> bool {
        self != Dialect::Ncat
    }

    /// Whether joining and leaving is told to the room by nickname.
    pub fn announces(self) -> bool {
        self == Dialect::Room
    }

    /// Appends what puts the line of `stamp` into the room.
    pub fn write(self, format: LineFormat, stamp: Stamp, out: &mut Vec<u8>) {
        if self != Dialect::Nats {
            return format.write(stamp, out);
        }
        out.extend_from_slice(format!("PUB room {}\r\n", format.length()).as_bytes());
        format.write(stamp, out);
        out.extend_from_slice(b"\r\n");
    }

    /// Tells `each` of every whole line in `bytes`; returns how many bytes those were.
    #[inline]
    pub fn scan(self, format: LineFormat, bytes: &[u8], each: impl FnMut(Event)) -> usize {
        match self {
            Dialect::Room => scan_lines(format, bytes, classify_room, each),
            Dialect::Nats => scan_nats(format, bytes, each),
            Dialect::Ncat => scan_lines(format, bytes, classify_ncat, each),
        }
    }
}

#[inline]
fn scan_lines(
    format: LineFormat,
    bytes: &[u8],
    classify: fn(LineFormat, &[u8]) -> Event,
    mut each: impl FnMut(Event),
) -> usize {
    let mut at = 0;
    loop {
        let rest = &bytes[at..];
        if let Some(stamp) = format.read(rest) {
            each(Event::Chat(stamp));
            at += format.length();
        } else if let Some(end) = line_end(rest) {
            each(classify(format, &rest[..end]));
            at += end;
        } else {
            return at;
        }
    }
}

/// Where the line at the start of `bytes` ends, behind its newline.
fn line_end(bytes: &[u8]) -> Option<usize> {
    Some(bytes.iter().position(|&byte| byte == b'\n')? + 1)
}

fn classify_room(_: LineFormat, line: &[u8]) -> Event {
    let text = line.trim_ascii_end();
    if let Some(who) = text.strip_suffix(b" joined!").and_then(member_of) {
        return Event::Joined(who);
    }
    if let Some(who) = text.strip_suffix(b" left!").and_then(member_of) {
        return Event::Left(who);
    }
    match text {
        b"Connected to server!" => Event::Welcome,
        _ => Event::Damaged,
    }
}

fn classify_ncat(format: LineFormat, line: &[u8]) -> Event {
    if line.starts_with(b"<announce> already connected") {
        return Event::Welcome;
    }
    if line.starts_with(b"<announce> ") {
        return Event::Other;
    }
    let said = line
        .iter()
        .position(|&byte| byte == b' ')
        .map(|end| &line[end + 1..]);
    let stamp = said
        .filter(|_| line.starts_with(b"<user"))
        .and_then(|said| format.read(said));
    stamp.map_or(Event::Damaged, Event::Chat)
}

#[inline]
fn scan_nats(format: LineFormat, bytes: &[u8], mut each: impl FnMut(Event)) -> usize {
    let header = format!("MSG room 1 {}\r\n", format.length());
    let whole = header.len() + format.length() + 2;
    let mut at = 0;
    loop {
        let rest = &bytes[at..];
        if rest.starts_with(header.as_bytes()) {
            if rest.len() < whole {
                return at;
            }
            each(
                format
                    .read(&rest[header.len()..])
                    .map_or(Event::Damaged, Event::Chat),
            );
            at += whole;
        } else if let Some(end) = line_end(rest) {
            each(classify_nats(&rest[..end]));
            at += end;
        } else {
            return at;
        }
    }
}

fn classify_nats(line: &[u8]) -> Event {
    match line.trim_ascii_end() {
        b"PONG" => Event::Welcome,
        b"PING" => Event::Ping,
        text if text.starts_with(b"INFO ") => Event::Other,
        _ => Event::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMAT: fn() -> LineFormat = || LineFormat::new(32);

    fn stamp(number: u32) -> Stamp {
        Stamp {
            sender: 7,
            number,
            micros: 5,
        }
    }

    /// The events of `bytes`, given in two pieces cut at `cut`.
    fn events(dialect: Dialect, bytes: &[u8], cut: usize) -> Vec<Event> {
        let mut seen = Vec::new();
        let used = dialect.scan(FORMAT(), &bytes[..cut], |event| seen.push(event));
        dialect.scan(FORMAT(), &bytes[used..], |event| seen.push(event));
        seen
    }

    #[test]
    fn a_stream_cut_anywhere_means_the_same() {
        let mut room = b"c00007 joined!\nConnected to server!\n".to_vec();
        FORMAT().write(stamp(0), &mut room);
        FORMAT().write(stamp(1), &mut room);
        room.extend_from_slice(b"c00007 left!\n");
        let expected = [
            Event::Joined(7),
            Event::Welcome,
            Event::Chat(stamp(0)),
            Event::Chat(stamp(1)),
            Event::Left(7),
        ];
        for cut in 0..room.len() {
            assert_eq!(events(Dialect::Room, &room, cut), expected, "cut at {cut}");
        }
    }

    #[test]
    fn nats_wraps_each_line_in_a_header() {
        let mut bytes = b"INFO {}\r\nPONG\r\nMSG room 1 32\r\n".to_vec();
        FORMAT().write(stamp(0), &mut bytes);
        bytes.extend_from_slice(b"\r\nPING\r\n");
        let expected = [
            Event::Other,
            Event::Welcome,
            Event::Chat(stamp(0)),
            Event::Ping,
        ];
        for cut in 0..bytes.len() {
            assert_eq!(events(Dialect::Nats, &bytes, cut), expected, "cut at {cut}");
        }
    }

    #[test]
    fn ncat_puts_a_name_before_the_first_line_of_a_read() {
        let mut bytes = b"<announce> already connected: nobody.\n<user4> ".to_vec();
        FORMAT().write(stamp(0), &mut bytes);
        FORMAT().write(stamp(1), &mut bytes);
        let expected = [Event::Welcome, Event::Chat(stamp(0)), Event::Chat(stamp(1))];
        assert_eq!(events(Dialect::Ncat, &bytes, 50), expected);
    }

    #[test]
    fn half_a_line_glued_to_another_is_damage_and_the_next_is_whole_again() {
        let mut bytes = b"c00007: 00000".to_vec();
        FORMAT().write(stamp(0), &mut bytes);
        FORMAT().write(stamp(1), &mut bytes);
        assert_eq!(
            events(Dialect::Room, &bytes, 0),
            [Event::Damaged, Event::Chat(stamp(1))]
        );
    }
}
