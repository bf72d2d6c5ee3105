//! The comparison as a picture: a panel a trial, a bar a server.

use std::fmt::Write;

use super::trial::Better;
use super::{Outcome, PeerOutcome};
use crate::report::readable;

const WIDTH: f64 = 860.0;
const LEFT: f64 = 190.0;
const BAR: f64 = 18.0;
const GAP: f64 = 6.0;
const HEAD: f64 = 34.0;
const BETWEEN: f64 = 22.0;
/// The longest bar; what is behind it is for its number.
const LONGEST: f64 = 540.0;
const OURS: &str = "#0f766e";
const THEIRS: &str = "#94a3b8";
/// Of one that lost lines or did not come to the end.
const FLAWED: &str = "#fecaca";

pub fn svg(outcomes: &[Outcome]) -> String {
    let mut body = String::new();
    let mut top = 16.0;
    for outcome in outcomes {
        top = panel(&mut body, outcome, top) + BETWEEN;
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {top}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\">\n\
         <title>The room and its peers under the same load</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n{body}</svg>\n"
    )
}

/// Draws one trial from `top` down; returns where it ends.
fn panel(body: &mut String, outcome: &Outcome, top: f64) -> f64 {
    let trial = &outcome.trial;
    let better = match trial.better {
        Better::More => "more is better",
        Better::Less => "less is better",
    };
    let unit = match trial.unit {
        "/s" => "a second, ",
        "ms" => "ms, ",
        _ => "",
    };
    let title = escaped(trial.name);
    let base = top + 14.0;
    let _ = writeln!(
        body,
        "<text x=\"16\" y=\"{base}\" font-weight=\"600\" fill=\"#0f172a\">{title}\
         <tspan font-weight=\"400\" fill=\"#64748b\"> · {unit}{better}</tspan></text>"
    );
    let values = outcome
        .peers
        .iter()
        .filter_map(|peer| peer.median(trial.figure));
    let most = values.fold(f64::MIN_POSITIVE, f64::max);
    let mut y = top + HEAD - 8.0;
    for (place, peer) in outcome.peers.iter().enumerate() {
        let colour = match peer.is_good() {
            false => FLAWED,
            true if place == 0 => OURS,
            true => THEIRS,
        };
        bar(body, peer, peer.median(trial.figure), most, (y, colour));
        y += BAR + GAP;
    }
    y
}

fn bar(
    body: &mut String,
    peer: &PeerOutcome,
    value: Option<f64>,
    most: f64,
    (y, colour): (f64, &str),
) {
    let length = value.map_or(0.0, |value| (value / most * LONGEST).max(1.0));
    let mut text = value.map_or("cannot".to_owned(), readable);
    if value.is_some() && !peer.is_good() {
        text += ", not whole";
    }
    let (base, behind) = (y + 13.0, LEFT + length + 8.0);
    let name = escaped(&peer.name);
    let _ = writeln!(
        body,
        "<text x=\"{}\" y=\"{base}\" text-anchor=\"end\" fill=\"#334155\">{name}</text>\
         <rect x=\"{LEFT}\" y=\"{y}\" width=\"{length:.1}\" height=\"{BAR}\" rx=\"2\" fill=\"{colour}\"/>\
         <text x=\"{behind:.1}\" y=\"{base}\" fill=\"#0f172a\">{text}</text>",
        LEFT - 10.0
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
