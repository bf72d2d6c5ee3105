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

mod limits;
mod line;
mod member;
mod news;
mod nickname;
mod outbox;
mod reception;
mod room;
mod testing;
mod visitor;

use std::io::Write;
use std::net::TcpListener;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

use limits::Limits;

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
    // TASK 3.7: a room that lasts has limits.
    #[command(flatten)]
    limits: Limits,
    // END 3.7
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
    // TASK 3.1: serve many clients at once, each in a thread of its own.
    let room = room::open(args.limits).context("cannot start the broadcaster")?;
    reception::admit_all(&listener, &room, args.limits)
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
