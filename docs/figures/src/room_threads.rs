//! One server, many clients, and every thread of theirs.

use crate::Figure;
use crate::canvas::{Align, Canvas, Reading, area};
use crate::shapes::{Line, Look};
use crate::style::Type;
use crate::words::{Words, same, words};

pub const FIGURE: Figure = Figure {
    name: "room-threads",
    title: words(
        "One server, many clients, and their threads",
        "خادم واحد وعملاء كثيرون، وخيوطهم",
    ),
    description: words(
        "Three clients, ehab, amal and rami, each with two threads, one sending and one \
         receiving. Each is joined by one connection to a socket of the server's. In the server \
         the main thread only accepts on the listening socket and starts a reader thread for \
         each client. The list of members is behind one lock: a reader thread that has a line \
         locks it and writes the line to every socket.",
        "ثلاثة عملاء: ehab وamal وrami، ولكل منهم خيطان، خيط إرسال وخيط استقبال. ويصل كلًّا منهم \
         اتصال واحد بمقبس من مقابس الخادم. وفي الخادم لا يفعل الخيط الرئيس إلا القبول على مقبس \
         الاستماع، ويبدأ لكل عميل خيط قراءة. وقائمة الأعضاء خلف قفل واحد: فخيط القراءة الذي عنده \
         سطر يقفلها ويكتب السطر إلى كل المقابس.",
    ),
    height: 478.0,
    reading: Reading::Flow,
    draw,
};

const CLIENTS: [(f64, Words); 3] = [
    (134.0, words("client ehab", "العميل ehab")),
    (256.0, words("client amal", "العميل amal")),
    (378.0, words("client rami", "العميل rami")),
];

fn draw(canvas: &mut Canvas) {
    let server = area(330.0, 20.0, 408.0, 442.0);
    canvas.program(server, Look::Server, words("server", "الخادم"));
    accepting(canvas);
    for (y, name) in CLIENTS {
        client(canvas, y, name);
    }
    members(canvas);
}

fn accepting(canvas: &mut Canvas) {
    let main = words("main thread: accepts", "الخيط الرئيس: يقبل");
    canvas.thread(area(360.0, 50.0, 206.0, 36.0), main);
    canvas.arrow(&[(330.0, 68.0), (358.0, 68.0)], Line::Control);
    canvas.socket((330.0, 68.0));
    let listening = words("listening socket, port 55555", "مقبس الاستماع، المنفذ 55555");
    canvas.text(
        listening,
        area(100.0, 57.0, 220.0, 22.0),
        Align::End,
        Type::Note,
    );
    let starts = words("starts a reader for each", "يبدأ خيط قراءة لكل عميل");
    canvas.text(
        starts,
        area(570.0, 50.0, 164.0, 38.0),
        Align::Start,
        Type::Note,
    );
}

fn client(canvas: &mut Canvas, y: f64, name: Words) {
    canvas.program(area(20.0, y - 48.0, 196.0, 106.0), Look::Client, name);
    canvas.thread(
        area(34.0, y - 17.0, 152.0, 30.0),
        words("sending thread", "خيط الإرسال"),
    );
    canvas.thread(
        area(34.0, y + 19.0, 152.0, 30.0),
        words("receiving thread", "خيط الاستقبال"),
    );
    canvas.arrow(&[(186.0, y - 2.0), (358.0, y - 2.0)], Line::Data);
    canvas.arrow(&[(560.0, y + 34.0), (188.0, y + 34.0)], Line::Data);
    for x in [216.0, 330.0] {
        canvas.socket_pair(x, y - 2.0, y + 34.0);
    }
    let reader = words("reader thread", "خيط القراءة");
    canvas.thread(area(360.0, y - 19.0, 150.0, 34.0), reader);
    canvas.arrow(&[(510.0, y - 2.0), (558.0, y - 2.0)], Line::Data);
}

fn members(canvas: &mut Canvas) {
    canvas.block(area(560.0, 104.0, 160.0, 340.0), Look::Plain, 22.0);
    let name = words("members", "الأعضاء");
    canvas.text(
        name,
        area(570.0, 120.0, 140.0, 24.0),
        Align::Middle,
        Type::Strong,
    );
    let owner = words("behind one lock", "خلف قفل واحد");
    canvas.text(
        owner,
        area(570.0, 148.0, 140.0, 42.0),
        Align::Middle,
        Type::Small,
    );
    for (index, nickname) in ["ehab", "amal", "rami"].into_iter().enumerate() {
        let at = area(596.0, 200.0 + 34.0 * index as f64, 88.0, 28.0);
        canvas.chip(at, Look::Kernel, same(nickname), Type::Small);
    }
    let writes = words(
        "the thread that holds the lock writes to every member",
        "الخيط الذي بيده القفل يكتب إلى كل عضو",
    );
    canvas.text(
        writes,
        area(570.0, 312.0, 140.0, 80.0),
        Align::Middle,
        Type::Small,
    );
}
