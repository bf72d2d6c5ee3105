//! Where the paper says otherwise than the RFCs: one sentence a field, both languages.
//!
//! The same facts stand on the errata page of the handouts.

use crate::Lang;

/// Returns what the paper's description of the header as a whole needs.
pub fn general(lang: Lang) -> &'static str {
    lang.pick(
        "The paper follows RFC 793, which RFC 9293 replaced in 2022. It puts a header before each segment or byte; there is one for each segment. It numbers bits from 7 down to 0 and calls that little endian. Network byte order is big-endian, and the RFCs call the most significant bit 0 (RFC 791, Appendix B).",
        "تتبع الورقة \u{2068}RFC 793\u{2069}، وقد حل محله \u{2068}RFC 9293\u{2069} سنة \u{2068}2022\u{2069}. وتضع ترويسة لكل مقطع أو بايت؛ والصحيح ترويسة واحدة لكل مقطع. وترقّم البتات من \u{2068}7\u{2069} نزولًا إلى \u{2068}0\u{2069} وتسمي ذلك الطرف الصغير أولًا. والصحيح أن ترتيب البايتات في الشبكة هو الطرف الكبير أولًا، وفي وثائق \u{2068}RFC\u{2069} البت \u{2068}0\u{2069} هو الأعلى قيمة (\u{2068}RFC 791, Appendix B\u{2069}).",
    )
}

pub(super) fn source_port(lang: Lang) -> &'static str {
    lang.pick(
        "The paper calls it the number of the device. The IP address names the host; a port names an endpoint of a process on it.",
        "تسميه الورقة رقم الجهاز. والصحيح أن عنوان \u{2068}IP\u{2069} يدل على المضيف، والمنفذ يدل على نقطة نهاية لعملية عليه.",
    )
}

pub(super) fn sequence(lang: Lang) -> &'static str {
    lang.pick(
        "The paper calls it the number of the byte being sent. It is the number of the first data byte of the segment; SYN and FIN take one number each, and counting is modulo 2^32.",
        "تقول الورقة إنه رقم البايت الذي يُرسل. والصحيح أنه رقم أول بايت بيانات في المقطع؛ ولكل من \u{2068}SYN\u{2069} و\u{2068}FIN\u{2069} رقم، والعدّ بباقي القسمة على \u{2068}2^32\u{2069}.",
    )
}

pub(super) fn data_offset(lang: Lang) -> &'static str {
    lang.pick(
        "The paper is right: 5 to 15 words of 32 bits.",
        "الورقة على صواب: من \u{2068}5\u{2069} إلى \u{2068}15\u{2069} كلمة من \u{2068}32\u{2069} بتًا.",
    )
}

pub(super) fn reserved(lang: Lang) -> &'static str {
    lang.pick(
        "The paper reserves 6 bits and calls the newer flags experimental. Four bits are reserved; CWR and ECE have been standard since 2001, and the bit before them is AE.",
        "تحجز الورقة \u{2068}6\u{2069} بتات وتعدّ الأعلام الأحدث تجريبية. والصحيح أن المحجوز \u{2068}4\u{2069} بتات؛ و\u{2068}CWR\u{2069} و\u{2068}ECE\u{2069} معياريان منذ \u{2068}2001\u{2069}، والبت الذي قبلهما \u{2068}AE\u{2069}.",
    )
}

/// Returns the correction for a flag, if the paper needs one.
pub(super) fn flag(name: &str, lang: Lang) -> Option<&'static str> {
    Some(match name {
        "URG" => lang.pick(
            "The paper sends urgent data before all other. It is sent in its place in the stream; only the receiver is told that it is coming.",
            "تقول الورقة إن البيانات العاجلة تُرسل قبل غيرها. والصحيح أنها تُرسل في مكانها من الدفق، وإنما يُخبر المستقبِل بأنها قادمة.",
        ),
        "PSH" => lang.pick(
            "The paper says that it executes the command. It asks for prompt delivery and marks no record.",
            "تقول الورقة إنه ينفذ الأمر. والصحيح أنه يطلب التسليم دون تأخير ولا يضع حدًّا لرسالة.",
        ),
        "RST" => lang.pick(
            "The paper says that it resets the connection, as if to begin again. It aborts it.",
            "تقول الورقة إنه يعيد ضبط الاتصال، كأنه يبدأ من جديد. والصحيح أنه يقطع الاتصال.",
        ),
        "SYN" => lang.pick(
            "The paper says that it is there to know the sequence field, and that the source asks and the destination agrees. It synchronises the sequence numbers of both sides, which takes three segments.",
            "تقول الورقة إنه لمعرفة قيمة حقل الرقم المتسلسل، وإن المصدر يطلب والوجهة توافق. والصحيح أنه يزامن الأرقام المتسلسلة بين الطرفين، ويلزم لذلك ثلاثة مقاطع.",
        ),
        "FIN" => lang.pick(
            "The paper says that it ends the connection. It closes one direction; the other may go on.",
            "تقول الورقة إنه ينهي الاتصال. والصحيح أنه يغلق اتجاهًا واحدًا، وقد يستمر الآخر.",
        ),
        _ => return None,
    })
}

pub(super) fn window(lang: Lang) -> &'static str {
    lang.pick(
        "The paper calls it the number of bytes in the segment being sent. It is how much the sender of this segment will accept.",
        "تقول الورقة إنه عدد البايتات في المقطع الذي يُرسل. والصحيح أنه مقدار ما يقبله مرسِل هذا المقطع.",
    )
}

pub(super) fn checksum(lang: Lang) -> &'static str {
    lang.pick(
        "The paper sums addresses and header length. The sum takes in a pseudo-header, the whole header and all data.",
        "تجمع الورقة العناوين وطول الترويسة. والصحيح أن المجموع يشمل ترويسة وهمية والترويسة كلها والبيانات كلها.",
    )
}

pub(super) fn urgent_pointer(lang: Lang) -> &'static str {
    lang.pick(
        "The paper calls it the address of the urgent byte. It is an offset from the sequence number, to the byte after the urgent data.",
        "تقول الورقة إنه عنوان البايت العاجل. والصحيح أنه إزاحة من الرقم المتسلسل إلى البايت الذي يلي البيانات العاجلة.",
    )
}

pub(super) fn options(lang: Lang) -> &'static str {
    lang.pick(
        "The paper lets options have any number of bits and ends them with a zero byte. Options and padding fill (data offset - 5) x 32 bits; the data offset marks their end, and nothing separates them from the data.",
        "تجعل الورقة للخيارات أي عدد من البتات وتنهيها ببايت صفري. والصحيح أن الخيارات والحشو تملأ \u{2068}(data offset - 5) x 32\u{2069} بتًا؛ وإزاحة البيانات تحدد نهايتها، ولا فاصل بينها وبين البيانات.",
    )
}
