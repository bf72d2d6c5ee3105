//! Students whose programs do not compile, or not in time.

use anyhow::Result;
use harness::root;

use crate::source::{one, read, solution};
use crate::student::{Student, Verdict};

const SERVER: &str = "labs/lab1/server/src/main.rs";

/// All of them.
///
/// # Errors
/// When a source cannot be read.
pub fn students() -> Result<Vec<Student>> {
    let right = read("solutions/lab1/server/src/main.rs")?;
    let root = root().display();
    let deep = "(".repeat(60_000);
    let other = "include_bytes!(\"../../../../../target/debug/lab1-server\")";
    let sources = [
        (
            "brace",
            format!("{right}\nfn x( {{\n"),
            "unclosed delimiter",
        ),
        (
            "type",
            format!("{right}\nfn x() -> u8 {{ \"a\" }}\n"),
            "mismatched types",
        ),
        ("module", format!("mod helper;\n{right}"), "file not found"),
        (
            "crate",
            format!("use tokio::net::TcpStream as T;\n{right}"),
            "tokio",
        ),
        ("empty", String::new(), "main"),
        (
            "no-text",
            "\u{0}\u{1}\u{2}".to_string(),
            "unknown start of token",
        ),
        (
            "for-ever",
            format!(
                "#![allow(long_running_const_eval)]\n{right}\nconst X: u64 = {{ loop {{}} }};\n#[allow(dead_code)]\nstatic Y: u64 = X;\n"
            ),
            "did not end",
        ),
        (
            "without-end",
            format!("{right}\nstatic X: &[u8] = include_bytes!(\"/dev/zero\");\n"),
            "",
        ),
        ("too-deep", format!("{right}\nfn x() {{ {deep} }}\n"), ""),
        (
            "solution-beside",
            format!(
                "{right}\nconst X: &str = include_str!(\"../../../../solutions/lab1/server/src/main.rs\");\n"
            ),
            "couldn't read",
        ),
        (
            "solution-there",
            format!(
                "{right}\nconst X: &str = include_str!(\"{root}/solutions/lab1/server/src/main.rs\");\n"
            ),
            "couldn't read",
        ),
        (
            "somebody-elses",
            format!("{right}\nstatic X: &[u8] = {other};\n"),
            "couldn't read",
        ),
        (
            "credentials",
            format!("{right}\nconst X: &str = include_str!(\"/cargo/credentials.toml\");\n"),
            "couldn't read",
        ),
        (
            "system-file",
            format!("{right}\nconst X: &str = include_str!(\"/etc/passwd\");\n"),
            "couldn't read",
        ),
    ];
    let broken = |(name, text, word): (&str, String, &'static str)| {
        let name = format!("broken-{name}");
        Student::new(&name, one(SERVER, text), &[(1, Verdict::Broken(word))])
    };
    let mut students: Vec<Student> = sources.into_iter().map(broken).collect();
    // One lab that is broken takes nothing from another.
    let mut files = solution(4)?;
    files.insert(SERVER.to_string(), b"fn main() { x }".to_vec());
    let verdicts = [
        (1, Verdict::Broken("cannot find value")),
        (4, Verdict::Green),
    ];
    students.push(Student::new("broken-one-of-two", files, &verdicts));
    Ok(students)
}
