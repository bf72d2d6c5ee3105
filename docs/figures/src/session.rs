//! The whole course in one picture: three terminals while Ehab and Amal talk.
//!
//! What stands in them is the paper's session, as lab 3's server and lab 4's
//! client print it; the checks of the paper's session hold the programs to it.

use crate::Figure;
use crate::canvas::{Align, Canvas, Reading, area};
use crate::shapes::Look;
use crate::style::Type;
use crate::words::{Words, same, words};

pub const FIGURE: Figure = Figure {
    name: "session",
    title: words(
        "Three terminals: the server, Ehab and Amal",
        "ثلاث طرفيات: الخادم وإيهاب وأمل",
    ),
    description: words(
        "The server's terminal logs who connects and with which nickname. Ehab types his \
         nickname, then hi, and reads amal: welcome. Amal types her nickname, reads ehab: hi and \
         answers welcome. Ehab types CLOSE123123; the server and Amal read ehab left!",
        "تسجل طرفية الخادم من اتصل وبأي لقب. يكتب إيهاب لقبه ثم hi ويقرأ amal: welcome. وتكتب أمل \
         لقبها وتقرأ ehab: hi وتجيب welcome. ثم يكتب إيهاب CLOSE123123 فيقرأ الخادم وأمل \
         ehab left!",
    ),
    height: 408.0,
    reading: Reading::Wire,
    draw,
};

/// From one line of a terminal to the next.
const STEP: f64 = 20.0;

/// One line of a terminal.
enum Row {
    Printed(&'static str),
    Typed(&'static str),
    /// The answer to the question that both clients begin with.
    Nickname(&'static str),
}

use Row::{Nickname, Printed, Typed};

const SERVER: &[Row] = &[
    Printed("`Listening on 127.0.0.1:55555`"),
    Printed("`Connected with 127.0.0.1:54146`"),
    Printed("`Nickname is ehab`"),
];

const SERVER_GOES_ON: &[Row] = &[
    Printed("`Connected with 127.0.0.1:54147`"),
    Printed("`Nickname is amal`"),
    Printed("`ehab left!`"),
];

const EHAB: &[Row] = &[
    Nickname("`ehab`"),
    Printed("`WHEN YOU WANT TO CLOSE ENTER CLOSE123123`"),
    Printed("`ehab joined!`"),
    Printed("`Connected to server!`"),
    Printed("`amal joined!`"),
    Typed("`hi`"),
    Printed("`ehab: hi`"),
    Printed("`amal: welcome`"),
    Typed("`CLOSE123123`"),
];

const AMAL: &[Row] = &[
    Nickname("`amal`"),
    Printed("`WHEN YOU WANT TO CLOSE ENTER CLOSE123123`"),
    Printed("`amal joined!`"),
    Printed("`Connected to server!`"),
    Printed("`ehab: hi`"),
    Typed("`welcome`"),
    Printed("`amal: welcome`"),
    Printed("`ehab left!`"),
];

fn draw(canvas: &mut Canvas) {
    let server = words("the server", "الخادم");
    canvas.program(area(16.0, 16.0, 728.0, 104.0), Look::Server, server);
    rows(canvas, (26.0, 46.0), SERVER);
    rows(canvas, (390.0, 46.0), SERVER_GOES_ON);
    client(canvas, 16.0, words("Ehab", "إيهاب"), EHAB);
    client(canvas, 384.0, words("Amal", "أمل"), AMAL);
    let note = words(
        "Bold: typed by hand. Everything else was printed by the three programs.",
        "ما كُتب باليد بخط عريض، وكل ما عداه طبعته البرامج الثلاثة.",
    );
    let below = area(20.0, 372.0, 720.0, 24.0);
    canvas.text(note, below, Align::Middle, Type::Note);
}

fn client(canvas: &mut Canvas, x: f64, name: Words, lines: &[Row]) {
    canvas.program(area(x, 136.0, 360.0, 226.0), Look::Client, name);
    rows(canvas, (x + 4.0, 168.0), lines);
}

fn rows(canvas: &mut Canvas, (x, top): (f64, f64), lines: &[Row]) {
    for (index, row) in lines.iter().enumerate() {
        let at = area(x, top + STEP * index as f64, 352.0, STEP);
        match *row {
            Printed(text) => canvas.text(same(text), at, Align::Start, Type::Body),
            Typed(text) => canvas.text(same(text), at, Align::Start, Type::Strong),
            Nickname(text) => nickname(canvas, at.x, at.y, text),
        }
    }
}

fn nickname(canvas: &mut Canvas, x: f64, y: f64, text: &'static str) {
    let question = area(x, y, 192.0, STEP);
    let prompt = same("`Choose your nickname:`");
    canvas.text(prompt, question, Align::Start, Type::Body);
    let answer = area(x + 192.0, y, 90.0, STEP);
    canvas.text(same(text), answer, Align::Start, Type::Strong);
}
