//! The room with a reading and a writing thread for each client: a channel
//! leads to each writer, and one thread owns the list of the channels.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

const LINE: u64 = 4096;
const NICKNAME: usize = 32;
const NICKNAME_TIME: Duration = Duration::from_secs(30);
const GRACE: Duration = Duration::from_millis(200);
/// Bytes that may wait for one client; then it is let go. Lines must not be
/// counted: a burst of short ones would cost a client that reads.
const WAITING: usize = 4 * 1024 * 1024;

/// The way to a client's writing thread, and how much waits on it.
#[derive(Clone)]
struct Writer {
    lines: Sender<String>,
    waiting: Arc<AtomicUsize>,
}

impl Writer {
    /// Hands a line over; false when the client is gone or too far behind.
    fn hand(&self, line: &str) -> bool {
        let before = self.waiting.fetch_add(line.len(), Ordering::Relaxed);
        before < WAITING && self.lines.send(line.to_string()).is_ok()
    }
}

enum Event {
    /// A nickname, the way to its writer, and where the answer goes.
    Joins(String, Writer, Sender<Result<(), String>>),
    Says(String, String),
    Leaves(String),
}

fn main() -> ExitCode {
    right_programs::server(|listener| {
        let (room, events) = channel();
        thread::spawn(move || own(&events));
        for stream in listener.incoming() {
            let stream = stream?;
            let address = stream.peer_addr()?;
            println!("Connected with {address}");
            let room = room.clone();
            thread::spawn(move || {
                if let Err(error) = attend(&stream, &room) {
                    eprintln!("{address}: {error}");
                }
                let _ = stream.shutdown(Shutdown::Both);
            });
        }
        Ok(())
    })
}

/// The one thread that knows everybody.
fn own(events: &Receiver<Event>) {
    let mut members: HashMap<String, Writer> = HashMap::new();
    for event in events {
        let mut news = Vec::new();
        match event {
            Event::Joins(name, _, answer) if members.contains_key(&name) => {
                let _ = answer.send(Err("it is taken".to_string()));
            }
            Event::Joins(name, writer, answer) => {
                println!("Nickname is {name}");
                members.insert(name.clone(), writer.clone());
                tell(&mut members, &format!("{name} joined!"), &mut news);
                writer.hand("Connected to server!");
                let _ = answer.send(Ok(()));
            }
            Event::Says(name, text) if members.contains_key(&name) => {
                tell(&mut members, &text, &mut news);
            }
            Event::Says(..) => {}
            Event::Leaves(name) => {
                if members.remove(&name).is_some() {
                    news.push(name);
                }
            }
        }
        while let Some(name) = news.pop() {
            println!("{name} left!");
            tell(&mut members, &format!("{name} left!"), &mut news);
        }
    }
}

/// Tells everyone; who cannot be told is off the list, and in `lost`.
fn tell(members: &mut HashMap<String, Writer>, text: &str, lost: &mut Vec<String>) {
    members.retain(|name, writer| {
        let told = writer.hand(text);
        if !told {
            lost.push(name.clone());
        }
        told
    });
}

/// One client, from its first byte to its last.
fn attend(stream: &TcpStream, room: &Sender<Event>) -> anyhow::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    let (name, unframed) = match introduction(stream, &mut reader) {
        Ok(introduction) => introduction,
        Err(reason) => return Ok(writeln!(&mut &*stream, "Nickname refused: {reason}.")?),
    };
    let (sender, lines) = channel();
    let writer = Writer {
        lines: sender,
        waiting: Arc::default(),
    };
    let (answer, answered) = channel();
    room.send(Event::Joins(name.clone(), writer.clone(), answer))?;
    if let Err(reason) = answered.recv()? {
        return Ok(writeln!(&mut &*stream, "Nickname refused: {reason}.")?);
    }
    let out = stream.try_clone()?;
    let waiting = writer.waiting.clone();
    thread::spawn(move || write_all(out, &lines, &waiting, unframed));
    // From here on only the room can write: when it lets go of the client, the
    // writing thread ends and closes the connection.
    drop(writer);
    while let Some(line) = next(&mut reader, unframed)? {
        let Ok(text) = String::from_utf8(line) else {
            break;
        };
        let text = text.trim_end_matches(['\r', '\n']).to_string();
        if text == "CLOSE123123" || text.len() as u64 > LINE {
            break;
        }
        let mark = format!("{name}: ");
        let text = if text.starts_with(&mark) {
            text
        } else {
            mark + &text
        };
        room.send(Event::Says(name.clone(), text))?;
    }
    Ok(room.send(Event::Leaves(name))?)
}

/// The writing thread: it ends when the room has let go of the client.
fn write_all(
    mut stream: TcpStream,
    lines: &Receiver<String>,
    waiting: &AtomicUsize,
    unframed: bool,
) {
    for line in lines {
        waiting.fetch_sub(line.len(), Ordering::Relaxed);
        let end = if unframed { "" } else { "\n" };
        if stream.write_all((line + end).as_bytes()).is_err() {
            break;
        }
    }
    let _ = stream.shutdown(Shutdown::Both);
}

fn introduction(
    stream: &TcpStream,
    reader: &mut BufReader<&TcpStream>,
) -> Result<(String, bool), String> {
    let trouble = |error: std::io::Error| error.to_string();
    stream
        .set_read_timeout(Some(NICKNAME_TIME))
        .map_err(trouble)?;
    reader.fill_buf().map_err(trouble)?;
    stream.set_read_timeout(Some(GRACE)).map_err(trouble)?;
    let mut bytes = Vec::new();
    let unframed = match reader.take(LINE).read_until(b'\n', &mut bytes) {
        Ok(_) => false,
        Err(error) => matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
    };
    stream.set_read_timeout(None).map_err(trouble)?;
    let name = String::from_utf8(bytes).map_err(|error| error.to_string())?;
    let name = name.trim_end_matches(['\r', '\n']).to_string();
    let is_right =
        (1..=NICKNAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    match is_right && name != "CLOSE123123" {
        true => Ok((name, unframed)),
        false => Err("1 to 32 characters, none of them a control character".to_string()),
    }
}

/// The next line or read; a line without end is the end of its sender.
fn next(reader: &mut BufReader<&TcpStream>, unframed: bool) -> anyhow::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    if unframed {
        bytes.extend_from_slice(reader.fill_buf().unwrap_or_default());
        reader.consume(bytes.len());
    } else {
        let count = reader
            .take(LINE + 2)
            .read_until(b'\n', &mut bytes)
            .unwrap_or(0);
        if count as u64 > LINE && !bytes.ends_with(b"\n") {
            return Ok(None);
        }
    }
    Ok((!bytes.is_empty()).then_some(bytes))
}
