//! The programs of the paper's design in `docs/paper` chat with the solutions, where
//! Python is there.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use harness::{Check, Peer};

/// A Python program of `docs/paper`, killed when it is dropped.
struct Paper {
    child: Child,
    output: BufReader<std::process::ChildStdout>,
}

impl Paper {
    /// `None` where there is no Python.
    fn start(script: &str, port: u16) -> Option<Paper> {
        let mut child = Command::new("python3")
            .arg(harness::root().join("docs/paper").join(script))
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let output = BufReader::new(child.stdout.take().expect("it is piped"));
        Some(Paper { child, output })
    }

    fn types(&mut self, line: &str) {
        let mut input = self.child.stdin.as_ref().expect("it is piped");
        writeln!(input, "{line}").expect("the program reads its input");
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("it is text");
        line.trim_end().to_string()
    }
}

impl Drop for Paper {
    fn drop(&mut self) {
        let _ = self.child.kill().and_then(|()| self.child.wait());
    }
}

#[test]
fn the_papers_client_chats_in_the_room() {
    let room = Check::new("lab3-solution", "paper").server_with(&[]);
    let mut ehab: Peer = room.connect("ehab");
    ehab.sends("ehab\n");
    ehab.hears("ehab joined!");
    ehab.hears("Connected to server!");
    let Some(mut client) = Paper::start("client.py", room.port()) else {
        println!("SKIPPED: there is no Python");
        return;
    };
    client.types("amal");
    ehab.hears("amal joined!");
    client.types("hi");
    ehab.hears("amal: hi");
    client.types("CLOSE123123");
    ehab.hears("amal left!");
}

#[test]
fn lab_4s_client_chats_on_the_papers_server() {
    let Some(mut server) = Paper::start("server.py", 0) else {
        println!("SKIPPED: there is no Python");
        return;
    };
    let address = server.line();
    let port = address.rsplit(':').next().expect("an address has a port");
    let check = Check::new("lab4-solution", "paper");
    let arguments = ["--port", port, "--unframed", "--nickname", "ehab"];
    let mut client = check.start_client(&arguments);
    // The two greetings may come in one read or in two.
    client.says_somewhere("Connected to server!");
    client.types("hi");
    client.says_somewhere("ehab: hi");
    client.types("CLOSE123123");
    client.exits_with(0);
}
