//! Walls around what runs of a submission: bubblewrap's namespaces on Linux.
//!
//! Behind them a program sees the system's libraries, the toolchain, its own
//! tree and nothing else of this machine; it has no network but a loopback of
//! its own, a small `/tmp` that vanishes, and limits for memory, files and
//! processes. When the command ends, everything it has started ends with it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

/// Bytes of address space for each process.
const MEMORY: &str = "8589934592";
/// Processes and threads: the checks start dozens, each with dozens of threads.
const PROCESSES: &str = "2048";
/// Bytes of one file, and of everything in `/tmp`.
const FILE: &str = "268435456";
const TMP: &str = "67108864";
/// Open files of each process.
const OPEN: &str = "4096";
/// The user that programs run as where the grader is root: nobody.
const NOBODY: &str = "65534";

pub enum Walls {
    Bubblewrap { root: bool },
    None,
}

/// What may be changed behind the walls.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The compiler writes to the target folder; nothing of the student's runs.
    Build,
    /// The student's programs run; nothing is to be written.
    Run,
}

impl Walls {
    /// The walls that this machine can build.
    ///
    /// # Errors
    /// When it can build none, and it was not said that none will do.
    pub fn build(none_will_do: bool) -> Result<Walls> {
        for root in [true, false] {
            let walls = Walls::Bubblewrap { root };
            if root == is_root() && walls.stand() {
                return Ok(walls);
            }
        }
        let warning = "there are no walls on this machine: programs of submissions can read its files and use its network.\n\
            On Linux install bubblewrap (Debian, Ubuntu: sudo apt install bubblewrap); elsewhere grade in a virtual machine";
        if none_will_do {
            eprintln!("WARNING: {warning}.");
            return Ok(Walls::None);
        }
        bail!("{warning}, or say --without-walls")
    }

    /// Whether a command really runs behind them, and with limits.
    fn stand(&self) -> bool {
        let mut command = self.command(Path::new("/nowhere"), Phase::Run, &["true".into()]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }

    /// Where a desk's folder stands for what runs behind the walls.
    pub fn inside(&self, desk: &Path) -> PathBuf {
        match self {
            Walls::Bubblewrap { .. } => PathBuf::from("/desk"),
            Walls::None => desk.to_path_buf(),
        }
    }

    /// `words` as a command behind the walls of `desk`.
    pub fn command(&self, desk: &Path, phase: Phase, words: &[String]) -> Command {
        let mut command = match self {
            Walls::None => {
                let mut command = Command::new(&words[0]);
                command.args(&words[1..]);
                command
            }
            Walls::Bubblewrap { root } => {
                let mut command = Command::new("bwrap");
                command.args(bubblewrap(desk, phase, *root));
                command.args(limits(phase, *root)).args(words);
                command
            }
        };
        command.env_clear().envs(environment(self));
        command
    }
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|it| it.stdout.starts_with(b"0\n"))
}

/// The options that build the walls.
fn bubblewrap(desk: &Path, phase: Phase, root: bool) -> Vec<String> {
    let mut words: Vec<String> = [
        "--die-with-parent",
        "--new-session",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-ipc",
        "--unshare-uts",
    ]
    .map(String::from)
    .to_vec();
    match root {
        // Root needs no user namespace, but must be able to become nobody.
        true => words.extend(
            [
                "--cap-drop",
                "ALL",
                "--cap-add",
                "CAP_SETUID",
                "--cap-add",
                "CAP_SETGID",
            ]
            .map(String::from),
        ),
        false => words.push("--unshare-user".to_string()),
    }
    for folder in [
        "/usr",
        "/bin",
        "/sbin",
        "/lib",
        "/lib32",
        "/lib64",
        "/etc/alternatives",
        "/etc/ld.so.cache",
    ] {
        words.extend(["--ro-bind-try", folder, folder].map(String::from));
    }
    for (outside, inside) in [
        (home("CARGO_HOME", ".cargo"), "/cargo"),
        (home("RUSTUP_HOME", ".rustup"), "/rustup"),
    ] {
        words.extend(["--ro-bind-try".to_string(), outside, inside.to_string()]);
    }
    words.extend(
        [
            "--proc", "/proc", "--dev", "/dev", "--size", TMP, "--tmpfs", "/tmp",
        ]
        .map(String::from),
    );
    let desk = desk.display().to_string();
    words.extend([
        "--ro-bind-try".to_string(),
        desk.clone(),
        "/desk".to_string(),
    ]);
    if phase == Phase::Build {
        words.extend([
            "--bind".to_string(),
            format!("{desk}/target"),
            "/desk/target".to_string(),
        ]);
    }
    words.extend(["--chdir", "/", "--"].map(String::from));
    words
}

/// The words that set limits and, where the grader is root, become nobody for
/// the student's programs: root is not counted against a limit of processes.
fn limits(phase: Phase, root: bool) -> Vec<String> {
    let mut words: Vec<String> = vec![
        "prlimit".to_string(),
        format!("--as={MEMORY}"),
        format!("--nproc={PROCESSES}"),
        format!("--fsize={FILE}"),
        format!("--nofile={OPEN}"),
        "--core=0".to_string(),
    ];
    if root && phase == Phase::Run {
        words.extend(
            [
                "setpriv",
                "--reuid",
                NOBODY,
                "--regid",
                NOBODY,
                "--clear-groups",
            ]
            .map(String::from),
        );
    }
    words
}

fn environment(walls: &Walls) -> Vec<(&'static str, String)> {
    let is = |name: &str| std::env::var(name).unwrap_or_default();
    let mut variables = match walls {
        Walls::None => vec![
            ("CARGO_HOME", home("CARGO_HOME", ".cargo")),
            ("RUSTUP_HOME", home("RUSTUP_HOME", ".rustup")),
            ("PATH", is("PATH")),
        ],
        Walls::Bubblewrap { .. } => vec![
            ("CARGO_HOME", "/cargo".to_string()),
            ("RUSTUP_HOME", "/rustup".to_string()),
            (
                "PATH",
                "/cargo/bin:/usr/local/bin:/usr/bin:/bin".to_string(),
            ),
        ],
    };
    variables.push(("HOME", "/tmp".to_string()));
    variables.extend(
        [
            ("RUSTUP_TOOLCHAIN", is("RUSTUP_TOOLCHAIN")),
            ("SystemRoot", is("SystemRoot")),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty()),
    );
    variables
}

/// A folder that a variable names, or that stands in the home folder.
fn home(variable: &str, name: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        let home = std::env::home_dir().unwrap_or_default();
        home.join(name).display().to_string()
    })
}
