//! The handshake in three segments and the first data, with sequence numbers.

use crate::Figure;
use crate::canvas::{Align, Canvas, Reading, area};
use crate::ladder::End::{Client, Server};
use crate::shapes::{Line, Look};
use crate::style::Type;
use crate::words::{same, words};

pub const FIGURE: Figure = Figure {
    name: "handshake",
    title: words(
        "The three-way handshake and the first data, with sequence numbers",
        "المصافحة الثلاثية وأول البيانات، بالأرقام المتسلسلة",
    ),
    description: words(
        "Time runs downwards between a client and a server. The client sends SYN with sequence \
         number 1000; the server, listening, answers SYN and ACK with sequence number 5000 and \
         acknowledgment 1001; the client answers ACK with acknowledgment 5001, and both are \
         established. Then the client sends nine bytes from number 1001, the server acknowledges \
         with 1010 while it sends nine bytes from 5001, and the client acknowledges with 5010.",
        "يجري الزمن إلى أسفل بين عميل وخادم. يرسل العميل SYN برقم متسلسل 1000، فيرد الخادم المستمع \
         بمقطع SYN وACK رقمه المتسلسل 5000 وإقرار 1001، ثم يرد العميل بمقطع ACK وإقرار 5001 فيصبح الاتصال \
         قائمًا عند الطرفين. بعدها يرسل العميل تسعة بايتات أولها 1001، فيقرّ الخادم بالرقم 1010 وهو \
         يرسل تسعة بايتات أولها 5001، ويقرّ العميل بالرقم 5010.",
    ),
    height: 470.0,
    reading: Reading::Wire,
    draw,
};

fn draw(canvas: &mut Canvas) {
    canvas.two_ends(408.0);
    states(canvas);
    opening(canvas);
    data(canvas);
    let foot = area(20.0, 414.0, 720.0, 48.0);
    let rule = words(
        "SYN takes one sequence number and each byte of data takes one; an acknowledgment names \
         the next number that is expected. Real initial numbers are unpredictable.",
        "يستهلك SYN رقمًا متسلسلًا واحدًا، ويستهلك كل بايت من البيانات رقمًا؛ ورقم الإقرار هو الرقم \
         التالي المنتظر. والأرقام الابتدائية الحقيقية لا يمكن تخمينها.",
    );
    canvas.reading(Reading::Flow, |canvas| {
        canvas.text(rule, foot, Align::Middle, Type::Note);
    });
}

fn states(canvas: &mut Canvas) {
    canvas.state(Client, 78.0, 160.0, Look::Hatched);
    canvas.state(Client, 160.0, 402.0, Look::Kernel);
    canvas.state(Server, 56.0, 96.0, Look::Plain);
    canvas.state(Server, 96.0, 220.0, Look::Hatched);
    canvas.state(Server, 220.0, 402.0, Look::Kernel);
}

fn opening(canvas: &mut Canvas) {
    let small = Type::Small;
    canvas.beside(Server, 66.0, 20.0, same("`LISTEN`"), small);
    canvas.beside(Client, 78.0, 20.0, same("`connect()`"), small);
    canvas.segment(Client, 78.0, same("`SYN  seq=1000`"), Line::Control);
    canvas.beside(Client, 112.0, 20.0, same("`SYN-SENT`"), small);
    canvas.beside(Server, 112.0, 20.0, same("`SYN-RECEIVED`"), small);
    canvas.segment(
        Server,
        140.0,
        same("`SYN,ACK  seq=5000 ack=1001`"),
        Line::Control,
    );
    canvas.beside(Client, 172.0, 20.0, same("`ESTABLISHED`"), small);
    canvas.segment(
        Client,
        202.0,
        same("`ACK  seq=1001 ack=5001`"),
        Line::Control,
    );
    canvas.beside(Server, 232.0, 20.0, same("`ESTABLISHED`"), small);
    let given = words("`accept()` returns", "تعود `accept()`");
    canvas.beside(Server, 252.0, 20.0, given, Type::Note);
    let done = words("`connect()` returns", "تعود `connect()`");
    canvas.beside(Client, 192.0, 20.0, done, Type::Note);
}

fn data(canvas: &mut Canvas) {
    let small = Type::Small;
    canvas.beside(
        Client,
        268.0,
        20.0,
        words("sends `\"ehab: hi\\n\"`", "يرسل `\"ehab: hi\\n\"`"),
        small,
    );
    canvas.segment(
        Client,
        268.0,
        same("`PSH,ACK  seq=1001 ack=5001`"),
        Line::Data,
    );
    let nine = words("9 bytes: 1001 to 1009", "9 بايتات: من 1001 إلى 1009");
    canvas.beside(Client, 288.0, 20.0, nine, Type::Note);
    canvas.beside(
        Server,
        318.0,
        20.0,
        words("sends it to everyone", "يرسلها إلى الجميع"),
        small,
    );
    canvas.segment(
        Server,
        322.0,
        same("`PSH,ACK  seq=5001 ack=1010`"),
        Line::Data,
    );
    let back = words("9 bytes: 5001 to 5009", "9 بايتات: من 5001 إلى 5009");
    canvas.beside(Server, 338.0, 20.0, back, Type::Note);
    canvas.segment(
        Client,
        376.0,
        same("`ACK  seq=1010 ack=5010`"),
        Line::Control,
    );
}
