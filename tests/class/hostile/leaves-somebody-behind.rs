// Leaves a process behind, in a session of its own, and then does what it should.
fn hostile() {
    let mut command = std::process::Command::new("setsid");
    let _ = command.args(["sleep", "31415926"]).spawn();
}
