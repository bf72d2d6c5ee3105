//! `cargo course doctor`: whether this machine has what the labs need, and what
//! to do where it has not.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::Result;
use harness::{apart, root, say};

use course::output::{self, Paint};

/// The port of the paper, which the programs use when they are not told another.
const PORT: u16 = 55555;

/// What was found of one thing that the labs need.
enum Finding {
    Good(String),
    /// What is wrong, and what to do about it.
    Bad(String, String),
    /// Neither: something to know.
    Word(String),
}

/// Looks at everything; fails when something is missing.
///
/// # Errors
/// None at present: what cannot be looked at is a finding.
pub fn run() -> Result<ExitCode> {
    let findings = [toolchain(), linker(), loopback(), port(), terminal()];
    let mut status = ExitCode::SUCCESS;
    for finding in findings {
        match finding {
            Finding::Good(text) => tell!("{} {text}", Paint::Good.on("✓")),
            Finding::Word(text) => tell!("· {text}"),
            Finding::Bad(text, cure) => {
                tell!("{} {text}\n  {cure}", Paint::Bad.on("✗"));
                status = ExitCode::FAILURE;
            }
        }
    }
    Ok(status)
}

/// rustc is at least what the workspace's manifest asks for.
fn toolchain() -> Finding {
    let needed = env!("CARGO_PKG_RUST_VERSION");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .arg("--version")
        .current_dir(root())
        .output();
    let text = output.map(|it| String::from_utf8_lossy(&it.stdout).into_owned());
    let text = text.unwrap_or_default();
    let found = text.split_whitespace().nth(1).unwrap_or_default();
    let (shown, wanted) = (apart(found), apart(needed));
    match version(found) >= version(needed) {
        true => Finding::Good(say!("Rust {shown}", "Rust {shown}")),
        false => Finding::Bad(
            say!(
                "Rust {wanted} or newer is needed, found {shown}",
                "يلزم Rust {wanted} أو أحدث، والموجود {shown}"
            ),
            say!("rustup update stable", "rustup update stable"),
        ),
    }
}

fn version(text: &str) -> Vec<u32> {
    let parts = text.split(['.', '-']).take(3);
    parts.map_while(|part| part.parse().ok()).collect()
}

/// A program of three lines is compiled, linked and run.
fn linker() -> Finding {
    let folder = std::env::temp_dir().join(format!("course-doctor-{}", std::process::id()));
    let linked = links(&folder);
    let _ = std::fs::remove_dir_all(&folder);
    match linked {
        true => Finding::Good(say!("a linker", "رابط (linker)")),
        false => Finding::Bad(
            say!("a program cannot be linked", "لا يمكن ربط برنامج"),
            say!(
                "Debian, Ubuntu: sudo apt install build-essential · macOS: xcode-select --install · Windows: the Visual Studio Build Tools, C++",
                "Debian وUbuntu: sudo apt install build-essential · macOS: xcode-select --install · Windows: Visual Studio Build Tools (C++)"
            ),
        ),
    }
}

fn links(folder: &Path) -> bool {
    let (source, program) = (folder.join("doctor.rs"), folder.join("doctor.exe"));
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&source, "fn main() { println!(\"linked\") }"));
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let compiled = Command::new(rustc)
        .arg(&source)
        .arg("-o")
        .arg(&program)
        .output();
    let ran = Command::new(&program).output();
    written.is_ok()
        && compiled.is_ok_and(|it| it.status.success())
        && ran.is_ok_and(|it| it.stdout.starts_with(b"linked"))
}

/// A connection from this machine to itself.
fn loopback() -> Finding {
    let tried = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| TcpStream::connect(listener.local_addr()?));
    match tried {
        Ok(_) => Finding::Good(say!(
            "connections within this machine (127.0.0.1)",
            "الاتصال داخل الحاسوب (127.0.0.1)"
        )),
        Err(error) => {
            let error = apart(error);
            Finding::Bad(
                say!(
                    "no connection to 127.0.0.1: {error}",
                    "لا اتصال بالعنوان 127.0.0.1: {error}"
                ),
                say!(
                    "A firewall or a sandbox may forbid it: allow programs to listen on 127.0.0.1.",
                    "قد يمنعه جدار ناري أو صندوق معزول: اسمح للبرامج بالاستماع على 127.0.0.1."
                ),
            )
        }
    }
}

/// The paper's port is free, or somebody has it.
fn port() -> Finding {
    let number = apart(PORT);
    match TcpListener::bind(("127.0.0.1", PORT)) {
        Ok(_) => Finding::Good(say!("port {number} is free", "المنفذ {number} متاح")),
        Err(_) => Finding::Word(say!(
            "port {number} is taken: a server of yours may still run; stop it, or give another with --port",
            "المنفذ {number} محجوز: ربما ما زال خادم لك يعمل؛ أوقفه أو اختر غيره بالخيار --port"
        )),
    }
}

/// Whether Arabic can be read here.
fn terminal() -> Finding {
    match output::terminal_shows_arabic() {
        true => Finding::Good(say!(
            "this terminal shows Arabic well: --lang ar",
            "هذه الطرفية تعرض العربية جيدًا: --lang ar"
        )),
        false => Finding::Word(say!(
            "this terminal may show Arabic reversed or unjoined. Look: مرحبًا. GNOME Terminal, Konsole and macOS Terminal show it well; the pages on GitHub and the website always do",
            "قد تعرض هذه الطرفية العربية معكوسة أو غير متصلة. تعرضها جيدًا GNOME Terminal وKonsole وTerminal في ماك، وكذلك صفحات GitHub والموقع"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(version("1.100.0") > version("1.88"));
        assert!(version("1.95.0-nightly") >= version("1.88"));
        assert!(version("1.70.0") < version("1.88"));
        assert!(version("") < version("1.88"));
    }
}
