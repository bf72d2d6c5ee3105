//! Each shipped capture in each view: the expected outputs, for students to read.
//!
//! `tests/snapshots/paper-session.ladder.snap` is what the paper's session looks like.
//! After recording captures anew: `INSTA_UPDATE=always cargo test -p header-inspector`.

use std::fs;
use std::path::PathBuf;

use crate::common::{settings, show};
use header_inspector::input::From;
use header_inspector::view::{
    AutoView, DiagramView, ExplainView, HexView, JsonView, LadderView, LineView,
};
use header_inspector::{Flags, Lang, Segment, Settings, View};

/// Keys of a JSON object: docs and programs count on each of them.
const KEYS: usize = 38;

/// Finds every capture that is shipped.
fn captures() -> Vec<PathBuf> {
    let folder = PathBuf::from("captures");
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the captures are shipped with the crate")
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|end| end == "pcapng" || end == "pcap")
        })
        .collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

/// Compares what every capture looks like in a view with what is expected.
fn expect(name: &str, view: impl Fn() -> Box<dyn View>) {
    for path in captures() {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&path).expect("a capture can be read");
        let (shown, summary) = show(&bytes, From::Guess, view().as_mut());
        assert_eq!(summary.notes, [], "{stem} should be a whole capture");
        insta::with_settings!({
            prepend_module_to_snapshot => false,
            description => format!("captures/{stem} as {name}"),
            omit_expression => true,
        }, {
            insta::assert_snapshot!(format!("{stem}.{name}"), shown);
        });
    }
}

/// Lets through what shows most: the first SYN, the first data, the first FIN or RST.
struct Landmarks<V> {
    view: V,
    seen: u8,
}

fn landmarks<V>(view: V) -> Box<Landmarks<V>> {
    Box::new(Landmarks { view, seen: 0 })
}

impl<V: View> View for Landmarks<V> {
    fn segment(&mut self, segment: &Segment, out: &mut Vec<u8>) {
        let flags = segment.header.flags.unwrap_or(Flags(0));
        let kind = match segment.payload_len {
            _ if flags.syn() => 1,
            _ if flags.fin() || flags.rst() => 2,
            Some(0) => return,
            _ => 4,
        };
        if self.seen & kind == 0 {
            self.seen |= kind;
            self.view.segment(segment, out);
        }
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        self.view.end(out);
    }
}

const EN: Settings = Settings {
    lang: Lang::En,
    numbers: header_inspector::view::Numbers::Absolute,
    color: header_inspector::view::Color::Plain,
};

#[test]
fn as_ladders() {
    expect("ladder", || Box::new(LadderView::new(EN)));
}

#[test]
fn as_ladders_in_arabic() {
    expect("ladder.ar", || {
        Box::new(LadderView::new(settings(Lang::Ar)))
    });
}

#[test]
fn as_lines() {
    expect("line", || Box::new(LineView::new(EN)));
}

#[test]
fn as_lines_with_relative_numbers() {
    let relative = Settings {
        numbers: header_inspector::view::Numbers::Relative,
        ..EN
    };
    expect("line.relative", || Box::new(LineView::new(relative)));
}

#[test]
fn as_json() {
    expect("json", || Box::new(JsonView::new(EN)));
}

#[test]
fn as_diagrams() {
    expect("diagram", || landmarks(DiagramView::new(EN)));
}

#[test]
fn explained() {
    expect("explain", || landmarks(ExplainView::new(EN)));
}

#[test]
fn explained_in_arabic() {
    expect("explain.ar", || {
        landmarks(ExplainView::new(settings(Lang::Ar)))
    });
}

#[test]
fn as_hexdumps() {
    expect("hex", || landmarks(HexView::new(EN)));
}

#[test]
fn without_a_view_several_segments_are_ladders() {
    for path in captures() {
        let bytes = fs::read(&path).expect("a capture can be read");
        let (auto, summary) = show(&bytes, From::Guess, &mut AutoView::new(EN));
        let (ladder, _) = show(&bytes, From::Guess, &mut LadderView::new(EN));
        assert!(summary.segments > 1);
        assert_eq!(auto, ladder, "{}", path.display());
    }
}

#[test]
fn every_line_of_json_has_the_same_keys() {
    for path in captures() {
        let bytes = fs::read(&path).expect("a capture can be read");
        let (text, summary) = show(&bytes, From::Guess, &mut JsonView::new(EN));
        assert_eq!(text.lines().count() as u64, summary.segments);
        for line in text.lines() {
            let value: serde_json::Value = serde_json::from_str(line).expect("valid JSON");
            assert_eq!(value.as_object().unwrap().len(), KEYS, "{line}");
        }
    }
}
