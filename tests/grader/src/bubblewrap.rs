//! The options of bubblewrap, which builds a small world out of namespaces.
//!
//! In it a program sees the system's libraries, the pristine tree with its own
//! submission laid over, and nothing else of this machine: the compiler sees the
//! toolchain and what it has built besides, a running program sees neither. The
//! network is a loopback of its own. Nothing can be written but a small `/tmp`,
//! and what the compiler builds. When the command ends, all of it ends.

use std::path::Path;

#[cfg(target_os = "linux")]
use crate::filter;
use crate::sandbox::{Phase, home};

/// Where programs are found inside. bubblewrap itself is found where the grader
/// finds its programs.
const PATH: &str = "/cargo/bin:/usr/local/bin:/usr/bin:/bin";

/// Where a workspace's folder is inside the sandbox.
pub const FOLDER: &str = "/workspace";

/// Bytes of everything in `/tmp`.
const TMP: &str = "67108864";

/// What programs need of the system, read-only.
const SYSTEM: [&str; 8] = [
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/etc/alternatives",
    "/etc/ld.so.cache",
];

/// bubblewrap and its options, to be followed by the command.
pub fn words(workspace: &Path, phase: Phase, root: bool) -> Vec<String> {
    #[cfg(target_os = "linux")]
    let mut words = filter::bubblewrap();
    #[cfg(not(target_os = "linux"))]
    let mut words = vec!["bwrap".to_string()];
    add(&mut words, "--die-with-parent --new-session --unshare-pid");
    add(&mut words, "--unshare-net --unshare-ipc --unshare-uts");
    match root {
        // Root needs no user namespace, but must be able to become somebody.
        true => add(
            &mut words,
            "--cap-drop ALL --cap-add CAP_SETUID --cap-add CAP_SETGID",
        ),
        false => add(&mut words, "--unshare-user"),
    }
    for folder in SYSTEM {
        bind(&mut words, folder, folder);
    }
    add(&mut words, "--proc /proc --dev /dev --remount-ro /dev");
    add(
        &mut words,
        &format!("--size {TMP} --perms 1777 --tmpfs /tmp"),
    );
    // Folders that bubblewrap makes by itself are closed to other users.
    add(&mut words, &format!("--perms 0755 --dir {FOLDER}"));
    let part = |name: &str| workspace.join(name).display().to_string();
    bind(&mut words, &part("tree"), &format!("{FOLDER}/tree"));
    match phase {
        Phase::Build => {
            toolchain(&mut words);
            let target = format!("{FOLDER}/target");
            words.extend(["--bind".to_string(), part("target"), target]);
        }
        Phase::Run => bind(&mut words, &part("programs"), &format!("{FOLDER}/programs")),
    }
    add(&mut words, &format!("--setenv PATH {PATH}"));
    // Where the checks look for the course's tree.
    add(
        &mut words,
        &format!("--setenv CARGO_MANIFEST_DIR {FOLDER}/tree"),
    );
    add(&mut words, "--remount-ro / --chdir / --");
    words
}

/// The variables by which cargo finds its way.
pub fn variables() -> Vec<(&'static str, String)> {
    vec![
        ("CARGO_HOME", "/cargo".to_string()),
        ("RUSTUP_HOME", "/rustup".to_string()),
    ]
}

/// The toolchain and the sources of crates; not the credentials beside them.
fn toolchain(words: &mut Vec<String>) {
    let cargo = home("CARGO_HOME", ".cargo");
    add(words, "--perms 0755 --dir /cargo");
    for name in ["bin", "registry", "config.toml"] {
        bind(words, &format!("{cargo}/{name}"), &format!("/cargo/{name}"));
    }
    bind(words, &home("RUSTUP_HOME", ".rustup"), "/rustup");
}

fn add(words: &mut Vec<String>, more: &str) {
    words.extend(more.split(' ').map(String::from));
}

/// Shows `outside` as `inside`, read-only, if it is there.
fn bind(words: &mut Vec<String>, outside: &str, inside: &str) {
    words.extend(["--ro-bind-try", outside, inside].map(String::from));
}
