//! What may stand between two IP headers: nothing, GRE, VXLAN, or an ICMP error.

use crate::ip::{Content, Packet, Version, ethertype};
use crate::random::Random;

const VXLAN_PORT: u16 = 4789;

pub fn around(random: &mut Random, outer: Version, inner: Packet) -> Content {
    match random.below(4) {
        0 => Content {
            protocol: if inner.version == Version::Four {
                4
            } else {
                41
            },
            bytes: inner.bytes,
        },
        1 => Content {
            protocol: 47,
            bytes: gre(random, inner),
        },
        2 => Content {
            protocol: 17,
            bytes: vxlan(inner),
        },
        _ => icmp_error(random, outer, inner),
    }
}

fn gre(random: &mut Random, inner: Packet) -> Vec<u8> {
    let key = random.chance(50);
    let mut bytes = vec![if key { 0x20 } else { 0 }, 0];
    bytes.extend(ethertype(inner.version).to_be_bytes());
    if key {
        bytes.extend(random.bytes(4));
    }
    bytes.extend(inner.bytes);
    bytes
}

fn vxlan(inner: Packet) -> Vec<u8> {
    let mut frame = vec![2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1];
    frame.extend(ethertype(inner.version).to_be_bytes());
    frame.extend(inner.bytes);
    let mut bytes = Vec::new();
    bytes.extend(49_152u16.to_be_bytes());
    bytes.extend(VXLAN_PORT.to_be_bytes());
    bytes.extend((frame.len() as u16 + 16).to_be_bytes());
    bytes.extend([0, 0, 8, 0, 0, 0, 0, 0, 42, 0]);
    bytes.extend(frame);
    bytes
}

/// An error quotes the packet that caused it, often only its beginning.
fn icmp_error(random: &mut Random, outer: Version, inner: Packet) -> Content {
    let (protocol, kind, same) = match outer {
        Version::Four => (1, *random.pick(&[3, 11]), inner.version == Version::Four),
        Version::Six => (58, *random.pick(&[1, 3]), inner.version == Version::Six),
    };
    if !same {
        let protocol = if inner.version == Version::Four {
            4
        } else {
            41
        };
        return Content {
            protocol,
            bytes: inner.bytes,
        };
    }
    let header = if outer == Version::Four { 20 } else { 40 };
    let quoted = if random.chance(50) {
        inner.bytes.len()
    } else {
        (header + 8).min(inner.bytes.len())
    };
    let mut bytes = vec![kind, 0, 0, 0, 0, 0, 0, 0];
    bytes.extend(&inner.bytes[..quoted]);
    Content { protocol, bytes }
}
