//! The door: accepts connections and gives each client a thread of its own.

use std::io::Write;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use crate::limits::{self, Limits};
use crate::room::{Id, Room};
use crate::visitor::Visitor;
use crate::{log, warn};

/// How long to wait when the system has no more to give, for instance no more
/// open files: trying again at once would only keep the processor busy.
const PAUSE: Duration = Duration::from_millis(100);

/// Accepts clients as long as the program runs. Nothing here waits for a
/// client: a slow one keeps nobody else out.
pub fn admit_all(listener: &TcpListener, room: &Room, limits: Limits) -> ! {
    let seats = Arc::new(AtomicU32::new(0));
    let mut next_id: Id = 0;
    loop {
        match listener.accept() {
            Ok((stream, address)) => {
                next_id += 1;
                let stream = Arc::new(stream);
                let visitor = Visitor::new(next_id, stream.clone(), room.clone(), limits);
                match Seat::take(&seats, limits.max_clients) {
                    Some(seat) => admit(visitor, &stream, address, seat),
                    None => turn_away(&stream, address, "the room is full"),
                }
            }
            Err(error) => {
                warn(&format!("cannot accept a connection: {error}"));
                thread::sleep(PAUSE);
            }
        }
    }
}

/// Starts the client's thread; the seat is given back when it ends.
fn admit(visitor: Visitor, stream: &TcpStream, address: SocketAddr, seat: Seat) {
    log(&format!("Connected with {address}"));
    let thread = thread::Builder::new().stack_size(limits::STACK);
    let started = thread.spawn(move || {
        visitor.attend();
        drop(seat);
    });
    if let Err(error) = started {
        turn_away(
            stream,
            address,
            &format!("there is no thread for it ({error})"),
        );
    }
}

/// Says why to a client that cannot come in. A fresh socket takes a line at
/// once, so this does not wait.
fn turn_away(mut stream: &TcpStream, address: SocketAddr, reason: &str) {
    warn(&format!("{address} was turned away: {reason}"));
    let _ = writeln!(stream, "You cannot come in now: {reason}.");
    let _ = stream.shutdown(Shutdown::Write);
}

/// One of the places that the limits allow; free again when it is dropped.
struct Seat(Arc<AtomicU32>);

impl Seat {
    fn take(taken: &Arc<AtomicU32>, limit: u32) -> Option<Seat> {
        let seat = Seat(taken.clone());
        // Over the limit the new seat is dropped, and so given back, at once.
        (taken.fetch_add(1, Ordering::Relaxed) < limit).then_some(seat)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
