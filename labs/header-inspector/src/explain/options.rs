//! The options, one field each.

use super::{About, Field, iso, paper};
use crate::lang::{bytes_in_arabic, bytes_in_english};
use crate::tcp::{TcpHeader, TcpOption, Value};

pub(super) fn fields(about: &About) -> Vec<Field> {
    let mut fields: Vec<Field> = about
        .segment
        .options()
        .map(|each| field(about, &each))
        .collect();
    if let Some(first) = fields.first_mut() {
        first.paper = Some(paper::options(about.lang));
    }
    fields
}

fn field(about: &About, option: &TcpOption) -> Field {
    let start = TcpHeader::SIZE + option.at;
    let (value, meaning, rfc) = explain(about, option);
    let title = (
        format!("Option: {}", option.name()),
        format!("خيار: {}", arabic(option.kind)),
    );
    about
        .field(
            "option",
            (&title.0, &title.1),
            start..start + option.bytes.len(),
        )
        .value(value)
        .meaning(meaning)
        .rfc(rfc)
}

fn arabic(kind: u8) -> &'static str {
    match kind {
        0 => "نهاية قائمة الخيارات",
        1 => "لا عمل",
        2 => "أكبر حجم للمقطع",
        3 => "مقياس النافذة",
        4 => "السماح بالإقرار الانتقائي",
        5 => "إقرار انتقائي",
        8 => "طوابع زمنية",
        _ => "نوع آخر",
    }
}

/// Returns an option's value, what it means here, and where that is laid down.
fn explain(about: &About, option: &TcpOption) -> (String, String, &'static str) {
    match option.value {
        Value::End => (
            String::new(),
            about.say(
                "The options end here, before the header does; only zero padding may follow.",
                "تنتهي الخيارات هنا قبل نهاية الترويسة؛ ولا يتبعها إلا حشو من أصفار.",
            ),
            "RFC 9293 §3.1, §3.2",
        ),
        Value::Nop => (
            String::new(),
            about.say(
                "One byte that says nothing: it aligns the option after it.",
                "بايت واحد لا يقول شيئًا: يحاذي الخيار الذي يليه.",
            ),
            "RFC 9293 §3.2",
        ),
        Value::Mss(size) => (
            size.to_string(),
            about.say(
                format!("The sender of this segment takes segments with up to {size} bytes of data, less the space that options use."),
                format!("يقبل مرسِل هذا المقطع مقاطع فيها {} من البيانات على الأكثر، ينقص منها ما تشغله الخيارات.", bytes_in_arabic(size)),
            ),
            "RFC 9293 §3.2, §3.7.1",
        ),
        Value::WindowScale(shift) => scale(about, shift),
        Value::SackPermitted => (
            String::new(),
            about.say(
                "The sender understands selective acknowledgments.",
                "يفهم المرسِل الإقرار الانتقائي.",
            ),
            "RFC 2018 §2",
        ),
        Value::Sack(blocks) => sack(about, blocks),
        Value::Timestamps { value, echo } => timestamps(about, value, echo),
        Value::Other(data) => other(about, option.kind, data),
        Value::Flawed(_) => (
            about.say("unreadable", "غير مقروء"),
            about.say(
                "It cannot be read: the options end before it does, or its length makes no sense.",
                "لا يمكن قراءته: تنتهي الخيارات قبله، أو طوله غير معقول.",
            ),
            "RFC 9293 §3.1",
        ),
    }
}

fn scale(about: &About, shift: u8) -> (String, String, &'static str) {
    let factor = 1u32 << shift.min(14);
    let meaning = about.say(
        format!("If both SYNs have this option, windows that this sender announces later count {factor} bytes each. This SYN's own window is not scaled."),
        format!("إن كان هذا الخيار في مقطعي {} كليهما، فكل وحدة من النوافذ التي يعلنها هذا المرسِل لاحقًا {}. أما نافذة هذا المقطع نفسه فلا تُقاس به.", iso("SYN"), bytes_in_arabic(factor)),
    );
    (shift.to_string(), meaning, "RFC 7323 §2.2, §2.3")
}

fn sack(about: &About, blocks: &[u8]) -> (String, String, &'static str) {
    let edge = |bytes: &[u8]| u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    let listed: Vec<String> = blocks
        .chunks_exact(8)
        .map(|block| format!("{}-{}", edge(block), edge(&block[4..]).wrapping_sub(1)))
        .collect();
    let meaning = about.say(
        "These bytes have arrived although some before them are missing.",
        "وصلت هذه البايتات مع أن بعض ما قبلها مفقود.",
    );
    (listed.join(", "), meaning, "RFC 2018 §3")
}

fn timestamps(about: &About, value: u32, echo: u32) -> (String, String, &'static str) {
    let meaning = if about.segment.header.flags.is_some_and(|flags| flags.ack()) {
        about.say(
            format!("The sender's clock says {value}; {echo} is what the other side's clock said, sent back, from which it measures the round trip."),
            format!("ساعة المرسِل {}؛ و{} ما قالته ساعة الطرف الآخر، يُعاد إليه ليقيس به زمن الذهاب والإياب.", iso(value), iso(echo)),
        )
    } else {
        about.say(
            format!("The sender's clock says {value}. The echo counts only in segments with ACK."),
            format!(
                "ساعة المرسِل {}. ولا معنى للصدى إلا في مقاطع فيها {}.",
                iso(value),
                iso("ACK")
            ),
        )
    };
    (format!("{value}, {echo}"), meaning, "RFC 7323 §3.2")
}

fn other(about: &About, kind: u8, data: &[u8]) -> (String, String, &'static str) {
    let hex: String = data.iter().map(|byte| format!("{byte:02x}")).collect();
    let meaning = about.say(
        format!("An option of kind {kind} with {} of data, not taken apart here. A receiver that does not know it ignores it.", bytes_in_english(data.len())),
        format!("خيار نوعه {} وطول بياناته {}، لا يُفصَّل هنا. ويتجاهله من لا يعرفه.", iso(kind), bytes_in_arabic(data.len())),
    );
    (hex, meaning, "RFC 9293 §3.1")
}
