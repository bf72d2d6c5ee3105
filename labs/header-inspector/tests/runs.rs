//! Runs from input to view: what is read, what is shown, and when text is handed out.

use std::ops::ControlFlow;

use crate::common::{capture, hex, ipv4, ipv4_carrying, settings};
use header_inspector::input::{From, Input, open, open_bytes};
use header_inspector::view::{JsonView, LineView};
use header_inspector::{Filter, Lang, Summary, View, inspect};

/// A segment between two ports.
fn packet(from: u16, to: u16) -> Vec<u8> {
    let ports = [from, to].map(u16::to_be_bytes).concat();
    let rest = hex("00000001 00000002 5010 2000 0000 0000");
    ipv4(&[ports, rest].concat())
}

fn input(packets: &[Vec<u8>]) -> Input {
    open_bytes(capture(packets), "test", From::Guess).expect("a capture opens")
}

/// Runs to the end; returns the pieces of text in the order in which they came.
fn run(packets: &[Vec<u8>], filter: Filter, view: &mut dyn View) -> (Vec<String>, Summary) {
    let mut pieces = Vec::new();
    let summary = inspect(input(packets), filter, view, &mut |text, _| {
        let text = std::mem::take(text);
        pieces.push(String::from_utf8(text).expect("views write UTF-8"));
        ControlFlow::Continue(())
    });
    pieces.retain(|piece| !piece.is_empty());
    (pieces, summary)
}

fn lines() -> LineView {
    LineView::new(settings(Lang::En))
}

#[test]
fn a_port_lets_both_directions_through() {
    let packets = [packet(1, 2), packet(2, 1), packet(3, 4), packet(2, 3)];
    for (port, shown) in [(1, 2), (2, 3), (3, 2), (5, 0)] {
        let filter = Filter {
            port: Some(port),
            frame: None,
        };
        let (text, summary) = run(&packets, filter, &mut lines());
        assert_eq!(text.concat().lines().count() as u64, shown, "port {port}");
        assert_eq!(
            (summary.frames, summary.segments, summary.shown),
            (4, 4, shown)
        );
    }
}

#[test]
fn after_the_frame_that_was_asked_for_nothing_is_read() {
    let packets = [packet(1, 2), packet(2, 1), packet(3, 4)];
    let filter = Filter {
        port: None,
        frame: Some(2),
    };
    let (text, summary) = run(&packets, filter, &mut lines());
    assert!(text.concat().starts_with("2 "), "{text:?}");
    assert_eq!((summary.frames, summary.segments, summary.shown), (2, 2, 1));
}

#[test]
fn the_first_frame_without_a_tcp_header_is_told() {
    let udp = ipv4_carrying(17, &[0; 16]);
    let igmp = ipv4_carrying(2, &[0; 8]);
    let packets = [packet(1, 2), udp, igmp];
    let (_, summary) = run(&packets, Filter::default(), &mut lines());
    let (frame, miss) = summary.miss.expect("two frames had none");
    let sentence = miss.sentence(Lang::En);
    assert_eq!(frame, 2);
    insta::assert_snapshot!(sentence, @"at byte 20, needed TCP, protocol 6, found protocol 17");
    assert_eq!((summary.frames, summary.segments), (3, 1));
}

#[test]
fn text_is_handed_out_in_pieces_neither_small_nor_large() {
    const ENOUGH: usize = 256 << 10;
    let packets = vec![packet(1, 2); 2000];
    let (pieces, _) = run(
        &packets,
        Filter::default(),
        &mut JsonView::new(settings(Lang::En)),
    );
    // The first comes when the reader waits for more than the file's first bytes.
    let (last, full) = pieces[1..].split_last().expect("there is text");
    assert!(full.len() > 2, "{} pieces", pieces.len());
    for piece in full {
        assert!(
            (ENOUGH..ENOUGH + 2000).contains(&piece.len()),
            "{}",
            piece.len()
        );
    }
    assert!(last.len() < ENOUGH + 2000);
}

#[test]
fn whoever_waits_is_told_how_far_the_reading_is() {
    let packets = vec![ipv4_carrying(17, &[0; 16]); 10_000];
    let mut told = Vec::new();
    inspect(
        input(&packets),
        Filter::default(),
        &mut lines(),
        &mut |_, frames| {
            told.push(frames);
            ControlFlow::Continue(())
        },
    );
    assert!(told.contains(&4096) && told.contains(&8192), "{told:?}");
    assert_eq!(told.last(), Some(&10_000));
    assert!(told.len() < 10, "{told:?}");
}

#[test]
fn when_nobody_reads_on_the_run_ends() {
    let packets = vec![packet(1, 2); 10_000];
    let mut pieces = 0;
    let summary = inspect(
        input(&packets),
        Filter::default(),
        &mut JsonView::new(settings(Lang::En)),
        &mut |text, _| {
            text.clear();
            pieces += 1;
            ControlFlow::Break(())
        },
    );
    assert_eq!(pieces, 1);
    assert!(summary.frames < 1000, "{}", summary.frames);
}

#[test]
fn the_meter_runs_from_the_files_beginning_to_its_end() {
    let path = std::env::temp_dir().join(format!("inspector-meter-{}.pcap", std::process::id()));
    std::fs::write(&path, capture(&vec![packet(1, 2); 60_000])).expect("a file can be written");
    let input = open(path.to_str().expect("the path is UTF-8"), From::Guess);
    let input = input.expect("the capture opens");
    let meter = input.meter();
    assert!(!input.is_loose());
    let percent = || meter.percent().expect("a file's size is known");
    assert!(percent() < 5, "{} %", percent());
    let mut told = Vec::new();
    inspect(input, Filter::default(), &mut lines(), &mut |text, _| {
        text.clear();
        told.push(percent());
        ControlFlow::Continue(())
    });
    assert!(told.is_sorted(), "{told:?}");
    assert!(told.iter().any(|part| (20..80).contains(part)), "{told:?}");
    // Windows removes no file that is open; by now it is closed.
    std::fs::remove_file(&path).expect("the file can be removed");
    assert_eq!(meter.percent(), Some(100));
}

/// Linux lets us read its identity, 32 hex digits, from a file of 0 bytes.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_tells_no_size_has_no_percent() {
    let input = open("/proc/sys/kernel/random/boot_id", From::Tcp).expect("hex digits");
    let meter = input.meter();
    let mut bytes = 0;
    input.read(&mut |frame: header_inspector::Frame| {
        bytes += frame.bytes.len();
        ControlFlow::Continue(())
    });
    assert_eq!((bytes, meter.percent()), (16, None));
}

#[test]
fn loose_bytes_have_no_meter() {
    let input = open("0050c350", From::Tcp).expect("hex digits");
    assert!(input.is_loose());
    assert_eq!(input.meter().percent(), None);
}

#[test]
fn a_name_that_is_no_file_is_shown_as_far_as_it_is_read() {
    let said = |length: usize| {
        let opened = open(&"z".repeat(length), From::Guess);
        opened.err().expect("there is no such file").to_string()
    };
    let whole = format!("no file is called \"{}\",", "z".repeat(60));
    assert!(said(60).starts_with(&whole), "{}", said(60));
    let cut = format!("no file is called \"{}…\",", "z".repeat(60));
    assert!(said(61).starts_with(&cut), "{}", said(61));
}
