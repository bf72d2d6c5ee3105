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

    fn connect_with(&mut self, receive_buffer: Option<usize>) -> Result<TcpStream> {
        let source = Ipv4Addr::new(127, 0, 0, (self.next % ADDRESSES) as u8 + 1);
        self.next += 1;
        let server = self.server;
        let stream = connect_from(source, server, receive_buffer)
            .with_context(|| format!("cannot connect from {source} to {server}"))?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        Ok(stream)
    }
}

fn connect_from(
    source: Ipv4Addr,
    server: SocketAddr,
    receive_buffer: Option<usize>,
) -> io::Result<TcpStream> {
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
    socket.connect_timeout(&server.into(), PATIENCE)?;
    Ok(socket.into())
}
