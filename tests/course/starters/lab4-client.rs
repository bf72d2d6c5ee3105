//! Lab 4: the client that people chat with, in the room of lab 3.
//!
//! ```text
//! keyboard --> the sending loop ------> "NICK: text" --> the room
//! screen   <-- the receiving thread <-- what others say <-- the room
//! ```
//!
//! Each task's place is marked: look for `TASK 4.1` and so on.

use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail, ensure};
use clap::Parser;

/// Chats in a room: asks for your nickname, sends what you type and prints what
/// the others say. The line CLOSE123123, or Ctrl-D (on Windows Ctrl-Z, Enter), leaves.
#[derive(Parser)]
#[command(after_help = concat!("Example: cargo run -p ", env!("CARGO_PKG_NAME"), " -- --nickname amal"))]
struct Args {
    /// The server's name or address
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// The server's port
    #[arg(long, default_value_t = 55555)]
    port: u16,
    /// Your nickname, instead of being asked for it
    #[arg(long)]
    nickname: Option<String>,
    /// Talk to a server that knows no lines: each read and each write is one message
    #[arg(long)]
    unframed: bool,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            warn(&format!("{}: {error:#}", env!("CARGO_BIN_NAME")));
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> anyhow::Result<()> {
    let Some(nickname) = choose_nickname(args.nickname.as_deref())? else {
        return Ok(());
    };
    let room = connect(&args.host, args.port)?;
    chat(args, &room, &nickname)
}

/// Returns the nickname, or nothing if the keyboard ends before there is one.
fn choose_nickname(given: Option<&str>) -> anyhow::Result<Option<String>> {
    // TASK 4.1: ask `Choose your nickname: ` unless it is given, and show at once what
    // has no newline; then print `WHEN YOU WANT TO CLOSE ENTER CLOSE123123`.
    match given {
        Some(nickname) => Ok(Some(nickname.to_owned())),
        None => {
            let line = io::stdin().lines().next().transpose();
            line.context("cannot read the keyboard")
        }
    }
    // END 4.1
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

/// Sends what is typed and prints what arrives, until somebody leaves.
fn chat(args: &Args, room: &TcpStream, nickname: &str) -> anyhow::Result<()> {
    send(args, room, nickname)?;
    // TASK 4.2: a thread of its own prints what arrives, as it arrives; the greeting
    // comes first.
    let mut lines = BufReader::new(room).lines();
    let mut show_next = || match lines.next() {
        Some(line) => show(&line.context("cannot receive")?).context("cannot print"),
        None => bail!("the server closed the connection"),
    };
    show_next()?;
    // END 4.2
    // TASK 4.5: when the server goes away, say so and stop, without waiting for the
    // next key: something must wait for the keyboard and for the server at once.
    let typed = io::stdin().lines();
    // END 4.5
    for text in typed {
        let text = text.context("cannot read the keyboard")?;
        // TASK 4.4: the whole line `CLOSE123123` ends the chat; nothing of it is sent.
        // END 4.4
        // TASK 4.3: send `NICK: text`.
        send(args, room, &text)?;
        // END 4.3
        // TASK 4.2: once the thread prints, nobody waits for an answer here.
        show_next()?;
        // END 4.2
    }
    // TASK 4.4: then the connection is closed and the receiving thread ends as well.
    // END 4.4
    Ok(())
}

// TASK 4.7: with --unframed no newline is sent, and each read is one message.
/// Sends one message.
fn send(args: &Args, mut room: &TcpStream, text: &str) -> anyhow::Result<()> {
    ensure!(!args.unframed, "--unframed is not there yet, see TASK 4.7");
    room.write_all(format!("{text}\n").as_bytes())
        .context("cannot send")
}
// END 4.7

/// Prints one message as a line.
fn show(text: &str) -> io::Result<()> {
    // TASK 4.6: nothing in the text may drive the terminal: show control characters
    // and direction controls in a harmless way, such as `\u{1b}` for an escape.
    writeln!(io::stdout(), "{text}")
    // END 4.6
}

/// Tells of trouble on standard error; `eprintln!` would panic where nobody reads it.
fn warn(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
