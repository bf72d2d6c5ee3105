//! The `html` view: one page that a lecturer puts on a screen, and that prints.
//!
//! ```text
//! each segment ─▶ article   its picture, bytes, explanation: written at once, kept
//!              ─▶ Ladders   at the end: one list of arrows for each conversation
//! page.html ◀─ page.css, page.js, ladder, articles
//! ```
//!
//! Both languages are in the page, and a button shows the one or the other. It asks
//! the network for nothing, and whatever was captured is escaped.

mod article;
mod bytes;
mod ladder;
mod markup;
mod picture;

use super::{Settings, View};
use crate::explain::general;
use crate::ladder::Ladders;
use crate::{Lang, Segment, Time};
use markup::Markup;

/// Segments drawn: some 8 MB of page, and more than anybody looks at one by one.
const MAX_SEGMENTS: u64 = 250;

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// Writes one self-contained page when the capture has been read.
pub struct HtmlView {
    settings: Settings,
    segments: u64,
    start: Option<Time>,
    ladders: Ladders,
    /// Segments that belong to no conversation: cut, or without addresses.
    alone: Markup,
    articles: Markup,
}

impl HtmlView {
    pub fn new(settings: Settings) -> HtmlView {
        HtmlView {
            settings,
            segments: 0,
            start: None,
            ladders: Ladders::default(),
            alone: Markup::default(),
            articles: Markup::default(),
        }
    }
}

impl View for HtmlView {
    fn segment(&mut self, segment: &Segment, _out: &mut Vec<u8>) {
        self.segments += 1;
        if self.segments > MAX_SEGMENTS {
            return;
        }
        self.start = self.start.or(segment.frame.time);
        if segment.place.is_some() {
            self.ladders.add(segment);
        } else {
            ladder::lone_row(&mut self.alone, segment);
        }
        article::write(&mut self.articles, segment);
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        let ladders = std::mem::take(&mut self.ladders).finish();
        let mut rest = PAGE;
        // The template's braces stand around names only.
        while let Some((before, after)) = rest.split_once('{') {
            out.extend_from_slice(before.as_bytes());
            let (name, after) = after
                .split_once('}')
                .expect("the template closes its braces");
            out.extend_from_slice(self.part(name, &ladders).as_bytes());
            rest = after;
        }
        out.extend_from_slice(rest.as_bytes());
    }
}

impl HtmlView {
    /// Returns what stands in the template's place of this name.
    fn part(&self, name: &str, ladders: &[crate::ladder::Ladder]) -> String {
        let mut part = Markup::default();
        match name {
            "lang" => part.raw(self.settings.lang.pick("en", "ar")),
            "dir" => part.raw(self.settings.lang.pick("ltr", "rtl")),
            "title" => part.text(self.settings.lang.pick(HEADING.0, HEADING.1)),
            "heading" => part.both(HEADING.0, HEADING.1),
            "style" => part.raw(STYLE),
            "script" => part.raw(SCRIPT),
            "theme" => part.both("Light or dark", "فاتح أو داكن"),
            "print" => part.both("Print", "طباعة"),
            "summary" => self.summary(&mut part, ladders.len()),
            "notes" => self.notes(&mut part),
            "hint" => hint(&mut part),
            "ladder" => {
                for each in ladders {
                    ladder::write(&mut part, each, self.start);
                }
                part.raw(&ladder::alone(&self.alone));
            }
            "articles" => part.raw(self.articles.as_str()),
            unknown => unreachable!("the template names {unknown}"),
        }
        part.into_string()
    }

    fn summary(&self, part: &mut Markup, conversations: usize) {
        let segments = self.segments;
        part.both(
            &format!("Segments: {segments}. Conversations drawn: {conversations}."),
            &format!("عدد المقاطع: {segments}. عدد المحادثات المرسومة: {conversations}."),
        );
    }

    fn notes(&self, part: &mut Markup) {
        let segments = self.segments;
        if segments > MAX_SEGMENTS {
            part.raw("<p class=\"note\">");
            part.both(
                &format!("The first {MAX_SEGMENTS} of {segments} segments are drawn; --port or --frame picks others."),
                &format!("رُسم أول \u{2068}{MAX_SEGMENTS}\u{2069} مقطعًا من \u{2068}{segments}\u{2069}؛ اختر غيرها بالخيار \u{2068}--port\u{2069} أو \u{2068}--frame\u{2069}."),
            );
            part.raw("</p>\n");
        }
    }
}

const HEADING: (&str, &str) = ("TCP, segment by segment", "بروتوكول TCP مقطعًا بعد مقطع");

fn hint(part: &mut Markup) {
    part.raw("<p class=\"hint\">");
    part.both(
        "Choose a segment with the mouse or with the up and down keys. Point at a field, or go through the picture with the arrow keys: its bytes and its explanation light up. A click keeps them lit, Escape lets them go.",
        "اختر مقطعًا بالفأرة أو بمفتاحي الأعلى والأسفل. أشر إلى حقل، أو تنقل في الرسم بمفاتيح الأسهم: تضيء بايتاته وشرحه. النقر يبقيها مضاءة، ومفتاح \u{2068}Escape\u{2069} يطفئها.",
    );
    part.raw("</p>\n<p class=\"paper\">");
    part.both(general(Lang::En), general(Lang::Ar));
    part.raw("</p>\n");
}
