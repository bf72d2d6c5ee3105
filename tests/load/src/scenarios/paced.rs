//! A steady rate of lines to many: what one waits for a line, and what it costs.

use anyhow::Result;

use crate::bench::Bench;
use crate::book::Sampling;
use crate::load::{Pace, drive};

pub fn paced(bench: &mut Bench) -> Result<()> {
    bench.fill()?;
    let plan = bench.plan;
    bench.room.book.restart(Sampling::Every);
    bench.measured(|bench| {
        let seats = (plan.senders, plan.clients);
        let pace = Pace::Rate(plan.rate);
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
