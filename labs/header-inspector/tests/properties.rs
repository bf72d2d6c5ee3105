//! What must hold for any input: an answer, no panic, no end that does not come, and
//! memory in proportion to the input.

use std::fs;
use std::path::Path;

use crate::common::{settings, show};
use header_inspector::input::{From, open_bytes};
use header_inspector::view::{
    AutoView, DiagramView, ExplainView, HexView, HtmlView, JsonView, LadderView, LineView,
};
use header_inspector::{Filter, Lang, Link, Summary, View, inspect};
use proptest::prelude::*;

/// Shows an input in every view; what cannot be opened is an answer as well.
fn show_in_all(bytes: &[u8], from: From) {
    for lang in [Lang::En, Lang::Ar] {
        let settings = settings(lang);
        let views: [Box<dyn View>; 7] = [
            Box::new(AutoView::new(settings)),
            Box::new(LineView::new(settings)),
            Box::new(LadderView::new(settings)),
            Box::new(DiagramView::new(settings)),
            Box::new(ExplainView::new(settings)),
            Box::new(HexView::new(settings)),
            Box::new(HtmlView::new(settings)),
        ];
        for mut view in views {
            try_show(bytes, from, view.as_mut());
        }
    }
    let mut json = Vec::new();
    if open_bytes(bytes.to_vec(), "input", from).is_ok() {
        let (text, _) = show(bytes, from, &mut JsonView::new(settings(Lang::En)));
        json = text.into_bytes();
    }
    for line in json
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_empty())
    {
        serde_json::from_slice::<serde_json::Value>(line).expect("JSON is always valid");
    }
}

fn try_show(bytes: &[u8], from: From, view: &mut dyn View) -> Option<Summary> {
    let input = open_bytes(bytes.to_vec(), "input", from).ok()?;
    Some(inspect(input, Filter::default(), view, &mut |text, _| {
        text.clear();
        std::ops::ControlFlow::Continue(())
    }))
}

fn capture(name: &str) -> Vec<u8> {
    let path = Path::new("captures").join(name);
    fs::read(path).expect("the capture is shipped")
}

/// A pcap header for a link type, and one record that holds these bytes.
fn pcap(link: u8, bytes: &[u8]) -> Vec<u8> {
    let mut file = vec![
        0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, link, 0, 0, 0,
    ];
    let length = (bytes.len() as u32).to_le_bytes();
    file.extend([0; 8]);
    file.extend(length);
    file.extend(length);
    file.extend(bytes);
    file
}

#[test]
fn a_capture_cut_anywhere_shows_what_is_left() {
    let folder = Path::new("captures");
    for entry in fs::read_dir(folder).expect("the captures are shipped") {
        let path = entry.expect("the folder can be listed").path();
        if path.extension().is_none_or(|end| end != "pcapng") {
            continue;
        }
        let whole = fs::read(&path).expect("a capture can be read");
        let mut before = 0;
        for length in 0..whole.len() {
            let view = &mut LineView::new(settings(Lang::En));
            let count =
                try_show(&whole[..length], From::Guess, view).map_or(0, |summary| summary.segments);
            assert!(count >= before, "{}, cut at {length}", path.display());
            before = count;
        }
    }
}

#[test]
fn a_frame_cut_anywhere_shows_in_every_view() {
    let whole = crate::common::ipv4(&crate::common::hex(
        "d382d903 00000001 00000002 8018 0200 0000 0000 0101080a 00000001 00000002 68690a",
    ));
    for length in 0..whole.len() {
        show_in_all(&pcap(101, &whole[..length]), From::Guess);
    }
}

#[test]
fn a_record_that_claims_gigabytes_takes_none() {
    let mut file = pcap(1, b"short");
    file[32..36].copy_from_slice(&u32::MAX.to_le_bytes());
    let summary = try_show(&file, From::Guess, &mut LineView::new(settings(Lang::En))).unwrap();
    assert_eq!(summary.frames, 0);
    assert_eq!(summary.notes.len(), 1, "{:?}", summary.notes);
}

/// What random bytes once brought to light.
#[test]
fn zeros_and_two_digits_get_an_answer() {
    let mut bytes = vec![0; 80];
    bytes.extend_from_slice(b"00");
    show_in_all(&bytes, From::Guess);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        // A failure names its input; it belongs into a check of its own.
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        show_in_all(&bytes, From::Guess);
    }

    #[test]
    fn any_frame_on_any_link_gets_an_answer(
        link in prop_oneof![Just(0u8), Just(1), Just(101), Just(108), Just(113), Just(239), any::<u8>()],
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        show_in_all(&pcap(link, &bytes), From::Guess);
    }

    #[test]
    fn any_tcp_header_gets_an_answer(
        mut bytes in proptest::collection::vec(any::<u8>(), 0..120),
        words in 0u8..16,
    ) {
        if let Some(byte) = bytes.get_mut(12) {
            *byte = words << 4 | *byte & 0xf;
        }
        show_in_all(&pcap(101, &crate::common::ipv4(&bytes)), From::Guess);
        show_in_all(&pcap(101, &crate::common::ipv6_carrying(6, &bytes)), From::Guess);
    }

    #[test]
    fn any_text_gets_an_answer(text in "[0-9a-f:|x*, \\n\t.]{0,200}") {
        show_in_all(text.as_bytes(), From::Guess);
    }

    #[test]
    fn a_capture_with_any_bytes_changed_gets_an_answer(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = capture("refused.pcapng");
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        show_in_all(&bytes, From::Guess);
    }

    #[test]
    fn what_xxd_prints_is_read_back(bytes in proptest::collection::vec(any::<u8>(), 1..100)) {
        let dump: String = bytes.chunks(16).enumerate().map(|(i, line)| {
            let hex: Vec<String> = line.chunks(2).map(|word| word.iter().map(|byte| format!("{byte:02x}")).collect()).collect();
            let letters: String = line.iter().map(|&byte| if (0x20..0x7f).contains(&byte) { byte as char } else { '.' }).collect();
            format!("{:08x}: {:<39}  {letters}\n", i * 16, hex.join(" "))
        }).collect();
        let mut seen = Vec::new();
        let mut view = Keep(&mut seen);
        try_show(dump.as_bytes(), From::Tcp, &mut view);
        prop_assert_eq!(seen, bytes);
    }
}

/// Keeps the bytes of the frames that it is shown.
struct Keep<'k>(&'k mut Vec<u8>);

impl View for Keep<'_> {
    fn segment(&mut self, segment: &header_inspector::Segment, _: &mut Vec<u8>) {
        assert_eq!(segment.frame.link, Link::Tcp);
        self.0.extend_from_slice(segment.frame.bytes);
    }
}
