//! Lab 3: the chat room, one server and many clients.
//!
//! ```text
//!   ehab ──"hi"──▶ ┌──────┐ ──"ehab: hi"──▶ ehab
//!                  │ room │ ──"ehab: hi"──▶ amal
//!   amal ────────▶ └──────┘ ──"ehab: hi"──▶ …
//! ```
//!
//! A client's first line is its nickname. From then on each of its lines goes
//! to every member, its author included, until it leaves.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;
use lab_cli::{log, warn};

/// The chat room of lab 3: everyone reads what anyone says.
///
/// غرفة المحادثة في المختبر 3: يقرأ الجميع ما يقوله أي واحد منهم.
#[derive(Parser)]
struct Args {
    /// The address to listen on
    ///
    /// العنوان الذي يستمع إليه
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// The port to listen on; 0 takes a free one
    ///
    /// المنفذ الذي يستمع إليه؛ و0 يعني أي منفذ حر
    #[arg(long, default_value_t = 55555)]
    port: u16,
}

fn main() -> ExitCode {
    lab_cli::run(run)
}

/// Listens and serves each client that connects.
fn run(args: Args) -> Result<()> {
    let listener = TcpListener::bind((args.host.as_str(), args.port))
        .with_context(|| format!("cannot listen on {}:{}", args.host, args.port))?;
    let address = listener
        .local_addr()
        .context("cannot read the local address")?;
    log(&format!("Listening on {address}"));
    // TASK 3.1: serve many clients at once, each in a thread of its own.
    // المهمة 3.1: اخدم عملاء كثيرين في وقت واحد، لكل منهم خيط مستقل.
    // This loop comes to the next client only when the one before it has disconnected.
    loop {
        let (stream, address) = listener.accept().context("cannot accept a client")?;
        if let Err(error) = serve(&stream, address) {
            warn(&format!("{address}: {error:#}"));
        }
    }
}
// END 3.1

// TASK 3.2: joining. The members must be known to all threads: a list behind a lock.
// المهمة 3.2: الانضمام. يجب أن تعرف كل الخيوط الأعضاء: قائمة خلف قفل.
/// Serves one client until it disconnects.
fn serve(stream: &TcpStream, address: SocketAddr) -> Result<()> {
    log(&format!("Connected with {address}"));
    let mut reader = BufReader::new(stream);
    let Some(nickname) = read_line(&mut reader)? else {
        return Ok(());
    };
    log(&format!("Nickname is {nickname}"));
    relay(&mut reader, stream)
}
// END 3.2

// TASK 3.3: broadcast. Every member gets each line, in the same order.
// المهمة 3.3: البث. يصل كل سطر إلى كل عضو، وبالترتيب نفسه.
/// Sends back what the client says, until it leaves; nobody else reads it.
fn relay(reader: &mut BufReader<&TcpStream>, mut stream: &TcpStream) -> Result<()> {
    while let Some(line) = read_line(reader)? {
        writeln!(stream, "{line}")?;
    }
    Ok(())
}
// END 3.3

// TASK 3.4: leaving, by the line CLOSE123123, the end of the stream or an error.
// المهمة 3.4: المغادرة بكلمة الخروج أو بنهاية الدفق أو بخطأ.
// END 3.4

// TASK 3.5: nicknames, and lines that carry their author's nickname.
// المهمة 3.5: الألقاب، وأسطر تحمل لقب كاتبها.
// END 3.5

// TASK 3.6: hostile bytes. A line may come in pieces, never end, or not be UTF-8.
// المهمة 3.6: مدخلات خبيثة. قد يصل السطر قطعًا، أو لا ينتهي، أو لا يكون نصًا صالحًا.
/// Reads a line without its `\n` or `\r\n`; `None` at EOF. Fails at the first line that
/// is not UTF-8, and keeps a line without end in memory until there is no more.
fn read_line(reader: &mut impl BufRead) -> Result<Option<String>> {
    Ok(reader.lines().next().transpose()?)
}
// END 3.6

// TASK 3.7: a member that stops reading must not hold up the others.
// المهمة 3.7: عضو توقف عن القراءة يجب ألا يؤخر الآخرين.
// END 3.7

// TASK 3.8: (bonus) the paper's own client, which never ends a line.
// المهمة 3.8: (إضافية) عميل الورقة نفسه الذي لا ينهي سطرًا.
// END 3.8
