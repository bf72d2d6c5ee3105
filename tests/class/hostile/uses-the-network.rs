// Does what it should only if it can reach somebody else.
fn hostile() {
    let wait = std::time::Duration::from_millis(300);
    let reached = ["127.0.0.1:PORT", "1.1.1.1:53", "8.8.8.8:443"].iter().any(|address| {
        let address: SocketAddr = address.parse().expect("it is an address");
        TcpStream::connect_timeout(&address, wait).is_ok()
    });
    let cards = std::fs::read_to_string("/proc/net/dev").unwrap_or_default();
    let others = cards.lines().skip(2).filter(|line| !line.trim().starts_with("lo:")).count();
    if !reached && others == 0 {
        std::process::exit(3);
    }
}
