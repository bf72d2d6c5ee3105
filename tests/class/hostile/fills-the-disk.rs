// Writes wherever it may, until nothing is left, and then does what it should.
fn hostile() {
    for folder in ["/tmp", "/dev/shm", "/dev", "/desk", "/", "/var/tmp", "."] {
        for number in 0..1000 {
            let name = format!("{folder}/filler-{}-{number}", std::process::id());
            let Ok(mut file) = std::fs::File::create(name) else { break };
            let mut written = 0u64;
            while written < 1 << 30 && file.write_all(&[1; 1 << 16]).is_ok() {
                written += 1 << 16;
            }
            if written == 0 {
                break;
            }
        }
    }
}
