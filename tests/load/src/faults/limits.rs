//! The system has no more to give: no descriptor, no thread. Those outside must
//! wait or are refused; those inside do not notice.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::{Verdict, stage};
use crate::faults::stage::Stage;

/// Enough for the members and a few more.
const DESCRIPTORS: usize = 64;
const THREADS: usize = 40;
/// More than both.
const CROWD: usize = 100;
/// A user of no one's, so that its threads are the server's alone. (The limit
/// counts all threads of a user, and does not hold for root.)
const NOBODY: &str = "54321";

pub fn descriptors(server: &str) -> Result<Verdict> {
    if !cfg!(target_os = "linux") {
        return Ok(Verdict::NotHere("needs Linux".to_owned()));
    }
    let limit = format!("ulimit -n {DESCRIPTORS}; exec \"$@\"");
    let stage = stage(&["sh", "-c", &limit, "sh"], server)?;
    crowded(stage, "descriptors", DESCRIPTORS, |usage| usage.descriptors)
}

pub fn threads(server: &str) -> Result<Verdict> {
    let may = is_root() && ["prlimit", "setpriv"].iter().all(|tool| is_installed(tool));
    if !may {
        return Ok(Verdict::NotHere(
            "needs Linux, root, prlimit and setpriv".to_owned(),
        ));
    }
    let copy = Copy::of(server)?;
    let limit = format!("--nproc={THREADS}:{THREADS}");
    let (user, group) = (format!("--reuid={NOBODY}"), format!("--regid={NOBODY}"));
    let prefix = [
        "prlimit",
        &limit,
        "setpriv",
        &user,
        &group,
        "--clear-groups",
    ];
    let stage = stage(&prefix, &copy.command)?;
    crowded(stage, "threads", THREADS, |usage| usage.threads)
}

/// A crowd uses up what there is; the members chat on; the crowd goes.
fn crowded(
    mut stage: Stage,
    what: &str,
    limit: usize,
    used: impl Fn(crate::usage::Usage) -> u64,
) -> Result<Verdict> {
    let crowd: Vec<TcpStream> = (0..CROWD)
        .map(|_| stage.room().sources.connect())
        .collect::<Result<_>>()?;
    stage
        .chat()
        .with_context(|| format!("with no {what} left"))?;
    let most = stage.usage().map_or(0, used);
    ensure!(
        most >= limit as u64,
        "the server should have used all {limit} {what}, but used {most}"
    );
    drop(crowd);
    stage.ends_as_it_began()
}

fn is_root() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let uids = status.lines().find_map(|line| line.strip_prefix("Uid:"));
    uids.and_then(|uids| uids.split_whitespace().nth(1)) == Some("0")
}

pub fn is_installed(tool: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|path| path.join(tool).is_file())
}

/// The server's program where any user may start it.
struct Copy {
    file: PathBuf,
    command: String,
}

impl Copy {
    fn of(server: &str) -> Result<Copy> {
        let (program, arguments) = server.split_once(' ').unwrap_or((server, ""));
        let name = format!("room-load-server-{}", std::process::id());
        let file = std::env::temp_dir().join(name);
        fs::copy(Path::new(program), &file).with_context(|| format!("cannot copy {program}"))?;
        let command = format!("{} {arguments}", file.display());
        Ok(Copy { file, command })
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.file);
    }
}
