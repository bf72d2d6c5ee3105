//! Which sequence numbers one side has sent so far, as far as the capture shows.

/// More gaps than this are forgotten, the oldest first: memory must not grow with the
/// capture.
const MAX_RANGES: usize = 1000;

/// Ranges of sequence numbers, unwrapped to 64 bits, in order and apart from each other.
#[derive(Clone, Debug, Default)]
pub struct Received {
    ranges: Vec<(u64, u64)>,
    /// The number after the last one that was seen; `None` before the first segment.
    next: Option<u64>,
}

/// How a segment's numbers stand to those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// It begins where the numbers before it end.
    Next,
    /// Numbers before it were not seen.
    AfterGap,
    /// It fills a gap.
    OutOfOrder,
    /// Some of its numbers, or all, were seen before.
    Retransmission,
}

impl Received {
    /// Unwraps a number: the one of its kind that is nearest to the next one expected.
    fn unwrapped(&self, number: u32) -> u64 {
        // Room below the first number, for what comes late.
        let next = self.next.unwrap_or(1 << 32 | u64::from(number));
        let distance = i64::from(number.wrapping_sub(next as u32).cast_signed());
        next.saturating_add_signed(distance)
    }

    /// How far a number lies beyond the next one expected; `None` before the first segment.
    pub fn distance(&self, number: u32) -> Option<i64> {
        let next = self.next?;
        Some(self.unwrapped(number) as i64 - next as i64)
    }

    /// Takes `length` numbers from `first` on, and tells their order.
    pub fn add(&mut self, first: u32, length: u32) -> Order {
        let from = self.unwrapped(first);
        let to = from + u64::from(length);
        let next = self.next.unwrap_or(from);
        let is_new = self.count_new(first, length) == length;
        self.next = Some(next.max(to));
        self.insert(from, to);
        if length == 0 {
            Order::Next
        } else if !is_new {
            Order::Retransmission
        } else if from < next {
            Order::OutOfOrder
        } else if from > next {
            Order::AfterGap
        } else {
            Order::Next
        }
    }

    /// How many of `length` numbers from `first` on were not seen before.
    pub fn count_new(&self, first: u32, length: u32) -> u32 {
        let from = self.unwrapped(first);
        let to = from + u64::from(length);
        let seen = self
            .ranges
            .iter()
            .map(|&(start, end)| end.min(to).saturating_sub(start.max(from)));
        length - seen.sum::<u64>() as u32
    }

    fn insert(&mut self, mut from: u64, mut to: u64) {
        if from == to {
            return;
        }
        self.ranges.retain(|&(start, end)| {
            let is_apart = end < from || to < start;
            if !is_apart {
                from = from.min(start);
                to = to.max(end);
            }
            is_apart
        });
        let place = self.ranges.partition_point(|&(start, _)| start < from);
        self.ranges.insert(place, (from, to));
        if self.ranges.len() > MAX_RANGES {
            self.ranges.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Order, Received};

    #[test]
    fn a_gap_is_filled_once() {
        let mut received = Received::default();
        assert_eq!(received.add(1, 5), Order::Next);
        assert_eq!(received.add(11, 5), Order::AfterGap);
        assert_eq!(received.add(6, 5), Order::OutOfOrder);
        assert_eq!(received.add(6, 5), Order::Retransmission);
        assert_eq!(received.add(16, 1), Order::Next);
        assert_eq!(received.ranges.len(), 1);
    }

    #[test]
    fn numbers_wrap() {
        let mut received = Received::default();
        assert_eq!(received.add(u32::MAX - 4, 5), Order::Next);
        assert_eq!(received.add(0, 5), Order::Next);
        assert_eq!(received.add(u32::MAX - 1, 4), Order::Retransmission);
        assert_eq!(received.count_new(3, 10), 8);
        assert_eq!(received.distance(7), Some(2));
    }

    #[test]
    fn a_part_that_was_seen_counts_as_sent_again() {
        let mut received = Received::default();
        received.add(100, 10);
        assert_eq!(received.count_new(105, 10), 5);
        assert_eq!(received.add(105, 10), Order::Retransmission);
        assert_eq!(received.add(90, 10), Order::OutOfOrder);
        assert_eq!(received.ranges.len(), 1);
    }

    #[test]
    fn gaps_without_end_are_bounded() {
        let mut received = Received::default();
        for number in 0..5000 {
            received.add(number * 10, 5);
        }
        assert_eq!(received.ranges.len(), super::MAX_RANGES);
    }
}
