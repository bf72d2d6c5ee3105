//! Opens what the user named: a file, standard input, or the bytes themselves.

use std::fs::File;
use std::io::{self, Chain, Cursor, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::detect::{self, Kind};
use super::{Capture, Each, From, InputError, LooseBytes, Note};

/// A hexdump longer than this is no hexdump that a person made.
const MAX_TEXT: u64 = 64 << 20;

/// An opened input.
pub enum Input {
    Capture(Capture),
    Bytes(LooseBytes),
}

impl Input {
    /// Lends each frame in turn; returns what else is to be told.
    pub fn read(self, each: &mut Each) -> Vec<Note> {
        match self {
            Input::Capture(capture) => capture.read(each),
            Input::Bytes(bytes) => bytes.read(each),
        }
    }
}

/// Opens a file by its path, standard input by `-`, or takes the argument for hex.
pub fn open(argument: &str, from: From) -> Result<Input, InputError> {
    if argument == "-" {
        return open_reader(Box::new(io::stdin()), "standard input", from);
    }
    if Path::new(argument).exists() {
        let file = File::open(argument).map_err(|error| InputError::io(argument, &error))?;
        return open_reader(Box::new(file), argument, from);
    }
    match LooseBytes::from_digits(argument, from) {
        Some(bytes) => Ok(Input::Bytes(bytes)),
        None => Err(neither(argument)),
    }
}

/// Opens an input whose bytes are in memory.
pub fn open_bytes(bytes: Vec<u8>, name: &str, from: From) -> Result<Input, InputError> {
    open_reader(Box::new(Cursor::new(bytes)), name, from)
}

type Source = Box<dyn Read>;

fn open_reader(mut source: Source, name: &str, from: From) -> Result<Input, InputError> {
    let start = peek(&mut source).map_err(|error| InputError::io(name, &error))?;
    let kind = detect::kind(&start);
    let whole = Cursor::new(start.clone()).chain(source);
    match kind {
        Kind::Gzip => open_gzip(whole, name, from),
        kind => open_plain(kind, &start, Box::new(whole), name, from),
    }
}

/// Opens what is inside; gzip within gzip is opened no further.
fn open_gzip(
    whole: Chain<Cursor<Vec<u8>>, Source>,
    name: &str,
    from: From,
) -> Result<Input, InputError> {
    let mut inside: Source = Box::new(MultiGzDecoder::new(whole));
    let start = peek(&mut inside).map_err(|error| InputError::io(name, &error))?;
    let kind = detect::kind(&start);
    let whole = Cursor::new(start.clone()).chain(inside);
    open_plain(kind, &start, Box::new(whole), name, from)
}

fn open_plain(
    kind: Kind,
    start: &[u8],
    whole: Source,
    name: &str,
    from: From,
) -> Result<Input, InputError> {
    match kind {
        Kind::Pcap | Kind::Pcapng => Capture::open(whole, kind, name).map(Input::Capture),
        Kind::Text => open_text(whole, name, from).map(Input::Bytes),
        Kind::Gzip | Kind::Unknown => Err(no_capture(name, start)),
    }
}

fn open_text(whole: Source, name: &str, from: From) -> Result<LooseBytes, InputError> {
    let mut bytes = Vec::new();
    whole
        .take(MAX_TEXT)
        .read_to_end(&mut bytes)
        .map_err(|error| InputError::io(name, &error))?;
    LooseBytes::from_text(&String::from_utf8_lossy(&bytes), name, from)
}

/// Reads the first bytes, as many as there are.
fn peek(source: &mut Source) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    source.take(detect::PEEK as u64).read_to_end(&mut start)?;
    Ok(start)
}

fn neither(argument: &str) -> InputError {
    let shown: String = argument.chars().take(60).collect();
    InputError::new(
        format!("no file is called {shown:?}, and it is not an even number of hex digits either"),
        format!("لا يوجد ملف باسم \u{2068}{shown:?}\u{2069}، وليس عددًا زوجيًا من الأرقام الست عشرية"),
    )
}

fn no_capture(name: &str, start: &[u8]) -> InputError {
    if start.is_empty() {
        return InputError::new(
            format!("{name} is empty: needed a pcap or pcapng capture, or a hexdump"),
            format!(
                "الملف \u{2068}{name}\u{2069} فارغ: المطلوب ملف التقاط \u{2068}pcap\u{2069} أو \u{2068}pcapng\u{2069}، أو بايتات بالأرقام الست عشرية"
            ),
        );
    }
    let found: Vec<String> = start
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let found = found.join(" ");
    InputError::new(
        format!(
            "{name} is no capture: at byte 0, needed the first bytes of pcap, pcapng or gzip, or a hexdump, found {found}"
        ),
        format!(
            "الملف \u{2068}{name}\u{2069} ليس ملف التقاط: المطلوب عند البايت \u{2068}0\u{2069} بداية \u{2068}pcap\u{2069} أو \u{2068}pcapng\u{2069} أو \u{2068}gzip\u{2069}، والموجود \u{2068}{found}\u{2069}"
        ),
    )
}
