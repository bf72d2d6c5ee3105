//! Lab 5: the decoder, from bytes to the fields of a TCP header (RFC 9293 §3.1).
//!
//! ```text
//!   "d382 d903 …" ──▶ bytes ──▶ header ──▶ source port: 54146
//!    a line of hex                         destination port: 55555
//!                                          …
//! ```
//!
//! Each task's place is marked: look for `TASK 5.1` and so on.

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
        bail!(
            "cannot read {}: --pcap is not there yet, see TASK 5.7",
            path.display()
        );
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
    ensure!(
        args.from == Start::Tcp,
        "--from ip is not there yet, see TASK 5.7"
    );
    // END 5.7
    writeln!(out, "segment {number}: {} bytes", bytes.len())?;
    print_header(bytes, addresses, out)
}

// TASK 5.1: bytes from hex digits, whatever blanks, case and comments the line has.
// المهمة 5.1: من الأرقام الست عشرية إلى البايتات، مهما كانت الفراغات والحروف والتعليقات.
/// The bytes of a line of digits; `None` if it holds none.
fn parse_hex(line: &[u8]) -> Result<Option<Vec<u8>>> {
    let digits = std::str::from_utf8(line)?.trim();
    let mut bytes = Vec::new();
    for pair in digits.as_bytes().chunks(2) {
        bytes.push(u8::from_str_radix(std::str::from_utf8(pair)?, 16)?);
    }
    Ok((!bytes.is_empty()).then_some(bytes))
}
// END 5.1

// TASK 5.2: numbers of 32 bits.
// المهمة 5.2: أعداد من 32 بت.
// END 5.2

/// Prints the fields of a header, a line each, in the order of the wire.
fn print_header(bytes: &[u8], addresses: Option<Addresses>, out: &mut impl Write) -> Result<()> {
    // TASK 5.4: what is no header is an error; a length is never trusted.
    // المهمة 5.4: ما ليس ترويسة خطأ، ولا يوثق بطول قبل فحصه.
    let header = bytes;
    // END 5.4
    // TASK 5.1: the ports.
    // المهمة 5.1: المنفذان.
    // So far only the first of its two bytes.
    writeln!(out, "source port: {}", header[0])?;
    // END 5.1
    // TASK 5.2: the sequence number, and the acknowledgment number with its meaning.
    // المهمة 5.2: الرقم المتسلسل ورقم الإقرار ومعناه.
    // END 5.2
    // TASK 5.3: what is smaller than a byte, the window and the urgent pointer.
    // المهمة 5.3: ما هو أصغر من بايت، والنافذة، ومؤشر العاجل.
    // END 5.3
    // TASK 5.5: the checksum, and its verdict where the addresses are known.
    // المهمة 5.5: المجموع الاختباري، والحكم عليه حين يُعرف العنوانان.
    let _ = addresses.map(|known| (known.source, known.destination));
    // END 5.5
    // TASK 5.6: the options.
    // المهمة 5.6: الخيارات.
    // END 5.6
    Ok(())
}

// TASK 5.3: the flags, by name.
// المهمة 5.3: الأعلام بأسمائها.
// END 5.3

// TASK 5.4: the header's own bytes.
// المهمة 5.4: بايتات الترويسة نفسها.
// END 5.4

// TASK 5.5: one's complement arithmetic over pseudo-header, header and payload.
// المهمة 5.5: جمع متمم الواحد للترويسة الزائفة والترويسة والحمولة.
// END 5.5

// TASK 5.6: kind, length, value; the walk ends, whatever the bytes say.
// المهمة 5.6: النوع ثم الطول ثم القيمة، وينتهي المرور مهما قالت البايتات.
// END 5.6
