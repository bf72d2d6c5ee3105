//! Lab 8: one room, several servers, joined by a broker that speaks NATS.
//!
//! ```text
//!   amal ──▶ ┌──────────┐ ──PUB──▶ ┌────────┐ ──MSG──▶ ┌──────────┐ ──▶ ehab
//!            │ server a │          │ broker │          │ server b │
//!   nour ──▶ └──────────┘ ◀──MSG── └────────┘ ◀──PUB── └──────────┘ ──▶ omar
//! ```
//!
//! The room is lab 3's, a list behind a lock. What a member says is published, and
//! what other servers publish is broadcast.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use lab_cli::{log, warn};

/// The chat room of lab 8: several servers share it over a NATS broker.
///
/// غرفة المحادثة في المختبر 8: تتقاسمها عدة خوادم عبر وسيط NATS.
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
    /// The address of the NATS broker; without it the room is alone
    ///
    /// عنوان وسيط NATS؛ ومن دونه تكون الغرفة وحدها
    #[arg(long, value_name = "ADDRESS")]
    broker: Option<String>,
    /// The name that other servers show behind the nicknames of this one
    ///
    /// الاسم الذي تعرضه الخوادم الأخرى بعد ألقاب هذا الخادم
    #[arg(long, default_value = "a", value_parser = server_name)]
    name: String,
    /// Seconds of silence after which the broker is asked for an answer
    ///
    /// ثواني الصمت التي يُطلب بعدها جواب من الوسيط
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=3600))]
    keep_alive: u64,
}

/// A name is part of what is sent to the broker, so it has letters and digits only.
fn server_name(text: &str) -> Result<String, String> {
    let is_name = !text.is_empty() && text.chars().all(|it| it.is_ascii_alphanumeric());
    if is_name && text.len() <= 16 {
        Ok(text.to_string())
    } else {
        Err("needed 1 to 16 letters and digits".to_string())
    }
}

fn main() -> ExitCode {
    lab_cli::run(run)
}

/// Joins the broker, listens, and serves each client that connects.
fn run(args: Args) -> Result<()> {
    let room = Room {
        members: Arc::default(),
        link: Arc::default(),
        name: args.name,
    };
    if let Some(address) = args.broker {
        let keep_alive = Duration::from_secs(args.keep_alive);
        let broker = Broker {
            address,
            keep_alive,
        };
        let reader = broker.connect(&room)?;
        let room = room.clone();
        thread::Builder::new()
            .spawn(move || broker.serve(reader, &room))
            .context("cannot start a thread")?;
    }
    let listener = TcpListener::bind((args.host.as_str(), args.port))
        .with_context(|| format!("cannot listen on {}:{}", args.host, args.port))?;
    let address = listener
        .local_addr()
        .context("cannot read the local address")?;
    log(&format!("Listening on {address}"));
    loop {
        match listener.accept() {
            Ok((stream, address)) => start(stream, address, &room),
            Err(error) => {
                warn(&format!("cannot accept a client: {error}"));
                thread::sleep(Duration::from_millis(100));
            }
        }
    }
}

/// Starts the thread of one client.
fn start(stream: TcpStream, address: SocketAddr, room: &Room) {
    let room = room.clone();
    let serve = move || {
        if let Err(error) = serve(&stream, address, &room) {
            warn(&format!("{address}: {error:#}"));
        }
    };
    if let Err(error) = thread::Builder::new().spawn(serve) {
        warn(&format!("{address}: cannot start a thread: {error}"));
    }
}

/// What all threads share.
#[derive(Clone)]
struct Room {
    members: Arc<Mutex<Vec<Member>>>,
    /// The connection to the broker, for writing; `None` while there is none.
    link: Arc<Mutex<Option<TcpStream>>>,
    /// This server's name.
    name: String,
}

struct Member {
    nickname: String,
    stream: TcpStream,
}

/// Locks a value; it is unlocked when the guard is dropped.
fn lock<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value
        .lock()
        .expect("no thread panics while it holds the lock")
}

/// The line with which a member leaves.
const SENTINEL: &str = "CLOSE123123";
/// Characters in a nickname, at most.
const LONGEST_NICKNAME: usize = 32;
/// Bytes in a line without its end, at most.
const LONGEST_LINE: usize = 4096;
/// How long one write may wait for a reader that does not read.
const WRITE_TIME: Duration = Duration::from_millis(200);

/// Serves one client until it disconnects.
fn serve(stream: &TcpStream, address: SocketAddr, room: &Room) -> Result<()> {
    log(&format!("Connected with {address}"));
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(WRITE_TIME))?;
    let mut reader = BufReader::new(stream);
    let Some(nickname) = read_line(&mut reader)? else {
        return Ok(());
    };
    if let Err(reason) = join(room, &nickname, stream) {
        let mut stream = stream;
        return Ok(writeln!(stream, "Nickname refused: {reason}.")?);
    }
    let result = relay(&mut reader, room, &nickname);
    leave(room, &nickname);
    result
}

/// Adds a member to the list and announces it, or returns why it cannot join.
fn join(room: &Room, nickname: &str, stream: &TcpStream) -> Result<()> {
    let mut members = lock(&room.members);
    check_nickname(nickname, &members)?;
    members.push(Member {
        nickname: nickname.to_string(),
        stream: stream.try_clone()?,
    });
    log(&format!("Nickname is {nickname}"));
    broadcast(&members, &format!("{nickname} joined!"));
    let mut stream = stream;
    // If this fails, the member's own thread reads the end of the stream.
    let _ = writeln!(stream, "Connected to server!");
    drop(members);
    room.publish(nickname, " joined!");
    Ok(())
}

/// A nickname holds no `@`: the other servers show it as `NICK@SERVER`.
fn check_nickname(nickname: &str, members: &[Member]) -> Result<()> {
    ensure!(!nickname.trim().is_empty(), "it is empty");
    ensure!(
        nickname.chars().count() <= LONGEST_NICKNAME,
        "it is too long"
    );
    ensure!(
        !nickname.contains(|it: char| it.is_control() || it == '@'),
        "it holds a control character or an @"
    );
    ensure!(nickname != SENTINEL, "it is the word that leaves the room");
    let is_taken = members.iter().any(|member| member.nickname == nickname);
    ensure!(!is_taken, "it is taken");
    Ok(())
}

/// Sends one line to every member of this server.
fn broadcast(members: &[Member], line: &str) {
    for member in members {
        let mut stream = &member.stream;
        if stream.write_all(format!("{line}\n").as_bytes()).is_err() {
            // Its own thread now reads the end of the stream, and removes it.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

/// Broadcasts and publishes what one member says until it leaves.
fn relay(reader: &mut BufReader<&TcpStream>, room: &Room, nickname: &str) -> Result<()> {
    while let Some(line) = read_line(reader)? {
        if line == SENTINEL {
            break;
        }
        let signature = format!("{nickname}: ");
        let text = line.strip_prefix(&signature).unwrap_or(&line);
        broadcast(&lock(&room.members), &format!("{signature}{text}"));
        room.publish(nickname, &format!(": {text}"));
    }
    Ok(())
}

/// Removes a member, closes its connection and announces that it left.
fn leave(room: &Room, nickname: &str) {
    let mut members = lock(&room.members);
    let place = members.iter().position(|it| it.nickname == nickname);
    let Some(place) = place else { return };
    let member = members.remove(place);
    let _ = member.stream.shutdown(Shutdown::Both);
    log(&format!("{nickname} left!"));
    broadcast(&members, &format!("{nickname} left!"));
    drop(members);
    room.publish(nickname, " left!");
}

/// Reads a line without its `\n` or `\r\n`; `None` at EOF.
fn read_line(reader: &mut impl BufRead) -> Result<Option<String>> {
    let mut bytes = Vec::new();
    let longest = (LONGEST_LINE + "\r\n".len()) as u64;
    if reader.take(longest).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.pop_if(|last| *last == b'\n').is_some() {
        bytes.pop_if(|last| *last == b'\r');
    }
    ensure!(bytes.len() <= LONGEST_LINE, "a line is too long");
    let line = String::from_utf8(bytes).context("a line is not valid UTF-8")?;
    Ok(Some(line))
}

/// Where the broker is, and how long it may be silent.
struct Broker {
    address: String,
    keep_alive: Duration,
}

/// The subject of all messages of the room.
const SUBJECT: &str = "room";

// TASK 8.1: the handshake: INFO, CONNECT, PING, PONG; what is no broker is refused.
// المهمة 8.1: المصافحة: INFO ثم CONNECT ثم PING ثم PONG؛ ويُرفض ما ليس وسيطًا.
impl Broker {
    /// Connects, and returns the reader of what the broker sends.
    fn connect(&self, room: &Room) -> Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect(&self.address)?;
        *lock(&room.link) = Some(stream.try_clone()?);
        Ok(BufReader::new(stream))
    }
}
// END 8.1

// TASK 8.2: publish what a member says; the length counts bytes, and lines end with CRLF.
// المهمة 8.2: انشر ما يقوله العضو؛ والطول بالبايتات، والأسطر تنتهي بـ CRLF.
impl Room {
    /// Publishes `NICK@SERVER` and `rest`.
    fn publish(&self, nickname: &str, rest: &str) {
        let _payload = format!("{nickname}@{}{rest}", self.name);
        self.send("");
    }

    /// Writes to the broker, while there is a connection.
    fn send(&self, operation: &str) {
        if let Some(mut stream) = lock(&self.link).as_ref() {
            let _ = stream.write_all(operation.as_bytes());
        }
    }
}
// END 8.2

// TASK 8.3: read messages by their length, and broadcast them.
// المهمة 8.3: اقرأ الرسائل بأطوالها، ثم بثّها.
/// Handles what the broker sends until the connection fails.
fn receive(reader: &mut BufReader<TcpStream>, _room: &Room) -> Result<()> {
    let _subject = SUBJECT;
    let mut bytes = [0; 1024];
    while reader.read(&mut bytes)? > 0 {}
    Ok(())
}
// END 8.3

// TASK 8.4: notice a broker that has fallen silent.
// المهمة 8.4: انتبه إلى وسيط صمت.
// (`args.keep_alive` says after how much silence.)
// END 8.4

// TASK 8.5: the room goes on without its broker, and comes back.
// المهمة 8.5: تستمر الغرفة بلا وسيطها، ثم تعود إليه.
impl Broker {
    /// Handles what the broker sends.
    fn serve(&self, mut reader: BufReader<TcpStream>, room: &Room) {
        let (_keep_alive, _limits) = (self.keep_alive, (LONGEST_OPERATION, LONGEST_MESSAGE));
        if let Err(error) = receive(&mut reader, room) {
            warn(&format!("the broker {}: {error:#}", self.address));
        }
    }
}
// END 8.5

// TASK 8.6: a hostile broker. What it sends is bounded, and no length is trusted.
// المهمة 8.6: وسيط خبيث. ما يرسله محدود، ولا يوثق بطول.
const LONGEST_OPERATION: u64 = u64::MAX;
const LONGEST_MESSAGE: usize = usize::MAX;
// END 8.6
