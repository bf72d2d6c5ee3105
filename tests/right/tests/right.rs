//! Runs the labs' checks on programs that are right and built otherwise than
//! the solutions. A check that fails here demands what the course does not.

use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// A lab's program in Rust, built with this package.
macro_rules! rust {
    ($name:ident, $lab:literal, $variable:literal, $program:literal) => {
        #[test]
        fn $name() {
            // In quotes: a path may hold blanks, and on Windows backslashes.
            let program = concat!("'", env!(concat!("CARGO_BIN_EXE_", $program)), "'");
            passes($lab, $variable, program);
        }
    };
}

/// A lab's program in Python, judged where Python is there: maintainers have it.
macro_rules! python {
    ($name:ident, $lab:literal, $variable:literal, $path:literal) => {
        #[test]
        fn $name() {
            let Some(python) = python() else {
                println!("SKIPPED: there is no Python 3.9 or newer");
                return;
            };
            let script = harness::root().join("tests/right").join($path);
            passes($lab, $variable, &format!("{python} '{}'", script.display()));
        }
    };
}

rust!(
    lab1_a_thread_for_each_client,
    "lab1",
    "LAB_SERVER",
    "echo-threads"
);
rust!(
    lab1_one_thread_that_polls,
    "lab1",
    "LAB_SERVER",
    "echo-nonblocking"
);
rust!(
    lab1_a_reader_a_channel_a_writer,
    "lab1",
    "LAB_SERVER",
    "echo-channels"
);
python!(lab1_in_python, "lab1", "LAB_SERVER", "lab1/echo.py");

rust!(
    lab3_one_thread_that_polls,
    "lab3",
    "LAB_SERVER",
    "room-nonblocking"
);
rust!(
    lab3_a_channel_for_each_client,
    "lab3",
    "LAB_SERVER",
    "room-channels"
);
python!(lab3_in_python, "lab3", "LAB_SERVER", "lab3/room.py");

rust!(
    lab4_two_threads_and_a_channel,
    "lab4",
    "LAB_CLIENT",
    "client-channel"
);
rust!(
    lab4_main_receives,
    "lab4",
    "LAB_CLIENT",
    "client-receiver-in-main"
);
rust!(lab4_main_polls, "lab4", "LAB_CLIENT", "client-polling");
python!(lab4_in_python, "lab4", "LAB_CLIENT", "lab4/client.py");

python!(lab5_in_python, "lab5", "LAB_DECODER", "lab5/decoder.py");

python!(
    lab6_sender_in_python,
    "lab6",
    "LAB_SENDER",
    "lab6/sender.py"
);
python!(
    lab6_receiver_in_python,
    "lab6",
    "LAB_RECEIVER",
    "lab6/receiver.py"
);

fn passes(lab: &str, variable: &str, program: &str) {
    // One lab after the other: its own checks run side by side already.
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(harness::root())
        .args([
            "test",
            "--package",
            &format!("{lab}-solution"),
            "--test",
            lab,
            "--",
            // The line being typed is a bonus, and takes a library.
            "--skip=task8_the_typed_line",
        ])
        .env(variable, program)
        // Interpreters take long to start: not too many of them at once.
        .env("RUST_TEST_THREADS", "8")
        .output()
        .expect("cargo starts");
    let told = String::from_utf8_lossy(&output.stdout);
    let result = told
        .lines()
        .rev()
        .find(|line| line.starts_with("test result"));
    let some_passed = result.is_some_and(|line| !line.contains(" 0 passed"));
    assert!(output.status.success() && some_passed, "{program}:\n{told}");
}

fn python() -> Option<&'static str> {
    let is_new = "import sys; sys.exit(sys.version_info < (3, 9))";
    let names = ["python3", "python"];
    names.into_iter().find(|name| {
        let status = Command::new(name).args(["-c", is_new]).status();
        status.is_ok_and(|status| status.success())
    })
}
