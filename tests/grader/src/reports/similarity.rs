//! Who shares what: a table for spreadsheets, and a page with the places side
//! by side.

use anyhow::Result;
use harness::{language, say};

use crate::intake::Intake;
use crate::mark::Mark;
use crate::reports::csv;
use crate::reports::page::{self, apart, escape, lines};
use crate::similar::{Lines, Pair, Place};

/// Pairs whose places are shown; the table has all of them.
const SHOWN: usize = 100;
/// Places shown of each.
const PLACES: usize = 4;

/// One row a pair, with a heading row.
///
/// # Errors
/// If a row cannot be written.
pub fn table(marks: &[Mark], pairs: &[Pair]) -> Result<String> {
    let heading = ["one", "other", "program", "percent", "places"].map(String::from);
    let row = |pair: &Pair| {
        let place = |place: &Place| format!("{} = {}", range(&place.one), range(&place.other));
        let places: Vec<String> = pair.places.iter().map(place).collect();
        vec![
            marks[pair.one].name.clone(),
            marks[pair.other].name.clone(),
            pair.program.clone(),
            percent(pair),
            places.join("; "),
        ]
    };
    csv::lines(std::iter::once(heading.to_vec()).chain(pairs.iter().map(row)))
}

/// The page, in the language of this run.
pub fn page(marks: &[Mark], intakes: &[Intake], pairs: &[Pair]) -> String {
    let title = say!("Who shares what", "ما تتشارك فيه البرامج");
    let intro = say!(
        "Pairs whose programs share more than what everybody was given. The percentage is of the smaller program. It says what is alike, not why: look before you judge.",
        "أزواج تشترك برامجها في أكثر مما أُعطي للجميع. والنسبة محسوبة من البرنامج الأصغر. وهي تبيّن المتشابه ولا تبيّن سببه: فانظر قبل أن تحكم."
    );
    let mut body = format!(
        "<p><a href=\"index.html\">{}</a></p>\n<h1>{title}</h1>\n<p>{intro}</p>\n",
        say!("The class", "الصف")
    );
    if pairs.is_empty() {
        let none = say!("There is no such pair.", "لا يوجد زوج كهذا.");
        body.push_str(&format!("<p>{none}</p>\n"));
    }
    for pair in pairs.iter().take(SHOWN) {
        body.push_str(&section(marks, intakes, pair));
    }
    if pairs.len() > SHOWN {
        let rest = pairs.len() - SHOWN;
        let more = say!(
            "{rest} more are in similarity.csv.",
            "وفي similarity.csv أزواج أخرى، وعددها {rest}."
        );
        body.push_str(&format!("<p>{more}</p>\n"));
    }
    page::page(language(), &title, &body)
}

fn section(marks: &[Mark], intakes: &[Intake], pair: &Pair) -> String {
    let (one, other) = (&marks[pair.one].name, &marks[pair.other].name);
    let places = pair.places.iter().take(PLACES);
    let places = places.map(|place| side_by_side(&intakes[pair.one], &intakes[pair.other], place));
    format!(
        "<details>\n<summary>{}% · {} · {} · {}</summary>\n{}</details>\n",
        percent(pair),
        apart(&pair.program),
        apart(one),
        apart(other),
        places.collect::<String>()
    )
}

fn side_by_side(one: &Intake, other: &Intake, place: &Place) -> String {
    let column = |intake: &Intake, at: &Lines| {
        format!(
            "<div><span class=\"dim\">{}</span>{}</div>\n",
            escape(&range(at)),
            lines(&excerpt(intake, at))
        )
    };
    format!(
        "<div class=\"two\">\n{}{}</div>\n",
        column(one, &place.one),
        column(other, &place.other)
    )
}

fn excerpt(intake: &Intake, at: &Lines) -> String {
    let bytes = intake.files.get(&at.path).map_or(&[][..], Vec::as_slice);
    let text = String::from_utf8_lossy(bytes);
    let chosen = text
        .lines()
        .skip(at.first.saturating_sub(1))
        .take((at.last + 1 - at.first).min(60));
    chosen
        .map(|line| format!("{}\n", line.chars().take(200).collect::<String>()))
        .collect()
}

/// `labs/lab3/server/src/main.rs:10-42`.
fn range(lines: &Lines) -> String {
    format!("{}:{}-{}", lines.path, lines.first, lines.last)
}

fn percent(pair: &Pair) -> String {
    format!("{:.0}", pair.share * 100.0)
}
