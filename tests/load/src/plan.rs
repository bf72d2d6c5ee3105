//! The scenarios and how much of each is done unless told otherwise.

use clap::{Args, ValueEnum};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Scenario {
    /// Senders send as fast as their own lines come back.
    Flood,
    /// A steady rate of lines, far below what the server can do.
    Paced,
    /// One line at a time to everyone; also fills and empties large rooms.
    FanOut,
    /// Each sender waits for its own line before it sends the next.
    Turns,
    /// Some stop reading while the others chat.
    SlowReaders,
    /// Visitors come and go, in every way there is.
    Churn,
    /// Lines in pieces and lines glued together.
    Fragments,
    /// Connections that never give a nickname.
    Silent,
}

impl Scenario {
    /// The name it has on the command line.
    pub fn name(self) -> String {
        self.to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn usual(self) -> Plan {
        let usual = Plan {
            clients: 50,
            senders: 10,
            seconds: 5.0,
            window: 512,
            rate: 50.0,
            line: 64,
            others: 0,
            rounds: 20,
        };
        match self {
            Scenario::Flood => usual,
            Scenario::Paced => Plan {
                clients: 1000,
                ..usual
            },
            Scenario::FanOut => Plan {
                clients: 1000,
                senders: 1,
                ..usual
            },
            Scenario::Turns => Plan { window: 1, ..usual },
            Scenario::SlowReaders => Plan {
                others: 5,
                rate: 4000.0,
                line: 1024,
                ..usual
            },
            Scenario::Churn => Plan {
                clients: 20,
                others: 64,
                ..usual
            },
            Scenario::Fragments => usual,
            Scenario::Silent => Plan {
                others: 1000,
                ..usual
            },
        }
    }
}

/// How much of a scenario is done.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub clients: usize,
    pub senders: usize,
    pub seconds: f64,
    pub window: u32,
    pub rate: f64,
    pub line: usize,
    pub others: usize,
    pub rounds: usize,
}

/// What of it was said on the command line.
#[derive(Args, Clone, Debug, Default)]
pub struct Wishes {
    /// Members of the room, up to 10,000
    #[arg(long)]
    pub clients: Option<usize>,
    /// How many of them send
    #[arg(long)]
    pub senders: Option<usize>,
    /// How long the load lasts
    #[arg(long)]
    pub seconds: Option<f64>,
    /// Lines that a flooding sender may have on their way
    #[arg(long)]
    pub window: Option<u32>,
    /// Lines a second, all senders together, where the pace is steady
    #[arg(long)]
    pub rate: Option<f64>,
    /// Bytes of a line, newline included, at least 32
    #[arg(long)]
    pub line: Option<usize>,
    /// The slow, the visitors or the silent, beside the members
    #[arg(long)]
    pub others: Option<usize>,
    /// How often one line goes to everyone
    #[arg(long)]
    pub rounds: Option<usize>,
}

impl Wishes {
    /// The scenario's usual plan with these wishes in it.
    pub fn plan(&self, scenario: Scenario) -> Plan {
        let usual = scenario.usual();
        let clients = self.clients.unwrap_or(usual.clients).max(2);
        Plan {
            clients,
            senders: self.senders.unwrap_or(usual.senders).clamp(1, clients),
            seconds: self.seconds.unwrap_or(usual.seconds),
            window: self.window.unwrap_or(usual.window).max(1),
            rate: self.rate.unwrap_or(usual.rate),
            line: self.line.unwrap_or(usual.line),
            others: self.others.unwrap_or(usual.others),
            rounds: self.rounds.unwrap_or(usual.rounds).max(1),
        }
    }
}
