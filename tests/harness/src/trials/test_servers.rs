//! Where a check listens, and ports on which no program does.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Write};
use std::net::TcpStream;

use super::stage::{failure_of, gets, last_step, story, time};
use crate::test_server::{TestServer, free_port, unused_port};

#[test]
fn a_free_port_is_one_that_systems_give_to_nobody() {
    let ports: BTreeSet<u16> = (0..50).map(|_| free_port()).collect();
    assert!(ports.iter().all(|port| (20_000..30_000).contains(port)));
    assert!(ports.len() > 1, "it is always {ports:?}");
}

#[test]
fn nobodys_port_is_given_to_nobody_and_lets_nobody_in() {
    for _ in 0..50 {
        let port = unused_port();
        assert!((30_000..32_700).contains(&port), "{port}");
        let refused = TcpStream::connect(("127.0.0.1", port)).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    }
}

#[test]
fn who_comes_through_the_door_is_talked_to() {
    let story = story();
    let listener = TestServer::listen(&story);
    let address = format!("127.0.0.1:{}", listener.port());
    assert_eq!(last_step(&story), format!("the check listens on {address}"));
    let mut far = TcpStream::connect(address).unwrap();
    let mut room = listener.accepts("the room");
    room.sends("welcome");
    gets(&mut far, "welcome");
    far.write_all(b"hi\n").unwrap();
    room.hears("hi");
}

#[test]
fn a_client_that_does_not_come_is_told() {
    let listener = TestServer::listen(&story());
    let failure = failure_of(|| listener.accepts("the room"));
    let should = format!("the client should connect to port {}", listener.port());
    let nothing = format!("nothing arrived within {} (the connection is open)", time());
    assert_eq!(failure, format!("{should}, but {nothing}."));
}
