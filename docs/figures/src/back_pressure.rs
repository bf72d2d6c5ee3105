//! A slow reader: how TCP passes the wait back, and how the room answers.

use crate::Figure;
use crate::canvas::{Align, Area, Canvas, Reading, area};
use crate::shapes::{Line, Look};
use crate::style::Type;
use crate::words::{Words, same, words};

pub const FIGURE: Figure = Figure {
    name: "back-pressure",
    title: words(
        "A slow reader and back-pressure, and the room's answer",
        "قارئ بطيء والضغط العكسي، وجواب الغرفة",
    ),
    description: words(
        "Above, TCP alone. Step 1: amal does not read. Step 2: her receive buffer fills. Step 3: \
         the window that she announces falls to 0. Step 4: the server's send buffer fills. Step 5: \
         write waits, and with it the whole room. Below, the room's answer: the broadcaster's \
         write never waits; ehab has the line at once; what amal does not take moves to \
         her outbox, which a thread of its own drains. If she takes nothing for a second, or \
         falls 4 MiB behind, she is let go.",
        "في الأعلى TCP وحده. الخطوة 1: لا تقرأ amal. الخطوة 2: يمتلئ مخزن استقبالها. الخطوة 3: تهبط \
         النافذة التي تعلنها إلى 0. الخطوة 4: يمتلئ مخزن إرسال الخادم. الخطوة 5: تنتظر write وتنتظر \
         معها الغرفة كلها. وفي الأسفل جواب الغرفة: لا تنتظر write عند خيط البثّ أبدًا؛ فيأخذ \
         ehab السطر فورًا، وينتقل ما لا تأخذه amal إلى صندوقها الصادر الذي يفرغه خيط خاص. فإن لم تأخذ \
         شيئًا طوال ثانية أو تأخرت 4 MiB فُصلت.",
    ),
    height: 540.0,
    reading: Reading::Flow,
    draw,
};

fn draw(canvas: &mut Canvas) {
    let alone = words("TCP alone", "TCP وحده");
    canvas.text(
        alone,
        area(20.0, 10.0, 400.0, 24.0),
        Align::Start,
        Type::Strong,
    );
    chain(canvas);
    steps(canvas);
    canvas.arrow(&[(20.0, 286.0), (740.0, 286.0)], Line::Hair);
    let answer = words("the room's answer", "جواب الغرفة");
    canvas.text(
        answer,
        area(20.0, 294.0, 400.0, 24.0),
        Align::Start,
        Type::Strong,
    );
    room(canvas);
    members(canvas);
}

fn chain(canvas: &mut Canvas) {
    canvas.program(
        area(20.0, 44.0, 156.0, 116.0),
        Look::Server,
        words("server", "الخادم"),
    );
    canvas.block(area(36.0, 80.0, 124.0, 56.0), Look::Hatched, 22.0);
    let waits = words("`write` waits", "`write` تنتظر");
    canvas.text_over(
        waits,
        area(36.0, 80.0, 124.0, 56.0),
        Align::Middle,
        Type::Small,
    );
    buffer(canvas, 206.0, words("send buffer", "مخزن الإرسال"));
    buffer(canvas, 428.0, words("receive buffer", "مخزن الاستقبال"));
    canvas.program(area(584.0, 44.0, 156.0, 116.0), Look::Client, same("amal"));
    let lazy = words("does not read", "لا تقرأ");
    canvas.thread(area(598.0, 80.0, 128.0, 56.0), lazy);
    for (from, to) in [(160.0, 204.0), (334.0, 426.0)] {
        canvas.arrow(&[(from, 108.0), (to, 108.0)], Line::Data);
    }
    canvas.arrow(&[(556.0, 108.0), (596.0, 108.0)], Line::Alert);
    canvas.arrow(
        &[
            (490.0, 142.0),
            (490.0, 178.0),
            (270.0, 178.0),
            (270.0, 144.0),
        ],
        Line::Control,
    );
    let window = same("`window = 0`");
    canvas.text_over(
        window,
        area(310.0, 168.0, 140.0, 20.0),
        Align::Middle,
        Type::Small,
    );
    for (x, y, step) in [
        (98.0, 148.0, "5"),
        (270.0, 60.0, "4"),
        (380.0, 200.0, "3"),
        (492.0, 60.0, "2"),
        (662.0, 148.0, "1"),
    ] {
        canvas.badge((x, y), step);
    }
}

/// A buffer of the operating system, full.
fn buffer(canvas: &mut Canvas, x: f64, name: Words) {
    canvas.text(
        name,
        area(x - 8.0, 72.0, 144.0, 20.0),
        Align::Middle,
        Type::Small,
    );
    canvas.queue(area(x, 94.0, 128.0, 28.0), 8, 8);
    let kernel = words("in the system", "في النظام");
    canvas.text(
        kernel,
        area(x, 124.0, 128.0, 18.0),
        Align::Middle,
        Type::Note,
    );
}

/// The remarks, each with its number and its place.
const STEPS: [(&str, Area, Words); 5] = [
    (
        "1",
        area(20.0, 222.0, 228.0, 26.0),
        words("amal stops reading.", "تتوقف amal عن القراءة."),
    ),
    (
        "2",
        area(250.0, 222.0, 208.0, 26.0),
        words("Her receive buffer fills.", "يمتلئ مخزن استقبالها."),
    ),
    (
        "3",
        area(460.0, 222.0, 280.0, 26.0),
        words("Her window falls to 0.", "تهبط نافذتها إلى 0."),
    ),
    (
        "4",
        area(20.0, 252.0, 228.0, 26.0),
        words("The send buffer fills.", "يمتلئ مخزن الإرسال."),
    ),
    (
        "5",
        area(250.0, 252.0, 320.0, 26.0),
        words(
            "`write` waits, and the room with it.",
            "تنتظر `write` وتنتظر معها الغرفة.",
        ),
    ),
];

fn steps(canvas: &mut Canvas) {
    for (step, place, label) in STEPS {
        canvas.remark(place, step, label);
    }
}

fn room(canvas: &mut Canvas) {
    canvas.program(
        area(20.0, 326.0, 480.0, 200.0),
        Look::Server,
        words("server", "الخادم"),
    );
    let label = words(
        "broadcaster: a `write` never waits",
        "خيط البثّ: لا تنتظر `write` أبدًا",
    );
    canvas.thread(area(36.0, 374.0, 190.0, 70.0), label);
    canvas.arrow(&[(226.0, 392.0), (610.0, 392.0)], Line::Data);
    canvas.arrow(
        &[(130.0, 444.0), (130.0, 484.0), (206.0, 484.0)],
        Line::Data,
    );
    canvas.queue(area(208.0, 470.0, 112.0, 28.0), 8, 6);
    let outbox = words("outbox of amal", "صندوق amal الصادر");
    canvas.text(
        outbox,
        area(190.0, 446.0, 148.0, 20.0),
        Align::Middle,
        Type::Small,
    );
    canvas.arrow(&[(320.0, 484.0), (350.0, 484.0)], Line::Data);
    canvas.thread(
        area(352.0, 464.0, 124.0, 40.0),
        words("its writer", "خيط كتابته"),
    );
    canvas.arrow(&[(476.0, 484.0), (610.0, 484.0)], Line::Data);
    for y in [392.0, 484.0] {
        canvas.socket((500.0, y));
    }
}

fn members(canvas: &mut Canvas) {
    canvas.chip(
        area(612.0, 370.0, 128.0, 44.0),
        Look::Client,
        words("ehab: at once", "ehab: فورًا"),
        Type::Small,
    );
    let slow = area(612.0, 462.0, 128.0, 44.0);
    canvas.block(slow, Look::Hatched, 5.0);
    canvas.text_over(
        words("amal: slow", "amal: بطيئة"),
        slow,
        Align::Middle,
        Type::Small,
    );
    let gone = words(
        "takes nothing for `1 s`, or is `4 MiB` behind: let go",
        "لا تأخذ شيئًا طوال `1 s` أو تتأخر `4 MiB`: تُفصل",
    );
    canvas.text(
        gone,
        area(512.0, 416.0, 236.0, 42.0),
        Align::Middle,
        Type::Note,
    );
}
