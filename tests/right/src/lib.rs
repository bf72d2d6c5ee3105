//! What the right programs share: their arguments, and how they report trouble.
//!
//! The programs themselves stand in `lab1/`, `lab3/` and `lab4/`, each built
//! otherwise than the solution: another number of threads, locks, channels or
//! none, another language. `tests/right.rs` runs the checks on each of them.

use std::net::TcpListener;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

/// A server's arguments.
#[derive(Parser)]
pub struct ServerArgs {
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,
    /// The port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 55555)]
    pub port: u16,
}

/// A client's arguments.
#[derive(Parser)]
pub struct ClientArgs {
    /// The server's address
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,
    /// The server's port
    #[arg(long, default_value_t = 55555)]
    pub port: u16,
    /// The nickname; asked for, if it is not given
    #[arg(long)]
    pub nickname: Option<String>,
    /// Each read and each write is one message
    #[arg(long)]
    pub unframed: bool,
}

/// Listens as the arguments say, prints where, and serves with `serve`.
pub fn server(serve: impl FnOnce(TcpListener) -> Result<()>) -> ExitCode {
    let args = ServerArgs::parse();
    let run = || {
        let listener = TcpListener::bind((args.host.as_str(), args.port))
            .with_context(|| format!("cannot listen on {}:{}", args.host, args.port))?;
        println!("Listening on {}", listener.local_addr()?);
        serve(listener)
    };
    report(run())
}

/// One sentence for whatever went wrong.
pub fn report(result: Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
