//! What the room gives to one client at most, so that no client can take
//! everything. An operator may change what the command line offers.

use std::time::Duration;

use clap::Args;

/// Bytes in a line, its end not counted (the course's wire format).
pub const LINE: usize = 4096;

/// Characters in a nickname.
pub const NICKNAME: usize = 32;

/// Silence after a nickname's bytes that makes a peer *unframed*: the paper's
/// client never sends a newline. Long for a program, short for a person.
pub const GRACE: Duration = Duration::from_millis(200);

/// Bytes that the broadcaster gathers before it writes: enough for hundreds of
/// lines in one system call, little enough to stay in the processor's cache.
pub const BATCH: usize = 64 * 1024;

/// Events that may wait for the broadcaster; then those who speak must wait,
/// and TCP slows down whoever floods the room.
pub const EVENTS: usize = 256;

/// Bytes that one read may bring. A client's buffer grows to this only when it
/// sends that much at once.
pub const READ: usize = 64 * 1024;

/// Bytes of memory for a client thread's stack. The default of 2 MiB would be
/// 20 GiB of addresses for ten thousand clients; a client thread nests little.
pub const STACK: usize = 128 * 1024;

#[derive(Args, Clone, Copy)]
pub struct Limits {
    /// Clients at one time, those without a nickname yet included.
    #[arg(long, default_value_t = 4096, value_parser = clap::value_parser!(u32).range(1..))]
    pub max_clients: u32,
    /// Seconds that a client may take to give its nickname.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
    nickname_seconds: u32,
    /// KiB that may wait for a client that reads slowly.
    #[arg(long, default_value_t = 4096, value_parser = clap::value_parser!(u32).range(1..))]
    outbox_kib: u32,
    /// Seconds after which a client that reads nothing is let go.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    stall_seconds: u32,
}

impl Limits {
    /// How long a client may take to give its nickname.
    pub fn nickname_time(&self) -> Duration {
        Duration::from_secs(self.nickname_seconds.into())
    }

    /// How many bytes may wait for a slow client.
    pub fn outbox(&self) -> usize {
        self.outbox_kib as usize * 1024
    }

    /// How long a client may read nothing while something waits for it.
    pub fn stall_time(&self) -> Duration {
        Duration::from_secs(self.stall_seconds.into())
    }
}
