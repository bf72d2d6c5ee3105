//! The comparison as Markdown: a row a trial, a column a server, and beneath
//! it whatever went wrong.

use super::trial::Better;
use super::{Outcome, PeerOutcome};
use crate::ledger::Flaws;
use crate::report::readable;
use crate::target::Target;

/// What a cell holds where a server takes no part or has no such figure.
const NOTHING: &str = "–";

pub fn markdown(outcomes: &[Outcome], peers: &[Target]) -> String {
    let names: Vec<&str> = peers.iter().map(|peer| peer.name.as_str()).collect();
    let mut table = format!(
        "| | {} |\n|---|{}\n",
        names.join(" | "),
        "---:|".repeat(names.len())
    );
    for outcome in outcomes {
        table += &row(outcome, &names);
        for (figure, unit) in outcome.trial.also {
            table += &further_row(outcome, &names, figure, unit);
        }
    }
    let notes: String = outcomes.iter().flat_map(notes).collect();
    format!("{table}\n{notes}")
}

/// The figure that counts; behind the others' how many times better the first
/// is, unless they lost something: then there is nothing to compare.
fn row(outcome: &Outcome, names: &[&str]) -> String {
    let trial = &outcome.trial;
    let first = outcome
        .peers
        .first()
        .and_then(|peer| peer.median(trial.figure));
    let cells = names.iter().map(|name| {
        let peer = outcome.peers.iter().find(|peer| peer.name == *name)?;
        let Some(value) = peer.median(trial.figure) else {
            return Some("cannot ¹".to_owned());
        };
        let mark = if peer.is_good() { "" } else { " ¹" };
        let ratio = match trial.better {
            Better::More => first? / value,
            Better::Less => value / first?,
        };
        let number = readable(value);
        Some(if *name == names[0] {
            format!("**{number}**{mark}")
        } else if ratio.is_normal() && peer.is_good() {
            format!("{number} ({ratio:.1}×){mark}")
        } else {
            format!("{number}{mark}")
        })
    });
    let cells: Vec<String> = cells
        .map(|cell| cell.unwrap_or(NOTHING.to_owned()))
        .collect();
    format!(
        "| {}{} | {} |\n",
        trial.name,
        in_brackets(trial.unit),
        cells.join(" | ")
    )
}

fn further_row(outcome: &Outcome, names: &[&str], figure: &str, unit: &str) -> String {
    let cells = names.iter().map(|name| {
        let peer = outcome.peers.iter().find(|peer| peer.name == *name)?;
        peer.median(figure).map(readable)
    });
    let cells: Vec<String> = cells
        .map(|cell| cell.unwrap_or(NOTHING.to_owned()))
        .collect();
    format!(
        "| · {figure}{} | {} |\n",
        in_brackets(unit),
        cells.join(" | ")
    )
}

fn in_brackets(unit: &str) -> String {
    match unit {
        "" => String::new(),
        "/s" => " (a second)".to_owned(),
        unit => format!(" ({unit})"),
    }
}

/// One line for each server that was not without flaw in a trial.
fn notes(outcome: &Outcome) -> impl Iterator<Item = String> {
    let flawed = outcome.peers.iter().filter(|peer| !peer.is_good());
    flawed.map(|peer| {
        format!(
            "- ¹ {}, {}: {}\n",
            outcome.trial.name,
            peer.name,
            what_was_wrong(peer)
        )
    })
}

fn what_was_wrong(peer: &PeerOutcome) -> String {
    let mut flaws = Flaws::default();
    for report in &peer.reports {
        flaws += report.flaws;
    }
    let counts = [
        ("lost", flaws.lost),
        ("doubled", flaws.doubled),
        ("reordered", flaws.reordered),
        ("damaged", flaws.damaged),
    ];
    let counted = counts.iter().filter(|(_, count)| *count > 0);
    let mut wrong: Vec<String> = counted
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    let early: Vec<&str> = peer
        .reports
        .iter()
        .filter_map(|report| report.trouble.as_deref())
        .collect();
    if let Some(trouble) = early.last() {
        let (count, runs) = (early.len(), peer.reports.len());
        wrong.push(format!("{count} of {runs} runs ended early ({trouble})"));
    }
    wrong.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::trial::trials;
    use crate::report::Report;

    fn report(deliveries: f64, lost: u64) -> Report {
        let mut report = Report {
            scenario: "flood".to_owned(),
            server: String::new(),
            clients: 50,
            senders: 10,
            figures: Vec::new(),
            flaws: Flaws::default(),
            trouble: None,
        };
        report.flaws.lost = lost;
        report.add("deliveries", deliveries, "/s");
        report
    }

    fn peer(name: &str, reports: Vec<Report>) -> PeerOutcome {
        PeerOutcome {
            name: name.to_owned(),
            reports,
        }
    }

    #[test]
    fn a_row_shows_medians_ratios_and_who_was_not_without_flaw() {
        let flood = trials(1.0).remove(0);
        let ours = [9e6, 8e6, 1e6].map(|deliveries| report(deliveries, 0));
        let outcome = Outcome {
            trial: flood,
            peers: vec![
                peer("ours", ours.to_vec()),
                peer("other", vec![report(2e6, 3)]),
                peer("third", vec![report(1e6, 0)]),
            ],
        };
        let target = |name: &str| Target::parse(&format!("{name}=room=server"));
        let names = ["ours", "other", "third", "absent"];
        let table = markdown(
            &[outcome],
            &names.map(|name| target(name).expect("it parses")),
        );
        let row = "| 50 clients, flood (a second) | **8.00 M** | 2.00 M ¹ | 1.00 M (8.0×) | – |";
        assert!(table.contains(row), "{table}");
        assert!(
            table.contains("- ¹ 50 clients, flood, other: 3 lost"),
            "{table}"
        );
    }
}
