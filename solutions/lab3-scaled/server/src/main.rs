//! Lab 3's room for thousands of clients.
//!
//! ```text
//!   connection ──┐                                  ┌──▶ member's socket
//!   connection ──┼─▶ events ─▶ broadcaster thread ──┼──▶ member's socket
//!   connection ──┘  (bounded)  (owns the members)   └──▶ member's outbox, if it is slow
//! ```
//!
//! A thread reads from each client; one thread writes to all of them. No lock is held
//! while a line is sent, so a slow client delays no other.

mod connection;
mod limits;
mod member;
mod protocol;
mod room;

use std::net::TcpListener;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

use limits::Limits;

/// The chat room of lab 3 for thousands of clients.
///
/// غرفة المحادثة من المختبر 3 لآلاف العملاء.
#[derive(Parser)]
struct Args {
    /// The address to listen on
    ///
    /// العنوان الذي يُستمع عليه
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// The port to listen on; 0 takes a free one
    ///
    /// المنفذ الذي يُستمع عليه؛ و0 يأخذ منفذًا حرًّا
    #[arg(long, default_value_t = 55555)]
    port: u16,
    #[command(flatten)]
    limits: Limits,
}

fn main() -> ExitCode {
    lab_cli::run(run)
}

fn run(args: Args) -> Result<()> {
    let listener = TcpListener::bind((args.host.as_str(), args.port))
        .with_context(|| format!("cannot listen on {}:{}", args.host, args.port))?;
    let address = listener
        .local_addr()
        .context("cannot read the local address")?;
    lab_cli::log(&format!("Listening on {address}"));
    let room = room::open().context("cannot start the broadcaster thread")?;
    connection::accept_all(&listener, &room, args.limits)
}
