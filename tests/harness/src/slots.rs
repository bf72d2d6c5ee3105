//! Limits how many programs compute at the same time.
//!
//! Programs that wait for sockets may run by the dozen. Programs that compute would
//! share the processor, and an interpreter that starts forty times at once looks
//! like one that hangs.

use std::sync::{Condvar, Mutex, OnceLock, PoisonError};
use std::thread::available_parallelism;

/// The number of free slots: one for each processor.
fn free() -> &'static (Mutex<usize>, Condvar) {
    static FREE: OnceLock<(Mutex<usize>, Condvar)> = OnceLock::new();
    FREE.get_or_init(|| {
        let count = available_parallelism().map_or(2, usize::from);
        (Mutex::new(count), Condvar::new())
    })
}

/// The right to run one program that computes; dropping it frees the slot.
pub struct Slot(());

impl Slot {
    /// Waits for a free slot.
    pub(crate) fn take() -> Slot {
        let (free, freed) = free();
        let count = free.lock().unwrap_or_else(PoisonError::into_inner);
        let count = freed.wait_while(count, |count| *count == 0);
        *count.unwrap_or_else(PoisonError::into_inner) -= 1;
        Slot(())
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let (free, freed) = self::free();
        *free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::Slot;

    #[test]
    fn no_more_slots_are_taken_than_there_are_processors() {
        let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..64 {
                scope.spawn(|| {
                    let _slot = Slot::take();
                    let now = running.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(now, Ordering::SeqCst);
                    thread::sleep(Duration::from_millis(1));
                    running.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        let count = thread::available_parallelism().map_or(2, usize::from);
        assert!(most.into_inner() <= count);
    }
}
