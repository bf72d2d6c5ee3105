//! Ladders of conversations in which not all goes well: what is sent again, lost, cut
//! off, refused or too much.

use crate::common::{capture, hex, ipv4, ipv4_carrying, settings, show};
use header_inspector::input::From;
use header_inspector::view::{Color, HtmlView, LadderView, Numbers};
use header_inspector::{Lang, Settings, View};
use insta::assert_snapshot;

/// The client's port says which conversation it is.
const SERVER: u16 = 80;

/// Bits of the flags.
const FIN: u8 = 1;
const SYN: u8 = 2;
const RST: u8 = 4;
const PSH: u8 = 8;
const ACK: u8 = 16;

/// A segment of a client to the server.
fn to(port: u16, flags: u8, seq: u32, ack: u32, data: &[u8]) -> Vec<u8> {
    segment([port, SERVER], flags, [seq, ack], data)
}

/// A segment of the server to a client.
fn back(port: u16, flags: u8, seq: u32, ack: u32, data: &[u8]) -> Vec<u8> {
    let mut packet = segment([SERVER, port], flags, [seq, ack], data);
    packet[15] = 2;
    packet[19] = 1;
    packet
}

/// Puts a segment into an IP packet, its checksum left to the network card.
fn segment(ports: [u16; 2], flags: u8, numbers: [u32; 2], data: &[u8]) -> Vec<u8> {
    let mut bytes = ports.map(u16::to_be_bytes).concat();
    bytes.extend(numbers.map(u32::to_be_bytes).concat());
    bytes.extend([0x50, flags, 0x20, 0, 0, 0, 0, 0]);
    let length = 20 + data.len() as u16;
    let sum = header_inspector::tcp::sum_words(&hex("0a000001 0a000002 0006"));
    bytes[16..18].copy_from_slice(&header_inspector::tcp::add(sum, length).to_be_bytes());
    bytes.extend_from_slice(data);
    ipv4(&bytes)
}

/// One conversation that loses and repeats, then others that end in other ways.
fn story() -> Vec<Vec<u8>> {
    let error = [
        hex("0301 0000 00000000"),
        to(1, PSH | ACK, 104, 301, b"two"),
    ]
    .concat();
    let mut odd = to(1, ACK, 113, 301, b"");
    odd[32] |= 2;
    let mut nameless = ipv4(&hex("0001"));
    nameless.truncate(22);
    let mut cut = to(2, ACK, 1, 1, b"");
    cut.truncate(20 + 8);
    vec![
        to(1, SYN, 100, 0, b""),
        back(1, SYN | ACK, 300, 101, b""),
        to(1, ACK, 101, 301, b""),
        to(1, PSH | ACK, 101, 301, b"one"),
        to(1, PSH | ACK, 101, 301, b"one"),
        // Half of it was sent before.
        to(1, PSH | ACK, 102, 301, "ne \u{645}\u{631}".as_bytes()),
        to(1, PSH | ACK, 110, 301, b"gap"),
        ipv4_carrying(1, &error),
        odd,
        back(1, ACK, 301, 113, &[0xff, 0xfe]),
        back(1, FIN | ACK, 303, 113, b""),
        // A conversation that had begun before.
        back(2, ACK, 7, 9, b"middle"),
        cut,
        to(3, SYN, 5, 0, b""),
        back(3, RST | ACK, 0, 6, b""),
        to(4, ACK, 5, 8, b"bye"),
        to(4, 0xff, 8, 8, b"everything"),
        to(5, 0, 8, 8, b""),
        nameless,
    ]
}

fn drawn(packets: &[Vec<u8>], mut view: impl View) -> String {
    show(&capture(packets), From::Guess, &mut view).0
}

#[test]
fn what_goes_wrong_is_remarked() {
    let settings = settings(Lang::En);
    assert_snapshot!(drawn(&story(), LadderView::new(settings)));
}

#[test]
fn what_goes_wrong_is_remarked_in_arabic_and_colour() {
    let settings = Settings {
        lang: Lang::Ar,
        numbers: Numbers::Absolute,
        color: Color::Ansi,
    };
    assert_snapshot!(drawn(&story(), LadderView::new(settings)));
}

#[test]
fn what_goes_wrong_is_remarked_on_a_page() {
    let page = drawn(&story(), HtmlView::new(settings(Lang::En)));
    let start = page.find("<nav").expect("a page has the ladders");
    let end = page.find("</nav>").expect("which end");
    assert_snapshot!(&page[start..end]);
}

#[test]
fn missing_bytes_are_remarked_where_data_comes_after_them() {
    let remarks = |packets: &[Vec<u8>]| {
        let drawing = drawn(packets, LadderView::new(settings(Lang::En)));
        lines(&drawing, "▶")
    };
    assert_snapshot!(remarks(&[to(1, ACK, 1, 1, b""), to(1, ACK, 11, 1, b"late")]), @r#"
    1    0.000000 │────────────── ack 1 ──────────────▶│
    2    0.001000 │─────── seq 11 len 4 ack 1 ────────▶│  (previous segment not captured)  "late"
    "#);
    assert_snapshot!(remarks(&[to(1, ACK, 1, 1, b"on time"), to(1, ACK, 11, 1, b"")]), @r#"
    1    0.000000 │──────── seq 1 len 7 ack 1 ────────▶│  "on time"
    2    0.001000 │────────────── ack 1 ──────────────▶│
    "#);
    assert_snapshot!(remarks(&[to(1, ACK, 1, 1, b"now"), to(1, ACK, 4, 1, b"then")]), @r#"
    1    0.000000 │──────── seq 1 len 3 ack 1 ────────▶│  "now"
    2    0.001000 │──────── seq 4 len 4 ack 1 ────────▶│  "then"
    "#);
}

#[test]
fn each_byte_is_counted_once_whatever_is_sent_again() {
    let said = |packets: &[Vec<u8>]| {
        let drawing = drawn(packets, LadderView::new(settings(Lang::En)));
        lines(&drawing, "bytes went right")
    };
    let first = || to(1, ACK, 1, 1, b"abc");
    assert_snapshot!(said(&[first(), first(), to(1, ACK, 2, 1, b"bcde")]), @"5 bytes went right, 0 bytes left; still open where the capture ends.");
    assert_snapshot!(said(&[first(), to(1, FIN | ACK, 2, 1, b"bcde")]), @"5 bytes went right, 0 bytes left; closed in one direction only.");
    assert_snapshot!(said(&[first(), to(1, FIN | ACK, 4, 1, b"")]), @"3 bytes went right, 0 bytes left; closed in one direction only.");
    assert_snapshot!(said(&[to(1, SYN, 1, 1, b"abc"), to(1, ACK, 2, 1, b"abcd")]), @"4 bytes went right, 0 bytes left; still open where the capture ends.");
    // The numbers go around after 2^32.
    assert_snapshot!(said(&[
        to(1, ACK, u32::MAX, 1, b"abc"),
        to(1, ACK, 2, 1, b"d"),
        back(1, ACK, 1, 3, b"efg")
    ]), @"4 bytes went right, 3 bytes left; still open where the capture ends.");
}

/// Returns the lines of a drawing that hold a word.
fn lines(drawing: &str, word: &str) -> String {
    let found: Vec<&str> = drawing.lines().filter(|line| line.contains(word)).collect();
    found.join("\n")
}

#[test]
fn rungs_beyond_the_bound_are_counted_not_drawn() {
    let mut packets: Vec<Vec<u8>> = (0..20_003)
        .map(|number| to(1, ACK, 1 + number, 1, b"x"))
        .collect();
    packets.push(to(2, ACK, 1, 1, b""));
    let drawing = drawn(&packets, LadderView::new(settings(Lang::En)));
    assert_eq!(drawing.matches("▶").count(), 20_000);
    assert_snapshot!(lines(&drawing, "more segments"), @"… and 3 more segments, not drawn; --port or --frame picks some");
    assert_snapshot!(lines(&drawing, "bytes went right"), @"20003 bytes went right, 0 bytes left; still open where the capture ends.");
    assert_snapshot!(lines(&drawing, "TCP headers more"), @"1 TCP headers more are not drawn: cut before their ports, or too many.");
    let arabic = drawn(&packets, LadderView::new(settings(Lang::Ar)));
    let told = [lines(&arabic, "--port"), lines(&arabic, "ترويسات")];
    assert_snapshot!("rungs-beyond-the-bound.ar", told.join("\n"));
}
