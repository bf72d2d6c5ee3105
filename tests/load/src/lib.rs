//! Loads a chat room with up to ten thousand clients, from one thread, and
//! books every message of every sender at every receiver.
//!
//! ```text
//! plan ──► bench ──► scenarios ──► room ──► members ──► sockets
//!            │                      │          └ ledger, notices: what each heard
//!            │                      └ book: deliveries and latencies of all
//!            ├ server, usage: the process under load
//!            └ report: figures and flaws
//! ```
//!
//! `compare` runs trials against several servers in turn; `faults` lets things
//! go wrong around one. What both found is told in `docs/room-load.md`.

pub mod bench;
pub mod book;
pub mod compare;
pub mod dialect;
pub mod faults;
pub mod ledger;
pub mod line;
pub mod load;
pub mod member;
pub mod notices;
pub mod options;
pub mod plan;
pub mod progress;
pub mod report;
pub mod room;
pub mod scenarios;
pub mod server;
pub mod sources;
pub mod target;
pub mod usage;
pub mod visit;
