//! The paper's session, figures 3 to 8, held by the solutions with each other:
//! ehab and amal join, greet each other, and ehab leaves with the quit word.
//!
//! The other half is held with unframed peers, as the paper's own programs are:
//! one `recv(1024)` is one message, and no newline is anywhere.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use harness::{Check, Program};

#[test]
fn the_papers_figures_3_to_8() {
    let (mut server, ehab, mut amal) = session(["ehab", "amal"], ["hi", "welcome"]);
    amal.client.closes_its_keyboard();
    amal.client.exits_with(0);
    server.prints_later("amal left!");
    insta::assert_snapshot!(told(&server, &ehab, &amal));
}

#[test]
fn the_same_session_in_arabic() {
    let words = ["مرحبًا", "أهلًا وسهلًا"];
    let (server, ehab, amal) = session(["إيهاب", "أمل"], words);
    insta::assert_snapshot!(told(&server, &ehab, &amal));
}

#[test]
fn two_unframed_peers_and_two_people_share_the_room() {
    let server = room().server();
    let mut ehab = Person::sits_down(&server, &["--nickname", "ehab"]);
    ehab.client.prints_later("Connected to server!");
    let mut sami = PaperClient::joins(&server, "sami");
    let mut rima = PaperClient::joins(&server, "rima");
    sami.hears("rima joined!");
    let mut amal = Person::sits_down(&server, &["--nickname", "amal"]);
    amal.client.prints_later("Connected to server!");
    for old in [&mut sami, &mut rima] {
        old.hears("amal joined!");
    }
    sami.sends("sami: from the paper");
    for person in [&mut ehab, &mut amal] {
        person.client.prints_later("sami: from the paper");
    }
    rima.hears("sami: from the paper");
    amal.client.types("from Rust");
    ehab.client.prints_later("amal: from Rust");
    rima.hears("amal: from Rust");
    drop(rima);
    for person in [&mut ehab, &mut amal] {
        person.client.prints_later("rima left!");
    }
}

#[test]
fn the_unframed_client_chats_in_an_unframed_room() {
    let room = PaperRoom::open();
    let mut ehab = Person::comes_to(room.port, &["--unframed", "--nickname", "ehab"]);
    // Both parts of the greeting may come in one read, and so in one line.
    ehab.client.says_somewhere("Connected to server!");
    let mut amal = Person::comes_to(room.port, &["--unframed", "--nickname", "أمل"]);
    amal.client.says_somewhere("Connected to server!");
    ehab.client.prints_later("أمل joined!");
    ehab.client.types("hi");
    amal.client.prints_later("ehab: hi");
    ehab.client.prints("ehab: hi");
    amal.client.types("أهلًا");
    ehab.client.prints("أمل: أهلًا");
    ehab.client.types("CLOSE123123");
    ehab.client.exits_with(0);
    amal.client.prints_later("ehab left!");
}

/// Two join, the first says hello, the second answers, the first leaves.
fn session(names: [&str; 2], words: [&str; 2]) -> (Program, Person, Person) {
    let ([first, second], [hello, answer]) = (names, words);
    let mut server = room().server();
    let mut ehab = Person::sits_down(&server, &[]);
    ehab.chooses(first);
    server.prints_later(&format!("Nickname is {first}"));
    let mut amal = Person::sits_down(&server, &[]);
    amal.chooses(second);
    ehab.client.prints_later(&format!("{second} joined!"));
    ehab.client.types(hello);
    amal.client.prints_later(&format!("{first}: {hello}"));
    amal.client.types(answer);
    ehab.client.prints_later(&format!("{second}: {answer}"));
    ehab.client.types("CLOSE123123");
    ehab.client.exits_with(0);
    amal.client.prints_later(&format!("{first} left!"));
    server.prints_later(&format!("{first} left!"));
    (server, ehab, amal)
}

fn room() -> Check {
    Check::new("lab3-solution", "session")
}

/// Somebody with the finished client before them.
struct Person {
    client: Program,
}

impl Person {
    fn sits_down(server: &Program, options: &[&str]) -> Person {
        Person::comes_to(server.port(), options)
    }

    fn comes_to(port: u16, options: &[&str]) -> Person {
        let port = port.to_string();
        let mut arguments = vec!["--port", &port];
        arguments.extend(options);
        let check = Check::new("lab4-solution", "session");
        Person {
            client: check.start_client(&arguments),
        }
    }

    fn chooses(&mut self, nickname: &str) {
        self.client.shows("Choose your nickname: ");
        self.client.types(nickname);
        self.client.prints_later("Connected to server!");
    }
}

/// What the three screens showed. A pipe has no echo: what was typed is not
/// among it, as it is in the paper's figures.
fn told(server: &Program, ehab: &Person, amal: &Person) -> String {
    let screen = |program: &Program| String::from_utf8(program.output_so_far()).expect("text");
    let texts = [
        ("the server (figures 3 and 8)", screen(server)),
        ("client A, ehab (figures 4 and 6)", screen(&ehab.client)),
        ("client B, amal (figures 5 and 7)", screen(&amal.client)),
    ];
    let told = texts.map(|(title, text)| format!("--- {title}\n{}", with_ports_masked(&text)));
    told.join("\n")
}

/// `127.0.0.1:54146` becomes `127.0.0.1:PORT`: each run has other ports.
fn with_ports_masked(text: &str) -> String {
    let mut parts = text.split("127.0.0.1:");
    let mut masked = parts.next().unwrap_or_default().to_string();
    for part in parts {
        masked.push_str("127.0.0.1:PORT");
        masked.push_str(part.trim_start_matches(|character: char| character.is_ascii_digit()));
    }
    masked
}

/// A client of the paper's design: it sends its nickname and its messages as
/// they are and takes each `recv(1024)` for one message.
struct PaperClient {
    socket: TcpStream,
}

impl PaperClient {
    /// Joins and is in the room when this returns.
    fn joins(server: &Program, nickname: &str) -> PaperClient {
        let socket = TcpStream::connect(("127.0.0.1", server.port())).expect("it listens");
        let patience = harness::patience();
        socket.set_read_timeout(Some(patience)).expect("not zero");
        let mut client = PaperClient { socket };
        client.sends(nickname);
        client.hears(&format!("{nickname} joined!Connected to server!"));
        client
    }

    fn sends(&mut self, message: &str) {
        let sent = self.socket.write_all(message.as_bytes());
        sent.expect("the server takes it");
    }

    /// What arrives next is exactly `text`, in one `recv(1024)` or several.
    fn hears(&mut self, text: &str) {
        let mut heard = Vec::new();
        while heard.len() < text.len() {
            let mut message = [0; 1024];
            let count = self.socket.read(&mut message).expect("in time");
            assert_ne!(count, 0, "the connection was closed after {heard:?}");
            heard.extend_from_slice(&message[..count]);
        }
        assert_eq!(String::from_utf8_lossy(&heard), text);
    }
}

/// A room of the paper's design: a list of clients, a thread for each, one
/// `recv(1024)` is one message, and no newline is added anywhere.
struct PaperRoom {
    port: u16,
}

type Clients = Arc<Mutex<Vec<(String, TcpStream)>>>;

impl PaperRoom {
    /// Serves until the test program ends.
    fn open() -> PaperRoom {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let port = listener.local_addr().expect("it is bound").port();
        thread::spawn(move || {
            let clients = Clients::default();
            for socket in listener.incoming().flatten() {
                PaperRoom::admit(socket, &clients);
            }
        });
        PaperRoom { port }
    }

    fn admit(mut socket: TcpStream, clients: &Clients) {
        let nickname = recv(&mut socket).expect("a nickname comes first");
        let entry = (nickname.clone(), socket.try_clone().expect("cloned"));
        clients.lock().expect("no panic").push(entry);
        broadcast(clients, &format!("{nickname} joined!"));
        socket.write_all(b"Connected to server!").expect("taken");
        let clients = clients.clone();
        thread::spawn(move || {
            while let Some(message) = recv(&mut socket) {
                broadcast(&clients, &message);
            }
            let mut list = clients.lock().expect("no panic");
            list.retain(|(name, _)| *name != nickname);
            drop(list);
            broadcast(&clients, &format!("{nickname} left!"));
        });
    }
}

fn recv(socket: &mut TcpStream) -> Option<String> {
    let mut message = [0; 1024];
    let count = socket.read(&mut message).ok().filter(|count| *count > 0)?;
    Some(String::from_utf8_lossy(&message[..count]).into_owned())
}

fn broadcast(clients: &Clients, message: &str) {
    for (_, client) in clients.lock().expect("no panic").iter_mut() {
        // A client that is about to leave is no longer told.
        let _ = client.write_all(message.as_bytes());
    }
}
