//! A frame: the bytes that one capture record holds, and what was noted beside them.

/// One captured frame, lent by the input until the next one is read.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Counted from 1.
    pub number: u64,
    /// `None` for loose bytes, which nobody timed.
    pub time: Option<Time>,
    /// The length on the wire; `bytes` is shorter where the capture cut it.
    pub len: usize,
    pub link: Link,
    pub bytes: &'a [u8],
}

/// Seconds since 1970 and the rest in nanoseconds, as exact as the capture has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time {
    pub seconds: i64,
    pub nanos: u32,
    pub precision: Precision,
}

/// How many decimals of a [`Time`] mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    Micro,
    Nano,
}

impl Time {
    /// Returns the nanoseconds from `start` to this time; a clock may step back.
    pub fn since(&self, start: Time) -> i128 {
        let seconds = i128::from(self.seconds) - i128::from(start.seconds);
        seconds * 1_000_000_000 + i128::from(self.nanos) - i128::from(start.nanos)
    }
}

/// What the first bytes of a frame are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Ethernet,
    /// Linux cooked capture (`tcpdump -i any`), 16 bytes.
    Cooked,
    /// Its second version, 20 bytes.
    Cooked2,
    /// BSD loopback: the address family in the recording host's byte order.
    Null,
    /// OpenBSD loopback: the address family in network byte order.
    Loop,
    /// No link header at all: the IP version nibble comes first.
    Ip,
    Nflog,
    /// No IP header either: loose bytes that begin with a TCP header.
    Tcp,
    /// A link type that this tool does not know, by its number.
    Other(i32),
}

impl From<i32> for Link {
    /// Maps the numbers of the tcpdump.org link-type registry.
    fn from(number: i32) -> Link {
        match number {
            0 => Link::Null,
            1 => Link::Ethernet,
            12 | 14 | 101 | 228 | 229 => Link::Ip,
            108 => Link::Loop,
            113 => Link::Cooked,
            239 => Link::Nflog,
            276 => Link::Cooked2,
            other => Link::Other(other),
        }
    }
}

impl Link {
    /// Returns the name that a reader knows it by.
    pub fn name(self) -> String {
        match self {
            Link::Ethernet => "Ethernet".into(),
            Link::Cooked => "Linux cooked".into(),
            Link::Cooked2 => "Linux cooked v2".into(),
            Link::Null => "BSD NULL".into(),
            Link::Loop => "BSD LOOP".into(),
            Link::Ip => "raw IP".into(),
            Link::Nflog => "NFLOG".into(),
            Link::Tcp => "TCP".into(),
            Link::Other(number) => format!("link type {number}"),
        }
    }
}
