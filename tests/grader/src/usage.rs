//! Counts what a command has started, and the memory that all of it takes.
//!
//! The system's own limits hold for each process; a class needs one for all of
//! them together. Where there is no `/proc`, nothing is counted.

use std::collections::HashMap;
use std::fs;

/// What runs below one process, itself included.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Processes and their threads.
    pub tasks: u64,
    /// Bytes of memory that is not shared with a file.
    pub memory: u64,
}

/// Bytes of a page of memory; where they are larger, less is counted.
const PAGE: u64 = 4096;

/// Counts the process `root` and everything below it.
pub fn census(root: u32) -> Usage {
    let tasks = tasks();
    let mut sum = Usage::default();
    for process in tasks.keys().copied() {
        if is_below(process, root, &tasks) {
            sum.tasks += tasks[&process].1;
            sum.memory += memory(process);
        }
    }
    sum
}

/// Each process with its parent and the number of its threads.
fn tasks() -> HashMap<u32, (u32, u64)> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers
        .filter_map(|process: u32| Some((process, status(process)?)))
        .collect()
}

/// The fourth and the twentieth field of `stat`: after the name, which may
/// hold anything, they are the second and the eighteenth.
fn status(process: u32) -> Option<(u32, u64)> {
    let stat = fs::read(format!("/proc/{process}/stat")).ok()?;
    let stat = String::from_utf8_lossy(&stat).into_owned();
    let (_, rest) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    Some((fields.get(1)?.parse().ok()?, fields.get(17)?.parse().ok()?))
}

fn is_below(mut process: u32, root: u32, tasks: &HashMap<u32, (u32, u64)>) -> bool {
    // Parents may change while they are read: no chain is followed for ever.
    for _ in 0..tasks.len() {
        if process == root {
            return true;
        }
        match tasks.get(&process) {
            Some((parent, _)) if *parent != 0 => process = *parent,
            _ => return false,
        }
    }
    false
}

/// What a process holds, without what it shares with files.
fn memory(process: u32) -> u64 {
    let Ok(sizes) = fs::read_to_string(format!("/proc/{process}/statm")) else {
        return 0;
    };
    let mut pages = sizes.split(' ').skip(1).map(|it| it.parse().unwrap_or(0));
    let (resident, shared): (u64, u64) = (pages.next().unwrap_or(0), pages.next().unwrap_or(0));
    resident.saturating_sub(shared) * PAGE
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::census;

    #[test]
    fn a_process_counts_with_what_it_has_started() {
        let mut shell = std::process::Command::new("sh")
            .args(["-c", "read -r line | read -r line; wait"])
            .stdin(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(10);
        // The shell starts two more of itself, each at its own time.
        while census(shell.id()).tasks < 3 && std::time::Instant::now() < deadline {
            std::thread::yield_now();
        }
        let all = census(shell.id());
        drop(shell.stdin.take());
        shell.wait().unwrap();
        assert_eq!(all.tasks, 3);
        assert!(all.memory > 0);
    }
}
