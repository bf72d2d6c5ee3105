//! What several tests need: bytes from hex, runs of the library, frames put together.

pub mod acts;
pub mod files;
pub mod specimens;

use std::ops::ControlFlow;

use header_inspector::input::{From, open_bytes};
use header_inspector::view::{JsonView, LineView};
use header_inspector::{
    DecodeError, Filter, Frame, Lang, Layers, Link, Segment, Settings, Summary, View, inspect,
};

/// Takes hex digits, blanks between them as wanted.
pub fn hex(digits: &str) -> Vec<u8> {
    let digits: String = digits.chars().filter(|c| !c.is_whitespace()).collect();
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).expect("hex digits in a test"))
        .collect()
}

/// Walks a frame and returns what `look` makes of each segment in it.
pub fn walk<T>(link: Link, bytes: &[u8], mut look: impl FnMut(&Segment) -> T) -> Vec<T> {
    let mut seen = Vec::new();
    let _ = Layers::down(frame(link, bytes), &mut |segment| seen.push(look(segment)));
    seen
}

/// Walks a frame that holds no TCP header, and returns why.
pub fn miss(link: Link, bytes: &[u8]) -> Option<DecodeError> {
    Layers::down(frame(link, bytes), &mut |segment| {
        panic!("found {segment:?}")
    })
}

fn frame(link: Link, bytes: &[u8]) -> Frame<'_> {
    Frame {
        number: 1,
        time: None,
        len: bytes.len(),
        link,
        bytes,
    }
}

/// Returns the codes of the problems of a frame's only segment, with their bytes.
pub fn problems(link: Link, bytes: &[u8]) -> Vec<String> {
    let found = walk(link, bytes, |segment| {
        let tell = |problem: &header_inspector::Problem| {
            format!("{} {:?}", problem.code.name(), problem.at)
        };
        segment.problems.iter().map(tell).collect()
    });
    assert_eq!(found.len(), 1, "the frame should hold one TCP header");
    found
        .into_iter()
        .flat_map(|problems: Vec<String>| problems)
        .collect()
}

/// Puts an IPv4 header with a right checksum before a segment.
pub fn ipv4(segment: &[u8]) -> Vec<u8> {
    ipv4_carrying(6, segment)
}

/// Puts an IPv4 header before what an IP protocol carries.
pub fn ipv4_carrying(protocol: u8, carried: &[u8]) -> Vec<u8> {
    let total = u16::try_from(20 + carried.len()).expect("a test packet is short");
    let mut packet = hex("4500 0000 0001 4000 4000 0000 0a00 0001 0a00 0002");
    packet[2..4].copy_from_slice(&total.to_be_bytes());
    packet[9] = protocol;
    let sum = !header_inspector::tcp::sum_words(&packet);
    packet[10..12].copy_from_slice(&sum.to_be_bytes());
    packet.extend_from_slice(carried);
    packet
}

/// Puts an IPv6 header before what a next header carries.
pub fn ipv6_carrying(next: u8, carried: &[u8]) -> Vec<u8> {
    let length = u16::try_from(carried.len()).expect("a test packet is short");
    let mut packet = hex("6000 0000 0000 0040");
    packet[4..6].copy_from_slice(&length.to_be_bytes());
    packet[6] = next;
    packet.extend(hex(
        "20010db8 00000000 00000000 00000001 20010db8 00000000 00000000 00000002",
    ));
    packet.extend_from_slice(carried);
    packet
}

/// Shows an input in a view, as the binary would print it.
pub fn show(bytes: &[u8], from: From, view: &mut dyn View) -> (String, Summary) {
    let input = open_bytes(bytes.to_vec(), "test", from).expect("the input should open");
    let mut shown = Vec::new();
    let summary = inspect(input, Filter::default(), view, &mut |text, _| {
        shown.append(text);
        ControlFlow::Continue(())
    });
    (
        String::from_utf8(shown).expect("views write UTF-8"),
        summary,
    )
}

/// Shows an input as lines.
pub fn lines(bytes: &[u8], from: From) -> String {
    show(bytes, from, &mut LineView::new(settings(Lang::En))).0
}

/// Shows an input as JSON.
pub fn json(bytes: &[u8], from: From) -> String {
    show(bytes, from, &mut JsonView::new(settings(Lang::En))).0
}

pub fn settings(lang: Lang) -> Settings {
    Settings {
        lang,
        ..Settings::default()
    }
}

/// A header whose data offset is the digit given, and what comes after its 20 bytes.
pub fn header(offset: char, rest: &str) -> Vec<u8> {
    hex(&format!(
        "0050c350 00000001 00000002 {offset}010 2000 0000 0000 {rest}"
    ))
}

/// Shows a segment that begins with its TCP header as a line.
pub fn line(segment: &[u8]) -> String {
    lines(&as_hex(segment), From::Tcp)
}

/// Writes bytes as hex digits.
pub fn as_hex(bytes: &[u8]) -> Vec<u8> {
    bytes
        .iter()
        .flat_map(|byte| format!("{byte:02x}").into_bytes())
        .collect()
}

/// Puts raw IP packets into a pcap file, one each millisecond from second 1 on.
pub fn capture(packets: &[Vec<u8>]) -> Vec<u8> {
    let mut file = hex("d4c3b2a1 0200 0400 00000000 00000000 ffff0000 65000000");
    for (millis, packet) in (0u32..).zip(packets) {
        let length = packet.len() as u32;
        for word in [1 + millis / 1000, millis % 1000 * 1000, length, length] {
            file.extend(word.to_le_bytes());
        }
        file.extend_from_slice(packet);
    }
    file
}

/// A whole TCP header, with ports 80 and 50000.
pub fn tcp() -> Vec<u8> {
    hex("0050c350 00000001 00000002 5010 2000 0000 0000")
}

pub fn after(before: &str, rest: Vec<u8>) -> Vec<u8> {
    [hex(before), rest].concat()
}

/// Tells each TCP header: where it is, and between which ends.
pub fn found(link: Link, frame: &[u8]) -> String {
    let found = walk(link, frame, |segment| {
        let ip = segment.ip.as_ref().expect("an IP header lies before it");
        let quoted = if segment.is_quoted() { ", quoted" } else { "" };
        let fragment = if ip.is_fragment() {
            ", a first fragment"
        } else {
            ""
        };
        let ports = (segment.header.src_port, segment.header.dst_port);
        assert_eq!(ports, (Some(80), Some(50000)));
        format!(
            "layer {} at {}: {} to {}{quoted}{fragment}",
            segment.layer,
            segment.offset(),
            ip.src,
            ip.dst
        )
    });
    found.join("; ")
}

/// The two addresses that an Ethernet header begins with.
pub const ETHERNET: &str = "020000000001 020000000002";
