//! Work that several threads do in the order of its numbers.

use std::sync::{Condvar, Mutex, MutexGuard};

/// A state that whoever's turn it is may change: number 0 first, then 1, and so on.
#[derive(Debug)]
pub(super) struct InTurn<T> {
    line: Mutex<Line<T>>,
    moved: Condvar,
}

#[derive(Debug)]
struct Line<T> {
    next: u64,
    /// A thread died, so somebody's turn will never come.
    broken: bool,
    state: T,
}

impl<T> InTurn<T> {
    pub(super) fn new(state: T) -> Self {
        Self { line: Mutex::new(Line { next: 0, broken: false, state }), moved: Condvar::new() }
    }

    /// Waits for its turn, and takes it. `None` where it will never come.
    pub(super) fn take<U>(&self, number: u64, work: impl FnOnce(&mut T) -> U) -> Option<U> {
        let waiting = self.moved.wait_while(self.lock()?, |line| line.next != number && !line.broken);
        let mut line = waiting.ok().filter(|line| !line.broken)?;
        let done = work(&mut line.state);
        line.next += 1;
        drop(line);
        self.moved.notify_all();
        Some(done)
    }

    /// Nobody need wait any more.
    pub(super) fn give_up(&self) {
        match self.line.lock() {
            Ok(mut line) => line.broken = true,
            // Whoever waits is told by the poison.
            Err(poisoned) => poisoned.into_inner().broken = true,
        }
        self.moved.notify_all();
    }

    /// The state, when all turns were taken.
    pub(super) fn into_state(self) -> T {
        self.line.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner).state
    }

    fn lock(&self) -> Option<MutexGuard<'_, Line<T>>> {
        self.line.lock().ok()
    }
}
