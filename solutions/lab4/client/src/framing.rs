//! How the end of a message is known.
//!
//! ```text
//! lines:     |amal: hi\n|amal: there\n|     the newline ends a message
//! unframed:  |amal: hi|amal: there|         one read is hoped to be one message
//! ```
//!
//! Unframed is what the paper's own server speaks. TCP is a stream: messages sent
//! close together may be read as one, and nothing that a client does can prevent it.

use crate::Args;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    Lines,
    Unframed,
}

impl From<&Args> for Framing {
    fn from(args: &Args) -> Framing {
        if args.unframed {
            Framing::Unframed
        } else {
            Framing::Lines
        }
    }
}

impl Framing {
    /// Returns the bytes that carry `text` over the connection.
    pub fn encode(self, text: &str) -> Vec<u8> {
        let mut bytes = text.as_bytes().to_vec();
        if self == Framing::Lines {
            bytes.push(b'\n');
        }
        bytes
    }

    /// Returns how many bytes can be typed so that `NICK: text` is not too long.
    pub fn longest_text(self, nickname: &str) -> usize {
        self.longest_message()
            .saturating_sub(nickname.len() + ": ".len())
    }

    fn longest_message(self) -> usize {
        match self {
            // The room's limit for a line, without its newline.
            Framing::Lines => 4096,
            // The paper's server reads with recv(1024): the rest would be a message
            // of its own, said by nobody.
            Framing::Unframed => 1024,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newline_ends_a_message_where_messages_are_lines() {
        assert_eq!(Framing::Lines.encode("amal: hi"), b"amal: hi\n");
        assert_eq!(Framing::Unframed.encode("amal: hi"), b"amal: hi");
    }

    #[test]
    fn the_longest_text_leaves_room_for_the_nickname_counted_in_bytes() {
        assert_eq!(Framing::Lines.longest_text("amal"), 4090);
        assert_eq!(Framing::Unframed.longest_text("أمل"), 1016);
        assert_eq!(Framing::Unframed.longest_text(&"a".repeat(2000)), 0);
    }
}
