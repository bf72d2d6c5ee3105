//! `--help` in one language, from doc comments that hold both.

use clap::builder::{Resettable, StyledStr};
use clap::{Arg, ArgAction, Command};

use crate::language::{Language, isolate};

/// The page of help in Arabic; clap's own headings are English.
const ARABIC_TEMPLATE: &str =
    "{about-with-newline}\nالاستعمال: \u{2068}{usage}\u{2069}\n\n{all-args}{after-help}";

/// Keeps the paragraphs of `language` in the help of `command`, its arguments and
/// its subcommands; a text without any keeps its English.
pub fn in_language(command: Command, language: Language) -> Command {
    let about = choose(command.get_about(), command.get_long_about(), language);
    let after = choose(command.get_after_help(), None, language);
    let command = command
        .about(Resettable::from(about))
        .long_about(Resettable::Reset)
        .after_help(Resettable::from(after))
        .mut_args(|argument| argument_in(argument, language))
        .mut_subcommands(|command| in_language(command, language));
    match language {
        Language::English => command,
        Language::Arabic => in_arabic(command),
    }
}

fn in_arabic(command: Command) -> Command {
    let has_version = command.get_version().is_some();
    let command = command
        .help_template(ARABIC_TEMPLATE)
        .subcommand_help_heading("الأوامر")
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(flag("help", 'h', ArgAction::Help, "اعرض هذه الصفحة"));
    if has_version {
        let version = flag("version", 'V', ArgAction::Version, "اعرض رقم الإصدار");
        command.disable_version_flag(true).arg(version)
    } else {
        command
    }
}

fn flag(name: &'static str, short: char, action: ArgAction, help: &'static str) -> Arg {
    let flag = Arg::new(name).short(short).long(name).action(action);
    flag.help(help).help_heading("الخيارات")
}

fn argument_in(argument: Arg, language: Language) -> Arg {
    let help = choose(argument.get_help(), argument.get_long_help(), language);
    let argument = argument.long_help(Resettable::Reset);
    match language {
        Language::English => argument.help(Resettable::from(help)),
        Language::Arabic => {
            let (heading, help) = (heading(&argument), with_values(help, &argument));
            let has_values = argument.get_action().takes_values();
            argument
                .help(Resettable::from(help))
                .help_heading(heading)
                .hide_default_value(has_values)
                .hide_possible_values(has_values)
        }
    }
}

fn heading(argument: &Arg) -> &'static str {
    if argument.is_positional() {
        "الوسائط"
    } else {
        "الخيارات"
    }
}

/// Appends what clap would print in English: the possible values and the default.
fn with_values(help: Option<StyledStr>, argument: &Arg) -> Option<StyledStr> {
    let mut text = help?.to_string();
    let takes_values = argument.get_action().takes_values();
    let possible: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|value| takes_values && !value.is_hide_set())
        .map(|value| isolate(value.get_name()))
        .collect();
    if !possible.is_empty() && !argument.is_hide_possible_values_set() {
        text.push_str(&format!(" [القيم: {}]", possible.join("، ")));
    }
    let defaults: Vec<String> = argument
        .get_default_values()
        .iter()
        .filter(|_| takes_values && !argument.is_hide_default_value_set())
        .map(|value| isolate(value.to_string_lossy()))
        .collect();
    if !defaults.is_empty() {
        text.push_str(&format!(" [الافتراضي: {}]", defaults.join("، ")));
    }
    Some(text.into())
}

/// The paragraphs of `language` in the longer text, else all of the shorter one.
fn choose(
    short: Option<&StyledStr>,
    long: Option<&StyledStr>,
    language: Language,
) -> Option<StyledStr> {
    let text = long.or(short)?.to_string();
    let chosen: Vec<&str> = text
        .split("\n\n")
        .filter(|paragraph| language.owns(paragraph))
        .collect();
    if chosen.is_empty() {
        short.cloned()
    } else {
        Some(chosen.join("\n\n").into())
    }
}
