//! Every limit of the room, with its reason: no client can use up what all share.

use std::time::Duration;

use clap::Args;

/// Bytes in a line, its end not counted (the course's wire format).
pub const LINE: usize = 4096;

/// Characters in a nickname.
pub const NICKNAME: usize = 32;

/// Silence after a nickname's bytes that makes a client *unframed*: the paper's
/// client never sends a newline. Long for a program, short for a person.
pub const GRACE: Duration = Duration::from_millis(200);

/// Bytes that the broadcaster collects before it writes: hundreds of lines for one
/// system call, and few enough to stay in the processor's cache.
pub const BATCH: usize = 64 * 1024;

/// Events that may be queued for the broadcaster. When the queue is full the client
/// threads block, and TCP slows down the clients that flood the room.
pub const EVENTS: usize = 256;

/// Bytes that a read buffer holds at first, and at most: it grows for clients that
/// fill it.
pub const FIRST_READ: usize = 2048;
pub const READ: usize = 64 * 1024;

/// Bytes of stack for a client's thread, which nests little. The default of 2 MiB
/// would reserve 20 GiB of addresses for ten thousand clients.
pub const STACK: usize = 128 * 1024;

/// How long, and for how many reads, a refused client is still read from: closing a
/// connection with unread bytes resets it, and the reset can overtake the reason.
pub const FAREWELL: Duration = Duration::from_millis(500);
pub const FAREWELL_READS: usize = 64;

/// The pause after a failed accept: without descriptors the next one fails as well,
/// and trying at once would keep the processor busy.
pub const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

#[derive(Args, Clone, Copy)]
pub struct Limits {
    /// Clients at one time, including those without a nickname
    ///
    /// عدد العملاء في وقت واحد، ومعهم من لا لقب له بعد
    #[arg(long, default_value_t = 4096, value_parser = clap::value_parser!(u32).range(1..))]
    pub max_clients: u32,
    /// Seconds that a client has to send its nickname
    ///
    /// ثواني مهلة العميل ليرسل لقبه
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
    nickname_seconds: u32,
    /// KiB that may be queued for a client that reads slowly
    ///
    /// ما قد ينتظر عميلًا بطيء القراءة بوحدة KiB
    #[arg(long, default_value_t = 4096, value_parser = clap::value_parser!(u32).range(1..))]
    pub outbox_kib: u32,
    /// Seconds after which a client that reads nothing is disconnected
    ///
    /// ثوانٍ يُفصل بعدها عميل لا يقرأ شيئًا
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    stall_seconds: u32,
}

impl Limits {
    /// How long a client has to send its nickname.
    pub fn nickname_time(&self) -> Duration {
        Duration::from_secs(self.nickname_seconds.into())
    }

    /// How long a client may read nothing while bytes are queued for it.
    pub fn stall_time(&self) -> Duration {
        Duration::from_secs(self.stall_seconds.into())
    }
}
