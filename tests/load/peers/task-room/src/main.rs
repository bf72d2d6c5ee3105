//! A room of tokio tasks, to be measured against, in the style of the runtime's
//! own examples: a task for each client, which waits for the client's next line
//! and for the next line to the client; the room is a map of unbounded channels
//! behind a mutex.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, mpsc};

const SENTINEL: &str = "CLOSE123123";

type Outbox = mpsc::UnboundedSender<Arc<str>>;
type Room = Arc<Mutex<HashMap<SocketAddr, Outbox>>>;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args()
        .nth(1)
        .and_then(|port| port.parse().ok())
        .unwrap_or(0);
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("Listening on {}", listener.local_addr()?);
    let room = Room::default();
    loop {
        let (stream, address) = listener.accept().await?;
        let room = room.clone();
        tokio::spawn(async move {
            if let Err(error) = serve(stream, address, room).await {
                eprintln!("{address}: {error}");
            }
        });
    }
}

async fn serve(mut stream: TcpStream, address: SocketAddr, room: Room) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (reading, mut writing) = stream.split();
    let mut lines = BufReader::new(reading).lines();
    let Some(nickname) = lines.next_line().await? else {
        return Ok(());
    };
    let (outbox, mut inbox) = mpsc::unbounded_channel();
    room.lock().await.insert(address, outbox.clone());
    tell(&room, format!("{nickname} joined!\n")).await;
    let _ = outbox.send("Connected to server!\n".into());
    drop(outbox);
    loop {
        tokio::select! {
            Some(line) = inbox.recv() => {
                if writing.write_all(line.as_bytes()).await.is_err() {
                    break;
                }
            }
            line = lines.next_line() => match line {
                Ok(Some(line)) if line != SENTINEL => tell(&room, line + "\n").await,
                _ => break,
            },
        }
    }
    room.lock().await.remove(&address);
    tell(&room, format!("{nickname} left!\n")).await;
    Ok(())
}

async fn tell(room: &Room, line: String) {
    let line: Arc<str> = line.into();
    for outbox in room.lock().await.values() {
        let _ = outbox.send(line.clone());
    }
}
