//! No process of a run is left when the run has ended, however it ended.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use super::alone::second;
use super::stage::{Folder, LONG, program};

/// Where the run that is killed finds the pipe that its programs hold.
const PIPE: &str = "HARNESS_TRIAL_PIPE";

#[test]
fn a_program_has_the_mark_of_its_run() {
    let mut it = program("echo \"$LAB_RUN\"");
    let mark = it.prints_a_line();
    let (process, time) = mark.split_once('-').unwrap();
    assert_eq!(process, std::process::id().to_string());
    let nanoseconds = time.strip_suffix('.').unwrap();
    assert!(nanoseconds.parse::<u128>().unwrap() > 0, "{mark}");
}

/// It cannot clean up after itself: the guard does, who knows the program's group.
#[test]
fn a_killed_run_leaves_no_program() {
    let trial = "cleaning::a_killed_run_leaves_no_program";
    killed_while_it_runs(trial, "exec env -i sleep 100 >'$0'");
}

/// It is in no group that the guard knows, but it has the mark of the run.
#[cfg(target_os = "linux")]
#[test]
fn a_killed_run_leaves_nobody_who_left_its_group() {
    let trial = "cleaning::a_killed_run_leaves_nobody_who_left_its_group";
    killed_while_it_runs(trial, "setsid sleep 100 >'$0' & exec cat");
}

/// Runs `script` in a run of its own, kills the run, and sees that everybody ends
/// who holds the pipe that the script knows as `$0`.
fn killed_while_it_runs(trial: &str, script: &str) {
    if let Some(pipe) = std::env::var_os(PIPE) {
        let script = script.replace("$0", &pipe.to_string_lossy());
        // It goes on when the guard knows of it.
        let mut it = program(&format!("read go; {script}"));
        it.types("go");
        return thread::sleep(LONG);
    }
    let folder = Folder::new(trial.rsplit(':').next().unwrap_or_default());
    let pipe = folder.pipe("pipe");
    let mut run = second(trial);
    run.env(PIPE, &pipe).stdout(Stdio::null());
    let mut run = run.spawn().unwrap();
    let held = held(pipe);
    assert!(
        held.recv_timeout(LONG).is_ok(),
        "the program does not start"
    );
    run.kill().and_then(|()| run.wait()).unwrap();
    assert!(held.recv_timeout(LONG).is_ok(), "somebody is left");
}

/// Tells when somebody holds this pipe, and again when nobody does any more.
fn held(pipe: PathBuf) -> Receiver<()> {
    let (tells, held) = channel();
    thread::spawn(move || {
        let mut end = File::open(pipe).unwrap();
        let _ = tells.send(());
        end.read_to_end(&mut Vec::new()).unwrap();
        let _ = tells.send(());
    });
    held
}
