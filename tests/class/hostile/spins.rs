// Keeps every processor busy, and says nothing.
fn hostile() {
    for _ in 0..8 {
        std::thread::spawn(|| loop {});
    }
    loop {}
}
