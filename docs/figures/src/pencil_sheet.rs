//! A sheet to print: empty boxes for the twenty bytes of a header and for its fields.

use crate::Figure;
use crate::canvas::{Align, Area, Canvas, Reading, area};
use crate::shapes::Look;
use crate::style::Type;
use crate::tcp_header::FLAGS;
use crate::words::{Words, same, words};

pub const FIGURE: Figure = Figure {
    name: "pencil-sheet",
    title: words("A header to fill in", "ترويسة تُملأ بالقلم"),
    description: words(
        "Five rows of four empty boxes, one for each byte from 0 to 19. Under each row are empty \
         boxes for its fields: source port and destination port; sequence number; acknowledgment \
         number; data offset, reserved bits, nine flags and window; checksum and urgent pointer.",
        "خمسة صفوف في كل منها أربعة مربعات فارغة، مربع لكل بايت من 0 إلى 19. وتحت كل صف مربعات فارغة \
         لحقوله: منفذ المصدر ومنفذ الوجهة؛ الرقم المتسلسل؛ رقم الإقرار؛ إزاحة البيانات والبتات \
         المحجوزة والأعلام التسعة والنافذة؛ المجموع الاختباري ومؤشر العاجل.",
    ),
    height: 704.0,
    reading: Reading::Wire,
    draw,
};

const LEFT: f64 = 30.0;
const BIT: f64 = 22.0;
const TOP: f64 = 14.0;
const ROW: f64 = 138.0;
const BYTE_HEIGHT: f64 = 46.0;
const FIELD_HEIGHT: f64 = 80.0;

const BYTES: [&str; 20] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    "17", "18", "19",
];

/// A field: its row, first bit, bits and name.
struct Field(usize, usize, usize, Words);

const FIELDS: [Field; 9] = [
    Field(0, 0, 16, words("source port", "منفذ المصدر")),
    Field(0, 16, 16, words("destination port", "منفذ الوجهة")),
    Field(1, 0, 32, words("sequence number", "الرقم المتسلسل")),
    Field(2, 0, 32, words("acknowledgment number", "رقم الإقرار")),
    Field(3, 0, 4, words("data offset", "إزاحة البيانات")),
    Field(3, 4, 3, words("rsrvd", "محجوز")),
    Field(3, 16, 16, words("window", "النافذة")),
    Field(4, 0, 16, words("checksum", "المجموع الاختباري")),
    Field(4, 16, 16, words("urgent pointer", "مؤشر العاجل")),
];

fn draw(canvas: &mut Canvas) {
    for (place, name) in BYTES.into_iter().enumerate() {
        let at = cell(place / 4, place % 4 * 8, 8);
        let at = area(at.x, at.y, at.width, BYTE_HEIGHT);
        canvas.block(at, Look::Plain, 0.0);
        let corner = area(at.x + 4.0, at.y + 2.0, 30.0, 18.0);
        canvas.text(same(name), corner, Align::Start, Type::Note);
    }
    for Field(row, from, bits, name) in FIELDS {
        field(canvas, cell(row, from, bits), bits, name);
    }
    for (index, letters) in FLAGS.into_iter().enumerate() {
        flag(canvas, cell(3, 7 + index, 1), letters);
    }
}

/// The bits of a row, bytes and field together.
fn cell(row: usize, from: usize, bits: usize) -> Area {
    let y = TOP + ROW * row as f64;
    area(LEFT + BIT * from as f64, y, BIT * bits as f64, ROW)
}

/// A box for the value, with the field's name in its upper edge.
fn field(canvas: &mut Canvas, at: Area, bits: usize, name: Words) {
    let at = area(at.x, at.y + BYTE_HEIGHT, at.width, FIELD_HEIGHT);
    canvas.block(at, Look::Kernel, 0.0);
    let lines = if bits < 8 { 40.0 } else { 20.0 };
    let label = area(at.x + 2.0, at.y + 2.0, at.width - 4.0, lines);
    canvas.text(name, label, Align::Middle, Type::Note);
}

/// One bit, with the letters of the flag's name above the place for its value.
fn flag(canvas: &mut Canvas, at: Area, letters: [&'static str; 3]) {
    let at = area(at.x, at.y + BYTE_HEIGHT, at.width, FIELD_HEIGHT);
    canvas.block(at, Look::Plain, 0.0);
    for (line, letter) in letters.into_iter().enumerate() {
        let step = Type::Letter.step();
        let y = at.y + 2.0 + step * line as f64;
        let one = area(at.x - 2.0, y, at.width + 4.0, step);
        if !letter.is_empty() {
            canvas.text(same(letter), one, Align::Middle, Type::Letter);
        }
    }
}
