//! Lab 3: the chat room, one server and many clients.
//!
//! ```text
//!   ehab ──"hi"──▶ ┌──────┐ ──"ehab: hi"──▶ ehab
//!                  │ room │ ──"ehab: hi"──▶ amal
//!   amal ────────▶ └──────┘ ──"ehab: hi"──▶ …
//! ```
//!
//! A client's first line is its nickname. From then on each of its lines goes
//! to everyone, its author included, until it leaves.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

/// The chat room of lab 3: everyone hears what anyone says.
#[derive(Parser)]
#[command(after_help = concat!("Example: cargo run -p ", env!("CARGO_BIN_NAME"), " -- --port 4000"))]
struct Args {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// The port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 55555)]
    port: u16,
}

fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            warn(&format!("{}: {error:#}", env!("CARGO_BIN_NAME")));
            ExitCode::FAILURE
        }
    }
}

/// Listens, says so, and serves whoever comes.
fn run(args: Args) -> Result<()> {
    let listener = TcpListener::bind((args.host.as_str(), args.port))
        .with_context(|| format!("cannot listen on {}:{}", args.host, args.port))?;
    let address = listener.local_addr().context("cannot tell my address")?;
    log(&format!("Listening on {address}"));
    // TASK 3.1: serve many clients at once, each in a thread of its own. This
    // loop comes to the next client only when the one before it has gone.
    loop {
        let (stream, address) = listener.accept().context("cannot accept a client")?;
        if let Err(error) = serve(&stream, address) {
            warn(&format!("{address}: {error:#}"));
        }
    }
    // END 3.1
}

/// Writes one line to standard output. A reader who has gone (`| head`) is no
/// reason to stop, and `println!` would panic.
fn log(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// The same for standard error: warnings and refusals.
fn warn(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

// TASK 3.2: joining. The members of the room must be known to all threads: a
// list behind a lock, or owned by one thread that the others send to.
// TASK 3.3: broadcast. What one says, everyone must hear.

/// Serves one client, from its first byte to its last.
fn serve(mut stream: &TcpStream, address: SocketAddr) -> Result<()> {
    log(&format!("Connected with {address}"));
    let mut lines = BufReader::new(stream).lines();
    // TASK 3.5: who may be called what? Here everyone may, and whoever never
    // says a nickname is waited for without end.
    let Some(nickname) = lines.next().transpose()? else {
        return Ok(());
    };
    log(&format!("Nickname is {nickname}"));
    // TASK 3.8: the paper's own client never ends a line. `lines` waits for
    // the end of its nickname for ever.
    // TASK 3.6: `lines` gives up at the first byte that is not text, and keeps
    // a line without end in memory until there is no more.
    for line in lines {
        // TASK 3.7: a client that stops reading makes this write wait.
        writeln!(stream, "{}", line?)?;
    }
    // TASK 3.4: leaving. The others hear nothing of it, the word CLOSE123123
    // is a line like any other, and the nickname was never taken.
    Ok(())
}
// END 3.2
