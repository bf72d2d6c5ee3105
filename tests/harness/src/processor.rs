//! Whether a program uses the processor: distinguishes waiting from spinning.

use std::time::Duration;

/// The time that process `id` has spent on the processor so far, or `None`
/// where the system does not say it as Linux does.
pub fn time_used(id: u32) -> Option<Duration> {
    time_in(&std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?)
}

fn time_in(stat: &str) -> Option<Duration> {
    let mut fields = fields(stat)?.skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    // Linux counts in hundredths of a second here, on every architecture.
    Some(Duration::from_millis((user + system) * 10))
}

/// Whether a thread of process `id` runs or wants to, or waits for the disk, or
/// `None` where the system does not say it as Linux does. Unlike the time used,
/// this does not depend on what else uses the processor.
pub fn wants_to_run(id: u32) -> Option<bool> {
    let threads = std::fs::read_dir(format!("/proc/{id}/task")).ok()?;
    let mut states = threads.flatten().filter_map(|thread| {
        let stat = std::fs::read_to_string(thread.path().join("stat")).ok()?;
        Some(fields(&stat)?.next()?.to_owned())
    });
    Some(states.any(|state| matches!(state.as_str(), "R" | "D")))
}

/// The fields after the name in parentheses, which may hold blanks; the state first.
fn fields(stat: &str) -> Option<impl Iterator<Item = &str>> {
    let (_, fields) = stat.rsplit_once(')')?;
    Some(fields.split_whitespace())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{fields, time_in};

    const STAT: &str = "7 (my (odd) S 1) R 1 7 7 0 -1 4194304 10 0 0 0 31 12 5 6 20 0 1 0";

    #[test]
    fn the_time_used_is_the_programs_and_the_systems_for_it() {
        assert_eq!(time_in(STAT), Some(Duration::from_millis(430)));
        assert_eq!(time_in("7 (cut) R 1 7"), None);
    }

    #[test]
    fn the_state_stands_after_the_name() {
        assert_eq!(fields(STAT).and_then(|mut fields| fields.next()), Some("R"));
        assert!(fields("no name").is_none());
    }
}
