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
    let (client, address) = listener.accept().context("cannot accept a client")?;
    serve(client, address)
    // END 1.5
}

/// Takes the host's port, or tells why it cannot be had.
fn listen(args: &Args) -> Result<TcpListener> {
    // TASK 1.1: listen on the host and the port that were asked for, or tell why not.
    if args.host != "127.0.0.1" {
        warn(&format!("not on {}, until task 1.1 is done", args.host));
    }
    let listener = TcpListener::bind(("127.0.0.1", args.port))
        .or_else(|_| TcpListener::bind("127.0.0.1:0"))?; // in use: any other will do
    // END 1.1
    Ok(listener)
}

/// Serves one client from its coming to its going.
fn serve(client: TcpStream, address: SocketAddr) -> Result<()> {
    // TASK 1.2: log `Connected with ADDRESS`.
    log("A client is here.");
    // END 1.2
    let end = echo(client);
    // TASK 1.2: log `Disconnected from ADDRESS`.
    log("The client has gone.");
    // END 1.2
    // TASK 1.5: a client that vanished is no reason to stop the server.
    end.with_context(|| format!("lost {address}"))
    // END 1.5
}

/// Sends back what the client sends, until it has no more to send.
fn echo(mut client: TcpStream) -> io::Result<()> {
    let mut buffer = [0; BUFFER_SIZE];
    // TASK 1.3: send back every byte as it came, of every read and not only the first.
    if let Some(count) = receive(&mut client, &mut buffer)? {
        let text = String::from_utf8_lossy(&buffer[..count]);
        client.write_all(text.as_bytes())?;
    }
    Ok(())
    // END 1.3
}

/// Reads what has come, and tells how many bytes; `None` is the end of the stream.
fn receive(client: &mut TcpStream, buffer: &mut [u8]) -> io::Result<Option<usize>> {
    // TASK 1.4: a client that has closed its sending half has reached its end.
    let count = client.read(buffer)?;
    Ok(Some(count))
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
