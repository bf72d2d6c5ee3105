//! The checksum: what its field says, and the sum worked step by step.

use super::{About, Field, iso, paper};
use crate::tcp::{PseudoHeader, Status, TcpHeader, add, sum_words};
use crate::{Lang, Segment};

pub(super) fn field(about: &About) -> Option<Field> {
    let value = about.segment.header.checksum?;
    let field = about.field("checksum", ("Checksum", "مجموع اختباري"), 16..18);
    Some(
        field
            .value(format!("0x{value:04x}"))
            .meaning(meaning(about, value))
            .rfc("RFC 9293 §3.1; RFC 8200 §8.1")
            .paper(paper::checksum(about.lang)),
    )
}

fn meaning(about: &About, value: u16) -> String {
    let right = about.segment.checksum.right.unwrap_or_default();
    match about.segment.checksum.status {
        Status::Good => about.say(
            "Good: with it, all words of pseudo-header, header and data sum up to ffff.",
            format!("سليم: مجموع كل كلمات الترويسة الوهمية والترويسة والبيانات معه {}.", iso("ffff")),
        ),
        Status::Partial => about.say(
            format!("Partial: it is the sum of the pseudo-header alone. The sender leaves the rest to its network card; on the way through one host, as on 127.0.0.1, no card ever completes it (the whole would be 0x{right:04x}). This is no error."),
            format!("جزئي: هو مجموع الترويسة الوهمية وحدها. يترك المرسِل الباقي لبطاقة الشبكة؛ وداخل مضيف واحد، كما على {}، لا تكمله أي بطاقة (والكامل {}). وليس هذا خطأ.", iso("127.0.0.1"), iso(format!("0x{right:04x}"))),
        ),
        Status::Bad => about.say(
            format!("Bad: the bytes make it 0x{right:04x}, not 0x{value:04x}. A receiver drops this segment."),
            format!("خاطئ: البايتات تعطي {} لا {}. يهمل المستقبِل هذا المقطع.", iso(format!("0x{right:04x}")), iso(format!("0x{value:04x}"))),
        ),
        Status::Unverified => about.say(
            "It cannot be checked here: the addresses or some bytes of the segment are missing.",
            "لا يمكن التحقق منه هنا: العناوين أو بعض بايتات المقطع غير موجودة.",
        ),
    }
}

/// One step of the sum: what is added, and what it comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub what: String,
    /// The words that are added, in hex, as far as they fit a line.
    pub words: String,
    /// The ones' complement sum of these words.
    pub sum: u16,
    /// The sum of all steps up to this one.
    pub total: u16,
}

/// Words of the header or the data that one step lists.
const LISTED: usize = 8;

/// Adds the checksum up step by step, the field itself taken as zero; the right value
/// is the complement of the last total. `None` where bytes or addresses are missing.
pub fn steps(segment: &Segment, lang: Lang) -> Option<Vec<Step>> {
    segment.checksum.right?;
    let ip = segment.ip.as_ref()?;
    let bytes = segment.bytes();
    let pseudo = PseudoHeader::of(ip, bytes.len()).bytes();
    let addresses = pseudo.len() - if ip.version() == 4 { 4 } else { 8 };
    let header = segment
        .header
        .size()
        .unwrap_or(TcpHeader::SIZE)
        .min(bytes.len());
    let mut zeroed = bytes[..header].to_vec();
    zeroed[16..18].fill(0);
    let parts = [
        (
            lang.pick("source address", "عنوان المصدر"),
            &pseudo[..addresses / 2],
        ),
        (
            lang.pick("destination address", "عنوان الوجهة"),
            &pseudo[addresses / 2..addresses],
        ),
        (
            lang.pick("protocol and length", "البروتوكول والطول"),
            &pseudo[addresses..],
        ),
        (lang.pick("header", "الترويسة"), &zeroed[..]),
        (lang.pick("data", "البيانات"), &bytes[header..]),
    ];
    let mut total = 0;
    let steps = parts.into_iter().filter(|(_, part)| !part.is_empty());
    Some(
        steps
            .map(|(what, part)| step(what, part, &mut total))
            .collect(),
    )
}

fn step(what: &str, part: &[u8], total: &mut u16) -> Step {
    let sum = sum_words(part);
    *total = add(*total, sum);
    let mut words: Vec<String> = part
        .chunks(2)
        .take(LISTED)
        .map(|word| format!("{:02x}{:02x}", word[0], word.get(1).unwrap_or(&0)))
        .collect();
    if part.len() > 2 * LISTED {
        words.push("…".into());
    }
    Step {
        what: what.into(),
        words: words.join(" "),
        sum,
        total: *total,
    }
}
