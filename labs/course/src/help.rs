//! `--help` in Arabic. The English texts are the doc comments of the arguments.

use clap::{Arg, ArgAction, Command};
use harness::{Language, language};

/// The page of help; clap's own words are in English otherwise.
const TEMPLATE: &str =
    "{about-with-newline}\nالاستعمال: \u{2068}{usage}\u{2069}\n\n{all-args}{after-help}";

/// The Arabic texts of a program's help.
pub struct Texts {
    pub summary: &'static str,
    pub examples: &'static str,
    /// Each subcommand.
    pub commands: &'static [(&'static str, &'static str)],
    /// Each argument as `COMMAND ARGUMENT`; `lang`, which every command has, alone.
    pub arguments: &'static [(&'static str, &'static str)],
}

/// The command line with its help in the language of this run.
pub fn in_our_language(command: Command, texts: &Texts) -> Command {
    match language() {
        Language::English => command,
        Language::Arabic => in_arabic(command, texts),
    }
}

/// The command line with its help in Arabic.
pub fn in_arabic(command: Command, texts: &Texts) -> Command {
    translated(command.about(texts.summary), "", texts)
}

/// `name` is the command's, and empty for the whole.
fn translated(command: Command, name: &str, texts: &Texts) -> Command {
    let is_whole = name.is_empty();
    let command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("الأوامر")
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(help_flag())
        .mut_args(|argument| {
            let (heading, id) = (heading(&argument), key(name, argument.get_id().as_str()));
            let has_a_value = argument.get_action().takes_values();
            let argument = argument.help_heading(heading);
            // Each Arabic text names them itself.
            let argument = argument.hide_possible_values(has_a_value);
            match arabic(texts.arguments, &id) {
                Some(help) => argument.help(help),
                None => argument,
            }
        })
        .mut_subcommands(|command| {
            let name = command.get_name().to_string();
            match arabic(texts.commands, &name) {
                Some(about) => translated(command.about(about), &name, texts),
                None => command,
            }
        });
    match is_whole {
        true => command.after_help(texts.examples),
        false => command,
    }
}

fn help_flag() -> Arg {
    let flag = Arg::new("help").short('h').long("help");
    flag.action(ArgAction::Help).help("اعرض هذه الصفحة")
}

fn heading(argument: &Arg) -> &'static str {
    match argument.is_positional() {
        true => "المعاملات",
        false => "الخيارات",
    }
}

fn key(command: &str, id: &str) -> String {
    match id {
        "lang" => id.to_string(),
        _ => format!("{command} {id}"),
    }
}

fn arabic(texts: &[(&'static str, &'static str)], key: &str) -> Option<&'static str> {
    let text = texts.iter().find(|(name, _)| *name == key);
    text.map(|(_, text)| *text)
}

/// What has no Arabic text, or an Arabic text and is not there.
pub fn untranslated(whole: &Command, texts: &Texts) -> Vec<String> {
    let mut keys = vec!["lang".to_string()];
    let mut missing = Vec::new();
    for command in whole.get_subcommands() {
        let name = command.get_name();
        if arabic(texts.commands, name).is_none() {
            missing.push(name.to_string());
        }
        keys.extend(
            command
                .get_arguments()
                .map(|it| key(name, it.get_id().as_str())),
        );
    }
    let known = |key: &String| texts.arguments.iter().any(|(name, _)| name == key);
    missing.extend(keys.iter().filter(|key| !known(key)).cloned());
    let unused = texts
        .arguments
        .iter()
        .filter(|(name, _)| !keys.iter().any(|key| key == name));
    missing.extend(unused.map(|(name, _)| name.to_string()));
    missing
}
