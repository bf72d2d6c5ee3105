//! A trial in a process of its own: what a run reads from its environment, it
//! reads once.

use std::process::Command;

/// Says to the test executable which trial it plays.
const TRIAL: &str = "HARNESS_TRIAL";

/// Runs `scene` where `variables` are set: in a second process, which runs the
/// `trial` of this name alone and comes here again.
pub fn alone(trial: &str, variables: &[(&str, &str)], scene: impl FnOnce()) {
    if std::env::var(TRIAL).is_ok_and(|name| name == trial) {
        return scene();
    }
    let output = second(trial).envs(variables.iter().copied()).output();
    let output = output.unwrap();
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
