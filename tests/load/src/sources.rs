//! Connections from several loopback addresses: one address has some 28,000
//! ports to connect from, and those just used rest for a minute.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result};
use socket2::{Domain, Protocol, Socket, Type};

/// How many loopback addresses take turns.
const ADDRESSES: u32 = 16;
/// A connection to loopback is there at once, or its server's queue is full.
const PATIENCE: Duration = Duration::from_secs(20);

/// Gives connections to one server, each from the next source address.
pub struct Sources {
    server: SocketAddr,
    next: u32,
}

impl Sources {
    pub fn new(server: SocketAddr) -> Sources {
        Sources { server, next: 0 }
    }

    /// A connection that does not block and sends small pieces at once.
    pub fn connect(&mut self) -> Result<TcpStream> {
        self.connect_with(None)
    }

    /// The same with a receive buffer of `bytes`: for those who will not read.
    pub fn connect_narrow(&mut self, bytes: usize) -> Result<TcpStream> {
        self.connect_with(Some(bytes))
    }

    /// Begins a connection and does not wait for it.
    pub fn begin(&mut self) -> Result<Socket> {
        let source = self.next_source();
        let begin = || -> io::Result<Socket> {
            let socket = bound(source, self.server, None)?;
            socket.set_nonblocking(true)?;
            // Refused or not: the attempt is under way.
            let _ = socket.connect(&self.server.into());
            Ok(socket)
        };
        begin().with_context(|| format!("cannot begin a connection from {source}"))
    }

    fn connect_with(&mut self, receive_buffer: Option<usize>) -> Result<TcpStream> {
        let source = self.next_source();
        let server = self.server;
        let connect = || -> io::Result<TcpStream> {
            let socket = bound(source, server, receive_buffer)?;
            socket.connect_timeout(&server.into(), PATIENCE)?;
            socket.set_tcp_nodelay(true)?;
            socket.set_nonblocking(true)?;
            Ok(socket.into())
        };
        connect().with_context(|| format!("cannot connect from {source} to {server}"))
    }

    fn next_source(&mut self) -> Ipv4Addr {
        self.next += 1;
        Ipv4Addr::new(127, 0, 0, (self.next % ADDRESSES) as u8 + 1)
    }
}

/// A socket for `server` that is bound to `source` where that is possible.
fn bound(
    source: Ipv4Addr,
    server: SocketAddr,
    receive_buffer: Option<usize>,
) -> io::Result<Socket> {
    let socket = Socket::new(
        Domain::for_address(server),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    if let Some(bytes) = receive_buffer {
        socket.set_recv_buffer_size(bytes)?;
    }
    // Linux owns all of 127.0.0.0/8; elsewhere only 127.0.0.1 may be there, and
    // the system's own choice of a source must do.
    if server.ip().is_loopback() && server.is_ipv4() {
        let _ = socket.bind(&SocketAddrV4::new(source, 0).into());
    }
    Ok(socket)
}
