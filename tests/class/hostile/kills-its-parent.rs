// Ends the checks that started it.
fn hostile() {
    let parent = std::os::unix::process::parent_id().to_string();
    let _ = std::process::Command::new("kill").args(["-9", &parent]).status();
}
