//! The sender's numbers: acknowledged, in flight, may be sent, must wait.

use crate::Figure;
use crate::canvas::{Align, Canvas, Reading, area};
use crate::shapes::{Line, Look};
use crate::style::Type;
use crate::words::{Words, same, words};

pub const FIGURE: Figure = Figure {
    name: "window",
    title: words("The sliding window", "النافذة المنزلقة"),
    description: words(
        "A row of numbers in four parts. The first are acknowledged. From the oldest number on, \
         SND.UNA, some are in flight. From the next number, SND.NXT, some may be sent now. The \
         window reaches from SND.UNA over both; what lies behind it must wait. An acknowledgment \
         moves the window on.",
        "صف من الأرقام في أربعة أجزاء. الأولى جاء إقرارها. ومن أقدم رقم لم يأتِ إقراره، SND.UNA، أرقام في \
         الطريق. ومن الرقم التالي، SND.NXT، أرقام يجوز إرسالها الآن. وتمتد النافذة من SND.UNA فوق \
         الجزأين؛ وما بعدها ينتظر. وكل إقرار يزيح النافذة إلى الأمام.",
    ),
    height: 240.0,
    reading: Reading::Wire,
    draw,
};

const TOP: f64 = 92.0;
const HEIGHT: f64 = 56.0;

fn draw(canvas: &mut Canvas) {
    let parts: [(f64, f64, Look, Words); 4] = [
        (
            20.0,
            150.0,
            Look::Kernel,
            words("acknowledged", "جاء إقرارها"),
        ),
        (170.0, 200.0, Look::Hatched, words("in flight", "في الطريق")),
        (
            370.0,
            190.0,
            Look::Client,
            words("may be sent", "يجوز إرسالها"),
        ),
        (560.0, 180.0, Look::Plain, words("must wait", "تنتظر")),
    ];
    for (x, width, look, label) in parts {
        let at = area(x, TOP, width, HEIGHT);
        canvas.block(at, look, 0.0);
        canvas.text_over(label, at, Align::Middle, Type::Small);
    }
    for (x, name) in [(170.0, "`SND.UNA`"), (370.0, "`SND.NXT`")] {
        canvas.arrow(
            &[(x, TOP + HEIGHT + 34.0), (x, TOP + HEIGHT + 2.0)],
            Line::Data,
        );
        let at = area(x - 60.0, TOP + HEIGHT + 36.0, 120.0, 22.0);
        canvas.text(same(name), at, Align::Middle, Type::Small);
    }
    canvas.arrow(&[(172.0, 62.0), (558.0, 62.0)], Line::Control);
    canvas.arrow(&[(558.0, 62.0), (172.0, 62.0)], Line::Control);
    let window = words("the window, `SND.WND`", "النافذة، `SND.WND`");
    canvas.text(
        window,
        area(260.0, 34.0, 220.0, 22.0),
        Align::Middle,
        Type::Body,
    );
}
