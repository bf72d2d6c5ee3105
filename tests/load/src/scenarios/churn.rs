//! Visitors come in waves and leave in every way there is, while members chat.
//! Every member must hear each visitor join once and leave once, and each
//! nickname must be free again for the next wave.

use std::time::Instant;

use anyhow::Result;

use crate::bench::Bench;
use crate::book::Sampling;
use crate::member::Way;
use crate::room::Room;

pub fn churn(bench: &mut Bench) -> Result<()> {
    bench.fill()?;
    bench.hear_all_joins()?;
    let plan = bench.plan;
    bench.room.book.restart(Sampling::Every);
    for member in &mut bench.room.members {
        // What they heard of each other's coming does not count below.
        member.joined = Default::default();
    }
    bench.measured(|bench| {
        let (start, mut waves) = (Instant::now(), 0);
        bench.progress.begin("visitors", plan.seconds as u64);
        while start.elapsed().as_secs_f64() < plan.seconds {
            wave(bench, waves)?;
            waves += 1;
            bench.progress.at(start.elapsed().as_secs());
        }
        let visits = (waves * plan.others) as f64;
        bench.report.add("visits", visits, "");
        bench.report.add(
            "visits a second",
            visits / start.elapsed().as_secs_f64(),
            "/s",
        );
        Ok(())
    })?;
    bench.room.settle(plan.clients)?;
    bench
        .report
        .add_latency("latency", bench.room.book.latency());
    bench.report.flaws += bench.room.flaws(plan.clients);
    Ok(())
}

/// One wave joins, everybody who sends says a line, the wave leaves.
fn wave(bench: &mut Bench, number: usize) -> Result<()> {
    let (room, plan) = (&mut bench.room, bench.plan);
    let visitors = plan.clients..plan.clients + plan.others;
    let welcomed = room.book.welcomed + plan.others;
    for seat in visitors.clone() {
        let stream = room.sources.connect()?;
        room.seat(seat, seat as u32, stream)?;
    }
    room.wait_until("visitors to be welcomed", |room| {
        room.book.welcomed >= welcomed
    })?;
    for sender in 0..plan.senders {
        room.say(sender, 1);
    }
    for seat in visitors.clone() {
        let way = Way::ALL[(seat + number) % Way::ALL.len()];
        room.members[seat].leave(way);
    }
    if room.wire.dialect.announces() {
        bench.report.flaws.lost += unheard(room, visitors.clone(), plan.clients)?;
    }
    room.wait_until("visitors to be gone", |room| {
        visitors.clone().all(|seat| !room.members[seat].is_here())
    })
}

/// Waits until the first `members` have heard all `visitors` come and go; then
/// forgets these. Returns how many notices never came.
fn unheard(room: &mut Room, visitors: std::ops::Range<usize>, members: usize) -> Result<u64> {
    let due = (visitors.len() * members) as u64;
    let heard = |room: &Room| {
        let members = &room.members[..members];
        let joined: u64 = members.iter().map(|member| member.joined.count()).sum();
        let left: u64 = members.iter().map(|member| member.left.count()).sum();
        (joined, left)
    };
    room.wait_until("visitors' leaving to be told", |room| heard(room).1 >= due)?;
    let (joined, left) = heard(room);
    for member in &mut room.members[..members] {
        for visitor in visitors.clone() {
            member.joined.forget(visitor as u32);
            member.left.forget(visitor as u32);
        }
    }
    Ok((2 * due).saturating_sub(joined + left))
}
