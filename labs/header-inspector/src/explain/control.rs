//! The reserved bits and the control bits.

use super::{About, Field, iso, paper};
use crate::Flags;

pub(super) fn reserved(about: &About) -> Option<Field> {
    let bits = about.segment.header.reserved?;
    let field = about.field("reserved", ("Reserved", "محجوز"), 12..13);
    Some(
        field
            .bits(4..7)
            .value(format!("{bits:03b}"))
            .meaning(about.say(
                "Nothing uses these bits: they must be sent as zero, and a receiver ignores them.",
                "لا يستعمل هذه البتات شيء: يجب أن تُرسل أصفارًا، ويتجاهلها المستقبِل.",
            ))
            .paper(paper::reserved(about.lang)),
    )
}

pub(super) fn ae(about: &About) -> Option<Field> {
    let set = about.segment.header.ae?;
    let field = about.field("ae", ("AE", "إشعار دقيق بالازدحام"), 12..13);
    Some(field.bits(7..8).value(u8::from(set)).rfc("RFC 9768; RFC 8311").meaning(about.say(
        "The fourth reserved bit, now given to Accurate ECN; it was once called NS, which is historic.",
        format!("البت المحجوز الرابع، وقد خُصص للإشعار الدقيق بالازدحام؛ كان اسمه {}، وصار ذلك تاريخيًّا.", iso("NS")),
    )))
}

pub(super) fn flags(about: &About) -> Vec<Field> {
    let Some(flags) = about.segment.header.flags else {
        return Vec::new();
    };
    const KEYS: [&str; 8] = ["cwr", "ece", "urg", "ack_flag", "psh", "rst", "syn", "fin"];
    (0..8u8)
        .zip(KEYS.into_iter().zip(Flags::NAMES))
        .map(|(bit, (key, name))| {
            let set = flags.0 << bit & 0x80 != 0;
            let (meaning, rfc) = meaning(about, name, flags, set);
            let field = about
                .field(key, (name, arabic(name)), 13..14)
                .bits(bit..bit + 1)
                .value(u8::from(set))
                .meaning(meaning)
                .rfc(rfc);
            Field {
                paper: paper::flag(name, about.lang),
                ..field
            }
        })
        .collect()
}

fn arabic(name: &str) -> &'static str {
    match name {
        "CWR" => "تقليص نافذة الازدحام",
        "ECE" => "صدى الازدحام",
        "URG" => "عاجل",
        "ACK" => "إقرار",
        "PSH" => "دفع",
        "RST" => "قطع",
        "SYN" => "مزامنة",
        _ => "نهاية",
    }
}

/// Returns what a flag means as it stands here, and the RFC sections that say so.
fn meaning(about: &About, name: &str, flags: Flags, set: bool) -> (String, &'static str) {
    match (name, set) {
        ("CWR" | "ECE", _) => (congestion(about, name, flags, set), "RFC 3168 §6.1"),
        ("URG", true) => (about.say(
            "The urgent pointer counts: urgent data ends before the byte that it points to.",
            "لمؤشر العاجل معنى: تنتهي البيانات العاجلة قبل البايت الذي يشير إليه.",
        ), "RFC 9293 §3.1, §3.8.5"),
        ("URG", false) => (about.say("No urgent data is outstanding.", "لا بيانات عاجلة معلقة."), "RFC 9293 §3.8.5"),
        ("ACK", true) => (about.say(
            "The acknowledgment number counts. Once a connection is established, every segment has ACK set.",
            "لرقم الإقرار معنى. بعد إنشاء الاتصال يكون هذا العلم مرفوعًا في كل مقطع.",
        ), "RFC 9293 §3.1"),
        ("ACK", false) => (about.say(
            "The acknowledgment number means nothing: nothing has been received yet, or nothing is acknowledged.",
            "لا معنى لرقم الإقرار: لم يُستقبل شيء بعد، أو لا يُقَر بشيء.",
        ), "RFC 9293 §3.1"),
        ("PSH", true) => (about.say(
            "The data should be delivered promptly, without waiting for more.",
            "يُطلب تسليم البيانات دون انتظار المزيد.",
        ), "RFC 9293 §3.1, §3.9.1.2"),
        ("PSH", false) => (about.say("Prompt delivery is not asked for.", "لا يُطلب التسليم دون تأخير."), "RFC 9293 §3.1, §3.9.1.2"),
        ("RST", true) => (about.say(
            "The connection is aborted, or refused if it was not yet established.",
            "يُقطع الاتصال، أو يُرفض إن لم يكن قد أُنشئ.",
        ), "RFC 9293 §3.5.2, §3.5.3"),
        ("RST", false) => (about.say("This segment aborts nothing.", "لا يقطع هذا المقطع شيئًا."), "RFC 9293 §3.5.2, §3.5.3"),
        ("SYN", true) => (about.say(
            "The sender synchronises: it announces its initial sequence number. SYN takes one sequence number.",
            format!("يزامن المرسِل: يعلن رقمه المتسلسل الابتدائي. يأخذ {} رقمًا متسلسلًا واحدًا.", iso("SYN")),
        ), "RFC 9293 §3.1, §3.4.1"),
        ("SYN", false) => (about.say(
            "Sequence numbers are not being synchronised.",
            "لا تُزامَن الأرقام المتسلسلة في هذا المقطع.",
        ), "RFC 9293 §3.1, §3.4.1"),
        (_, true) => (about.say(
            "The sender has no more data to send: its direction closes. FIN takes one sequence number.",
            format!("لم يبق عند المرسِل بيانات: يُغلق اتجاهه. يأخذ {} رقمًا متسلسلًا واحدًا.", iso("FIN")),
        ), "RFC 9293 §3.1, §3.6"),
        (_, false) => (about.say("This segment does not close its direction.", "لا يغلق هذا المقطع اتجاهه."), "RFC 9293 §3.6"),
    }
}

fn congestion(about: &About, name: &str, flags: Flags, set: bool) -> String {
    if flags.syn() && set {
        return about.say(
            "In a SYN, ECE (with CWR in the first one) says that its sender can do ECN.",
            format!(
                "في مقطع {} يعني {} (ومعه {} في أول مقطع) أن المرسِل يدعم الإشعار بالازدحام.",
                iso("SYN"),
                iso("ECE"),
                iso("CWR")
            ),
        );
    }
    match (name, set) {
        ("CWR", true) => about.say(
            "The sender has reduced its congestion window.",
            "قلّص المرسِل نافذة الازدحام عنده.",
        ),
        ("CWR", false) => about.say(
            "The sender does not report that it reduced its congestion window.",
            "لا يعلن المرسِل تقليص نافذة الازدحام.",
        ),
        (_, true) => about.say(
            "A packet marked with congestion has reached the sender of this segment.",
            "وصلت إلى مرسِل هذا المقطع حزمة عليها علامة ازدحام.",
        ),
        (_, false) => about.say("No congestion is reported.", "لا يُعلن ازدحام."),
    }
}
