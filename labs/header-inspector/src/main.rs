//! The command line: parses, runs, prints. All else is the library's.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, ValueEnum};
use header_inspector::view::{DiagramView, ExplainView, HexView, JsonView, LineView, Numbers};
use header_inspector::{Filter, Lang, Settings, View, input, inspect};

/// Shows the TCP headers of a capture, or of loose bytes in hex.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// A capture file, `-` for standard input, or hex digits.
    input: String,
    /// How to show the segments.
    #[arg(long, value_enum, default_value_t = ViewName::Line)]
    view: ViewName,
    /// Show this frame only, counted from 1.
    #[arg(long, value_name = "N")]
    frame: Option<u64>,
    /// Show segments from or to this port only.
    #[arg(long, value_name = "P")]
    port: Option<u16>,
    /// Count sequence numbers from each side's initial one.
    #[arg(long)]
    relative: bool,
    /// What loose bytes begin with; guessed when not said.
    #[arg(long, value_enum)]
    from: Option<FromName>,
    /// The language of what is printed.
    #[arg(long, value_enum, default_value_t = LangName::En)]
    lang: LangName,
}

#[derive(Clone, Copy, ValueEnum)]
enum ViewName {
    Diagram,
    Explain,
    Line,
    Hex,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum FromName {
    Ethernet,
    Ip,
    Tcp,
}

#[derive(Clone, Copy, ValueEnum)]
enum LangName {
    En,
    Ar,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("header-inspector: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<()> {
    let settings = args.settings();
    let mut view: Box<dyn View> = match args.view {
        ViewName::Diagram => Box::new(DiagramView::new(settings)),
        ViewName::Explain => Box::new(ExplainView::new(settings)),
        ViewName::Hex => Box::new(HexView::new(settings)),
        ViewName::Line => Box::new(LineView::new(settings)),
        ViewName::Json => Box::new(JsonView::new(settings)),
    };
    let input = input::open(&args.input, args.from())?;
    let filter = Filter {
        frame: args.frame,
        port: args.port,
    };
    let mut stdout = io::stdout().lock();
    let summary = inspect(input, filter, view.as_mut(), &mut |out| {
        let written = stdout.write_all(out);
        out.clear();
        // A closed pipe is how `head` says that it has enough.
        written.map_or(ControlFlow::Break(()), ControlFlow::Continue)
    });
    for note in &summary.notes {
        eprintln!("note: {}", note.sentence(settings.lang));
    }
    Ok(())
}

impl Args {
    fn settings(&self) -> Settings {
        Settings {
            lang: match self.lang {
                LangName::En => Lang::En,
                LangName::Ar => Lang::Ar,
            },
            numbers: match self.relative {
                true => Numbers::Relative,
                false => Numbers::Absolute,
            },
            ..Settings::default()
        }
    }

    fn from(&self) -> input::From {
        match self.from {
            None => input::From::Guess,
            Some(FromName::Ethernet) => input::From::Ethernet,
            Some(FromName::Ip) => input::From::Ip,
            Some(FromName::Tcp) => input::From::Tcp,
        }
    }
}
