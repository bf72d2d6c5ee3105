//! Two room servers and a broker: the way of one line to every member.

use crate::Figure;
use crate::canvas::{Align, Canvas, Reading, area};
use crate::shapes::{Line, Look};
use crate::style::Type;
use crate::words::{Words, same, words};

pub const FIGURE: Figure = Figure {
    name: "servers",
    title: words(
        "One room, two servers and a broker",
        "غرفة واحدة وخادمان ووسيط",
    ),
    description: words(
        "Amal and Nour are connected to server a, Ehab and Omar to server b, and both servers to \
         a broker. Step 1: Amal sends hi to server a. Step 2: server a sends amal: hi to its own \
         members. Step 3: it publishes amal@a: hi, with its length in bytes. Step 4: the broker \
         delivers the message to server b. Step 5: server b sends amal@a: hi to its members.",
        "أمل ونور متصلتان بالخادم a، وإيهاب وعمر متصلان بالخادم b، والخادمان متصلان بوسيط. الخطوة 1: \
         ترسل أمل hi إلى الخادم a. الخطوة 2: يرسل الخادم a السطر amal: hi إلى أعضائه. الخطوة 3: ينشر \
         amal@a: hi مع طوله بالبايتات. الخطوة 4: يسلّم الوسيط الرسالة إلى الخادم b. الخطوة 5: يرسل \
         الخادم b السطر amal@a: hi إلى أعضائه.",
    ),
    height: 420.0,
    reading: Reading::Wire,
    draw,
};

fn draw(canvas: &mut Canvas) {
    member(canvas, 40.0, words("amal", "أمل"));
    member(canvas, 150.0, words("nour", "نور"));
    member(canvas, 520.0, words("ehab", "إيهاب"));
    member(canvas, 630.0, words("omar", "عمر"));
    canvas.program(
        area(40.0, 140.0, 200.0, 60.0),
        Look::Server,
        words("server a", "الخادم a"),
    );
    canvas.program(
        area(520.0, 140.0, 200.0, 60.0),
        Look::Server,
        words("server b", "الخادم b"),
    );
    canvas.program(
        area(300.0, 140.0, 160.0, 60.0),
        Look::Kernel,
        words("broker", "الوسيط"),
    );
    canvas.arrow(&[(80.0, 64.0), (80.0, 138.0)], Line::Data);
    canvas.arrow(&[(100.0, 138.0), (100.0, 64.0)], Line::Control);
    canvas.arrow(&[(195.0, 138.0), (195.0, 64.0)], Line::Control);
    canvas.arrow(&[(242.0, 170.0), (298.0, 170.0)], Line::Data);
    canvas.arrow(&[(462.0, 170.0), (518.0, 170.0)], Line::Data);
    canvas.arrow(&[(565.0, 138.0), (565.0, 64.0)], Line::Control);
    canvas.arrow(&[(675.0, 138.0), (675.0, 64.0)], Line::Control);
    for (at, step) in [
        ((62.0, 100.0), "1"),
        ((148.0, 100.0), "2"),
        ((270.0, 150.0), "3"),
        ((490.0, 150.0), "4"),
        ((620.0, 100.0), "5"),
    ] {
        canvas.badge(at, step);
    }
    remarks(canvas);
}

fn member(canvas: &mut Canvas, x: f64, name: Words) {
    let at = area(x, 26.0, 90.0, 36.0);
    canvas.block(at, Look::Client, 8.0);
    canvas.text(name, at, Align::Middle, Type::Small);
}

fn remarks(canvas: &mut Canvas) {
    let lines: [(&'static str, Words); 5] = [
        ("1", same("`hi\\n`")),
        ("2", same("`amal: hi\\n`")),
        ("3", same("`PUB room 10\\r\\namal@a: hi\\r\\n`")),
        ("4", same("`MSG room 1 10\\r\\namal@a: hi\\r\\n`")),
        ("5", same("`amal@a: hi\\n`")),
    ];
    for (index, (step, text)) in lines.into_iter().enumerate() {
        let y = 222.0 + 36.0 * index as f64;
        canvas.remark(area(200.0, y, 420.0, 28.0), step, text);
    }
}
