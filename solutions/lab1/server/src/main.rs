//! Lab 1, the server: it sends every byte back to the client that sent it.
//!
//!     client --- bytes ---> receive --+
//!     client <-- the same bytes ------+  echo
//!
//! One client at a time: `run` owns the listener, `echo` owns the connection and
//! closes it by coming to its end. Nothing is kept but one buffer.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

/// How much one read takes at most; what is sent may be shorter or longer.
const BUFFER_SIZE: usize = 16 * 1024;

/// Sends every byte back to the client that sent it.
#[derive(Parser)]
#[command(after_help = concat!("Example: cargo run -p ", env!("CARGO_PKG_NAME"), " -- --port 4000"))]
struct Args {
    /// The address of this machine to listen on
    #[arg(long, default_value = "127.0.0.1")]
    host: String,

    /// The port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 55555)]
    port: u16,
}

fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            warn(&format!("{}: {error:#}", env!("CARGO_PKG_NAME")));
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args) -> Result<()> {
    let listener = listen(&args)?;
    log(&format!("Listening on {}", listener.local_addr()?));
    // TASK 1.5: serve one client after the other, for ever.
    loop {
        match listener.accept() {
            Ok((client, address)) => serve(client, address)?,
            Err(error) => {
                // Such as too many open files: that passes, but not at once.
                warn(&format!("cannot accept a client: {error}"));
                std::thread::sleep(std::time::Duration::from_millis(100));
            }
        }
    }
    // END 1.5
}

/// Takes the host's port, or tells why it cannot be had.
fn listen(args: &Args) -> Result<TcpListener> {
    // TASK 1.1: listen on the host and the port that were asked for, or tell why not.
    let listener = TcpListener::bind((args.host.as_str(), args.port))
        .with_context(|| format!("cannot listen on {}:{}", args.host, args.port))?;
    // END 1.1
    Ok(listener)
}

/// Serves one client from its coming to its going.
fn serve(client: TcpStream, address: SocketAddr) -> Result<()> {
    // TASK 1.2: log `Connected with ADDRESS`.
    log(&format!("Connected with {address}"));
    // END 1.2
    let end = echo(client);
    // TASK 1.2: log `Disconnected from ADDRESS`.
    log(&format!("Disconnected from {address}"));
    // END 1.2
    // TASK 1.5: a client that vanished is no reason to stop the server.
    if let Err(error) = end {
        warn(&format!("lost {address}: {error}"));
    }
    Ok(())
    // END 1.5
}

/// Sends back what the client sends, until it has no more to send.
fn echo(mut client: TcpStream) -> io::Result<()> {
    let mut buffer = [0; BUFFER_SIZE];
    // TASK 1.3: send back every byte as it came, of every read and not only the first.
    while let Some(count) = receive(&mut client, &mut buffer)? {
        client.write_all(&buffer[..count])?;
    }
    Ok(())
    // END 1.3
}

/// Reads what has come, and tells how many bytes; `None` is the end of the stream.
fn receive(client: &mut TcpStream, buffer: &mut [u8]) -> io::Result<Option<usize>> {
    // TASK 1.4: a client that has closed its sending half has reached its end.
    loop {
        match client.read(buffer) {
            Ok(0) => return Ok(None),
            Ok(count) => return Ok(Some(count)),
            // A signal came in between: nothing was read, and nothing is lost.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    // END 1.4
}

/// Prints a line for the operator; a screen that is gone does not stop the server.
fn log(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// The same for standard error, where `eprintln!` would end a program whose
/// warnings nobody reads any more.
fn warn(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
