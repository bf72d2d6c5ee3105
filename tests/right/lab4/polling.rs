//! The client whose `main` polls: a non-blocking socket, and a channel from the
//! keyboard (std has no non-blocking keyboard).

use std::io::{self, BufRead, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Parser;
use right_programs::ClientArgs;

/// Between two rounds in which nothing happened.
const PAUSE: Duration = Duration::from_millis(1);

/// How long the room may take to close its half after we have closed ours.
const LAST_WORDS: Duration = Duration::from_millis(300);

fn main() -> ExitCode {
    right_programs::report(run(&ClientArgs::parse()))
}

fn run(args: &ClientArgs) -> Result<()> {
    if args.nickname.is_none() {
        print!("Choose your nickname: ");
        io::stdout().flush()?;
    }
    let keys = keys();
    let Some(nickname) = args.nickname.clone().or_else(|| keys.recv().ok()) else {
        return Ok(());
    };
    println!("WHEN YOU WANT TO CLOSE ENTER CLOSE123123");
    let room = TcpStream::connect((args.host.as_str(), args.port))
        .with_context(|| format!("cannot connect to {}:{}", args.host, args.port))?;
    room.set_nodelay(true)?;
    room.set_nonblocking(true)?;
    let end = if args.unframed { "" } else { "\n" };
    let mut outbox = format!("{nickname}{end}").into_bytes();
    let (mut inbox, mut greeted, mut leaving) = (Vec::new(), false, None);
    loop {
        let mut moved = false;
        let before = inbox.len();
        match take(&room, &mut inbox)? {
            true if inbox.len() > before => moved = true,
            true => {}
            false if leaving.is_some() => return Ok(()),
            false => {
                println!("The server closed the connection.");
                return Ok(());
            }
        }
        greeted |= show_whole(&mut inbox, args.unframed);
        if leaving.is_some_and(|since: Instant| since.elapsed() > LAST_WORDS) {
            return Ok(());
        }
        if leaving.is_none() && outbox.is_empty() && (greeted || !args.unframed) {
            match keys.try_recv() {
                Ok(line) if line != "CLOSE123123" => {
                    outbox = format!("{nickname}: {line}{end}").into_bytes();
                    moved = true;
                }
                Err(TryRecvError::Empty) => {}
                _ => {
                    leaving = Some(Instant::now());
                    let _ = room.shutdown(Shutdown::Write);
                }
            }
        }
        moved |= give(&room, &mut outbox)?;
        if !moved {
            thread::sleep(PAUSE);
        }
    }
}

fn keys() -> Receiver<String> {
    let (sender, keys) = channel();
    thread::spawn(move || {
        for line in io::stdin().lock().split(b'\n').map_while(io::Result::ok) {
            let line = String::from_utf8_lossy(&line)
                .trim_end_matches('\r')
                .to_string();
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    keys
}

/// Reads what has come; false at the end of the stream.
fn take(mut room: &TcpStream, inbox: &mut Vec<u8>) -> Result<bool> {
    let mut chunk = [0; 4096];
    match room.read(&mut chunk) {
        Ok(count) => {
            inbox.extend_from_slice(&chunk[..count]);
            Ok(count > 0)
        }
        Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(true),
        Err(_) => Ok(false),
    }
}

/// Writes what can be; a broken connection shows when it is read.
fn give(mut room: &TcpStream, outbox: &mut Vec<u8>) -> Result<bool> {
    match outbox.is_empty() {
        true => Ok(false),
        false => {
            let count = room.write(outbox).unwrap_or(0);
            outbox.drain(..count);
            Ok(count > 0)
        }
    }
}

/// Shows the messages that are whole; whether there was one.
fn show_whole(inbox: &mut Vec<u8>, unframed: bool) -> bool {
    let mut shown = false;
    while let Some(message) = next_message(inbox, unframed) {
        let text = String::from_utf8_lossy(&message).into_owned();
        println!("{}", harmless(&text));
        shown = true;
    }
    shown
}

fn next_message(inbox: &mut Vec<u8>, unframed: bool) -> Option<Vec<u8>> {
    if unframed {
        let whole = match str::from_utf8(inbox) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => inbox.len(),
        };
        return (whole > 0).then(|| inbox.drain(..whole).collect());
    }
    let end = inbox.iter().position(|byte| *byte == b'\n')?;
    let mut line: Vec<u8> = inbox.drain(..=end).collect();
    line.pop();
    line.pop_if(|last| *last == b'\r');
    Some(line)
}

fn harmless(text: &str) -> String {
    let is_direction = |letter| matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown = |letter: char| match letter {
        '\t' => "\t".to_string(),
        letter if letter.is_control() || is_direction(letter) => {
            letter.escape_unicode().to_string()
        }
        letter => letter.to_string(),
    };
    text.chars().map(shown).collect()
}
