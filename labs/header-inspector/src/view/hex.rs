//! The `hex` view: the frame as the hexdump crate prints it, the fields marked below.
//!
//! ```text
//! |d382d903 009b98bf 00000000 a002ffd7| ................ 00000022
//!  └──┘└──┘ └──────┘ └──────┘ └──┘└──┘
//!  src dst  seq      ack      ctl win
//! ```

use std::ops::Range;

use hexdump::hexdump_iter;

use super::text::push;
use super::title::{problems, title};
use super::{Color, Settings, View};
use crate::Segment;
use crate::tcp::TcpHeader;

/// Bytes that the hexdump crate prints a line, and how many it prints together.
const LINE: usize = 16;
const GROUP: usize = 4;

const LEGEND: &str = "\nlink, IP: the headers before TCP. src, dst: ports. seq, ack: sequence and
acknowledgment numbers. ctl: data offset and flags. win: window. sum: checksum.
urg: urgent pointer. Then the options, and the data.\n\n";
const LEGEND_AR: &str = "
\u{2068}link, IP\u{2069}: الترويسات قبل \u{2068}TCP\u{2069}
\u{2068}src, dst\u{2069}: منفذ المصدر ومنفذ الوجهة
\u{2068}seq, ack\u{2069}: الرقم المتسلسل ورقم الإقرار
\u{2068}ctl\u{2069}: إزاحة البيانات والأعلام
\u{2068}win, sum, urg\u{2069}: النافذة والمجموع الاختباري ومؤشر العاجل
\u{2068}data\u{2069}: الحمولة، وقبلها الخيارات بأسمائها\n\n";

/// Prints each segment's frame, with the header's fields marked.
pub struct HexView {
    settings: Settings,
}

impl HexView {
    pub fn new(settings: Settings) -> HexView {
        HexView { settings }
    }
}

/// A named stretch of bytes.
struct Mark {
    name: String,
    at: Range<usize>,
}

impl View for HexView {
    fn segment(&mut self, segment: &Segment, out: &mut Vec<u8>) {
        title(out, segment, self.settings);
        let marks = marks(segment);
        let lines = hexdump_iter(segment.frame.bytes);
        let last = segment.frame.bytes.len().div_ceil(LINE);
        for (i, line) in lines.enumerate().take(last) {
            push(out, &line);
            push(out, "\n");
            let at = i * LINE..((i + 1) * LINE).min(segment.frame.bytes.len());
            self.brackets(out, &marks, &at);
        }
        push(out, self.settings.lang.pick(LEGEND, LEGEND_AR));
        problems(out, segment, self.settings);
    }
}

impl HexView {
    fn brackets(&self, out: &mut Vec<u8>, marks: &[Mark], line: &Range<usize>) {
        let mut brackets = vec![' '; column(LINE) + 1];
        let mut names = brackets.clone();
        for mark in marks {
            let start = mark.at.start.max(line.start);
            let end = mark.at.end.min(line.end);
            if start >= end {
                continue;
            }
            let (left, right) = (column(start - line.start), column(end - 1 - line.start) + 1);
            brackets[left..=right].fill('─');
            if start == mark.at.start {
                brackets[left] = '└';
            }
            if end == mark.at.end {
                brackets[right] = '┘';
            }
            // One column stays free, so that neighbours do not run together.
            for (place, letter) in names[left..right].iter_mut().zip(mark.name.chars()) {
                *place = letter;
            }
        }
        for row in [brackets, names] {
            let text: String = row.into_iter().collect();
            let text = text.trim_end();
            if !text.is_empty() {
                self.marking(out, text);
            }
        }
    }

    fn marking(&self, out: &mut Vec<u8>, text: &str) {
        match self.settings.color {
            Color::Plain => push(out, &format!("{text}\n")),
            Color::Ansi => push(out, &format!("\u{1b}[36m{text}\u{1b}[0m\n")),
        }
    }
}

/// Returns the column of a byte's first digit in the hexdump crate's line.
fn column(byte: usize) -> usize {
    1 + 2 * byte + byte / GROUP
}

fn marks(segment: &Segment) -> Vec<Mark> {
    let tcp = segment.offset();
    let ip = segment.ip.as_ref().map_or(tcp, |ip| ip.offset);
    let mut marks = vec![mark("link", 0..ip), mark("IP", ip..tcp)];
    let fields = [
        ("src", 0..2),
        ("dst", 2..4),
        ("seq", 4..8),
        ("ack", 8..12),
        ("ctl", 12..14),
        ("win", 14..16),
        ("sum", 16..18),
        ("urg", 18..20),
    ];
    marks.extend(fields.map(|(name, at)| mark(name, tcp + at.start..tcp + at.end)));
    marks.extend(segment.options().map(|option| {
        let start = tcp + TcpHeader::SIZE + option.at;
        mark(option.name(), start..start + option.bytes.len())
    }));
    if let Some(size) = segment.header.size() {
        marks.push(mark("data", tcp + size..tcp + size + segment.payload.len()));
    }
    marks
}

fn mark(name: &str, at: Range<usize>) -> Mark {
    Mark {
        name: name.into(),
        at,
    }
}
