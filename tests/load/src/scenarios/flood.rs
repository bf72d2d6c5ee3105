//! Senders that send as fast as their own lines come back; with a window of one
//! line they take turns, each waiting for its own.

use anyhow::Result;

use crate::bench::Bench;
use crate::book::Sampling;
use crate::load::{Pace, drive};

pub fn flood(bench: &mut Bench) -> Result<()> {
    bench.fill()?;
    let plan = bench.plan;
    let sampling = if plan.window > 1 {
        Sampling::Some
    } else {
        Sampling::Every
    };
    bench.room.book.restart(sampling);
    bench.measured(|bench| {
        let seats = (plan.senders, plan.clients);
        let pace = Pace::Window(plan.window);
        let flow = drive(&mut bench.room, seats, pace, plan.seconds, &bench.progress)?;
        bench.report.add("deliveries", flow.per_second(), "/s");
        Ok(())
    })?;
    bench
        .report
        .add_latency("latency", bench.room.book.latency());
    bench.report.flaws = bench.room.flaws(0..plan.clients);
    Ok(())
}
