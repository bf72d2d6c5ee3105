//! Lab 3: the chat room, one server and many clients.
//!
//! ```text
//!   ehab ──"hi"──▶ ┌──────┐ ──"ehab: hi"──▶ ehab
//!                  │ room │ ──"ehab: hi"──▶ amal
//!   amal ────────▶ └──────┘ ──"ehab: hi"──▶ …
//! ```
//!
//! A client's first line is its nickname. From then on each of its lines goes
//! to every member, its author included, until it leaves.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use lab_cli::{log, warn};

/// The chat room of lab 3: everyone reads what anyone says.
///
/// غرفة المحادثة في المختبر 3: يقرأ الجميع ما يقوله أي واحد منهم.
#[derive(Parser)]
struct Args {
    /// The address to listen on
    ///
    /// العنوان الذي يستمع إليه
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// The port to listen on; 0 takes a free one
    ///
    /// المنفذ الذي يستمع إليه؛ و0 يعني أي منفذ حر
    #[arg(long, default_value_t = 55555)]
    port: u16,
}

fn main() -> ExitCode {
    lab_cli::run(run)
}

/// Listens and serves each client that connects.
fn run(args: Args) -> Result<()> {
    let listener = TcpListener::bind((args.host.as_str(), args.port))
        .with_context(|| format!("cannot listen on {}:{}", args.host, args.port))?;
    let address = listener
        .local_addr()
        .context("cannot read the local address")?;
    log(&format!("Listening on {address}"));
    // TASK 3.1: serve many clients at once, each in a thread of its own.
    // المهمة 3.1: اخدم عملاء كثيرين في وقت واحد، لكل منهم خيط مستقل.
    let room = Room::default();
    loop {
        match listener.accept() {
            Ok((stream, address)) => start(stream, address, &room),
            Err(error) => {
                // Such as too many open files: that passes, but not at once.
                warn(&format!("cannot accept a client: {error}"));
                thread::sleep(Duration::from_millis(100));
            }
        }
    }
}

/// Starts the thread of one client.
fn start(stream: TcpStream, address: SocketAddr, room: &Room) {
    let room = Arc::clone(room);
    let serve = move || {
        if let Err(error) = serve(&stream, address, &room) {
            warn(&format!("{address}: {error:#}"));
        }
    };
    if let Err(error) = thread::Builder::new().spawn(serve) {
        warn(&format!("{address}: cannot start a thread: {error}"));
    }
}
// END 3.1

// TASK 3.2: joining. The members must be known to all threads: a list behind a lock.
// المهمة 3.2: الانضمام. يجب أن تعرف كل الخيوط الأعضاء: قائمة خلف قفل.
/// The members, shared by all threads.
type Room = Arc<Mutex<Vec<Member>>>;

struct Member {
    nickname: String,
    stream: TcpStream,
    framing: Framing,
}

/// Locks the list; it is unlocked when the guard is dropped.
fn lock(room: &Room) -> MutexGuard<'_, Vec<Member>> {
    room.lock()
        .expect("no thread panics while it holds the lock")
}

/// Serves one client until it disconnects.
fn serve(stream: &TcpStream, address: SocketAddr, room: &Room) -> Result<()> {
    log(&format!("Connected with {address}"));
    // Disable Nagle's algorithm: a line is sent at once.
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    let Some((nickname, framing)) = read_nickname(stream, &mut reader)? else {
        return Ok(());
    };
    let stream = stream.try_clone()?;
    let member = Member {
        nickname,
        stream,
        framing,
    };
    let nickname = member.nickname.clone();
    if let Err((member, reason)) = join(room, member) {
        return Ok(send(&member, &format!("Nickname refused: {reason}."))?);
    }
    let result = relay(&mut reader, room, &nickname, framing);
    leave(room, &nickname);
    result
}

/// Adds a member to the list and announces it, or returns why it cannot join.
fn join(room: &Room, member: Member) -> Result<(), (Member, &'static str)> {
    // One lock from the check to the push: two clients cannot get one nickname.
    let mut members = lock(room);
    if let Err(reason) = check_nickname(&member.nickname, &members) {
        return Err((member, reason));
    }
    let joined = format!("{} joined!", member.nickname);
    log(&format!("Nickname is {}", member.nickname));
    members.push(member);
    broadcast(&members, &joined);
    if let Some(member) = members.last() {
        // If this fails, the member's own thread reads the end of the stream.
        let _ = send(member, "Connected to server!");
    }
    Ok(())
}
// END 3.2

// TASK 3.3: broadcast. Every member gets each line, in the same order.
// المهمة 3.3: البث. يصل كل سطر إلى كل عضو، وبالترتيب نفسه.
/// Sends one line to every member. The caller holds the lock, so that all members
/// get all lines in one order.
fn broadcast(members: &[Member], line: &str) {
    for member in members {
        if send(member, line).is_err() {
            // Its own thread now reads the end of the stream, and removes it.
            let _ = member.stream.shutdown(Shutdown::Both);
        }
    }
}

/// Broadcasts what one member says until it leaves.
fn relay(
    reader: &mut BufReader<&TcpStream>,
    room: &Room,
    nickname: &str,
    framing: Framing,
) -> Result<()> {
    while let Some(line) = read_message(reader, framing)? {
        if line == SENTINEL {
            break;
        }
        let line = signed(nickname, line);
        broadcast(&lock(room), &line);
    }
    Ok(())
}
// END 3.3

// TASK 3.4: leaving, by the line CLOSE123123, the end of the stream or an error.
// المهمة 3.4: المغادرة بكلمة الخروج أو بنهاية الدفق أو بخطأ.
const SENTINEL: &str = "CLOSE123123";

/// Removes a member, closes its connection and announces that it left.
fn leave(room: &Room, nickname: &str) {
    let mut members = lock(room);
    let Some(index) = members
        .iter()
        .position(|member| member.nickname == nickname)
    else {
        return;
    };
    let member = members.remove(index);
    let _ = member.stream.shutdown(Shutdown::Both);
    log(&format!("{nickname} left!"));
    broadcast(&members, &format!("{nickname} left!"));
}
// END 3.4

// TASK 3.5: nicknames, and lines that carry their author's nickname.
// المهمة 3.5: الألقاب، وأسطر تحمل لقب كاتبها.
/// Characters in a nickname, at most.
const LONGEST_NICKNAME: usize = 32;

/// Returns why a nickname is refused. Nicknames that look alike are not recognised:
/// lab3-scaled does that.
fn check_nickname(nickname: &str, members: &[Member]) -> Result<(), &'static str> {
    if nickname.trim().is_empty() {
        Err("it is empty")
    } else if nickname.chars().count() > LONGEST_NICKNAME {
        Err("it is longer than 32 characters")
    } else if nickname.contains(char::is_control) {
        Err("it holds a control character")
    } else if nickname == SENTINEL {
        Err("it is the word that leaves the room")
    } else if members.iter().any(|member| member.nickname == nickname) {
        Err("it is taken")
    } else {
        Ok(())
    }
}

/// The line as others read it: it begins with its author's `NICK: `.
fn signed(nickname: &str, line: String) -> String {
    if line.starts_with(&format!("{nickname}: ")) {
        line
    } else {
        format!("{nickname}: {line}")
    }
}
// END 3.5

// TASK 3.6: hostile bytes. A line may come in pieces, never end, or not be UTF-8.
// المهمة 3.6: مدخلات خبيثة. قد يصل السطر قطعًا، أو لا ينتهي، أو لا يكون نصًا صالحًا.
/// Bytes in a line without its end, at most.
const LONGEST_LINE: usize = 4096;

/// Reads a line without its `\n` or `\r\n`; `None` at EOF.
fn read_line(reader: &mut impl BufRead) -> Result<Option<String>> {
    let mut bytes = Vec::new();
    // `take` bounds what one client can make the server remember.
    let longest = (LONGEST_LINE + "\r\n".len()) as u64;
    if reader.take(longest).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    text(bytes).map(Some)
}

fn text(mut bytes: Vec<u8>) -> Result<String> {
    if bytes.pop_if(|last| *last == b'\n').is_some() {
        bytes.pop_if(|last| *last == b'\r');
    }
    ensure!(
        bytes.len() <= LONGEST_LINE,
        "a line is longer than {LONGEST_LINE} bytes"
    );
    String::from_utf8(bytes).context("a line is not valid UTF-8")
}
// END 3.6

// TASK 3.7: a member that stops reading must not hold up the others.
// المهمة 3.7: عضو توقف عن القراءة يجب ألا يؤخر الآخرين.
/// How long all wait, once, for a member that does not read.
const WRITE_TIME: Duration = Duration::from_millis(200);

/// Sends one line to a member within `WRITE_TIME`.
fn send(member: &Member, line: &str) -> io::Result<()> {
    let message = match member.framing {
        Framing::Lines => format!("{line}\n"),
        Framing::Unframed => line.to_string(),
    };
    let mut stream = &member.stream;
    let deadline = Instant::now() + WRITE_TIME;
    let mut rest = message.as_bytes();
    while !rest.is_empty() {
        let time = deadline.saturating_duration_since(Instant::now());
        stream.set_write_timeout(Some(time.max(Duration::from_millis(1))))?;
        rest = &rest[stream.write(rest)?..];
    }
    Ok(())
}
// END 3.7

// TASK 3.8: (bonus) the paper's own client, which never ends a line.
// المهمة 3.8: (إضافية) عميل الورقة نفسه الذي لا ينهي سطرًا.
/// How long a client may think about its nickname.
const NICKNAME_TIME: Duration = Duration::from_secs(30);
/// Silence after a nickname's bytes that shows that no newline will come.
const GRACE: Duration = Duration::from_millis(200);

#[derive(Clone, Copy)]
enum Framing {
    /// A message is a line.
    Lines,
    /// A message is a read.
    Unframed,
}

/// Reads the nickname; `None` if the client leaves without one.
fn read_nickname(
    stream: &TcpStream,
    reader: &mut BufReader<&TcpStream>,
) -> Result<Option<(String, Framing)>> {
    stream.set_read_timeout(Some(NICKNAME_TIME))?;
    if reader.fill_buf().context("no nickname")?.is_empty() {
        return Ok(None);
    }
    stream.set_read_timeout(Some(GRACE))?;
    let mut bytes = Vec::new();
    let longest = (LONGEST_LINE + "\r\n".len()) as u64;
    let framing = match reader.take(longest).read_until(b'\n', &mut bytes) {
        Ok(_) => Framing::Lines,
        Err(error) if is_timeout(&error) => Framing::Unframed,
        Err(error) => return Err(error.into()),
    };
    stream.set_read_timeout(None)?;
    Ok(Some((text(bytes)?, framing)))
}

/// Unix calls it one thing and Windows the other.
fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

/// Reads a line or, unframed, what one read brings; `None` at EOF.
fn read_message(reader: &mut BufReader<&TcpStream>, framing: Framing) -> Result<Option<String>> {
    match framing {
        Framing::Lines => read_line(reader),
        Framing::Unframed => {
            let bytes = reader.fill_buf()?.to_vec();
            reader.consume(bytes.len());
            if bytes.is_empty() {
                Ok(None)
            } else {
                text(bytes).map(Some)
            }
        }
    }
}
// END 3.8
