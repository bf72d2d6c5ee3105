//! What a room must survive. In each fault members chat while something goes
//! wrong beside them; afterwards all of them have been served, a newcomer is
//! let in, and the server has given back its threads, descriptors and memory.

mod crowd;
mod limits;
mod network;
mod stage;
mod stopped;

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, ValueEnum};

use crate::bench;
use crate::dialect::Dialect;
use crate::plan::{Scenario, Wishes};
use crate::server::Server;
use crate::target::{Place, Target};
use stage::Stage;

/// MiB that a room may use when any number of visitors, 64 at a time, have left.
const CHURN_MEMORY: f64 = 32.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Fault {
    /// Visitors come and go in every way, for as long as `--seconds` says.
    Churn,
    /// The server has no descriptor left.
    Descriptors,
    /// The server has no thread left.
    Threads,
    /// Ten thousand connections are opened at once and dropped.
    Crowd,
    /// Clients close their sending half and nothing more.
    HalfClosed,
    /// Clients are stopped (SIGSTOP) and stay connected.
    Stopped,
    /// Clients vanish with their network: no FIN, no RST.
    Vanished,
}

#[derive(Args, Debug)]
pub struct Faults {
    /// Which faults; all of them if none is named
    pub faults: Vec<Fault>,
    /// Command line of the server, started afresh for each fault
    #[arg(long, default_value = "target/release/lab3-solution-server --port 0")]
    pub server: String,
    /// How long visitors come and go: 3600 for a soak
    #[arg(long, default_value_t = 5.0)]
    pub churn_seconds: f64,
    /// The network namespace that will vanish (set by this program itself)
    #[arg(long, hide = true)]
    pub away: Option<String>,
}

/// What became of a fault.
pub enum Verdict {
    /// The room stood it; what it used before and after.
    Stood(String),
    /// It cannot be tried here, and why.
    NotHere(String),
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        let (Verdict::Stood(text) | Verdict::NotHere(text)) = self;
        out.write_str(text)
    }
}

/// Tries all faults named; fails if the room did not stand one.
pub fn run(faults: &Faults) -> Result<()> {
    let all = Fault::value_variants();
    let named = if faults.faults.is_empty() {
        all
    } else {
        &faults.faults
    };
    let mut fell = Vec::new();
    for &fault in named {
        let name = fault
            .to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default();
        match try_one(fault, faults) {
            Ok(verdict @ Verdict::Stood(_)) => println!("stood     {name}: {verdict}"),
            Ok(verdict @ Verdict::NotHere(_)) => println!("not here  {name}: {verdict}"),
            Err(error) => {
                println!("FELL      {name}: {error:#}");
                fell.push(name);
            }
        }
    }
    ensure!(
        fell.is_empty(),
        "the room did not stand: {}",
        fell.join(", ")
    );
    Ok(())
}

fn try_one(fault: Fault, faults: &Faults) -> Result<Verdict> {
    match fault {
        Fault::Churn => churn(faults),
        Fault::Descriptors => limits::descriptors(&faults.server),
        Fault::Threads => limits::threads(&faults.server),
        Fault::Crowd => crowd::crowd(&faults.server),
        Fault::HalfClosed => crowd::half_closed(&faults.server),
        Fault::Stopped => stopped::stopped(&faults.server),
        Fault::Vanished => network::vanished(faults),
    }
}

fn churn(faults: &Faults) -> Result<Verdict> {
    let target = Target {
        name: faults.server.clone(),
        dialect: Dialect::Room,
        place: Place::Command(faults.server.clone()),
    };
    let wishes = Wishes {
        seconds: Some(faults.churn_seconds),
        ..Wishes::default()
    };
    let report = bench::run(&target, Scenario::Churn, wishes.plan(Scenario::Churn))?;
    ensure!(report.is_good(), "{}", report.table());
    let visits = report.figure("visits").context("no visits were counted")?;
    let memory = stage::memory_when_given_back(&report)?;
    ensure!(
        memory < CHURN_MEMORY,
        "after {visits} visits it uses {memory:.1} MiB"
    );
    Ok(Verdict::Stood(format!(
        "{visits} visits, then {memory:.1} MiB"
    )))
}

/// A program's words, each its own.
fn words(command: &str) -> Vec<String> {
    command.split_whitespace().map(str::to_owned).collect()
}

/// The server's command line behind the words of another that starts it.
fn started_by(prefix: &[&str], server: &str) -> Result<Server> {
    let mut words = prefix
        .iter()
        .map(|&word| word.to_owned())
        .chain(words(server));
    let Some(program) = words.next() else {
        bail!("the server's command line is empty");
    };
    let mut command = std::process::Command::new(program);
    command.args(words);
    Server::start_told(command)
}

/// A room with members in it, for one fault.
fn stage(prefix: &[&str], server: &str) -> Result<Stage> {
    Stage::open(started_by(prefix, server)?)
}
