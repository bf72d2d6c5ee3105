//! Times the steps from a capture in memory to text: `cargo bench -p header-inspector`.
//!
//! Each line adds one step to the one before: reading the file, taking the frames
//! apart, writing lines, writing JSON. The capture is generated, sound TCP, and the
//! same each time; the best of several runs counts, for what is slower was disturbed.

// The example generates more than the bench needs.
#[allow(dead_code)]
#[path = "../examples/generate/conversation.rs"]
mod conversation;
#[allow(dead_code)]
#[path = "../examples/generate/file.rs"]
mod file;
#[allow(dead_code)]
#[path = "../examples/generate/ip.rs"]
mod ip;
#[allow(dead_code)]
#[path = "../examples/generate/link.rs"]
mod link;
#[allow(dead_code)]
#[path = "../examples/generate/options.rs"]
mod options;
#[allow(dead_code)]
#[path = "../examples/generate/random.rs"]
mod random;
#[allow(dead_code)]
#[path = "../examples/generate/segment.rs"]
mod segment;
#[allow(dead_code)]
#[path = "../examples/generate/tunnel.rs"]
mod tunnel;

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use header_inspector::input::{self, From, Input, Reader};
use header_inspector::view::{JsonView, LineView};
use header_inspector::{Filter, Segment, Settings, View, inspect};

use file::{Format, Frame, Order};
use link::Link;
use random::Random;

const SEGMENTS: u64 = 200_000;
/// The most in one connection.
const MESSAGES: u64 = 12;
const RUNS: usize = 5;

fn main() {
    let capture = capture();
    println!("{SEGMENTS} segments, {} MB", capture.len() / 1_000_000);
    report("read", &capture, &|input| {
        input.read(&mut Frames);
    });
    report("decode", &capture, &|input| show(input, &mut Nothing));
    report("line", &capture, &|input| {
        show(input, &mut LineView::new(Settings::default()));
    });
    report("json", &capture, &|input| {
        show(input, &mut JsonView::new(Settings::default()));
    });
}

fn capture() -> Vec<u8> {
    let mut random = Random::from_seed(1);
    let mut conversations = conversation::Conversations::new(&mut random, MESSAGES);
    let (format, order) = (Format::Pcap, Order::Little);
    let mut capture = Vec::new();
    file::write_head(&mut capture, format, order, Link::Ethernet).expect("memory takes all");
    for number in 0..SEGMENTS {
        let packet = conversations.next_packet(&mut random);
        let frame = Frame::whole(number, link::plain(Link::Ethernet, order, &packet));
        file::write_frame(&mut capture, format, order, &frame, &mut random)
            .expect("memory takes all");
    }
    capture
}

/// A reader that only takes the frames.
struct Frames;

impl Reader for Frames {
    fn frame(&mut self, frame: header_inspector::Frame) -> ControlFlow<()> {
        std::hint::black_box(frame);
        ControlFlow::Continue(())
    }
}

/// A view that writes nothing: what is left is reading and decoding.
struct Nothing;

impl View for Nothing {
    fn segment(&mut self, segment: &Segment, _out: &mut Vec<u8>) {
        std::hint::black_box(segment);
    }
}

fn show(input: Input, view: &mut dyn View) {
    let summary = inspect(input, Filter::default(), view, &mut |out, _| {
        std::hint::black_box(&out);
        out.clear();
        ControlFlow::Continue(())
    });
    assert_eq!(summary.shown, SEGMENTS, "every segment was shown");
}

fn report(step: &str, capture: &[u8], run: &dyn Fn(Input)) {
    let best = (0..RUNS)
        .map(|_| time(capture, run))
        .min()
        .unwrap_or_default();
    let per_segment = best.as_nanos() / u128::from(SEGMENTS);
    let speed = capture.len() as f64 / best.as_secs_f64() / 1e6;
    println!("{step:8} {best:>10.1?} {per_segment:>6} ns a segment {speed:>7.0} MB/s");
}

fn time(capture: &[u8], run: &dyn Fn(Input)) -> Duration {
    let bytes = capture.to_vec();
    let start = Instant::now();
    let input = input::open_bytes(bytes, "the capture", From::Guess).expect("it is a capture");
    run(input);
    start.elapsed()
}
