//! One frame of lab 5's recording: Wireshark's field tree, the bytes, the decoder's lines.

use crate::Figure;
use crate::canvas::{Align, Canvas, Reading, area};
use crate::shapes::{Line, Look};
use crate::style::Type;
use crate::words::{Words, same, words};

pub const FIGURE: Figure = Figure {
    name: "wireshark",
    title: words(
        "Frame 4 in Wireshark, in bytes, and in your decoder",
        "الإطار 4 في Wireshark وبالبايتات وفي فاكّ الترميز",
    ),
    description: words(
        "A table of three columns for the segment in frame 4 of the recording: what Wireshark's \
         middle pane shows, the bytes of the field, and the line that the decoder prints. Each \
         field has the same value in both.",
        "جدول من ثلاثة أعمدة للمقطع الذي في الإطار 4 من التسجيل: ما تعرضه اللوحة الوسطى في Wireshark، \
         وبايتات الحقل، والسطر الذي يطبعه فاكّ الترميز. ولكل حقل القيمة نفسها في الاثنين.",
    ),
    height: 440.0,
    reading: Reading::Wire,
    draw,
};

/// What Wireshark shows, the bytes, what the decoder prints.
const ROWS: [[&str; 3]; 11] = [
    ["`Source Port: 54146`", "`d3 82`", "`source port: 54146`"],
    [
        "`Destination Port: 55555`",
        "`d9 03`",
        "`destination port: 55555`",
    ],
    [
        "`Sequence Number (raw): 2638365251`",
        "`9d 42 42 43`",
        "`sequence number: 2638365251`",
    ],
    [
        "`Acknowledgment number (raw): 2486222927`",
        "`94 30 c0 4f`",
        "`acknowledgment number: 2486222927`",
    ],
    [
        "`1000 .... = Header Length: 32 bytes (8)`",
        "`8`",
        "`data offset: 8`",
    ],
    ["`Flags: 0x018 (PSH, ACK)`", "`0 18`", "`flags: ACK PSH`"],
    ["`Window: 64`", "`00 40`", "`window: 64`"],
    [
        "`Checksum: 0xfe2e [unverified]`",
        "`fe 2e`",
        "`checksum: 0xfe2e`",
    ],
    ["`Urgent Pointer: 0`", "`00 00`", "`urgent pointer: 0`"],
    [
        "`TCP Option - No-Operation (NOP)`",
        "`01`",
        "`option: no-operation`",
    ],
    [
        "`TSval 1110622703, TSecr 1113823964`",
        "`08 0a 42 …`",
        "`timestamps: 1110622703 …`",
    ],
];

const COLUMNS: [(f64, f64); 3] = [(16.0, 340.0), (362.0, 110.0), (478.0, 270.0)];
const TOP: f64 = 54.0;
const STEP: f64 = 33.0;

fn draw(canvas: &mut Canvas) {
    let headings: [Words; 3] = [
        words("Wireshark, middle pane", "اللوحة الوسطى في Wireshark"),
        words("bytes", "البايتات"),
        words("your decoder", "فاكّ الترميز الذي كتبته"),
    ];
    for (heading, (x, width)) in headings.into_iter().zip(COLUMNS) {
        let at = area(x, 16.0, width, 26.0);
        canvas.text(heading, at, Align::Middle, Type::Strong);
    }
    let looks = [Look::Plain, Look::Kernel, Look::Client];
    for ((x, width), look) in COLUMNS.into_iter().zip(looks) {
        let height = STEP * ROWS.len() as f64 + 8.0;
        canvas.block(area(x, TOP - 4.0, width, height), look, 6.0);
    }
    for (index, row) in ROWS.into_iter().enumerate() {
        let y = TOP + STEP * index as f64;
        for (text, (x, width)) in row.into_iter().zip(COLUMNS) {
            let at = area(x + 8.0, y, width - 14.0, STEP);
            canvas.text(same(text), at, Align::Start, Type::Small);
        }
        if index > 0 {
            canvas.arrow(&[(16.0, y), (748.0, y)], Line::Hair);
        }
    }
}
