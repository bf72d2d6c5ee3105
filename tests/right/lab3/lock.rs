//! The room with one lock around the list of its members, as the handout of
//! lab 3 leads to it: whoever speaks writes to everyone while holding the lock.
//!
//! ```text
//!   ehab ──"hi"──▶ ┌──────┐ ──"ehab: hi"──▶ ehab
//!                  │ room │ ──"ehab: hi"──▶ amal
//!   amal ────────▶ └──────┘ ──"ehab: hi"──▶ …
//! ```
//!
//! A client's first line is its nickname. From then on each of its lines goes
//! to everyone, its author included, until it leaves.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

fn main() -> ExitCode {
    right_programs::server(|listener| {
        let room = Room::default();
        loop {
            let room = room.clone();
            let (stream, address) = listener.accept().context("cannot accept a client")?;
            std::thread::spawn(move || {
                if let Err(error) = serve(&stream, address, &room) {
                    warn(&format!("{address}: {error:#}"));
                }
            });
        }
    })
}

/// Writes one line to standard output. A reader who has gone (`| head`) is no
/// reason to stop, and `println!` would panic.
fn log(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// The same for standard error: warnings and refusals.
fn warn(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The members, known to all threads.
type Room = Arc<Mutex<Vec<Member>>>;

struct Member {
    nickname: String,
    stream: TcpStream,
    unframed: bool,
}

/// Bytes in a line, its end not counted.
const LINE: usize = 4096;
/// Characters in a nickname.
const NICKNAME: usize = 32;
/// How long a client may take to give its nickname.
const NICKNAME_TIME: Duration = Duration::from_secs(30);
/// Silence after a nickname's bytes that shows that no newline will come.
const GRACE: Duration = Duration::from_millis(200);
/// How long everybody waits, once, for a member that does not read.
const WRITE_TIME: Duration = Duration::from_millis(200);

/// Serves one client, from its first byte to its last.
fn serve(stream: &TcpStream, address: SocketAddr, room: &Room) -> Result<()> {
    log(&format!("Connected with {address}"));
    stream.set_write_timeout(Some(WRITE_TIME))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    let (nickname, unframed) = read_nickname(stream, &mut reader)?;
    let newcomer = Member {
        nickname: nickname.clone(),
        stream: stream.try_clone()?,
        unframed,
    };
    if let Err(reason) = join(room, newcomer) {
        let refusal = format!("Nickname refused: {reason}.");
        return Ok(tell(stream, &refusal, unframed)?);
    }
    let result = listen(&mut reader, room, &nickname, unframed);
    leave(room, &nickname, stream);
    result
}

/// The nickname, and whether its giver knows no lines.
fn read_nickname(stream: &TcpStream, reader: &mut BufReader<&TcpStream>) -> Result<(String, bool)> {
    stream.set_read_timeout(Some(NICKNAME_TIME))?;
    reader.fill_buf()?;
    stream.set_read_timeout(Some(GRACE))?;
    let mut bytes = Vec::new();
    let unframed = match reader.take(LINE as u64).read_until(b'\n', &mut bytes) {
        Ok(_) => false,
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => true,
        Err(error) => return Err(error.into()),
    };
    stream.set_read_timeout(None)?;
    Ok((text(bytes)?, unframed))
}

/// Takes somebody into the room, or says why not.
fn join(room: &Room, newcomer: Member) -> Result<(), &'static str> {
    let mut members = lock(room);
    let nickname = newcomer.nickname.clone();
    if nickname.is_empty() {
        return Err("it is empty");
    }
    if nickname.chars().count() > NICKNAME {
        return Err("it is longer than 32 characters");
    }
    if nickname.chars().any(char::is_control) {
        return Err("it holds a control character");
    }
    if members.iter().any(|member| member.nickname == nickname) {
        return Err("it is taken");
    }
    log(&format!("Nickname is {nickname}"));
    members.push(newcomer);
    broadcast(&members, &format!("{nickname} joined!"));
    if let Some(newcomer) = members.last() {
        let _ = tell(&newcomer.stream, "Connected to server!", newcomer.unframed);
    }
    Ok(())
}

/// Passes on what one member says, until it leaves.
fn listen(
    reader: &mut BufReader<&TcpStream>,
    room: &Room,
    nickname: &str,
    unframed: bool,
) -> Result<()> {
    loop {
        let bytes = next_message(reader, unframed)?;
        if bytes.is_empty() {
            return Ok(());
        }
        let line = text(bytes)?;
        if line == "CLOSE123123" {
            return Ok(());
        }
        match line.starts_with(&format!("{nickname}: ")) {
            true => broadcast(&lock(room), &line),
            false => broadcast(&lock(room), &format!("{nickname}: {line}")),
        }
    }
}

/// One line with its end, or one read; nothing at the end of the stream.
fn next_message(reader: &mut BufReader<&TcpStream>, unframed: bool) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if unframed {
        bytes.extend_from_slice(reader.fill_buf()?);
        reader.consume(bytes.len());
    } else {
        reader.take(LINE as u64 + 2).read_until(b'\n', &mut bytes)?;
    }
    Ok(bytes)
}

/// The text of a line, without its end.
fn text(mut bytes: Vec<u8>) -> Result<String> {
    if bytes.ends_with(b"\n") {
        bytes.pop();
        if bytes.ends_with(b"\r") {
            bytes.pop();
        }
    }
    ensure!(bytes.len() <= LINE, "a line is longer than {LINE} bytes");
    String::from_utf8(bytes).context("a line is not valid UTF-8")
}

/// Takes somebody off the list and tells the others.
fn leave(room: &Room, nickname: &str, stream: &TcpStream) {
    let mut members = lock(room);
    members.retain(|member| member.nickname != nickname);
    let _ = stream.shutdown(Shutdown::Both);
    log(&format!("{nickname} left!"));
    broadcast(&members, &format!("{nickname} left!"));
}

/// Sends one line to every member.
fn broadcast(members: &[Member], line: &str) {
    for member in members {
        if tell(&member.stream, line, member.unframed).is_err() {
            // Its own thread reads the end of the stream and does the rest.
            let _ = member.stream.shutdown(Shutdown::Both);
        }
    }
}

fn tell(mut stream: &TcpStream, line: &str, unframed: bool) -> std::io::Result<()> {
    let end = if unframed { "" } else { "\n" };
    stream.write_all(format!("{line}{end}").as_bytes())
}

fn lock(room: &Room) -> MutexGuard<'_, Vec<Member>> {
    room.lock()
        .expect("no thread panics with the list in its hand")
}
