//! Lab 2: two people talk at any time, because each side has two threads.

use crate::Figure;
use crate::canvas::{Align, Canvas, Reading, area};
use crate::shapes::{Line, Look};
use crate::style::Type;
use crate::words::{Words, words};

pub const FIGURE: Figure = Figure {
    name: "lab2-chat",
    title: words(
        "Lab 2: the single-client chat, two threads on each side",
        "المختبر 2: محادثة مع عميل واحد، بخيطين في كل طرف",
    ),
    description: words(
        "A client and a server, each with a keyboard, a screen and two threads. In each, one \
         thread waits for the keyboard and writes its lines to the socket; the other waits for \
         the socket and prints what arrives. So either can speak at any time, and neither wait \
         keeps the other back.",
        "عميل وخادم، ولكل منهما لوحة مفاتيح وشاشة وخيطان. في كل طرف ينتظر خيط لوحة المفاتيح ويكتب \
         أسطرها في المقبس، وينتظر الآخر المقبس ويطبع ما يصل. فيتكلم أي طرف متى شاء، ولا يعطّل \
         انتظارٌ انتظارًا.",
    ),
    height: 306.0,
    reading: Reading::Flow,
    draw,
};

const UPPER: f64 = 104.0;
const LOWER: f64 = 202.0;

fn draw(canvas: &mut Canvas) {
    canvas.program(
        area(90.0, 20.0, 214.0, 240.0),
        Look::Client,
        words("client", "العميل"),
    );
    canvas.program(
        area(456.0, 20.0, 214.0, 240.0),
        Look::Server,
        words("server", "الخادم"),
    );
    let keys = words(
        "waits for the keyboard, writes to the socket",
        "ينتظر لوحة المفاتيح ويكتب في المقبس",
    );
    let wire = words(
        "waits for the socket, prints what arrives",
        "ينتظر المقبس ويطبع ما يصل",
    );
    thread(canvas, 104.0, UPPER, keys);
    thread(canvas, 104.0, LOWER, wire);
    thread(canvas, 488.0, UPPER, wire);
    thread(canvas, 488.0, LOWER, keys);
    people(canvas);
    canvas.arrow(&[(272.0, UPPER), (486.0, UPPER)], Line::Data);
    canvas.arrow(&[(488.0, LOWER), (274.0, LOWER)], Line::Data);
    for x in [304.0, 456.0] {
        canvas.socket_pair(x, UPPER, LOWER);
    }
    let one = words("one connection, both directions", "اتصال واحد في اتجاهين");
    canvas.text(
        one,
        area(314.0, 130.0, 132.0, 46.0),
        Align::Middle,
        Type::Note,
    );
    let note = words(
        "A thread that waits holds up only itself: that is why there are two.",
        "الخيط الذي ينتظر لا يحجب إلا نفسه؛ ولهذا هما خيطان.",
    );
    canvas.text(
        note,
        area(20.0, 270.0, 720.0, 24.0),
        Align::Middle,
        Type::Note,
    );
}

fn thread(canvas: &mut Canvas, x: f64, middle: f64, label: Words) {
    canvas.thread(area(x, middle - 32.0, 168.0, 64.0), label);
}

fn people(canvas: &mut Canvas) {
    canvas.keyboard((46.0, UPPER));
    canvas.screen((46.0, LOWER));
    canvas.screen((714.0, UPPER));
    canvas.keyboard((714.0, LOWER));
    canvas.arrow(&[(70.0, UPPER), (102.0, UPPER)], Line::Data);
    canvas.arrow(&[(104.0, LOWER), (70.0, LOWER)], Line::Data);
    canvas.arrow(&[(656.0, UPPER), (690.0, UPPER)], Line::Data);
    canvas.arrow(&[(690.0, LOWER), (658.0, LOWER)], Line::Data);
    canvas.text(
        words("the user", "المستخدم"),
        area(8.0, 132.0, 78.0, 42.0),
        Align::Middle,
        Type::Note,
    );
    canvas.text(
        words("the operator", "المشغّل"),
        area(674.0, 132.0, 80.0, 42.0),
        Align::Middle,
        Type::Note,
    );
}
