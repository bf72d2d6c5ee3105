//! Writes every figure in both languages beside this crate's manifest.

use figures::{FIGURES, folder, words::Language};
use std::process::ExitCode;
use std::{fs, io};

fn main() -> ExitCode {
    match write_all() {
        Ok(count) => {
            println!("{count} files written to {}", folder().display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("figures: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write_all() -> io::Result<usize> {
    let mut count = 0;
    for figure in FIGURES {
        for language in Language::ALL {
            let path = folder().join(figure.file(language));
            fs::write(&path, figure.svg(language)).map_err(|error| {
                io::Error::new(error.kind(), format!("{}: {error}", path.display()))
            })?;
            count += 1;
        }
    }
    Ok(count)
}
