//! Decodes TCP headers from captured bytes and shows them to people and programs.
//!
//! ```text
//! input ──▶ link ──▶ ip ──▶ tcp ──▶ conversation ──▶ view
//! frames    Ethernet v4, v6 Segment  Place in its     line, json,
//!           cooked … tunnels         connection       diagram, …
//! ```
//!
//! `input` owns the bytes and lends one [`Frame`] at a time; [`Layers`] goes down its
//! layers and hands out each TCP header it meets as a [`Segment`] that borrows from the
//! frame; [`Conversations`] remembers what a segment alone cannot tell; a [`View`]
//! writes it down. Decoding never fails: what is not there is `None`, and what is odd
//! is a [`Problem`] with its byte range.

pub mod conversation;
pub mod decode_error;
pub mod explain;
pub mod frame;
pub mod input;
pub mod inspect;
pub mod ip;
pub mod ladder;
pub mod lang;
pub mod layers;
pub mod link;
pub mod problem;
pub mod received;
pub mod tcp;
pub mod text;
pub mod view;

pub use conversation::{Conversation, Conversations, Place};
pub use decode_error::DecodeError;
pub use frame::{Frame, Link, Time};
pub use input::InputError;
pub use inspect::{Filter, Summary, inspect};
pub use lang::Lang;
pub use layers::Layers;
pub use problem::{Code, Problem};
pub use tcp::{Checksum, Flags, Segment, Status, TcpHeader};
pub use view::{Settings, View};
