//! A strict NATS broker for the checks of lab 8, or the real one that `LAB_BROKER`
//! names.
//!
//! It speaks the client protocol of NATS (<https://docs.nats.io/reference/reference-protocols/nats-protocol>)
//! and answers as nats-server 2 does: an operation that does not end with CRLF, a wrong
//! length or an unknown word gets `-ERR 'Unknown Protocol Operation'`, and the
//! connection is closed.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// A broker that delivers what its clients publish, as long as the checks run.
pub struct Broker {
    address: String,
    errors: Arc<Mutex<Vec<String>>>,
    /// A real broker serves one check at a time: all rooms have the same subject.
    _alone: Option<MutexGuard<'static, ()>>,
}

/// A connection and what it asked for.
struct Client {
    id: usize,
    stream: TcpStream,
    echo: bool,
    /// Subject and number of each subscription.
    subscriptions: Vec<(String, String)>,
}

type Clients = Arc<Mutex<Vec<Client>>>;

const UNKNOWN: &str = "Unknown Protocol Operation";

impl Broker {
    /// The broker that `LAB_BROKER` names, or a new strict one.
    pub fn start() -> Broker {
        let errors = Arc::default();
        if let Ok(address) = std::env::var("LAB_BROKER") {
            static ALONE: Mutex<()> = Mutex::new(());
            let _alone = Some(lock(&ALONE));
            return Broker {
                address,
                errors,
                _alone,
            };
        }
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let shared = Arc::clone(&errors);
        thread::spawn(move || {
            let clients = Clients::default();
            for (id, stream) in listener.incoming().flatten().enumerate() {
                let (clients, errors) = (Arc::clone(&clients), Arc::clone(&shared));
                thread::spawn(move || {
                    if let Err(error) = serve(id, &stream, &clients) {
                        lock(&errors).push(error.clone());
                        let _ = write!(&stream, "-ERR '{error}'\r\n");
                    }
                    lock(&clients).retain(|client| client.id != id);
                    let _ = stream.shutdown(std::net::Shutdown::Both);
                });
            }
        });
        Broker {
            address: address.to_string(),
            errors,
            _alone: None,
        }
    }

    /// For `--broker`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What clients did wrong so far.
    pub fn errors(&self) -> Vec<String> {
        lock(&self.errors).clone()
    }
}

/// Serves one client until it disconnects.
fn serve(id: usize, stream: &TcpStream, clients: &Clients) -> Result<(), String> {
    let mut reader = BufReader::new(stream);
    let _ = stream.set_nodelay(true);
    let copy = stream.try_clone().map_err(|error| error.to_string())?;
    lock(clients).push(Client {
        id,
        stream: copy,
        echo: true,
        subscriptions: Vec::new(),
    });
    answer(
        clients,
        id,
        "INFO {\"server_id\":\"STRICT\",\"max_payload\":1048576}\r\n",
    );
    let mut verbose = true;
    while let Some(line) = read_line(&mut reader)? {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["CONNECT", ..] => verbose = connect(&line, clients, id)?,
            ["PING"] => {
                answer(clients, id, "PONG\r\n");
                continue;
            }
            ["PONG"] => continue,
            ["SUB", subject, number] => subscribe(clients, id, subject, number),
            ["PUB", subject, length] | ["PUB", subject, _, length] => {
                let payload = read_payload(&mut reader, length)?;
                publish(clients, id, subject, &payload);
            }
            _ => return Err(UNKNOWN.to_string()),
        }
        if verbose {
            answer(clients, id, "+OK\r\n");
        }
    }
    Ok(())
}

/// A line without its CRLF; `None` at EOF.
fn read_line(reader: &mut impl BufRead) -> Result<Option<String>, String> {
    let mut line = Vec::new();
    match reader.take(4096).read_until(b'\n', &mut line) {
        Ok(0) | Err(_) => return Ok(None),
        Ok(_) => {}
    }
    let line = line.strip_suffix(b"\r\n").ok_or(UNKNOWN)?;
    let line = String::from_utf8(line.to_vec()).map_err(|_| UNKNOWN)?;
    Ok(Some(line))
}

fn read_payload(reader: &mut impl Read, length: &str) -> Result<Vec<u8>, String> {
    let length: usize = length.parse().map_err(|_| UNKNOWN)?;
    if length > 1 << 20 {
        return Err("Maximum Payload Violation".to_string());
    }
    let mut payload = vec![0; length + 2];
    reader.read_exact(&mut payload).map_err(|_| UNKNOWN)?;
    match payload.strip_suffix(b"\r\n") {
        Some(payload) => Ok(payload.to_vec()),
        None => Err(UNKNOWN.to_string()),
    }
}

/// Whether each operation is to be answered with `+OK`.
fn connect(line: &str, clients: &Clients, id: usize) -> Result<bool, String> {
    let options: String = line.chars().filter(|it| !it.is_whitespace()).collect();
    if !options.starts_with("CONNECT{") || !options.ends_with('}') {
        return Err(UNKNOWN.to_string());
    }
    let echo = !options.contains("\"echo\":false");
    let mut clients = lock(clients);
    clients
        .iter_mut()
        .filter(|it| it.id == id)
        .for_each(|it| it.echo = echo);
    Ok(!options.contains("\"verbose\":false"))
}

fn subscribe(clients: &Clients, id: usize, subject: &str, number: &str) {
    let subscription = (subject.to_string(), number.to_string());
    let mut clients = lock(clients);
    let client = clients.iter_mut().find(|it| it.id == id);
    client
        .into_iter()
        .for_each(|it| it.subscriptions.push(subscription.clone()));
}

fn publish(clients: &Clients, from: usize, subject: &str, payload: &[u8]) {
    for client in lock(clients).iter().filter(|it| it.echo || it.id != from) {
        for (_, number) in client.subscriptions.iter().filter(|it| it.0 == subject) {
            let head = format!("MSG {subject} {number} {}\r\n", payload.len());
            let message = [head.as_bytes(), payload, b"\r\n"].concat();
            let _ = (&client.stream).write_all(&message);
        }
    }
}

fn answer(clients: &Clients, id: usize, text: &str) {
    for client in lock(clients).iter().filter(|it| it.id == id) {
        let _ = (&client.stream).write_all(text.as_bytes());
    }
}

fn lock<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}
