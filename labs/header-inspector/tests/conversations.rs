//! What the segments before it tell about a segment: stream, relative numbers, window.

use crate::common::{ipv4, ipv4_carrying, walk};
use header_inspector::conversation::{Direction, Ending, Origin, Phase, Progress};
use header_inspector::{Conversations, Link, Place};
use insta::assert_snapshot;

/// Flags by their letters.
fn flags(letters: &str) -> u8 {
    letters
        .chars()
        .map(|letter| match letter {
            'F' => 1,
            'S' => 2,
            'R' => 4,
            'P' => 8,
            'A' => 16,
            _ => panic!("no flag is called {letter}"),
        })
        .sum()
}

/// One segment of a play: who sends, flags, numbers, options, data.
struct Act<'a> {
    from: u16,
    flags: &'a str,
    seq: u32,
    ack: u32,
    options: &'a [u8],
    data: &'a [u8],
}

fn act(from: u16, flags: &str, seq: u32, ack: u32) -> Act<'_> {
    Act {
        from,
        flags,
        seq,
        ack,
        options: &[],
        data: &[],
    }
}

impl Act<'_> {
    fn bytes(&self) -> Vec<u8> {
        let (src, dst) = if self.from == 1 { (1u16, 2u16) } else { (2, 1) };
        let mut bytes = [src.to_be_bytes(), dst.to_be_bytes()].concat();
        bytes.extend(self.seq.to_be_bytes());
        bytes.extend(self.ack.to_be_bytes());
        let words = u8::try_from(5 + self.options.len() / 4).expect("few options");
        bytes.extend([words << 4, flags(self.flags), 0, 100, 0, 0, 0, 0]);
        bytes.extend(self.options);
        bytes.extend(self.data);
        let mut packet = ipv4(&bytes);
        if self.from != 1 {
            packet[15] = 2;
            packet[19] = 1;
        }
        packet
    }
}

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
    let found = walk(Link::Ip, packet, |segment| {
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

/// Plays acts through the phases; returns each phase and how it ends.
fn phases(acts: &[Act]) -> (Vec<Phase>, Ending) {
    let mut progress = None;
    let mut seen = Vec::new();
    for act in acts {
        let direction = if act.from == 1 {
            Direction::Forward
        } else {
            Direction::Backward
        };
        walk(Link::Ip, &act.bytes(), |segment| {
            let progress = progress.get_or_insert_with(|| Progress::new(segment));
            seen.push(progress.step(segment, direction));
        });
    }
    (seen, progress.expect("there are acts").ending())
}

#[test]
fn the_three_phases_and_the_ending_are_told() {
    use Phase::{Closing, Establishing, Transferring};
    let handshake = || {
        [
            act(1, "S", 10, 0),
            act(2, "SA", 20, 11),
            act(1, "A", 11, 21),
        ]
    };
    let data = Act {
        data: b"hi",
        ..act(1, "PA", 11, 21)
    };
    let [syn, both, third] = handshake();
    let (seen, ending) = phases(&[
        syn,
        both,
        third,
        data,
        act(1, "FA", 13, 21),
        act(2, "FA", 21, 14),
        act(1, "A", 14, 22),
    ]);
    assert_eq!(
        seen,
        [
            Establishing,
            Establishing,
            Establishing,
            Transferring,
            Closing,
            Closing,
            Closing
        ]
    );
    assert_eq!(ending, Ending::Closed);

    let [syn, ..] = handshake();
    assert_eq!(
        phases(&[syn, act(2, "RA", 0, 11)]),
        (vec![Establishing, Closing], Ending::Refused)
    );

    let [syn, both, third] = handshake();
    let (_, ending) = phases(&[syn, both, third, act(2, "R", 21, 0)]);
    assert_eq!(
        ending,
        Ending::Aborted,
        "an established connection is aborted, not refused"
    );

    let (seen, ending) = phases(&[act(1, "A", 11, 21), act(1, "FA", 11, 21)]);
    assert_eq!(
        (seen, ending),
        (vec![Transferring, Closing], Ending::HalfClosed)
    );
}
