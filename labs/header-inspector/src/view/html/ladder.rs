//! A conversation as a list of arrows, in the paper's three phases.

use super::article::id;
use super::markup::Markup;
use crate::conversation::{Direction, Phase};
use crate::ladder::{Ladder, Rung};
use crate::view::ladder::{ending, phase, remark};
use crate::view::text::elapsed;
use crate::view::title::end;
use crate::{Lang, Segment, Time};

pub(super) fn write(page: &mut Markup, ladder: &Ladder, start: Option<Time>) {
    page.raw("<section class=\"conversation\">\n<h2>");
    page.both(
        &format!("Conversation {}", ladder.stream),
        &format!("المحادثة {}", ladder.stream),
    );
    page.raw("</h2>\n<div class=\"ends\"><span>");
    page.text(&ladder.left.to_string());
    page.raw("</span><span>");
    page.text(&ladder.right.to_string());
    page.raw("</span></div>\n");
    for rungs in ladder.rungs.chunk_by(|a, b| a.phase == b.phase) {
        phase_list(page, ladder, rungs, start);
    }
    page.raw("<p class=\"rfc\">");
    page.both(ending(ladder, Lang::En), ending(ladder, Lang::Ar));
    page.raw("</p>\n</section>\n");
}

fn phase_list(page: &mut Markup, ladder: &Ladder, rungs: &[Rung], start: Option<Time>) {
    let Some(first) = rungs.first() else { return };
    let class = match first.phase {
        Phase::Establishing => "establishing",
        Phase::Transferring => "transferring",
        Phase::Closing => "closing",
    };
    page.raw(&format!("<div class=\"phase {class}\">\n<h3>"));
    let ((en, rfc), (ar, _)) = (
        phase(first.phase, ladder, Lang::En),
        phase(first.phase, ladder, Lang::Ar),
    );
    page.both(en, ar);
    page.raw(&format!(
        " <span class=\"ltr\">RFC 9293 {rfc}</span></h3>\n<ol>\n"
    ));
    for rung in rungs {
        row(page, ladder, rung, start);
    }
    page.raw("</ol>\n</div>\n");
}

fn row(page: &mut Markup, ladder: &Ladder, rung: &Rung, start: Option<Time>) {
    let (class, from, to) = match rung.direction {
        Direction::Forward => ("forward", ladder.left, ladder.right),
        Direction::Backward => ("backward", ladder.right, ladder.left),
    };
    page.raw(&format!(
        "<li><a class=\"row {class}\" href=\"#{}\"><span class=\"what\"><span class=\"number\">{}</span><b>",
        id(rung.frame, rung.layer),
        rung.frame
    ));
    page.text(&rung.label);
    page.raw("</b><span class=\"time\">");
    page.text(&time(rung.time, start));
    // The arrow is drawn by the style sheet; a screen reader says the ports.
    page.raw(&format!(
        "</span></span><span class=\"arrow\" role=\"img\" aria-label=\"{} → {}\"></span>",
        from.port, to.port
    ));
    if !rung.data.is_empty() {
        page.raw("<bdi class=\"text\">");
        page.text(&rung.data);
        page.raw("</bdi>");
    }
    let remarks = (remark(rung.remark, Lang::En), remark(rung.remark, Lang::Ar));
    if !remarks.0.is_empty() {
        page.raw(" <span class=\"rfc\">");
        page.both(remarks.0, remarks.1);
        page.raw("</span>");
    }
    page.raw("</a></li>\n");
}

fn time(at: Option<Time>, start: Option<Time>) -> String {
    let mut text = Vec::new();
    if let (Some(at), Some(start)) = (at, start) {
        elapsed(&mut text, at, start);
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Writes the row of a segment that belongs to no conversation.
pub(super) fn lone_row(page: &mut Markup, segment: &Segment) {
    let (number, header) = (segment.frame.number, &segment.header);
    let ip = segment.ip.as_ref();
    page.raw(&format!(
        "<li><a class=\"row lone\" href=\"#{}\"><span class=\"what\"><span class=\"number\">{number}</span><b>",
        id(number, segment.layer)
    ));
    page.text(&end(ip.map(|ip| ip.src), header.src_port));
    page.raw(" → ");
    page.text(&end(ip.map(|ip| ip.dst), header.dst_port));
    page.raw("</b></span></a></li>\n");
}

/// Returns the list of those segments, or nothing if there are none.
pub(super) fn alone(rows: &Markup) -> String {
    let mut page = Markup::default();
    if !rows.as_str().is_empty() {
        page.raw("<section class=\"conversation\">\n<h2>");
        page.both("Without a conversation", "بلا محادثة");
        page.raw("</h2>\n<div class=\"phase\"><ol>\n");
        page.raw(rows.as_str());
        page.raw("</ol></div>\n</section>\n");
    }
    page.into_string()
}
