//! Lab 2, the client: what is typed goes to the server, what the server says is printed.
//!
//!     keyboard --> send_line ------> server
//!     screen <-- receive_line <-- server
//!
//! Both give back why the talk is over, when it is: the first reason is the client's.

use std::io::{self, Read, Stdin, Write};
use std::net::TcpStream;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use clap::Parser;

/// The longest line, in bytes and without its end, that the wire format allows.
const LINE_LIMIT: usize = 4096;

/// Talks with the server's operator; Ctrl-D (on Windows Ctrl-Z and Enter) ends it.
#[derive(Parser)]
#[command(after_help = concat!("Example: cargo run -p ", env!("CARGO_PKG_NAME"), " -- --port 4000"))]
struct Args {
    /// The server's address or name
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// The server's port
    #[arg(long, default_value_t = 55555)]
    port: u16,
}

/// Why the talk is over.
enum End {
    /// The keyboard has no more lines.
    Keyboard,
    /// The server has closed the connection, or the connection broke.
    Server,
    /// The keyboard, the screen or the socket cannot be used.
    Error(anyhow::Error),
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
    let server = connect(&args)?;
    let end = converse(server);
    // TASK 2.5: leaving is no trouble: tell of it, and exit with 0.
    match end {
        End::Keyboard => Ok(()),
        End::Server => Err(anyhow!("there is no answer")),
        End::Error(error) => Err(error),
    }
    // END 2.5
}

/// Connects to the server, or tells why nobody answers there.
fn connect(args: &Args) -> Result<TcpStream> {
    TcpStream::connect((args.host.as_str(), args.port)).map_err(|error| {
        let advice = match error.kind() {
            io::ErrorKind::ConnectionRefused => "; is the server running?",
            _ => "",
        };
        let (host, port) = (&args.host, args.port);
        anyhow!("cannot connect to {host}:{port}: {error}{advice}")
    })
}

/// Talks with the server until one of the two leaves, and tells why it is over.
fn converse(server: TcpStream) -> End {
    // TASK 2.3: both at any time: a thread for the keyboard, and one for the socket.
    let mut keyboard = LineReader::new(io::stdin());
    let mut lines = LineReader::new(&server);
    loop {
        // In turns: a line is sent, and then one is awaited.
        let sent = send_line(&mut keyboard, &server);
        if let Err(end) = sent.and_then(|()| receive_line(&mut lines)) {
            return end;
        }
    }
    // END 2.3
}

/// Prints the next line of the server's.
fn receive_line(lines: &mut LineReader<&TcpStream>) -> Result<(), End> {
    // TASK 2.6: a reset is an end like any other.
    let line = lines.next_line().context("lost the server");
    let line = line.map_err(End::Error)?;
    // END 2.6
    match text(line.ok_or(End::Server)?) {
        Some(text) => writeln!(io::stdout(), "{text}")
            .context("cannot write to standard output")
            .map_err(End::Error),
        None => Ok(()),
    }
}

/// Sends the next line of the keyboard's.
fn send_line(keyboard: &mut LineReader<Stdin>, mut server: &TcpStream) -> Result<(), End> {
    let line = keyboard.next_line().context("cannot read the keyboard");
    let line = line.map_err(End::Error)?;
    let Some(text) = text(line.ok_or(End::Keyboard)?) else {
        return Ok(());
    };
    let line = format!("{text}\n");
    server.write_all(line.as_bytes()).map_err(|_| End::Server)
}

/// Tells of trouble on standard error; `eprintln!` would panic where nobody reads it.
fn warn(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// What a line says; of a line that cannot be taken it is told why.
fn text(line: Vec<u8>) -> Option<String> {
    // TASK 2.6: tell of a line that is too long or not valid UTF-8, and drop it.
    Some(String::from_utf8_lossy(&line).into_owned())
    // END 2.6
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
