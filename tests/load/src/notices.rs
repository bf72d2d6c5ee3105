//! Who a receiver has heard join and leave: one bit for each, so that ten
//! thousand receivers can book fifty million notices.

/// A set of member numbers that knows when it is told the same one twice.
#[derive(Default)]
pub struct Notices {
    bits: Vec<u64>,
    count: u64,
}

/// Whether a notice was news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    First,
    Again,
}

impl Notices {
    pub fn note(&mut self, member: u32) -> News {
        let (word, bit) = place(member);
        if self.bits.len() <= word {
            self.bits.resize(word + 1, 0);
        }
        if self.bits[word] & bit != 0 {
            return News::Again;
        }
        self.bits[word] |= bit;
        self.count += 1;
        News::First
    }

    /// Forgets this member, so that the same nickname can come again.
    pub fn forget(&mut self, member: u32) {
        let (word, bit) = place(member);
        if self.has(member) {
            self.bits[word] &= !bit;
            self.count -= 1;
        }
    }

    pub fn has(&self, member: u32) -> bool {
        let (word, bit) = place(member);
        self.bits.get(word).is_some_and(|bits| bits & bit != 0)
    }

    pub fn count(&self) -> u64 {
        self.count
    }
}

fn place(member: u32) -> (usize, u64) {
    (member as usize / 64, 1 << (member % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_notice_is_known_until_it_is_forgotten() {
        let mut notices = Notices::default();
        assert_eq!(notices.note(9_999), News::First);
        assert_eq!(notices.note(9_999), News::Again);
        assert_eq!(notices.note(0), News::First);
        assert_eq!(notices.count(), 2);
        notices.forget(9_999);
        assert!(!notices.has(9_999) && notices.has(0));
        assert_eq!(notices.note(9_999), News::First);
    }
}
