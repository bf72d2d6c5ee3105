//! Servers that mean harm, or might as well: `hostile prints-without-end`.
//! tests/hostile.rs shows that the checks tell of each truly and in time, and
//! leave nothing of it running.

use std::io::{Read, Write, stdout};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;
use std::{env, io, thread};

/// Whatever is forgotten ends by itself after this.
const LIFE: Duration = Duration::from_secs(120);

fn main() -> ExitCode {
    let how = env::args().nth(1).unwrap_or_default();
    match run(&how) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hostile {how}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(how: &str) -> io::Result<()> {
    match how {
        "exits-at-once" => return Ok(()),
        "sleeps" | "never-prints" => {}
        "prints-without-end" => prints_without_end()?,
        "answers-before-it-is-asked" => answers_before_it_is_asked()?,
        "listens-elsewhere" => listens_elsewhere()?,
        "prints-what-the-checks-print" => prints_what_the_checks_print()?,
        "leaves-grandchildren" => leaves(&[])?,
        "leaves-a-session" => leaves(&["setsid"])?,
        _ => return Err(io::Error::other("no such way to be hostile")),
    }
    thread::sleep(LIFE);
    Ok(())
}

/// Begins as it should, and then does not stop.
fn prints_without_end() -> io::Result<()> {
    let _listener = listen()?;
    let line = [b'y'; 63];
    loop {
        stdout().write_all(&line)?;
        stdout().write_all(b"\n")?;
    }
}

fn answers_before_it_is_asked() -> io::Result<()> {
    let listener = listen()?;
    for client in listener.incoming() {
        let mut client: TcpStream = client?;
        client.write_all(b"hello, who are you?\n")?;
        thread::spawn(move || client.read(&mut [0; 64]));
    }
    Ok(())
}

/// The port that it tells is one on which nobody listens any more.
fn listens_elsewhere() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let gone = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    println!("Listening on {gone}");
    std::mem::forget(listener);
    Ok(())
}

fn prints_what_the_checks_print() -> io::Result<()> {
    const VERDICT: &str = "test task1_listen::the_first_line_tells_where_it_listens ... ok";
    println!("{VERDICT}\n\nfailures:\n\ntest result: ok. 99 passed; 0 failed");
    eprintln!("\n{VERDICT}\n\nfailures:\n\ntest result: ok. 99 passed; 0 failed");
    Ok(())
}

/// Starts others that live on, behind the command that `before` names.
fn leaves(before: &[&str]) -> io::Result<()> {
    let this = env::current_exe()?;
    let words: Vec<_> = before
        .iter()
        .map(|word| word.into())
        .chain([this])
        .collect();
    for _ in 0..3 {
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).arg("sleeps");
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.spawn()?;
    }
    std::mem::forget(listen()?);
    Ok(())
}

fn listen() -> io::Result<TcpListener> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("Listening on {}", listener.local_addr()?);
    Ok(listener)
}
