// Prints, for ever.
fn hostile() {
    let text = [b'x'; 1 << 16];
    loop {
        let _ = std::io::stdout().write_all(&text);
        let _ = std::io::stderr().write_all(&text);
    }
}
