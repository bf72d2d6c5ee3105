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

pub fn fan_out(bench: &mut Bench) -> Result<()> {
    bench.fill()?;
    let plan = bench.plan;
    bench.hear_all_joins()?;
    bench.room.book.restart(Sampling::Every);
    let mut last = Vec::new();
    bench.measured(|bench| {
        bench.progress.begin("one line to all", plan.rounds as u64);
        for round in 0..plan.rounds {
            rest(&mut bench.room)?;
            last.push(one_line(&mut bench.room, round % plan.senders)?);
            bench.progress.at(round as u64);
        }
        Ok(())
    })?;
    last.sort();
    bench
        .report
        .add("last has it, median", millis(last[last.len() / 2]), "ms");
    bench
        .report
        .add("last has it, worst", millis(last[last.len() - 1]), "ms");
    bench
        .report
        .add_latency("latency", bench.room.book.latency());
    bench.report.flaws += bench.room.flaws(plan.clients);
    Ok(())
}

fn rest(room: &mut Room) -> Result<()> {
    let start = Instant::now();
    while start.elapsed() < REST {
        room.pump(REST)?;
    }
    Ok(())
}

/// Sends one line; returns when everyone who should hear it has. Meanwhile the
/// generator does not sleep: its waking is not what is to be measured.
fn one_line(room: &mut Room, sender: usize) -> Result<Duration> {
    let silent = usize::from(!room.wire.dialect.echoes());
    let due = room.book.delivered + (room.members.len() - silent) as u64;
    let start = Instant::now();
    room.say(sender, 1);
    while room.book.delivered < due && start.elapsed() < PATIENCE {
        room.pump(Duration::ZERO)?;
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
