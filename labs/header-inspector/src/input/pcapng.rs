//! The state of a pcapng section: its interfaces, and what its blocks say with them.

use pcap_parser::{Block, InterfaceDescriptionBlock, OptionCode};

use super::Note;
use crate::frame::{Frame, Link, Precision, Time};

/// The block that carried packets before 2004; pcap-parser leaves it alone.
const OBSOLETE_PACKET: u32 = 2;

/// One section of a pcapng file.
#[derive(Default)]
pub(super) struct Section {
    order: Order,
    interfaces: Vec<Interface>,
    unknown_blocks: u64,
    undescribed: u64,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Order {
    #[default]
    Little,
    Big,
}

struct Interface {
    link: Link,
    snap_length: usize,
    /// Time units in a second; `None` for a resolution that no clock has.
    units: Option<u64>,
    /// Seconds to add to every time.
    offset: i64,
}

/// Where a packet came from, when, and how long it was on the wire.
struct Origin {
    interface: u32,
    time: Option<u64>,
    len: usize,
}

impl Section {
    /// Learns from a block; returns its frame, numbered after `count`, if it has one.
    pub(super) fn frame<'a>(&mut self, block: &Block<'a>, count: u64) -> Option<Frame<'a>> {
        match block {
            Block::SectionHeader(header) => {
                // Interfaces are counted anew in each section.
                self.interfaces.clear();
                self.order = if header.big_endian() {
                    Order::Big
                } else {
                    Order::Little
                };
                None
            }
            Block::InterfaceDescription(description) => {
                self.interfaces.push(self.interface(description));
                None
            }
            Block::EnhancedPacket(packet) => {
                let time = u64::from(packet.ts_high) << 32 | u64::from(packet.ts_low);
                let origin = Origin {
                    interface: packet.if_id,
                    time: Some(time),
                    len: packet.origlen as usize,
                };
                let there = packet.data.len().min(packet.caplen as usize);
                self.make(&origin, &packet.data[..there], count)
            }
            Block::SimplePacket(packet) => {
                let origin = Origin {
                    interface: 0,
                    time: None,
                    len: packet.origlen as usize,
                };
                let snap = self
                    .interfaces
                    .first()
                    .map_or(usize::MAX, |first| first.snap_length);
                let there = packet.data.len().min(origin.len).min(snap);
                self.make(&origin, &packet.data[..there], count)
            }
            // pcap-parser reads this number as little-endian whatever the section says.
            Block::Unknown(block)
                if self.u32(block.block_type.to_le_bytes()) == OBSOLETE_PACKET =>
            {
                self.obsolete(block.data, count)
            }
            Block::Unknown(_) => {
                self.unknown_blocks += 1;
                None
            }
            _ => None,
        }
    }

    /// Adds what was skipped to the notes.
    pub(super) fn notes(&self, notes: &mut Vec<Note>) {
        if self.unknown_blocks > 0 {
            let count = self.unknown_blocks;
            notes.push(Note::UnknownBlocks { count });
        }
        if self.undescribed > 0 {
            let count = self.undescribed;
            notes.push(Note::NoInterface { count });
        }
    }

    fn make<'a>(&mut self, origin: &Origin, bytes: &'a [u8], count: u64) -> Option<Frame<'a>> {
        let Some(interface) = self.interfaces.get(origin.interface as usize) else {
            self.undescribed += 1;
            return None;
        };
        Some(Frame {
            number: count + 1,
            time: origin.time.and_then(|units| interface.time(units)),
            len: origin.len,
            link: interface.link,
            bytes,
        })
    }

    /// Reads an obsolete Packet Block: interface, drops, time, two lengths, the bytes.
    fn obsolete<'a>(&mut self, body: &'a [u8], count: u64) -> Option<Frame<'a>> {
        let head = body.get(..20)?;
        let word = |at| self.u32([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let there = body[20..].len().min(word(12) as usize);
        let origin = Origin {
            interface: self.u16([head[0], head[1]]).into(),
            time: Some(u64::from(word(4)) << 32 | u64::from(word(8))),
            len: word(16) as usize,
        };
        self.make(&origin, &body[20..20 + there], count)
    }

    fn u16(&self, bytes: [u8; 2]) -> u16 {
        match self.order {
            Order::Little => u16::from_le_bytes(bytes),
            Order::Big => u16::from_be_bytes(bytes),
        }
    }

    fn u32(&self, bytes: [u8; 4]) -> u32 {
        match self.order {
            Order::Little => u32::from_le_bytes(bytes),
            Order::Big => u32::from_be_bytes(bytes),
        }
    }

    fn interface(&self, description: &InterfaceDescriptionBlock) -> Interface {
        Interface {
            link: Link::from(description.linktype.0),
            snap_length: match description.snaplen {
                0 => usize::MAX,
                length => length as usize,
            },
            units: units(description.if_tsresol),
            offset: self.time_offset(description),
        }
    }

    /// Reads the offset in the section's byte order; pcap-parser takes it as little-endian.
    fn time_offset(&self, description: &InterfaceDescriptionBlock) -> i64 {
        let found = description
            .options
            .iter()
            .find(|option| option.code == OptionCode::IfTsoffset)
            .and_then(|option| option.value.get(..8))
            .and_then(|bytes| bytes.try_into().ok());
        match (found, self.order) {
            (None, _) => 0,
            (Some(bytes), Order::Little) => i64::from_le_bytes(bytes),
            (Some(bytes), Order::Big) => i64::from_be_bytes(bytes),
        }
    }
}

/// Returns the units in a second: a power of ten, or of two when the top bit is set.
fn units(resolution: u8) -> Option<u64> {
    let power = u32::from(resolution & 0x7f);
    match resolution & 0x80 {
        0 => 10u64.checked_pow(power),
        _ => 1u64.checked_shl(power),
    }
}

impl Interface {
    fn time(&self, value: u64) -> Option<Time> {
        let units = self.units?;
        let seconds = i64::try_from(value / units)
            .ok()?
            .checked_add(self.offset)?;
        let nanos = u128::from(value % units) * 1_000_000_000 / u128::from(units);
        Some(Time {
            seconds,
            nanos: u32::try_from(nanos).ok()?,
            precision: if units > 1_000_000 {
                Precision::Nano
            } else {
                Precision::Micro
            },
        })
    }
}
