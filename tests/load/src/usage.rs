//! What a process uses, as Linux tells it in `/proc`; elsewhere nothing is known.

use std::time::Duration;

/// A look at one process.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Usage {
    pub memory_mib: f64,
    pub peak_memory_mib: f64,
    pub cpu: Duration,
    pub threads: u64,
    pub descriptors: u64,
}

/// What `pid` uses now; `None` where it cannot be known.
#[cfg(target_os = "linux")]
pub fn of(pid: u32) -> Option<Usage> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let descriptors = std::fs::read_dir(format!("/proc/{pid}/fd")).ok()?.count();
    Some(Usage {
        memory_mib: number(&status, "VmRSS:")? as f64 / 1024.0,
        peak_memory_mib: number(&status, "VmHWM:")? as f64 / 1024.0,
        cpu: cpu(&stat)?,
        threads: number(&status, "Threads:")?,
        descriptors: descriptors as u64,
    })
}

#[cfg(not(target_os = "linux"))]
pub fn of(_pid: u32) -> Option<Usage> {
    None
}

/// The number behind `name` in `/proc/PID/status`.
#[cfg(target_os = "linux")]
fn number(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

/// User and system time: the 14th and 15th fields, in hundredths of a second.
/// The second field is the program's name in brackets and may hold spaces.
#[cfg(target_os = "linux")]
fn cpu(stat: &str) -> Option<Duration> {
    let after_name = stat.rsplit_once(')')?.1;
    let mut fields = after_name.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(Duration::from_millis((user + system) * 10))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn this_test_uses_memory_a_thread_and_descriptors() {
        let usage = of(std::process::id()).expect("/proc knows this process");
        assert!(usage.memory_mib > 0.5 && usage.peak_memory_mib >= usage.memory_mib);
        assert!(usage.threads >= 1 && usage.descriptors >= 3);
    }

    #[test]
    fn a_name_with_brackets_does_not_shift_the_times() {
        let stat = "7 (a) b) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0";
        assert_eq!(cpu(stat), Some(Duration::from_secs(2)));
    }
}
