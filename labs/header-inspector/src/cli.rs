//! What is the binary's own: arguments, printing, progress, and what goes to standard
//! error.

mod args;
mod help;
mod output;
mod progress;

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Result, anyhow};
pub use args::Args;
use header_inspector::{Filter, Lang, Summary, input, inspect};
use output::Output;

/// Runs what the arguments ask for.
pub fn run(args: &Args) -> ExitCode {
    match show(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(format_args!("header-inspector: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn show(args: &Args) -> Result<()> {
    let lang = args.lang();
    if let Some(file) = args.file_among_words() {
        return Err(anyhow!(lang.pick(
            format!("needed one file, found {file:?} and more: one capture at a time"),
            format!("المطلوب ملف واحد، والمذكور \u{2068}{file:?}\u{2069} وغيره: ملف التقاط واحد في كل مرة"),
        )));
    }
    let input = input::open(&args.input(), args.from())
        .map_err(|error| anyhow!("{}", error.sentence(lang)))?;
    let is_loose = input.is_loose();
    if args.from() != input::From::Guess && !is_loose {
        let option = "--from";
        tell(lang.pick(
            format!("note: {option} is for loose bytes; a capture names its own link layer"),
            format!("ملاحظة: الخيار \u{2068}{option}\u{2069} للبايتات وحدها؛ أما ملف الالتقاط فيسمي طبقة الوصل بنفسه"),
        ));
    }
    let mut output = Output::new(input.meter());
    let mut view = args.view(output.color());
    let summary = inspect(input, args.filter(), view.as_mut(), &mut |text, frames| {
        output.take(text, frames)
    });
    output.finish()?;
    notes(&summary, lang);
    verdict(&summary, is_loose, args)
}

/// Tells on standard error what the views have no place for.
fn notes(summary: &Summary, lang: Lang) {
    let word = lang.pick("note", "ملاحظة");
    for note in &summary.notes {
        tell(format_args!("{word}: {}", note.sentence(lang)));
    }
    if summary.forgotten > 0 {
        let count = summary.forgotten;
        let sentence = lang.pick(
            format!("{count} conversations silent for long were forgotten to bound memory; a segment of theirs that comes later counts as a new one's"),
            format!("نُسيت محادثات صمتت طويلًا، وعددها \u{2068}{count}\u{2069}، كي تبقى الذاكرة محدودة؛ وما يأتي منها لاحقًا يُعد محادثة جديدة"),
        );
        tell(format_args!("{word}: {sentence}"));
    }
}

/// Nothing to show is worth a sentence; asked for by name, it is a failure.
fn verdict(summary: &Summary, is_loose: bool, args: &Args) -> Result<()> {
    let lang = args.lang();
    if summary.shown > 0 {
        return Ok(());
    }
    let sentence = match (&summary.miss, summary.segments) {
        (Some((frame, miss)), 0) => lang.pick(
            format!(
                "no TCP header found; frame {frame}: {}",
                miss.sentence(lang)
            ),
            format!(
                "لا ترويسة \u{2068}TCP\u{2069}؛ الإطار \u{2068}{frame}\u{2069}: {}",
                miss.sentence(lang)
            ),
        ),
        (_, 0) if is_loose => lang.pick(
            "no TCP header found".into(),
            "لا ترويسة \u{2068}TCP\u{2069}".into(),
        ),
        (_, 0) => lang.pick(
            "the capture holds no frames".into(),
            "ليس في ملف الالتقاط إطارات".into(),
        ),
        (_, count) => {
            let place = place(args.filter(), lang);
            lang.pick(
                format!("none of the {count} TCP headers read is {place}"),
                format!("ليس أي من ترويسات \u{2068}TCP\u{2069} المقروءة، وعددها \u{2068}{count}\u{2069}، {place}"),
            )
        }
    };
    if is_loose || summary.segments > 0 {
        return Err(anyhow!(sentence));
    }
    tell(format_args!("header-inspector: {sentence}"));
    Ok(())
}

/// Where it was looked, as it was asked for.
fn place(filter: Filter, lang: Lang) -> String {
    let frame = filter.frame.map(|frame| {
        lang.pick(
            format!("in frame {frame}"),
            format!("في الإطار \u{2068}{frame}\u{2069}"),
        )
    });
    let port = filter.port.map(|port| {
        lang.pick(
            format!("from or to port {port}"),
            format!("من المنفذ \u{2068}{port}\u{2069} أو إليه"),
        )
    });
    let places: Vec<String> = frame.into_iter().chain(port).collect();
    places.join(lang.pick(" and ", " و"))
}

/// Writes a line to standard error; a closed one is nobody's trouble.
fn tell(line: impl Display) {
    let _ = writeln!(io::stderr(), "{line}");
}
