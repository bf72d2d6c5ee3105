//! Opens what the user named: a file, standard input, or the bytes themselves.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Chain, Cursor, Read};
use std::path::Path;
use std::rc::Rc;

use super::detect::{self, Kind};
use super::gzip::Members;
use super::modified::{self, BigEndian};
use super::{Capture, From, InputError, LooseBytes, Note, Reader};

/// A hexdump longer than this is no hexdump that a person made.
const MAX_TEXT: u64 = 64 << 20;

/// An opened input.
pub struct Input {
    kind: Opened,
    meter: Meter,
}

enum Opened {
    Capture(Capture),
    Bytes(LooseBytes),
}

impl Input {
    /// Lends each frame in turn; returns what else is to be told.
    pub fn read(self, reader: &mut dyn Reader) -> Vec<Note> {
        match self.kind {
            Opened::Capture(capture) => capture.read(reader),
            Opened::Bytes(bytes) => bytes.read(reader),
        }
    }

    /// Tells whether these are loose bytes and no capture.
    pub fn is_loose(&self) -> bool {
        matches!(self.kind, Opened::Bytes(_))
    }

    /// Returns the meter that counts what has been read, for showing progress.
    pub fn meter(&self) -> Meter {
        self.meter.clone()
    }
}

/// Counts the bytes that were read from a source.
#[derive(Clone, Default)]
pub struct Meter {
    read: Rc<Cell<u64>>,
    size: Option<u64>,
}

impl Meter {
    /// Returns how much of the source has been read, in percent, if its size is known.
    pub fn percent(&self) -> Option<u64> {
        let size = self.size.filter(|&size| size > 0)?;
        Some((self.read.get().saturating_mul(100) / size).min(100))
    }
}

/// A file that is metered.
struct Metered {
    file: File,
    meter: Meter,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.meter.read.set(self.meter.read.get() + count as u64);
        Ok(count)
    }
}

/// Opens a file by its path, standard input by `-`, or takes the argument for hex.
pub fn open(argument: &str, from: From) -> Result<Input, InputError> {
    if argument == "-" {
        return open_reader(Box::new(io::stdin()), "standard input", from);
    }
    if Path::new(argument).exists() {
        return open_file(argument, from);
    }
    let loose = LooseBytes::from_digits(argument, from).ok_or_else(|| neither(argument))?;
    Ok(Input {
        kind: Opened::Bytes(loose),
        meter: Meter::default(),
    })
}

fn open_file(path: &str, from: From) -> Result<Input, InputError> {
    let file = File::open(path).map_err(|error| InputError::io(path, &error))?;
    let meter = Meter {
        size: file.metadata().ok().map(|data| data.len()),
        ..Meter::default()
    };
    let metered = Metered {
        file,
        meter: meter.clone(),
    };
    let input = open_reader(Box::new(metered), path, from)?;
    Ok(Input { meter, ..input })
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
    let mut inside: Source = Box::new(Members::new(whole));
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
    let kind = match kind {
        Kind::Pcap if modified::is_at(start) => {
            let plain = BigEndian::new(whole).map_err(|error| InputError::io(name, &error))?;
            Opened::Capture(Capture::open(Box::new(plain), kind, name)?)
        }
        Kind::Pcap | Kind::Pcapng => Opened::Capture(Capture::open(whole, kind, name)?),
        Kind::Text => Opened::Bytes(open_text(whole, name, from)?),
        Kind::Gzip | Kind::Unknown => return Err(no_capture(name, start)),
    };
    let meter = Meter::default();
    Ok(Input { kind, meter })
}

fn open_text(whole: Source, name: &str, from: From) -> Result<LooseBytes, InputError> {
    let mut bytes = Vec::new();
    whole
        .take(MAX_TEXT)
        .read_to_end(&mut bytes)
        .map_err(|error| InputError::io(name, &error))?;
    LooseBytes::from_text(&String::from_utf8_lossy(&bytes), name, from)
}

/// Reads the first bytes, as many as it takes to open the input, or as there are.
fn peek(source: &mut Source) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    let mut needed = detect::MAGIC;
    while start.len() < needed {
        let missing = (needed - start.len()) as u64;
        if source.take(missing).read_to_end(&mut start)? == 0 {
            break;
        }
        needed = detect::needed(&start);
    }
    Ok(start)
}

fn neither(argument: &str) -> InputError {
    const SHOWN: usize = 60;
    let mut shown: String = argument.chars().take(SHOWN).collect();
    if argument.chars().count() > SHOWN {
        shown.push('…');
    }
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
