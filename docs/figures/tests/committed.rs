//! The committed files are what the generator writes, whole in both languages,
//! and nothing in them runs out of its box or over its neighbour.

use figures::canvas::{Area, WIDTH};
use figures::words::{Language, Words};
use figures::{FIGURES, folder};
use std::collections::BTreeSet;
use std::fs;

/// Runs a look over every figure in every language; all findings are told.
fn every_figure(look: impl Fn(&figures::Figure, Language) -> Vec<String>) {
    let mut findings = Vec::new();
    for figure in FIGURES {
        for language in Language::ALL {
            let file = figure.file(language);
            let found = look(figure, language);
            findings.extend(found.into_iter().map(|what| format!("{file}: {what}")));
        }
    }
    assert!(findings.is_empty(), "\n{}", findings.join("\n"));
}

#[test]
fn the_committed_files_are_what_the_generator_writes() {
    every_figure(|figure, language| {
        let committed = fs::read_to_string(folder().join(figure.file(language)));
        match committed {
            Err(error) => vec![format!("{error}; write it with `cargo run -p figures`")],
            Ok(text) if text != figure.svg(language) => {
                vec!["stale; write it anew with `cargo run -p figures`".to_owned()]
            }
            Ok(_) => Vec::new(),
        }
    });
}

#[test]
fn no_file_is_left_from_a_figure_that_is_gone() {
    let known: BTreeSet<String> = FIGURES
        .iter()
        .flat_map(|figure| Language::ALL.map(|language| figure.file(language)))
        .collect();
    let entries = fs::read_dir(folder()).expect("this crate's folder exists");
    for entry in entries {
        let name = entry.expect("a readable folder").file_name();
        let name = name.to_string_lossy();
        assert!(
            !name.ends_with(".svg") || known.contains(name.as_ref()),
            "{name} belongs to no figure of this crate"
        );
    }
}

#[test]
fn every_label_is_there_in_both_languages() {
    every_figure(|figure, language| {
        let canvas = figure.canvas(language);
        let mut labels: Vec<Words> = vec![figure.title, figure.description];
        labels.extend(canvas.words);
        labels.into_iter().filter_map(Words::trouble).collect()
    });
}

#[test]
fn both_languages_show_the_same_labels() {
    for figure in FIGURES {
        let [english, arabic] = Language::ALL.map(|language| figure.canvas(language).words);
        assert_eq!(english, arabic, "{}: labels differ", figure.name);
    }
}

#[test]
fn every_text_fits_its_box() {
    every_figure(|figure, language| figure.canvas(language).problems);
}

#[test]
fn no_text_runs_off_the_sheet_or_over_another() {
    every_figure(|figure, language| {
        let placed = figure.canvas(language).placed;
        let mut found = Vec::new();
        for (index, one) in placed.iter().enumerate() {
            if is_off_the_sheet(one.area, figure.height) {
                found.push(format!("`{}` runs off the sheet", one.text));
            }
            for other in &placed[index + 1..] {
                if one.area.overlaps(other.area) {
                    found.push(format!("`{}` runs over `{}`", one.text, other.text));
                }
            }
        }
        found
    });
}

fn is_off_the_sheet(area: Area, height: f64) -> bool {
    area.x < 4.0
        || area.y < 4.0
        || area.x + area.width > WIDTH - 4.0
        || area.y + area.height > height - 4.0
}
