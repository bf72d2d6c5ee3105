// Does nothing, for ever.
fn hostile() {
    loop {
        std::thread::park();
    }
}
