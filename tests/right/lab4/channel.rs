//! The client with two threads and a channel to the main one, as the handout
//! of lab 4 leads to it.
//!
//! ```text
//! keyboard --> the sending loop ------> "NICK: text" --> the room
//! screen   <-- the receiving thread <-- what others say <-- the room
//! ```

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, anyhow};
use clap::Parser;
use right_programs::ClientArgs as Args;

fn main() -> ExitCode {
    right_programs::report(run(&Args::parse()))
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
    let nickname = match given {
        Some(nickname) => Some(nickname.to_owned()),
        None => {
            print!("Choose your nickname: ");
            io::stdout().flush()?;
            io::stdin().lines().next().transpose()?
        }
    };
    println!("WHEN YOU WANT TO CLOSE ENTER CLOSE123123");
    Ok(nickname)
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
    let (to_main, events) = mpsc::channel();
    let (incoming, gone, unframed) = (room.try_clone()?, to_main.clone(), args.unframed);
    thread::spawn(move || {
        match unframed {
            true => receive_unframed(incoming),
            false => receive(incoming),
        }
        let _ = gone.send(Event::ServerGone);
    });
    thread::spawn(move || {
        for line in io::stdin().lines() {
            let _ = to_main.send(Event::Typed(line));
        }
        let _ = to_main.send(Event::KeyboardEnded);
    });
    let typed = events.iter().map_while(|event| match event {
        Event::Typed(line) => Some(line),
        Event::KeyboardEnded => None,
        Event::ServerGone => {
            eprintln!("The server closed the connection.");
            None
        }
    });
    for text in typed {
        let text = text.context("cannot read the keyboard")?;
        if text == "CLOSE123123" {
            break;
        }
        // If this fails the server is gone, and the receiving thread says so.
        let _ = send(args, room, &format!("{nickname}: {text}"));
    }
    let _ = room.shutdown(Shutdown::Write);
    while let Ok(event) = events.recv_timeout(LAST_WORDS) {
        if matches!(event, Event::ServerGone) {
            break;
        }
    }
    Ok(())
}

/// Sends one message.
fn send(args: &Args, mut room: &TcpStream, text: &str) -> anyhow::Result<()> {
    let end = if args.unframed { "" } else { "\n" };
    room.write_all(format!("{text}{end}").as_bytes())
        .context("cannot send")
}

/// Prints each read as a message.
fn receive_unframed(mut room: TcpStream) {
    let mut buffer = [0; 4096];
    let mut bytes = Vec::new();
    while let Ok(count @ 1..) = room.read(&mut buffer) {
        bytes.extend_from_slice(&buffer[..count]);
        let whole = match str::from_utf8(&bytes) {
            // The rest of the last letter is still to come.
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => bytes.len(),
        };
        if whole > 0 && show(&String::from_utf8_lossy(&bytes[..whole])).is_err() {
            return;
        }
        bytes.drain(..whole);
    }
}

/// Prints one message as a line.
fn show(text: &str) -> io::Result<()> {
    let mut shown = String::new();
    for letter in text.chars() {
        match drives_a_terminal(letter) {
            true => shown.extend(letter.escape_unicode()),
            false => shown.push(letter),
        }
    }
    writeln!(io::stdout(), "{shown}")
}

fn drives_a_terminal(letter: char) -> bool {
    match letter {
        '\t' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => letter.is_control(),
    }
}

/// What `main` waits for.
enum Event {
    Typed(io::Result<String>),
    KeyboardEnded,
    ServerGone,
}

/// How long the room may take to close its half after we have closed ours.
const LAST_WORDS: Duration = Duration::from_millis(300);

/// Prints each line that arrives, until the server is gone.
fn receive(room: TcpStream) {
    for line in BufReader::new(room).split(b'\n') {
        let Ok(line) = line else { return };
        let text = String::from_utf8_lossy(&line);
        if show(text.trim_end_matches('\r')).is_err() {
            return;
        }
    }
}
