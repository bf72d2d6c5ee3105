//! The client the other way round: `main` receives, a thread reads the keyboard
//! and sends, and whoever ends first shuts the connection down for the other.

use std::io::{self, BufRead, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Parser;
use right_programs::ClientArgs;

/// How long the room may take to close its half after we have closed ours.
const LAST_WORDS: Duration = Duration::from_millis(300);

fn main() -> ExitCode {
    right_programs::report(run(&ClientArgs::parse()))
}

fn run(args: &ClientArgs) -> Result<()> {
    let nickname = match &args.nickname {
        Some(nickname) => nickname.clone(),
        None => {
            print!("Choose your nickname: ");
            io::stdout().flush()?;
            let mut line = String::new();
            io::stdin().read_line(&mut line)?;
            line.trim_end_matches(['\r', '\n']).to_string()
        }
    };
    println!("WHEN YOU WANT TO CLOSE ENTER CLOSE123123");
    let room = TcpStream::connect((args.host.as_str(), args.port))
        .with_context(|| format!("cannot connect to {}:{}", args.host, args.port))?;
    room.set_nodelay(true)?;
    let end = if args.unframed { "" } else { "\n" };
    (&room).write_all(format!("{nickname}{end}").as_bytes())?;
    let left = Arc::new(AtomicBool::new(false));
    let (writer, leaving) = (room.try_clone()?, left.clone());
    // The greeting comes first, also where each read is a message.
    let mut screen = Screen {
        unframed: args.unframed,
        bytes: Vec::new(),
    };
    let greeted = screen.show_next(&room);
    thread::spawn(move || {
        let sent = send_typed(&writer, &nickname, end);
        leaving.store(sent.is_ok(), Ordering::SeqCst);
        let _ = writer.shutdown(Shutdown::Write);
        thread::sleep(LAST_WORDS);
        let _ = writer.shutdown(Shutdown::Both);
    });
    if greeted {
        while screen.show_next(&room) {}
    }
    if !left.load(Ordering::SeqCst) {
        println!("The server closed the connection.");
    }
    Ok(())
}

fn send_typed(mut room: &TcpStream, nickname: &str, end: &str) -> io::Result<()> {
    for line in io::stdin().lock().split(b'\n') {
        let line = String::from_utf8_lossy(&line?)
            .trim_end_matches('\r')
            .to_string();
        if line == "CLOSE123123" {
            break;
        }
        room.write_all(format!("{nickname}: {line}{end}").as_bytes())?;
    }
    Ok(())
}

struct Screen {
    unframed: bool,
    bytes: Vec<u8>,
}

impl Screen {
    /// Shows what the next read brings; whether there was one.
    fn show_next(&mut self, mut room: &TcpStream) -> bool {
        let mut chunk = [0; 4096];
        let Ok(count @ 1..) = room.read(&mut chunk) else {
            return false;
        };
        self.bytes.extend_from_slice(&chunk[..count]);
        let ends: Vec<usize> = match self.unframed {
            true => vec![self.bytes.len() - cut_letter(&self.bytes)],
            false => self
                .bytes
                .iter()
                .enumerate()
                .filter(|(_, byte)| **byte == b'\n')
                .map(|(end, _)| end)
                .collect(),
        };
        let mut from = 0;
        for end in ends {
            let text = String::from_utf8_lossy(&self.bytes[from..end]).into_owned();
            show(text.trim_end_matches('\r'));
            from = if self.unframed { end } else { end + 1 };
        }
        self.bytes.drain(..from);
        true
    }
}

fn cut_letter(bytes: &[u8]) -> usize {
    match str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => bytes.len() - error.valid_up_to(),
        _ => 0,
    }
}

fn show(text: &str) {
    let harmless = |letter: char| match letter {
        '\t' => '\t',
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            '\u{fffd}'
        }
        letter if letter.is_control() => '\u{fffd}',
        letter => letter,
    };
    println!("{}", text.chars().map(harmless).collect::<String>());
}
