//! What the segments before it tell about a segment: stream, relative numbers, window.

use crate::common::acts::{Act, act};
use crate::common::{hex, ipv4, ipv4_carrying, ipv6_carrying, walk};
use header_inspector::conversation::{Direction, Origin};
use header_inspector::{Conversations, Link, Place};
use insta::assert_snapshot;

/// Plays segments and returns their places, the last one's last.
fn play(table: &mut Conversations, acts: &[Act]) -> Vec<Place> {
    let mut places = Vec::new();
    for act in acts {
        let found = walk(Link::Ip, &act.bytes(), |segment| {
            let mut segment = segment.clone();
            table.place(&mut segment);
            segment.place.expect("its ends are known")
        });
        places.extend(found);
    }
    places
}

fn numbers(places: &[Place]) -> String {
    let told = places.iter().map(|place| {
        format!(
            "stream {} seq {:?} ack {:?} window {:?}",
            place.stream, place.rel_seq, place.rel_ack, place.window_scaled
        )
    });
    told.collect::<Vec<_>>().join("\n")
}

const SCALE: [u8; 4] = [1, 3, 3, 7];

#[test]
fn numbers_count_from_the_syns_and_windows_are_scaled_by_both() {
    let places = play(
        &mut Conversations::default(),
        &[
            Act {
                options: &SCALE,
                ..act(1, "S", u32::MAX, 0)
            },
            Act {
                options: &SCALE,
                ..act(2, "SA", 500, 0)
            },
            act(1, "A", 0, 501),
            Act {
                data: b"hello",
                ..act(2, "PA", 501, 0)
            },
        ],
    );
    assert_snapshot!(numbers(&places), @"
    stream 0 seq Some(0) ack None window Some(100)
    stream 0 seq Some(0) ack Some(1) window Some(100)
    stream 0 seq Some(1) ack Some(1) window Some(12800)
    stream 0 seq Some(1) ack Some(1) window Some(12800)
    ");
    assert_eq!(places[2].origins, [Origin::Seen; 2]);
    assert_eq!(places[1].direction, Direction::Backward);
}

#[test]
fn no_window_is_scaled_when_one_side_did_not_offer_it() {
    let places = play(
        &mut Conversations::default(),
        &[
            Act {
                options: &SCALE,
                ..act(1, "S", 10, 0)
            },
            act(2, "SA", 20, 11),
            act(1, "A", 11, 21),
        ],
    );
    assert_eq!(places[2].window_scaled, Some(100));
}

#[test]
fn without_the_handshake_numbers_begin_at_one_and_the_window_is_unknown() {
    let places = play(&mut Conversations::default(), &[act(1, "A", 1000, 2000)]);
    assert_snapshot!(numbers(&places), @"stream 0 seq Some(1) ack Some(1) window None");
    assert_eq!(places[0].origins, [Origin::Assumed; 2]);
}

#[test]
fn a_syn_with_another_number_opens_the_same_ends_anew() {
    let places = play(
        &mut Conversations::default(),
        &[act(1, "S", 10, 0), act(1, "S", 10, 0), act(1, "S", 99, 0)],
    );
    let streams: Vec<u32> = places.iter().map(|place| place.stream).collect();
    assert_eq!(streams, [0, 0, 1]);
}

#[test]
fn a_header_quoted_in_an_error_finds_its_conversation_and_opens_none() {
    let mut table = Conversations::default();
    let error = [vec![3, 1, 0, 0, 0, 0, 0, 0], act(1, "S", 10, 0).bytes()].concat();
    let quoted = ipv4_carrying(1, &error);
    assert_eq!(stream(&mut table, &quoted), None);
    play(&mut table, &[act(1, "S", 10, 0)]);
    assert_eq!(stream(&mut table, &quoted), Some(0));
}

/// Returns the stream of a packet's only TCP header.
fn stream(table: &mut Conversations, packet: &[u8]) -> Option<u32> {
    stream_on(Link::Ip, table, packet)
}

fn stream_on(link: Link, table: &mut Conversations, packet: &[u8]) -> Option<u32> {
    let found = walk(link, packet, |segment| {
        let mut segment = segment.clone();
        table.place(&mut segment);
        segment.place.map(|place| place.stream)
    });
    found[0]
}

#[test]
fn conversations_beyond_the_bound_are_forgotten_and_counted() {
    let mut table = Conversations::default();
    let mut packet = act(1, "S", 10, 0).bytes();
    for number in 0..140_000u32 {
        packet[12..16].copy_from_slice(&number.to_be_bytes());
        walk(Link::Ip, &packet, |segment| {
            table.place(&mut segment.clone())
        });
    }
    assert_eq!(table.streams(), 140_000);
    assert_eq!(table.forgotten(), 65_536);
}

#[test]
fn a_conversation_in_the_old_generation_is_remembered_unless_it_begins_anew() {
    let mut table = Conversations::default();
    let ends = |number: u32, seq: u32, flags: &str| {
        let mut packet = act(1, flags, seq, 0).bytes();
        packet[12..16].copy_from_slice(&number.to_be_bytes());
        packet
    };
    for number in 0..65_537 {
        stream(&mut table, &ends(number, 10, "S"));
    }
    assert_eq!(stream(&mut table, &ends(1, 11, "A")), Some(1));
    assert_eq!(stream(&mut table, &ends(2, 10, "S")), Some(2));
    assert_eq!(stream(&mut table, &ends(3, 99, "S")), Some(65_537));
    assert_eq!(table.forgotten(), 0);
}

/// Puts ports before what makes a TCP header of them.
fn between(ports: [u16; 2]) -> Vec<u8> {
    let rest = hex("00000001 00000002 5010 2000 0000 0000");
    [ports.map(u16::to_be_bytes).concat(), rest].concat()
}

#[test]
fn every_part_of_its_ends_tells_a_conversation_apart() {
    let four = ipv4(&between([1, 2]));
    let six = ipv6_carrying(6, &between([1, 2]));
    let mut all = vec![(Link::Tcp, between([1, 2])), (Link::Tcp, between([1, 3]))];
    all.push((Link::Tcp, between([3, 2])));
    all.push((Link::Ip, four.clone()));
    all.push((Link::Ip, six.clone()));
    // Each byte of either address, of either version.
    for (packet, bytes) in [(&four, 12..20), (&six, 8..40)] {
        for at in bytes {
            let mut other = packet.clone();
            other[at] ^= 0x40;
            all.push((Link::Ip, other));
        }
    }
    for ports in [[1, 3], [3, 2]] {
        all.push((Link::Ip, ipv4(&between(ports))));
        all.push((Link::Ip, ipv6_carrying(6, &between(ports))));
    }
    // The same bits in another version are another end.
    let mut nowhere = four.clone();
    nowhere[12..20].fill(0);
    let mut compatible = six.clone();
    compatible[8..20].fill(0);
    compatible[20..24].copy_from_slice(&four[12..16]);
    compatible[24..36].fill(0);
    compatible[36..40].copy_from_slice(&four[16..20]);
    let mut unspecified = six.clone();
    unspecified[8..40].fill(0);
    all.extend([nowhere, compatible, unspecified].map(|packet| (Link::Ip, packet)));

    let mut table = Conversations::default();
    for (number, (link, packet)) in (0..).zip(&all) {
        assert_eq!(stream_on(*link, &mut table, packet), Some(number));
    }
    for (number, (link, packet)) in (0..).zip(&all) {
        assert_eq!(stream_on(*link, &mut table, packet), Some(number));
    }
}
