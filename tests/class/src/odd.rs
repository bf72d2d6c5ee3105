//! Submissions that no packer would make: links, bombs, paths that climb out.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use harness::root;

use crate::source::{one, solution, starter, tasks};
use crate::student::{Files, Oddity, Packing, Student, Verdict};

const SERVER: &str = "labs/lab1/server/src/main.rs";

/// A file that must never come to be, outside of every submission.
pub const ESCAPED: &str = "made-class-has-escaped";

/// All of them.
///
/// # Errors
/// When a source cannot be read.
pub fn students() -> Result<Vec<Student>> {
    let odd = |name: &str, oddity, verdict, notes| -> Result<Student> {
        let student = Student::new(&format!("odd-{name}"), solution(1)?, &[(1, verdict)]);
        Ok(student.packed(Packing::Odd(oddity)).noted(notes))
    };
    let mut students = vec![
        meddler()?,
        odd("climbing-zip", Oddity::ClimbingZip, Verdict::Green, 2)?,
        odd(
            "link",
            Oddity::LinkInFolder,
            Verdict::Unreadable("a link"),
            1,
        )?,
        odd(
            "links-in-tar",
            Oddity::LinksInTar,
            Verdict::Unreadable("a link"),
            2,
        )?,
        odd("climbing-tar", Oddity::ClimbingTar, Verdict::Green, 1)?,
        odd(
            "zip-bomb",
            Oddity::ZipBomb,
            Verdict::Unreadable("too large"),
            1,
        )?,
        odd(
            "tar-bomb",
            Oddity::TarBomb,
            Verdict::Unreadable("too large"),
            1,
        )?,
        odd("deep-folder", Oddity::DeepFolder, Verdict::Green, 1)?,
        odd(
            "no-archive",
            Oddity::NoArchive,
            Verdict::Unreadable("broken archive"),
            1,
        )?
        .unreadable("broken archive"),
    ];
    if cfg!(target_os = "linux") {
        let mut strange = odd("", Oddity::StrangeNames, Verdict::Green, 1)?;
        strange.name.extend_from_slice(b"\xff\xfe-name");
        students.push(strange);
        let mut markup = Student::new("", solution(1)?, &[(1, Verdict::Green)]);
        markup.name = b"odd-\"><script>alert(1)<&\x1b[2J =1+1".to_vec();
        students.push(markup);
    }
    let nothing = Student::new("odd-nothing", one("notes.txt", "I am ill."), &[]);
    students.push(nothing.unreadable("no Rust file").noted(1));
    Ok(students)
}

/// Changes the checks, the manifests and cargo's configuration instead of the task.
fn meddler() -> Result<Student> {
    let program = starter()?.replace("A client is here.", "A client is here!");
    let build = "fn main() { std::process::exit(0) }\n";
    let mut files = Files::new();
    for (path, text) in [
        (SERVER, program.as_str()),
        ("labs/lab1/server/build.rs", build),
        (
            "labs/lab1/server/Cargo.toml",
            "[package]\nname = \"lab1-server\"\nbuild = \"build.rs\"\n",
        ),
        ("labs/lab1/Cargo.toml", "[package]\nname = \"lab1\"\n"),
        ("tests/lab1.rs", "#[test]\nfn all_is_well() {}\n"),
        ("tests/harness/src/lib.rs", "// nothing to see\n"),
        (
            ".cargo/config.toml",
            "[target.'cfg(all())']\nrunner = \"true\"\n",
        ),
        ("Cargo.toml", "[workspace]\nmembers = []\n"),
        ("rust-toolchain.toml", "[toolchain]\npath = \"/tmp/evil\"\n"),
    ] {
        files.insert(path.to_string(), text.as_bytes().to_vec());
    }
    let red = Verdict::Red {
        must: tasks(1),
        may: Vec::new(),
    };
    Ok(Student::new("odd-meddler", files, &[(1, red)]).noted(8))
}

/// Writes the submission into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn pack(oddity: Oddity, student: &Student, folder: &Path) -> Result<()> {
    let name = student.shown();
    let text = student.files.get(SERVER).cloned().unwrap_or_default();
    let secret = root().join("solutions/lab1/server/src/main.rs");
    match oddity {
        Oddity::LinkInFolder => link(&secret, &folder.join(name).join(SERVER)),
        Oddity::LinksInTar => links_in_tar(&secret, tar(folder, &name)?),
        Oddity::ClimbingTar => climbing_tar(&text, tar(folder, &name)?),
        Oddity::ClimbingZip => climbing_zip(&text, zip(folder, &name)?),
        Oddity::ZipBomb => zip_bomb(zip(folder, &name)?),
        Oddity::TarBomb => tar_bomb(tar(folder, &name)?),
        Oddity::DeepFolder => deep_folder(&text, &folder.join(name)),
        Oddity::StrangeNames => strange_names(&text, &folder.join(os(&student.name))),
        Oddity::NoArchive => Ok(fs::write(
            folder.join(format!("{name}.zip")),
            b"PK\x03\x04 not",
        )?),
    }
}

type Zip = zip::ZipWriter<File>;
type Tar = tar::Builder<flate2::write::GzEncoder<File>>;

fn zip(folder: &Path, name: &str) -> Result<Zip> {
    Ok(Zip::new(File::create(folder.join(format!("{name}.zip")))?))
}

fn tar(folder: &Path, name: &str) -> Result<Tar> {
    let file = File::create(folder.join(format!("{name}.tar.gz")))?;
    let level = flate2::Compression::fast();
    Ok(tar::Builder::new(flate2::write::GzEncoder::new(
        file, level,
    )))
}

fn link(secret: &Path, place: &Path) -> Result<()> {
    fs::create_dir_all(place.parent().unwrap_or(place))?;
    #[cfg(unix)]
    std::os::unix::fs::symlink(secret, place)?;
    #[cfg(not(unix))]
    fs::write(place, secret.display().to_string())?;
    Ok(())
}

fn links_in_tar(secret: &Path, mut tar: Tar) -> Result<()> {
    for kind in [tar::EntryType::Symlink, tar::EntryType::Link] {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        tar.append_link(&mut header, SERVER, secret)?;
    }
    Ok(tar.into_inner()?.finish().map(drop)?)
}

fn climbing_tar(text: &[u8], mut tar: Tar) -> Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(4);
    header.set_mode(0o644);
    // The builder refuses such paths; the header's bytes do not.
    let path = format!("../../../../../../tmp/{ESCAPED}");
    header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
    header.set_cksum();
    tar.append(&header, &b"evil"[..])?;
    let mut header = tar::Header::new_gnu();
    header.set_size(text.len() as u64);
    tar.append_data(&mut header, SERVER, text)?;
    Ok(tar.into_inner()?.finish().map(drop)?)
}

fn climbing_zip(text: &[u8], mut zip: Zip) -> Result<()> {
    let options = zip::write::SimpleFileOptions::default();
    let escapes = [
        format!("../../../../../../tmp/{ESCAPED}"),
        format!("labs/lab1/server/src/../../../../../{ESCAPED}.rs"),
        format!("/tmp/{ESCAPED}"),
    ];
    for path in escapes {
        zip.start_file(path, options)?;
        zip.write_all(b"evil")?;
    }
    zip.start_file(SERVER, options)?;
    zip.write_all(text)?;
    zip.finish()?;
    Ok(())
}

fn zip_bomb(mut zip: Zip) -> Result<()> {
    zip.start_file(SERVER, zip::write::SimpleFileOptions::default())?;
    zeros(&mut zip)?;
    zip.finish()?;
    Ok(())
}

fn tar_bomb(mut tar: Tar) -> Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(1 << 30);
    tar.append_data(
        &mut header,
        SERVER,
        std::io::Read::take(std::io::repeat(0), 1 << 30),
    )?;
    Ok(tar.into_inner()?.finish().map(drop)?)
}

/// A gigabyte of nothing.
fn zeros(out: &mut impl Write) -> Result<()> {
    let block = vec![0; 1 << 20];
    for _ in 0..1 << 10 {
        out.write_all(&block)?;
    }
    Ok(())
}

fn deep_folder(text: &[u8], folder: &Path) -> Result<()> {
    let place = folder.join(SERVER);
    fs::create_dir_all(place.parent().unwrap_or(&place))?;
    fs::write(place, text)?;
    fs::create_dir_all(folder.join("a/".repeat(900)))?;
    Ok(())
}

fn strange_names(text: &[u8], folder: &Path) -> Result<()> {
    let place = folder.join(SERVER);
    fs::create_dir_all(place.parent().unwrap_or(&place))?;
    fs::write(&place, text)?;
    fs::write(place.with_file_name(os(b"\xff\xfe.rs")), "fn x() {}")?;
    Ok(())
}

/// Bytes as a file's name.
pub fn os(bytes: &[u8]) -> std::ffi::OsString {
    #[cfg(unix)]
    return std::os::unix::ffi::OsStringExt::from_vec(bytes.to_vec());
    #[cfg(not(unix))]
    return String::from_utf8_lossy(bytes).into_owned().into();
}
