//! A right room that is built as a student would build it: a thread for each
//! client, and one lock around the list of members.
//!
//! Some mistakes cannot be made in the solution, whose members have one owner:
//! the catalogue puts this in its place first. It passes every check.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Parser;

#[derive(Parser)]
struct Args {
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    #[arg(long, default_value_t = 55555)]
    port: u16,
}

struct Member {
    name: String,
    stream: TcpStream,
    lines: bool,
}

type Members = Arc<Mutex<Vec<Member>>>;

const LINE: usize = 4096;
const GRACE: Duration = Duration::from_millis(200);
const PATIENCE: Duration = Duration::from_millis(500);

fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args) -> Result<()> {
    let listener = TcpListener::bind((args.host.as_str(), args.port)).context("cannot listen")?;
    println!("Listening on {}", listener.local_addr()?);
    let members = Members::default();
    loop {
        let (stream, address) = listener.accept()?;
        println!("Connected with {address}");
        let members = members.clone();
        thread::spawn(move || serve(stream, &members));
    }
}

/// Serves one client, from its first byte to its last.
fn serve(mut stream: TcpStream, members: &Members) {
    let mut bytes = Vec::new();
    let Some((name, lines)) = nickname(&mut stream, &mut bytes) else {
        return;
    };
    if let Err(reason) = join(&stream, &name, lines, members) {
        let _ = writeln!(stream, "Nickname refused: {reason}.");
        return;
    }
    listen(&mut stream, &mut bytes, &name, lines, members);
    leave(&name, members);
    let _ = stream.shutdown(Shutdown::Both);
}

/// The nickname, and whether it was a line.
fn nickname(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<(String, bool)> {
    while !bytes.contains(&b'\n') && bytes.len() <= LINE {
        match read(stream, bytes) {
            Ok(0) => return None,
            Ok(_) => stream.set_read_timeout(Some(GRACE)).ok()?,
            Err(_) if bytes.is_empty() => return None,
            Err(_) => break,
        }
    }
    stream.set_read_timeout(None).ok()?;
    match take_line(bytes) {
        Some(line) => Some((String::from_utf8(line).ok()?, true)),
        None => Some((String::from_utf8(std::mem::take(bytes)).ok()?, false)),
    }
}

/// Takes somebody into the room, or says why not.
fn join(
    stream: &TcpStream,
    name: &str,
    lines: bool,
    members: &Members,
) -> Result<(), &'static str> {
    let mut list = members.lock().unwrap();
    if name.trim().is_empty() || name.chars().count() > 32 {
        return Err("it is empty or too long");
    }
    if name.chars().any(char::is_control) {
        return Err("it holds a control character");
    }
    if list.iter().any(|member| member.name == name) {
        return Err("it is taken");
    }
    println!("Nickname is {name}");
    let stream = stream.try_clone().map_err(|_| "it came too late")?;
    let _ = stream.set_write_timeout(Some(PATIENCE));
    let name = name.to_string();
    let mut newcomer = Member {
        name,
        stream,
        lines,
    };
    let joined = format!("{} joined!", newcomer.name);
    broadcast(&mut list, &joined);
    let _ = newcomer.hears(&joined);
    let _ = newcomer.hears("Connected to server!");
    list.push(newcomer);
    Ok(())
}

/// Passes on what one member says, until it leaves.
fn listen(stream: &mut TcpStream, bytes: &mut Vec<u8>, name: &str, lines: bool, members: &Members) {
    loop {
        let line = match take_line(bytes) {
            Some(line) => line,
            None if !lines && !bytes.is_empty() => std::mem::take(bytes),
            None if bytes.len() > LINE + 1 => return,
            None => match read(stream, bytes) {
                Ok(0) | Err(_) => return,
                Ok(_) => continue,
            },
        };
        let Ok(text) = String::from_utf8(line) else {
            return;
        };
        if text == "CLOSE123123" || text.len() > LINE {
            return;
        }
        let signature = format!("{name}: ");
        let signed = match text.starts_with(&signature) {
            true => text,
            false => signature + &text,
        };
        let mut list = members.lock().unwrap();
        broadcast(&mut list, &signed);
    }
}

/// Takes somebody off the list, and tells the others.
fn leave(name: &str, members: &Members) {
    let mut list = members.lock().unwrap();
    let before = list.len();
    list.retain(|member| member.name != name);
    if list.len() < before {
        println!("{name} left!");
        broadcast(&mut list, &format!("{name} left!"));
    }
}

/// Tells everyone; who does not take it in time is let go, which is told as well.
fn broadcast(list: &mut Vec<Member>, text: &str) {
    let mut lost = Vec::new();
    list.retain_mut(|member| {
        let heard = member.hears(text).is_ok();
        if !heard {
            let _ = member.stream.shutdown(Shutdown::Both);
            lost.push(member.name.clone());
        }
        heard
    });
    for name in lost {
        println!("{name} left!");
        broadcast(list, &format!("{name} left!"));
    }
}

impl Member {
    fn hears(&mut self, text: &str) -> std::io::Result<()> {
        let end = if self.lines { "\n" } else { "" };
        self.stream.write_all(format!("{text}{end}").as_bytes())
    }
}

/// Reads once; what came is added to `bytes`.
fn read(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> std::io::Result<usize> {
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Ok(count) => {
                bytes.extend_from_slice(&buffer[..count]);
                return Ok(count);
            }
            Err(error) => return Err(error),
        }
    }
}

/// The first line of `bytes`, without its end, if it is there.
fn take_line(bytes: &mut Vec<u8>) -> Option<Vec<u8>> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let mut line: Vec<u8> = bytes.drain(..=end).collect();
    line.pop();
    line.pop_if(|last| *last == b'\r');
    Some(line)
}
