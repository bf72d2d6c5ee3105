//! What is wrong with the arguments, as one sentence in English (clap's own) or Arabic.

use std::error::Error as _;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::language::{Language, isolate};
use crate::warn;

/// Status of a process that was started with wrong arguments, as clap has it.
const USAGE: i32 = 2;

/// Prints the error, or the help that was asked for, and ends the process.
pub fn exit(error: &clap::Error, language: Language, command: &Command) -> ! {
    if language == Language::English || !error.use_stderr() {
        error.exit();
    }
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let help = isolate(format!("{name} --help"));
    warn(&format!(
        "خطأ: {}\n\nللاطلاع على الخيارات: {help}",
        sentence(error)
    ));
    std::process::exit(USAGE)
}

/// The error in Arabic; a kind without a sentence of its own names what it concerns.
fn sentence(error: &clap::Error) -> String {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let possible = context(error, ContextKind::ValidValue);
    let subcommand = context(error, ContextKind::InvalidSubcommand);
    match error.kind() {
        ErrorKind::UnknownArgument => format!("لا وجود للوسيط {argument}"),
        ErrorKind::InvalidSubcommand => format!("لا وجود للأمر {subcommand}"),
        ErrorKind::MissingRequiredArgument => format!("ينقص الوسيط {argument}"),
        ErrorKind::MissingSubcommand => "ينقص الأمر".to_string(),
        ErrorKind::ArgumentConflict => {
            let other = context(error, ContextKind::PriorArg);
            format!("لا يجتمع الوسيط {argument} مع {other}")
        }
        ErrorKind::InvalidValue if value == isolate("") => {
            format!("الوسيط {argument} يحتاج إلى قيمة")
        }
        ErrorKind::InvalidValue => {
            format!("القيمة {value} للوسيط {argument} غير صالحة؛ القيم الممكنة: {possible}")
        }
        ErrorKind::ValueValidation => {
            let reason = error
                .source()
                .map(|source| format!(": {}", isolate(source)));
            let reason = reason.unwrap_or_default();
            format!("القيمة {value} للوسيط {argument} غير صالحة{reason}")
        }
        ErrorKind::InvalidUtf8 => "في الوسائط ما ليس UTF-8 صالحًا".to_string(),
        _ => format!("الوسيط {argument} مستعمل استعمالًا خاطئًا"),
    }
}

/// What clap says of the error, isolated; an empty text where it says nothing.
fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => isolate(text),
        Some(ContextValue::Strings(texts)) => {
            let texts: Vec<String> = texts.iter().map(isolate).collect();
            texts.join("، ")
        }
        _ => isolate(""),
    }
}

#[cfg(test)]
mod tests {
    use clap::{Arg, ArgAction, Command, value_parser};

    use super::sentence;

    fn told(arguments: &[&str]) -> String {
        let port = Arg::new("port")
            .long("port")
            .value_parser(value_parser!(u16));
        let view = Arg::new("view").long("view").value_parser(["line", "hex"]);
        let quiet = Arg::new("quiet").long("quiet").action(ArgAction::SetTrue);
        let file = Arg::new("file").required(true);
        let command = Command::new("tool").args([port, view, quiet.conflicts_with("view"), file]);
        let error = command.try_get_matches_from(arguments).unwrap_err();
        sentence(&error).replace(['\u{2068}', '\u{2069}'], "")
    }

    #[test]
    fn each_kind_of_error_names_what_is_wrong() {
        let cases = [
            (vec!["tool", "--prot", "1"], "لا وجود للوسيط --prot"),
            (vec!["tool"], "ينقص الوسيط <file>"),
            (
                vec!["tool", "f", "--port"],
                "الوسيط --port <port> يحتاج إلى قيمة",
            ),
            (
                vec!["tool", "f", "--port", "x"],
                "القيمة x للوسيط --port <port> غير صالحة: invalid digit found in string",
            ),
            (
                vec!["tool", "f", "--view", "x"],
                "القيمة x للوسيط --view <view> غير صالحة؛ القيم الممكنة: line، hex",
            ),
            (
                vec!["tool", "f", "--quiet", "--view", "hex"],
                "لا يجتمع الوسيط --quiet مع --view <view>",
            ),
            (vec!["tool", "f", "g"], "لا وجود للوسيط g"),
        ];
        for (arguments, expected) in cases {
            assert_eq!(told(&arguments), expected, "{arguments:?}");
        }
    }
}
