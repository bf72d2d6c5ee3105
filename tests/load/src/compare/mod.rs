//! The same trials against several servers, in turn, round after round: what
//! else the machine is doing meets them all alike. Medians are compared.

mod chart;
mod document;
mod table;
mod trial;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use crate::bench;
use crate::report::{Report, readable};
use crate::target::Target;

pub use trial::{Trial, trials};

#[derive(Args, Debug)]
pub struct Compare {
    /// A server, as NAME=DIALECT=COMMAND; the first is the one that the others
    /// are compared with
    #[arg(long = "peer", required = true, value_parser = Target::parse)]
    pub peers: Vec<Target>,
    /// How often each trial is run against each server
    #[arg(long, default_value_t = 3)]
    pub repeat: usize,
    /// Seconds of load in each run
    #[arg(long, default_value_t = 4.0)]
    pub load_seconds: f64,
    /// Only the trials with this text in their names
    #[arg(long)]
    pub only: Option<String>,
    /// The page whose tables are renewed; its chart lies beside it
    #[arg(long, default_value = "docs/room-load.md")]
    pub page: PathBuf,
    /// Keep every report here, as JSON
    #[arg(long)]
    pub json: Option<PathBuf>,
    /// Run nothing: take the reports that --json has kept
    #[arg(long)]
    pub from: Option<PathBuf>,
}

/// What all runs of one trial found, server by server.
pub struct Outcome {
    pub trial: Trial,
    pub peers: Vec<PeerOutcome>,
}

pub struct PeerOutcome {
    pub name: String,
    pub reports: Vec<Report>,
}

impl PeerOutcome {
    /// Whether every run was played to its end and nothing was lost or wrong.
    pub fn is_good(&self) -> bool {
        self.reports.iter().all(Report::is_good)
    }

    /// The middle one of what the runs found under this name.
    pub fn median(&self, figure: &str) -> Option<f64> {
        let mut values: Vec<f64> = self
            .reports
            .iter()
            .filter_map(|report| report.figure(figure))
            .collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    }
}

/// Runs all trials, or reads what they found earlier; then writes the page and
/// its chart.
pub fn run(compare: &Compare) -> Result<()> {
    let outcomes = match &compare.from {
        Some(file) => kept(compare, file)?,
        None => play_all(compare)?,
    };
    let table = table::markdown(&outcomes, &compare.peers);
    document::renew(&compare.page, &table)?;
    let chart = compare.page.with_extension("svg");
    fs::write(&chart, chart::svg(&outcomes))
        .with_context(|| format!("cannot write {}", chart.display()))
}

fn play_all(compare: &Compare) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::new();
    for trial in trials(compare.load_seconds) {
        let only = compare.only.as_ref();
        if only.is_none_or(|text| trial.name.contains(text)) {
            outcomes.push(play(compare, trial)?);
        }
    }
    if let Some(file) = &compare.json {
        keep(&outcomes, file)?;
    }
    Ok(outcomes)
}

fn keep(outcomes: &[Outcome], file: &Path) -> Result<()> {
    let peers = outcomes.iter().flat_map(|outcome| &outcome.peers);
    let reports: Vec<&Report> = peers.flat_map(|peer| &peer.reports).collect();
    let text = serde_json::to_string_pretty(&reports)?;
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

/// What `keep` has written. A trial is known by its scenario and its size.
fn kept(compare: &Compare, file: &Path) -> Result<Vec<Outcome>> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let reports: Vec<Report> = serde_json::from_slice(&text)?;
    let outcomes = trials(compare.load_seconds).into_iter().map(|trial| {
        let (scenario, clients) = (trial.scenario.name(), trial.plan.clients);
        let of_trial = |report: &&Report| report.scenario == scenario && report.clients == clients;
        let of_peer = |peer: &Target| PeerOutcome {
            name: peer.name.clone(),
            reports: (reports.iter().filter(of_trial))
                .filter(|report| report.server == peer.name)
                .cloned()
                .collect(),
        };
        let peers = compare.peers.iter().map(of_peer);
        let peers = peers.filter(|peer| !peer.reports.is_empty()).collect();
        Outcome { trial, peers }
    });
    Ok(outcomes.collect())
}

fn play(compare: &Compare, trial: Trial) -> Result<Outcome> {
    let takes_part = |peer: &&Target| trial.players.admit(peer, &compare.peers[0]);
    let players: Vec<&Target> = compare.peers.iter().filter(takes_part).collect();
    let mut peers: Vec<PeerOutcome> = players
        .iter()
        .map(|peer| PeerOutcome {
            name: peer.name.clone(),
            reports: Vec::new(),
        })
        .collect();
    for _ in 0..compare.repeat {
        for (target, peer) in players.iter().zip(&mut peers) {
            let report = bench::run(target, trial.scenario, trial.plan)?;
            say(&trial, &report);
            peer.reports.push(report);
        }
    }
    Ok(Outcome { trial, peers })
}

/// One line a run, so that one sees how far it is.
fn say(trial: &Trial, report: &Report) {
    let value = report
        .figure(trial.figure)
        .map_or("nothing".to_owned(), readable);
    let trouble = report.trouble.as_deref().unwrap_or_default();
    eprintln!(
        "{}: {}: {value} {} {trouble}",
        trial.name, report.server, trial.unit
    );
}
