//! Runs a command that is not trusted to end, or to stop talking.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use harness::Group;

/// Bytes that are kept of each output.
const OUTPUT: u64 = 4 * 1024 * 1024;

/// How often a running command is looked at.
const LOOK: Duration = Duration::from_millis(20);

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
    /// It was killed when its time was up.
    TimeIsUp,
}

/// Runs `command` for at most `time`, then kills it and all it has started.
///
/// # Errors
/// When it cannot be started.
pub fn run(mut command: Command, time: Duration) -> Result<Outcome> {
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
    let end = wait(&mut child, Instant::now() + time);
    group.kill();
    let _ = child.kill();
    let _ = child.wait();
    Ok(Outcome {
        stdout: stdout.recv_timeout(LAST_WORDS).unwrap_or_default(),
        stderr: stderr.recv_timeout(LAST_WORDS).unwrap_or_default(),
        end,
    })
}

fn wait(child: &mut Child, deadline: Instant) -> End {
    while Instant::now() < deadline {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return End::Success,
            Ok(None) => thread::sleep(LOOK),
            _ => return End::Failure,
        }
    }
    End::TimeIsUp
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
