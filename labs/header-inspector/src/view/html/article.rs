//! One segment: its picture, its bytes, and what they mean.

use super::super::Settings;
use super::super::explain::place;
use super::super::title::title;
use super::markup::Markup;
use super::{bytes, picture};
use crate::explain::{Field, answer, fields, steps};
use crate::{Lang, Segment};

/// A field in both languages.
pub(super) struct Pair {
    pub en: Field,
    pub ar: Field,
}

/// Returns the name by which the page ties a field's places together. Options share
/// the name `option`, so they are numbered.
pub(super) fn key(fields: &[Pair], index: usize) -> String {
    let name = fields[index].en.name.replace('_', "-");
    match name.as_str() {
        "option" => format!("option-{index}"),
        _ => name,
    }
}

/// Returns the article's name in the page's address.
pub(super) fn id(frame: u64, layer: u8) -> String {
    format!("frame-{frame}-{layer}")
}

pub(super) fn write(page: &mut Markup, segment: &Segment) {
    let arabic = fields(segment, Lang::Ar);
    let fields: Vec<Pair> = fields(segment, Lang::En)
        .into_iter()
        .zip(arabic)
        .map(|(en, ar)| Pair { en, ar })
        .collect();
    let id = id(segment.frame.number, segment.layer);
    page.raw(&format!("<article id=\"{id}\">\n<h2>"));
    page.both(&heading(segment, Lang::En), &heading(segment, Lang::Ar));
    page.raw("</h2>\n");
    problems(page, segment);
    picture::write(page, segment, &fields);
    bytes::write(page, segment, &fields);
    explanation(page, segment, &fields);
    expected(page, segment);
    sum(page, segment);
    page.raw("</article>\n");
}

fn heading(segment: &Segment, lang: Lang) -> String {
    let mut text = Vec::new();
    let settings = Settings {
        lang,
        ..Settings::default()
    };
    title(&mut text, segment, settings);
    String::from_utf8_lossy(&text).trim().to_owned()
}

fn explanation(page: &mut Markup, segment: &Segment, fields: &[Pair]) {
    page.raw("<table class=\"fields\">\n<tbody>\n");
    for (index, pair) in fields.iter().enumerate() {
        page.raw(&format!(
            "<tr data-field=\"{}\"><th scope=\"row\">",
            key(fields, index)
        ));
        page.both(&pair.en.title, &pair.ar.title);
        page.raw("<br><bdi class=\"value\">");
        page.text(&pair.en.value);
        page.raw("</bdi></th><td><p>");
        page.both(&pair.en.meaning, &pair.ar.meaning);
        page.raw("</p>");
        if let (Some(en), Some(ar)) = (pair.en.paper, pair.ar.paper) {
            page.raw("<p class=\"paper\">");
            page.both(en, ar);
            page.raw("</p>");
        }
        page.raw("<p class=\"rfc\">");
        page.both(
            &place(segment, &pair.en, Lang::En),
            &place(segment, &pair.ar, Lang::Ar),
        );
        page.raw(" · <span class=\"ltr\">");
        page.text(pair.en.rfc);
        page.raw("</span></p></td></tr>\n");
    }
    page.raw("</tbody>\n</table>\n");
}

fn problems(page: &mut Markup, segment: &Segment) {
    if segment.problems.is_empty() {
        return;
    }
    page.raw("<div class=\"problems\"><h3>");
    page.both("Problems", "مشكلات");
    page.raw("</h3><ul>\n");
    for problem in &segment.problems {
        page.raw("<li>");
        page.both(
            &problem.code.sentence(Lang::En),
            &problem.code.sentence(Lang::Ar),
        );
        page.raw(" <span class=\"rfc ltr\">");
        page.text(problem.code.rfc());
        page.raw("</span></li>\n");
    }
    page.raw("</ul></div>\n");
}

fn expected(page: &mut Markup, segment: &Segment) {
    let (Some(en), Some(ar)) = (answer(segment, Lang::En), answer(segment, Lang::Ar)) else {
        return;
    };
    page.raw("<h3>");
    page.both(
        "What the other side should answer",
        "بماذا ينبغي أن يجيب الطرف الآخر",
    );
    page.raw("</h3>\n<p>");
    page.both(&en.sentence, &ar.sentence);
    page.raw(" <span class=\"rfc ltr\">");
    page.text(en.rfc);
    page.raw("</span></p>\n");
}

/// Works the checksum step by step.
fn sum(page: &mut Markup, segment: &Segment) {
    let (Some(english), Some(arabic)) = (steps(segment, Lang::En), steps(segment, Lang::Ar)) else {
        return;
    };
    page.raw("<h3>");
    page.both("The checksum, added up", "حساب المجموع الاختباري");
    page.raw("</h3>\n<div class=\"scroll\"><table class=\"sum\">\n");
    for (en, ar) in english.iter().zip(&arabic) {
        page.raw("<tr><th scope=\"row\">");
        page.both(&en.what, &ar.what);
        page.raw("</th><td><code>");
        page.text(&en.words);
        page.raw(&format!(
            "</code></td><td><code>= {:04x}</code></td><td>",
            en.sum
        ));
        page.both("so far", "المجموع");
        page.raw(&format!(" <code>{:04x}</code></td></tr>\n", en.total));
    }
    let total = english.last().map_or(0, |step| step.total);
    page.raw("<tr><th scope=\"row\">");
    page.both("complement", "المتمم");
    page.raw(&format!(
        "</th><td colspan=\"3\"><code>ffff - {total:04x} = {:04x}</code></td></tr>\n</table></div>\n",
        !total
    ));
}
