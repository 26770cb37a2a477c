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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_works_out_of_turn() {
        let line = InTurn::new(Vec::new());
        std::thread::scope(|scope| {
            for number in (0..8).rev() {
                let line = &line;
                scope.spawn(move || line.take(number, |seen| seen.push(number)));
            }
        });
        assert_eq!(line.into_state(), [0, 1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn everybody_waits_for_a_thread_that_died() {
        let line = InTurn::new(());
        let waited = std::thread::scope(|scope| {
            let waiting = scope.spawn(|| line.take(1, |()| ()));
            line.give_up();
            waiting.join().unwrap()
        });
        assert_eq!(waited, None);
        assert_eq!(line.take(0, |()| ()), None);
    }
}
