//! The TCP header: its fixed fields, options and checksum.

mod checksum;
mod flags;
mod header;
mod option;
mod segment;

pub use checksum::{Checksum, PseudoHeader, Status, add, sum_words};
pub use flags::Flags;
pub use header::TcpHeader;
pub use option::{Flaw, Options, TcpOption, Value};
pub use segment::Segment;
