//! What was observed in place of what should have happened.

use std::process::ExitStatus;
use std::time::Duration;

use crate::language::{apart, say};
use crate::patience::patience;

/// An observation, not a guess at its cause.
pub enum Fact {
    /// Nothing came, and the other side is still there.
    NothingCame,
    /// Something came, but not the whole of what should have.
    OnlyCame(Vec<u8>),
    /// Something else came.
    Came(Vec<u8>),
    /// The program printed nothing, and still runs.
    NothingPrinted,
    /// The program printed something else.
    Printed(Vec<u8>),
    /// A long answer went wrong at this byte (from 0): needed, found.
    DiffersAt(usize, Vec<u8>, Vec<u8>),
    /// These bytes came, but not the end of their line.
    CameUnended(Vec<u8>),
    /// The program printed these bytes, but not the end of their line.
    PrintedUnended(Vec<u8>),
    /// The connection was closed in order.
    Closed,
    /// The connection was closed after these bytes.
    ClosedAfter(Vec<u8>),
    /// The connection broke: reset, refused or worse; the system's words.
    Broke(std::io::Error),
    /// The other side took only so many of so many bytes.
    TookOnly(usize, usize),
    /// The stream of the program's output has ended.
    OutputEnded,
    /// The program still runs; the processor time of the last moments.
    StillRuns(Option<Duration>),
    /// The program has ended.
    Ended(ExitStatus),
    /// The program used this much processor time in that much time.
    Spun(Duration, Duration),
    /// Anything else, as a clause that goes on after ", but".
    Other(String),
}

impl std::fmt::Display for Fact {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str(&self.clause())
    }
}

impl Fact {
    fn clause(&self) -> String {
        match self {
            Fact::Closed => say!("the connection was closed", "أُغلق الاتصال"),
            Fact::OutputEnded => say!("its output has ended", "انتهى خرجه"),
            Fact::Other(clause) => clause.clone(),
            Fact::NothingPrinted => {
                let time = apart(seconds(patience()));
                say!(
                    "it printed nothing within {time} (it still runs)",
                    "لم يطبع شيئًا خلال {time} (ما زال يعمل)"
                )
            }
            Fact::Printed(bytes) => {
                let bytes = apart(quote(bytes));
                say!("it printed {bytes}", "طبع {bytes}")
            }
            Fact::PrintedUnended(bytes) => {
                let (bytes, time) = (apart(quote(bytes)), apart(seconds(patience())));
                say!(
                    "it printed only {bytes} within {time}, and no end of line (\\n)",
                    "لم يطبع إلا {bytes} خلال {time}، دون نهاية السطر (\u{2068}\\n\u{2069})"
                )
            }
            Fact::StillRuns(used) => still_runs(*used),
            Fact::Ended(status) => ended(*status),
            Fact::Broke(error) => {
                let error = apart(error);
                say!("the connection broke: {error}", "انقطع الاتصال: {error}")
            }
            Fact::Spun(used, total) => {
                let (used, total) = (apart(milliseconds(*used)), apart(milliseconds(*total)));
                say!(
                    "it kept the processor busy for {used} of {total}: a loop in it does not wait",
                    "شغل المعالج {used} من أصل {total}: فيه حلقة لا تنتظر"
                )
            }
            bytes => bytes.about_bytes(),
        }
    }

    fn about_bytes(&self) -> String {
        let time = apart(seconds(patience()));
        match self {
            Fact::OnlyCame(bytes) => {
                let bytes = apart(quote(bytes));
                say!(
                    "only {bytes} came within {time}",
                    "لم يصل إلا {bytes} خلال {time}"
                )
            }
            Fact::CameUnended(bytes) => {
                let bytes = apart(quote(bytes));
                say!(
                    "only {bytes} came within {time}, and no end of line (\\n)",
                    "لم يصل إلا {bytes} خلال {time}، دون نهاية السطر (\u{2068}\\n\u{2069})"
                )
            }
            Fact::Came(bytes) => {
                let bytes = apart(quote(bytes));
                say!("{bytes} came instead", "وصل بدلًا منه {bytes}")
            }
            Fact::DiffersAt(place, needed, found) => {
                let (needed, found) = (apart(quote(needed)), apart(quote(found)));
                let place = apart(place);
                say!(
                    "from byte {place} on (counted from 0) {found} came where {needed} was due",
                    "وصل من البايت {place} فصاعدًا (العدّ من 0) {found} وكان يجب أن يصل {needed}"
                )
            }
            Fact::ClosedAfter(bytes) => {
                let bytes = apart(quote(bytes));
                say!(
                    "the connection was closed after {bytes}",
                    "أُغلق الاتصال بعد {bytes}"
                )
            }
            Fact::TookOnly(taken, all) => {
                let (taken, all) = (apart(taken), apart(all));
                say!(
                    "only {taken} of {all} bytes were taken within {time}",
                    "لم يؤخذ من البايتات إلا {taken} من {all} خلال {time}"
                )
            }
            _ => say!(
                "nothing arrived within {time} (the connection is open)",
                "لم يصل شيء خلال {time} (الاتصال مفتوح)"
            ),
        }
    }
}

fn still_runs(used: Option<Duration>) -> String {
    let time = apart(seconds(patience()));
    match used.filter(|used| *used > patience() / 2) {
        Some(used) => {
            let used = apart(milliseconds(used));
            say!(
                "after {time} it still runs and kept the processor busy for {used}: a loop in it does not end",
                "ما زال يعمل بعد {time} وشغل المعالج {used}: فيه حلقة لا تنتهي"
            )
        }
        None => say!("after {time} it still runs", "ما زال يعمل بعد {time}"),
    }
}

fn ended(status: ExitStatus) -> String {
    let status = apart(status);
    say!("it ended with {status}", "انتهى بحالة {status}")
}

/// `2 s`, `0.5 s`.
pub fn seconds(time: Duration) -> String {
    format!("{} s", (time.as_secs_f64() * 100.0).round() / 100.0)
}

/// `250 ms`.
pub fn milliseconds(time: Duration) -> String {
    format!("{} ms", time.as_millis())
}

/// Bytes as a Rust literal: text where they are text, escapes where not, and
/// only the first of very many.
pub fn quote(bytes: &[u8]) -> String {
    const SHOWN: usize = 120;
    /// Of longer ones fewer are enough to know them again, of raw bytes yet fewer.
    const SHOWN_OF_LONG: usize = 40;
    const SHOWN_RAW: usize = 16;
    if bytes.len() <= SHOWN {
        return quote_all(bytes);
    }
    let start = quote_all(&bytes[..SHOWN_OF_LONG]);
    let is_raw = start.starts_with('b') || ["\\u{", "\\0"].iter().any(|it| start.contains(it));
    let start = match is_raw {
        true => quote_all(&bytes[..SHOWN_RAW]),
        false => start,
    };
    format!("{start}… ({} bytes)", bytes.len())
}

fn quote_all(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => format!("{text:?}"),
        // Nothing is wrong but that a letter at the end is not whole.
        Err(error) if error.error_len().is_none() => {
            let (text, cut) = bytes.split_at(error.valid_up_to());
            let text = String::from_utf8_lossy(text);
            let text = format!("{text:?}");
            let text = text.strip_suffix('"').unwrap_or_default();
            format!("{text}{}\"", cut.escape_ascii())
        }
        Err(_) => format!("b\"{}\"", bytes.escape_ascii()),
    }
}
