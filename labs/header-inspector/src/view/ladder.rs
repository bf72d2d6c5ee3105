//! The `ladder` view: a whole conversation at a glance, its three phases marked.
//!
//! ```text
//!       4  0.000053  │───── seq 1 len 6 ack 1 ────▶│  "hello\n"
//!       5  0.000058  │◀─────────── ack 7 ──────────│
//! ```
//!
//! Text comes last on its line, so that Arabic in it cannot shift the ladder.

use super::text::{elapsed, push};
use super::title::bold;
use super::{Color, Settings, View};
use crate::conversation::{Direction, Ending, Phase};
use crate::ladder::{Ladder, Ladders, Remark, Rung};
use crate::lang::bytes_in_english;
use crate::{Lang, Segment, Time};

/// Columns between the two walls.
const LANE: usize = 36;
/// Columns before the left wall: frame number and time.
const MARGIN: usize = 20;

/// Draws each conversation when the capture has been read.
pub struct LadderView {
    settings: Settings,
    ladders: Ladders,
    start: Option<Time>,
}

impl LadderView {
    pub fn new(settings: Settings) -> LadderView {
        LadderView {
            settings,
            ladders: Ladders::default(),
            start: None,
        }
    }

    fn ladder(&self, out: &mut Vec<u8>, ladder: &Ladder) {
        self.head(out, ladder);
        let mut phase = None;
        for rung in &ladder.rungs {
            if phase != Some(rung.phase) {
                phase = Some(rung.phase);
                self.phase(out, rung.phase, ladder);
            }
            self.rung(out, rung);
        }
        if ladder.left_out > 0 {
            let count = ladder.left_out;
            push(out, &self.settings.lang.pick(
                format!("… and {count} more segments, not drawn; --port or --frame picks some\n"),
                format!("… ومقاطع أخرى لم تُرسم، وعددها \u{2068}{count}\u{2069}؛ اختر منها بالخيار \u{2068}--port\u{2069} أو \u{2068}--frame\u{2069}\n"),
            ));
        }
        self.foot(out, ladder);
    }

    fn head(&self, out: &mut Vec<u8>, ladder: &Ladder) {
        let lang = self.settings.lang;
        let (left, right) = (ladder.left.to_string(), ladder.right.to_string());
        let title = lang.pick(
            format!("Conversation {}: {left} and {right}", ladder.stream),
            format!(
                "المحادثة {}: {} و{}",
                lang.isolate(ladder.stream),
                lang.isolate(&left),
                lang.isolate(&right)
            ),
        );
        push(out, &format!("{}\n", bold(&title, self.settings.color)));
        if let [Some(a), Some(b)] = ladder.isn {
            push(
                out,
                &lang.pick(
                    format!("Numbers count from the initial ones, {a} and {b}.\n"),
                    format!(
                        "الأرقام معدودة من الرقمين الابتدائيين، {} و{}.\n",
                        lang.isolate(a),
                        lang.isolate(b)
                    ),
                ),
            );
        }
        push(out, "\n");
        let gap = (LANE + 2).saturating_sub(left.chars().count() + right.chars().count());
        push(
            out,
            &format!(
                "{}{left}{}{right}\n",
                " ".repeat(MARGIN),
                " ".repeat(gap.max(2))
            ),
        );
    }

    fn phase(&self, out: &mut Vec<u8>, phase: Phase, ladder: &Ladder) {
        let lang = self.settings.lang;
        let (name, rfc) = self::phase(phase, ladder, lang);
        // The name comes last on its line: Arabic before the lane would shift it.
        let line = format!(
            "{}├{}┤  {} ({})",
            " ".repeat(MARGIN),
            "┄".repeat(LANE),
            lang.isolate(name),
            lang.isolate(format!("RFC 9293 {rfc}"))
        );
        push(out, &format!("{}\n", bold(&line, self.settings.color)));
    }

    fn rung(&self, out: &mut Vec<u8>, rung: &Rung) {
        push(out, &format!("{:>7}", rung.frame));
        let mut time = Vec::new();
        if let (Some(at), Some(start)) = (rung.time, self.start) {
            elapsed(&mut time, at, start);
        }
        push(out, &format!("{:>12} ", String::from_utf8_lossy(&time)));
        let arrow = arrow(rung);
        match (self.settings.color, rung.direction) {
            (Color::Plain, _) => push(out, &format!("│{arrow}│")),
            (Color::Ansi, Direction::Forward) => {
                push(out, &format!("│\u{1b}[36m{arrow}\u{1b}[0m│"))
            }
            (Color::Ansi, Direction::Backward) => {
                push(out, &format!("│\u{1b}[33m{arrow}\u{1b}[0m│"))
            }
        }
        let remark = remark(rung.remark, self.settings.lang);
        for text in [remark, &self.settings.lang.isolate(&rung.data)] {
            if !text.is_empty() && text != "\u{2068}\u{2069}" {
                push(out, &format!("  {text}"));
            }
        }
        push(out, "\n");
    }

    fn foot(&self, out: &mut Vec<u8>, ladder: &Ladder) {
        let lang = self.settings.lang;
        let ending = ending(ladder, lang);
        let [there, back] = ladder.bytes;
        push(
            out,
            &lang.pick(
                format!(
                    "\n{} went right, {} left; {ending}.\n",
                    bytes_in_english(there),
                    bytes_in_english(back)
                ),
                format!(
                    "\nالبايتات إلى اليمين: {}، وإلى اليسار: {}؛ {ending}.\n",
                    lang.isolate(there),
                    lang.isolate(back)
                ),
            ),
        );
    }
}

impl View for LadderView {
    fn segment(&mut self, segment: &Segment, _out: &mut Vec<u8>) {
        self.start = self.start.or(segment.frame.time);
        self.ladders.add(segment);
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        let ladders = std::mem::take(&mut self.ladders);
        let homeless = ladders.homeless;
        for (i, ladder) in ladders.finish().iter().enumerate() {
            if i > 0 {
                push(out, "\n\n");
            }
            self.ladder(out, ladder);
        }
        if homeless > 0 {
            push(out, &self.settings.lang.pick(
                format!("\n{homeless} TCP headers more are not drawn: cut before their ports, or too many.\n"),
                format!("\nترويسات أخرى لم تُرسم، وعددها \u{2068}{homeless}\u{2069}: مبتورة قبل منفذيها أو زائدة على الحد.\n"),
            ));
        }
    }
}

/// Draws a segment between the walls, its label in the middle.
fn arrow(rung: &Rung) -> String {
    let dash = if rung.remark == Remark::Quoted {
        '┄'
    } else {
        '─'
    };
    // A label that does not fit makes its own rung wider: a number is never cut.
    let label = &rung.label;
    let free = (LANE - 1).saturating_sub(label.chars().count() + 2).max(2);
    let (before, after) = (free / 2, free - free / 2);
    let line = |count: usize| dash.to_string().repeat(count);
    match rung.direction {
        Direction::Forward => format!("{} {label} {}▶", line(before), line(after)),
        Direction::Backward => format!("◀{} {label} {}", line(after), line(before)),
    }
}

/// Names a phase, and the section of RFC 9293 that is about it.
pub(super) fn phase(phase: Phase, ladder: &Ladder, lang: Lang) -> (&'static str, &'static str) {
    match phase {
        Phase::Establishing => (lang.pick("1 establishing", "1 إنشاء الاتصال"), "§3.5"),
        Phase::Transferring => (lang.pick("2 transferring", "2 نقل البيانات"), "§3.8"),
        Phase::Closing if matches!(ladder.ending(), Ending::Aborted | Ending::Refused) => (
            lang.pick("3 closing, by reset", "3 إنهاء الاتصال بالقطع"),
            "§3.5.2",
        ),
        Phase::Closing => (lang.pick("3 closing", "3 إنهاء الاتصال"), "§3.6"),
    }
}

/// Says how a conversation ended.
pub(super) fn ending(ladder: &Ladder, lang: Lang) -> &'static str {
    match ladder.ending() {
        Ending::Open => lang.pick(
            "still open where the capture ends",
            "ما زال الاتصال مفتوحًا عند نهاية الالتقاط",
        ),
        Ending::HalfClosed => lang.pick(
            "closed in one direction only",
            "أُغلق الاتصال في اتجاه واحد فقط",
        ),
        Ending::Closed => lang.pick("closed by both sides", "أغلق الطرفان الاتصال"),
        Ending::Aborted => lang.pick("aborted by a reset", "قُطع الاتصال"),
        Ending::Refused => lang.pick("refused by a reset", "رُفض الاتصال بالقطع"),
    }
}

/// Says in brackets what is worth saying about a rung, if anything is.
pub(super) fn remark(remark: Remark, lang: Lang) -> &'static str {
    match remark {
        Remark::None => "",
        Remark::Retransmission => lang.pick("(retransmission)", "(إعادة إرسال)"),
        Remark::OutOfOrder => lang.pick("(out of order)", "(خارج الترتيب)"),
        Remark::AfterGap => lang.pick(
            "(previous segment not captured)",
            "(المقطع السابق لم يُلتقط)",
        ),
        Remark::DuplicateAck => lang.pick("(duplicate ACK)", "(إقرار مكرر)"),
        Remark::ZeroWindow => lang.pick("(zero window)", "(نافذة صفرية)"),
        Remark::KeepAlive => lang.pick("(keep-alive)", "(إبقاء الاتصال حيًا)"),
        Remark::Quoted => lang.pick(
            "(quoted in an ICMP error)",
            "(مقتبس في رسالة خطأ \u{2068}ICMP\u{2069})",
        ),
        Remark::Problems => lang.pick("(has problems)", "(فيه مشكلات)"),
    }
}
