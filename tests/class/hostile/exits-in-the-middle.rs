// Ends with success as soon as somebody has come.
fn hostile() {
    std::thread::spawn(|| loop {
        let lines = std::fs::read_to_string("/proc/net/tcp").unwrap_or_default();
        if lines.lines().any(|line| line.contains(" 01 ")) {
            std::process::exit(0);
        }
    });
}
