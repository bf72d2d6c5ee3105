//! The rows of a segment's picture.

use super::super::Numbers;
use super::grid::{Cell, Edge, Row};
use crate::lang::bytes_in_english;
use crate::tcp::{Flags, TcpHeader, TcpOption, Value};
use crate::{Segment, text};

/// Returns the rows of the fixed fields, as far as the header is there.
pub(super) fn header(segment: &Segment, numbers: Numbers) -> Vec<Row> {
    let header = &segment.header;
    let (seq, ack) = match (numbers, segment.place) {
        (Numbers::Relative, Some(place)) => (place.rel_seq, place.rel_ack.or(header.ack)),
        _ => (header.seq, header.ack),
    };
    let words = [
        vec![
            Cell::new(16, "Source Port", value(header.src_port)),
            Cell::new(16, "Destination Port", value(header.dst_port)),
        ],
        vec![Cell::new(32, "Sequence Number", value(seq))],
        vec![Cell::new(32, "Acknowledgment Number", value(ack))],
        control(header),
        vec![
            Cell::new(16, "Checksum", checksum(segment)),
            Cell::new(16, "Urgent Pointer", value(header.urgent_pointer)),
        ],
    ];
    let there = segment.bytes().len().div_ceil(4);
    let rows = words.into_iter().enumerate().take(there);
    rows.map(|(i, cells)| row(segment, 4 * i, cells)).collect()
}

fn value(value: Option<impl std::fmt::Display>) -> String {
    value.map_or("?".into(), |value| value.to_string())
}

fn checksum(segment: &Segment) -> String {
    match segment.header.checksum {
        Some(sum) => format!("0x{sum:04x} ({})", segment.checksum.status.name()),
        None => "?".into(),
    }
}

fn row(segment: &Segment, at: usize, cells: Vec<Cell>) -> Row {
    let bytes = segment.bytes();
    let bytes = bytes.get(at..(at + 4).min(bytes.len())).unwrap_or(&[]);
    let halves: Vec<String> = bytes.chunks(2).map(hex).collect();
    Row {
        offset: segment.offset() + at,
        cells,
        bytes: halves.join(" "),
        edge: Edge::Wall,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn control(header: &TcpHeader) -> Vec<Cell> {
    let reserved = header.reserved.map(|bits| format!("{bits:03b}"));
    let mut cells = vec![
        Cell::new(4, "Data\nOffset\n", value(header.data_offset)),
        Cell::new(3, "Rsrvd\n", value(reserved)),
        Cell::new(1, "A\nE\n", value(header.ae.map(u8::from))),
    ];
    cells.extend(Flags::NAMES.iter().enumerate().map(|(i, name)| {
        let letters: Vec<String> = name.chars().map(String::from).collect();
        let set = header.flags.map(|flags| u8::from(flags.0 << i & 0x80 != 0));
        Cell::new(1, &letters.join("\n"), value(set))
    }));
    cells.push(Cell::new(16, "Window\n", value(header.window)));
    cells
}

/// A stretch of option bytes that shares one cell, wherever rows break it.
struct Piece {
    bytes: usize,
    name: String,
    value: String,
}

impl Piece {
    fn new(bytes: usize, name: &str, value: impl std::fmt::Display) -> Piece {
        Piece {
            bytes,
            name: name.into(),
            value: value.to_string(),
        }
    }
}

/// Returns the rows of the options.
pub(super) fn options(segment: &Segment) -> Vec<Row> {
    let mut pieces: Vec<Piece> = segment
        .options()
        .flat_map(|option| pieces(&option))
        .collect();
    let told: usize = pieces.iter().map(|piece| piece.bytes).sum();
    // Often there is none, and a piece without bytes takes no room.
    let padding = segment.options.len().saturating_sub(told);
    pieces.push(Piece::new(padding, "Padding", ""));
    lay(pieces)
        .into_iter()
        .enumerate()
        .map(|(i, cells)| row(segment, TcpHeader::SIZE + 4 * i, cells))
        .collect()
}

fn pieces(option: &TcpOption) -> Vec<Piece> {
    let data = option.bytes.len().saturating_sub(2);
    let kind = Piece::new(1, "Kind", option.kind);
    let Some(length) = option.length else {
        return vec![Piece::new(option.bytes.len(), option.name(), option.kind)];
    };
    let mut pieces = vec![kind, Piece::new(1, "Length", length)];
    match option.value {
        Value::Timestamps { value, echo } => {
            pieces.push(Piece::new(4, "TS Value", value));
            pieces.push(Piece::new(4, "TS Echo Reply", echo));
        }
        Value::Mss(size) => pieces.push(Piece::new(2, "Maximum Segment Size", size)),
        Value::WindowScale(shift) => pieces.push(Piece::new(1, "Shift", shift)),
        Value::Sack(blocks) => pieces.extend(blocks.chunks_exact(4).enumerate().map(edge)),
        // The name of an option without data goes where there is room: on its kind.
        _ if data == 0 => pieces[0].name = short(option.name()),
        _ => pieces.push(Piece::new(data, option.name(), hex(&option.bytes[2..]))),
    }
    pieces
}

fn short(name: &str) -> String {
    name.replace("SACK-Permitted", "SACK-Perm.")
}

fn edge((i, bytes): (usize, &[u8])) -> Piece {
    let edge = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    Piece::new(4, ["Left Edge", "Right Edge"][i % 2], edge)
}

/// Lays pieces out in rows of four bytes; a piece that is broken is named in its
/// longest part, and its other parts show that they go on.
fn lay(pieces: Vec<Piece>) -> Vec<Vec<Cell>> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut free = 0;
    for piece in pieces {
        let mut parts = Vec::new();
        let mut left = piece.bytes;
        while left > 0 {
            if free == 0 {
                rows.push(Vec::new());
                free = 4;
            }
            let part = left.min(free);
            parts.push((rows.len() - 1, part));
            left -= part;
            free -= part;
        }
        let longest = parts.iter().map(|&(_, part)| part).max().unwrap_or(0);
        let mut named = false;
        for (row, part) in parts {
            let cell = match part == longest && !named {
                true => Cell::new(8 * part, &piece.name, &piece.value),
                false => Cell::new(8 * part, "...", ""),
            };
            named |= part == longest;
            rows[row].push(cell);
        }
    }
    rows
}

/// Returns the row that stands for the data.
pub(super) fn data(segment: &Segment) -> Option<Row> {
    let length = segment.payload_len.filter(|&length| length > 0)?;
    let start = segment.header.size()?;
    // Arabic and wide letters would shift the wall, so the picture keeps to ASCII.
    let shown = text::preview(segment.payload, 44);
    let shown = if shown.is_ascii() {
        shown
    } else {
        String::new()
    };
    let bytes: Vec<String> = segment.payload.chunks(2).take(2).map(hex).collect();
    let dots = if segment.payload.len() > 4 {
        " ..."
    } else {
        ""
    };
    Some(Row {
        offset: segment.offset() + start,
        cells: vec![Cell::new(
            32,
            &format!("Data: {}", bytes_in_english(length)),
            shown,
        )],
        bytes: bytes.join(" ") + dots,
        edge: Edge::Torn,
    })
}
