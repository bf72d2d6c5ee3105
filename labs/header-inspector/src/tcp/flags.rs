//! The control bits of a segment (RFC 9293 §3.1).

use pnet_packet::tcp::TcpFlags;

/// The eight assigned control bits of the header's 14th byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags(pub u8);

impl Flags {
    /// The names from the most significant bit to the least, as the wire has them.
    pub const NAMES: [&'static str; 8] = ["CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"];

    pub fn cwr(self) -> bool {
        self.0 & TcpFlags::CWR != 0
    }
    pub fn ece(self) -> bool {
        self.0 & TcpFlags::ECE != 0
    }
    pub fn urg(self) -> bool {
        self.0 & TcpFlags::URG != 0
    }
    pub fn ack(self) -> bool {
        self.0 & TcpFlags::ACK != 0
    }
    pub fn psh(self) -> bool {
        self.0 & TcpFlags::PSH != 0
    }
    pub fn rst(self) -> bool {
        self.0 & TcpFlags::RST != 0
    }
    pub fn syn(self) -> bool {
        self.0 & TcpFlags::SYN != 0
    }
    pub fn fin(self) -> bool {
        self.0 & TcpFlags::FIN != 0
    }

    /// Lists the names of the bits that are set, in the order people say them.
    pub fn set(self) -> impl Iterator<Item = &'static str> {
        const SAID: &[(u8, &str)] = &[
            (TcpFlags::SYN, "SYN"),
            (TcpFlags::FIN, "FIN"),
            (TcpFlags::RST, "RST"),
            (TcpFlags::PSH, "PSH"),
            (TcpFlags::ACK, "ACK"),
            (TcpFlags::URG, "URG"),
            (TcpFlags::ECE, "ECE"),
            (TcpFlags::CWR, "CWR"),
        ];
        SAID.iter()
            .filter(move |(bit, _)| self.0 & bit != 0)
            .map(|&(_, name)| name)
    }
}
