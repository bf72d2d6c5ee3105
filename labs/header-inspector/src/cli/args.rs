//! The arguments.

use std::path::Path;

use clap::{CommandFactory, FromArgMatches, Parser, ValueEnum};
use header_inspector::view::{
    AutoView, Color, DiagramView, ExplainView, HexView, HtmlView, JsonView, LadderView, LineView,
    Numbers,
};
use header_inspector::{Filter, Lang, Settings, View, input};

use super::help;

const EXAMPLES: &str = "\
Examples, with `cargo run -q -p header-inspector --` for `header-inspector`, and a
capture from labs/header-inspector/captures for `session.pcapng`:
  header-inspector session.pcapng
      the conversations of a capture, as ladders
  header-inspector session.pcapng --frame 4 --view explain
      one frame, field by field
  header-inspector session.pcapng --port 55555 --view line --relative
      one line a segment, numbers counted from the initial ones
  header-inspector d382d903009b98bf00000000500200ff00000000
      a header drawn and explained, from hex digits
  header-inspector session.pcapng --view html > session.html
      a page for a lecture: both languages, light and dark, no network
  tcpdump -i lo -U -w - tcp | header-inspector - --view line
      what is captured right now
  xxd frame.bin | header-inspector - --from ethernet
      a hexdump, as xxd, hexdump -C, od -tx1, tcpdump -xx or Wireshark print it";

/// Shows the TCP headers of a capture, or of loose bytes in hex.
#[derive(Parser)]
#[command(version, after_help = EXAMPLES)]
pub struct Args {
    /// A capture (pcap, pcapng, also gzipped), a hexdump, `-`, or hex digits.
    #[arg(required = true, value_name = "FILE | - | HEX")]
    input: Vec<String>,

    /// How to show the segments [default: ladder; for one segment, diagram and explain]
    #[arg(long, value_enum)]
    view: Option<ViewName>,

    /// Show this frame only, counted from 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    frame: Option<u64>,

    /// Show segments from or to this port only.
    #[arg(long, value_name = "P")]
    port: Option<u16>,

    /// Count sequence numbers from each side's initial one; a ladder always does.
    #[arg(long)]
    relative: bool,

    /// What loose bytes begin with; guessed where not said.
    #[arg(long, value_enum)]
    from: Option<FromName>,

    /// The language of what is printed [default: en, or LAB_LANG]
    #[arg(long, value_enum)]
    lang: Option<LangName>,
}

#[derive(Clone, Copy, ValueEnum)]
enum ViewName {
    /// RFC 9293's picture with the segment's values in it
    Diagram,
    /// Field by field: the bytes, the value, what it means, the RFC
    Explain,
    /// One line a segment
    Line,
    /// Each conversation whole, its three phases marked
    Ladder,
    /// The frame as a hexdump with the fields marked
    Hex,
    /// One JSON object a line
    Json,
    /// A page for a browser: all of this, in both languages
    Html,
}

#[derive(Clone, Copy, ValueEnum)]
enum FromName {
    Ethernet,
    Ip,
    /// The loopback header of BSD and macOS
    Null,
    Tcp,
}

#[derive(Clone, Copy, ValueEnum)]
enum LangName {
    En,
    Ar,
}

/// The language that was asked for, else that of `LAB_LANG`.
fn language(asked: Option<LangName>) -> Lang {
    match asked {
        Some(LangName::En) => Lang::En,
        Some(LangName::Ar) => Lang::Ar,
        None if std::env::var_os("LAB_LANG").is_some_and(|lang| lang == "ar") => Lang::Ar,
        None => Lang::En,
    }
}

/// What `--lang` says, before the other words are looked at.
fn asked_language() -> Option<LangName> {
    let mut words = std::env::args_os().map(|word| word.to_string_lossy().into_owned());
    let name = words.find_map(|word| match word.strip_prefix("--lang") {
        Some("") => Some(None),
        Some(joined) => Some(Some(joined.strip_prefix('=')?.to_owned())),
        None => None,
    })?;
    LangName::from_str(&name.or_else(|| words.next())?, false).ok()
}

impl Args {
    /// Parses the command line; help and errors end the program.
    pub fn from_command_line() -> Args {
        let lang = language(asked_language());
        let given = help::in_language(Args::command(), lang).get_matches();
        Args::from_arg_matches(&given).unwrap_or_else(|error| error.exit())
    }

    /// Returns the input; hex digits may come as several words.
    pub fn input(&self) -> String {
        self.input.join(" ")
    }

    /// Returns the file among several words, which are then no hex digits.
    pub fn file_among_words(&self) -> Option<&str> {
        let mut files = self.input.iter().filter(|word| Path::new(word).exists());
        files
            .next()
            .filter(|_| self.input.len() > 1)
            .map(String::as_str)
    }

    pub fn lang(&self) -> Lang {
        language(self.lang)
    }

    pub fn from(&self) -> input::From {
        match self.from {
            None => input::From::Guess,
            Some(FromName::Ethernet) => input::From::Ethernet,
            Some(FromName::Ip) => input::From::Ip,
            Some(FromName::Null) => input::From::Null,
            Some(FromName::Tcp) => input::From::Tcp,
        }
    }

    pub fn filter(&self) -> Filter {
        Filter {
            frame: self.frame,
            port: self.port,
        }
    }

    pub fn view(&self, color: Color) -> Box<dyn View> {
        let settings = Settings {
            lang: self.lang(),
            numbers: match self.relative {
                true => Numbers::Relative,
                false => Numbers::Absolute,
            },
            color,
        };
        match self.view {
            None => Box::new(AutoView::new(settings)),
            Some(ViewName::Diagram) => Box::new(DiagramView::new(settings)),
            Some(ViewName::Explain) => Box::new(ExplainView::new(settings)),
            Some(ViewName::Ladder) => Box::new(LadderView::new(settings)),
            Some(ViewName::Line) => Box::new(LineView::new(settings)),
            Some(ViewName::Hex) => Box::new(HexView::new(settings)),
            Some(ViewName::Json) => Box::new(JsonView::new(settings)),
            Some(ViewName::Html) => Box::new(HtmlView::new(settings)),
        }
    }
}
