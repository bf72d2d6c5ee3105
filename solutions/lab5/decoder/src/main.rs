//! Lab 5: the decoder, from bytes to the fields of a TCP header (RFC 9293 §3.1).
//!
//! ```text
//!   "d382 d903 …" ──▶ bytes ──▶ header ──▶ source port: 54146
//!    a line of hex                         destination port: 55555
//!                                          …
//! ```
//!
//! Each task's place is marked: look for `TASK 5.1` and so on.

mod capture;

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use clap::{Parser, ValueEnum};
use lab_cli::warn;

/// Decodes TCP headers: hex digits, one segment a line, from files or standard input.
///
/// يفك ترميز ترويسات TCP: أرقام ست عشرية، مقطع في كل سطر، من ملفات أو من الدخل القياسي.
#[derive(Parser)]
struct Args {
    /// Files with one segment a line; standard input if none is named
    ///
    /// ملفات في كل سطر منها مقطع؛ والدخل القياسي إن لم يُسمَّ ملف
    files: Vec<PathBuf>,
    /// The address of the sender, to verify the checksum
    ///
    /// عنوان المرسِل، للتحقق من المجموع الاختباري
    #[arg(long, value_name = "IP", requires = "destination")]
    source: Option<IpAddr>,
    /// The address of the receiver, to verify the checksum
    ///
    /// عنوان المستقبِل، للتحقق من المجموع الاختباري
    #[arg(long, value_name = "IP", requires = "source")]
    destination: Option<IpAddr>,
    /// What a line begins with
    ///
    /// ما يبدأ به السطر
    #[arg(long, value_enum, default_value_t = Start::Tcp)]
    from: Start,
    /// A classic pcap file, in place of hex digits
    ///
    /// ملف pcap تقليدي، بدلًا من الأرقام الست عشرية
    #[arg(long, value_name = "FILE", conflicts_with = "files")]
    pcap: Option<PathBuf>,
}

/// The header with which the bytes of a line begin.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Start {
    Tcp,
    Ip,
}

/// The addresses of the pseudo-header.
#[derive(Clone, Copy)]
struct Addresses {
    source: IpAddr,
    destination: IpAddr,
}

/// Bytes in a line, at most: a segment has 65,535 bytes, each of two digits and a blank.
const LONGEST_LINE: u64 = 1 << 18;

fn main() -> ExitCode {
    lab_cli::run(run)
}

fn run(args: Args) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let result = decode_all(&args, &mut out).and_then(|()| Ok(out.flush()?));
    match result {
        // A closed standard output (`| head`) is no error.
        Err(error) if is_broken_pipe(&error) => Ok(()),
        result => result,
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error.downcast_ref::<io::Error>();
    io.is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

/// Decodes every line of every file.
fn decode_all(args: &Args, out: &mut impl Write) -> Result<()> {
    if let Some(path) = &args.pcap {
        // TASK 5.7: a classic pcap file, one line a frame.
        // المهمة 5.7: ملف التقاط تقليدي، وسطر لكل إطار.
        let bytes =
            std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        return capture::print(&bytes, out);
        // END 5.7
    }
    let mut number = 0;
    let mut failed = 0;
    if args.files.is_empty() {
        decode_lines(io::stdin().lock(), args, out, &mut number, &mut failed)?;
    }
    for path in &args.files {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        decode_lines(BufReader::new(file), args, out, &mut number, &mut failed)
            .with_context(|| format!("cannot read {}", path.display()))?;
    }
    ensure!(
        failed == 0,
        "{failed} of {number} segments could not be decoded"
    );
    Ok(())
}

/// Decodes line after line; one that is no header is reported, and the next is read.
fn decode_lines(
    mut lines: impl BufRead,
    args: &Args,
    out: &mut impl Write,
    number: &mut usize,
    failed: &mut usize,
) -> Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if (&mut lines)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)?
            == 0
        {
            return Ok(());
        }
        if line.len() as u64 == LONGEST_LINE && !line.ends_with(b"\n") {
            lines.skip_until(b'\n')?;
        }
        let Some(bytes) = parse_hex(&line).transpose() else {
            continue;
        };
        *number += 1;
        let decoded = bytes.and_then(|bytes| decode_line(&bytes, *number, args, out));
        if let Err(error) = decoded {
            if is_broken_pipe(&error) {
                return Err(error);
            }
            out.flush()?;
            warn(&format!("segment {number}: {error:#}"));
            *failed += 1;
        }
    }
}

/// Decodes the bytes of one line.
fn decode_line(bytes: &[u8], number: usize, args: &Args, out: &mut impl Write) -> Result<()> {
    let addresses = args.source.zip(args.destination);
    let addresses = addresses.map(|(source, destination)| Addresses {
        source,
        destination,
    });
    // TASK 5.7: with --from ip the segment, and its addresses, are inside an IP packet.
    // المهمة 5.7: مع هذا الخيار يكون المقطع وعنواناه داخل حزمة.
    if args.from == Start::Ip {
        let packet = capture::packet(bytes)?;
        writeln!(out, "segment {number}: {} bytes", packet.segment.len())?;
        return print_header(packet.segment, Some(packet.addresses), out);
    }
    // END 5.7
    writeln!(out, "segment {number}: {} bytes", bytes.len())?;
    print_header(bytes, addresses, out)
}

// TASK 5.1: bytes from hex digits, whatever blanks, case and comments the line has.
// المهمة 5.1: من الأرقام الست عشرية إلى البايتات، مهما كانت الفراغات والحروف والتعليقات.
/// The bytes of a line; `None` if it holds none. A `#` begins a comment.
fn parse_hex(line: &[u8]) -> Result<Option<Vec<u8>>> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let line = line.split(|byte| *byte == b'#').next().unwrap_or_default();
    let mut digits = Vec::with_capacity(line.len());
    for (index, byte) in line.iter().enumerate() {
        match (*byte as char).to_digit(16) {
            Some(digit) => digits.push(digit as u8),
            None if byte.is_ascii_whitespace() => {}
            None => bail!(
                "at column {}: needed a hex digit, found \"{}\"",
                index + 1,
                byte.escape_ascii()
            ),
        }
    }
    let (pairs, rest) = digits.as_chunks::<2>();
    ensure!(
        rest.is_empty(),
        "needed two hex digits a byte, found {} digits",
        digits.len()
    );
    let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
    Ok((!bytes.is_empty()).then_some(bytes))
}

/// The number in two bytes, the most significant one first (network byte order).
fn number16(bytes: &[u8], at: usize) -> u16 {
    u16::from_be_bytes([bytes[at], bytes[at + 1]])
}
// END 5.1

// TASK 5.2: numbers of 32 bits.
// المهمة 5.2: أعداد من 32 بت.
fn number32(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
// END 5.2

/// Prints the fields of a header, a line each, in the order of the wire.
fn print_header(bytes: &[u8], addresses: Option<Addresses>, out: &mut impl Write) -> Result<()> {
    // TASK 5.4: what is no header is an error; a length is never trusted.
    // المهمة 5.4: ما ليس ترويسة خطأ، ولا يوثق بطول قبل فحصه.
    let header = header(bytes)?;
    // END 5.4
    // TASK 5.1: the ports.
    // المهمة 5.1: المنفذان.
    writeln!(out, "source port: {}", number16(header, 0))?;
    writeln!(out, "destination port: {}", number16(header, 2))?;
    // END 5.1
    // TASK 5.2: the sequence number, and the acknowledgment number with its meaning.
    // المهمة 5.2: الرقم المتسلسل ورقم الإقرار ومعناه.
    writeln!(out, "sequence number: {}", number32(header, 4))?;
    let meaning = if header[13] & ACK == 0 {
        " (without meaning: ACK is not set)"
    } else {
        ""
    };
    writeln!(
        out,
        "acknowledgment number: {}{meaning}",
        number32(header, 8)
    )?;
    // END 5.2
    // TASK 5.3: what is smaller than a byte, the window and the urgent pointer.
    // المهمة 5.3: ما هو أصغر من بايت، والنافذة، ومؤشر العاجل.
    writeln!(out, "data offset: {}", header[12] >> 4)?;
    writeln!(out, "reserved: {:03b}", header[12] >> 1 & 0b111)?;
    writeln!(out, "flags: {}", flags(header))?;
    writeln!(out, "window: {}", number16(header, 14))?;
    let meaning = if header[13] & URG == 0 {
        " (without meaning: URG is not set)"
    } else {
        ""
    };
    writeln!(out, "urgent pointer: {}{meaning}", number16(header, 18))?;
    // END 5.3
    // TASK 5.5: the checksum, and its verdict where the addresses are known.
    // المهمة 5.5: المجموع الاختباري، والحكم عليه حين يُعرف العنوانان.
    let verdict = addresses
        .map(|addresses| verdict(bytes, addresses))
        .unwrap_or_default();
    writeln!(out, "checksum: {:#06x}{verdict}", number16(header, 16))?;
    // END 5.5
    // TASK 5.6: the options.
    // المهمة 5.6: الخيارات.
    for option in options(header) {
        writeln!(out, "option: {}", option?.text())?;
    }
    // END 5.6
    Ok(())
}

// TASK 5.3: the flags, by name.
// المهمة 5.3: الأعلام بأسمائها.
const ACK: u8 = 0x10;
const URG: u8 = 0x20;

/// The names of the flags that are set, in the order of the wire; AE is the last bit
/// of byte 12 (RFC 9768), the others are byte 13.
fn flags(header: &[u8]) -> String {
    const NAMES: [&str; 9] = ["AE", "CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"];
    let bits = number16(header, 12);
    let set = (0..9).filter(|place| bits >> (8 - place) & 1 == 1);
    let names: Vec<&str> = set.map(|place| NAMES[place]).collect();
    if names.is_empty() {
        "none".to_string()
    } else {
        names.join(" ")
    }
}
// END 5.3

// TASK 5.4: the header's own bytes.
// المهمة 5.4: بايتات الترويسة نفسها.
/// The bytes of the header, without the payload.
fn header(bytes: &[u8]) -> Result<&[u8]> {
    ensure!(
        bytes.len() >= 20,
        "at byte 0: needed 20 bytes, found {}",
        bytes.len()
    );
    let offset = bytes[12] >> 4;
    ensure!(
        offset >= 5,
        "at byte 12: needed a data offset of at least 5, found {offset}"
    );
    let length = usize::from(offset) * 4;
    ensure!(
        bytes.len() >= length,
        "at byte 12: needed {length} bytes for a data offset of {offset}, found {}",
        bytes.len()
    );
    Ok(&bytes[..length])
}
// END 5.4

// TASK 5.5: one's complement arithmetic over pseudo-header, header and payload.
// المهمة 5.5: جمع متمم الواحد للترويسة الزائفة والترويسة والحمولة.
/// What is to be said of the checksum of a whole segment.
fn verdict(segment: &[u8], addresses: Addresses) -> String {
    let mut pseudo = Vec::new();
    for address in [addresses.source, addresses.destination] {
        match address {
            IpAddr::V4(address) => pseudo.extend(address.octets()),
            IpAddr::V6(address) => pseudo.extend(address.octets()),
        }
    }
    pseudo.extend(6u32.to_be_bytes());
    pseudo.extend((segment.len() as u32).to_be_bytes());
    if fold(sum(&pseudo) + sum(segment)) == 0xffff {
        return " (good)".to_string();
    }
    let without = sum(&pseudo) + sum(segment) - u64::from(number16(segment, 16));
    format!(" (bad, should be {:#06x})", !fold(without))
}

/// The sum of the 16-bit words; a last odd byte is the high half of a word.
fn sum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<2>();
    let words: u64 = words
        .iter()
        .map(|word| u64::from(u16::from_be_bytes(*word)))
        .sum();
    words + rest.first().map_or(0, |byte| u64::from(*byte) << 8)
}

/// Adds the carries back until 16 bits are left.
fn fold(mut sum: u64) -> u16 {
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    sum as u16
}
// END 5.5

// TASK 5.6: kind, length, value; the walk ends, whatever the bytes say.
// المهمة 5.6: النوع ثم الطول ثم القيمة، وينتهي المرور مهما قالت البايتات.
/// One option of a header.
enum TcpOption {
    End,
    NoOperation,
    MaximumSegmentSize(u16),
    WindowScale(u8),
    SackPermitted,
    Sack(Vec<(u32, u32)>),
    Timestamps { value: u32, echo: u32 },
    Other { kind: u8, data: Vec<u8> },
}

/// The options of a header, up to the first that is none.
fn options(header: &[u8]) -> impl Iterator<Item = Result<TcpOption>> {
    let mut at = 20;
    std::iter::from_fn(move || {
        if at >= header.len() {
            return None;
        }
        let option = option_at(header, at);
        at = match &option {
            Ok((_, length)) => at + length,
            Err(_) => header.len(),
        };
        if let Ok((TcpOption::End, _)) = option {
            at = header.len();
        }
        Some(option.map(|(option, _)| option))
    })
}

/// The option at this byte of the header, and its length.
fn option_at(header: &[u8], at: usize) -> Result<(TcpOption, usize)> {
    let kind = header[at];
    match kind {
        0 => return Ok((TcpOption::End, 1)),
        1 => return Ok((TcpOption::NoOperation, 1)),
        _ => {}
    }
    let left = header.len() - at;
    let length = header.get(at + 1).copied().map(usize::from);
    let length = length.with_context(|| {
        format!(
            "at byte {}: needed the length of an option, found the end of the header",
            at + 1
        )
    })?;
    ensure!(
        length >= 2,
        "at byte {}: needed an option length of at least 2, found {length}",
        at + 1
    );
    ensure!(
        length <= left,
        "at byte {}: needed {length} bytes for the option, found {left}",
        at + 1
    );
    let data = &header[at + 2..at + length];
    let fits = match kind {
        2 => length == 4,
        3 => length == 3,
        4 => length == 2,
        5 => length % 8 == 2 && length > 2,
        8 => length == 10,
        _ => true,
    };
    ensure!(
        fits,
        "at byte {}: an option of kind {kind} cannot have length {length}",
        at + 1
    );
    let option = match kind {
        2 => TcpOption::MaximumSegmentSize(number16(data, 0)),
        3 => TcpOption::WindowScale(data[0]),
        4 => TcpOption::SackPermitted,
        5 => {
            let blocks = data.chunks_exact(8);
            TcpOption::Sack(
                blocks
                    .map(|it| (number32(it, 0), number32(it, 4)))
                    .collect(),
            )
        }
        8 => TcpOption::Timestamps {
            value: number32(data, 0),
            echo: number32(data, 4),
        },
        _ => TcpOption::Other {
            kind,
            data: data.to_vec(),
        },
    };
    Ok((option, length))
}

impl TcpOption {
    fn text(&self) -> String {
        match self {
            TcpOption::End => "end of option list".to_string(),
            TcpOption::NoOperation => "no-operation".to_string(),
            TcpOption::MaximumSegmentSize(size) => format!("maximum segment size: {size}"),
            TcpOption::WindowScale(shift) => format!("window scale: {shift}"),
            TcpOption::SackPermitted => "SACK permitted".to_string(),
            TcpOption::Sack(blocks) => {
                let blocks = blocks
                    .iter()
                    .map(|(left, right)| format!(" {left}-{right}"));
                format!("SACK:{}", blocks.collect::<String>())
            }
            TcpOption::Timestamps { value, echo } => format!("timestamps: {value} {echo}"),
            TcpOption::Other { kind, data } => {
                let data: String = data.iter().map(|byte| format!("{byte:02x}")).collect();
                format!("kind {kind}: {data}").trim_end().to_string()
            }
        }
    }
}
// END 5.6
