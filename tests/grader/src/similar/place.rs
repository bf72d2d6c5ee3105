//! Where two programs share something: runs of fingerprints that go on in both.

use crate::similar::source::{Lines, Source};

/// Tokens between two fingerprints of one place: that many were changed or moved.
const GAP: usize = 30;
/// Places that are listed, the longest first.
const LISTED: usize = 12;

#[derive(Clone, Debug)]
pub struct Place {
    pub one: Lines,
    pub other: Lines,
}

/// A place while it grows: tokens in both.
#[derive(Clone, Copy)]
struct Stretch {
    one: (usize, usize),
    other: (usize, usize),
    prints: usize,
}

/// The places of the fingerprints that both have.
pub fn places(one: &Source, other: &Source, shared: &[u64]) -> Vec<Place> {
    let mut matches: Vec<(usize, usize)> = Vec::new();
    for hash in shared {
        for at in &one.prints[hash] {
            matches.extend(other.prints[hash].iter().map(|place| (*at, *place)));
        }
    }
    matches.sort_unstable();
    let mut stretches: Vec<Stretch> = Vec::new();
    for (at, place) in matches {
        let goes_on = |it: &&mut Stretch| {
            at >= it.one.1
                && at - it.one.1 <= GAP
                && place >= it.other.1
                && place - it.other.1 <= GAP
        };
        match stretches.iter_mut().rev().take(50).find(goes_on) {
            Some(stretch) => {
                stretch.one.1 = at;
                stretch.other.1 = place;
                stretch.prints += 1;
            }
            None => stretches.push(Stretch {
                one: (at, at),
                other: (place, place),
                prints: 1,
            }),
        }
    }
    stretches.sort_by_key(|stretch| std::cmp::Reverse(stretch.prints));
    stretches.truncate(LISTED);
    stretches
        .iter()
        .map(|stretch| Place {
            one: one.lines(stretch.one.0, stretch.one.1),
            other: other.lines(stretch.other.0, stretch.other.1),
        })
        .collect()
}
