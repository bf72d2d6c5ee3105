//! The fields that count bytes of the stream: sequence, acknowledgment, urgent pointer.

use super::{About, Field, iso, paper};
use crate::conversation::Origin;

pub(super) fn sequence(about: &About) -> Option<Field> {
    let header = &about.segment.header;
    let seq = header.seq?;
    let mut meaning = sequence_meaning(about, seq);
    let place = about.segment.place;
    let relative = place
        .filter(|place| place.origins[0] == Origin::Seen)
        .and_then(|place| place.rel_seq);
    if let (Some(relative), Some(false)) = (relative, header.flags.map(|flags| flags.syn())) {
        meaning.push(' ');
        meaning += &about.say(
            format!("Counted from this side's initial sequence number it is {relative}."),
            format!(
                "وهو {} عدًّا من الرقم المتسلسل الابتدائي لهذا الطرف.",
                iso(relative)
            ),
        );
    }
    let field = about.field("seq", ("Sequence Number", "الرقم المتسلسل"), 4..8);
    Some(
        field
            .value(seq)
            .meaning(meaning)
            .rfc("RFC 9293 §3.1, §3.4, §3.4.1")
            .paper(paper::sequence(about.lang)),
    )
}

fn sequence_meaning(about: &About, seq: u32) -> String {
    let flags = about.segment.header.flags;
    let data = about.segment.payload_len.unwrap_or(0);
    let fin = flags.is_some_and(|flags| flags.fin());
    if flags.is_some_and(|flags| flags.syn()) {
        let first = seq.wrapping_add(1);
        return about.say(
            format!("SYN is set, so this is the initial sequence number (ISN), which must be unpredictable. SYN takes it; the first data byte will be number {first}."),
            format!("العلم {} مرفوع، فهذا هو الرقم المتسلسل الابتدائي ({})، ويجب ألا يستطيع أحد تخمينه. يأخذه {}، ورقم أول بايت بيانات {}.", iso("SYN"), iso("ISN"), iso("SYN"), iso(first)),
        );
    }
    let after = seq.wrapping_add(u32::try_from(data).unwrap_or(u32::MAX));
    match (data, fin) {
        (0, false) => about.say(
            "The segment has no data, SYN or FIN, so it takes no number itself; senders put the number of their next byte here.",
            format!("ليس في المقطع بيانات ولا {} ولا {}، فلا يأخذ رقمًا؛ ويضع المرسِل هنا رقم البايت التالي عنده.", iso("SYN"), iso("FIN")),
        ),
        (0, true) => about.say(
            "FIN takes this number, though it is no byte: so it can be acknowledged.",
            format!("يأخذ {} هذا الرقم مع أنه ليس بايتًا، كي يمكن الإقرار به.", iso("FIN")),
        ),
        (_, fin) => data_meaning(about, seq, after, fin),
    }
}

fn data_meaning(about: &About, seq: u32, after: u32, fin: bool) -> String {
    let last = after.wrapping_sub(1);
    let mut meaning = about.say(
        format!("The first data byte of this segment is number {seq}, the last {last}."),
        format!(
            "رقم أول بايت بيانات في هذا المقطع {}، وآخر بايت {}.",
            iso(seq),
            iso(last)
        ),
    );
    if fin {
        meaning.push(' ');
        meaning += &about.say(
            format!("FIN takes the number after them, {after}."),
            format!("ويأخذ {} الرقم الذي يليها، {}.", iso("FIN"), iso(after)),
        );
    }
    meaning
}

pub(super) fn acknowledgment(about: &About) -> Option<Field> {
    let ack = about.segment.header.ack?;
    let set = about.segment.header.flags?.ack();
    let place = about.segment.place;
    let relative = place
        .filter(|place| place.origins[1] == Origin::Seen)
        .and_then(|place| place.rel_ack);
    let meaning = match (set, relative) {
        (false, _) => about.say(
            "ACK is not set, so this field means nothing here.",
            format!("العلم {} غير مرفوع، فلا معنى لهذا الحقل هنا.", iso("ACK")),
        ),
        (true, None) => about.say(
            format!("All bytes before number {ack} have arrived; number {ack} is expected next."),
            format!("وصلت كل البايتات التي قبل الرقم {}، والمتوقع بعدها الرقم {}.", iso(ack), iso(ack)),
        ),
        (true, Some(relative)) => about.say(
            format!("All bytes before number {ack} have arrived; number {ack} is expected next. Counted from the other side's initial sequence number it is {relative}."),
            format!("وصلت كل البايتات التي قبل الرقم {}، والمتوقع بعدها الرقم {}. وهو {} عدًّا من الرقم المتسلسل الابتدائي للطرف الآخر.", iso(ack), iso(ack), iso(relative)),
        ),
    };
    let field = about.field("ack", ("Acknowledgment Number", "رقم الإقرار"), 8..12);
    Some(field.value(ack).meaning(meaning).rfc("RFC 9293 §3.1, §3.4"))
}

pub(super) fn urgent_pointer(about: &About) -> Option<Field> {
    let header = &about.segment.header;
    let pointer = header.urgent_pointer?;
    let meaning = match (header.flags?.urg(), header.seq) {
        (true, Some(seq)) => {
            let after = seq.wrapping_add(pointer.into());
            about.say(
                format!("Added to the sequence number it gives {after}, the number of the byte after the urgent data. New programs should not use it."),
                format!("يُجمع إلى الرقم المتسلسل فيعطي {}، وهو رقم البايت الذي يلي البيانات العاجلة. لا ينبغي لبرامج جديدة أن تستعمله.", iso(after)),
            )
        }
        _ => about.say(
            "URG is not set, so this field means nothing here.",
            format!("العلم {} غير مرفوع، فلا معنى لهذا الحقل هنا.", iso("URG")),
        ),
    };
    let field = about.field("urgent_pointer", ("Urgent Pointer", "مؤشر العاجل"), 18..20);
    Some(
        field
            .value(pointer)
            .meaning(meaning)
            .rfc("RFC 9293 §3.1, §3.8.5; RFC 6093")
            .paper(paper::urgent_pointer(about.lang)),
    )
}
