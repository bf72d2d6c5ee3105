//! Lab 4: the client that people chat with, in the room of lab 3.
//!
//! ```text
//! keyboard --> the keyboard thread --> the sending loop --> "NICK: text" --> the room
//! screen   <-- the receiving thread <-------- what others say <------------- the room
//! ```
//!
//! Each task's place is marked: look for `TASK 4.1` and so on.

use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use clap::Parser;
use lab_cli::log;

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
/// Returns the nickname, or `None` if the input ends before there is one.
fn choose_nickname(given: Option<&str>) -> Result<Option<String>> {
    match given {
        Some(nickname) => Ok(Some(nickname.to_owned())),
        None => {
            let line = io::stdin().lines().next().transpose();
            line.context("cannot read the input")
        }
    }
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
    let mut lines = BufReader::new(room).lines();
    let mut print_next = || match lines.next() {
        Some(line) => {
            log(&harmless(&line.context("cannot receive")?));
            Ok(())
        }
        None => bail!("the server closed the connection"),
    };
    print_next()?;
    // END 4.2
    // TASK 4.5: when the server closes, say so and stop, without waiting for a key.
    // المهمة 4.5: إذا أغلق الخادم فقل ذلك وتوقف، من غير انتظار مفتاح.
    for line in io::stdin().lines() {
        let text = line.context("cannot read the input")?;
        // END 4.5
        // TASK 4.4: the line `CLOSE123123`, and only as the whole line, ends the chat.
        // المهمة 4.4: تنتهي المحادثة بالسطر حين يكون كله كلمة الخروج لا جزءًا منه.
        // END 4.4
        // TASK 4.3: send `NICK: text`.
        // المهمة 4.3: أرسل اللقب ثم النص.
        send(args, room, &text)?;
        // END 4.3
        // TASK 4.2: now the thread prints; do not wait for an answer here.
        // المهمة 4.2: الخيط يطبع الآن، فلا تنتظر جوابًا هنا.
        print_next()?;
        // END 4.2
    }
    // TASK 4.4: close the connection, and let the receiving thread end.
    // المهمة 4.4: أغلق الاتصال، ودع خيط الاستقبال ينتهي.
    // END 4.4
    // TASK 4.8: on a terminal, the line being typed stays whole, and the mode is restored.
    // المهمة 4.8: على الطرفية يبقى السطر الذي تكتبه سليمًا، وتعود الطرفية كما كانت.
    // END 4.8
    Ok(())
}

// TASK 4.6: a terminal obeys what it prints: escape sequences, direction overrides.
// Show control characters and direction controls as text, such as `\u{1b}`.
// المهمة 4.6: الطرفية تنفذ ما تطبعه، فاعرض محارف التحكم ومحارف الاتجاه نصًا.
/// Returns `text` as it may be printed in one line.
fn harmless(text: &str) -> String {
    text.to_owned()
}
// END 4.6

// TASK 4.7: (bonus) with --unframed no newline is sent, and each read is one message.
// المهمة 4.7: (إضافية) بلا تأطير لا يُرسل سطر جديد، وكل قراءة رسالة واحدة.
/// Sends one message.
fn send(args: &Args, mut room: &TcpStream, text: &str) -> Result<()> {
    ensure!(!args.unframed, "--unframed is not there yet, see TASK 4.7");
    room.write_all(format!("{text}\n").as_bytes())
        .context("cannot send")
}
// END 4.7
