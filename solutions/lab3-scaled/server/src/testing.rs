//! For the unit tests: connections, and the limits that hold by default.
#![cfg(test)]

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;

use crate::Args;
use crate::limits::Limits;

pub fn limits() -> Limits {
    Args::parse_from(["room"]).limits
}

/// The room's end of a connection, and its peer's.
pub fn connection() -> (Arc<TcpStream>, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let address = listener.local_addr().expect("it is bound");
    let peer = TcpStream::connect(address).expect("it listens");
    let patience = Some(Duration::from_secs(5));
    peer.set_read_timeout(patience).expect("it is not zero");
    let (stream, _) = listener.accept().expect("somebody comes");
    (Arc::new(stream), peer)
}

/// One whose socket takes nothing more.
pub fn full_connection() -> (Arc<TcpStream>, TcpStream) {
    let (stream, peer) = connection();
    stream.set_nonblocking(true).expect("it is open");
    for size in [64 * 1024, 64, 1] {
        while (&*stream).write(&vec![b'.'; size]).is_ok() {}
    }
    stream.set_nonblocking(false).expect("it is open");
    (stream, peer)
}

/// The peer goes without reading what it was sent, which resets the connection.
pub fn vanish(peer: TcpStream, mut stream: &TcpStream) {
    stream.write_all(b"unread").expect("there is room");
    peer.peek(&mut [0]).expect("it comes");
    drop(peer);
}

/// One whose peer has vanished.
pub fn broken_connection() -> Arc<TcpStream> {
    let (stream, peer) = connection();
    vanish(peer, &stream);
    // The reset may still be on its way.
    while (&*stream).write(b"more").is_ok() {}
    stream
}
