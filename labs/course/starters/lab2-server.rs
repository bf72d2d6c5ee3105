//! Lab 2, the server: its operator talks with one client at a time, line by line.
//!
//!     keyboard --> send --> the client in the seat
//!     screen <---- show <-- the same client

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{process::ExitCode, thread, time::Duration};

use anyhow::{Context, Result};
use clap::Parser;

/// The longest line, in bytes and without its end, that the wire format allows.
const LINE_LIMIT: usize = 4096;
/// The connection of the client that is here, if any.
type Seat = Mutex<Option<Arc<TcpStream>>>;

/// Talks with one client at a time: sends what you type, prints what comes; Ctrl-D ends it.
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
    let listener = TcpListener::bind((args.host.as_str(), args.port))
        .with_context(|| format!("cannot listen on {}:{}", args.host, args.port))?;
    print(&format!("Listening on {}", listener.local_addr()?));
    let seat = Arc::new(Seat::default());
    // TASK 2.3: a thread of its own for the clients; the keyboard is read in this one.
    serve_all(&listener, &seat)?;
    // END 2.3
    // TASK 2.5: the operator has left: close the client's connection and stop.
    // END 2.5
    Ok(())
}

/// Serves one client after the other, for ever.
fn serve_all(listener: &TcpListener, seat: &Seat) -> Result<()> {
    loop {
        match listener.accept() {
            Ok((client, address)) => serve(Arc::new(client), address, seat)?,
            Err(error) => {
                warn(&format!("cannot accept a client: {error}"));
                thread::sleep(Duration::from_millis(100)); // too many open files, say: that passes
            }
        }
    }
}

/// Serves one client from its coming to its going.
fn serve(client: Arc<TcpStream>, address: SocketAddr, seat: &Seat) -> Result<()> {
    *look_at(seat) = Some(Arc::clone(&client));
    print(&format!("Connected with {address}"));
    let end = converse(&client);
    *look_at(seat) = None;
    let _ = client.shutdown(Shutdown::Both); // frees a `send` that still waits
    print(&format!("Disconnected from {address}"));
    // TASK 2.6: a client that vanished is no reason to stop the server.
    end.with_context(|| format!("lost {address}"))
    // END 2.6
}

/// Shows what the client says, until it leaves.
fn converse(client: &TcpStream) -> io::Result<()> {
    let mut lines = LineReader::new(client);
    // TASK 2.3: read the socket alone: the operator answers at any time, or never.
    let mut keyboard = LineReader::new(io::stdin());
    while let Some(line) = lines.next_line()? {
        show(line);
        if let Some(answer) = keyboard.next_line()? {
            send(client, answer);
        }
    }
    // END 2.3
    Ok(())
}

/// Prints what the client said.
fn show(line: Vec<u8>) {
    let Some(text) = text(line) else { return };
    // TASK 2.1: print what the client said, not only how long it is.
    print(&format!("[{} bytes came]", text.len()));
    // END 2.1
}

/// Sends what the operator typed; waits while the client does not take it.
fn send(mut client: &TcpStream, line: Vec<u8>) {
    let Some(text) = text(line) else { return };
    // TASK 2.2: send what the operator typed, not only how long it is.
    let line = format!("[{} bytes typed]\n", text.len());
    // END 2.2
    if let Err(error) = client.write_all(line.as_bytes()) {
        warn(&format!("cannot send: {error}"));
    }
}

/// What a line says; of a line that cannot be taken it is told why.
fn text(line: Vec<u8>) -> Option<String> {
    // TASK 2.6: tell of a line that is too long or not valid UTF-8, and drop it.
    Some(String::from_utf8_lossy(&line).into_owned())
    // END 2.6
}

/// The seat, to look at or to change; it is locked until the guard is dropped.
fn look_at(seat: &Seat) -> MutexGuard<'_, Option<Arc<TcpStream>>> {
    seat.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Prints a line for the operator; a screen that is gone does not stop the server.
fn print(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// The same for standard error, where `eprintln!` would end a program whose
/// warnings nobody reads any more.
fn warn(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

// TASK 2.4: a message is a line, however its bytes come: in pieces, or several at once.
/// Takes every read for a message, as the paper does, until task 2.4 is done.
struct LineReader<R>(R);

impl<R: Read> LineReader<R> {
    fn new(source: R) -> Self {
        LineReader(source)
    }

    /// Waits for the next line, without its end; `None` is the end of the stream.
    fn next_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = vec![0; LINE_LIMIT];
        let count = self.0.read(&mut line)?;
        line.truncate(count);
        line.pop_if(|byte| *byte == b'\n');
        Ok((count > 0).then_some(line))
    }
}
// END 2.4
