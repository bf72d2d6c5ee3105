//! Lab 4: the finished client, its two threads, and the ways it ends.

use crate::Figure;
use crate::canvas::{Align, Canvas, Reading, area};
use crate::shapes::{Line, Look};
use crate::style::Type;
use crate::words::{same, words};

pub const FIGURE: Figure = Figure {
    name: "lab4-client",
    title: words(
        "Lab 4: the finished client, two threads and the quit sentinel",
        "المختبر 4: العميل المكتمل، خيطان وقيمة حارسة للخروج",
    ),
    description: words(
        "In the client a sending thread takes each line from the keyboard and asks whether the \
         whole line is CLOSE123123. If not, it sends the line with the nickname before it to the \
         room. If so, nothing is sent and the client ends. A receiving thread takes what arrives \
         from the room, makes control characters harmless and prints it; when the server closes \
         the connection it ends the client too. The main thread waits for the first of the two \
         and exits with 0.",
        "في العميل خيط إرسال يأخذ كل سطر من لوحة المفاتيح ويسأل: أهو CLOSE123123 بتمامه؟ فإن لم يكن، \
         أرسله إلى الغرفة وقبله اللقب. وإن كان، لم يُرسل شيئًا وانتهى العميل. وخيط استقبال يأخذ ما يصل \
         من الغرفة ويُبطل محارف التحكم ويطبعه؛ وحين يغلق الخادم الاتصال ينتهي العميل كذلك. أما الخيط \
         الرئيس فينتظر أول الأمرين ويخرج بالحالة 0.",
    ),
    height: 386.0,
    reading: Reading::Flow,
    draw,
};

const UPPER: f64 = 86.0;
const LOWER: f64 = 320.0;

fn draw(canvas: &mut Canvas) {
    canvas.program(
        area(90.0, 16.0, 520.0, 354.0),
        Look::Client,
        words("client", "العميل"),
    );
    canvas.program(
        area(660.0, 40.0, 86.0, 306.0),
        Look::Server,
        words("room", "الغرفة"),
    );
    sending(canvas);
    receiving(canvas);
    ending(canvas);
}

fn sending(canvas: &mut Canvas) {
    canvas.keyboard((46.0, UPPER));
    let thread = words("sending thread", "خيط الإرسال");
    canvas.thread(area(112.0, UPPER - 26.0, 136.0, 52.0), thread);
    canvas.arrow(&[(70.0, UPPER), (110.0, UPPER)], Line::Data);
    let asks = area(280.0, UPPER - 26.0, 152.0, 52.0);
    let question = words(
        "is the whole line `CLOSE123123`?",
        "هل السطر كله `CLOSE123123`؟",
    );
    canvas.chip(asks, Look::Plain, question, Type::Small);
    canvas.arrow(&[(250.0, UPPER), (278.0, UPPER)], Line::Data);
    canvas.arrow(&[(434.0, UPPER), (660.0, UPPER)], Line::Data);
    canvas.text(
        words("no", "لا"),
        area(434.0, UPPER - 24.0, 50.0, 20.0),
        Align::Start,
        Type::Small,
    );
    let line = same("`ehab: hi`");
    canvas.text(
        line,
        area(486.0, UPPER - 26.0, 110.0, 22.0),
        Align::Middle,
        Type::Small,
    );
}

fn receiving(canvas: &mut Canvas) {
    canvas.screen((46.0, LOWER));
    let thread = words("receiving thread", "خيط الاستقبال");
    canvas.thread(area(438.0, LOWER - 26.0, 140.0, 52.0), thread);
    let harmless = words("control characters made harmless", "إبطال محارف التحكم");
    canvas.chip(
        area(242.0, LOWER - 26.0, 152.0, 52.0),
        Look::Plain,
        harmless,
        Type::Small,
    );
    canvas.arrow(&[(660.0, LOWER), (580.0, LOWER)], Line::Data);
    canvas.arrow(&[(436.0, LOWER), (396.0, LOWER)], Line::Data);
    canvas.arrow(&[(240.0, LOWER), (70.0, LOWER)], Line::Data);
    let line = same("`amal: welcome`");
    canvas.text(
        line,
        area(96.0, LOWER - 30.0, 142.0, 22.0),
        Align::Middle,
        Type::Small,
    );
}

fn ending(canvas: &mut Canvas) {
    let main = area(112.0, 176.0, 200.0, 58.0);
    canvas.thread(
        main,
        words(
            "main thread waits for the first of the two",
            "الخيط الرئيس ينتظر أول الأمرين",
        ),
    );
    canvas.arrow(
        &[(356.0, 114.0), (356.0, 194.0), (314.0, 194.0)],
        Line::Control,
    );
    let yes = words(
        "yes, or Ctrl-D: nothing is sent",
        "نعم، أو Ctrl-D: لا يُرسَل شيء",
    );
    canvas.text(
        yes,
        area(362.0, 140.0, 236.0, 22.0),
        Align::Start,
        Type::Small,
    );
    canvas.arrow(
        &[(520.0, 292.0), (520.0, 216.0), (314.0, 216.0)],
        Line::Control,
    );
    let gone = words("the server closed the connection", "أغلق الخادم الاتصال");
    canvas.text(
        gone,
        area(362.0, 220.0, 154.0, 42.0),
        Align::Start,
        Type::Small,
    );
    canvas.arrow(&[(200.0, 236.0), (200.0, 262.0)], Line::Control);
    let exit = words("closes, exits with 0", "يُغلق ويخرج بالحالة 0");
    canvas.text(
        exit,
        area(112.0, 262.0, 200.0, 20.0),
        Align::Middle,
        Type::Small,
    );
    canvas.socket_pair(610.0, UPPER, LOWER);
}
