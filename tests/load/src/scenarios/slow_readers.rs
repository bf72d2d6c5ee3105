//! A steady load, first among healthy members alone, then with some who have
//! stopped reading: do the healthy notice, and are the stalled let go?

use anyhow::Result;

use crate::bench::Bench;
use crate::book::{Latency, Sampling};
use crate::load::{Pace, drive};
use crate::member::Way;
use crate::room::Room;

/// A narrow window makes a stalled reader felt sooner.
const NARROW: usize = 4096;

pub fn slow_readers(bench: &mut Bench) -> Result<()> {
    bench.fill()?;
    let without = load(bench)?;
    bench.report.add_latency("latency without", without);
    stall(bench)?;
    bench.measured(|bench| {
        let with = load(bench)?;
        bench.report.add_latency("latency with", with);
        bench
            .report
            .add("p99 with / without", with.p99 / without.p99, "times");
        Ok(())
    })?;
    if bench.room.wire.dialect.announces() {
        hear_them_let_go(bench);
    }
    bench.report.flaws += bench.room.flaws(bench.plan.clients);
    for slow in &mut bench.room.members[bench.plan.clients..] {
        slow.leave(Way::Close);
    }
    Ok(())
}

/// The same steady load each time; returns what the healthy waited.
fn load(bench: &mut Bench) -> Result<Latency> {
    let plan = bench.plan;
    bench.room.book.restart(Sampling::Every);
    let seats = (plan.senders, plan.clients);
    let pace = Pace::Rate(plan.rate);
    let flow = drive(&mut bench.room, seats, pace, plan.seconds, &bench.progress)?;
    bench.report.add("deliveries", flow.per_second(), "/s");
    Ok(bench.room.book.latency())
}

/// More members join, and then never read again.
fn stall(bench: &mut Bench) -> Result<()> {
    let room = &mut bench.room;
    let all = bench.plan.clients + bench.plan.others;
    for seat in bench.plan.clients..all {
        let stream = room.sources.connect_narrow(NARROW)?;
        room.seat(seat, seat as u32, stream)?;
    }
    room.wait_until("the slow ones' welcome", |room| room.book.welcomed >= all)?;
    for seat in bench.plan.clients..all {
        room.stop_reading(seat)?;
    }
    Ok(())
}

/// The healthy are told `NICK left!` of each that was let go; a room that lets
/// nobody go keeps us waiting in vain.
fn hear_them_let_go(bench: &mut Bench) {
    let slow = bench.plan.others as u64;
    let heard = |room: &Room| room.members[0].left.count();
    let _ = bench
        .room
        .wait_until("the slow ones to be let go", |room| heard(room) >= slow);
    bench
        .report
        .add("stalled let go", heard(&bench.room) as f64, "");
}
