//! Odd segments, one of each kind.

use super::{hex, ipv4, ipv4_carrying, ipv6_carrying};
use header_inspector::input::From;

/// A frame with a name, and what it begins with.
pub struct Specimen {
    pub name: String,
    pub from: From,
    pub bytes: Vec<u8>,
}

/// Bare segments: what each one shows, its data offset, control bits, window, checksum
/// and urgent pointer, and what follows these 20 bytes.
const SEGMENTS: [(&str, &str, &str); 16] = [
    (
        "a SYN with many options, ended and padded",
        "f002 2000 0000 0000",
        "020405b4 0402 080a0000000100000000 01 030307 2206aabbccdd 6305010203 1e040001 00 00000000",
    ),
    (
        "a SYN that offers ECN, and a window scale above 14",
        "60c2 2000 0000 0000",
        "01 03030f",
    ),
    (
        "two blocks acknowledged selectively, one of them up to the last number",
        "a010 2000 0000 0000",
        "0101 0512 0102030405060708 fffffff000000000",
    ),
    (
        "a block acknowledged selectively, not aligned",
        "8010 2000 0000 0000",
        "050a 0000000a00000014 0101",
    ),
    (
        "a timestamp without ACK in front of an option without data",
        "8004 2000 0000 0000",
        "080a 00000001 00000002 0402",
    ),
    (
        "urgent data, pushed, with every bit of congestion control",
        "51f8 2000 0000 0003",
        "e6 2e 61 62 63",
    ),
    (
        "everything wrong at once",
        "7e07 2000 0000 0000",
        "02 0405b4 00 00 01 00",
    ),
    (
        "options that belong in a SYN, in none",
        "7010 2000 0000 0000",
        "030307 0402 00 0000",
    ),
    (
        "an option that is too short for its kind",
        "6010 2000 0000 0000",
        "08040102",
    ),
    (
        "blocks that are no whole blocks",
        "7010 2000 0000 0000",
        "0505000001 0502 01",
    ),
    (
        "an option that passes the end",
        "6010 2000 0000 0000",
        "01 08 0a 01",
    ),
    (
        "an option without its length",
        "6010 2000 0000 0000",
        "01010102",
    ),
    ("a header that passes the end", "7010 2000 0000 0000", ""),
    ("a header shorter than any", "4010 2000 0000 0000", "68690a"),
    (
        "no flags, and letters of another script",
        "5000 0000 0000 0000",
        "d985 d8b1 d8ad d8a8 d8a7 0a",
    ),
    (
        "the end of both, with data that is no text",
        "5011 ffff 0000 ffff",
        "00ff00ff 00ff00ff 00ff00ff",
    ),
];

/// Returns a bare segment with ports and numbers that show where they come from.
fn segment(control: &str, rest: &str) -> Vec<u8> {
    hex(&format!("0050c350 fffffffd 00000002 {control} {rest}"))
}

/// Returns all of them.
pub fn specimens() -> Vec<Specimen> {
    let mut all: Vec<Specimen> = SEGMENTS
        .iter()
        .map(|(name, control, rest)| specimen(name, From::Tcp, segment(control, rest)))
        .collect();
    all.extend(around_it());
    all.extend(cut());
    all
}

fn specimen(name: &str, from: From, bytes: Vec<u8>) -> Specimen {
    Specimen {
        name: name.into(),
        from,
        bytes,
    }
}

/// What may be odd about the layers before the segment.
fn around_it() -> Vec<Specimen> {
    let tcp = |rest: &str| segment("5018 2000 0000 0000", rest);
    let mut ethernet = hex("020000000001 020000000002 86dd");
    let mut right = ipv6_carrying(6, &tcp("68690a"));
    right[56..58].copy_from_slice(&[0xfe, 0x4a]);
    ethernet.extend(&right);
    let mut long = ipv4(&tcp("61"));
    long[3] += 9;
    let mut first = ipv4(&tcp("61626364"));
    first[6] = 0x20;
    let mut quoting = hex("0301 0000 00000000");
    quoting.extend(&ipv4(&tcp("6162"))[..28]);
    // 128 bytes before TCP, with a fragment header between, and 140.
    let mut deep = ipv6_carrying(44, &[hex("06 00 0000 00000007"), tcp("61")].concat());
    deep = ipv4_carrying(4, &ipv4_carrying(41, &ipv6_carrying(41, &deep)));
    let next_layer = (0..7).fold(tcp("61"), |packet, depth| match depth {
        0 => ipv4(&packet),
        _ => ipv4_carrying(4, &packet),
    });
    vec![
        specimen("a segment deep in tunnels", From::Ip, deep),
        specimen("a segment deeper in tunnels", From::Ip, next_layer),
        specimen("IPv6 in Ethernet", From::Ethernet, ethernet),
        specimen("more stated by IP than there is", From::Ip, long),
        specimen(
            "a header that passes the end of its packet",
            From::Ip,
            ipv4(&segment("7010 2000 0000 0000", "01")),
        ),
        specimen("the first of several fragments", From::Ip, first),
        specimen(
            "the beginning of a segment, quoted in an ICMP error",
            From::Ip,
            ipv4_carrying(1, &quoting),
        ),
        specimen(
            "more data than a view shows",
            From::Ip,
            ipv4(&tcp(&"61 62 63 64".repeat(160))),
        ),
    ]
}

/// Headers cut before, inside and after each of their fields.
fn cut() -> Vec<Specimen> {
    let whole = segment("6010 2000 0000 0000", "020405b4");
    [1, 2, 4, 7, 8, 12, 13, 14, 16, 18, 20, 22]
        .into_iter()
        .map(|length| {
            let name = format!("a header cut to {length}");
            specimen(&name, From::Tcp, whole[..length].to_vec())
        })
        .collect()
}
