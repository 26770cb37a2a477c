//! Whose turn it is: as if all that is refused were tried again and again in the order given, as long as another one goes
//! in, but passing over those for whom that changed nothing.

use std::collections::{BTreeSet, HashMap};

use ikrar_core::digest::Id;

/// Places that are to be tried, those of this pass and those of the next, and those that wait.
#[derive(Debug, Default)]
pub(super) struct Turns {
    pass: BTreeSet<usize>,
    next: BTreeSet<usize>,
    /// By the attestation that must go in before. Whoever signs chooses these bytes.
    waiting: HashMap<Id, Vec<usize>>,
}

impl Turns {
    /// Each of these places, in order.
    pub(super) fn of(places: impl Iterator<Item = usize>) -> Self {
        Self { pass: places.collect(), ..Self::default() }
    }

    /// These too, in a pass of their own.
    pub(super) fn add(&mut self, places: impl Iterator<Item = usize>) {
        self.next.extend(places);
    }

    /// All that wait.
    pub(super) fn add_waiting(&mut self) {
        self.next.extend(self.waiting.drain().flat_map(|(_, places)| places));
    }

    /// The place that is to be tried now.
    pub(super) fn next(&mut self) -> Option<usize> {
        if self.pass.is_empty() {
            std::mem::swap(&mut self.pass, &mut self.next);
        }
        self.pass.pop_first()
    }

    /// A place is tried again when this attestation goes in.
    pub(super) fn wait(&mut self, place: usize, before: Id) {
        self.waiting.entry(before).or_default().push(place);
    }

    /// The attestation at a place went in: those that waited for it are tried, in this pass where their turn is to come.
    pub(super) fn wake(&mut self, place: usize, taken: Id) {
        if self.waiting.is_empty() {
            return;
        }
        for waited in self.waiting.remove(&taken).into_iter().flatten() {
            if waited > place { &mut self.pass } else { &mut self.next }.insert(waited);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: usize) -> Id {
        let mut id = Id([0; 32]);
        id.0[..4].copy_from_slice(&u32::try_from(number).unwrap().to_be_bytes());
        id
    }

    /// Tries places of which each must wait for the one that `before` gives: how often any was tried.
    fn tries(count: usize, before: impl Fn(usize) -> usize, taken: impl Fn(usize) -> bool) -> usize {
        let mut turns = Turns::of(0..count);
        let mut gone_in = BTreeSet::from([count]);
        let mut tries = 0;
        while let Some(place) = turns.next() {
            tries += 1;
            if taken(place) && gone_in.contains(&before(place)) {
                gone_in.insert(place);
                turns.wake(place, id(place));
            } else {
                turns.wait(place, id(before(place)));
            }
        }
        assert_eq!(gone_in.len() - 1, (0..count).filter(|place| taken(*place)).count());
        tries
    }

    #[test]
    fn a_queue_in_reverse_takes_a_try_of_all_for_each() {
        assert!(tries(20_000, |place| place + 1, |_| true) <= 40_000);
    }

    #[test]
    fn what_nobody_can_take_is_tried_again_and_again() {
        // Every second one is refused for good, though the one that it waits for goes in.
        let before = |place| if place % 2 == 0 { 20_000 } else { place + 1 };
        assert!(tries(20_000, before, |place| place % 2 == 0) <= 30_000);
    }
}
