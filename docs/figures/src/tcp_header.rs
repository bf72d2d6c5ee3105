//! The TCP header as RFC 9293 draws it, with the AE bit of RFC 9768.
//!
//! The paper's figure 1, corrected: four reserved bits of which AE is one, bit
//! 0 the most significant, and options that end where the data offset says.

use crate::Figure;
use crate::canvas::{Align, Area, Canvas, Reading, area};
use crate::shapes::{Line, Look};
use crate::style::Type;
use crate::words::{Words, same, words};

pub const FIGURE: Figure = Figure {
    name: "tcp-header",
    title: words(
        "The TCP header, 32 bits a row",
        "ترويسة TCP، في كل سطر 32 بتًا",
    ),
    description: words(
        "Bits are numbered from 0, the most significant, to 31. Byte 0: source port, 16 bits, and \
         destination port, 16 bits. Byte 4: sequence number, 32 bits. Byte 8: acknowledgment \
         number, 32 bits. Byte 12: data offset, 4 bits; reserved, 3 bits; the flags AE, CWR, ECE, \
         URG, ACK, PSH, RST, SYN, FIN, one bit each; window, 16 bits. Byte 16: checksum, 16 bits, \
         and urgent pointer, 16 bits. Byte 20: options, as many words as the data offset counts \
         beyond five. Then the data.",
        "تُرقَّم البتات من 0 وهو الأعلى قيمة إلى 31. البايت 0: منفذ المصدر 16 بتًا ومنفذ الوجهة 16 \
         بتًا. البايت 4: الرقم المتسلسل 32 بتًا. البايت 8: رقم الإقرار 32 بتًا. البايت 12: إزاحة \
         البيانات 4 بتات، ثم 3 بتات محجوزة، ثم الأعلام AE وCWR وECE وURG وACK وPSH وRST وSYN وFIN \
         لكل منها بت واحد، ثم النافذة 16 بتًا. البايت 16: المجموع الاختباري 16 بتًا ومؤشر العاجل 16 \
         بتًا. البايت 20: الخيارات، وعدد كلماتها ما زاد من إزاحة البيانات على خمس. ثم البيانات.",
    ),
    height: 526.0,
    reading: Reading::Wire,
    draw,
};

const LEFT: f64 = 78.0;
const BIT: f64 = 20.5;
const TOP: f64 = 62.0;
const ROW: f64 = 50.0;

/// The letters of the flags' names, from bit 7 to bit 15.
pub(crate) const FLAGS: [[&str; 3]; 9] = [
    ["A", "E", ""],
    ["C", "W", "R"],
    ["E", "C", "E"],
    ["U", "R", "G"],
    ["A", "C", "K"],
    ["P", "S", "H"],
    ["R", "S", "T"],
    ["S", "Y", "N"],
    ["F", "I", "N"],
];

const MEANINGS: [Words; 6] = [
    words(
        "`AE` `CWR` `ECE`: congestion, told by the network",
        "`AE` `CWR` `ECE`: ازدحام تُبلِّغ عنه الشبكة",
    ),
    words(
        "`URG`: the urgent pointer counts",
        "`URG`: مؤشر العاجل معتدّ به",
    ),
    words(
        "`ACK`: the acknowledgment number counts",
        "`ACK`: رقم الإقرار معتدّ به",
    ),
    words("`PSH`: deliver promptly", "`PSH`: سلّم البيانات بلا تأخير"),
    words("`RST`: the connection is aborted", "`RST`: يُقطع الاتصال"),
    words(
        "`SYN`, `FIN`: first and last number of a direction",
        "`SYN` و`FIN`: أول أرقام الاتجاه وآخرها",
    ),
];

/// A wide field: its row, first bit and bits, its name, and what it holds. The
/// Arabic keeps the English name, because that is what every tool prints.
struct Field(usize, usize, usize, Words, Words);

const FIELDS: [Field; 8] = [
    Field(
        0,
        0,
        16,
        words("source port", "منفذ المصدر"),
        words("16 bits", "16 بتًا · Source Port"),
    ),
    Field(
        0,
        16,
        16,
        words("destination port", "منفذ الوجهة"),
        words("16 bits", "16 بتًا · Destination Port"),
    ),
    Field(
        1,
        0,
        32,
        words("sequence number", "الرقم المتسلسل"),
        words(
            "32 bits: the number of the first byte of data",
            "32 بتًا: رقم أول بايت من البيانات · Sequence Number",
        ),
    ),
    Field(
        2,
        0,
        32,
        words("acknowledgment number", "رقم الإقرار"),
        words(
            "32 bits: the next number expected, if ACK is 1",
            "32 بتًا: الرقم التالي المنتظر إذا كان العلم ACK مرفوعًا · Acknowledgment Number",
        ),
    ),
    Field(
        3,
        16,
        16,
        words("window", "النافذة"),
        words(
            "16 bits: what the sender will accept",
            "16 بتًا: ما يقبله مرسِل المقطع · Window",
        ),
    ),
    Field(
        4,
        0,
        16,
        words("checksum", "المجموع الاختباري"),
        words("16 bits", "16 بتًا · Checksum"),
    ),
    Field(
        4,
        16,
        16,
        words("urgent pointer", "مؤشر العاجل"),
        words(
            "16 bits, if URG is 1",
            "16 بتًا، إذا كان العلم URG مرفوعًا · Urgent Pointer",
        ),
    ),
    Field(
        5,
        0,
        32,
        words("options", "الخيارات"),
        words(
            "(data offset − 5) × 32 bits, at most 320",
            "(إزاحة البيانات − 5) × 32 بتًا، 320 بتًا على الأكثر · Options",
        ),
    ),
];

fn draw(canvas: &mut Canvas) {
    rulers(canvas);
    fields(canvas);
    flags(canvas);
    remarks(canvas);
}

/// Where `bits` bits from `from` stand in a row.
fn cell(row: usize, from: usize, bits: usize) -> Area {
    let y = TOP + ROW * row as f64;
    area(LEFT + BIT * from as f64, y, BIT * bits as f64, ROW)
}

fn rulers(canvas: &mut Canvas) {
    let heading = words("byte", "بايت");
    canvas.text(
        heading,
        area(14.0, 36.0, 58.0, 22.0),
        Align::End,
        Type::Note,
    );
    let bits = [
        "0", "", "", "", "4", "", "", "7", "8", "", "", "", "", "", "", "15", "16", "", "", "", "",
        "", "", "23", "24", "", "", "", "", "", "", "31",
    ];
    for (bit, label) in bits.into_iter().enumerate() {
        let at = cell(0, bit, 1);
        let long = if label.is_empty() { 4.0 } else { 7.0 };
        canvas.arrow(&[(at.x, TOP - long), (at.x, TOP)], Line::Hair);
        if !label.is_empty() {
            let above = area(at.x - 6.0, TOP - 26.0, BIT + 12.0, 18.0);
            canvas.text(same(label), above, Align::Middle, Type::Small);
        }
    }
    let heading = words("bit (0 is the most significant)", "البت (0 هو الأعلى قيمة)");
    canvas.text(
        heading,
        area(LEFT, 10.0, BIT * 32.0, 20.0),
        Align::Middle,
        Type::Note,
    );
    for (row, byte) in ["0", "4", "8", "12", "16", "20"].into_iter().enumerate() {
        let at = area(14.0, TOP + ROW * row as f64, 58.0, ROW);
        canvas.text(same(byte), at, Align::End, Type::Small);
    }
}

fn fields(canvas: &mut Canvas) {
    for Field(row, from, bits, name, detail) in FIELDS {
        field(canvas, cell(row, from, bits), name, detail);
    }
    let data = area(LEFT, TOP + ROW * 6.0, BIT * 32.0, 36.0);
    let label = words(
        "data (not part of the header)",
        "البيانات (ليست من الترويسة)",
    );
    canvas.chip(data, Look::Kernel, label, Type::Small);
}

fn field(canvas: &mut Canvas, at: Area, name: Words, size: Words) {
    canvas.block(at, Look::Plain, 0.0);
    let half = at.height / 2.0;
    let upper = area(at.x, at.y + 4.0, at.width, half);
    let lower = area(at.x, at.y + half, at.width, half - 3.0);
    canvas.text(name, upper, Align::Middle, Type::Strong);
    canvas.text(size, lower, Align::Middle, Type::Note);
}

fn flags(canvas: &mut Canvas) {
    let offset = cell(3, 0, 4);
    canvas.block(offset, Look::Plain, 0.0);
    canvas.text(
        words("data offset", "إزاحة البيانات"),
        offset,
        Align::Middle,
        Type::Small,
    );
    let reserved = cell(3, 4, 3);
    canvas.block(reserved, Look::Hatched, 0.0);
    canvas.text_over(
        words("rsrvd", "محجوز"),
        reserved,
        Align::Middle,
        Type::Small,
    );
    for (index, letters) in FLAGS.into_iter().enumerate() {
        let at = cell(3, 7 + index, 1);
        canvas.block(at, Look::Kernel, 0.0);
        let used = letters.iter().filter(|letter| !letter.is_empty()).count();
        let step = Type::Letter.step();
        let top = at.y + (ROW - step * used as f64) / 2.0;
        for (line, letter) in letters.into_iter().take(used).enumerate() {
            let y = top + step * line as f64;
            let one = area(at.x - 2.0, y, BIT + 4.0, step);
            canvas.text(same(letter), one, Align::Middle, Type::Letter);
        }
    }
}

fn remarks(canvas: &mut Canvas) {
    let top = TOP + ROW * 6.0 + 50.0;
    canvas.reading(Reading::Flow, |canvas| {
        for (index, meaning) in MEANINGS.into_iter().enumerate() {
            let (column, row) = (index / 3, index % 3);
            let x = 30.0 + 370.0 * column as f64;
            let at = area(x, top + 24.0 * row as f64, 360.0, 22.0);
            canvas.text(meaning, at, Align::Start, Type::Small);
        }
        let source = words(
            "RFC 9293, section 3.1. Bit 7 is reserved there too; RFC 9768 gives it to AE.",
            "المصدر RFC 9293، القسم 3.1. البت 7 محجوز فيه أيضًا، وتخصصه RFC 9768 للعلم AE.",
        );
        let at = area(30.0, top + 80.0, 700.0, 22.0);
        canvas.text(source, at, Align::Start, Type::Note);
    });
}
