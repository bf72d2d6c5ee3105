//! Lab 3's client, given and complete: the lab is about the server.
//!
//! ```text
//! keyboard --> [sending thread] ----> the room
//! screen   <-- [receiving thread] <-- the room
//! ```
//!
//! The first line typed is the nickname. `main` waits for whichever thread ends
//! first; the other one is then blocked, and ends with the process.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Shutdown, TcpStream};
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, anyhow};
use clap::Parser;

/// How long the server may take to say its last words after the keyboard has ended.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Joins a chat room: the first line typed is your nickname, every further line is
/// sent to the room, and what the room says is printed. Ctrl-D (on Windows Ctrl-Z,
/// Enter) leaves.
#[derive(Parser)]
#[command(after_help = concat!("Example: cargo run -p ", env!("CARGO_PKG_NAME"), " -- --port 4000"))]
struct Args {
    /// The server's name or address
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// The server's port
    #[arg(long, default_value_t = 55555)]
    port: u16,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&format!("lab3-client: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> anyhow::Result<()> {
    let room = connect(&args.host, args.port)?;
    tell("The first line you type is your nickname.");
    let (ends, ended) = mpsc::channel();
    start(room.try_clone()?, ends.clone(), receive)?;
    start(room.try_clone()?, ends, send)?;
    match ended.recv().context("both threads are gone")? {
        End::Keyboard => {
            // Nothing more from here, but what the room still says is printed.
            let _ = room.shutdown(Shutdown::Write);
            let _ = ended.recv_timeout(LAST_WORDS);
        }
        End::Server => tell("The server closed the connection."),
        End::Screen => {}
    }
    Ok(())
}

/// Why a thread ended.
enum End {
    Keyboard,
    Server,
    Screen,
}

fn connect(host: &str, port: u16) -> anyhow::Result<TcpStream> {
    let room = TcpStream::connect((host, port)).map_err(|error| match error.kind() {
        io::ErrorKind::ConnectionRefused => {
            anyhow!("cannot connect to {host}:{port}: connection refused; is the server running?")
        }
        _ => anyhow!("cannot connect to {host}:{port}: {error}"),
    })?;
    // A typed line is sent at once, not kept until more has gathered.
    room.set_nodelay(true)?;
    Ok(room)
}

/// Runs `work` in a thread of its own, which reports why it ended.
fn start(room: TcpStream, ends: mpsc::Sender<End>, work: fn(TcpStream) -> End) -> io::Result<()> {
    thread::Builder::new().spawn(move || {
        // Nobody listens any more once `main` is leaving.
        let _ = ends.send(work(room));
    })?;
    Ok(())
}

/// Prints each line that arrives, until the server closes or is lost.
fn receive(room: TcpStream) -> End {
    for line in BufReader::new(room).split(b'\n') {
        let Ok(line) = line else { break };
        let text = String::from_utf8_lossy(&line);
        if writeln!(io::stdout(), "{}", text.trim_end_matches('\r')).is_err() {
            return End::Screen;
        }
    }
    End::Server
}

/// Sends each line that is typed, until the keyboard ends or the server is lost.
fn send(mut room: TcpStream) -> End {
    for line in io::stdin().lock().split(b'\n') {
        let Ok(mut line) = line else { break };
        line.push(b'\n');
        if room.write_all(&line).is_err() {
            return End::Server;
        }
    }
    End::Keyboard
}

/// Says something on standard error; `eprintln!` would panic where nobody reads it.
fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
