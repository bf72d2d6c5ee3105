//! What the other side should answer.

use super::{About, iso};
use crate::{Lang, Segment};

/// The acknowledgment that a segment calls for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The acknowledgment number; `None` where none is called for.
    pub ack: Option<u32>,
    pub sentence: String,
    pub rfc: &'static str,
}

/// Works out what the other side should acknowledge; `None` if the header is cut.
pub fn answer(segment: &Segment, lang: Lang) -> Option<Answer> {
    let about = About { segment, lang };
    let flags = segment.header.flags?;
    let seq = segment.header.seq?;
    if flags.rst() {
        let sentence = about.say(
            "Nothing: a reset is never answered with a reset. If its number is the expected one, the connection ends.",
            "لا شيء: لا يُجاب عن القطع بقطع. إن كان رقمه هو المتوقع انتهى الاتصال.",
        );
        return Some(none(sentence, "RFC 9293 §3.5.2, §3.10.7.4"));
    }
    let length = segment.sequence_length()?;
    if length == 0 {
        let sentence = about.say(
            "Nothing: the segment takes no sequence number, and acknowledgments are not acknowledged.",
            "لا شيء: لا يأخذ المقطع رقمًا متسلسلًا، ولا يُقَر بالإقرار.",
        );
        return Some(none(sentence, "RFC 9293 §3.4, §3.5"));
    }
    Some(number(&about, seq, length))
}

fn none(sentence: String, rfc: &'static str) -> Answer {
    Answer {
        ack: None,
        sentence,
        rfc,
    }
}

fn number(about: &About, seq: u32, length: u32) -> Answer {
    let ack = seq.wrapping_add(length);
    let sum = sum(about.segment, seq, ack);
    let opens = about
        .segment
        .header
        .flags
        .is_some_and(|flags| flags.syn() && !flags.ack());
    let mut sentence = about.say(
        format!(
            "An acknowledgment number of {sum}, if everything before this segment has arrived."
        ),
        format!(
            "رقم إقرار: {}، إن كان كل ما قبل هذا المقطع قد وصل.",
            iso(sum)
        ),
    );
    if opens {
        sentence.push(' ');
        sentence += &about.say(
            "It comes with a SYN of the other side's own, or with RST if nobody listens there.",
            format!(
                "يأتي مع {} من الطرف الآخر، أو مع {} إن لم يكن أحد يستمع هناك.",
                iso("SYN"),
                iso("RST")
            ),
        );
    }
    Answer {
        ack: Some(ack),
        sentence,
        rfc: if opens {
            "RFC 9293 §3.4, §3.5, §3.5.2"
        } else {
            "RFC 9293 §3.4"
        },
    }
}

/// Writes the sum out: sequence number, data, SYN, FIN.
fn sum(segment: &Segment, seq: u32, ack: u32) -> String {
    let mut sum = seq.to_string();
    if let Some(data) = segment.payload_len.filter(|&data| data > 0) {
        sum += &format!(" + {data}");
    }
    let flags = segment.header.flags;
    if flags.is_some_and(|flags| flags.syn()) {
        sum += " + 1 (SYN)";
    }
    if flags.is_some_and(|flags| flags.fin()) {
        sum += " + 1 (FIN)";
    }
    if ack < seq {
        sum += " - 2^32";
    }
    format!("{sum} = {ack}")
}
