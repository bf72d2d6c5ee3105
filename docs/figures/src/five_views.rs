//! The paper's five views of a socket, pointed out on one connection.

use crate::Figure;
use crate::canvas::{Align, Canvas, Reading, area};
use crate::shapes::{Line, Look};
use crate::style::Type;
use crate::words::{Words, same, words};

pub const FIGURE: Figure = Figure {
    name: "five-views",
    title: words("Five views of a socket", "خمس نظرات إلى المقبس"),
    description: words(
        "Two hosts. In each a process stands above TCP, and a socket lies between them on the \
         border; a connection joins the two TCPs. Five numbers point at five views of the same \
         socket: 1, an endpoint, known by IP address and port; 2, an abstraction that stands for \
         the terminal of a connection between two machines; 3, what a programmer is given to send \
         to another process and receive from it; 4, the door between the process and TCP; 5, the \
         interface between the application and the network.",
        "مضيفان، في كل منهما عملية فوق TCP، وبينهما على الحد مقبس؛ واتصال يصل بين TCP هنا وTCP هناك. \
         تشير خمسة أرقام إلى خمس نظرات إلى المقبس نفسه: 1 نقطة نهاية تُعرف بعنوان IP ورقم منفذ؛ 2 \
         تجريد يمثل محطة اتصال بين جهازين؛ 3 ما يُعطى للمبرمج ليرسل إلى عملية أخرى ويستقبل منها؛ 4 \
         الباب بين العملية وTCP؛ 5 الواجهة بين التطبيق والشبكة.",
    ),
    height: 520.0,
    reading: Reading::Flow,
    draw,
};

const BORDER: f64 = 178.0;

fn draw(canvas: &mut Canvas) {
    let client = (20.0, words("client process", "عملية العميل"), Look::Client);
    let server = (470.0, words("server process", "عملية الخادم"), Look::Server);
    border(canvas);
    host(
        canvas,
        client,
        same("`write_all`"),
        same("`127.0.0.1:54146`"),
    );
    host(canvas, server, same("`read`"), same("`127.0.0.1:55555`"));
    between(canvas);
    pointers(canvas);
    views(canvas);
}

fn border(canvas: &mut Canvas) {
    canvas.arrow(&[(30.0, BORDER), (740.0, BORDER)], Line::Hair);
    let above = words("application", "التطبيق");
    canvas.text(
        above,
        area(300.0, BORDER - 24.0, 160.0, 20.0),
        Align::Middle,
        Type::Note,
    );
    let below = words("network", "الشبكة");
    canvas.text(
        below,
        area(300.0, BORDER + 4.0, 160.0, 20.0),
        Align::Middle,
        Type::Note,
    );
}

fn host(canvas: &mut Canvas, (x, name, look): (f64, Words, Look), call: Words, address: Words) {
    let middle = x + 135.0;
    canvas.program(area(x + 10.0, 22.0, 250.0, 128.0), look, name);
    canvas.chip(
        area(middle - 55.0, 72.0, 110.0, 32.0),
        Look::Plain,
        call,
        Type::Body,
    );
    canvas.block(area(x + 10.0, 206.0, 250.0, 76.0), Look::Kernel, 10.0);
    let tcp = area(x + 20.0, 238.0, 230.0, 24.0);
    canvas.text(
        words("TCP, in the operating system", "TCP، في نظام التشغيل"),
        tcp,
        Align::Middle,
        Type::Small,
    );
    canvas.arrow(&[(middle, 104.0), (middle, 236.0)], Line::Stem);
    canvas.block(
        area(middle - 20.0, BORDER - 34.0, 40.0, 68.0),
        Look::Plain,
        4.0,
    );
    canvas.socket((middle, BORDER));
    let socket = area(middle - 96.0, BORDER - 24.0, 74.0, 20.0);
    canvas.text(words("socket", "مقبس"), socket, Align::End, Type::Small);
    canvas.text(
        address,
        area(x + 20.0, 288.0, 230.0, 22.0),
        Align::Middle,
        Type::Small,
    );
}

fn between(canvas: &mut Canvas) {
    canvas.arrow(&[(212.0, 88.0), (548.0, 88.0)], Line::Control);
    let process = words("from process to process", "من عملية إلى عملية");
    canvas.text(
        process,
        area(290.0, 64.0, 180.0, 20.0),
        Align::Middle,
        Type::Note,
    );
    canvas.arrow(&[(280.0, 250.0), (478.0, 250.0)], Line::Data);
    canvas.arrow(&[(480.0, 264.0), (282.0, 264.0)], Line::Data);
    let link = words("connection", "اتصال");
    canvas.text(
        link,
        area(300.0, 226.0, 160.0, 20.0),
        Align::Middle,
        Type::Note,
    );
}

fn pointers(canvas: &mut Canvas) {
    canvas.badge((46.0, 299.0), "1");
    canvas.badge((280.0, 232.0), "2");
    canvas.badge((240.0, 72.0), "3");
    canvas.badge((190.0, BORDER + 16.0), "4");
    canvas.badge((312.0, BORDER), "5");
}

fn views(canvas: &mut Canvas) {
    let views = [
        (
            "1",
            words(
                "An endpoint of communication, known by IP address and port.",
                "نقطة نهاية للاتصال، تُعرف بعنوان IP ورقم منفذ.",
            ),
        ),
        (
            "2",
            words(
                "A software abstraction: the terminal of a connection between two machines.",
                "تجريد برمجي يمثل محطة اتصال بين جهازين.",
            ),
        ),
        (
            "3",
            words(
                "What a programmer is given to send to another process, or receive from it.",
                "فكرة مجردة تُعطى للمبرمج ليرسل إلى عملية أخرى أو يستقبل منها.",
            ),
        ),
        (
            "4",
            words(
                "The door between the application's process and TCP.",
                "الباب بين عملية التطبيق وTCP.",
            ),
        ),
        (
            "5",
            words(
                "The interface between the application and the network.",
                "الواجهة بين التطبيق والشبكة.",
            ),
        ),
    ];
    for (index, (step, label)) in views.into_iter().enumerate() {
        let y = 332.0 + 34.0 * index as f64;
        canvas.remark(area(40.0, y, 690.0, 32.0), step, label);
    }
}
