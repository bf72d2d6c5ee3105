//! A trial in a process of its own: what a run reads from its environment, it
//! reads once.

use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Says to the test executable which trial it plays.
const TRIAL: &str = "HARNESS_TRIAL";

/// A trial that takes longer than this hangs.
const LIMIT: Duration = Duration::from_secs(30);

/// Runs `scene` where `variables` are set: in a second process, which runs the
/// `trial` of this name alone and comes here again.
pub fn alone(trial: &str, variables: &[(&str, &str)], scene: impl FnOnce()) {
    if std::env::var(TRIAL).is_ok_and(|name| name == trial) {
        return scene();
    }
    let mut command = second(trial);
    command.envs(variables.iter().copied());
    let output = ended(command);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{trial} alone:\n{said}");
    assert!(said.contains("1 passed"), "there is no {trial}:\n{said}");
}

/// A second process of this executable, which plays only this trial.
pub fn second(trial: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let name = format!("trials::{trial}");
    command.args([&name, "--exact"]).env(TRIAL, trial);
    command
}

/// Runs `command` to its end, which must come in time.
fn ended(mut command: Command) -> Output {
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut process = command.spawn().unwrap();
    let began = Instant::now();
    while process.try_wait().unwrap().is_none() {
        if began.elapsed() > LIMIT {
            process.kill().and_then(|()| process.wait()).unwrap();
            panic!("{command:?} does not end");
        }
        thread::sleep(Duration::from_millis(1));
    }
    process.wait_with_output().unwrap()
}
