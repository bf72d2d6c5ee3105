//! Winnowing (Schleimer, Wilkerson and Aiken, 2003): of the hashes of all runs
//! of `RUN` tokens, the smallest of each `WINDOW` is kept. Whatever two sources
//! share in `RUN + WINDOW - 1` tokens is found, and nothing shorter than `RUN`.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::similar::token::Token;

/// Tokens of a run: shorter ones are idioms that everybody writes.
pub const RUN: usize = 20;
/// Hashes of which one is kept.
const WINDOW: usize = 8;

/// A run that stands for those around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Print {
    pub hash: u64,
    /// Its first token.
    pub at: usize,
}

/// The fingerprints of a stream of tokens.
pub fn prints(tokens: &[Token]) -> Vec<Print> {
    let mut kept: Vec<Print> = Vec::new();
    // Candidates of the window, each smaller than those after it.
    let mut window: VecDeque<Print> = VecDeque::new();
    for (at, run) in tokens.windows(RUN).enumerate() {
        let print = Print {
            hash: hash(run),
            at,
        };
        while window.back().is_some_and(|last| last.hash >= print.hash) {
            window.pop_back();
        }
        window.push_back(print);
        while window.front().is_some_and(|first| first.at + WINDOW <= at) {
            window.pop_front();
        }
        let smallest = window.front().copied().filter(|_| at + 1 >= WINDOW);
        if smallest.is_some() && smallest != kept.last().copied() {
            kept.extend(smallest);
        }
    }
    kept
}

/// Every run of the tokens, not only those that are kept.
pub fn all_hashes(tokens: &[Token]) -> impl Iterator<Item = u64> {
    tokens.windows(RUN).map(hash)
}

fn hash(run: &[Token]) -> u64 {
    let mut hasher = DefaultHasher::new();
    run.iter().for_each(|token| token.word.hash(&mut hasher));
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::{RUN, WINDOW, prints};
    use crate::similar::token::Token;

    fn stream(words: impl Iterator<Item = u64>) -> Vec<Token> {
        words.map(|word| Token { word, line: 1 }).collect()
    }

    #[test]
    fn what_is_shared_for_long_enough_is_found_anywhere() {
        let shared = || 1000..1000 + (RUN + WINDOW - 1) as u64;
        for before in 0..40 {
            let one = prints(&stream((0..before).chain(shared()).chain(2000..2030)));
            let other = prints(&stream((3000..3017).chain(shared()).chain(4000..4100)));
            let found = one
                .iter()
                .any(|it| other.iter().any(|ot| ot.hash == it.hash));
            assert!(found, "after {before} tokens");
        }
    }

    #[test]
    fn what_is_shorter_than_a_run_is_not_found() {
        let shared = || 1000..1000 + RUN as u64 - 1;
        let one = prints(&stream((0..50).chain(shared()).chain(2000..2050)));
        let other = prints(&stream((3000..3050).chain(shared()).chain(4000..4050)));
        assert!(
            one.iter()
                .all(|it| other.iter().all(|ot| ot.hash != it.hash))
        );
    }

    #[test]
    fn few_are_kept() {
        let kept = prints(&stream(0..1000)).len();
        assert!((150..350).contains(&kept), "{kept}");
    }
}
