//! Starts child processes one at a time.
//!
//! Between `fork` and `exec` a child holds a copy of every open descriptor of the
//! checks. A listener that was opened to find a free port, and closed again, is then
//! still open in that child for a moment, and the port is not free after all. Code
//! that opens such a listener takes the same lock.

use std::io;
use std::process::{Child, Command};
use std::sync::{Mutex, MutexGuard, PoisonError};

static SPAWNING: Mutex<()> = Mutex::new(());

/// Starts `command`.
///
/// # Errors
/// As of [`Command::spawn`].
pub fn spawn(command: &mut Command) -> io::Result<Child> {
    let _alone = without_spawning();
    command.spawn()
}

/// While the guard lives, no child of this process is between `fork` and `exec`.
pub fn without_spawning() -> MutexGuard<'static, ()> {
    SPAWNING.lock().unwrap_or_else(PoisonError::into_inner)
}
