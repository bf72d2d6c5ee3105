//! `cargo course demo`: the finished room live. A server and two clients hold
//! the paper's session, then header-inspector shows the same conversation as it
//! was captured on the wire.

use std::io::IsTerminal;
use std::panic::AssertUnwindSafe;
use std::process::{Command, ExitCode};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use harness::{Check, Program, apart, root, say};

use course::output::{self, Paint};

/// Time to read a line, where a person is watching.
const A_MOMENT: Duration = Duration::from_millis(700);

const CAPTURE: &str = "labs/header-inspector/captures/paper-session.pcapng";

/// Plays the session and shows its capture.
///
/// # Errors
/// When a program cannot be built or does not do what it should; its story has
/// been printed by then.
pub fn run() -> Result<ExitCode> {
    if root().join("solutions/lab3").exists() {
        tell!(
            "{}\n",
            Paint::Strong.on(say!(
                "The finished room: one server, two clients. The first run compiles them.",
                "الغرفة المكتملة: خادم واحد وعميلان. التشغيل الأول يترجم البرامج."
            ))
        );
        let played = std::panic::catch_unwind(AssertUnwindSafe(play));
        if played.is_err() {
            bail!(say!(
                "the session did not go as it should",
                "لم تجرِ الجلسة كما يجب"
            ));
        }
    }
    tell!(
        "\n{}\n",
        Paint::Strong.on(say!(
            "The same conversation on the wire, as header-inspector shows it:",
            "المحادثة نفسها على الشبكة كما يعرضها header-inspector:"
        ))
    );
    inspect()
}

/// The paper's figures 3 to 8, as they happen.
fn play() {
    let mut server = Screen::new("server", Check::new("lab3-solution", "demo").server());
    let port = server.program.port().to_string();
    server.show("Listening on ");
    let mut ehab = Screen::client("ehab", &port);
    server.show("Nickname is ehab");
    let mut amal = Screen::client("amal", &port);
    server.show("Nickname is amal");
    ehab.show("amal joined!");
    ehab.types("hi");
    ehab.show("ehab: hi");
    amal.show("ehab: hi");
    amal.types("welcome");
    amal.show("amal: welcome");
    ehab.show("amal: welcome");
    ehab.types("CLOSE123123");
    ehab.program.exits_with(0);
    amal.show("ehab left!");
    server.show("ehab left!");
}

/// A program and how much of its output was shown.
struct Screen {
    name: &'static str,
    program: Program,
    shown: usize,
}

impl Screen {
    fn new(name: &'static str, program: Program) -> Screen {
        Screen {
            name,
            program,
            shown: 0,
        }
    }

    /// A client that sits down, chooses its nickname and is greeted.
    fn client(name: &'static str, port: &str) -> Screen {
        let program = Check::new("lab4-solution", "demo").start_client(&["--port", port]);
        let mut screen = Screen::new(name, program);
        screen.show("Choose your nickname: ");
        screen.types(name);
        screen.show("Connected to server!");
        screen
    }

    fn types(&mut self, line: &str) {
        let typed = say!("types {line}", "يكتب {line}");
        self.print(&Paint::Faint.on(typed));
        self.program.types(line);
    }

    /// Waits for a line that begins like this, and shows all lines up to it.
    fn show(&mut self, beginning: &str) {
        self.program.says_somewhere(beginning);
        let output = self.program.output_so_far();
        let new = String::from_utf8_lossy(&output[self.shown..]).into_owned();
        self.shown = output.len();
        for line in new.lines() {
            self.print(line);
        }
    }

    /// One line of this screen, beside its name.
    fn print(&self, line: &str) {
        let name = match self.name {
            "server" => Paint::Strong.on("server"),
            name => Paint::Good.on(format!("{name:6}")),
        };
        tell!("{name} │ {line}");
        if std::io::stdout().is_terminal() {
            thread::sleep(A_MOMENT);
        }
    }
}

/// The shipped capture of the session, through header-inspector.
fn inspect() -> Result<ExitCode> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(program)
        .current_dir(root())
        .args([
            "run",
            "--quiet",
            "--package",
            "header-inspector",
            "--",
            CAPTURE,
        ])
        .args(["--lang", output::code()])
        .status()
        .with_context(|| {
            let program = apart("header-inspector");
            say!("cannot start {program}", "تعذر تشغيل {program}")
        })?;
    let command = apart(format!("cargo run -p header-inspector -- {CAPTURE}"));
    tell!(
        "\n{}",
        say!("Again, on your own: {command}", "جرّبها بنفسك: {command}")
    );
    Ok(match status.success() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
