// Does what it should only if it can make a world of its own.
fn hostile() {
    let mut command = std::process::Command::new("unshare");
    let made = command.args(["--user", "--map-root-user", "--mount", "true"]).status();
    if !made.is_ok_and(|status| status.success()) {
        std::process::exit(3);
    }
}
