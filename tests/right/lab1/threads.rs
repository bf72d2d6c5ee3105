//! The echo server with a thread for each client: more than lab 1 asks for.

use std::io;
use std::process::ExitCode;
use std::thread;

fn main() -> ExitCode {
    right_programs::server(|listener| {
        loop {
            let (stream, address) = listener.accept()?;
            println!("Connected with {address}");
            thread::spawn(move || {
                let _ = io::copy(&mut &stream, &mut &stream);
                println!("Disconnected from {address}");
            });
        }
    })
}
