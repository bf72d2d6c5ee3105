//! A frame: what each kind of link puts before a packet.

use clap::ValueEnum;

use crate::file::{Frame, Order};
use crate::ip::{self, Packet, Version, ethertype};
use crate::random::Random;

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Link {
    /// With VLAN, QinQ, MPLS, PPPoE and SNAP now and then
    Ethernet,
    /// Linux cooked, first and second form
    Sll,
    Sll2,
    /// BSD loopback: the family in the byte order of the machine, of either machine
    Null,
    Loop,
    Raw,
    Ipv4,
    Ipv6,
    Nflog,
}

impl Link {
    /// The number that a capture file writes for it.
    pub fn number(self) -> u16 {
        match self {
            Link::Null => 0,
            Link::Ethernet => 1,
            Link::Raw => 101,
            Link::Loop => 108,
            Link::Sll => 113,
            Link::Ipv4 => 228,
            Link::Ipv6 => 229,
            Link::Nflog => 239,
            Link::Sll2 => 276,
        }
    }
}

/// Any frame of this link, now and then cut by a snap length.
pub fn frame(random: &mut Random, link: Link, order: Order, number: u64) -> Frame {
    let mut packet = ip::any(random);
    while !carries(link, packet.version) {
        packet = ip::any(random);
    }
    let mut bytes = match link {
        Link::Ethernet => ethernet(random, &packet),
        _ => plain(link, order, &packet),
    };
    if link == Link::Null && random.chance(50) {
        bytes[..4].reverse();
    }
    let mut frame = Frame::whole(number, bytes);
    if random.chance(5) {
        let snap = random.below(frame.bytes.len() as u64 + 1) as usize;
        frame.bytes.truncate(snap);
    }
    frame
}

fn carries(link: Link, version: Version) -> bool {
    match link {
        Link::Ipv4 => version == Version::Four,
        Link::Ipv6 => version == Version::Six,
        _ => true,
    }
}

/// The frame without anything special in it; `order` is the recording machine's.
pub fn plain(link: Link, order: Order, packet: &Packet) -> Vec<u8> {
    let kind = ethertype(packet.version);
    let mut bytes = match link {
        Link::Ethernet => addresses(),
        Link::Sll => vec![0, 0, 3, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0],
        Link::Sll2 => kind.to_be_bytes().to_vec(),
        Link::Null => family(packet.version).to_le_bytes().to_vec(),
        Link::Loop => family(packet.version).to_be_bytes().to_vec(),
        Link::Raw | Link::Ipv4 | Link::Ipv6 => Vec::new(),
        Link::Nflog => nflog(order, packet),
    };
    match link {
        Link::Ethernet | Link::Sll => bytes.extend(kind.to_be_bytes()),
        // Reserved, interface 1, loopback, sent to us, six bytes of address in eight.
        Link::Sll2 => bytes.extend([0, 0, 0, 0, 0, 1, 3, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0]),
        _ => {}
    }
    bytes.extend(&packet.bytes);
    bytes
}

fn addresses() -> Vec<u8> {
    vec![2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1]
}

fn family(version: Version) -> u32 {
    match version {
        Version::Four => 2,
        Version::Six => 30,
    }
}

fn ethernet(random: &mut Random, packet: &Packet) -> Vec<u8> {
    let mut bytes = addresses();
    match random.below(12) {
        0 => bytes.extend([0x81, 0, 0, 7]),
        1 => bytes.extend([0x88, 0xa8, 0, 7, 0x81, 0, 0, 8]),
        2 => return with_mpls(bytes, packet),
        3 => return with_pppoe(bytes, packet),
        4 => return with_snap(bytes, packet),
        _ => {}
    }
    bytes.extend(ethertype(packet.version).to_be_bytes());
    bytes.extend(&packet.bytes);
    // Ethernet's least length: what is missing is filled up, with anything.
    while bytes.len() < 60 {
        bytes.push(0x5a);
    }
    bytes
}

/// Two labels, the second at the bottom of the stack.
fn with_mpls(mut bytes: Vec<u8>, packet: &Packet) -> Vec<u8> {
    bytes.extend([0x88, 0x47, 0, 1, 0, 64, 0, 1, 0x11, 64]);
    bytes.extend(&packet.bytes);
    bytes
}

fn with_pppoe(mut bytes: Vec<u8>, packet: &Packet) -> Vec<u8> {
    let protocol: u16 = if packet.version == Version::Four {
        0x21
    } else {
        0x57
    };
    bytes.extend([0x88, 0x64, 0x11, 0, 0, 1]);
    bytes.extend((packet.bytes.len() as u16 + 2).to_be_bytes());
    bytes.extend(protocol.to_be_bytes());
    bytes.extend(&packet.bytes);
    bytes
}

fn with_snap(mut bytes: Vec<u8>, packet: &Packet) -> Vec<u8> {
    bytes.extend((packet.bytes.len() as u16 + 8).to_be_bytes());
    bytes.extend([0xaa, 0xaa, 3, 0, 0, 0]);
    bytes.extend(ethertype(packet.version).to_be_bytes());
    bytes.extend(&packet.bytes);
    bytes
}

/// NFLOG: a head, then attributes in the machine's byte order; number 9 is the packet.
fn nflog(order: Order, packet: &Packet) -> Vec<u8> {
    let family = if packet.version == Version::Four {
        2
    } else {
        10
    };
    let mut bytes = vec![family, 0, 0, 5];
    // The prefix of the log, here empty: one zero byte, filled up to the word.
    bytes.extend([order.u16(5), order.u16(10), [0, 0], [0, 0]].concat());
    bytes.extend(order.u16(packet.bytes.len() as u16 + 4));
    bytes.extend(order.u16(9));
    bytes
}
