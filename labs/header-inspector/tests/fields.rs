//! What the library tells of a segment without any view.

use crate::common::acts::{Act, act};
use crate::common::{as_hex, capture, header, settings, show, walk};
use header_inspector::input::From;
use header_inspector::view::{DiagramView, ExplainView, LineView};
use header_inspector::{Flags, Lang, Link, Segment, View};
use insta::assert_snapshot;

#[test]
fn each_control_bit_is_told_apart_from_the_others() {
    let ask: [fn(Flags) -> bool; 8] = [
        Flags::cwr,
        Flags::ece,
        Flags::urg,
        Flags::ack,
        Flags::psh,
        Flags::rst,
        Flags::syn,
        Flags::fin,
    ];
    for (place, name) in Flags::NAMES.iter().enumerate() {
        let alone = Flags(0x80 >> place);
        let told: Vec<bool> = ask.iter().map(|ask| ask(alone)).collect();
        let expected: Vec<bool> = (0..8).map(|other| other == place).collect();
        assert_eq!(told, expected, "{name}");
        assert_eq!(alone.set().collect::<Vec<_>>(), [*name]);
    }
}

#[test]
fn every_link_has_its_name_and_number() {
    let names: Vec<String> = [0, 1, 12, 14, 101, 108, 113, 228, 229, 239, 276, 147]
        .map(|number| format!("{number} {}", Link::from(number).name()))
        .into();
    assert_snapshot!(names.join("\n"), @"
    0 BSD NULL
    1 Ethernet
    12 raw IP
    14 raw IP
    101 raw IP
    108 BSD LOOP
    113 Linux cooked
    228 raw IP
    229 raw IP
    239 NFLOG
    276 Linux cooked v2
    147 link type 147
    ");
}

#[test]
fn options_bear_the_names_that_iana_gave_their_kinds() {
    let name = |kind: u8| {
        let segment = header('6', &format!("{kind:02x}04 0000"));
        walk(Link::Tcp, &segment, |segment| {
            segment.options().next().map(|option| option.name())
        })
    };
    let known: Vec<String> = (0..=255)
        .filter_map(|kind| Some((kind, name(kind)[0]?)))
        .filter(|(_, name)| *name != "Unknown")
        .map(|(kind, name)| format!("{kind} {name}"))
        .collect();
    assert_snapshot!(known.join("\n"), @"
    0 EOL
    1 NOP
    2 MSS
    3 WScale
    4 SACK-Permitted
    5 SACK
    8 Timestamps
    19 MD5
    27 Quick-Start
    28 User-Timeout
    29 TCP-AO
    30 MPTCP
    34 Fast-Open
    69 ENO
    172 AccECN0
    174 AccECN1
    253 Experimental
    254 Experimental
    ");
}

/// Writes the segment as if it were the third TCP header of its frame.
struct Third<V>(V);

impl<V: View> View for Third<V> {
    fn segment(&mut self, segment: &Segment, out: &mut Vec<u8>) {
        let mut segment = segment.clone();
        segment.layer = 2;
        self.0.segment(&segment, out);
    }
}

#[test]
fn a_header_that_is_not_its_frames_first_says_so() {
    let shown = |lang| {
        let bytes = as_hex(&header('5', ""));
        let mut view = Third(DiagramView::new(settings(lang)));
        let (text, _) = show(&bytes, From::Tcp, &mut view);
        text.lines().next().unwrap_or_default().to_owned()
    };
    assert_snapshot!(format!("{}\n{}", shown(Lang::En), shown(Lang::Ar)));
}

#[test]
fn a_window_is_counted_in_bytes_once_both_syns_were_seen() {
    let explained = |options: &[u8], frame: usize| {
        let syn = |from, flags, seq, ack| Act {
            options,
            ..act(from, flags, seq, ack)
        };
        let play = [
            syn(1, "S", 10, 0),
            syn(2, "SA", 20, 11),
            act(1, "A", 11, 21),
        ];
        let file = capture(&play.map(|act| act.bytes()));
        let (text, _) = show(
            &file,
            From::Guess,
            &mut ExplainView::new(settings(Lang::En)),
        );
        let frame = text.split("Frame ").nth(frame);
        let window = frame.and_then(|text| text.split("Window  100\n").nth(1));
        let lines: Vec<&str> = window.expect("a window").lines().skip(1).take(2).collect();
        lines.join("\n")
    };
    let scale = [1, 3, 3, 7];
    assert_snapshot!(explained(&scale, 1), @"
    The sender of this segment will accept 100 bytes. A window in a SYN is
    never scaled.
    ");
    assert_snapshot!(explained(&scale, 3), @"
    The sender of this segment will accept 12800 bytes from the
    acknowledgment number on: 100 x 128, the scale that its SYN announced.
    ");
    assert_snapshot!(explained(&[], 3), @"
    The sender of this segment will accept 100 bytes from the acknowledgment
    number on.
    ");
}

#[test]
fn what_was_not_placed_has_no_relative_numbers() {
    let settings = header_inspector::Settings {
        numbers: header_inspector::view::Numbers::Relative,
        ..settings(Lang::En)
    };
    let lines = walk(Link::Tcp, &header('5', ""), |segment| {
        assert!(segment.place.is_none());
        let mut out = Vec::new();
        LineView::new(settings).segment(segment, &mut out);
        String::from_utf8(out).expect("a line is UTF-8")
    });
    assert_snapshot!(lines.concat(), @"1 :80 > :50000 ACK seq 1 ack 2 win 8192 len 0");
}
