//! Guesses what loose bytes begin with.

use crate::frame::Link;
use crate::tcp::sum_words;
use crate::{Frame, Layers};

/// A guess, and why: in English and in Arabic.
pub(super) type Guess = (Link, [&'static str; 2]);

/// Guesses the layer, the outermost first. A guess needs evidence; a bare TCP header, which
/// has the least, is the last resort. `None` where nothing fits.
pub(super) fn guess(bytes: &[u8]) -> Option<Guess> {
    if is_ethernet(bytes) {
        return Some((
            Link::Ethernet,
            [
                "an IP header follows the EtherType",
                "لأن ترويسة \u{2068}IP\u{2069} تأتي بعد \u{2068}EtherType\u{2069}",
            ],
        ));
    }
    if is_ipv4(bytes) {
        return Some((
            Link::Ip,
            [
                "the IPv4 header's checksum is right",
                "لأن المجموع الاختباري لترويسة \u{2068}IPv4\u{2069} سليم",
            ],
        ));
    }
    if is_ipv6(bytes) {
        return Some((
            Link::Ip,
            [
                "the IPv6 header's length and next header fit",
                "لأن الطول والترويسة التالية في ترويسة \u{2068}IPv6\u{2069} معقولان",
            ],
        ));
    }
    if is_loopback(bytes) {
        return Some((
            Link::Null,
            [
                "an IP header follows an address family",
                "لأن ترويسة \u{2068}IP\u{2069} تأتي بعد عائلة العناوين",
            ],
        ));
    }
    if has_known_ethertype(bytes) {
        return Some((
            Link::Ethernet,
            [
                "its EtherType is a known one",
                "لأن \u{2068}EtherType\u{2069} فيها معروف",
            ],
        ));
    }
    is_tcp(bytes).then_some((
        Link::Tcp,
        [
            "ports, data offset and flags make sense",
            "لأن المنفذين وإزاحة البيانات والأعلام معقولة",
        ],
    ))
}

fn is_ethernet(bytes: &[u8]) -> bool {
    match bytes.get(12..14) {
        Some([0x08, 0x00]) => is_ipv4(&bytes[14..]) || is_unsummed_ipv4(&bytes[14..]),
        Some([0x86, 0xdd]) => is_ipv6(&bytes[14..]),
        // Tags, labels and the like: what counts is whether they lead to sound TCP.
        Some(_) => leads_to_tcp(bytes),
        None => false,
    }
}

/// Protocols beside IP that are common enough to be pasted with it (IANA's registry of
/// IEEE 802 numbers).
fn has_known_ethertype(bytes: &[u8]) -> bool {
    const KNOWN: [u16; 14] = [
        0x0806, // ARP
        0x0842, // wake on LAN
        0x8035, // RARP
        0x8137, // IPX
        0x8808, // flow control
        0x8809, // slow protocols
        0x8863, // PPPoE discovery
        0x888e, // EAPOL
        0x8892, // PROFINET
        0x88a4, // EtherCAT
        0x88cc, // LLDP
        0x88e5, // MACsec
        0x88f7, // PTP
        0x8906, // FCoE
    ];
    let kind = bytes
        .get(12..14)
        .map(|kind| u16::from_be_bytes([kind[0], kind[1]]));
    let version = bytes.get(14).map(|byte| byte >> 4);
    match (kind, version) {
        // An IP header that is damaged or cut is one all the same.
        (Some(0x0800), Some(4)) | (Some(0x86dd), Some(6)) => true,
        (Some(kind), _) => KNOWN.contains(&kind),
        (None, _) => false,
    }
}

/// Four bytes of an address family, in either byte order, and an IP header of it.
fn is_loopback(bytes: &[u8]) -> bool {
    let Some((family, ip)) = bytes.split_first_chunk::<4>() else {
        return false;
    };
    match *family {
        [family, 0, 0, 0] | [0, 0, 0, family] => match family {
            2 => is_ipv4(ip) || is_unsummed_ipv4(ip),
            24 | 28 | 30 => is_ipv6(ip),
            _ => false,
        },
        _ => false,
    }
}

/// A bare TCP header has no mark of its own: both ports are used, the data offset fits, the
/// reserved bits are 0, and the flags are those that a segment can have (RFC 9293 §3.1).
fn is_tcp(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..20) else {
        return false;
    };
    let ports_are_used = header[..2] != [0, 0] && header[2..4] != [0, 0];
    let size = usize::from(header[12] >> 4) * 4;
    let flags = header[13];
    let (fin, syn, rst, ack) = (
        flags & 1 != 0,
        flags & 2 != 0,
        flags & 4 != 0,
        flags & 16 != 0,
    );
    ports_are_used
        && (20..=bytes.len()).contains(&size)
        && header[12] & 0x0e == 0
        && (syn || rst || ack)
        && !(syn && (fin || rst))
        && !(fin && rst)
}

fn leads_to_tcp(bytes: &[u8]) -> bool {
    let mut sound = false;
    let frame = Frame {
        number: 1,
        time: None,
        len: bytes.len(),
        link: Link::Ethernet,
        bytes,
    };
    Layers::down(frame, &mut |segment| {
        sound = segment.ip.as_ref().is_some_and(|ip| {
            let header = &bytes[ip.offset..];
            is_ipv4(header) || is_unsummed_ipv4(header) || is_ipv6(header)
        });
    });
    sound
}

/// An IPv4 header is recognised by its checksum.
fn is_ipv4(bytes: &[u8]) -> bool {
    let Some(&first) = bytes.first() else {
        return false;
    };
    let size = usize::from(first & 0xf) * 4;
    first >> 4 == 4
        && size >= 20
        && bytes
            .get(..size)
            .is_some_and(|header| sum_words(header) == 0xffff)
}

/// An IPv4 header whose checksum was left to the network card: the field is 0, so the
/// total length and the protocol must make sense.
fn is_unsummed_ipv4(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..20) else {
        return false;
    };
    let size = usize::from(header[0] & 0xf) * 4;
    let total = usize::from(u16::from_be_bytes([header[2], header[3]]));
    let known = matches!(header[9], 1 | 4 | 6 | 17 | 41 | 47 | 51);
    header[0] >> 4 == 4
        && size >= 20
        && known
        && header[10..12] == [0, 0]
        && (size..=bytes.len()).contains(&total)
}

/// An IPv6 header has no checksum: its length and next header must make sense.
fn is_ipv6(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..40) else {
        return false;
    };
    let length = usize::from(u16::from_be_bytes([header[4], header[5]]));
    let known = matches!(header[6], 0 | 4 | 6 | 17 | 41 | 43 | 44 | 47 | 51 | 58 | 60);
    header[0] >> 4 == 6 && known && length <= bytes.len() - 40
}
