//! Runs a command that is not trusted to end, to stop talking, or to be modest.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use harness::{Group, Language};

use crate::usage::census;

/// Bytes that are kept of each output.
const OUTPUT: u64 = 4 * 1024 * 1024;

/// How often a running command is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// Looks between two counts of its processes and memory.
const COUNT: u32 = 10;

/// How long the outputs of a killed command are waited for: somebody may hold
/// them open.
const LAST_WORDS: Duration = Duration::from_secs(1);

pub struct Outcome {
    pub stdout: String,
    pub stderr: String,
    pub end: End,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    Success,
    /// With another status, or by a signal.
    Failure,
    /// It was killed because it went beyond this limit.
    Stopped(Limit),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    Time(Duration),
    /// Bytes, of all that it has started together.
    Memory(u64),
    /// Processes and threads.
    Tasks(u64),
}

/// What a command may take.
#[derive(Clone, Copy)]
pub struct Bounds {
    pub time: Duration,
    pub memory: u64,
    pub tasks: u64,
}

impl Limit {
    /// What was too much, in a few words that follow "it".
    pub fn text(&self, language: Language) -> String {
        match (self, language) {
            (Limit::Time(time), Language::English) => format!("did not end within {time:?}"),
            (Limit::Time(time), Language::Arabic) => {
                format!("لم ينتهِ خلال \u{2068}{time:?}\u{2069}")
            }
            (Limit::Memory(bytes), Language::English) => {
                format!("took more than {} MiB of memory", bytes >> 20)
            }
            (Limit::Memory(bytes), Language::Arabic) => {
                format!("أخذ من الذاكرة أكثر من \u{2068}{} MiB\u{2069}", bytes >> 20)
            }
            (Limit::Tasks(count), Language::English) => {
                format!("started more than {count} processes and threads")
            }
            (Limit::Tasks(count), Language::Arabic) => {
                format!("شغّل أكثر من \u{2068}{count}\u{2069} من العمليات والخيوط")
            }
        }
    }
}

/// Runs `command` within `bounds`, then kills it and all it has started.
///
/// # Errors
/// When it cannot be started.
pub fn run(mut command: Command, bounds: Bounds) -> Result<Outcome> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    Group::prepare(&mut command);
    let mut child = command
        .spawn()
        .context("cannot start what judges a submission")?;
    let group = Group::of(&child);
    let stdout = reader(child.stdout.take().expect("it is piped"));
    let stderr = reader(child.stderr.take().expect("it is piped"));
    let end = wait(&mut child, bounds);
    group.kill();
    let _ = child.kill();
    let _ = child.wait();
    Ok(Outcome {
        stdout: stdout.recv_timeout(LAST_WORDS).unwrap_or_default(),
        stderr: stderr.recv_timeout(LAST_WORDS).unwrap_or_default(),
        end,
    })
}

fn wait(child: &mut Child, bounds: Bounds) -> End {
    let deadline = Instant::now() + bounds.time;
    let mut looks = 0;
    while Instant::now() < deadline {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return End::Success,
            Ok(None) => thread::sleep(LOOK),
            _ => return End::Failure,
        }
        looks += 1;
        if looks % COUNT == 0 {
            let found = census(child.id());
            if found.memory > bounds.memory {
                return End::Stopped(Limit::Memory(bounds.memory));
            }
            if found.tasks > bounds.tasks {
                return End::Stopped(Limit::Tasks(bounds.tasks));
            }
        }
    }
    End::Stopped(Limit::Time(bounds.time))
}

/// Reads a pipe to its end; what is too much is thrown away.
fn reader(mut pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, text) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.by_ref().take(OUTPUT).read_to_end(&mut bytes);
        let _ = std::io::copy(&mut pipe, &mut std::io::sink());
        let _ = sender.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    text
}

#[cfg(all(test, unix))]
mod tests {
    use super::{Bounds, End, Limit, run};
    use std::process::Command;
    use std::time::{Duration, Instant};

    const BOUNDS: Bounds = Bounds {
        time: Duration::from_secs(20),
        memory: 256 << 20,
        tasks: 50,
    };

    fn shell(script: &str, bounds: Bounds) -> super::Outcome {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        run(command, bounds).unwrap()
    }

    #[test]
    fn what_is_too_slow_is_stopped_with_its_children() {
        let time = Duration::from_millis(300);
        let began = Instant::now();
        let outcome = shell("sleep 60 & sleep 60", Bounds { time, ..BOUNDS });
        assert_eq!(outcome.end, End::Stopped(Limit::Time(time)));
        assert!(began.elapsed() < Duration::from_secs(10));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_starts_too_much_is_stopped() {
        let outcome = shell("for i in $(seq 100); do sleep 60 & done; wait", BOUNDS);
        assert_eq!(outcome.end, End::Stopped(Limit::Tasks(50)));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_takes_too_much_memory_is_stopped() {
        let bounds = Bounds {
            memory: 16 << 20,
            ..BOUNDS
        };
        let outcome = shell(
            "x=$(head -c 64000000 /dev/zero | tr '\\0' x); sleep 60",
            bounds,
        );
        assert_eq!(outcome.end, End::Stopped(Limit::Memory(16 << 20)));
    }

    #[test]
    fn what_talks_without_end_does_not_fill_the_memory() {
        let time = Duration::from_secs(1);
        let outcome = shell("yes", Bounds { time, ..BOUNDS });
        assert!(outcome.stdout.len() <= 4 * 1024 * 1024);
    }
}
