//! In which language the course speaks, and how it sets things apart on a screen.

use std::io::{IsTerminal, Write};

use clap::ValueEnum;
use harness::{Language, apart, say};

#[derive(Clone, Copy, ValueEnum)]
pub enum Choice {
    En,
    Ar,
}

/// Chooses the language of this run: what was asked for, else `LAB_LANG`, else
/// the locale, and Arabic then only where the terminal is known to show it well.
pub fn choose(asked: Option<Choice>) {
    match asked {
        Some(Choice::En) => harness::speak(Language::English),
        Some(Choice::Ar) => harness::speak(Language::Arabic),
        None if std::env::var_os("LAB_LANG").is_some() => {}
        None if locale_is_arabic() && terminal_shows_arabic() => harness::speak(Language::Arabic),
        None => {}
    }
}

/// The language that `--lang` asks for, before the other words are looked at.
pub fn asked(words: impl Iterator<Item = String>) -> Option<Choice> {
    let words: Vec<String> = words.collect();
    let place = words.iter().position(|word| word == "--lang");
    let after = place.and_then(|place| words.get(place + 1));
    let joined = words.iter().find_map(|word| word.strip_prefix("--lang="));
    let name = after.map(String::as_str).or(joined)?;
    Choice::from_str(name, false).ok()
}

/// The language as the handouts' folders name it, for child processes.
pub fn code() -> &'static str {
    handouts_language().code()
}

pub fn handouts_language() -> handouts::Language {
    match harness::language() {
        Language::English => handouts::Language::English,
        Language::Arabic => handouts::Language::Arabic,
    }
}

/// Where a file of the course cannot be read, before the reason.
pub fn cannot_read(path: impl std::fmt::Display) -> String {
    let path = apart(path);
    say!("cannot read {path}", "تعذرت قراءة {path}")
}

fn locale_is_arabic() -> bool {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let set = names.iter().find_map(|name| std::env::var(name).ok());
    set.is_some_and(|locale| locale.starts_with("ar"))
}

/// GNOME's terminals, Konsole and macOS's Terminal join and order Arabic
/// letters; Windows Terminal, VS Code, xterm and kitty do not.
pub fn terminal_shows_arabic() -> bool {
    let is_set = |name| std::env::var_os(name).is_some();
    let program = std::env::var("TERM_PROGRAM").unwrap_or_default();
    is_set("VTE_VERSION") || is_set("KONSOLE_VERSION") || program == "Apple_Terminal"
}

/// Prints a line for a person. Where nobody reads any more (`| head`) there is
/// nothing left to do, and `println!` would panic.
#[macro_export]
macro_rules! tell {
    ($($text:tt)*) => {
        $crate::output::print_line(format_args!($($text)*))
    };
}

pub fn print_line(text: std::fmt::Arguments) {
    if writeln!(std::io::stdout(), "{text}").is_err() {
        std::process::exit(0);
    }
}

/// Text in a colour, where standard output is a terminal that wants colours.
#[derive(Clone, Copy)]
pub enum Paint {
    Good,
    Bad,
    Strong,
    Faint,
}

impl Paint {
    pub fn on(self, text: impl std::fmt::Display) -> String {
        let code = match self {
            Paint::Good => 32,
            Paint::Bad => 31,
            Paint::Strong => 1,
            Paint::Faint => 2,
        };
        match wants_colour() {
            true => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            false => text.to_string(),
        }
    }
}

fn wants_colour() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
    !refused && !dumb && std::io::stdout().is_terminal()
}
