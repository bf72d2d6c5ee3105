//! A listener in the check's hands: where a client is judged, the check plays
//! the server.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use crate::fact::Fact;
use crate::language::{apart, say};
use crate::patience::Wait;
use crate::peer::Peer;
use crate::spawning::without_spawning;
use crate::story::Story;

/// A port on which nobody listens. It lies below those that systems give to
/// connections by themselves, so that nobody takes it before the check does.
pub fn free_port() -> u16 {
    free_port_from(20_000, 10_000)
}

/// A port on which nobody listens, and no check will: it is none of those that
/// checks give to servers. Nor is it one that systems give to connections, for a
/// client that gets the very port to which it connects is connected to itself.
pub fn nobodys_port() -> u16 {
    free_port_from(30_000, 2_700)
}

/// A free one of `count` ports, at random: other checks look for a port, too.
fn free_port_from(first: u16, count: u16) -> u16 {
    let ports = (0..count).map(|_| first + (random() % u64::from(count)) as u16);
    let mut ports = ports.filter(|port| is_free(*port));
    ports.next().expect("one of thousands of ports is free")
}

/// Whether nothing listens on the port, also not a child that inherits the probe.
fn is_free(port: u16) -> bool {
    let _alone = without_spawning();
    TcpListener::bind(("127.0.0.1", port)).is_ok()
}

/// Numbers in no order: what std gives to every map against crafted keys.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// Listens on a free port of 127.0.0.1.
pub struct Door {
    listener: TcpListener,
    story: Story,
}

impl Door {
    pub(crate) fn open(story: &Story) -> Door {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        // Accepting must not wait for ever: it is tried again and again.
        let not_blocking = listener.set_nonblocking(true);
        not_blocking.expect("a listener can be made non-blocking");
        let door = Door {
            listener,
            story: story.clone(),
        };
        let address = apart(format!("127.0.0.1:{}", door.port()));
        story.step(say!(
            "the check listens on {address}",
            "يستمع الاختبار على {address}"
        ));
        door
    }

    /// The port to connect to.
    pub fn port(&self) -> u16 {
        let address = self.listener.local_addr();
        address.expect("a bound listener has an address").port()
    }

    /// The program connects; the check goes on as `name` at the other end.
    pub fn accepts(&self, name: &str) -> Peer {
        let mut wait = Wait::new();
        while wait.next_turn(|| self.story.has_work()).is_some() {
            if let Ok((stream, _)) = self.listener.accept() {
                // Some systems hand the listener's mode on to its connections.
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
        self.story.fails(should, Fact::NothingCame)
    }
}
