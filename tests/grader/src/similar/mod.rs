//! Which submissions share more than what everybody was given.
//!
//! ```text
//!   source ─▶ token ─▶ winnow ─▶ fingerprints, less those of the starters
//!                                and of what a quarter of the class has
//!   two sources with the same fingerprints ─▶ Pair, with the places
//! ```
//!
//! It finds what was copied and renamed, moved about, or laid out anew. It says
//! nothing about how that came to be: a person has to look.

mod place;
mod source;
mod token;
mod winnow;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::intake::Intake;
use course::starter::{Starter, starters};
pub use place::Place;
pub use source::Lines;
use source::Source;

/// Shares below this are what honest programs for one task have in common.
const SHARE: f64 = 0.3;
/// Fewer fingerprints are too few to say anything.
const PRINTS: usize = 8;
/// What more submissions than this have in common is the lecture's, not one
/// another's; in larger classes a quarter of the class.
const COMMON: usize = 10;

/// Two submissions whose programs resemble each other.
pub struct Pair {
    /// Numbers of submissions, in the order in which they were given.
    pub one: usize,
    pub other: usize,
    /// `lab3-server`.
    pub program: String,
    /// Of the smaller one's own fingerprints, how many the other has: 0 to 1.
    pub share: f64,
    pub places: Vec<Place>,
}

/// All pairs that share more than what was given, the closest first.
///
/// # Errors
/// When the starters cannot be read.
pub fn pairs(intakes: &[Intake], pristine: &Path) -> Result<Vec<Pair>> {
    let given = given(pristine)?;
    let programs = starters()
        .iter()
        .map(|starter| of_program(intakes, starter, &given));
    let mut pairs: Vec<Pair> = programs.flatten().collect();
    pairs.sort_by(|one, other| {
        let by_share = other.share.total_cmp(&one.share);
        by_share.then_with(|| (one.one, one.other).cmp(&(other.one, other.other)))
    });
    Ok(pairs)
}

/// The hashes of everything in the labs as it was handed out.
fn given(pristine: &Path) -> Result<HashSet<u64>> {
    let mut given = HashSet::new();
    for lab in folders(&pristine.join("labs")) {
        for program in folders(&lab) {
            let path = program.join("src/main.rs");
            if path.exists() {
                let text = std::fs::read_to_string(path)?;
                given.extend(winnow::all_hashes(&token::tokens(&text)));
            }
        }
    }
    Ok(given)
}

/// What is in a folder; nothing if it is none.
fn folders(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path())
}

fn of_program(intakes: &[Intake], starter: &Starter, given: &HashSet<u64>) -> Vec<Pair> {
    let read = |intake| Source::of(intake, starter, given);
    let mut sources: Vec<Source> = intakes.iter().map(read).collect();
    let owners = owners(&sources);
    let most = COMMON.max(intakes.len() / 4);
    let common = |hash: &u64| owners[hash].len() > most;
    for source in &mut sources {
        source.prints.retain(|hash, _| !common(hash));
    }
    let mut shared: BTreeMap<(usize, usize), Vec<u64>> = BTreeMap::new();
    for (hash, owners) in owners.iter().filter(|(hash, _)| !common(hash)) {
        for (index, one) in owners.iter().enumerate() {
            for other in &owners[index + 1..] {
                shared.entry((*one, *other)).or_default().push(*hash);
            }
        }
    }
    let program = format!("lab{}-{}", starter.lab, starter.program);
    shared
        .into_iter()
        .filter_map(|((one, other), hashes)| {
            let smaller = sources[one].prints.len().min(sources[other].prints.len());
            let share = hashes.len() as f64 / smaller.max(1) as f64;
            (share >= SHARE && hashes.len() >= PRINTS).then(|| Pair {
                one,
                other,
                program: program.clone(),
                share,
                places: place::places(&sources[one], &sources[other], &hashes),
            })
        })
        .collect()
}

/// Who has each fingerprint.
fn owners(sources: &[Source]) -> HashMap<u64, Vec<usize>> {
    let mut owners: HashMap<u64, Vec<usize>> = HashMap::new();
    for (number, source) in sources.iter().enumerate() {
        for hash in source.prints.keys() {
            owners.entry(*hash).or_default().push(number);
        }
    }
    owners
}

#[cfg(test)]
mod tests;
