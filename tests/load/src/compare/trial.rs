//! What is compared: a scenario at a certain size, and the figure that counts.

use crate::dialect::Dialect;
use crate::plan::{Plan, Scenario, Wishes};
use crate::target::Target;

#[derive(Clone, Debug)]
pub struct Trial {
    pub name: &'static str,
    pub scenario: Scenario,
    pub plan: Plan,
    /// The figure that counts.
    pub figure: &'static str,
    pub unit: &'static str,
    pub better: Better,
    pub players: Players,
    /// Further figures that the table shows.
    pub also: &'static [(&'static str, &'static str)],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    More,
    Less,
}

/// Which servers take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Players {
    All,
    /// Those that can take a thousand clients; ncat waits for its sockets with
    /// `select`, which knows 1,024 descriptors.
    Many,
    /// Those with nicknames, joining and leaving.
    Rooms,
    /// The first server and NATS: the others would take hours.
    Giants,
}

impl Players {
    pub fn admit(self, peer: &Target, first: &Target) -> bool {
        match self {
            Players::All => true,
            Players::Many => peer.dialect != Dialect::Ncat,
            Players::Rooms => peer.dialect == Dialect::Room,
            Players::Giants => peer.name == first.name || peer.dialect == Dialect::Nats,
        }
    }
}

impl Trial {
    /// A trial in which more deliveries a second are better, and all take part.
    fn new(name: &'static str, scenario: Scenario, wishes: &Wishes) -> Trial {
        Trial {
            name,
            scenario,
            plan: wishes.plan(scenario),
            figure: "deliveries",
            unit: "/s",
            better: Better::More,
            players: Players::All,
            also: &[],
        }
    }

    fn most(self, figure: &'static str) -> Trial {
        Trial { figure, ..self }
    }

    /// How many times as much the server could do if it had a core for itself.
    fn by_cpu(self) -> Trial {
        self.also(&[("deliveries per CPU second", "")])
    }

    fn least(self, figure: &'static str) -> Trial {
        let (better, unit) = (Better::Less, "ms");
        Trial {
            figure,
            better,
            unit,
            ..self
        }
    }

    fn unit(self, unit: &'static str) -> Trial {
        Trial { unit, ..self }
    }

    fn also(self, also: &'static [(&'static str, &'static str)]) -> Trial {
        Trial { also, ..self }
    }

    fn players(self, players: Players) -> Trial {
        Trial { players, ..self }
    }
}

/// All trials, each load lasting for `seconds`.
pub fn trials(seconds: f64) -> Vec<Trial> {
    let wishes = |clients, window| Wishes {
        seconds: Some(seconds),
        clients,
        window,
        ..Wishes::default()
    };
    let usual = wishes(None, None);
    let thousand = wishes(Some(1000), None);
    // A full window in a thousand sockets would outgrow every cache.
    let thousand_flooded = wishes(Some(1000), Some(128));
    let ten_thousand = Wishes {
        rounds: Some(10),
        ..wishes(Some(10_000), None)
    };
    // Long enough that what the stalled do not read fills every buffer.
    let stalling = Wishes {
        seconds: Some(seconds * 2.0),
        ..Wishes::default()
    };
    vec![
        Trial::new("50 clients, flood", Scenario::Flood, &usual).by_cpu(),
        Trial::new("1,000 clients, flood", Scenario::Flood, &thousand_flooded)
            .by_cpu()
            .players(Players::Many),
        Trial::new("50 clients, 10 taking turns", Scenario::Turns, &usual).by_cpu(),
        Trial::new(
            "1,000 clients, one line: the last has it",
            Scenario::FanOut,
            &thousand,
        )
        .least("last has it, asleep")
        .also(&[("last has it, awake", "ms")])
        .players(Players::Many),
        Trial::new(
            "1,000 clients, 50 lines a second: p99",
            Scenario::Paced,
            &thousand,
        )
        .least("latency p99")
        .also(&[("server CPU", "s")])
        .players(Players::Many),
        Trial::new(
            "50 clients, 5 more stop reading: p99",
            Scenario::SlowReaders,
            &stalling,
        )
        .least("latency with p99")
        .also(&[
            ("p99 with / without", "times"),
            ("stalled let go", ""),
            ("server peak memory", "MiB"),
        ]),
        Trial::new("visitors come and go in every way", Scenario::Churn, &usual)
            .most("visits a second")
            .players(Players::Rooms),
        Trial::new(
            "lines in pieces: wrong of 1,000",
            Scenario::Fragments,
            &usual,
        )
        .least("wrong of 1,000 lines")
        .unit("")
        .players(Players::Rooms),
        Trial::new(
            "10,000 clients, one line: the last has it",
            Scenario::FanOut,
            &ten_thousand,
        )
        .least("last has it, asleep")
        .also(&[
            ("filled in", "s"),
            ("join notices", ""),
            ("server peak memory", "MiB"),
            ("memory when empty again", "MiB"),
        ])
        .players(Players::Giants),
    ]
}
