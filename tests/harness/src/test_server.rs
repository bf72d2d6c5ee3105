//! The server that a check plays where it judges a client.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use crate::language::{apart, say};
use crate::observation::Observation;
use crate::patience::Wait;
use crate::peer::Peer;
use crate::spawning::without_spawning;
use crate::story::Story;

/// A port on which no program listens. It is below the ephemeral ports, so that
/// the system does not give it to a connection before the check uses it.
pub fn free_port() -> u16 {
    free_port_from(20_000, 10_000)
}

/// A port on which no program listens and no check will: [`free_port`] never returns
/// it. Nor is it an ephemeral port: a client whose own port is the one that it
/// connects to would be connected to itself.
pub fn unused_port() -> u16 {
    free_port_from(30_000, 2_700)
}

/// A free one of `count` ports, at random: other checks look for a port, too.
fn free_port_from(first: u16, count: u16) -> u16 {
    let ports = (0..count).map(|_| first + (random() % u64::from(count)) as u16);
    let mut ports = ports.filter(|port| is_free(*port));
    ports.next().expect("one of thousands of ports is free")
}

/// Whether no process listens on the port, including a child that inherited the probe.
fn is_free(port: u16) -> bool {
    let _alone = without_spawning();
    TcpListener::bind(("127.0.0.1", port)).is_ok()
}

/// A random number, from the seed that std gives to every hash map.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// Listens on a free port of 127.0.0.1.
pub struct TestServer {
    listener: TcpListener,
    story: Story,
}

impl TestServer {
    pub(crate) fn listen(story: &Story) -> TestServer {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        // Accepting must not block forever: it is polled until the deadline.
        let not_blocking = listener.set_nonblocking(true);
        not_blocking.expect("a listener can be made non-blocking");
        let server = TestServer {
            listener,
            story: story.clone(),
        };
        let address = apart(format!("127.0.0.1:{}", server.port()));
        story.step(say!(
            "the check listens on {address}",
            "يستمع الفحص على {address}"
        ));
        server
    }

    /// The port to connect to.
    pub fn port(&self) -> u16 {
        let address = self.listener.local_addr();
        address.expect("a bound listener has an address").port()
    }

    /// The program connects; the check plays `name` at the other end.
    pub fn accepts(&self, name: &str) -> Peer {
        let mut wait = Wait::new();
        while wait.next_turn(|| self.story.has_work()).is_some() {
            if let Ok((stream, _)) = self.listener.accept() {
                // On some systems a connection inherits the listener's mode.
                let blocking = stream.set_nonblocking(false);
                blocking.expect("a socket can be made blocking");
                return Peer::over(&self.story, name, stream);
            }
            thread::sleep(Duration::from_millis(1));
        }
        let port = apart(self.port());
        let should = say!(
            "the client should connect to port {port}",
            "كان يجب أن يتصل العميل بالمنفذ {port}"
        );
        self.story.fails(should, Observation::NothingArrived)
    }
}
