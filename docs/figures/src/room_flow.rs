//! The way of one line, from one client's keyboard to everybody's screen.

use crate::Figure;
use crate::canvas::{Align, Canvas, Reading, area};
use crate::shapes::{Line, Look};
use crate::style::Type;
use crate::words::{same, words};

pub const FIGURE: Figure = Figure {
    name: "room-flow",
    title: words(
        "From one client's line to everybody's screen",
        "من سطر عميل واحد إلى شاشات الجميع",
    ),
    description: words(
        "Step 1: a client's line arrives in pieces at its reader thread. Step 2: the reader cuts \
         the byte stream into whole lines and puts them into a bounded queue; when the queue is \
         full the reader waits, and TCP slows the sender. Step 3: one broadcaster takes all that \
         has gathered and lays it into one buffer. Step 4: it gives each member one write, the \
         author included. Step 5: what a slow member does not take at once moves to its own \
         outbox, drained by a thread of its own; if it takes nothing for a second or falls 4 MiB \
         behind, it is let go.",
        "الخطوة 1: يصل سطر العميل أجزاءً إلى خيط قراءته. الخطوة 2: يقطّع خيط القراءة دفق البايتات \
         أسطرًا كاملة ويضعها في طابور محدود؛ فإذا امتلأ انتظر الخيط، وأبطأ TCP المرسِل. الخطوة 3: \
         يأخذ خيط البثّ وحده كل ما تجمّع ويضعه في مخزن مؤقت واحد. الخطوة 4: يعطي كل عضو كتابة واحدة، \
         ومنهم صاحب السطر. الخطوة 5: ما لا يأخذه العضو البطيء فورًا ينتقل إلى صندوق صادر خاص به \
         يفرغه خيط خاص؛ فإن لم يأخذ شيئًا طوال ثانية أو تأخر 4 MiB فُصل.",
    ),
    height: 562.0,
    reading: Reading::Flow,
    draw,
};

fn draw(canvas: &mut Canvas) {
    let server = area(166.0, 14.0, 438.0, 362.0);
    canvas.program(server, Look::Server, words("server", "الخادم"));
    readers(canvas);
    gathering(canvas);
    members(canvas);
    outbox(canvas);
    remarks(canvas);
}

fn readers(canvas: &mut Canvas) {
    for (y, name) in [(84.0, "ehab"), (174.0, "amal"), (264.0, "rami")] {
        let at = area(14.0, y - 18.0, 84.0, 36.0);
        canvas.chip(at, Look::Client, same(name), Type::Body);
        canvas.arrow(&[(98.0, y), (192.0, y)], Line::Data);
        canvas.socket((166.0, y));
        let reader = words("reader", "خيط قراءة");
        canvas.thread(area(194.0, y - 24.0, 112.0, 48.0), reader);
        canvas.arrow(&[(306.0, y), (326.0, y), (326.0, 174.0)], Line::Stem);
    }
    canvas.arrow(&[(326.0, 174.0), (346.0, 174.0)], Line::Data);
    canvas.badge((132.0, 66.0), "1");
}

fn gathering(canvas: &mut Canvas) {
    canvas.queue(area(348.0, 158.0, 60.0, 32.0), 5, 3);
    canvas.badge((378.0, 142.0), "2");
    let queue = words("bounded queue", "طابور محدود");
    let below = area(334.0, 194.0, 90.0, 40.0);
    canvas.text(queue, below, Align::Middle, Type::Small);
    canvas.arrow(&[(408.0, 174.0), (430.0, 174.0)], Line::Data);
    let broadcaster = words("broadcaster", "خيط البثّ");
    canvas.thread(area(432.0, 148.0, 136.0, 52.0), broadcaster);
    canvas.badge((500.0, 132.0), "3");
}

fn members(canvas: &mut Canvas) {
    canvas.arrow(&[(568.0, 174.0), (582.0, 174.0), (582.0, 84.0)], Line::Stem);
    for (y, name) in [(84.0, "ehab"), (174.0, "amal")] {
        canvas.arrow(&[(582.0, y), (660.0, y)], Line::Data);
        canvas.socket((604.0, y));
        let at = area(662.0, y - 18.0, 84.0, 36.0);
        canvas.chip(at, Look::Client, same(name), Type::Body);
    }
    canvas.badge((634.0, 66.0), "4");
}

fn outbox(canvas: &mut Canvas) {
    canvas.arrow(&[(500.0, 200.0), (500.0, 244.0)], Line::Data);
    canvas.queue(area(452.0, 246.0, 96.0, 26.0), 8, 7);
    let outbox = words("outbox of rami", "صندوق rami الصادر");
    let beside = area(312.0, 248.0, 138.0, 22.0);
    canvas.text(outbox, beside, Align::End, Type::Small);
    canvas.badge((480.0, 222.0), "5");
    canvas.arrow(&[(500.0, 272.0), (500.0, 300.0)], Line::Data);
    canvas.thread(
        area(432.0, 302.0, 136.0, 44.0),
        words("its writer", "خيط كتابته"),
    );
    canvas.arrow(&[(568.0, 324.0), (660.0, 324.0)], Line::Data);
    canvas.socket((604.0, 324.0));
    let slow = area(662.0, 300.0, 84.0, 48.0);
    canvas.block(slow, Look::Hatched, 5.0);
    canvas.text_over(
        words("rami, slow", "rami البطيء"),
        slow,
        Align::Middle,
        Type::Small,
    );
}

fn remarks(canvas: &mut Canvas) {
    let steps = [
        (
            "1",
            words(
                "The line `hi` arrives, perhaps in pieces.",
                "يصل السطر `hi`، وربما أجزاءً.",
            ),
        ),
        (
            "2",
            words(
                "The reader cuts the stream into whole lines. Queue full: it waits, and TCP slows the sender.",
                "يقطّع خيط القراءة الدفق أسطرًا كاملة. فإن امتلأ الطابور انتظر، وأبطأ TCP المرسِل.",
            ),
        ),
        (
            "3",
            words(
                "One thread takes all that has gathered: one order for everyone.",
                "خيط واحد يأخذ كل ما تجمّع: ترتيب واحد للجميع.",
            ),
        ),
        (
            "4",
            words(
                "Each member gets one `write`, the author included.",
                "لكل عضو استدعاء `write` واحد، ومنهم صاحب السطر.",
            ),
        ),
        (
            "5",
            words(
                "What a slow member leaves goes to its outbox. Stuck for `1 s` or `4 MiB` behind: it is let go.",
                "ما لا يأخذه البطيء يذهب إلى صندوقه الصادر. فإن توقف `1 s` أو تأخر `4 MiB` فُصل.",
            ),
        ),
    ];
    for (index, (step, label)) in steps.into_iter().enumerate() {
        let y = 384.0 + 34.0 * index as f64;
        canvas.remark(area(20.0, y, 724.0, 34.0), step, label);
    }
}
