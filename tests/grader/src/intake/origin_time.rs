//! When a submission was last worked on: the last commit of a clone, else the newest of
//! the files that are taken. A student can set either; a platform's own record counts more.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::intake::submission::Submission;
use crate::late::Stamp;

/// `files` is the newest time stamp of the files that are taken.
pub fn of(submission: &Submission, files: Option<Stamp>) -> Option<Stamp> {
    let commits = submission
        .parts
        .iter()
        .filter_map(|part| last_commit(&part.path));
    commits.max().or(files)
}

/// The committer's time of a clone's last commit. The repository is not trusted: nothing
/// of its configuration is run, and nothing is fetched.
fn last_commit(folder: &Path) -> Option<Stamp> {
    let repository = folder.join(".git");
    if !repository.is_dir() {
        return None;
    }
    let output = Command::new("git")
        .arg("--git-dir")
        .arg(repository)
        .args(["-c", "core.fsmonitor=false", "-c", "protocol.allow=never"])
        .args(["cat-file", "commit", "HEAD"])
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    let commit = String::from_utf8_lossy(&output.ok()?.stdout).into_owned();
    let line = commit.lines().find(|line| line.starts_with("committer "))?;
    // `committer NAME <MAIL> SECONDS +0300`
    let seconds = line.rsplit(' ').nth(1)?.parse().ok()?;
    Some(Stamp::utc(seconds))
}
