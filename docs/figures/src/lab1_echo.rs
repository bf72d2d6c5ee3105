//! Lab 1: every byte a client sends comes back to it, then the next client.

use crate::Figure;
use crate::canvas::{Align, Canvas, Reading, area};
use crate::shapes::{Line, Look};
use crate::style::Type;
use crate::words::{same, words};

pub const FIGURE: Figure = Figure {
    name: "lab1-echo",
    title: words("Lab 1: the echo server", "المختبر 1: خادم الصدى"),
    description: words(
        "A client is joined to the server by one connection. What the keyboard gives the client \
         writes to its socket; the server reads it and writes the same bytes back; the client \
         shows them. In the server a loop goes through accept, read and write_all: after \
         write_all it reads again, and when read returns 0, the end of the stream, it accepts \
         the next client.",
        "يصل اتصال واحد عميلًا بالخادم. يكتب العميل في مقبسه ما تعطيه لوحة المفاتيح، فيقرؤه الخادم \
         ويكتب البايتات نفسها عائدةً، فيعرضها العميل. وفي الخادم حلقة من accept وread وwrite_all: بعد \
         write_all يقرأ من جديد، وحين تعيد read القيمة 0، أي نهاية الدفق، يقبل العميل التالي.",
    ),
    height: 322.0,
    reading: Reading::Flow,
    draw,
};

fn draw(canvas: &mut Canvas) {
    client(canvas);
    server(canvas);
    connection(canvas);
    let note = words(
        "The bytes come back unchanged, whatever the sizes of reads and writes.",
        "تعود البايتات كما هي، مهما كانت أحجام القراءات والكتابات.",
    );
    canvas.text(
        note,
        area(20.0, 286.0, 720.0, 24.0),
        Align::Middle,
        Type::Note,
    );
}

fn client(canvas: &mut Canvas) {
    canvas.program(
        area(24.0, 24.0, 220.0, 250.0),
        Look::Client,
        words("client", "العميل"),
    );
    canvas.keyboard((64.0, 145.0));
    canvas.screen((64.0, 229.0));
    canvas.chip(
        area(122.0, 130.0, 90.0, 30.0),
        Look::Plain,
        same("`write_all`"),
        Type::Small,
    );
    canvas.chip(
        area(122.0, 214.0, 90.0, 30.0),
        Look::Plain,
        same("`read`"),
        Type::Small,
    );
    canvas.arrow(&[(88.0, 145.0), (120.0, 145.0)], Line::Data);
    canvas.arrow(&[(120.0, 229.0), (90.0, 229.0)], Line::Data);
}

fn server(canvas: &mut Canvas) {
    canvas.program(
        area(424.0, 24.0, 312.0, 250.0),
        Look::Server,
        words("server", "الخادم"),
    );
    canvas.chip(
        area(538.0, 54.0, 90.0, 30.0),
        Look::Plain,
        same("`accept`"),
        Type::Small,
    );
    canvas.chip(
        area(454.0, 130.0, 90.0, 30.0),
        Look::Plain,
        same("`read`"),
        Type::Small,
    );
    canvas.chip(
        area(454.0, 214.0, 90.0, 30.0),
        Look::Plain,
        same("`write_all`"),
        Type::Small,
    );
    canvas.arrow(
        &[
            (560.0, 86.0),
            (560.0, 108.0),
            (499.0, 108.0),
            (499.0, 128.0),
        ],
        Line::Control,
    );
    canvas.arrow(&[(490.0, 162.0), (490.0, 212.0)], Line::Data);
    canvas.arrow(&[(508.0, 212.0), (508.0, 162.0)], Line::Control);
    canvas.text(
        words("again", "من جديد"),
        area(514.0, 176.0, 80.0, 22.0),
        Align::Start,
        Type::Note,
    );
    let end = words("0: end of stream", "0: نهاية الدفق");
    canvas.arrow(
        &[(546.0, 145.0), (608.0, 145.0), (608.0, 86.0)],
        Line::Control,
    );
    canvas.text(
        end,
        area(612.0, 116.0, 120.0, 38.0),
        Align::Start,
        Type::Note,
    );
    let next = words("close, then the next client", "يُغلق، ثم العميل التالي");
    canvas.text(
        next,
        area(612.0, 156.0, 120.0, 38.0),
        Align::Start,
        Type::Note,
    );
}

fn connection(canvas: &mut Canvas) {
    canvas.arrow(&[(214.0, 145.0), (452.0, 145.0)], Line::Data);
    canvas.arrow(&[(452.0, 229.0), (214.0, 229.0)], Line::Data);
    canvas.socket_pair(244.0, 145.0, 229.0);
    canvas.socket_pair(424.0, 145.0, 229.0);
    canvas.text(
        same("`\"hello\\n\"`"),
        area(252.0, 118.0, 164.0, 22.0),
        Align::Middle,
        Type::Small,
    );
    canvas.text(
        same("`\"hello\\n\"`"),
        area(252.0, 236.0, 164.0, 22.0),
        Align::Middle,
        Type::Small,
    );
    canvas.text(
        words("one TCP connection", "اتصال TCP واحد"),
        area(252.0, 166.0, 164.0, 44.0),
        Align::Middle,
        Type::Note,
    );
}
