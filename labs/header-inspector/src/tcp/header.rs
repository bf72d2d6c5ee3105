//! The fixed 20 bytes of a TCP header, as far as they are there.

use pnet_packet::tcp::TcpPacket;

use super::Flags;

/// The fixed fields, raw as on the wire; `None` where the capture ends before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TcpHeader {
    pub src_port: Option<u16>,
    pub dst_port: Option<u16>,
    pub seq: Option<u32>,
    pub ack: Option<u32>,
    /// In words of 32 bits.
    pub data_offset: Option<u8>,
    /// The three bits that nothing uses.
    pub reserved: Option<u8>,
    /// Accurate ECN, once called NS (RFC 9768).
    pub ae: Option<bool>,
    pub flags: Option<Flags>,
    pub window: Option<u16>,
    pub checksum: Option<u16>,
    pub urgent_pointer: Option<u16>,
}

impl TcpHeader {
    /// The size of the fixed fields, in bytes.
    pub const SIZE: usize = 20;

    /// Reads the fields out of as many bytes as there are.
    ///
    /// pnet_packet wants all 20, so a shorter header is padded for it, and the fields
    /// that the padding touches are left out.
    pub fn read(bytes: &[u8]) -> TcpHeader {
        let mut padded = [0; Self::SIZE];
        let there = bytes.len().min(Self::SIZE);
        padded[..there].copy_from_slice(&bytes[..there]);
        let packet = TcpPacket::new(&padded).expect("20 bytes hold the fixed fields");
        let has = |end: usize| there >= end;
        TcpHeader {
            src_port: has(2).then(|| packet.get_source()),
            dst_port: has(4).then(|| packet.get_destination()),
            seq: has(8).then(|| packet.get_sequence()),
            ack: has(12).then(|| packet.get_acknowledgement()),
            data_offset: has(13).then(|| packet.get_data_offset()),
            // pnet_packet counts four reserved bits; the last of them is AE.
            reserved: has(13).then(|| packet.get_reserved() >> 1),
            ae: has(13).then(|| packet.get_reserved() & 1 == 1),
            flags: has(14).then(|| Flags(packet.get_flags())),
            window: has(16).then(|| packet.get_window()),
            checksum: has(18).then(|| packet.get_checksum()),
            urgent_pointer: has(20).then(|| packet.get_urgent_ptr()),
        }
    }

    /// Returns the header's size in bytes by its data offset, if that is a legal one.
    pub fn size(&self) -> Option<usize> {
        let words = self.data_offset.filter(|&words| words >= 5)?;
        Some(usize::from(words) * 4)
    }
}
