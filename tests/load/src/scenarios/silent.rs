//! Connections that never give a nickname stand at the door: the others must
//! come in past them and chat as ever.

use std::io::ErrorKind;
use std::net::TcpStream;

use anyhow::Result;

use crate::bench::Bench;
use crate::book::Sampling;
use crate::load::{Pace, drive};

pub fn silent(bench: &mut Bench) -> Result<()> {
    let plan = bench.plan;
    bench.progress.begin("the silent", plan.others as u64);
    let silent: Vec<TcpStream> = (0..plan.others)
        .map(|_| bench.room.sources.connect())
        .collect::<Result<_>>()?;
    bench.fill()?;
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
    let sent_away = silent.iter().filter(|stream| is_closed(stream)).count();
    bench.report.add("silent sent away", sent_away as f64, "");
    bench.report.flaws = bench.room.flaws(0..plan.clients);
    Ok(())
}

/// Whether the server has closed this connection (perhaps with a last word).
fn is_closed(stream: &TcpStream) -> bool {
    let mut words = [0; 512];
    loop {
        match std::io::Read::read(&mut &*stream, &mut words) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) => return error.kind() != ErrorKind::WouldBlock,
        }
    }
}
