//! Frames that lead to no TCP header, and what is said about each in both languages.

use crate::common::{hex, ipv4_carrying, ipv6_carrying, miss};
use header_inspector::{Lang, Link};

/// A frame on a link.
type Frame = (Link, Vec<u8>);

fn ethernet(rest: &str) -> Frame {
    let frame = format!("020000000001 020000000002 {rest}");
    (Link::Ethernet, hex(&frame))
}

fn ip(protocol: u8, rest: &str) -> Frame {
    (Link::Ip, ipv4_carrying(protocol, &hex(rest)))
}

fn ipv6(next: u8, rest: &str) -> Frame {
    (Link::Ip, ipv6_carrying(next, &hex(rest)))
}

fn frame(link: Link, rest: &str) -> Frame {
    (link, hex(rest))
}

/// Compares what is said of each frame with what is expected.
fn expect(name: &str, frames: &[Frame]) {
    let mut said = String::new();
    for (link, bytes) in frames {
        let miss = miss(*link, bytes).expect("the frame should hold no TCP header");
        said += &format!(
            "{}\n{}\n\n",
            miss.sentence(Lang::En),
            miss.sentence(Lang::Ar)
        );
    }
    insta::assert_snapshot!(name, said);
}

#[test]
fn link_layers_that_carry_something_else() {
    expect(
        "link",
        &[
            ethernet("05dd 060603"),
            ethernet("05dc aa0603"),
            ethernet("05dc 06aa03"),
            ethernet("05dc 424203"),
            ethernet("0026 aaaa03 000000 0806"),
            ethernet("8100 0001 0806"),
            ethernet("8864 1100 0001 0000 c021"),
            ethernet("8847 00064140 70"),
            ethernet("8847 00064140 01000000 020000000001 020000000002 0806"),
            frame(Link::Null, "07000000"),
            frame(Link::Null, "00000007"),
            frame(Link::Loop, "00000007"),
            frame(Link::Cooked, "0000 0304 0006 000000000000 0000 0806"),
            frame(
                Link::Cooked2,
                "0806 0000 00000001 0304 00 06 0000000000000000",
            ),
            frame(Link::Other(147), "00"),
        ],
    );
}

#[test]
fn link_layers_that_are_cut() {
    expect(
        "link-cut",
        &[
            frame(Link::Ethernet, "020000000001 020000000002 08"),
            ethernet("0800"),
            ethernet("05dc aaaa"),
            ethernet("0026 aaaa03 00000008"),
            ethernet("8100 000108"),
            ethernet("8847 00064040 000641"),
            ethernet("8847 00064140"),
            ethernet("8864 1100 0001 0000 00"),
            frame(Link::Null, "020000"),
            frame(Link::Loop, "000000"),
            frame(Link::Cooked, "0000 0304 0006 000000000000 0000 08"),
            frame(
                Link::Cooked2,
                "0800 0000 00000001 0304 00 06 00000000000000",
            ),
            frame(Link::Nflog, "02000000 040009"),
            frame(Link::Ip, ""),
        ],
    );
}

#[test]
fn firewall_logs_without_a_packet() {
    expect(
        "nflog",
        &[
            frame(Link::Nflog, "0a000000 08000100 00000000"),
            frame(Link::Nflog, "02000000 03000100 04000900"),
            frame(Link::Nflog, "02000000 00000000 04000900"),
            frame(Link::Nflog, "02000000 08000900 10000000"),
        ],
    );
}

#[test]
fn ip_headers_that_lead_nowhere() {
    let total = |length: u8| {
        let (link, mut bytes) = ip(6, "0050c350");
        bytes[3] = length;
        (link, bytes)
    };
    let options = hex("4600 0018 0001 0000 4006 0000 0a000001 0a000002");
    let (_, mut later) = ip(6, "0050c350");
    later[7] = 1;
    expect(
        "ip",
        &[
            frame(Link::Ip, "50"),
            ethernet("0800 6000 0000 0000 0000 0000 0000 0000 0000 0000 0000"),
            (
                Link::Ethernet,
                [ethernet("86dd").1, ip(6, &"00".repeat(40)).1].concat(),
            ),
            frame(Link::Ip, "4500 0014 0001 0000 4006 0000 0a000001 0a0000"),
            total(19),
            total(20),
            (Link::Ip, options),
            (Link::Ip, later),
            ip(2, "00"),
            ipv6(59, "00"),
            (Link::Ip, ipv6_carrying(6, &[])[..39].to_vec()),
        ],
    );
}

#[test]
fn extension_headers_that_lead_nowhere() {
    expect(
        "extension",
        &[
            ipv6(0, "06 00 0000000000"),
            ipv6(44, "06 00 0008 00000007"),
            ipv6(44, "06 00 0009 00000007"),
            ipv6(60, "3b 01 000000000000 0000000000000000"),
            ipv6(51, "3b 01 0000 00000001 00000001"),
            ip(51, "11 01 0000 00000001 00000001 0000000000000000"),
        ],
    );
}

#[test]
fn tunnels_that_carry_something_else() {
    expect(
        "tunnel",
        &[
            ip(47, "0000 08"),
            ip(47, "4000 0800"),
            ip(47, "0001 0800"),
            ip(47, "0000 0806"),
            ip(47, "8000 0806 00000000"),
            ip(17, "d431 12b5 0000 0000 08000000 000001"),
            ip(17, "d431 12b6 0000 0000 08000000 00000100"),
            ip(17, "d431 12b5 0000 0000 f7000000 00000100"),
            ip(17, "d431 12b5 0000 0000 08000000 00000100"),
        ],
    );
}

#[test]
fn icmp_messages_that_quote_nothing() {
    expect(
        "icmp",
        &[
            ip(1, "08000000 00000000"),
            ip(1, "03000000 000000"),
            ip(1, "03000000 00000000"),
            ipv6(58, "80000000 00000000"),
            ipv6(58, "01000000 000000"),
            ipv6(58, "05000000 00000000"),
        ],
    );
}

#[test]
fn tunnels_in_tunnels_are_followed_so_deep() {
    let nested = |count: usize| {
        let innermost = ipv4_carrying(2, &[0]);
        (
            Link::Ip,
            (0..count).fold(innermost, |packet, _| ipv4_carrying(4, &packet)),
        )
    };
    expect("depth", &[nested(32), nested(33)]);
}
