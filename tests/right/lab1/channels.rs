//! The echo server with two threads for its one client: one reads, one writes,
//! and a bounded channel stands between them.

use std::io::{Read, Write};
use std::process::ExitCode;
use std::sync::mpsc::sync_channel;
use std::thread;

fn main() -> ExitCode {
    right_programs::server(|listener| {
        for stream in listener.incoming() {
            let stream = stream?;
            let address = stream.peer_addr()?;
            println!("Connected with {address}");
            let (sender, chunks) = sync_channel::<Vec<u8>>(8);
            thread::scope(|scope| {
                scope.spawn(|| {
                    let chunks = chunks;
                    for chunk in chunks {
                        if (&stream).write_all(&chunk).is_err() {
                            return;
                        }
                    }
                });
                let mut buffer = [0; 777];
                while let Ok(count @ 1..) = (&stream).read(&mut buffer) {
                    if sender.send(buffer[..count].to_vec()).is_err() {
                        break;
                    }
                }
                drop(sender);
            });
            println!("Disconnected from {address}");
        }
        Ok(())
    })
}
