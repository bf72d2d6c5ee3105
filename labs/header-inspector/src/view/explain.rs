//! The `explain` view: field by field, what the bytes are and what they mean here.

use super::text::push;
use super::title::{bold, problems, range, title};
use super::{Settings, View};
use crate::explain::{Field, answer, fields, general, steps};
use crate::{Lang, Segment};

/// Columns that English sentences are wrapped to.
const WIDTH: usize = 76;

/// Explains each segment.
pub struct ExplainView {
    settings: Settings,
    explained: u64,
}

impl ExplainView {
    pub fn new(settings: Settings) -> ExplainView {
        ExplainView {
            settings,
            explained: 0,
        }
    }

    /// Explains without the title that another view has written already.
    pub fn body(&self, segment: &Segment, out: &mut Vec<u8>) {
        for field in fields(segment, self.settings.lang) {
            self.field(out, segment, &field);
        }
        self.sum(out, segment);
        self.answer(out, segment);
        problems(out, segment, self.settings);
    }

    fn heading(&self, out: &mut Vec<u8>, text: &str) {
        push(out, &bold(text, self.settings.color));
        push(out, "\n");
    }

    fn field(&self, out: &mut Vec<u8>, segment: &Segment, field: &Field) {
        let lang = self.settings.lang;
        let value = lang.isolate(&field.value);
        self.heading(out, format!("{}  {value}", field.title).trim_end());
        push(out, &format!("    {}\n", place(segment, field, lang)));
        wrapped(out, &field.meaning, lang);
        push(out, &format!("    {}\n", lang.isolate(field.rfc)));
        if let Some(paper) = field.paper {
            wrapped(out, &format!("» {paper}"), lang);
        }
        push(out, "\n");
    }

    /// Works the checksum step by step.
    fn sum(&self, out: &mut Vec<u8>, segment: &Segment) {
        let lang = self.settings.lang;
        let Some(steps) = steps(segment, lang) else {
            return;
        };
        self.heading(
            out,
            lang.pick("The checksum, added up", "حساب المجموع الاختباري"),
        );
        wrapped(out, lang.pick(
            "All 16-bit words are added; a carry out of the left comes back in at the right. The checksum field itself counts as 0000, and an odd last byte is followed by 00.",
            "تُجمع كل الكلمات من \u{2068}16\u{2069} بتًا؛ وما يفيض عن الخانة العليا يُضاف إلى الدنيا. يُحسب حقل المجموع الاختباري نفسه \u{2068}0000\u{2069}، ويُتبع البايت الأخير الفردي بـ\u{2068}00\u{2069}.",
        ), lang);
        for step in &steps {
            let line = match lang {
                Lang::En => format!(
                    "    {:<21} {:<41} = {:04x}, so far {:04x}\n",
                    step.what, step.words, step.sum, step.total
                ),
                Lang::Ar => format!(
                    "    \u{2068}{:<41} = {:04x}, {:04x}\u{2069} {}\n",
                    step.words, step.sum, step.total, step.what
                ),
            };
            push(out, &line);
        }
        let total = steps.last().map_or(0, |step| step.total);
        let result = format!("ffff - {total:04x} = {:04x}", !total);
        push(
            out,
            &lang.pick(
                format!("    complement             {result}, which the field should hold\n\n"),
                format!("    \u{2068}{result}\u{2069} المتمم، وهو ما ينبغي أن يكون في الحقل\n\n"),
            ),
        );
    }

    fn answer(&self, out: &mut Vec<u8>, segment: &Segment) {
        let lang = self.settings.lang;
        let Some(answer) = answer(segment, lang) else {
            return;
        };
        self.heading(
            out,
            lang.pick(
                "What the other side should answer",
                "بماذا ينبغي أن يجيب الطرف الآخر",
            ),
        );
        wrapped(out, &answer.sentence, lang);
        push(out, &format!("    {}\n\n", lang.isolate(answer.rfc)));
    }
}

impl View for ExplainView {
    fn segment(&mut self, segment: &Segment, out: &mut Vec<u8>) {
        title(out, segment, self.settings);
        if self.explained == 0 {
            wrapped(
                out,
                &format!("» {}", general(self.settings.lang)),
                self.settings.lang,
            );
            push(out, "\n");
        }
        self.explained += 1;
        self.body(segment, out);
    }
}

/// Tells the bytes and bits that a field came from.
pub(super) fn place(segment: &Segment, field: &Field, lang: Lang) -> String {
    const SHOWN: usize = 12;
    let bytes = segment.frame.bytes.get(field.bytes.clone()).unwrap_or(&[]);
    let mut hex: Vec<String> = bytes
        .iter()
        .take(SHOWN)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    if bytes.len() > SHOWN {
        hex.push("…".into());
    }
    let hex = lang.isolate(hex.join(" "));
    let at = lang.isolate(range(&field.bytes));
    let one = field.bytes.len() == 1;
    let mut place = match (lang, one) {
        (Lang::En, true) => format!("byte {at}: {hex}"),
        (Lang::En, false) => format!("bytes {at}: {hex}"),
        (Lang::Ar, true) => format!("البايت {at}: {hex}"),
        (Lang::Ar, false) => format!("البايتات {at}: {hex}"),
    };
    if let (Some(bits), Some(&byte)) = (&field.bits, bytes.first()) {
        place += &self::bits(bits, byte, lang);
    }
    place
}

/// Tells the bits in a byte and shows the byte with the other bits as dots.
fn bits(bits: &std::ops::Range<u8>, byte: u8, lang: Lang) -> String {
    let picture: String = (0..8)
        .map(|bit| match bits.contains(&bit) {
            true => char::from(b'0' + (byte << bit >> 7)),
            false => '.',
        })
        .collect();
    let at = range(&(usize::from(bits.start)..usize::from(bits.end)));
    let (at, picture) = (lang.isolate(at), lang.isolate(picture));
    match (lang, bits.len()) {
        (Lang::En, 1) => format!(", bit {at}: {picture}"),
        (Lang::En, _) => format!(", bits {at}: {picture}"),
        (Lang::Ar, 1) => format!("، البت {at}: {picture}"),
        (Lang::Ar, _) => format!("، البتات {at}: {picture}"),
    }
}

/// Appends sentences, indented; English is wrapped, Arabic is left to the terminal,
/// which alone knows how to lay it out.
fn wrapped(out: &mut Vec<u8>, text: &str, lang: Lang) {
    let mut line = String::from("   ");
    for word in text.split(' ') {
        let full = line.chars().count() + 1 + word.chars().count() > WIDTH;
        if full && lang == Lang::En {
            push(out, &line);
            push(out, "\n");
            line = String::from("   ");
        }
        line.push(' ');
        line += word;
    }
    push(out, &line);
    push(out, "\n");
}
