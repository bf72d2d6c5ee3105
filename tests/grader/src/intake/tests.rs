//! Each shape in which something is handed in, and what is taken of it.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use super::note::Reason;
use super::submission::Submission;
use super::{Given, Intake};
use crate::scratch::Scratch;
use course::starter::{Starter, starters};

const SERVER: &str = "labs/lab1/server/src/main.rs";
const WORK: &str = "fn main() { /* work */ }";

/// Takes the one submission that `make` leaves in a folder, as handed in for these labs.
fn take(labs: &[u32], make: impl Fn(&Path)) -> Intake {
    let (folder, tree) = (Scratch::new(), Scratch::new());
    make(&folder);
    let starters: Vec<&'static Starter> = starters()
        .iter()
        .filter(|it| labs.contains(&it.lab))
        .collect();
    for starter in &starters {
        tree.file(&starter.path(), "fn main() { /* starter */ }");
    }
    tree.file(
        "labs/lab1/server/Cargo.toml",
        "[dependencies]\nclap = \"4\"\n",
    );
    let all = Submission::all(&folder).unwrap();
    assert_eq!(all.len(), 1);
    let given = Given {
        pristine: &tree,
        starters,
        salt: String::new(),
    };
    Intake::take(&all[0], &given)
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        archive
            .start_file(*path, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
}

/// That lab 1's server was taken, and nothing else.
fn is_taken(intake: &Intake) {
    let files: Vec<(&str, &[u8])> = intake.files.iter().map(|(a, b)| (&**a, &**b)).collect();
    assert_eq!(files, [(SERVER, WORK.as_bytes())], "{:?}", intake.notes);
    assert!(intake.unreadable.is_empty(), "{:?}", intake.unreadable);
}

/// Why nothing was taken, in English.
fn word(intake: &Intake) -> String {
    assert!(intake.files.is_empty(), "{:?}", intake.files.keys());
    let note = intake.unreadable.get(&1).expect("lab 1 is unreadable");
    assert!(intake.notes.contains(note), "the reports name it");
    note.reason.word().unwrap().en
}

#[test]
fn an_archive_in_a_platforms_folder_is_opened() {
    let inner = zip(&[("labs/lab1/server/src/main.rs", WORK.as_bytes())]);
    is_taken(&take(&[1, 2, 3], |class| {
        write(
            class,
            "Amal Haddad_48213_assignsubmission_file_/lab1.ZIP",
            &inner,
        );
    }));
}

#[test]
fn an_archive_in_an_archive_is_opened_but_not_without_end() {
    let mut packed = zip(&[(SERVER, WORK.as_bytes())]);
    packed = zip(&[("lab1.zip", &packed)]);
    is_taken(&take(&[1], |class| write(class, "amal.zip", &packed)));
    for _ in 0..3 {
        packed = zip(&[("a.zip", &packed)]);
    }
    assert_eq!(
        word(&take(&[1], |class| write(class, "amal.zip", &packed))),
        "too large"
    );
}

#[test]
fn a_lone_file_is_taken_where_one_program_is_meant() {
    let files = [
        "haddadamal_1234_5678_main.rs",
        "amal.rs",
        "amal/main.rs",
        "amal/src/main.rs",
        "amal/server/src/main.rs",
        "amal/Lab1/Server/src/main.rs",
        "amal/lab1-server/src/main.rs",
    ];
    for file in files {
        is_taken(&take(&[1], |class| write(class, file, WORK.as_bytes())));
    }
    let several = take(&[1, 3], |class| {
        write(class, "amal/main.rs", WORK.as_bytes())
    });
    assert_eq!(word(&several), "wrong layout");
    is_taken(&take(&[1, 3], |class| {
        write(class, "amal-lab1/main.rs", WORK.as_bytes())
    }));
}

#[test]
fn what_cargo_and_git_write_is_skipped() {
    let objects: Vec<String> = (0..21_000)
        .map(|it| format!("course/target/debug/{it}.rs"))
        .collect();
    let mut files: Vec<(&str, &[u8])> = objects.iter().map(|it| (&**it, &b""[..])).collect();
    files.push(("course/.git/config", b""));
    files.push(("course/labs/lab1/server/src/main.rs", WORK.as_bytes()));
    let packed = zip(&files);
    let intake = take(&[1], |class| write(class, "amal.zip", &packed));
    is_taken(&intake);
    assert!(intake.notes.is_empty(), "{:?}", intake.notes);
}

#[test]
fn what_is_not_opened_says_so() {
    for name in ["amal.7z", "amal.rar", "amal.tar.xz", "amal.docx"] {
        assert_eq!(
            word(&take(&[1], |class| write(class, name, b"x"))),
            "not opened",
            "{name}"
        );
    }
    let inside = take(&[1], |class| write(class, "amal/lab1.rar", b"x"));
    assert_eq!(word(&inside), "not opened");
}

#[test]
fn unreadable_is_not_untouched() {
    let broken = take(&[1], |class| write(class, "amal.zip", b"PK\x03\x04 not"));
    assert_eq!(word(&broken), "broken archive");
    let layout = take(&[1, 2], |class| write(class, "amal/a/b.rs", b"x"));
    assert_eq!(word(&layout), "wrong layout");
    let text = layout.notes[0].text(harness::Language::English);
    assert!(
        text.contains(SERVER) && text.contains("found a/b.rs"),
        "{text}"
    );
    assert_eq!(
        word(&take(&[1], |class| write(class, "amal/a.txt", b"x"))),
        "no Rust file"
    );
    let utf16: Vec<u8> = WORK.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let path = format!("amal/{SERVER}");
    assert_eq!(
        word(&take(&[1], |class| write(class, &path, &utf16))),
        "UTF-16"
    );
}

#[test]
#[cfg(unix)]
fn a_link_is_not_followed_and_is_named() {
    let intake = take(&[1], |class| {
        let folder = class.join("amal/labs/lab1/server/src");
        fs::create_dir_all(&folder).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", folder.join("main.rs")).unwrap();
    });
    assert_eq!(word(&intake), "a link");
}

#[test]
fn of_two_trees_the_one_that_was_worked_on_is_taken_and_named() {
    let packed = zip(&[
        ("week1/labs/lab1/server/src/main.rs", WORK.as_bytes()),
        (
            "week1-3/labs/lab1/server/src/main.rs",
            b"fn main() { /* starter */ }",
        ),
    ]);
    let intake = take(&[1], |class| write(class, "amal.zip", &packed));
    is_taken(&intake);
    let reason = Reason::SeveralTrees {
        lab: 1,
        others: "week1-3".to_string(),
    };
    assert_eq!(
        (&*intake.notes[0].path, &intake.notes[0].reason),
        ("week1", &reason)
    );
}

#[test]
fn a_crate_that_was_added_is_named() {
    let intake = take(&[1], |class| {
        write(class, &format!("amal/{SERVER}"), WORK.as_bytes());
        let manifest = b"[dependencies]\nclap = \"4\"\ntokio = \"1\"\n";
        write(class, "amal/labs/lab1/server/Cargo.toml", manifest);
    });
    is_taken(&intake);
    assert_eq!(
        intake.notes[0].reason,
        Reason::Dependency("tokio".to_string())
    );
}

#[test]
fn a_file_that_is_included_and_not_taken_is_named() {
    let text = "fn main() { print!(\"{}\", include_str!(\"help.txt\")) }";
    let intake = take(&[1], |class| {
        write(class, &format!("amal/{SERVER}"), text.as_bytes());
        write(class, "amal/labs/lab1/server/src/help.txt", b"help");
    });
    assert_eq!(
        intake.notes[0].reason,
        Reason::Included("help.txt".to_string())
    );
}
