//! The keyboard and the screen (task 4.8).
//!
//! On a terminal, rustyline edits the line being typed and prints what arrives
//! above it. Without one (a pipe, a file) lines are read and printed as they are.
//!
//! ```text
//!   receiving thread ──▶ Screen::print ──▶ ehab: hi
//!   keyboard thread ◀── Keyboard ◀──────── amal: hello th_      stays whole
//! ```

use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustyline::{Config, DefaultEditor, ExternalPrinter};

use crate::message::read_line;

/// Moves up a line and down again: nothing to see.
const NOTHING: &str = "\u{1b}[A\n";

/// Opens the keyboard and the screen, with line editing where both are a terminal.
pub fn open(nickname: &str) -> (Keyboard, Screen) {
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let edited = is_terminal.then(|| edited(nickname)).flatten();
    edited.unwrap_or((Keyboard::Plain, Screen(None)))
}

/// `None` where the terminal cannot edit lines, such as TERM=dumb.
fn edited(nickname: &str) -> Option<(Keyboard, Screen)> {
    let config = Config::builder()
        .auto_add_history(true)
        .bracketed_paste(false);
    let mut editor = DefaultEditor::with_config(config.build()).ok()?;
    let prompt = format!("{nickname}: ");
    let terminal = Terminal {
        printer: Box::new(editor.create_external_printer().ok()?),
        prompt: prompt.clone(),
        mode: current_mode(),
    };
    let screen = Screen(Some(Arc::new(Mutex::new(terminal))));
    Some((Keyboard::Edited(Box::new(editor), prompt), screen))
}

/// Where typed lines come from.
pub enum Keyboard {
    Plain,
    Edited(Box<DefaultEditor>, String),
}

impl Keyboard {
    /// Waits for the next line, or why it cannot be sent; `None` when the input ends.
    pub fn next_line(&mut self, limit: usize) -> Option<Result<String, String>> {
        let line = match self {
            Keyboard::Plain => read_line(&mut io::stdin().lock(), limit).ok()??,
            Keyboard::Edited(editor, prompt) => editor.readline(prompt).ok()?.into_bytes(),
        };
        if line.len() > limit {
            return Some(Err(format!("it is longer than {limit} bytes")));
        }
        Some(String::from_utf8(line).map_err(|_| "it is not valid UTF-8".to_owned()))
    }
}

/// Where messages are printed; clones share one terminal.
#[derive(Clone)]
pub struct Screen(Option<Arc<Mutex<Terminal>>>);

struct Terminal {
    printer: Box<dyn ExternalPrinter + Send>,
    prompt: String,
    mode: String,
}

impl Screen {
    /// Prints a message in a line of its own. One's own messages are on the terminal
    /// already, after the prompt: nobody else's begin with this nickname.
    pub fn print(&self, message: &str) -> io::Result<()> {
        let Some(mut terminal) = self.lock() else {
            return writeln!(io::stdout(), "{message}");
        };
        if message.starts_with(&terminal.prompt) {
            return Ok(());
        }
        let printed = terminal.printer.print(format!("{message}\n"));
        printed.map_err(io::Error::other)
    }

    /// Waits until all is printed, and restores the terminal, which another thread may
    /// still read from: a process that ends in raw mode leaves a shell without echo.
    pub fn close(&self) {
        let Some(mut terminal) = self.lock() else {
            return;
        };
        // The printer holds one message: when it accepts the second of these, the
        // last real one has been printed.
        for _ in 0..2 {
            let _ = terminal.printer.print(NOTHING.to_owned());
        }
        restore_mode(&terminal.mode);
        // What was being typed is gone with the chat: clear it, for the shell's prompt.
        let _ = write!(io::stdout(), "\r\u{1b}[J");
        let _ = io::stdout().flush();
    }

    fn lock(&self) -> Option<MutexGuard<'_, Terminal>> {
        let terminal = self.0.as_ref()?;
        Some(terminal.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The terminal's mode before rustyline changes it, as `stty -g` prints it. Windows
/// has no stty, and its shells set the mode themselves.
fn current_mode() -> String {
    let output = Command::new("stty")
        .arg("-g")
        .stdin(Stdio::inherit())
        .output();
    output.map_or(String::new(), |output| {
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    })
}

fn restore_mode(mode: &str) {
    if !mode.is_empty() {
        let _ = Command::new("stty").arg(mode).status();
    }
}
