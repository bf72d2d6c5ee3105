//! One client's session with the room, line by line.

use crate::Figure;
use crate::canvas::{Canvas, Reading};
use crate::ladder::End::{Client, Server};
use crate::shapes::Line;
use crate::style::Type;
use crate::words::{same, words};

pub const FIGURE: Figure = Figure {
    name: "room-session",
    title: words(
        "A session with the room, line by line",
        "جلسة مع الغرفة سطرًا سطرًا",
    ),
    description: words(
        "Time runs downwards between a client and a server. The client connects and sends ehab, \
         its nickname. The server sends ehab joined! to everyone and Connected to server! to \
         this client. The client sends ehab: hi, and the server sends ehab: hi to everyone. The \
         server sends amal: welcome, which another client said. Then the client closes the \
         connection; the server closes it too and sends ehab left! to the others.",
        "يجري الزمن إلى أسفل بين عميل وخادم. يتصل العميل ويرسل ehab وهو لقبه. فيرسل الخادم \
         ehab joined! إلى الجميع وConnected to server! إلى هذا العميل. ثم يرسل العميل ehab: hi فيرسله \
         الخادم إلى الجميع. ويرسل الخادم amal: welcome الذي قاله عميل آخر. ثم يغلق العميل الاتصال، \
         فيغلقه الخادم أيضًا ويرسل ehab left! إلى الآخرين.",
    ),
    height: 452.0,
    reading: Reading::Wire,
    draw,
};

fn draw(canvas: &mut Canvas) {
    canvas.two_ends(440.0);
    let small = Type::Small;
    let note = Type::Note;
    canvas.segment(Client, 84.0, same("`ehab\\n`"), Line::Data);
    canvas.beside(Client, 84.0, 20.0, words("the nickname", "اللقب"), note);
    canvas.segment(Server, 132.0, same("`ehab joined!\\n`"), Line::Data);
    canvas.beside(
        Server,
        132.0,
        20.0,
        words("to everyone", "إلى الجميع"),
        note,
    );
    canvas.segment(Server, 176.0, same("`Connected to server!\\n`"), Line::Data);
    let alone = words("to this client alone", "إلى هذا العميل وحده");
    canvas.beside(Server, 176.0, 20.0, alone, note);
    canvas.segment(Client, 228.0, same("`ehab: hi\\n`"), Line::Data);
    let typed = words("`hi` was typed", "كُتب `hi`");
    canvas.beside(Client, 228.0, 20.0, typed, note);
    canvas.segment(Server, 272.0, same("`ehab: hi\\n`"), Line::Data);
    let echo = words("to everyone, its author included", "إلى الجميع ومنهم كاتبه");
    canvas.beside(Server, 272.0, 38.0, echo, note);
    canvas.segment(Server, 322.0, same("`amal: welcome\\n`"), Line::Data);
    let other = words("another client's line", "سطر عميل آخر");
    canvas.beside(Server, 322.0, 20.0, other, note);
    let end = words(
        "EOF, or `CLOSE123123\\n`",
        "نهاية المدخلات، أو `CLOSE123123\\n`",
    );
    canvas.segment(Client, 374.0, end, Line::Control);
    let quit = words("`CLOSE123123` was typed", "كُتب `CLOSE123123`");
    canvas.beside(Client, 374.0, 20.0, quit, note);
    canvas.segment(Server, 414.0, words("EOF", "نهاية المدخلات"), Line::Control);
    let left = words("`ehab left!` to the others", "`ehab left!` إلى الآخرين");
    canvas.beside(Server, 410.0, 38.0, left, small);
}
