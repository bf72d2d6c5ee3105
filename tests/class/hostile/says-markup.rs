// Says what a page or a terminal might take for its own.
fn hostile() {
    println!("</div><script>alert(1)</script>\u{1b}[2J\u{202e}<img src=x onerror=alert(1)>]]>&amp;");
}
