//! The command `room-load`: parses, runs, reports.

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use room_load::bench;
use room_load::compare;
use room_load::faults;
use room_load::options::{Command, Options, Run};
use room_load::plan::Scenario;
use room_load::report::Report;
use room_load::target::{Place, Target};
use room_load::visit;

fn main() -> ExitCode {
    let options = Options::parse();
    let result = match &options.command {
        Command::Run(run) => run_scenarios(run),
        Command::Faults(faults) => faults::run(faults).map(|()| ExitCode::SUCCESS),
        Command::Visit(visit) => visit::run(visit).map(|()| ExitCode::SUCCESS),
        Command::Compare(compare) => compare::run(compare).map(|()| ExitCode::SUCCESS),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Fails also when a message was lost, doubled, reordered or damaged.
fn run_scenarios(run: &Run) -> Result<ExitCode> {
    let target = target(run);
    let scenarios = match run.scenarios.as_slice() {
        [] => Scenario::value_variants(),
        named => named,
    };
    let mut reports: Vec<Report> = Vec::new();
    for &scenario in scenarios {
        let report = bench::run(&target, scenario, run.wishes.plan(scenario))
            .with_context(|| format!("{} against {}", scenario.name(), target.name))?;
        if !run.json {
            println!("{}", report.table());
        }
        reports.push(report);
    }
    if run.json {
        println!("{}", serde_json::to_string_pretty(&reports)?);
    }
    let good = reports.iter().all(Report::is_good);
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn target(run: &Run) -> Target {
    let (name, place) = match &run.address {
        Some(address) => (address.clone(), Place::Address(address.clone())),
        None => (run.server.clone(), Place::Command(run.server.clone())),
    };
    Target {
        name,
        dialect: run.dialect,
        place,
    }
}
