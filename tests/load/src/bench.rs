//! One run of one scenario: a fresh server, a room full of members, the load,
//! and a look at what the server used before, meanwhile and after.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::book::Sampling;
use crate::dialect::Dialect;
use crate::line::LineFormat;
use crate::load::{Pace, drive};
use crate::member::{Way, Wire};
use crate::plan::{Plan, Scenario};
use crate::progress::Progress;
use crate::report::Report;
use crate::room::Room;
use crate::scenarios;
use crate::server::Server;
use crate::target::Target;
use crate::usage::Usage;

/// A server that has given nothing back for so long keeps what it has. The room
/// waits thirty seconds for a nickname, also from a client that has gone, while
/// the end of its connection is still on its way: in a crowd for which the
/// listener's queue is too short the systems try again more and more rarely.
const GIVING_BACK: Duration = Duration::from_secs(40);

pub struct Bench {
    pub server: Server,
    pub room: Room,
    pub plan: Plan,
    pub progress: Progress,
    pub report: Report,
}

/// Runs `scenario` as planned against a server of its own.
///
/// # Errors
/// When the server does not start; what fails later is told in the report.
pub fn run(target: &Target, scenario: Scenario, plan: Plan) -> Result<Report> {
    let (name, scenario_name) = (&target.name, scenario.name());
    let server = target.serve()?;
    let mut bench = Bench::new(server, name, target.dialect, &scenario_name, plan)?;
    let empty = bench.server.usage();
    let played = bench.play(scenario).and_then(|()| bench.give_back(empty));
    bench.report.trouble = played.err().map(|error| format!("{error:#}"));
    Ok(bench.report)
}

impl Bench {
    pub fn new(
        server: Server,
        name: &str,
        dialect: Dialect,
        scenario: &str,
        plan: Plan,
    ) -> Result<Bench> {
        let format = LineFormat::new(plan.line);
        Ok(Bench {
            room: Room::new(server.address, Wire { dialect, format })?,
            server,
            plan,
            progress: Progress::new(scenario),
            report: Report {
                scenario: scenario.to_owned(),
                server: name.to_owned(),
                clients: plan.clients,
                senders: plan.senders,
                figures: Vec::new(),
                flaws: Default::default(),
                trouble: None,
            },
        })
    }

    fn play(&mut self, scenario: Scenario) -> Result<()> {
        match scenario {
            Scenario::Flood | Scenario::Turns => scenarios::flood(self),
            Scenario::Paced => scenarios::paced(self),
            Scenario::FanOut => scenarios::fan_out(self),
            Scenario::SlowReaders => scenarios::slow_readers(self),
            Scenario::Churn => scenarios::churn(self),
            Scenario::Fragments => scenarios::fragments(self),
            Scenario::Silent => scenarios::silent(self),
        }
    }

    /// Lets all planned members join.
    pub fn fill(&mut self) -> Result<()> {
        let clients = self.plan.clients;
        self.progress.begin("joining", clients as u64);
        let progress = &self.progress;
        let elapsed = self
            .room
            .fill(clients, |inside| progress.at(inside as u64))?;
        self.report.add("filled in", elapsed.as_secs_f64(), "s");
        self.report
            .add("joins", clients as f64 / elapsed.as_secs_f64(), "/s");
        Ok(())
    }

    /// Waits for the last join notice; of those that never come, each is lost.
    pub fn hear_all_joins(&mut self) -> Result<()> {
        if self.room.wire.dialect.announces() {
            self.progress.begin("the last join notices", 0);
            let joins = self.room.hear_all_joins()?;
            self.report.add("join notices", joins.heard as f64, "");
            self.report.flaws.lost += joins.untold;
        }
        Ok(())
    }

    /// Lets the senders send at `pace`; reports deliveries and latencies.
    pub fn load(&mut self, pace: Pace, sampling: Sampling) -> Result<()> {
        self.room.book.restart(sampling);
        let before = self.room.book.delivered;
        self.measured(|bench| {
            let seats = (bench.plan.senders, bench.plan.clients);
            let seconds = bench.plan.seconds;
            let flow = drive(&mut bench.room, seats, pace, seconds, &bench.progress)?;
            bench.report.add("deliveries", flow.per_second(), "/s");
            Ok(())
        })?;
        let delivered = (self.room.book.delivered - before) as f64;
        if let Some(cpu) = self.report.figure("server CPU").filter(|cpu| *cpu > 0.0) {
            self.report
                .add("deliveries per CPU second", delivered / cpu, "/s");
        }
        self.report.add_latency("latency", self.room.book.latency());
        self.report.flaws += self.room.flaws(self.plan.clients);
        Ok(())
    }

    /// Does `work`, and reports what it cost the server.
    pub fn measured(&mut self, work: impl FnOnce(&mut Bench) -> Result<()>) -> Result<()> {
        let before = self.server.usage();
        work(self)?;
        if let (Some(before), Some(after)) = (before, self.server.usage()) {
            let cpu = after.cpu.saturating_sub(before.cpu);
            self.report.add("server CPU", cpu.as_secs_f64(), "s");
            self.report
                .add("server peak memory", after.peak_memory_mib, "MiB");
            self.report.add("server threads", after.threads as f64, "");
            self.report
                .add("server descriptors", after.descriptors as f64, "");
        }
        Ok(())
    }

    /// Everybody leaves; reports what the server then still uses.
    pub fn give_back(&mut self, empty: Option<Usage>) -> Result<()> {
        self.progress.begin("leaving", 0);
        let start = Instant::now();
        self.room.empty(Way::Fin)?;
        let Some(empty) = empty else { return Ok(()) };
        let usage = self.until_given_back(empty);
        if let Some(usage) = usage {
            self.report
                .add("all left after", start.elapsed().as_secs_f64(), "s");
            self.report
                .add("memory when empty again", usage.memory_mib, "MiB");
            let kept = |after: u64, before: u64| after as f64 - before as f64;
            self.report
                .add("threads kept", kept(usage.threads, empty.threads), "");
            self.report.add(
                "descriptors kept",
                kept(usage.descriptors, empty.descriptors),
                "",
            );
        }
        Ok(())
    }

    /// Waits until the server has no more threads and descriptors than when it
    /// was `empty`, or has stopped giving any back.
    fn until_given_back(&self, empty: Usage) -> Option<Usage> {
        let mut usage = self.server.usage()?;
        let mut changed = Instant::now();
        while usage.descriptors > empty.descriptors || usage.threads > empty.threads {
            if changed.elapsed() > GIVING_BACK {
                break;
            }
            thread::sleep(Duration::from_millis(10));
            let now = self.server.usage()?;
            if (now.threads, now.descriptors) != (usage.threads, usage.descriptors) {
                changed = Instant::now();
            }
            usage = now;
        }
        Some(usage)
    }
}
