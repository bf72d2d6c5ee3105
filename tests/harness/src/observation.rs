//! What was observed instead of what should have happened.

use std::process::ExitStatus;
use std::time::Duration;

use crate::language::{apart, say};
use crate::patience::patience;

/// An observation, not a guess at its cause.
pub enum Observation {
    /// Nothing arrived, and the connection is open.
    NothingArrived,
    /// Some bytes arrived, but not all that should have.
    OnlyArrived(Vec<u8>),
    /// Something else arrived.
    Arrived(Vec<u8>),
    /// The program printed nothing, and still runs.
    NothingPrinted,
    /// The program printed something else.
    Printed(Vec<u8>),
    /// A long answer differs from this byte on (from 0): needed, found.
    DiffersAt(usize, Vec<u8>, Vec<u8>),
    /// These bytes arrived, but not the end of their line.
    ArrivedUnended(Vec<u8>),
    /// The program printed these bytes, but not the end of their line.
    PrintedUnended(Vec<u8>),
    /// The connection was closed in order.
    Closed,
    /// The connection was closed after these bytes.
    ClosedAfter(Vec<u8>),
    /// The connection failed: reset or refused; the system's error.
    Broke(std::io::Error),
    /// The other side read only so many of so many bytes.
    AcceptedOnly(usize, usize),
    /// The program has closed its output.
    OutputEnded,
    /// The program still runs; the processor time of the last moments.
    StillRuns(Option<Duration>),
    /// The program has ended.
    Ended(ExitStatus),
    /// The program used this much processor time in that much time.
    Spun(Duration, Duration),
    /// Anything else, as a clause that follows ", but".
    Other(String),
}

impl std::fmt::Display for Observation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str(&self.clause())
    }
}

impl Observation {
    fn clause(&self) -> String {
        match self {
            Observation::Closed => say!("the connection was closed", "أُغلق الاتصال"),
            Observation::OutputEnded => say!("its output has ended", "انتهى خرجه"),
            Observation::Other(clause) => clause.clone(),
            Observation::NothingPrinted => {
                let time = apart(seconds(patience()));
                say!(
                    "it printed nothing within {time} (it still runs)",
                    "لم يطبع شيئًا خلال {time} (ما زال يعمل)"
                )
            }
            Observation::Printed(bytes) => {
                let bytes = apart(quote(bytes));
                say!("it printed {bytes}", "طبع {bytes}")
            }
            Observation::PrintedUnended(bytes) => {
                let (bytes, time) = (apart(quote(bytes)), apart(seconds(patience())));
                say!(
                    "it printed only {bytes} within {time}, and no end of line (\\n)",
                    "لم يطبع إلا {bytes} خلال {time}، دون نهاية السطر (\u{2068}\\n\u{2069})"
                )
            }
            Observation::StillRuns(used) => still_runs(*used),
            Observation::Ended(status) => ended(*status),
            Observation::Broke(error) => {
                let error = apart(error);
                say!("the connection broke: {error}", "انقطع الاتصال: {error}")
            }
            Observation::Spun(used, total) => {
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
            Observation::OnlyArrived(bytes) => {
                let bytes = apart(quote(bytes));
                say!(
                    "only {bytes} came within {time}",
                    "لم يصل إلا {bytes} خلال {time}"
                )
            }
            Observation::ArrivedUnended(bytes) => {
                let bytes = apart(quote(bytes));
                say!(
                    "only {bytes} came within {time}, and no end of line (\\n)",
                    "لم يصل إلا {bytes} خلال {time}، دون نهاية السطر (\u{2068}\\n\u{2069})"
                )
            }
            Observation::Arrived(bytes) => {
                let bytes = apart(quote(bytes));
                say!("{bytes} came instead", "وصل بدلًا منه {bytes}")
            }
            Observation::DiffersAt(place, needed, found) => {
                let (needed, found) = (apart(quote(needed)), apart(quote(found)));
                let place = apart(place);
                say!(
                    "from byte {place} on (counted from 0) {found} came where {needed} was due",
                    "وصل من البايت {place} فصاعدًا (العدّ من 0) {found} وكان يجب أن يصل {needed}"
                )
            }
            Observation::ClosedAfter(bytes) => {
                let bytes = apart(quote(bytes));
                say!(
                    "the connection was closed after {bytes}",
                    "أُغلق الاتصال بعد {bytes}"
                )
            }
            Observation::AcceptedOnly(taken, all) => {
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
    /// Of longer ones fewer are enough to recognise them, of raw bytes fewer still.
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
