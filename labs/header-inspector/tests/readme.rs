//! The READMEs show what is printed: their commands are run and compared.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// What begins a command that is checked.
const PROMPT: &str = "$ cargo run -q -p header-inspector -- ";

/// Returns each command's arguments and the lines that are shown below it.
fn shown(readme: &str) -> Vec<(String, Vec<String>)> {
    let path = PathBuf::from(readme);
    let text = fs::read_to_string(path).expect("the README is there");
    text.split("```")
        .filter_map(|block| block.strip_prefix("console\n"))
        .map(|block| {
            let mut lines = block.lines();
            let command = lines.next().and_then(|line| line.strip_prefix(PROMPT));
            let arguments = command.expect("a console block begins with the command");
            (arguments.to_owned(), lines.map(str::to_owned).collect())
        })
        .collect()
}

/// Runs the binary where a reader would: at the workspace's root.
fn printed(arguments: &str) -> Vec<String> {
    let root = PathBuf::from("../..");
    let output = Command::new(env!("CARGO_BIN_EXE_header-inspector"))
        .args(arguments.split(' '))
        .current_dir(root)
        .env_remove("LAB_LANG")
        .output()
        .expect("the binary runs");
    let text = String::from_utf8(output.stdout).expect("standard output is UTF-8");
    text.lines().map(str::to_owned).collect()
}

fn check(readme: &str) {
    let blocks = shown(readme);
    assert!(blocks.len() > 3, "{readme} shows {} commands", blocks.len());
    for (arguments, mut lines) in blocks {
        let mut printed = printed(&arguments);
        // A README shows the beginning of what is long.
        if lines.last().is_some_and(|line| line == "…") {
            lines.pop();
            printed.truncate(lines.len());
        }
        assert_eq!(
            lines.join("\n").trim_end(),
            printed.join("\n").trim_end(),
            "{readme}: {arguments}"
        );
    }
}

#[test]
fn the_english_readme_shows_what_is_printed() {
    check("README.md");
}

#[test]
fn the_arabic_readme_shows_what_is_printed() {
    check("README.ar.md");
}
