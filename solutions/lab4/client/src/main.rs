//! Lab 4: the client that people chat with, in the room of lab 3.
//!
//! ```text
//! keyboard --> the keyboard thread --> the sending loop --> "NICK: text" --> the room
//! screen   <-- the receiving thread <-------- what others say <------------- the room
//! ```
//!
//! Each task's place is marked: look for `TASK 4.1` and so on.

mod message;
mod terminal;

use std::io::{self, Write};
use std::net::{Shutdown, TcpStream};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::{thread, time::Duration};

use anyhow::{Context, Error, Result};
use clap::Parser;
use lab_cli::{log, warn};

use message::MessageReader;
use terminal::{Keyboard, Screen};

/// Chats in a room: asks for your nickname, sends what you type and prints what
/// the others say. The line CLOSE123123, or Ctrl-D (on Windows Ctrl-Z, Enter), leaves.
///
/// المحادثة في غرفة: يسأل عن لقبك، ويرسل ما تكتبه، ويطبع ما يقوله الآخرون. تغادر
/// بالسطر CLOSE123123 أو بالضغط على Ctrl-D (وفي ويندوز Ctrl-Z ثم Enter).
#[derive(Parser)]
struct Args {
    /// The server's name or address
    ///
    /// اسم الخادم أو عنوانه
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// The server's port
    ///
    /// منفذ الخادم
    #[arg(long, default_value_t = 55555)]
    port: u16,
    /// Your nickname, instead of being asked for it
    ///
    /// لقبك، فلا يُسأل عنه
    #[arg(long)]
    nickname: Option<String>,
    /// Talk to a server that knows no lines: each read and each write is one message
    ///
    /// لخادم لا يعرف الأسطر: كل قراءة وكل كتابة رسالة واحدة
    #[arg(long)]
    unframed: bool,
}

fn main() -> ExitCode {
    lab_cli::run(run)
}

fn run(args: Args) -> Result<()> {
    let Some(nickname) = choose_nickname(args.nickname.as_deref())? else {
        return Ok(());
    };
    let room = connect(&args.host, args.port)?;
    chat(&args, &room, &nickname)
}

// TASK 4.1: ask `Choose your nickname: ` unless it is given, print how to close.
// المهمة 4.1: اسأل عن اللقب ما لم يُعطَ، واطبع كيف تُغلق المحادثة.
/// The longest line that a room accepts, in bytes and without its newline.
const LONGEST_LINE: usize = 4096;

/// Returns the nickname, or `None` if the input ends before there is one.
fn choose_nickname(given: Option<&str>) -> Result<Option<String>> {
    let chosen = match given {
        Some(nickname) => Some(check_nickname(nickname.to_owned()).map_err(Error::msg)?),
        None => ask_nickname()?,
    };
    if chosen.is_some() {
        log("WHEN YOU WANT TO CLOSE ENTER CLOSE123123");
    }
    Ok(chosen)
}

/// Asks until there is a nickname.
fn ask_nickname() -> Result<Option<String>> {
    loop {
        write!(io::stdout(), "Choose your nickname: ").context("cannot print")?;
        // Standard output holds back what has no newline.
        io::stdout().flush().context("cannot print")?;
        let Some(typed) = Keyboard::Plain.next_line(LONGEST_LINE) else {
            log(""); // the shell's prompt starts on a line of its own
            return Ok(None);
        };
        match typed.and_then(check_nickname) {
            Ok(nickname) => return Ok(Some(nickname)),
            Err(reason) => warn(&format!("This is no nickname: {reason}.")),
        }
    }
}

/// Trims the nickname, and refuses what every server refuses; the server has the
/// last word.
fn check_nickname(nickname: String) -> Result<String, String> {
    let nickname = nickname.trim();
    if nickname.is_empty() || nickname.contains(char::is_control) {
        return Err("it is empty or holds a control character".to_owned());
    }
    Ok(nickname.to_owned())
}
// END 4.1

fn connect(host: &str, port: u16) -> Result<TcpStream> {
    let room = TcpStream::connect((host, port))
        .with_context(|| format!("cannot connect to {host}:{port} (is a server running there?)"))?;
    // Disable Nagle's algorithm: a typed line is sent at once.
    room.set_nodelay(true)?;
    Ok(room)
}

/// Sends what is typed and prints what arrives, until one side leaves.
fn chat(args: &Args, room: &TcpStream, nickname: &str) -> Result<()> {
    send(args, room, nickname)?;
    // TASK 4.2: print what arrives, as it arrives, in a thread of its own.
    // المهمة 4.2: اطبع ما يصل حين يصل، في خيط مستقل.
    let (to_main, events) = mpsc::sync_channel(QUEUED_EVENTS);
    let (keyboard, screen) = terminal::open(nickname);
    let receiver = start_receiver(args, room, screen.clone(), to_main.clone())?;
    // END 4.2
    // TASK 4.5: when the server closes, say so and stop, without waiting for a key.
    // المهمة 4.5: إذا أغلق الخادم فقل ذلك وتوقف، من غير انتظار مفتاح.
    start_keyboard(keyboard, to_main, longest_text(args, nickname))?;
    for event in events {
        let text = match event {
            Event::Typed(text) => text,
            Event::InputEnded => break,
            Event::ServerClosed => {
                let _ = screen.print("The server closed the connection.");
                break;
            }
        };
        // END 4.5
        // TASK 4.4: the line `CLOSE123123`, and only as the whole line, ends the chat.
        // المهمة 4.4: تنتهي المحادثة بالسطر حين يكون كله كلمة الخروج لا جزءًا منه.
        if text == SENTINEL {
            break;
        }
        // END 4.4
        // TASK 4.3: send `NICK: text`.
        // المهمة 4.3: أرسل اللقب ثم النص.
        let message = format!("{nickname}: {text}");
        // If this fails the server is gone, and the receiving thread will report it.
        let _ = send(args, room, &message);
        // END 4.3
        // TASK 4.2: now the thread prints; do not wait for an answer here.
        // المهمة 4.2: الخيط يطبع الآن، فلا تنتظر جوابًا هنا.
        // END 4.2
    }
    // TASK 4.4: close the connection, and let the receiving thread end.
    // المهمة 4.4: أغلق الاتصال، ودع خيط الاستقبال ينتهي.
    close(room, &receiver);
    // END 4.4
    // TASK 4.8: on a terminal, the line being typed stays whole, and the mode is restored.
    // المهمة 4.8: على الطرفية يبقى السطر الذي تكتبه سليمًا، وتعود الطرفية كما كانت.
    screen.close();
    // END 4.8
    Ok(())
}

// TASK 4.2: the receiving thread.
// المهمة 4.2: خيط الاستقبال.
/// How many events may wait for the sending loop: a file fed into the keyboard is
/// read no faster than the server accepts it, so that memory stays bounded.
const QUEUED_EVENTS: usize = 64;

/// Prints each message in a thread, which reports its end to the sending loop.
/// The returned channel closes when the thread has ended.
fn start_receiver(
    args: &Args,
    room: &TcpStream,
    screen: Screen,
    to_main: SyncSender<Event>,
) -> Result<Receiver<()>> {
    let mut messages = MessageReader::new(room.try_clone()?, args.unframed);
    if args.unframed
        // Only an answer shows that a nickname without a newline was read alone, not
        // together with the first message.
        && let Ok(Some(greeting)) = messages.next_message()
    {
        let _ = screen.print(&harmless(&greeting));
    }
    let (running, ended) = mpsc::channel();
    let receive = move || {
        // A connection that is reset is closed as well.
        while let Ok(Some(text)) = messages.next_message()
            && screen.print(&harmless(&text)).is_ok()
        {}
        drop(running);
        // If `main` is already leaving, nothing receives this.
        let _ = to_main.send(Event::ServerClosed);
    };
    thread::Builder::new().spawn(receive)?;
    Ok(ended)
}
// END 4.2

// TASK 4.4: the quit sentinel and the end of the connection.
// المهمة 4.4: القيمة الحارسة ونهاية الاتصال.
const SENTINEL: &str = "CLOSE123123";
/// How long the room may take to close its half after ours. Closing both at once
/// can destroy our last message: a socket that is closed answers data with a reset.
const CLOSING: Duration = Duration::from_millis(300);

/// Closes our half, lets the room finish, and closes the rest if it does not.
fn close(room: &TcpStream, receiver: &Receiver<()>) {
    for half in [Shutdown::Write, Shutdown::Both] {
        // This fails if the connection is lost, and then nothing is left to close.
        let _ = room.shutdown(half);
        if receiver.recv_timeout(CLOSING) == Err(RecvTimeoutError::Disconnected) {
            return;
        }
    }
}
// END 4.4

// TASK 4.5: the keyboard in a thread of its own; its events and the server's meet
// in one channel.
// المهمة 4.5: لوحة المفاتيح في خيط مستقل، وتلتقي أحداثها وأحداث الخادم في قناة واحدة.
enum Event {
    Typed(String),
    /// End of input: Ctrl-D, or the end of a pipe.
    InputEnded,
    /// The connection was closed by the server or lost.
    ServerClosed,
}

/// The paper's server reads with recv(1024): the rest would be a message of its own.
const LONGEST_UNFRAMED: usize = 1024;

/// How many bytes can be typed so that `NICK: text` is not too long.
fn longest_text(args: &Args, nickname: &str) -> usize {
    let longest = if args.unframed {
        LONGEST_UNFRAMED
    } else {
        LONGEST_LINE
    };
    longest.saturating_sub(nickname.len() + ": ".len())
}

/// Reads lines in a thread of its own, because reading the keyboard can block
/// forever. The thread ends with the input or with the process.
fn start_keyboard(
    mut keyboard: Keyboard,
    to_main: SyncSender<Event>,
    longest: usize,
) -> Result<()> {
    let read = move || {
        loop {
            let event = match keyboard.next_line(longest) {
                None => Event::InputEnded,
                Some(Ok(text)) => Event::Typed(text),
                Some(Err(reason)) => {
                    warn(&format!("Your line was not sent: {reason}."));
                    continue;
                }
            };
            let is_last = !matches!(&event, Event::Typed(text) if text != SENTINEL);
            // If `main` is already leaving, nothing receives this.
            if to_main.send(event).is_err() || is_last {
                return;
            }
        }
    };
    thread::Builder::new().spawn(read)?;
    Ok(())
}
// END 4.5

// TASK 4.6: a terminal obeys what it prints: escape sequences, direction overrides.
// Show control characters and direction controls as text, such as `\u{1b}`.
// المهمة 4.6: الطرفية تنفذ ما تطبعه، فاعرض محارف التحكم ومحارف الاتجاه نصًا.
/// Returns `text` as it may be printed in one line.
fn harmless(text: &str) -> String {
    let show = |letter: char| {
        if drives_a_terminal(letter) {
            letter.escape_unicode().to_string()
        } else {
            letter.to_string()
        }
    };
    text.chars().map(show).collect()
}

/// Control characters except the tab, and direction controls. The joiners U+200C
/// and U+200D, which Persian and emoji need, are neither.
fn drives_a_terminal(letter: char) -> bool {
    let turns_text = matches!(
        letter,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    turns_text || (letter.is_control() && letter != '\t')
}
// END 4.6

// TASK 4.7: (bonus) with --unframed no newline is sent, and each read is one message.
// المهمة 4.7: (إضافية) بلا تأطير لا يُرسل سطر جديد، وكل قراءة رسالة واحدة.
/// Sends one message.
fn send(args: &Args, mut room: &TcpStream, text: &str) -> Result<()> {
    let mut bytes = text.as_bytes().to_vec();
    if !args.unframed {
        bytes.push(b'\n');
    }
    room.write_all(&bytes).context("cannot send")
}
// END 4.7
