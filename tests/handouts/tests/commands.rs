//! Shown commands are run and compared, and what went stale is named.
#![cfg(unix)]

use std::path::Path;

use handouts::console::masked;
use handouts::{Language, Page, session};

fn faults(text: &str) -> Vec<String> {
    let page = Page::new(Path::new("page.md"), Language::English, text);
    session::run(Path::new("."), &page).unwrap().faults
}

fn block(how: &str, body: &str) -> String {
    format!("<!-- {how} -->\n```console\n{body}\n```\n\n")
}

#[test]
fn what_is_shown_and_printed_is_the_same() {
    assert_eq!(
        faults(&block("run", "$ echo one; echo two\none\ntwo")),
        [""; 0]
    );
    assert_eq!(faults(&block("run", "$ seq 9\n1\n…\n9")), [""; 0]);
    assert_eq!(faults(&block("run", "$ seq 9\n1\n…")), [""; 0]);
    assert_eq!(faults(&block("run", "$ echo a\na\n$ echo b\nb")), [""; 0]);
    assert_eq!(
        faults("```console\n$ echo one\ntwo\n```\n"),
        [""; 0],
        "no comment, no run"
    );
}

#[test]
fn what_went_stale_is_named() {
    assert_eq!(
        faults(&block("run", "$ echo one\ntwo")),
        ["page.md:2: shown \"two\", but printed \"one\""]
    );
    assert_eq!(
        faults(&block("run", "$ echo one\none\ntwo")),
        ["page.md:2: shown \"two\", but the program ended"]
    );
    assert_eq!(
        faults(&block("run", "$ seq 2\n1")),
        ["page.md:2: printed and not shown: \"2\\n\""]
    );
    assert_eq!(
        faults(&block("run", "$ seq 9\n1\n…\n10")),
        ["page.md:2: shown \"10\", but the program ended without it"]
    );
    assert_eq!(
        faults(&block("run", "$ echo a\na\n$ echo b\nc")),
        ["page.md:2: shown \"c\", but printed \"b\""]
    );
}

#[test]
fn typed_lines_are_typed_and_echoes_awaited() {
    let echo = block("run: types \"hi\"", "$ cat\nhi\nhi\n^D");
    assert_eq!(faults(&echo), [""; 0]);
    let prompt = block(
        "run: types \"amal\"",
        "$ printf 'Choose your nickname: '; read n; echo $n joined!\nChoose your nickname: amal\namal joined!",
    );
    assert_eq!(faults(&prompt), [""; 0]);
}

#[test]
fn terminals_run_beside_each_other() {
    let first = block(
        "run: terminal",
        "$ sh -c 'echo up; while ! [ -e $TMPDIR/t ]; do :; done; rm $TMPDIR/t; echo seen'\nup\nseen",
    );
    let second = block(
        "run: terminal",
        "$ sh -c 'touch $TMPDIR/t; echo touched'\ntouched",
    );
    let folder = std::env::temp_dir().join(format!("handouts-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let text = format!("# A\n\n{first}{second}").replace("$TMPDIR", &folder.to_string_lossy());
    assert_eq!(faults(&text), [""; 0]);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_comment_that_says_something_else_is_refused() {
    let page = Page::new(
        Path::new("page.md"),
        Language::English,
        &block("run: fast", "$ true"),
    );
    let error = session::run(Path::new("."), &page).unwrap_err().to_string();
    assert_eq!(
        error,
        "page.md:1: a run comment says solution, terminal or types \"…\", not \"fast\""
    );
}

#[test]
fn ports_and_seconds_are_not_compared() {
    assert_eq!(
        masked("Connected with 127.0.0.1:54146"),
        "Connected with 127.0.0.1:PORT"
    );
    assert_eq!(
        masked("Listening on 127.0.0.1:55555"),
        "Listening on 127.0.0.1:55555"
    );
    assert_eq!(masked("finished in 0.05s"), "finished in SECONDSs");
    assert_eq!(masked("lab3-solution-server: no"), "lab3-server: no");
}
