//! What was sent, what `read` gave, and the lines that framing makes of it.

use crate::Figure;
use crate::canvas::{Align, Area, Canvas, Reading, area};
use crate::shapes::{Line, Look};
use crate::style::Type;
use crate::words::{Words, same, words};

pub const FIGURE: Figure = Figure {
    name: "framing",
    title: words(
        "Framing: what was sent and what read gave",
        "التأطير: ما أُرسل وما أعطته read",
    ),
    description: words(
        "Three writes send three lines: hi, welcome, and the Arabic word salaam, 3, 8 and 9 bytes \
         with the line feed that ends each. TCP carries a stream of 20 bytes without boundaries. \
         The first read gives 7 bytes, the line hi and half of welcome; the second gives 7, the \
         rest of it and one letter and a half of the Arabic word; the third gives the last 6. \
         Cutting at each line feed, 0A, gives the three lines again.",
        "ترسل ثلاث كتابات ثلاثة أسطر: hi وwelcome وسلام، في 3 و8 و9 بايتات مع محرف نهاية السطر في كل \
         منها. ويحمل TCP دفقًا من 20 بايتًا بلا حدود. تعطي القراءة الأولى 7 بايتات: السطر hi وبعض \
         welcome؛ وتعطي الثانية 7: بقيته وحرفًا ونصف حرف من الكلمة العربية؛ وتعطي الثالثة آخر 6. \
         والقطع عند كل نهاية سطر، 0A، يعيد الأسطر الثلاثة.",
    ),
    height: 416.0,
    reading: Reading::Wire,
    draw,
};

const LEFT: f64 = 40.0;
const BYTE: f64 = 34.0;

/// Each byte of the stream, as hex digits.
const STREAM: [&str; 20] = [
    "68", "69", "0A", "77", "65", "6C", "63", "6F", "6D", "65", "0A", "D8", "B3", "D9", "84", "D8",
    "A7", "D9", "85", "0A",
];

/// The characters: their first byte, their length in bytes, their sign.
const LETTERS: [(usize, usize, &str); 16] = [
    (0, 1, "h"),
    (1, 1, "i"),
    (2, 1, "`\\n`"),
    (3, 1, "w"),
    (4, 1, "e"),
    (5, 1, "l"),
    (6, 1, "c"),
    (7, 1, "o"),
    (8, 1, "m"),
    (9, 1, "e"),
    (10, 1, "`\\n`"),
    (11, 2, "س"),
    (13, 2, "ل"),
    (15, 2, "ا"),
    (17, 2, "م"),
    (19, 1, "`\\n`"),
];

/// Groups of bytes: the first, how many, and what made the group.
type Group = (usize, usize, Words);

const WRITES: [Group; 3] = [
    (0, 3, same("`write` 1")),
    (3, 8, same("`write` 2")),
    (11, 9, same("`write` 3")),
];

const READS: [Group; 3] = [
    (0, 7, same("`read` → 7")),
    (7, 7, same("`read` → 7")),
    (14, 6, same("`read` → 6")),
];

fn draw(canvas: &mut Canvas) {
    sent(canvas);
    stream(canvas);
    received(canvas);
    framed(canvas);
}

fn heading(canvas: &mut Canvas, y: f64, label: Words) {
    canvas.reading(Reading::Flow, |canvas| {
        canvas.text(
            label,
            area(36.0, y, 690.0, 22.0),
            Align::Start,
            Type::Strong,
        );
    });
}

fn cells(from: usize, bytes: usize, y: f64, height: f64) -> Area {
    let x = LEFT + BYTE * from as f64;
    area(x + 2.0, y, BYTE * bytes as f64 - 4.0, height)
}

fn sent(canvas: &mut Canvas) {
    heading(
        canvas,
        12.0,
        words("sent: three lines", "ما أُرسل: ثلاثة أسطر"),
    );
    for (from, bytes, name) in WRITES {
        canvas.text(
            name,
            cells(from, bytes, 36.0, 20.0),
            Align::Middle,
            Type::Note,
        );
        canvas.block(cells(from, bytes, 58.0, 34.0), Look::Client, 6.0);
    }
    for (from, bytes, letter) in LETTERS {
        let at = cells(from, bytes, 58.0, 34.0);
        canvas.text(same(letter), at, Align::Middle, Type::Body);
    }
}

fn stream(canvas: &mut Canvas) {
    let label = words(
        "what TCP carries: bytes, no boundaries",
        "ما يحمله TCP: بايتات بلا حدود",
    );
    heading(canvas, 106.0, label);
    let whole = area(LEFT, 132.0, BYTE * 20.0, 32.0);
    canvas.block(whole, Look::Kernel, 0.0);
    bytes(canvas, 132.0, 32.0);
}

fn bytes(canvas: &mut Canvas, y: f64, height: f64) {
    for (at, byte) in STREAM.into_iter().enumerate() {
        let x = LEFT + BYTE * at as f64;
        let cell = area(x - 2.0, y, BYTE + 4.0, height);
        let code = match byte {
            "0A" => Type::Strong,
            _ => Type::Small,
        };
        canvas.text(same(byte), cell, Align::Middle, code);
    }
}

fn received(canvas: &mut Canvas) {
    let label = words(
        "what `read` gave: cut anywhere",
        "ما أعطته `read`: مقطوع في أي موضع",
    );
    heading(canvas, 178.0, label);
    for (from, count, name) in READS {
        canvas.text(
            name,
            cells(from, count, 202.0, 20.0),
            Align::Middle,
            Type::Note,
        );
        canvas.block(cells(from, count, 224.0, 34.0), Look::Server, 6.0);
    }
    bytes(canvas, 224.0, 34.0);
    let cut = LEFT + BYTE * 14.0;
    canvas.arrow(&[(cut, 280.0), (cut, 262.0)], Line::Alert);
    let half = words("one letter, cut in half", "حرف واحد قُطع نصفين");
    canvas.text(
        half,
        area(cut - 130.0, 280.0, 260.0, 20.0),
        Align::Middle,
        Type::Small,
    );
    let glued = words("two lines in one read", "سطران في قراءة واحدة");
    canvas.text(
        glued,
        area(LEFT, 262.0, BYTE * 7.0, 20.0),
        Align::Middle,
        Type::Small,
    );
}

fn framed(canvas: &mut Canvas) {
    let label = words(
        "after framing: cut at each `0A`",
        "بعد التأطير: القطع عند كل `0A`",
    );
    heading(canvas, 312.0, label);
    for ((from, bytes, _), line) in WRITES.into_iter().zip(["hi", "welcome", "سلام"]) {
        let at = cells(from, bytes, 340.0, 32.0);
        canvas.chip(at, Look::Plain, same(line), Type::Body);
    }
    let note = words(
        "Keep what is not whole yet, until its `0A` has come.",
        "احتفظ بما لم يكتمل بعد حتى يصل `0A` الذي ينهيه.",
    );
    canvas.text(
        note,
        area(20.0, 382.0, 720.0, 22.0),
        Align::Middle,
        Type::Note,
    );
}
