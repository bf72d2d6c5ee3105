//! Sandbox around what runs of a submission.
//!
//! ```text
//!   bubblewrap   namespaces of Linux: no sight of this machine's files, of other
//!                submissions or of the network; see bubblewrap.rs
//!   a user       where the grader is root but may make no namespaces, as in
//!                Gradescope's containers: programs run as nobody in particular
//!   none         only where the instructor passes --without-sandbox
//! ```
//!
//! Limits for memory, files and processes hold in the first two. What all of a
//! command's processes take together is counted in usage.rs and bounded in limits.rs.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::bubblewrap;

/// Bytes of address space for each process: a server with hundreds of threads
/// reserves much and uses little of it.
const ADDRESSES: &str = "8589934592";
/// Processes and threads of one user. What a lab's checks start stays below 400.
const PROCESSES: &str = "1500";
/// Bytes of one file.
const FILE: &str = "268435456";
/// Open files of each process.
const OPEN: &str = "4096";
/// The first of the users that programs run as where the grader is root: one
/// for each workspace, so that one workspace's processes do not count against another's.
const USERS: u32 = 64_100;

pub enum Sandbox {
    Bubblewrap { root: bool },
    User,
    None,
}

/// What may be changed in the sandbox.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The compiler writes to the target folder; nothing of the student's runs.
    Build,
    /// The student's programs run; nothing is to be written.
    Run,
}

/// Who uses the sandbox: a workspace's folder and its number.
pub struct Slot {
    pub folder: PathBuf,
    pub number: u32,
}

impl Slot {
    fn user(&self) -> String {
        (USERS + self.number).to_string()
    }
}

const WARNING: &str = "\
there is no sandbox on this machine: programs of submissions can read its files and use its network.
On Linux install bubblewrap (Debian, Ubuntu: sudo apt install bubblewrap); elsewhere grade in a virtual machine";

impl Sandbox {
    /// The sandbox that this machine has.
    ///
    /// # Errors
    /// When it can build none, and it was not said that none will do.
    pub fn build(none_will_do: bool) -> Result<Sandbox> {
        let root = is_root();
        let sandbox = Sandbox::Bubblewrap { root };
        if sandbox.works() {
            return Ok(sandbox);
        }
        if !none_will_do {
            bail!("{WARNING}, or pass --without-sandbox");
        }
        eprintln!("WARNING: {WARNING}.");
        match root && Sandbox::User.works() {
            true => {
                eprintln!(
                    "They run as users {USERS} and up, with limits: keep from those what they must not read."
                );
                Ok(Sandbox::User)
            }
            false => Ok(Sandbox::None),
        }
    }

    /// Whether a command really runs behind them, and with limits.
    fn works(&self) -> bool {
        let slot = Slot {
            folder: PathBuf::from("/"),
            number: 0,
        };
        let mut command = self.command(&slot, Phase::Run, &["true".into()]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }

    /// Where a workspace's folder is for what runs in the sandbox.
    pub fn inside(&self, workspace: &Path) -> PathBuf {
        match self {
            Sandbox::Bubblewrap { .. } => PathBuf::from(bubblewrap::FOLDER),
            Sandbox::User | Sandbox::None => workspace.to_path_buf(),
        }
    }

    /// `words` as a command in the sandbox of `slot`.
    pub fn command(&self, slot: &Slot, phase: Phase, words: &[String]) -> Command {
        let mut all: Vec<String> = Vec::new();
        let root = match self {
            Sandbox::Bubblewrap { root } => {
                all.extend(bubblewrap::words(&slot.folder, phase, *root));
                *root
            }
            Sandbox::User => true,
            Sandbox::None => false,
        };
        if !matches!(self, Sandbox::None) {
            all.extend(limits());
        }
        if root && phase == Phase::Run {
            all.extend(as_user(&slot.user()));
        }
        all.extend_from_slice(words);
        let mut command = Command::new(&all[0]);
        command.args(&all[1..]);
        command.env_clear().envs(environment(self));
        command
    }

    /// Ends what a command has left running, where no namespace ends with it.
    pub fn sweep(&self, slot: &Slot) {
        if matches!(self, Sandbox::User) {
            let words = as_user(&slot.user());
            let mut command = Command::new(&words[0]);
            command.args(&words[1..]).args(["kill", "-9", "--", "-1"]);
            command.stdout(Stdio::null()).stderr(Stdio::null());
            let _ = command.status();
        }
    }
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|it| it.stdout.starts_with(b"0\n"))
}

/// The words that set limits for each process.
fn limits() -> Vec<String> {
    vec![
        "prlimit".to_string(),
        format!("--as={ADDRESSES}"),
        format!("--nproc={PROCESSES}"),
        format!("--fsize={FILE}"),
        format!("--nofile={OPEN}"),
        "--core=0".to_string(),
    ]
}

/// The words that become another user: root is not counted against a limit of
/// processes, and may read what it likes.
fn as_user(user: &str) -> Vec<String> {
    let words = ["setpriv", "--reuid", user, "--regid", user];
    // `env` makes one more start: what setpriv starts itself still counts as
    // started by root, and a program that cannot be read would not be sealed.
    let rest = ["--clear-groups", "--no-new-privs", "env"];
    words.iter().chain(&rest).map(|it| it.to_string()).collect()
}

fn environment(sandbox: &Sandbox) -> Vec<(&'static str, String)> {
    let is = |name: &str| std::env::var(name).unwrap_or_default();
    let mut variables = match sandbox {
        Sandbox::User | Sandbox::None => vec![
            ("CARGO_HOME", home("CARGO_HOME", ".cargo")),
            ("RUSTUP_HOME", home("RUSTUP_HOME", ".rustup")),
        ],
        Sandbox::Bubblewrap { .. } => bubblewrap::variables(),
    };
    variables.push(("PATH", is("PATH")));
    variables.push(("HOME", std::env::temp_dir().display().to_string()));
    let kept = ["RUSTUP_TOOLCHAIN", "LAB_PATIENCE", "SystemRoot"];
    let kept = kept.into_iter().map(|name| (name, is(name)));
    variables.extend(kept.filter(|(_, value)| !value.is_empty()));
    variables
}

/// A folder that a variable names, or that stands in the home folder.
pub fn home(variable: &str, name: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        let home = std::env::home_dir().unwrap_or_default();
        home.join(name).display().to_string()
    })
}
