//! Guesses what loose bytes begin with.

use crate::frame::Link;
use crate::tcp::sum_words;
use crate::{Frame, Walk};

/// A guess, and why: in English and in Arabic.
pub(super) type Guess = (Link, [&'static str; 2]);

/// Guesses the layer, the outermost first; a bare TCP header is what is left.
pub(super) fn guess(bytes: &[u8]) -> Guess {
    if is_ethernet(bytes) {
        return (
            Link::Ethernet,
            [
                "an IP header follows the EtherType",
                "لأن ترويسة \u{2068}IP\u{2069} تأتي بعد \u{2068}EtherType\u{2069}",
            ],
        );
    }
    if is_ipv4(bytes) {
        return (
            Link::Ip,
            [
                "the IPv4 header's checksum is right",
                "لأن المجموع الاختباري لترويسة \u{2068}IPv4\u{2069} سليم",
            ],
        );
    }
    if is_ipv6(bytes) {
        return (
            Link::Ip,
            [
                "the IPv6 header's length and next header fit",
                "لأن الطول والترويسة التالية في ترويسة \u{2068}IPv6\u{2069} معقولان",
            ],
        );
    }
    (
        Link::Tcp,
        [
            "no IP header was recognised",
            "لأنه لم تُعرف ترويسة \u{2068}IP\u{2069}",
        ],
    )
}

fn is_ethernet(bytes: &[u8]) -> bool {
    match bytes.get(12..14) {
        Some([0x08, 0x00]) => is_ipv4(&bytes[14..]),
        Some([0x86, 0xdd]) => is_ipv6(&bytes[14..]),
        // Tags, labels and the like: what counts is whether they lead to sound TCP.
        Some(_) => leads_to_tcp(bytes),
        None => false,
    }
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
    Walk::down(frame, &mut |segment| {
        sound = segment.ip.as_ref().is_some_and(|ip| {
            let header = &bytes[ip.offset..];
            is_ipv4(header) || is_ipv6(header)
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

/// An IPv6 header has no checksum: its length and next header must make sense.
fn is_ipv6(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..40) else {
        return false;
    };
    let length = usize::from(u16::from_be_bytes([header[4], header[5]]));
    let known = matches!(header[6], 0 | 4 | 6 | 17 | 41 | 43 | 44 | 47 | 51 | 58 | 60);
    header[0] >> 4 == 6 && known && length <= bytes.len() - 40
}
