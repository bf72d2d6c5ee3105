//! The capture file around the frames: pcap and pcapng, either byte order.

use std::io::{self, Write};

use clap::ValueEnum;

use crate::link::Link;
use crate::random::Random;

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Format {
    Pcap,
    /// pcap with nanoseconds
    PcapNano,
    Pcapng,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Order {
    Little,
    Big,
}

impl Order {
    pub fn u16(self, value: u16) -> [u8; 2] {
        match self {
            Order::Little => value.to_le_bytes(),
            Order::Big => value.to_be_bytes(),
        }
    }

    fn u32(self, value: u32) -> [u8; 4] {
        match self {
            Order::Little => value.to_le_bytes(),
            Order::Big => value.to_be_bytes(),
        }
    }
}

pub struct Frame {
    pub nanoseconds: u64,
    pub bytes: Vec<u8>,
    /// As long as it was on the wire; `bytes` may be less.
    pub original_length: usize,
}

/// 2024-01-01 00:00:00 UTC, and then 1.000001 ms from frame to frame.
const FIRST_SECOND: u64 = 1_704_067_200;
const STEP: u64 = 1_000_001;
const SNAP_LENGTH: u32 = 262_144;

impl Frame {
    pub fn whole(number: u64, bytes: Vec<u8>) -> Self {
        Frame {
            nanoseconds: FIRST_SECOND * 1_000_000_000 + number * STEP,
            original_length: bytes.len(),
            bytes,
        }
    }
}

pub fn write_head(
    output: &mut impl Write,
    format: Format,
    order: Order,
    link: Link,
) -> io::Result<()> {
    if format == Format::Pcapng {
        return write_section(output, order, link);
    }
    let magic = if format == Format::Pcap {
        0xa1b2_c3d4
    } else {
        0xa1b2_3c4d
    };
    output.write_all(&order.u32(magic))?;
    output.write_all(&order.u16(2))?;
    output.write_all(&order.u16(4))?;
    for value in [0, 0, SNAP_LENGTH, u32::from(link.number())] {
        output.write_all(&order.u32(value))?;
    }
    Ok(())
}

/// A section and two interfaces: the one counts microseconds, the other nanoseconds.
fn write_section(output: &mut impl Write, order: Order, link: Link) -> io::Result<()> {
    let mut body = order.u32(0x1a2b_3c4d).to_vec();
    body.extend([order.u16(1), order.u16(0)].concat());
    body.extend([0xff; 8]);
    write_block(output, order, 0x0a0d_0d0a, &body)?;
    for resolution in [None, Some(9)] {
        let mut body = [order.u16(link.number()), order.u16(0)].concat();
        body.extend(order.u32(SNAP_LENGTH));
        if let Some(resolution) = resolution {
            body.extend([order.u16(9), order.u16(1)].concat());
            body.extend([resolution, 0, 0, 0, 0, 0, 0, 0]);
        }
        write_block(output, order, 1, &body)?;
    }
    Ok(())
}

pub fn write_frame(
    output: &mut impl Write,
    format: Format,
    order: Order,
    frame: &Frame,
    random: &mut Random,
) -> io::Result<()> {
    if format == Format::Pcapng {
        return write_packet_block(output, order, frame, random);
    }
    let fraction = frame.nanoseconds % 1_000_000_000;
    let fraction = if format == Format::Pcap {
        fraction / 1000
    } else {
        fraction
    };
    let seconds = frame.nanoseconds / 1_000_000_000;
    let lengths = [frame.bytes.len(), frame.original_length];
    for value in [seconds, fraction, lengths[0] as u64, lengths[1] as u64] {
        output.write_all(&order.u32(value as u32))?;
    }
    output.write_all(&frame.bytes)
}

fn write_packet_block(
    output: &mut impl Write,
    order: Order,
    frame: &Frame,
    random: &mut Random,
) -> io::Result<()> {
    // A block of a kind nobody knows; readers must step over it.
    if random.chance(2) {
        write_block(output, order, 0x0bad_0bad, b"skip me!")?;
    }
    let interface = random.below(2);
    let time = frame.nanoseconds / if interface == 0 { 1000 } else { 1 };
    let mut body = Vec::with_capacity(frame.bytes.len() + 40);
    for value in [
        interface,
        time >> 32,
        time,
        frame.bytes.len() as u64,
        frame.original_length as u64,
    ] {
        body.extend(order.u32(value as u32));
    }
    body.extend(&frame.bytes);
    pad(&mut body);
    if random.chance(10) {
        body.extend([order.u16(1), order.u16(7)].concat());
        body.extend(b"comment\0\0\0\0\0");
    }
    write_block(output, order, 6, &body)
}

fn write_block(output: &mut impl Write, order: Order, kind: u32, body: &[u8]) -> io::Result<()> {
    let length = order.u32(body.len() as u32 + 12);
    output.write_all(&order.u32(kind))?;
    output.write_all(&length)?;
    output.write_all(body)?;
    output.write_all(&length)
}

fn pad(body: &mut Vec<u8>) {
    body.resize(body.len().next_multiple_of(4), 0);
}
