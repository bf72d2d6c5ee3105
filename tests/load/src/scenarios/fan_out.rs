//! One line to everyone in a quiet room: when has the last of them got it? With
//! `--clients 10000` also: fifty million join notices, and is any missing?

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::bench::Bench;
use crate::book::Sampling;
use crate::room::Room;

/// Between two lines the room comes to rest.
const REST: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_secs(10);

/// What the generator does while it waits for the last receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Waiting {
    /// It sleeps when nothing has come, as receivers do; the server then pays
    /// for waking it, and has the whole machine while it sleeps.
    Asleep,
    /// It polls without a pause, as if the receivers were on another machine;
    /// the server has the rest of this one.
    Awake,
}

pub fn fan_out(bench: &mut Bench) -> Result<()> {
    bench.fill()?;
    bench.hear_all_joins()?;
    bench.room.book.restart(Sampling::Every);
    bench.measured(|bench| {
        for (waiting, name) in [(Waiting::Asleep, "asleep"), (Waiting::Awake, "awake")] {
            let last = rounds(bench, waiting)?;
            let (median, worst) = (last[last.len() / 2], last[last.len() - 1]);
            let report = &mut bench.report;
            report.add(&format!("last has it, {name}"), millis(median), "ms");
            report.add(&format!("worst, {name}"), millis(worst), "ms");
        }
        Ok(())
    })?;
    let latency = bench.room.book.latency();
    bench.report.add_latency("latency", latency);
    bench.report.flaws += bench.room.flaws(bench.plan.clients);
    Ok(())
}

/// How long each line of all rounds took to reach everyone, the shortest first.
fn rounds(bench: &mut Bench, waiting: Waiting) -> Result<Vec<Duration>> {
    let plan = bench.plan;
    bench.progress.begin("one line to all", plan.rounds as u64);
    let mut last = Vec::new();
    for round in 0..plan.rounds {
        rest(&mut bench.room)?;
        last.push(one_line(&mut bench.room, round % plan.senders, waiting)?);
        bench.progress.at(round as u64);
    }
    last.sort();
    Ok(last)
}

fn rest(room: &mut Room) -> Result<()> {
    let start = Instant::now();
    while start.elapsed() < REST {
        room.pump(REST)?;
    }
    Ok(())
}

/// Sends one line; returns when everyone who should hear it has.
fn one_line(room: &mut Room, sender: usize, waiting: Waiting) -> Result<Duration> {
    let silent = usize::from(!room.wire.dialect.echoes());
    let due = room.book.delivered + (room.members.len() - silent) as u64;
    let wait = match waiting {
        Waiting::Asleep => Duration::from_millis(10),
        Waiting::Awake => Duration::ZERO,
    };
    let start = Instant::now();
    room.say(sender, 1);
    while room.book.delivered < due && start.elapsed() < PATIENCE {
        room.pump(wait)?;
    }
    ensure!(
        room.book.delivered >= due,
        "one line did not reach everyone in {PATIENCE:?}"
    );
    Ok(start.elapsed())
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
