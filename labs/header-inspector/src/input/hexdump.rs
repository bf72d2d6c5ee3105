//! Hexdumps in the dialects that people paste: what is an offset, what are bytes, what
//! is only the same bytes as letters.
//!
//! ```text
//! 00000000: 4500 003c 1c46 4000  E..<.F@.            xxd
//! 00000000  45 00 00 3c 1c 46 40 00  |E..<.F@.|      hexdump -C
//!         0x0000:  4500 003c 1c46 4000               tcpdump -xx
//! 0000000 45 00 00 3c 1c 46 40 00                    od -tx1
//! 0000   45 00 00 3c 1c 46 40 00   E..<.F@.          Wireshark
//! |4500003c 1c464000|  E..<.F@. 00000000             the hexdump crate, our hex view
//!   0x45, 0x00, 0x00, 0x3c                           xxd -i
//! ```

mod frames;
mod line;
mod plain;
mod trouble;

pub(super) use plain::digits;
pub(super) use trouble::Trouble;

use line::Line;

/// The numbered lines of a text, without what `tshark -x` prints beside a frame: data that
/// it has put together or decrypted, under a heading such as `Reassembled TCP (5007 bytes):`,
/// up to the next blank line.
fn frames_only(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut is_beside = false;
    (1..).zip(text.lines()).filter(move |(_, line)| {
        let heading = line.trim_end().strip_suffix(" bytes):");
        match heading.and_then(|heading| heading.rsplit_once(" (")) {
            Some((name, count)) if count.parse::<u64>().is_ok() => is_beside = name != "Frame",
            _ if line.trim().is_empty() => is_beside = false,
            _ => {}
        }
        !is_beside
    })
}

/// Returns the frames of a hexdump; an offset of 0 begins a new one.
pub(super) fn parse(text: &str) -> Result<Vec<Vec<u8>>, Trouble> {
    // The byte order mark that Windows' programs put before UTF-8.
    let text = text.trim_start_matches('\u{feff}');
    if let Some(bytes) = plain::list(text)? {
        return Ok(vec![bytes]);
    }
    if let Some(bytes) = plain::literal(text).or_else(|| plain::escaped(text)) {
        return Ok(vec![bytes]);
    }
    let lines: Vec<Line> = frames_only(text)
        .filter_map(|(number, text)| Line::read(text, number))
        .collect();
    // Digits alone on their line are an offset only where others have bytes behind them.
    if !lines.iter().any(Line::is_whole) {
        return plain::lines(text).map(|bytes| vec![bytes]);
    }
    if let Some(line) = lines.iter().find_map(Line::swapped) {
        return Err(Trouble::Swapped { line });
    }
    // od counts in octal, most others in hex; the offsets themselves tell.
    let mut first = None;
    for radix in [16, 8, 10] {
        match frames::gather(&lines, radix) {
            Ok(frames) => return Ok(frames),
            Err(trouble) => first = first.or(Some(trouble)),
        }
    }
    Err(first.unwrap_or(Trouble::NoDigits))
}
