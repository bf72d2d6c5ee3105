//! The fields that tell sizes: data offset and window, and the data itself.

use super::{About, Field, iso, paper};
use crate::lang::{bytes_in_arabic, bytes_in_english};
use crate::tcp::TcpHeader;
use crate::text::preview;

/// Characters of data that are shown.
const SHOWN: usize = 60;

pub(super) fn data_offset(about: &About) -> Option<Field> {
    let words = about.segment.header.data_offset?;
    let meaning = match about.segment.header.size() {
        Some(size) if about.segment.payload_len.is_none() => {
            let length = about.segment.span.end - about.segment.span.at;
            about.say(
                format!("{words} words of 4 bytes: the header would take {size} bytes, but the segment has only {length}."),
                format!("عدد الكلمات {}، في كل منها {}: طول الترويسة {}، وليس في المقطع إلا {}.", iso(words), bytes_in_arabic(4u8), bytes_in_arabic(size), iso(length)),
            )
        }
        Some(size) => {
            let options = size - TcpHeader::SIZE;
            let mut meaning = about.say(
                format!("{words} words of 4 bytes: the header takes {size} bytes, {options} of them options."),
                format!("عدد الكلمات {}، في كل منها {}: تشغل الترويسة {}، منها {} للخيارات.", iso(words), bytes_in_arabic(4u8), bytes_in_arabic(size), iso(options)),
            );
            meaning.push(' ');
            meaning += &data_start(about, size);
            meaning
        }
        None => about.say(
            "A header has at least 5 words, so this value is wrong, and nobody can tell where the data begins.",
            format!("أقل ترويسة {} كلمات، فهذه القيمة خاطئة، ولا يُعرف أين تبدأ البيانات.", iso(5)),
        ),
    };
    let field = about.field("data_offset", ("Data Offset", "إزاحة البيانات"), 12..13);
    Some(
        field
            .bits(0..4)
            .value(words)
            .meaning(meaning)
            .paper(paper::data_offset(about.lang)),
    )
}

/// Tells where the data begins, if there is any.
fn data_start(about: &About, size: usize) -> String {
    let start = about.segment.offset() + size;
    match about.segment.payload_len {
        Some(0) => about.say("No data follows.", "ولا بيانات بعدها."),
        _ => about.say(
            format!("The data begins at byte {start} of the frame."),
            format!("تبدأ البيانات عند البايت {} من الإطار.", iso(start)),
        ),
    }
}

pub(super) fn window(about: &About) -> Option<Field> {
    let header = &about.segment.header;
    let window = header.window?;
    let scaled = about.segment.place.and_then(|place| place.window_scaled);
    let meaning = match (header.flags?.syn(), scaled) {
        (true, _) => about.say(
            format!("The sender of this segment will accept {}. A window in a SYN is never scaled.", bytes_in_english(window)),
            format!("يقبل مرسِل هذا المقطع {}. ولا تُقاس النافذة بمقياس في مقطع {}.", bytes_in_arabic(window), iso("SYN")),
        ),
        (false, Some(bytes)) if bytes != u32::from(window) => about.say(
            format!("The sender of this segment will accept {} from the acknowledgment number on: {window} x {}, the scale that its SYN announced.", bytes_in_english(bytes), bytes / u32::from(window).max(1)),
            format!("يقبل مرسِل هذا المقطع {} ابتداءً من رقم الإقرار: {}، وهو المقياس الذي أعلنه مقطع {} منه.", bytes_in_arabic(bytes), iso(format!("{window} x {}", bytes / u32::from(window).max(1))), iso("SYN")),
        ),
        (false, Some(bytes)) => about.say(
            format!("The sender of this segment will accept {} from the acknowledgment number on.", bytes_in_english(bytes)),
            format!("يقبل مرسِل هذا المقطع {} ابتداءً من رقم الإقرار.", bytes_in_arabic(bytes)),
        ),
        (false, None) => about.say(
            "How much the sender of this segment will accept from the acknowledgment number on. Its unit is unknown: the SYNs, which announce the scale, were not seen.",
            format!("مقدار ما يقبله مرسِل هذا المقطع ابتداءً من رقم الإقرار. وحدته غير معروفة: مقطعا {} اللذان يعلنان المقياس لم يُلتقطا.", iso("SYN")),
        ),
    };
    let field = about.field("window", ("Window", "نافذة"), 14..16);
    Some(
        field
            .value(window)
            .meaning(meaning)
            .rfc("RFC 9293 §3.1, §3.8.6; RFC 7323 §2.2, §2.3")
            .paper(paper::window(about.lang)),
    )
}

pub(super) fn data(about: &About) -> Option<Field> {
    let segment = about.segment;
    let length = segment.payload_len.filter(|&length| length > 0)?;
    let start = segment.header.size()?;
    let there = segment.payload.len();
    let mut meaning = about.say(
        "Bytes of the stream, in order. TCP keeps no message boundaries: where one message ends, the programs must agree.",
        format!("بايتات من الدفق بترتيبها. لا يحفظ {} حدود الرسائل: على البرامج أن تتفق أين تنتهي كل رسالة.", iso("TCP")),
    );
    if there < length {
        meaning.push(' ');
        meaning += &about.say(
            format!("Only {there} of them were captured."),
            format!("ولم يُلتقط منها إلا {}.", iso(there)),
        );
    }
    let value = about.say(bytes_in_english(length), bytes_in_arabic(length));
    let text = preview(segment.payload, SHOWN);
    let field = about.field("payload", ("Data", "حمولة"), start..start + there);
    let value = if text.is_empty() {
        value
    } else {
        format!("{value}  {}", about.say(text.clone(), iso(&text)))
    };
    Some(
        field
            .value(value)
            .meaning(meaning)
            .rfc("RFC 9293 §2.2, §3.7"),
    )
}
