//! A server with members who chat, and what must hold when all is over.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::Verdict;
use crate::bench::Bench;
use crate::dialect::Dialect;
use crate::load::{Pace, drive};
use crate::member::Way;
use crate::plan::{Plan, Scenario, Wishes};
use crate::report::Report;
use crate::room::Room;
use crate::server::Server;
use crate::usage::Usage;

/// MiB that a server may keep when all have left: the allocator and the C
/// library hold on to freed memory and to some stacks of threads that ended.
const MEMORY_KEPT: f64 = 96.0;

/// Members who must not notice anything.
const MEMBERS: usize = 20;
/// Long lines fill the buffers of those who do not read within a second or two.
const LINE: usize = 4096;
const RATE: f64 = 1000.0;
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Stage {
    pub bench: Bench,
    empty: Option<Usage>,
}

impl Stage {
    /// Lets the members into the room.
    pub fn open(server: Server) -> Result<Stage> {
        let empty = server.usage();
        let mut bench = Bench::new(server, "the room", Dialect::Room, "a fault", plan())?;
        bench.fill()?;
        bench.room.hear_all_joins()?;
        Ok(Stage { bench, empty })
    }

    pub fn room(&mut self) -> &mut Room {
        &mut self.bench.room
    }

    pub fn usage(&self) -> Option<Usage> {
        self.bench.server.usage()
    }

    /// The members chat for a moment; everyone must have heard all of it.
    pub fn chat(&mut self) -> Result<()> {
        let (senders, members) = (self.bench.plan.senders, self.bench.plan.clients);
        let (room, progress) = (&mut self.bench.room, &self.bench.progress);
        drive(room, (senders, members), Pace::Rate(RATE), 0.5, progress)?;
        let flaws = self.bench.room.flaws(members);
        ensure!(flaws.none(), "the members' chat was not whole: {flaws:?}");
        Ok(())
    }

    /// The members chat on until the first of them knows that `done`.
    pub fn chat_until(&mut self, what: &str, mut done: impl FnMut(&Room) -> bool) -> Result<()> {
        let start = Instant::now();
        while !done(&self.bench.room) {
            ensure!(start.elapsed() < PATIENCE, "waited {PATIENCE:?} for {what}");
            self.chat()?;
        }
        Ok(())
    }

    /// Waits until the server uses no more than `descriptors`.
    pub fn wait_for_descriptors(&self, descriptors: u64) -> Result<()> {
        let start = Instant::now();
        while self
            .usage()
            .is_some_and(|usage| usage.descriptors > descriptors)
        {
            ensure!(
                start.elapsed() < PATIENCE,
                "the server still has {:?} after {PATIENCE:?}, it should have {descriptors} descriptors",
                self.usage()
            );
            thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    /// The members still chat, somebody new can join, and when all have left the
    /// server uses what it used at the beginning.
    pub fn ends_as_it_began(mut self) -> Result<Verdict> {
        self.chat()?;
        self.let_in_a_newcomer()
            .context("a newcomer after the fault")?;
        self.bench.give_back(self.empty)?;
        let Some(empty) = self.empty else {
            return Ok(Verdict::Stood("what it used is not known here".to_owned()));
        };
        let after = memory_when_given_back(&self.bench.report)?;
        let before = empty.memory_mib;
        ensure!(
            after < before + MEMORY_KEPT,
            "memory went from {before:.1} to {after:.1} MiB"
        );
        let peak = self
            .bench
            .server
            .usage()
            .map_or(0.0, |usage| usage.peak_memory_mib);
        Ok(Verdict::Stood(format!(
            "everyone else was served; memory {before:.1} MiB before, {peak:.1} at most, {after:.1} after"
        )))
    }

    fn let_in_a_newcomer(&mut self) -> Result<()> {
        let welcomed = self.bench.room.book.welcomed;
        let seat = self.bench.room.knock()?;
        let room = &mut self.bench.room;
        room.wait_until("its welcome", |room| room.book.welcomed > welcomed)?;
        room.members[seat].leave(Way::Sentinel);
        room.wait_until("its end", |room| !room.members[seat].is_here())
    }
}

/// What the server uses when all have left (MiB); fails if it has kept a thread
/// or a descriptor. Nothing is known where the system does not tell.
pub fn memory_when_given_back(report: &Report) -> Result<f64> {
    for kept in ["threads kept", "descriptors kept"] {
        let count = report.figure(kept).unwrap_or(0.0);
        ensure!(count <= 0.0, "all have left, but {kept}: {count}");
    }
    Ok(report.figure("memory when empty again").unwrap_or(0.0))
}

fn plan() -> Plan {
    let wishes = Wishes {
        clients: Some(MEMBERS),
        line: Some(LINE),
        ..Wishes::default()
    };
    wishes.plan(Scenario::Paced)
}
