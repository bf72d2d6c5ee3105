//! What a run found: named figures and flaws, as a table or as JSON.

use serde::{Deserialize, Serialize};

use crate::book::Latency;
use crate::ledger::Flaws;

/// One number with its name and unit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figure {
    pub name: String,
    pub value: f64,
    pub unit: String,
}

/// All that one scenario found about one server.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    pub scenario: String,
    pub server: String,
    pub clients: usize,
    pub senders: usize,
    pub figures: Vec<Figure>,
    pub flaws: Flaws,
    /// Why the scenario could not be played to its end.
    pub trouble: Option<String>,
}

impl Report {
    /// Whether it was played to its end, and nothing went wrong on the way.
    pub fn is_good(&self) -> bool {
        self.flaws.none() && self.trouble.is_none()
    }

    pub fn add(&mut self, name: &str, value: f64, unit: &str) {
        self.figures.push(Figure {
            name: name.to_owned(),
            value,
            unit: unit.to_owned(),
        });
    }

    /// Adds the four figures of a latency, each called `name` and its share.
    pub fn add_latency(&mut self, name: &str, latency: Latency) {
        let shares = [
            ("p50", latency.p50),
            ("p90", latency.p90),
            ("p99", latency.p99),
            ("max", latency.max),
        ];
        for (share, value) in shares {
            self.add(&format!("{name} {share}"), value, "ms");
        }
    }

    pub fn figure(&self, name: &str) -> Option<f64> {
        let figure = self.figures.iter().find(|figure| figure.name == name)?;
        Some(figure.value)
    }

    /// A heading, a line for each figure, and a last one for what was wrong.
    pub fn table(&self) -> String {
        let mut table = format!(
            "{}: {} clients, {} of them sending, against {}\n",
            self.scenario, self.clients, self.senders, self.server
        );
        for figure in &self.figures {
            let value = readable(figure.value);
            table += &format!("  {:<28}{value:>14} {}\n", figure.name, figure.unit);
        }
        let flaws = self.flaws;
        let verdict = format!(
            "lost {}, doubled {}, reordered {}, damaged {}",
            flaws.lost, flaws.doubled, flaws.reordered, flaws.damaged
        );
        table += &format!("  {:<28}{verdict}\n", "flaws");
        if let Some(trouble) = &self.trouble {
            table += &format!("  {:<28}{trouble}\n", "ended early");
        }
        table
    }
}

/// A number with as many digits as one wants to read.
pub fn readable(value: f64) -> String {
    match value {
        value if value >= 1e6 => format!("{:.2} M", value / 1e6),
        value if value >= 10_000.0 => format!("{:.1} k", value / 1e3),
        value if value >= 100.0 || value.fract() == 0.0 => format!("{value:.0}"),
        value if value >= 1.0 => format!("{value:.1}"),
        value => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let short = [21_300_000.0, 42_000.0, 1_234.5, 7.26, 0.0425, 3.0].map(readable);
        assert_eq!(short, ["21.30 M", "42.0 k", "1234", "7.3", "0.043", "3"]);
    }

    #[test]
    fn a_table_names_its_figures_and_flaws() {
        let mut report = Report {
            scenario: "flood".into(),
            server: "room".into(),
            clients: 50,
            senders: 10,
            figures: Vec::new(),
            flaws: Flaws {
                lost: 3,
                ..Flaws::default()
            },
            trouble: None,
        };
        report.add("deliveries", 2e6, "/s");
        let table = report.table();
        assert!(table.contains("50 clients, 10 of them sending"), "{table}");
        assert!(
            table.contains("2.00 M /s") && table.contains("lost 3"),
            "{table}"
        );
        assert_eq!(report.figure("deliveries"), Some(2e6));
    }
}
