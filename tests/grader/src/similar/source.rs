//! One student's program: its tokens and fingerprints, without what was given.

use std::collections::{HashMap, HashSet};

use crate::intake::Intake;
use crate::similar::token::{Token, tokens};
use crate::similar::winnow::{Print, RUN, prints};
use course::starter::Starter;

/// Places of one fingerprint that are looked at: who repeats the same lines a
/// thousand times is not compared a thousand times.
const PLACES: usize = 4;

pub struct Source {
    /// The files' paths, with the index of the first token after each.
    files: Vec<(String, usize)>,
    tokens: Vec<Token>,
    /// Where each fingerprint stands.
    pub prints: HashMap<u64, Vec<usize>>,
}

/// Lines of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    pub path: String,
    pub first: usize,
    pub last: usize,
}

impl Source {
    /// The program `starter` as it was handed in; `given` are hashes that do
    /// not count.
    pub fn of(intake: &Intake, starter: &Starter, given: &HashSet<u64>) -> Source {
        let folder = format!("{}/", starter.folder());
        let mut source = Source {
            files: Vec::new(),
            tokens: Vec::new(),
            prints: HashMap::new(),
        };
        for (path, bytes) in &intake.files {
            if path.starts_with(&folder) {
                let own = tokens(&String::from_utf8_lossy(bytes));
                let start = source.tokens.len();
                for Print { hash, at } in prints(&own) {
                    if !given.contains(&hash) {
                        let places = source.prints.entry(hash).or_default();
                        if places.len() < PLACES {
                            places.push(start + at);
                        }
                    }
                }
                source.tokens.extend(own);
                source.files.push((path.clone(), source.tokens.len()));
            }
        }
        source
    }

    /// The lines of `count` runs that begin at tokens from `first` on.
    pub fn lines(&self, first: usize, last: usize) -> Lines {
        let file = self.files.iter().find(|(_, end)| first < *end);
        let (path, end) = file.cloned().unwrap_or_default();
        let last = (last + RUN - 1).min(end.saturating_sub(1));
        let line = |at: usize| self.tokens.get(at).map_or(0, |token| token.line);
        Lines {
            path,
            first: line(first),
            last: line(last),
        }
    }
}
