//! An IP packet: IPv4 or IPv6 around a segment, or around a tunnel (tunnel.rs).

use crate::random::Random;
use crate::segment::{Segment, fold, sum};
use crate::tunnel;

pub struct Packet {
    pub version: Version,
    pub bytes: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Version {
    Four,
    Six,
}

/// What an IP header carries: the protocol's number and its bytes.
pub struct Content {
    pub protocol: u8,
    pub bytes: Vec<u8>,
}

const TCP: u8 = 6;
/// A tunnel in a tunnel is common, a third one is not.
const MAX_TUNNELS: u32 = 2;

/// Any packet: in one of four cases a tunnel or an error that quotes another.
pub fn any(random: &mut Random) -> Packet {
    let tunnels = if random.chance(25) {
        1 + random.below(u64::from(MAX_TUNNELS))
    } else {
        0
    };
    nested(random, tunnels as u32)
}

fn nested(random: &mut Random, tunnels: u32) -> Packet {
    let version = *random.pick(&[Version::Four, Version::Six]);
    if tunnels == 0 {
        return around_segment(random, version);
    }
    let inner = nested(random, tunnels - 1);
    let content = tunnel::around(random, version, inner);
    match version {
        Version::Four => four(random, &content, [10, 0, 1, 1], [10, 0, 1, 2], Oddity::None),
        Version::Six => six(
            &address(random),
            &address(random),
            &[],
            content.protocol,
            &content.bytes,
        ),
    }
}

fn around_segment(random: &mut Random, version: Version) -> Packet {
    let segment = Segment::any(random);
    match version {
        Version::Four => {
            let (src, dst) = (
                [10, 0, 0, random.below(4) as u8],
                [10, 0, 0, random.below(4) as u8],
            );
            let oddity = Oddity::any(random);
            let bytes = segment.encode(sum(&src) + sum(&dst) + u64::from(TCP));
            four(
                random,
                &Content {
                    protocol: TCP,
                    bytes,
                },
                src,
                dst,
                oddity,
            )
        }
        Version::Six => {
            let (src, dst) = (address(random), address(random));
            let (headers, last) = extensions(random, dst);
            let bytes = segment.encode(sum(&src) + sum(&last) + u64::from(TCP));
            six(&src, &dst, &headers, TCP, &bytes)
        }
    }
}

/// A sound packet around a sound segment, for conversations.
pub fn plain_four(src: [u8; 4], dst: [u8; 4], id: u16, segment: &Segment) -> Packet {
    let bytes = segment.encode(sum(&src) + sum(&dst) + u64::from(TCP));
    let bytes = four_header(
        src,
        dst,
        id,
        0x4000,
        &[],
        &Content {
            protocol: TCP,
            bytes,
        },
        None,
    );
    Packet {
        version: Version::Four,
        bytes,
    }
}

enum Oddity {
    None,
    FirstFragment,
    LaterFragment,
    /// Segmentation offload leaves 0 there.
    NoTotalLength,
    WrongTotalLength(u16),
    Options(Vec<u8>),
}

impl Oddity {
    fn any(random: &mut Random) -> Self {
        match random.below(25) {
            0 => Oddity::FirstFragment,
            1 => Oddity::LaterFragment,
            2 => Oddity::NoTotalLength,
            3 => Oddity::WrongTotalLength(20 + random.below(80) as u16),
            4 => Oddity::Options(vec![1; 4]),
            // Record Route with room for two, and a Router Alert.
            5 => Oddity::Options(vec![7, 11, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            6 => Oddity::Options(vec![148, 4, 0, 0]),
            _ => Oddity::None,
        }
    }
}

fn four(
    random: &mut Random,
    content: &Content,
    src: [u8; 4],
    dst: [u8; 4],
    oddity: Oddity,
) -> Packet {
    let id = random.u16();
    let header = |fragment, options: &[u8], length| {
        four_header(src, dst, id, fragment, options, content, length)
    };
    let bytes = match oddity {
        Oddity::None => header(0x4000, &[], None),
        Oddity::FirstFragment => header(0x2000, &[], None),
        Oddity::LaterFragment => header(0x0010, &[], None),
        Oddity::NoTotalLength => header(0x4000, &[], Some(0)),
        Oddity::WrongTotalLength(length) => header(0x4000, &[], Some(length)),
        Oddity::Options(options) => header(0x4000, &options, None),
    };
    Packet {
        version: Version::Four,
        bytes,
    }
}

fn four_header(
    src: [u8; 4],
    dst: [u8; 4],
    id: u16,
    fragment: u16,
    options: &[u8],
    content: &Content,
    length: Option<u16>,
) -> Vec<u8> {
    let header_length = 20 + options.len();
    let length = length.unwrap_or((header_length + content.bytes.len()) as u16);
    let mut bytes = Vec::with_capacity(header_length + content.bytes.len());
    bytes.extend([0x40 | (header_length / 4) as u8, 0]);
    bytes.extend(length.to_be_bytes());
    bytes.extend(id.to_be_bytes());
    bytes.extend(fragment.to_be_bytes());
    bytes.extend([64, content.protocol, 0, 0]);
    bytes.extend(src);
    bytes.extend(dst);
    bytes.extend(options);
    let checksum = !fold(sum(&bytes));
    bytes[10..12].copy_from_slice(&checksum.to_be_bytes());
    bytes.extend(&content.bytes);
    bytes
}

fn six(
    src: &[u8; 16],
    dst: &[u8; 16],
    headers: &[Extension],
    protocol: u8,
    content: &[u8],
) -> Packet {
    let extra: usize = headers.iter().map(|header| header.body.len() + 1).sum();
    let mut bytes = vec![0x60, 0, 0, 0];
    bytes.extend(((extra + content.len()) as u16).to_be_bytes());
    bytes.extend([headers.first().map_or(protocol, |header| header.kind), 64]);
    bytes.extend(src);
    bytes.extend(dst);
    for (index, header) in headers.iter().enumerate() {
        bytes.push(headers.get(index + 1).map_or(protocol, |next| next.kind));
        bytes.extend(&header.body);
    }
    bytes.extend(content);
    Packet {
        version: Version::Six,
        bytes,
    }
}

/// An extension header: its number and all of it but the first byte, which names the next.
struct Extension {
    kind: u8,
    body: Vec<u8>,
}

/// Extension headers, and the destination that the checksum counts.
fn extensions(random: &mut Random, dst: [u8; 16]) -> (Vec<Extension>, [u8; 16]) {
    let mut headers = Vec::new();
    let mut last = dst;
    // Hop-by-Hop and Destination Options of one PadN that fills the eight bytes.
    if random.chance(10) {
        headers.push(Extension {
            kind: 0,
            body: vec![0, 1, 4, 0, 0, 0, 0],
        });
    }
    if random.chance(10) {
        let left = random.below(2) as u8;
        let via = address(random);
        let mut body = vec![2, 0, left, 0, 0, 0, 0];
        body.extend(via);
        headers.push(Extension { kind: 43, body });
        last = if left == 1 { via } else { dst };
    }
    if random.chance(10) {
        let more = random.below(2) as u8;
        headers.push(Extension {
            kind: 44,
            body: vec![0, 0, more, 0, 0, 0, 9],
        });
    }
    if random.chance(10) {
        headers.push(Extension {
            kind: 60,
            body: vec![0, 1, 4, 0, 0, 0, 0],
        });
    }
    (headers, last)
}

fn address(random: &mut Random) -> [u8; 16] {
    [
        0x20,
        0x01,
        0x0d,
        0xb8,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        random.below(4) as u8,
    ]
}

pub fn ethertype(version: Version) -> u16 {
    match version {
        Version::Four => 0x0800,
        Version::Six => 0x86dd,
    }
}
