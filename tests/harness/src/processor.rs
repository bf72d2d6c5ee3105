//! Whether a program uses the processor: tells one that waits from one that spins.

use std::time::Duration;

/// The time that process `id` has spent on the processor so far, or `None`
/// where the system does not say it as Linux does.
pub fn time_used(id: u32) -> Option<Duration> {
    let text = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name in parentheses may hold blanks: count the fields after it.
    let (_, fields) = text.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    // Linux counts in hundredths of a second here, on every architecture.
    Some(Duration::from_millis((user + system) * 10))
}

/// Whether a thread of process `id` runs or wants to, or waits for the disk, or
/// `None` where the system does not say it as Linux does. Unlike the time used,
/// this does not depend on who else wants the processor.
pub fn wants_to_run(id: u32) -> Option<bool> {
    let threads = std::fs::read_dir(format!("/proc/{id}/task")).ok()?;
    let mut states = threads.flatten().filter_map(|thread| {
        let text = std::fs::read_to_string(thread.path().join("stat")).ok()?;
        let (_, fields) = text.rsplit_once(')')?;
        fields.trim_start().chars().next()
    });
    Some(states.any(|state| matches!(state, 'R' | 'D')))
}
