//! Writes a capture made up from a seed: the same seed, the same bytes.
//!
//! ```text
//!   segment.rs + options.rs   a TCP segment, sound or odd
//!        ^ wrapped by ip.rs       IPv4 or IPv6, and tunnel.rs around it
//!        ^ wrapped by link.rs     the frame
//!        ^ written by file.rs     pcap or pcapng, either byte order
//! ```
//!
//! For maintainers: the differential test and the benchmark read what it writes.
//! `--shape everything` tries whatever a decoder may meet; `--shape conversations`
//! is sound TCP, many connections at once, for what depends on order.

mod conversation;
mod file;
mod ip;
mod link;
mod options;
mod random;
mod segment;
mod tunnel;

use std::io::{self, BufWriter, Write};

use clap::{Parser, ValueEnum};

use file::{Format, Frame, Order};
use link::Link;
use random::Random;

#[derive(Parser)]
#[command(about = "Write a capture made up from a seed to standard output")]
struct Args {
    /// Where the pseudo-random numbers begin
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many frames to write
    #[arg(long, default_value_t = 1000)]
    frames: u64,
    #[arg(long, value_enum, default_value = "everything")]
    shape: Shape,
    #[arg(long, value_enum, default_value = "ethernet")]
    link: Link,
    #[arg(long, value_enum, default_value = "pcap")]
    format: Format,
    #[arg(long, value_enum, default_value = "little")]
    order: Order,
    /// The most messages in a conversation: few make many short connections
    #[arg(long, default_value_t = 12)]
    messages: u64,
}

#[derive(Clone, Copy, ValueEnum)]
enum Shape {
    /// Sound and odd segments, tunnels and options of all kinds
    Everything,
    /// The same in one pcapng file of many sections, each of another link and byte order
    Sections,
    /// Sound connections, many at a time
    Conversations,
}

/// Frames in a section of the shape `sections`.
const SECTION: u64 = 50;

fn main() -> io::Result<()> {
    let args = Args::parse();
    let mut random = Random::from_seed(args.seed);
    let mut output = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    match args.shape {
        Shape::Everything => write_everything(&args, &mut random, &mut output)?,
        Shape::Sections => write_sections(&args, &mut random, &mut output)?,
        Shape::Conversations => write_conversations(&args, &mut random, &mut output)?,
    }
    output.flush()
}

fn write_everything(args: &Args, random: &mut Random, output: &mut impl Write) -> io::Result<()> {
    file::write_head(output, args.format, args.order, args.link)?;
    for number in 0..args.frames {
        let frame = link::frame(random, args.link, args.order, number);
        file::write_frame(output, args.format, args.order, &frame, random)?;
    }
    Ok(())
}

fn write_sections(args: &Args, random: &mut Random, output: &mut impl Write) -> io::Result<()> {
    let links = Link::value_variants();
    let (mut link, mut order) = (args.link, args.order);
    for number in 0..args.frames {
        if number % SECTION == 0 {
            link = *random.pick(links);
            order = *random.pick(&[Order::Little, Order::Big]);
            file::write_head(output, Format::Pcapng, order, link)?;
        }
        let frame = link::frame(random, link, order, number);
        file::write_frame(output, Format::Pcapng, order, &frame, random)?;
    }
    Ok(())
}

fn write_conversations(
    args: &Args,
    random: &mut Random,
    output: &mut impl Write,
) -> io::Result<()> {
    file::write_head(output, args.format, args.order, args.link)?;
    let mut conversations = conversation::Conversations::new(random, args.messages);
    for number in 0..args.frames {
        let packet = conversations.next_packet(random);
        let bytes = link::plain(args.link, args.order, &packet);
        let frame = Frame::whole(number, bytes);
        file::write_frame(output, args.format, args.order, &frame, random)?;
    }
    Ok(())
}
