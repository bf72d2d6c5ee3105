//! Lines that arrive byte by byte, cut anywhere, or glued together: the room
//! must pass on whole lines only, and all of them.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::bench::Bench;
use crate::book::Sampling;

/// How a sender cuts its bytes.
const CUTS: [Cut; 3] = [Cut::Bytes, Cut::Anywhere, Cut::Glued];
/// So many lines go into one round of a sender.
const LINES: usize = 8;
/// So many pieces are sent before the room is looked at.
const PIECES: usize = 64;

#[derive(Clone, Copy)]
enum Cut {
    /// Every byte by itself.
    Bytes,
    /// Pieces of changing length, never a whole line.
    Anywhere,
    /// All lines of a round at once.
    Glued,
}

pub fn fragments(bench: &mut Bench) -> Result<()> {
    bench.fill()?;
    let plan = bench.plan;
    bench.room.book.restart(Sampling::Every);
    bench.measured(|bench| {
        let (start, before, mut round) = (Instant::now(), bench.room.book.delivered, 0);
        bench.progress.begin("sending pieces", plan.seconds as u64);
        while start.elapsed().as_secs_f64() < plan.seconds {
            send_round(bench, round)?;
            round += 1;
            bench.progress.at(start.elapsed().as_secs());
        }
        let deliveries = bench.room.book.delivered - before;
        bench.report.add(
            "deliveries",
            deliveries as f64 / start.elapsed().as_secs_f64(),
            "/s",
        );
        Ok(())
    })?;
    let flaws = bench.room.flaws(plan.clients);
    let wrong = flaws.count() as f64 / (bench.room.book.delivered + flaws.lost) as f64;
    bench.report.add("wrong of 1,000 lines", wrong * 1000.0, "");
    bench.report.flaws += flaws;
    Ok(())
}

/// Each sender's lines of one round, their pieces taking turns on the wire.
fn send_round(bench: &mut Bench, round: usize) -> Result<()> {
    let (room, plan) = (&mut bench.room, bench.plan);
    let micros = room.book.micros();
    let mut pieces = Vec::new();
    for sender in 0..plan.senders {
        let lines = (0..LINES).flat_map(|_| room.members[sender].next_line(room.wire, micros));
        let cut = CUTS[(sender + round) % CUTS.len()];
        pieces.push((sender, cut.apart(lines.collect(), plan.line)));
    }
    let longest = pieces
        .iter()
        .map(|(_, pieces)| pieces.len())
        .max()
        .unwrap_or(0);
    for turn in 0..longest {
        for (sender, pieces) in &pieces {
            if let Some(piece) = pieces.get(turn) {
                room.members[*sender].send(piece);
            }
        }
        if turn % PIECES == 0 {
            room.pump(Duration::ZERO)?;
        }
    }
    room.settle(plan.clients)
}

impl Cut {
    fn apart(self, bytes: Vec<u8>, line: usize) -> Vec<Vec<u8>> {
        let longest = match self {
            Cut::Bytes => 1,
            Cut::Anywhere => line - 1,
            Cut::Glued => bytes.len(),
        };
        let mut pieces = Vec::new();
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            // A prime step goes through all lengths before one comes again.
            let wanted = if longest == bytes.len() {
                longest
            } else {
                1 + pieces.len() * 7 % longest
            };
            let (piece, after) = rest.split_at(wanted.min(rest.len()));
            pieces.push(piece.to_vec());
            rest = after;
        }
        pieces
    }
}
