//! Ends a program together with everything it has started.
//!
//! On Unix each program leads a process group of its own. A small shell, the
//! guard, knows the groups that live; when the checks themselves go away,
//! killed or interrupted, its standard input ends and it kills what is left.
//! On Linux it also finds what has left its group: every program is started with
//! a mark of this run in its environment, which what it starts inherits.
//! On Windows `taskkill` takes the tree, and Ctrl-C reaches the whole console.

use std::process::{Child, Command};

#[cfg(unix)]
use unix as system;
#[cfg(windows)]
use windows as system;

/// The process group of a started program.
pub struct Group {
    leader: u32,
}

impl Group {
    /// Prepares `command` so that what it starts can be ended as one.
    pub fn prepare(command: &mut Command) {
        #[cfg(unix)]
        {
            std::os::unix::process::CommandExt::process_group(command, 0);
            command.env("LAB_RUN", system::run());
        }
        #[cfg(not(unix))]
        let _ = command;
    }

    /// The group that a prepared and started `child` leads.
    pub fn of(child: &Child) -> Self {
        let leader = child.id();
        system::remember(leader);
        Group { leader }
    }

    /// Kills every process of the group. The leader is not waited for yet, so
    /// that its process id cannot have been reused.
    pub fn kill(&self) {
        system::kill(self.leader);
    }
}

#[cfg(unix)]
mod unix {
    use std::io::{BufRead, BufReader, Write};
    use std::os::unix::process::CommandExt;
    use std::process::{ChildStdin, ChildStdout, Command, Stdio};
    use std::sync::{Mutex, OnceLock};
    use std::time::{SystemTime, UNIX_EPOCH};

    /// A name of this run of the checks that no other has.
    pub fn run() -> &'static str {
        static RUN: OnceLock<String> = OnceLock::new();
        RUN.get_or_init(|| {
            let time = SystemTime::now().duration_since(UNIX_EPOCH);
            let nanoseconds = time.unwrap_or_default().as_nanos();
            format!("{}-{nanoseconds}.", std::process::id())
        })
    }

    /// Reads `start GROUP` and `kill GROUP`, answers each with a line, and at
    /// the end of its input kills whatever was started and not killed, and what
    /// has the mark of the run, $1. Who is found may just start another: it looks
    /// again, five times at most. (`kill -9 --` would be shorter, but not every shell
    /// takes it.)
    const GUARD: &str = r#"
        trap '' INT HUP TERM
        live=' '
        while read -r what group; do
            case $what in
                start) live="$live$group " ;;
                kill) kill -s KILL -- "-$group" 2>/dev/null
                    live="${live%% $group *} ${live#* $group }" ;;
            esac
            echo done
        done
        for group in $live; do kill -s KILL -- "-$group" 2>/dev/null; done
        for look in 1 2 3 4 5; do
            found=$(grep -Flas "LAB_RUN=$1" /proc/[0-9]*/environ 2>/dev/null)
            [ -n "$found" ] || break
            for process in $found; do
                process=${process#/proc/}
                kill -s KILL "${process%/environ}" 2>/dev/null
            done
        done
    "#;

    struct Guard {
        orders: ChildStdin,
        answers: BufReader<ChildStdout>,
    }

    pub fn remember(leader: u32) {
        order("start", leader);
    }

    pub fn kill(leader: u32) {
        order("kill", leader);
    }

    fn order(what: &str, leader: u32) {
        static GUARD: OnceLock<Option<Mutex<Guard>>> = OnceLock::new();
        let Some(guard) = GUARD.get_or_init(start) else {
            return;
        };
        let mut guard = guard.lock().expect("giving an order does not panic");
        let mut answer = String::new();
        // A guard that is gone (killed by hand) must not fail a check.
        let _ = writeln!(guard.orders, "{what} {leader}")
            .and_then(|()| guard.answers.read_line(&mut answer));
    }

    fn start() -> Option<Mutex<Guard>> {
        let mut command = Command::new("/bin/sh");
        command
            .args(["-c", GUARD, "guard", run()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0);
        let mut guard = crate::spawning::spawn(&mut command).ok()?;
        let orders = guard.stdin.take()?;
        let answers = BufReader::new(guard.stdout.take()?);
        Some(Mutex::new(Guard { orders, answers }))
    }
}

#[cfg(windows)]
mod windows {
    use std::process::{Command, Stdio};

    pub fn remember(_leader: u32) {}

    pub fn kill(leader: u32) {
        let _ = Command::new("taskkill")
            .args(["/T", "/F", "/PID", &leader.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    use std::sync::mpsc::channel;
    use std::thread;

    use super::Group;

    #[test]
    fn a_killed_group_takes_the_grandchildren_with_it() {
        let mut command = Command::new("/bin/sh");
        command
            .args(["-c", "sleep 60 & echo $!; wait"])
            .stdout(Stdio::piped());
        Group::prepare(&mut command);
        let mut child = command.spawn().unwrap();
        let group = Group::of(&child);
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut grandchild = String::new();
        output.read_line(&mut grandchild).unwrap();
        assert!(!grandchild.trim().is_empty());
        group.kill();
        // The grandchild holds the pipe: it ends when the grandchild does.
        let (ended, end) = channel();
        thread::spawn(move || ended.send(output.read_line(&mut String::new())));
        let read = end.recv_timeout(crate::patience());
        let _ = child.kill().and_then(|()| child.wait());
        assert!(matches!(read, Ok(Ok(0))), "the grandchild lives: {read:?}");
    }
}
