//! The commands that a page shows and what it says they print.

use anyhow::{Result, bail};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::Page;

/// A `console` block that is to be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Console {
    /// `path:line` of the block.
    pub place: String,
    pub how: How,
    pub commands: Vec<Command>,
    /// Which heading it stands under, counted from 0.
    pub section: usize,
}

/// What the comment before the block says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct How {
    /// A starter is shown, its solution is run.
    pub solution: bool,
    /// It goes on beside the blocks that follow.
    pub terminal: bool,
    /// What the reader types, in order.
    pub types: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    pub line: String,
    pub shown: Vec<String>,
}

/// The page's blocks after a `<!-- run … -->` comment.
pub fn consoles(page: &Page) -> Result<Vec<Console>> {
    let mut found = Vec::new();
    let mut how = None;
    let mut open = None;
    let mut section = 0;
    for (event, span) in page.events() {
        match event {
            Event::Start(Tag::Heading { .. }) => section += 1,
            Event::Html(html) if html.starts_with("<!-- run") => {
                how = Some(parse_how(&html, &page.place(span.start))?);
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                open = how.take().map(|how| (how, span.start, String::new()));
            }
            Event::Text(text) => {
                if let Some((_, _, code)) = &mut open {
                    code.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((how, start, code)) = open.take() {
                    let place = page.place(start);
                    let commands = commands(&code, &place)?;
                    found.push(Console {
                        place,
                        how,
                        commands,
                        section,
                    });
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

fn parse_how(comment: &str, place: &str) -> Result<How> {
    let inner = comment
        .trim()
        .trim_start_matches("<!-- run")
        .trim_end_matches("-->");
    let mut how = How::default();
    for word in inner.trim().trim_start_matches(':').split(',') {
        match word.trim() {
            "" => {}
            "solution" => how.solution = true,
            "terminal" => how.terminal = true,
            word => match word
                .strip_prefix("types \"")
                .and_then(|w| w.strip_suffix('"'))
            {
                Some(typed) => how.types.push(typed.to_owned()),
                None => bail!(
                    "{place}: a run comment says solution, terminal or types \"…\", not {word:?}"
                ),
            },
        }
    }
    Ok(how)
}

fn commands(code: &str, place: &str) -> Result<Vec<Command>> {
    let mut commands: Vec<Command> = Vec::new();
    for line in code.lines() {
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(command), _) => commands.push(Command {
                line: command.to_owned(),
                shown: Vec::new(),
            }),
            (None, Some(command)) => command.shown.push(line.to_owned()),
            (None, None) => bail!("{place}: a block that is run begins with `$ `, not {line:?}"),
        }
    }
    Ok(commands)
}

impl Console {
    /// The command as it is run: for a solution, `-p lab3-server` becomes
    /// `-p lab3-solution-server`.
    pub fn run_line(&self, command: &Command) -> String {
        if !self.how.solution {
            return command.line.clone();
        }
        let words = command.line.split(' ').map(|word| {
            let digits = word.strip_prefix("lab").map_or(0, |rest| {
                rest.bytes().take_while(u8::is_ascii_digit).count()
            });
            match digits {
                0 => word.to_owned(),
                digits => {
                    let (lab, rest) = word.split_at("lab".len() + digits);
                    format!("{lab}-solution{rest}")
                }
            }
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// A line without what differs from run to run: the ports that the system chose, the
/// seconds that something took, and whether a solution was run.
pub fn masked(line: &str) -> String {
    let line = line.trim_end().replace("-solution", "");
    let mut masked = String::new();
    let mut rest = line.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(at);
        let end = number.find(|c: char| !c.is_ascii_digit() && c != '.');
        let (number, after) = number.split_at(end.unwrap_or(number.len()));
        masked.push_str(before);
        let a_port = masked.ends_with(':') && number.len() > 3 && number != "55555";
        let seconds = number.contains('.') && (after.starts_with('s') || after.starts_with(" s"));
        masked.push_str(match (a_port, seconds) {
            (true, _) => "PORT",
            (_, true) => "SECONDS",
            _ => number,
        });
        rest = after;
    }
    masked + rest
}
