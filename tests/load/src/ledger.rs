//! What one receiver has had from every sender, and what was wrong with it.

use std::collections::HashSet;
use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

/// Gaps are remembered one number each, so that a late message can be told from
/// a doubled one; beyond so many a receiver's gaps are only counted.
const GAPS_REMEMBERED: usize = 100_000;

/// The ways in which a delivery can be wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flaws {
    pub lost: u64,
    pub doubled: u64,
    pub reordered: u64,
    pub damaged: u64,
}

impl Flaws {
    pub fn none(self) -> bool {
        self == Flaws::default()
    }

    pub fn count(self) -> u64 {
        self.lost + self.doubled + self.reordered + self.damaged
    }
}

impl AddAssign for Flaws {
    fn add_assign(&mut self, other: Flaws) {
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.reordered += other.reordered;
        self.damaged += other.damaged;
    }
}

/// One receiver's account: for each sender, the number that should come next.
#[derive(Default)]
pub struct Ledger {
    next: Vec<u32>,
    gaps: HashSet<(u32, u32)>,
    flaws: Flaws,
}

impl Ledger {
    /// Books message `number` of `sender`.
    #[inline]
    pub fn book(&mut self, sender: u32, number: u32) {
        match self.next.get_mut(sender as usize) {
            Some(next) if *next == number => *next += 1,
            _ => self.book_unexpected(sender, number),
        }
    }

    /// Books a line that nobody sent like this.
    pub fn book_damaged(&mut self) {
        self.flaws.damaged += 1;
    }

    /// Books a notice that had been heard before.
    pub fn book_doubled(&mut self) {
        self.flaws.doubled += 1;
    }

    /// How many of `sender`'s messages are behind us: had, or passed over.
    pub fn heard(&self, sender: u32) -> u32 {
        self.next.get(sender as usize).copied().unwrap_or(0)
    }

    /// What is wrong, if every sender has sent `sent(sender)` messages.
    pub fn flaws(&self, sent: &[u32]) -> Flaws {
        let missing = (0u32..)
            .zip(sent)
            .map(|(sender, &sent)| u64::from(sent.saturating_sub(self.heard(sender))));
        let mut flaws = self.flaws;
        flaws.lost += missing.sum::<u64>();
        flaws
    }

    #[cold]
    fn book_unexpected(&mut self, sender: u32, number: u32) {
        let index = sender as usize;
        if self.next.len() <= index {
            self.next.resize(index + 1, 0);
        }
        let next = self.next[index];
        if number >= next {
            self.note_gap(sender, next..number);
            self.next[index] = number + 1;
        } else if self.gaps.remove(&(sender, number)) {
            self.flaws.lost -= 1;
            self.flaws.reordered += 1;
        } else {
            self.flaws.doubled += 1;
        }
    }

    fn note_gap(&mut self, sender: u32, gap: std::ops::Range<u32>) {
        self.flaws.lost += u64::from(gap.end - gap.start);
        let room = GAPS_REMEMBERED.saturating_sub(self.gaps.len());
        self.gaps
            .extend(gap.take(room).map(|number| (sender, number)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flaws_of(numbers: &[u32], sent: u32) -> Flaws {
        let mut ledger = Ledger::default();
        for &number in numbers {
            ledger.book(3, number);
        }
        ledger.flaws(&[0, 0, 0, sent])
    }

    #[test]
    fn all_in_order_is_without_flaw() {
        assert!(flaws_of(&[0, 1, 2, 3], 4).none());
    }

    #[test]
    fn a_missing_number_is_lost_in_the_middle_and_at_the_end() {
        assert_eq!(flaws_of(&[0, 2], 3).lost, 1);
        assert_eq!(flaws_of(&[0, 1], 4).lost, 2);
    }

    #[test]
    fn a_second_copy_is_doubled() {
        let flaws = flaws_of(&[0, 1, 1], 2);
        assert_eq!((flaws.doubled, flaws.lost, flaws.reordered), (1, 0, 0));
    }

    #[test]
    fn a_late_one_is_reordered_and_not_lost() {
        let flaws = flaws_of(&[0, 2, 1, 3], 4);
        assert_eq!((flaws.reordered, flaws.lost, flaws.doubled), (1, 0, 0));
    }
}
