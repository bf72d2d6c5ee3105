//! Clients that stop, as a laptop does when it is closed: connected, and deaf.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::limits::is_installed;
use super::{Stage, Verdict, stage};

/// How many visitors stop or vanish.
pub const VISITORS: u32 = 10;
/// Far from the numbers of the members.
pub const FIRST: u32 = 5_000;

pub fn stopped(server: &str) -> Result<Verdict> {
    if !cfg!(unix) || !is_installed("kill") {
        return Ok(Verdict::NotHere(
            "needs signals and the command kill".to_owned(),
        ));
    }
    let mut stage = stage(&[], server)?;
    let visitors = Visitors::join(&mut stage, &[], None)?;
    let pid = visitors.process.id().to_string();
    let status = Command::new("kill")
        .args(["-STOP", &pid])
        .status()
        .context("cannot run kill")?;
    ensure!(status.success(), "kill -STOP {pid} failed: {status}");
    visitors.are_let_go(&mut stage)?;
    drop(visitors);
    stage.ends_as_it_began()
}

/// Visitors in a process of their own: this program, started once more.
pub struct Visitors {
    process: Child,
}

impl Visitors {
    /// Starts them behind `prefix`, and waits until the members hear them join.
    pub fn join(
        stage: &mut Stage,
        prefix: &[&str],
        address: Option<SocketAddr>,
    ) -> Result<Visitors> {
        let address = address.unwrap_or(stage.bench.server.address).to_string();
        let program = std::env::current_exe().context("cannot tell my own name")?;
        let mut words = prefix
            .iter()
            .map(|&word| word.into())
            .chain([program.into_os_string()]);
        let mut command = Command::new(words.next().context("no program")?);
        command.args(words).args(["visit", "--address", &address]);
        command.args([
            "--count",
            &VISITORS.to_string(),
            "--first",
            &FIRST.to_string(),
        ]);
        let process = command
            .stdin(Stdio::null())
            .spawn()
            .context("cannot start visitors")?;
        let visitors = Visitors { process };
        stage.chat_until("the visitors to join", |room| {
            (FIRST..FIRST + VISITORS).all(|id| room.members[0].joined.has(id))
        })?;
        Ok(visitors)
    }

    /// Waits until the members have heard that all of them left.
    pub fn are_let_go(&self, stage: &mut Stage) -> Result<()> {
        stage.chat_until("those who do not read to be let go", |room| {
            (FIRST..FIRST + VISITORS).all(|id| room.members[0].left.has(id))
        })
    }
}

impl Drop for Visitors {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
