//! What a client and a server call, in order, and what each call waits for.
//!
//! The paper's figure 2, with Rust's names beside the operating system's.

use crate::Figure;
use crate::canvas::{Align, Canvas, Reading, area};
use crate::shapes::{Line, Look};
use crate::style::Type;
use crate::words::{Words, same, words};

pub const FIGURE: Figure = Figure {
    name: "socket-calls",
    title: words(
        "The calls of a client and a server over time",
        "استدعاءات العميل والخادم عبر الزمن",
    ),
    description: words(
        "Time runs downwards. The server calls socket, bind and listen, which Rust's \
         TcpListener::bind does in one, then accept, which waits. The client calls socket and \
         connect, Rust's TcpStream::connect; the three-way handshake passes, connect returns and \
         accept returns a new socket for this client. The client's send, Rust's write_all, \
         reaches the server's recv, Rust's read; the answer goes the same way back, as often as \
         they like. The client shuts its sending half; the server's recv returns 0 and it \
         closes; the client's recv returns 0 and it closes too.",
        "يجري الزمن إلى أسفل. يستدعي الخادم socket ثم bind ثم listen، وتجمعها في Rust \
         TcpListener::bind، ثم accept التي تنتظر. ويستدعي العميل socket ثم connect، وهما في Rust \
         TcpStream::connect؛ فتتم المصافحة الثلاثية وتعود connect وتعيد accept مقبسًا جديدًا لهذا \
         العميل. يصل ما ترسله send عند العميل، وهي write_all في Rust، إلى recv عند الخادم، وهي read في Rust؛ ويعود \
         الرد بالطريق نفسه، ويتكرر ذلك ما شاءا. ثم يغلق العميل اتجاه إرساله بـ shutdown \
         فتعيد recv عند الخادم 0 فيغلق، ثم تعيد recv عند العميل 0 فيغلق هو أيضًا.",
    ),
    height: 632.0,
    reading: Reading::Wire,
    draw,
};

const CLIENT: f64 = 178.0;
const SERVER: f64 = 472.0;
const WIDE: f64 = 110.0;
const HIGH: f64 = 28.0;

fn draw(canvas: &mut Canvas) {
    heads(canvas);
    opening(canvas);
    talking(canvas);
    closing(canvas);
    let note = words(
        "Hatched: a blocking call waits. Each FIN closes one direction; Rust closes a socket when its value is dropped.",
        "التظليل المائل: استدعاء حاجب ينتظر. كل FIN يغلق اتجاهًا واحدًا؛ ويُغلق المقبس في Rust حين ينتهي عمر مالكه.",
    );
    canvas.reading(Reading::Flow, |canvas| {
        canvas.text(
            note,
            area(20.0, 584.0, 720.0, 40.0),
            Align::Middle,
            Type::Note,
        );
    });
}

fn heads(canvas: &mut Canvas) {
    let rust = words("in Rust", "في Rust");
    for (x, look, name) in [
        (CLIENT, Look::Client, words("client", "العميل")),
        (SERVER, Look::Server, words("server", "الخادم")),
    ] {
        let frame = area(x - 14.0, 12.0, WIDE + 28.0, 566.0);
        canvas.program(frame, look, name);
    }
    canvas.text(
        rust,
        area(4.0, 17.0, CLIENT - 22.0, 24.0),
        Align::End,
        Type::Note,
    );
    canvas.text(
        rust,
        area(SERVER + WIDE + 21.0, 17.0, 140.0, 24.0),
        Align::Start,
        Type::Note,
    );
}

fn opening(canvas: &mut Canvas) {
    call(canvas, SERVER, 46.0, same("`socket()`"));
    call(canvas, SERVER, 80.0, same("`bind()`"));
    call(canvas, SERVER, 114.0, same("`listen()`"));
    rust(canvas, SERVER, 46.0, 142.0, same("`TcpListener::bind`"));
    wait(canvas, SERVER, 148.0, 240.0, same("`accept()`"));
    rust(canvas, SERVER, 148.0, 240.0, same("`listener.accept()`"));
    call(canvas, CLIENT, 148.0, same("`socket()`"));
    wait(canvas, CLIENT, 182.0, 240.0, same("`connect()`"));
    rust(canvas, CLIENT, 148.0, 240.0, same("`TcpStream::connect`"));
    let (left, right) = (CLIENT + WIDE, SERVER);
    for (index, (from, to)) in [(left, right), (right, left), (left, right)]
        .into_iter()
        .enumerate()
    {
        let y = 192.0 + 15.0 * index as f64;
        canvas.arrow(&[(from, y), (to, y + 9.0)], Line::Control);
    }
    let label = words("three-way handshake", "المصافحة الثلاثية");
    between(canvas, 168.0, label);
    let new = words("a new socket", "مقبس جديد");
    canvas.text(
        new,
        area(SERVER + WIDE + 25.0, 212.0, 140.0, 20.0),
        Align::Start,
        Type::Note,
    );
}

fn talking(canvas: &mut Canvas) {
    call(canvas, CLIENT, 272.0, same("`send()`"));
    rust(canvas, CLIENT, 272.0, 300.0, same("`write_all`"));
    wait(canvas, SERVER, 252.0, 314.0, same("`recv()`"));
    rust(canvas, SERVER, 252.0, 314.0, same("`read`"));
    let (left, right) = (CLIENT + WIDE, SERVER);
    canvas.arrow(&[(left, 286.0), (right, 304.0)], Line::Data);
    between(canvas, 270.0, same("`\"hi\\n\"`"));
    call(canvas, SERVER, 334.0, same("`send()`"));
    rust(canvas, SERVER, 334.0, 362.0, same("`write_all`"));
    wait(canvas, CLIENT, 314.0, 376.0, same("`recv()`"));
    rust(canvas, CLIENT, 314.0, 376.0, same("`read`"));
    canvas.arrow(&[(right, 348.0), (left, 366.0)], Line::Data);
    between(canvas, 332.0, words("answer", "الرد"));
    between(canvas, 382.0, words("… and so on …", "… وهكذا …"));
}

fn closing(canvas: &mut Canvas) {
    let (left, right) = (CLIENT + WIDE, SERVER);
    call(canvas, CLIENT, 424.0, same("`shutdown()`"));
    rust(canvas, CLIENT, 424.0, 452.0, same("`shutdown(Write)`"));
    wait(canvas, SERVER, 404.0, 468.0, same("`recv() = 0`"));
    rust(canvas, SERVER, 404.0, 468.0, same("`read` → `Ok(0)`"));
    canvas.arrow(&[(left, 438.0), (right, 456.0)], Line::Control);
    let end = words("end of stream (FIN)", "نهاية الدفق (FIN)");
    between(canvas, 422.0, end);
    call(canvas, SERVER, 486.0, same("`close()`"));
    rust(canvas, SERVER, 486.0, 514.0, same("`drop(stream)`"));
    wait(canvas, CLIENT, 466.0, 528.0, same("`recv() = 0`"));
    rust(canvas, CLIENT, 466.0, 528.0, same("`read` → `Ok(0)`"));
    canvas.arrow(&[(right, 500.0), (left, 518.0)], Line::Control);
    between(canvas, 484.0, end);
    call(canvas, CLIENT, 538.0, same("`close()`"));
    rust(canvas, CLIENT, 538.0, 566.0, same("`drop(stream)`"));
}

fn call(canvas: &mut Canvas, x: f64, y: f64, label: Words) {
    canvas.chip(area(x, y, WIDE, HIGH), Look::Plain, label, Type::Body);
}

/// A call that waits until something comes from the other side.
fn wait(canvas: &mut Canvas, x: f64, from: f64, to: f64, label: Words) {
    let all = area(x, from, WIDE, to - from);
    canvas.block(all, Look::Hatched, 5.0);
    let name = area(x, from, WIDE, HIGH);
    canvas.chip(name, Look::Plain, label, Type::Body);
}

/// Rust's name for the calls from `from` to `to`, behind a bracket.
fn rust(canvas: &mut Canvas, x: f64, from: f64, to: f64, label: Words) {
    let (near, far, text, align) = match x < SERVER {
        true => (x - 18.0, x - 23.0, x - 170.0, Align::End),
        false => (
            x + WIDE + 18.0,
            x + WIDE + 23.0,
            x + WIDE + 25.0,
            Align::Start,
        ),
    };
    let bracket = [(near, from), (far, from), (far, to), (near, to)];
    canvas.arrow(&bracket, Line::Hair);
    let at = area(text, (from + to) / 2.0 - 11.0, 145.0, 22.0);
    canvas.text(label, at, align, Type::Small);
}

fn between(canvas: &mut Canvas, y: f64, label: Words) {
    let at = area(CLIENT + WIDE + 6.0, y, SERVER - CLIENT - WIDE - 12.0, 20.0);
    canvas.text(label, at, Align::Middle, Type::Small);
}
