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
    Everything,
    Conversations,
}

fn main() -> io::Result<()> {
    let args = Args::parse();
    let mut random = Random::from_seed(args.seed);
    let mut output = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    file::write_head(&mut output, args.format, args.order, args.link)?;
    match args.shape {
        Shape::Everything => {
            for number in 0..args.frames {
                let frame = link::frame(&mut random, args.link, args.order, number);
                file::write_frame(&mut output, args.format, args.order, &frame, &mut random)?;
            }
        }
        Shape::Conversations => write_conversations(&args, &mut random, &mut output)?,
    }
    output.flush()
}

fn write_conversations(
    args: &Args,
    random: &mut Random,
    output: &mut impl Write,
) -> io::Result<()> {
    let mut conversations = conversation::Conversations::new(random, args.messages);
    for number in 0..args.frames {
        let packet = conversations.next_packet(random);
        let bytes = link::plain(args.link, args.order, &packet);
        let frame = Frame::whole(number, bytes);
        file::write_frame(output, args.format, args.order, &frame, random)?;
    }
    Ok(())
}
