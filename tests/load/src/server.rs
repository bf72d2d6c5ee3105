//! The server under load: started here from a command line, or already there.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::usage::{self, Usage};

/// What a command line names where the port should be that it is to take.
const PORT: &str = "{port}";
/// Long, for a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK_AGAIN: Duration = Duration::from_millis(10);

static STARTED: AtomicU32 = AtomicU32::new(0);

/// A server to connect to. One that was started here is stopped with this value.
pub struct Server {
    pub address: SocketAddr,
    process: Option<Process>,
}

struct Process {
    child: Child,
    log: PathBuf,
}

impl Server {
    /// One that somebody else has started.
    pub fn at(address: &str) -> Result<Server> {
        let mut found = address
            .to_socket_addrs()
            .with_context(|| format!("no address: {address}"))?;
        let address = found
            .next()
            .with_context(|| format!("no address: {address}"))?;
        Ok(Server {
            address,
            process: None,
        })
    }

    /// Starts `command` (words between spaces), with a free port in place of
    /// `{port}`. It must print a line like `Listening on ADDRESS`.
    pub fn start(command: &str) -> Result<Server> {
        let port = free_port()?.to_string();
        let words: Vec<String> = command
            .split_whitespace()
            .map(|word| word.replace(PORT, &port))
            .collect();
        let (program, arguments) = words
            .split_first()
            .context("the server's command line is empty")?;
        let mut start = Command::new(program);
        start.args(arguments);
        Server::start_told(start)
    }

    /// Starts a server that says where it listens.
    pub fn start_told(command: Command) -> Result<Server> {
        let mut process = Process::start(command)?;
        let address = process.wait(|process| process.announced())?;
        Ok(Server {
            address,
            process: Some(process),
        })
    }

    pub fn pid(&self) -> Option<u32> {
        self.process.as_ref().map(|process| process.child.id())
    }

    pub fn usage(&self) -> Option<Usage> {
        usage::of(self.pid()?)
    }

    /// What it has printed so far.
    pub fn log(&self) -> String {
        self.process.as_ref().map(Process::text).unwrap_or_default()
    }
}

impl Process {
    /// The output goes to a file: nobody has to keep reading a pipe.
    fn start(mut command: Command) -> Result<Process> {
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let name = format!("room-load-{}-{number}.log", std::process::id());
        let log = std::env::temp_dir().join(name);
        let file = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file);
        let child = command
            .spawn()
            .with_context(|| format!("cannot start {command:?}"))?;
        Ok(Process { child, log })
    }

    fn wait<T>(&mut self, ready: impl Fn(&Process) -> Option<T>) -> Result<T> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(found) = ready(self) {
                return Ok(found);
            }
            if let Some(status) = self.child.try_wait()? {
                let said = self.text();
                bail!(
                    "the server ended at once ({status}), saying {:?}",
                    said.trim()
                );
            }
            thread::sleep(LOOK_AGAIN);
        }
        bail!("the server does not listen after {} s", PATIENCE.as_secs())
    }

    fn announced(&self) -> Option<SocketAddr> {
        let text = self.text();
        let (whole, _) = text.rsplit_once('\n')?;
        let mut listening = whole.lines().filter(|line| line.contains("Listening"));
        let mut address: SocketAddr =
            listening.find_map(|line| line.split_whitespace().next_back()?.parse().ok())?;
        if address.ip().is_unspecified() {
            address.set_ip([127, 0, 0, 1].into());
        }
        Some(address)
    }

    fn text(&self) -> String {
        let bytes = fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_file(&self.log);
    }
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port")?;
    Ok(listener.local_addr()?.port())
}
