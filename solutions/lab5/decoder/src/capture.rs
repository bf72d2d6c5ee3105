//! Task 5.7: frames of a classic pcap file, and the layers around a segment.

use std::io::Write;
use std::net::IpAddr;

use anyhow::{Result, bail, ensure};
use lab_cli::warn;

use crate::{Addresses, TcpOption, header, number16, number32, options};

/// A segment in its IP packet.
pub struct Packet<'a> {
    pub addresses: Addresses,
    pub segment: &'a [u8],
}

/// How a pcap file writes its numbers (draft-ietf-opsawg-pcap).
struct Format {
    big_endian: bool,
    /// Decimals of a second in a time stamp: 6 or 9.
    decimals: usize,
}

impl Format {
    fn of(magic: &[u8]) -> Option<Format> {
        let (big_endian, decimals) = match magic {
            [0xa1, 0xb2, 0xc3, 0xd4] => (true, 6),
            [0xd4, 0xc3, 0xb2, 0xa1] => (false, 6),
            [0xa1, 0xb2, 0x3c, 0x4d] => (true, 9),
            [0x4d, 0x3c, 0xb2, 0xa1] => (false, 9),
            _ => return None,
        };
        Some(Format {
            big_endian,
            decimals,
        })
    }

    fn number(&self, bytes: &[u8], at: usize) -> u32 {
        let number = number32(bytes, at);
        if self.big_endian {
            number
        } else {
            number.swap_bytes()
        }
    }
}

/// Prints a line for each frame with a TCP header.
pub fn print(bytes: &[u8], out: &mut impl Write) -> Result<()> {
    ensure!(
        bytes.len() >= 24,
        "at byte 0: needed 24 bytes of a pcap file, found {}",
        bytes.len()
    );
    let Some(format) = Format::of(&bytes[..4]) else {
        bail!(
            "at byte 0: needed a classic pcap file, found {:08x}",
            number32(bytes, 0)
        );
    };
    let link = format.number(bytes, 20) & 0xffff;
    let (mut at, mut frame, mut failed, mut start) = (24, 0, 0, None);
    while at < bytes.len() {
        let left = bytes.len() - at;
        ensure!(
            left >= 16,
            "at byte {at}: needed 16 bytes before a frame, found {left}"
        );
        let length = format.number(bytes, at + 8) as usize;
        let left = left - 16;
        ensure!(
            length <= left,
            "at byte {at}: needed {length} bytes of a frame, found {left}"
        );
        let unit = 10i64.pow(format.decimals as u32);
        let time =
            i64::from(format.number(bytes, at)) * unit + i64::from(format.number(bytes, at + 4));
        frame += 1;
        let since = time - *start.get_or_insert(time);
        let sign = if since < 0 { "-" } else { "" };
        let (seconds, rest) = (since.abs() / unit, since.abs() % unit);
        let time = format!("{sign}{seconds}.{rest:0width$}", width = format.decimals);
        let data = &bytes[at + 16..at + 16 + length];
        if let Some(packet) = ip_in(data, link).and_then(|ip| packet(ip).ok()) {
            match line(&packet) {
                Ok(line) => writeln!(out, "{frame} {time} {line}")?,
                Err(error) => {
                    warn(&format!("frame {frame}: {error:#}"));
                    failed += 1;
                }
            }
        }
        at += 16 + length;
    }
    ensure!(
        failed == 0,
        "{failed} of {frame} frames could not be decoded"
    );
    Ok(())
}

/// The IP packet in a frame of this link type; `None` where there is none.
fn ip_in(frame: &[u8], link: u32) -> Option<&[u8]> {
    match link {
        0 => matches!(
            frame.first_chunk()?,
            [2, 0, 0, 0] | [0, 0, 0, 2] | [24 | 28 | 30, 0, 0, 0] | [0, 0, 0, 24 | 28 | 30]
        )
        .then(|| &frame[4..]),
        1 => {
            let mut at = 12;
            // Each VLAN tag is four bytes before the type.
            while matches!(frame.get(at..at + 2)?, [0x81, 0x00] | [0x88, 0xa8]) {
                at += 4;
            }
            matches!(frame.get(at..at + 2)?, [0x08, 0x00] | [0x86, 0xdd]).then(|| &frame[at + 2..])
        }
        101 => Some(frame),
        _ => None,
    }
}

/// The TCP segment in an IPv4 or IPv6 packet.
pub fn packet(ip: &[u8]) -> Result<Packet<'_>> {
    match ip.first().map(|byte| byte >> 4) {
        Some(4) => packet4(ip),
        Some(6) => packet6(ip),
        Some(version) => bail!("at byte 0: needed IP version 4 or 6, found {version}"),
        None => bail!("at byte 0: needed an IP packet, found nothing"),
    }
}

fn packet4(ip: &[u8]) -> Result<Packet<'_>> {
    ensure!(
        ip.len() >= 20,
        "at byte 0: needed 20 bytes of an IPv4 header, found {}",
        ip.len()
    );
    let length = usize::from(ip[0] & 0xf) * 4;
    ensure!(
        length >= 20,
        "at byte 0: needed a header length of at least 5, found {}",
        length / 4
    );
    let total = usize::from(number16(ip, 2));
    ensure!(
        (length..=ip.len()).contains(&total),
        "at byte 2: needed a total length from {length} to {}, found {total}",
        ip.len()
    );
    ensure!(
        ip[9] == 6,
        "at byte 9: needed protocol 6 (TCP), found {}",
        ip[9]
    );
    let address = |at: usize| IpAddr::from([ip[at], ip[at + 1], ip[at + 2], ip[at + 3]]);
    Ok(Packet {
        addresses: Addresses {
            source: address(12),
            destination: address(16),
        },
        segment: &ip[length..total],
    })
}

fn packet6(ip: &[u8]) -> Result<Packet<'_>> {
    ensure!(
        ip.len() >= 40,
        "at byte 0: needed 40 bytes of an IPv6 header, found {}",
        ip.len()
    );
    let (length, left) = (usize::from(number16(ip, 4)), ip.len() - 40);
    ensure!(
        length <= left,
        "at byte 4: needed {length} bytes of payload, found {left}"
    );
    ensure!(
        ip[6] == 6,
        "at byte 6: needed next header 6 (TCP), found {}",
        ip[6]
    );
    let address = |at: usize| {
        let octets: [u8; 16] = ip[at..at + 16].try_into().expect("the header has 40 bytes");
        IpAddr::from(octets)
    };
    Ok(Packet {
        addresses: Addresses {
            source: address(8),
            destination: address(24),
        },
        segment: &ip[40..40 + length],
    })
}

/// A segment in one line, as header-inspector's line view has it.
fn line(packet: &Packet) -> Result<String> {
    let header = header(packet.segment)?;
    let end = |address, at| match address {
        IpAddr::V4(address) => format!("{}:{}", address, number16(header, at)),
        IpAddr::V6(address) => format!("[{}]:{}", address, number16(header, at)),
    };
    let source = end(packet.addresses.source, 0);
    let destination = end(packet.addresses.destination, 2);
    let flags = flags(header);
    let mut line = format!(
        "{source} > {destination} {flags} seq {}",
        number32(header, 4)
    );
    if header[13] & crate::ACK != 0 {
        line += &format!(" ack {}", number32(header, 8));
    }
    let payload = packet.segment.len() - header.len();
    line += &format!(" win {} len {payload}", number16(header, 14));
    let mut texts = Vec::new();
    for option in options(header) {
        texts.extend(short(&option?));
    }
    if !texts.is_empty() {
        line += &format!(" [{}]", texts.join(", "));
    }
    Ok(line)
}

/// The flags in the order in which people say them.
fn flags(header: &[u8]) -> String {
    const SAID: [(u16, &str); 9] = [
        (0x002, "SYN"),
        (0x001, "FIN"),
        (0x004, "RST"),
        (0x008, "PSH"),
        (0x010, "ACK"),
        (0x020, "URG"),
        (0x040, "ECE"),
        (0x080, "CWR"),
        (0x100, "AE"),
    ];
    let bits = number16(header, 12);
    let set = SAID.iter().filter(|(bit, _)| bits & bit != 0);
    let names: Vec<&str> = set.map(|(_, name)| *name).collect();
    match names[..] {
        [] => "none".to_string(),
        ["AE"] => "none AE".to_string(),
        _ => names.join(" "),
    }
}

/// An option in the line view; padding says nothing.
fn short(option: &TcpOption) -> Option<String> {
    Some(match option {
        TcpOption::End | TcpOption::NoOperation => return None,
        TcpOption::MaximumSegmentSize(size) => format!("MSS {size}"),
        TcpOption::WindowScale(shift) => format!("WScale {shift}"),
        TcpOption::SackPermitted => "SACK-Permitted".to_string(),
        TcpOption::Sack(blocks) => {
            let edges = blocks
                .iter()
                .map(|(left, right)| format!(" {left} {right}"));
            format!("SACK{}", edges.collect::<String>())
        }
        TcpOption::Timestamps { value, echo } => format!("Timestamps {value}/{echo}"),
        TcpOption::Other { kind, .. } => format!("Unknown {kind}"),
    })
}
