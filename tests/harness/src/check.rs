//! One check: where its programs and peers come from.

use std::process::Command;

use crate::command_line::words;
use crate::compile::{BuildError, executable};
use crate::language::{apart, say};
use crate::observation::Observation;
use crate::patience;
use crate::place::{Task, root};
use crate::program::Program;
use crate::slots::Slot;
use crate::story::Story;
use crate::terminal;
use crate::test_server::{TestServer, free_port};

/// The environment variable that puts a command line in the place of a program:
/// `LAB_SERVER` for `server`.
pub fn variable(role: &str) -> String {
    format!("LAB_{}", role.to_uppercase())
}

/// Starts the programs of one lab and keeps the story of one check.
pub struct Check {
    package: String,
    story: Story,
}

impl Check {
    /// Use the [`check!`](crate::check!) macro: it knows both arguments.
    pub fn new(package: &str, module_path: &str) -> Check {
        let task = Task::of(package, module_path);
        let story = Story::new(package, task);
        if let Err(sentence) = patience::factor() {
            story.cannot_begin(sentence);
        }
        Check {
            package: package.to_string(),
            story,
        }
    }

    /// Starts the lab's server on a free port and waits until it listens.
    pub fn server(&self) -> Program {
        self.server_with(&[])
    }

    /// The same with more arguments.
    pub fn server_with(&self, arguments: &[&str]) -> Program {
        let mut all = vec!["--port", "0"];
        all.extend(arguments);
        let mut server = self.start_server(&all);
        self.waits_until_it_listens(&mut server);
        server
    }

    /// Reads the first line of a `server` that was started, and with it the address.
    pub fn waits_until_it_listens(&self, server: &mut Program) {
        let name = server.name();
        let should = say!(
            "{name} should first print \"Listening on 127.0.0.1:PORT\" with the port it listens on",
            "كان يجب أن يطبع {name} أولًا «Listening on 127.0.0.1:PORT» مع المنفذ الذي يستمع عليه"
        );
        let line = server.starts_with_a_line(should.clone());
        let address = line.strip_prefix("Listening on ");
        server.address = address.and_then(|address| address.parse().ok());
        if server.address.is_none_or(|address| address.port() == 0) {
            self.story
                .fails(should, Observation::Printed(line.into_bytes()));
        }
    }

    /// Starts the lab's server on a port chosen for it. Another process may take the
    /// port first, which is not the server's fault: a server that ends without a word
    /// is started again on another port. One that cannot listen ends each time.
    pub fn server_on_a_free_port(&self) -> (Program, u16) {
        const TRIES: u32 = 3;
        let start = || {
            let port = free_port();
            (self.start_server(&["--port", &port.to_string()]), port)
        };
        for _ in 1..TRIES {
            let (server, port) = start();
            if !server.ended_without_a_word() {
                return (server, port);
            }
        }
        start()
    }

    /// Starts the lab's server with these arguments and does not wait.
    pub fn start_server(&self, arguments: &[&str]) -> Program {
        self.start("server", arguments)
    }

    /// Starts the lab's client towards `listener`, with more `arguments`.
    pub fn client(&self, listener: &TestServer, arguments: &[&str]) -> Program {
        let port = listener.port().to_string();
        let mut all = vec!["--port", &port];
        all.extend(arguments);
        self.start_client(&all)
    }

    /// Starts the lab's client with these arguments only.
    pub fn start_client(&self, arguments: &[&str]) -> Program {
        self.start("client", arguments)
    }

    /// Starts the lab's client towards `server` on a terminal of its own, where the
    /// system has one to give (see [`terminal`]).
    pub fn client_on_a_terminal(&self, server: &TestServer, arguments: &[&str]) -> Option<Program> {
        let port = server.port().to_string();
        let (name, mut command) = self.command("client");
        command.args(["--port", &port]).args(arguments);
        let start = || Program::start(&self.story, &name, terminal::on_a_terminal(&command));
        terminal::available().then(start)
    }

    /// Waits for its turn to run a program that computes; the waiting does not count
    /// as time of the check.
    pub fn slot(&self) -> Slot {
        self.story.off_the_clock(Slot::take)
    }

    /// Opens a listener: the check plays the server.
    pub fn test_server(&self) -> TestServer {
        TestServer::listen(&self.story)
    }

    /// Fails the check unless `holds`. Both texts come from [`say!`](crate::say!):
    /// `should` is a sentence without its dot, `seen` a clause to follow ", but".
    pub fn holds(&self, holds: bool, should: String, seen: String) {
        if !holds {
            self.story.fails(should, Observation::Other(seen));
        }
    }

    /// Adds a step to the story: what the check itself has made or decided.
    pub fn notes(&self, sentence: String) {
        self.story.step(sentence);
    }

    /// Adds what happens throughout, for a story too long to show its beginning.
    pub fn reminds(&self, sentence: String) {
        self.story.reminds(sentence);
    }

    /// Starts the lab's program `role` with these arguments and does not wait.
    pub fn start(&self, role: &str, arguments: &[&str]) -> Program {
        let (name, mut command) = self.command(role);
        command.current_dir(root()).args(arguments);
        Program::start(&self.story, &name, command)
    }

    /// The name of the program in stories, and the command that starts it.
    fn command(&self, role: &str) -> (String, Command) {
        let variable = &variable(role);
        let package = format!("{}-{role}", self.package);
        let command = match std::env::var(variable) {
            Ok(line) => self.given(variable, &line),
            Err(_) => self.built(&package),
        };
        let name = match std::env::var_os(variable) {
            Some(_) => say!("the {role}", "البرنامج ({role})"),
            None => package,
        };
        (name, command)
    }

    /// The command line that the variable puts in the student's place.
    fn given(&self, variable: &str, line: &str) -> Command {
        match words(line) {
            Ok(words) => {
                let mut command = Command::new(&words[0]);
                command.args(&words[1..]);
                command
            }
            Err(error) => self.story.cannot_begin(&format!("{variable}: {error}")),
        }
    }

    fn built(&self, package: &str) -> Command {
        let package_shown = apart(package);
        match self.story.off_the_clock(|| executable(package)) {
            Ok(path) => Command::new(path),
            Err(BuildError::Compiler(message)) => {
                let verdict = say!(
                    "✗ {package_shown} does not compile:",
                    "✗ تعذّر تصريف {package_shown}:"
                );
                self.story.cannot_begin(&format!("{verdict}\n\n{message}"))
            }
            Err(BuildError::AlreadyReported) => self.story.cannot_begin(&say!(
                "✗ {package_shown} does not compile; another check shows the compiler's message.",
                "✗ {package_shown} تعذّر تصريفه، ورسالة المصرّف معروضة في فحص آخر."
            )),
        }
    }
}
