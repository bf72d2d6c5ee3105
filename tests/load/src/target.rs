//! A server to be measured: its name, how it is spoken to, how it is started.

use anyhow::{Context, Result};

use crate::dialect::Dialect;
use crate::server::Server;

#[derive(Clone, Debug)]
pub struct Target {
    pub name: String,
    pub dialect: Dialect,
    pub place: Place,
}

#[derive(Clone, Debug)]
pub enum Place {
    /// A command line to start.
    Command(String),
    /// An address where it runs already.
    Address(String),
}

impl Target {
    /// `NAME=DIALECT=COMMAND`, as `compare` takes it.
    pub fn parse(text: &str) -> Result<Target> {
        let mut parts = text.splitn(3, '=');
        let (name, dialect, command) = (parts.next(), parts.next(), parts.next());
        let command =
            command.with_context(|| format!("expected NAME=DIALECT=COMMAND, found {text:?}"))?;
        let dialect = dialect.unwrap_or_default();
        Ok(Target {
            name: name.unwrap_or_default().to_owned(),
            dialect: clap::ValueEnum::from_str(dialect, true)
                .map_err(|_| anyhow::anyhow!("expected room, nats or ncat, found {dialect:?}"))?,
            place: Place::Command(command.to_owned()),
        })
    }

    /// The running server.
    pub fn serve(&self) -> Result<Server> {
        match &self.place {
            Place::Command(command) => Server::start(command),
            Place::Address(address) => Server::at(address),
        }
    }
}
