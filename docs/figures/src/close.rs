//! Each direction closed by its own FIN, with sequence numbers and states.

use crate::Figure;
use crate::canvas::{Align, Canvas, Reading, area};
use crate::ladder::End::{Client, Server};
use crate::shapes::{Line, Look};
use crate::style::Type;
use crate::words::{same, words};

pub const FIGURE: Figure = Figure {
    name: "close",
    title: words(
        "Closing a connection: each direction is closed by its own FIN",
        "إنهاء الاتصال: كل اتجاه يُغلق بعلم FIN خاص به",
    ),
    description: words(
        "Time runs downwards between a client and a server, both established. The client closes \
         its sending half and sends FIN with sequence number 1010; the server acknowledges 1011 \
         and its read returns 0. The server may still send: nine bytes from 5010. Then it closes \
         too and sends FIN with sequence number 5019; the client acknowledges 5020, waits in \
         TIME-WAIT for twice the longest life of a segment, and is closed.",
        "يجري الزمن إلى أسفل بين عميل وخادم اتصالهما قائم. يغلق العميل اتجاه إرساله فيرسل FIN برقم \
         متسلسل 1010، فيقرّ الخادم بالرقم 1011 وتعيد القراءة عنده 0. وللخادم أن يرسل بعد ذلك: تسعة \
         بايتات أولها 5010. ثم يغلق هو أيضًا فيرسل FIN برقم متسلسل 5019، فيقرّ العميل بالرقم 5020 \
         ويبقى في TIME-WAIT ضعف أطول عمر للمقطع، ثم يُغلق الاتصال.",
    ),
    height: 500.0,
    reading: Reading::Wire,
    draw,
};

fn draw(canvas: &mut Canvas) {
    canvas.two_ends(438.0);
    states(canvas);
    client_side_ends(canvas);
    server_side_ends(canvas);
    let foot = area(20.0, 444.0, 720.0, 48.0);
    let rule = words(
        "FIN takes one sequence number, and closes one direction only. RST is something else: it \
         aborts the connection at once, both directions, and is not acknowledged.",
        "يستهلك FIN رقمًا متسلسلًا واحدًا ويغلق اتجاهًا واحدًا فقط. أما RST فشيء آخر: يقطع الاتصال \
         فورًا في الاتجاهين ولا يُقَرّ به.",
    );
    canvas.reading(Reading::Flow, |canvas| {
        canvas.text(rule, foot, Align::Middle, Type::Note);
    });
}

fn states(canvas: &mut Canvas) {
    canvas.state(Client, 56.0, 84.0, Look::Kernel);
    canvas.state(Client, 84.0, 318.0, Look::Hatched);
    canvas.state(Client, 318.0, 412.0, Look::Dotted);
    canvas.state(Server, 56.0, 102.0, Look::Kernel);
    canvas.state(Server, 102.0, 374.0, Look::Hatched);
}

fn client_side_ends(canvas: &mut Canvas) {
    let small = Type::Small;
    for end in [Client, Server] {
        canvas.beside(end, 64.0, 20.0, same("`ESTABLISHED`"), small);
    }
    canvas.segment(
        Client,
        84.0,
        same("`FIN,ACK  seq=1010 ack=5010`"),
        Line::Control,
    );
    canvas.beside(Client, 84.0, 20.0, same("`shutdown(Write)`"), Type::Note);
    canvas.beside(Client, 106.0, 20.0, same("`FIN-WAIT-1`"), small);
    canvas.beside(Server, 112.0, 20.0, same("`CLOSE-WAIT`"), small);
    let end = words("`read` returns 0", "تعيد `read` القيمة 0");
    canvas.beside(Server, 132.0, 20.0, end, Type::Note);
    canvas.segment(
        Server,
        142.0,
        same("`ACK  seq=5010 ack=1011`"),
        Line::Control,
    );
    canvas.beside(Client, 168.0, 20.0, same("`FIN-WAIT-2`"), small);
}

fn server_side_ends(canvas: &mut Canvas) {
    let small = Type::Small;
    let still = words("may still send", "له أن يرسل بعد");
    canvas.beside(Server, 196.0, 20.0, still, Type::Note);
    canvas.segment(
        Server,
        200.0,
        same("`PSH,ACK  seq=5010 ack=1011`"),
        Line::Data,
    );
    canvas.beside(
        Server,
        216.0,
        20.0,
        words("9 bytes", "9 بايتات"),
        Type::Note,
    );
    canvas.segment(
        Client,
        248.0,
        same("`ACK  seq=1011 ack=5019`"),
        Line::Control,
    );
    canvas.beside(Server, 300.0, 20.0, words("closes", "يغلق"), Type::Note);
    canvas.segment(
        Server,
        300.0,
        same("`FIN,ACK  seq=5019 ack=1011`"),
        Line::Control,
    );
    canvas.beside(Server, 322.0, 20.0, same("`LAST-ACK`"), small);
    canvas.beside(Client, 326.0, 20.0, same("`TIME-WAIT`"), small);
    let twice = words("for `2 × MSL`", "يدوم `2 × MSL`");
    canvas.beside(Client, 348.0, 20.0, twice, Type::Note);
    canvas.segment(
        Client,
        356.0,
        same("`ACK  seq=1011 ack=5020`"),
        Line::Control,
    );
    canvas.beside(Server, 384.0, 20.0, same("`CLOSED`"), small);
    canvas.beside(Client, 420.0, 20.0, same("`CLOSED`"), small);
}
