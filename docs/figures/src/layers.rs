//! Multiplexing down the layers of one host, demultiplexing up another's.

use crate::Figure;
use crate::canvas::{Align, Area, Canvas, Reading, area};
use crate::shapes::{Line, Look};
use crate::style::Type;
use crate::words::{Words, same, words};

pub const FIGURE: Figure = Figure {
    name: "layers",
    title: words(
        "Layers, multiplexing and ports",
        "الطبقات وتعدد الإرسال والمنافذ",
    ),
    description: words(
        "Two hosts with four layers each: application, transport, internet, link. In the sending \
         host a chat client on port 54146 and a browser on port 54147 go through TCP, a name \
         lookup on port 53412 through UDP, and both through IP to one link: multiplexing. In the \
         receiving host IP chooses TCP or UDP by the protocol number, 6 or 17, and TCP or UDP \
         chooses the process by the destination port: 55555 the chat server, 80 the web server, \
         53 the name server: demultiplexing. Below, one frame: link header, IP header with \
         protocol 6, TCP header with both ports, data.",
        "مضيفان في كل منهما أربع طبقات: التطبيق والنقل والإنترنت والوصل. في المضيف المرسِل يمر عميل \
         محادثة على المنفذ 54146 ومتصفح على المنفذ 54147 عبر TCP، واستعلام أسماء على المنفذ 53412 \
         عبر UDP، ثم يمر الاثنان عبر IP إلى وصلة واحدة: تعدد الإرسال. وفي المضيف المستقبِل يختار IP \
         بروتوكول TCP أو UDP برقم البروتوكول 6 أو 17، ويختار TCP أو UDP العملية بمنفذ الوجهة: 55555 \
         خادم المحادثة و80 خادم الويب و53 خادم الأسماء: فك تعدد الإرسال. وفي الأسفل إطار واحد: ترويسة \
         الوصل، ثم ترويسة IP وفيها البروتوكول 6، ثم ترويسة TCP وفيها المنفذان، ثم البيانات.",
    ),
    height: 566.0,
    reading: Reading::Flow,
    draw,
};

const APPLICATION: f64 = 58.0;
const TRANSPORT: f64 = 172.0;
const INTERNET: f64 = 270.0;
const LINK: f64 = 350.0;

/// A host's processes: a name and a port each; the last one uses UDP.
type Processes = [(Words, &'static str); 3];

const SENDING: Processes = [
    (words("chat client", "عميل محادثة"), "54146"),
    (words("browser", "متصفح"), "54147"),
    (words("name lookup", "استعلام أسماء"), "53412"),
];
const RECEIVING: Processes = [
    (words("chat server", "خادم المحادثة"), "55555"),
    (words("web server", "خادم الويب"), "80"),
    (words("name server", "خادم الأسماء"), "53"),
];

/// Which way the data goes through a host.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Down,
    Up,
}

fn draw(canvas: &mut Canvas) {
    names(canvas);
    host(canvas, 16.0, Look::Client, SENDING, Way::Down);
    host(canvas, 432.0, Look::Server, RECEIVING, Way::Up);
    canvas.arrow(
        &[
            (172.0, LINK + 32.0),
            (172.0, 408.0),
            (588.0, 408.0),
            (588.0, LINK + 34.0),
        ],
        Line::Data,
    );
    frame(canvas);
}

fn names(canvas: &mut Canvas) {
    let layers = [
        (APPLICATION + 22.0, words("application", "التطبيق")),
        (TRANSPORT + 16.0, words("transport", "النقل")),
        (INTERNET + 16.0, words("internet", "الإنترنت")),
        (LINK + 16.0, words("link", "الوصل")),
    ];
    for (y, name) in layers {
        canvas.text(
            name,
            area(328.0, y - 12.0, 104.0, 24.0),
            Align::Middle,
            Type::Body,
        );
    }
}

fn host(canvas: &mut Canvas, x: f64, look: Look, processes: Processes, way: Way) {
    let name = match way {
        Way::Down => words("sending: multiplexing", "المضيف المرسِل: تعدد الإرسال"),
        Way::Up => words(
            "receiving: demultiplexing",
            "المضيف المستقبِل: فك تعدد الإرسال",
        ),
    };
    canvas.program(area(x, 16.0, 312.0, 378.0), look, name);
    for (index, (process, port)) in processes.into_iter().enumerate() {
        let left = x + 10.0 + 98.0 * index as f64;
        applications(
            canvas,
            area(left, APPLICATION, 94.0, 44.0),
            process,
            port,
            way,
        );
    }
    let body = Type::Body;
    canvas.chip(
        area(x + 44.0, TRANSPORT, 124.0, 32.0),
        Look::Plain,
        same("TCP"),
        body,
    );
    canvas.chip(
        area(x + 211.0, TRANSPORT, 84.0, 32.0),
        Look::Plain,
        same("UDP"),
        body,
    );
    canvas.chip(
        area(x + 76.0, INTERNET, 160.0, 32.0),
        Look::Plain,
        same("IP"),
        body,
    );
    let link = words("network card", "بطاقة الشبكة");
    canvas.chip(
        area(x + 76.0, LINK, 160.0, 32.0),
        Look::Kernel,
        link,
        Type::Small,
    );
    protocols(canvas, x, way);
}

fn applications(canvas: &mut Canvas, at: Area, process: Words, port: &'static str, way: Way) {
    canvas.chip(at, Look::Plain, process, Type::Small);
    let middle = at.x + at.width / 2.0;
    stretch(canvas, middle, (at.y + 44.0, TRANSPORT), way);
    canvas.block(area(middle - 27.0, 124.0, 54.0, 24.0), Look::Kernel, 12.0);
    canvas.text(
        same(port),
        area(middle - 30.0, 124.0, 60.0, 24.0),
        Align::Middle,
        Type::Small,
    );
}

fn protocols(canvas: &mut Canvas, x: f64, way: Way) {
    for (dx, number) in [(106.0, "6"), (224.0, "17")] {
        stretch(canvas, x + dx, (TRANSPORT + 32.0, INTERNET), way);
        canvas.block(area(x + dx - 16.0, 225.0, 32.0, 24.0), Look::Kernel, 12.0);
        canvas.text(
            same(number),
            area(x + dx - 18.0, 225.0, 36.0, 24.0),
            Align::Middle,
            Type::Small,
        );
    }
    stretch(canvas, x + 156.0, (INTERNET + 32.0, LINK), way);
}

/// An arrow between two layers.
fn stretch(canvas: &mut Canvas, x: f64, (top, bottom): (f64, f64), way: Way) {
    let points = match way {
        Way::Down => [(x, top), (x, bottom - 2.0)],
        Way::Up => [(x, bottom), (x, top + 2.0)],
    };
    canvas.arrow(&points, Line::Data);
}

/// What lies on the wire, in the order of the wire.
fn frame(canvas: &mut Canvas) {
    let label = words("one frame on the wire", "إطار واحد على السلك");
    canvas.text(
        label,
        area(20.0, 424.0, 720.0, 22.0),
        Align::Start,
        Type::Strong,
    );
    canvas.reading(Reading::Wire, |canvas| {
        let parts = [
            (
                20.0,
                130.0,
                Look::Kernel,
                words("link header", "ترويسة الوصل"),
            ),
            (
                150.0,
                190.0,
                Look::Plain,
                words("IP header: `protocol 6`", "ترويسة IP: `protocol 6`"),
            ),
            (
                340.0,
                240.0,
                Look::Plain,
                words("TCP header: `54146 → 55555`", "ترويسة TCP: `54146 → 55555`"),
            ),
            (580.0, 160.0, Look::Client, same("`\"ehab: hi\\n\"`")),
        ];
        for (x, width, look, label) in parts {
            let at = area(x, 450.0, width, 44.0);
            canvas.block(at, look, 0.0);
            canvas.text(label, at, Align::Middle, Type::Small);
        }
    });
    let note = words(
        "Going down, each layer puts its header in front; going up, each header names the next one to have the data: first the protocol number, then the destination port.",
        "في النزول تضع كل طبقة ترويستها في المقدمة؛ وفي الصعود تدل كل ترويسة على من يأخذ البيانات بعدها: رقم البروتوكول أولًا، ثم منفذ الوجهة.",
    );
    canvas.text(
        note,
        area(20.0, 504.0, 720.0, 48.0),
        Align::Middle,
        Type::Note,
    );
}
