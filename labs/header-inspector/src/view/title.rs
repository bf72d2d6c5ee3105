//! The line above a segment, and the problems below it.

use std::net::IpAddr;

use super::text::push;
use super::{Color, Settings};
use crate::{Lang, Segment};

/// Appends `Frame 4: 127.0.0.1:54146 to 127.0.0.1:55555 …` and an empty line.
pub(super) fn title(out: &mut Vec<u8>, segment: &Segment, settings: Settings) {
    let lang = settings.lang;
    let mut text = match lang {
        Lang::En => format!(
            "Frame {}: {} to {}",
            segment.frame.number,
            source(segment, lang),
            destination(segment, lang)
        ),
        Lang::Ar => format!(
            "الإطار {}: من {} إلى {}",
            lang.isolate(segment.frame.number),
            source(segment, lang),
            destination(segment, lang)
        ),
    };
    if segment.layer > 0 {
        let layer = segment.layer + 1;
        text += &lang.pick(
            format!(", TCP header {layer} in this frame"),
            format!("، ترويسة \u{2068}TCP\u{2069} رقم \u{2068}{layer}\u{2069} في هذا الإطار"),
        );
    }
    if segment.is_quoted() {
        text += lang.pick(
            ", quoted in an ICMP error",
            "، مقتبسة في رسالة خطأ \u{2068}ICMP\u{2069}",
        );
    }
    if segment.ip.as_ref().is_some_and(|ip| ip.is_fragment()) {
        text += lang.pick(", the first fragment of its packet", "، أول جزء من حزمتها");
    }
    push(out, &bold(&text, settings.color));
    push(out, "\n\n");
}

/// Appends the problems, one a line, each with its bytes and RFC section.
pub(super) fn problems(out: &mut Vec<u8>, segment: &Segment, settings: Settings) {
    if segment.problems.is_empty() {
        return;
    }
    let lang = settings.lang;
    push(out, &bold(lang.pick("Problems", "مشكلات"), settings.color));
    push(out, "\n");
    for problem in &segment.problems {
        let bytes = lang.isolate(range(&problem.at));
        let one = problem.at.len() <= 1;
        let (word, arabic) = if one {
            ("byte", "البايت")
        } else {
            ("bytes", "البايتات")
        };
        let text = lang.pick(
            format!(
                "  ! {word} {bytes}: {} ({})\n",
                problem.code.sentence(lang),
                problem.code.rfc()
            ),
            format!(
                "  ! {arabic} {bytes}: {} ({})\n",
                problem.code.sentence(lang),
                lang.isolate(problem.code.rfc())
            ),
        );
        push(out, &text);
    }
    push(out, "\n");
}

/// Returns `34-35`, or `34` for one byte.
pub(super) fn range(bytes: &std::ops::Range<usize>) -> String {
    match bytes.len() {
        0 | 1 => bytes.start.to_string(),
        _ => format!("{}-{}", bytes.start, bytes.end - 1),
    }
}

pub(super) fn bold(text: &str, color: Color) -> String {
    match color {
        Color::Plain => text.to_owned(),
        Color::Ansi => format!("\u{1b}[1m{text}\u{1b}[0m"),
    }
}

fn source(segment: &Segment, lang: Lang) -> String {
    let ip = segment.ip.as_ref().map(|ip| ip.src);
    name(ip, segment.header.src_port, lang)
}

fn destination(segment: &Segment, lang: Lang) -> String {
    let ip = segment.ip.as_ref().map(|ip| ip.dst);
    name(ip, segment.header.dst_port, lang)
}

/// Names an endpoint in a sentence; without an address only its port is known.
fn name(ip: Option<IpAddr>, port: Option<u16>, lang: Lang) -> String {
    match (ip, port) {
        (None, Some(port)) => lang.pick(
            format!("port {port}"),
            format!("المنفذ \u{2068}{port}\u{2069}"),
        ),
        _ => lang.isolate(end(ip, port)),
    }
}

/// Writes an endpoint as people do: what is not there is a question mark.
pub(super) fn end(ip: Option<IpAddr>, port: Option<u16>) -> String {
    let port = port.map_or("?".to_owned(), |port| port.to_string());
    match ip {
        Some(IpAddr::V6(ip)) => format!("[{ip}]:{port}"),
        Some(ip) => format!("{ip}:{port}"),
        None => format!("?:{port}"),
    }
}
