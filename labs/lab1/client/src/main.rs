//! Lab 1, the client: it sends what is typed and prints what comes back.
//!
//!     keyboard --> send_typed ----> server    a thread of its own
//!     screen <-- print_returned <-- server    the main thread
//!
//! Given and complete: there is nothing to do here but to read it. The thread
//! that waits for the keyboard ends with the program.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::ExitCode;
use std::thread;

use anyhow::{Context, Result, anyhow};
use clap::Parser;

/// How much one read takes at most.
const BUFFER_SIZE: usize = 16 * 1024;

/// Sends what is typed to the server and prints what comes back; Ctrl-D (on
/// Windows Ctrl-Z and Enter) ends it.
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
    let sending = server
        .try_clone()
        .context("cannot share the connection with a second thread")?;
    thread::spawn(move || {
        if let Err(error) = send_typed(sending) {
            warn(&format!("cannot send what is typed: {error}"));
        }
    });
    print_returned(server)
}

/// Connects to the server, or tells why nobody answers there.
fn connect(args: &Args) -> Result<TcpStream> {
    TcpStream::connect((args.host.as_str(), args.port)).map_err(|error| {
        let advice = match error.kind() {
            io::ErrorKind::ConnectionRefused => "; is the server running?",
            _ => "",
        };
        anyhow!(
            "cannot connect to {}:{}: {error}{advice}",
            args.host,
            args.port
        )
    })
}

/// Sends the keyboard's bytes; at their end the server is told that no more will come.
fn send_typed(mut server: TcpStream) -> io::Result<()> {
    io::copy(&mut io::stdin(), &mut server)?;
    server.shutdown(Shutdown::Write)
}

/// Prints the server's bytes as they come, until the server closes.
fn print_returned(mut server: TcpStream) -> Result<()> {
    let mut screen = io::stdout();
    let mut buffer = [0; BUFFER_SIZE];
    loop {
        let count = match server.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error).context("lost the server"),
        };
        screen
            .write_all(&buffer[..count])
            .and_then(|()| screen.flush())
            .context("cannot write to standard output")?;
    }
}

/// Tells of trouble on standard error; `eprintln!` would panic where nobody reads it.
fn warn(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
