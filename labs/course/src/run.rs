//! `cargo course run lab3`: a lab's server and its clients side by side in one
//! terminal where that is possible (tmux), else how to do it by hand.

use std::io::IsTerminal;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result};
use harness::{apart, root, say};

use course::lab::Lab;
use course::output::Paint;
use course::target::Target;

/// Runs the programs of the lab that `place` names.
///
/// # Errors
/// When there is no such lab, or tmux cannot be started.
pub fn run(labs: &[Lab], place: Target) -> Result<ExitCode> {
    let lab = Lab::at(labs, place)?;
    let commands = commands(lab, root())?;
    if !std::io::stdout().is_terminal() || !tmux_is_there() {
        by_hand(&commands);
        return Ok(ExitCode::SUCCESS);
    }
    let status = Command::new("tmux")
        .current_dir(root())
        .args(tmux_words(&commands))
        .status()
        .with_context(|| say!("cannot start tmux", "تعذر تشغيل tmux"))?;
    Ok(match status.success() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

/// What to type, in one terminal each.
fn commands(lab: &Lab, tree: &Path) -> Result<Vec<String>> {
    let number = lab.number;
    let server = server(number, tree)?;
    let clients = if number < 3 { 1 } else { 2 };
    let client = format!("cargo run --quiet --package lab{number}-client");
    let mut commands = vec![format!("cargo run --quiet --package {server}")];
    commands.extend(vec![client; clients]);
    Ok(commands)
}

/// Lab 4 brings no server of its own: the room of lab 3 serves, the solved one
/// where it is there.
fn server(number: u32, tree: &Path) -> Result<String> {
    if number != 4 {
        return Ok(format!("lab{number}-server"));
    }
    let rooms = [
        ("solutions/lab3/server", "lab3-solution-server"),
        ("labs/lab3/server", "lab3-server"),
    ];
    let mut there = rooms
        .iter()
        .filter(|(folder, _)| tree.join(folder).exists());
    let (_, package) = there.next().with_context(|| {
        let (host, port) = (apart("--host"), apart("--port"));
        say!(
            "the clients of lab 4 need a room, and lab 3, whose server is one, is not here: ask your instructor where one runs, and name it with {host} and {port}",
            "يحتاج عميلا المختبر 4 إلى غرفة، والمختبر 3 الذي خادمه غرفة ليس هنا: اسأل مدرّسك أين تعمل غرفة، واذكرها بالخيارين {host} و{port}"
        )
    })?;
    Ok(package.to_string())
}

fn by_hand(commands: &[String]) {
    let count = commands.len();
    tell!(
        "{}\n",
        say!(
            "Open {count} terminals in this folder and type in each, in this order:",
            "افتح في هذا المجلد طرفيات عددها {count}، واكتب في كل منها بهذا الترتيب:",
        )
    );
    for (number, command) in (1..).zip(commands) {
        tell!("  {number}  {}", Paint::Strong.on(command));
    }
}

fn tmux_is_there() -> bool {
    let version = Command::new("tmux")
        .arg("-V")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    version.is_ok_and(|status| status.success())
}

/// One window: the server above, the clients beside each other below. A pane
/// stays when its program ends, so that its last words can be read.
fn tmux_words(commands: &[String]) -> Vec<String> {
    let mut words: Vec<String> = [
        "new-session",
        &commands[0],
        ";",
        "set",
        "remain-on-exit",
        "on",
    ]
    .map(String::from)
    .to_vec();
    for (index, command) in commands[1..].iter().enumerate() {
        let direction = if index == 0 { "-v" } else { "-h" };
        // The clients wait for the server's compilation by waiting for cargo's lock.
        let later = format!("sleep 1; {command}");
        words.extend([";", "split-window", direction, &later].map(String::from));
    }
    words.extend([";", "set", "mouse", "on"].map(String::from));
    words
}

#[cfg(test)]
mod tests {
    use super::server;

    #[test]
    fn lab_4_borrows_a_room_where_there_is_one() {
        let tree = tempfile::tempdir().unwrap();
        let tree = tree.path();
        let error = server(4, tree).unwrap_err().to_string();
        assert!(error.contains("lab 3"), "{error}");
        let rooms = ["labs/lab3/server", "solutions/lab3/server"];
        let found = rooms.map(|room| {
            std::fs::create_dir_all(tree.join(room)).unwrap();
            server(4, tree).unwrap()
        });
        assert_eq!(found, ["lab3-server", "lab3-solution-server"]);
        assert_eq!(server(2, tree).unwrap(), "lab2-server");
    }
}
