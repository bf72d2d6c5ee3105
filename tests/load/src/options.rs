//! What can be asked for on the command line.

use clap::{Parser, Subcommand};

use crate::compare::Compare;
use crate::dialect::Dialect;
use crate::faults::Faults;
use crate::plan::{Scenario, Wishes};
use crate::visit::Visit;

/// Loads a chat room and books every message of every sender at every receiver.
#[derive(Parser, Debug)]
#[command(name = "room-load", version)]
pub struct Options {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Run scenarios against one server
    Run(Run),
    /// Run the same trials against several servers and renew the page about them
    Compare(Compare),
    /// Let things go wrong around a room and see whether it stands
    Faults(Faults),
    /// Join and listen (the faults start this themselves)
    #[command(hide = true)]
    Visit(Visit),
}

#[derive(clap::Args, Debug)]
pub struct Run {
    /// Which scenarios; all of them if none is named
    pub scenarios: Vec<Scenario>,
    /// Command line of the server, started afresh for each scenario, with a free
    /// port in place of `{port}`; it must print `Listening on ADDRESS`
    #[arg(long, default_value = "target/release/lab3-scaled-server --port 0")]
    pub server: String,
    /// Use the server that runs at this address instead
    #[arg(long, conflicts_with = "server")]
    pub address: Option<String>,
    /// How the server is spoken to
    #[arg(long, value_enum, default_value = "room")]
    pub dialect: Dialect,
    /// Print JSON instead of tables
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub wishes: Wishes,
}
