//! When entries were logged, by the operator's clock, in a few bytes for each change of it.

use std::ops::Range;

use ikrar_core::field::Time;
use ikrar_core::state::At;
use serde::{Deserialize, Serialize};

/// Runs in a block.
const BLOCK: usize = 256;

/// Entries one after another that were logged at the same time. Between runs lie entries that tell no time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Run {
    pub(super) first: u64,
    pub(super) end: u64,
    pub(super) logged_at: Time,
}

/// The clock of a log: its runs in order, most of them packed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Clock {
    blocks: Vec<Block>,
    /// The runs after those blocks.
    open: Vec<Run>,
    size: u64,
}

/// Runs that no entry will change.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Block {
    first: Run,
    end: u64,
    earliest: Time,
    latest: Time,
    /// The further runs, each by what it differs in from the one before ([`step`]).
    packed: Box<[u8]>,
}

impl Clock {
    /// The next entry.
    pub(super) fn tick(&mut self, at: At) {
        let end = at.index.saturating_add(1);
        match self.open.last_mut() {
            Some(run) if run.logged_at == at.logged_at && run.end == at.index => run.end = end,
            _ => {
                if self.open.len() == BLOCK {
                    self.blocks.extend(Block::pack(&std::mem::take(&mut self.open)));
                }
                self.open.push(Run { first: at.index, end, logged_at: at.logged_at });
            }
        }
        self.size = end;
    }

    /// Number of entries.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// The first run of those that end after `from`, in blocks of which these tests do not say that none is like it.
    pub(super) fn find(
        &self,
        from: u64,
        may_be_in: impl Fn(Time, Time) -> bool,
        is_it: impl Fn(&Run) -> bool,
    ) -> Option<Run> {
        let (blocks, mut open) = self.after(from);
        let mut packed = blocks.iter().filter(|block| may_be_in(block.earliest, block.latest));
        let found = packed.find_map(|block| block.runs().find(|run| run.end > from && is_it(run)));
        found.or_else(|| open.find(|run| run.end > from && is_it(run)))
    }

    /// The latest time of the entries of a range.
    pub(super) fn latest_in(&self, range: Range<u64>) -> Option<Time> {
        if range.is_empty() {
            return None;
        }
        let meets = |first: u64, end: u64| first < range.end && end > range.start;
        let (blocks, open) = self.after(range.start);
        let blocks = blocks.iter().take_while(|block| block.first.first < range.end).filter_map(|block| {
            if block.first.first >= range.start && block.end <= range.end {
                return Some(block.latest);
            }
            block.runs().filter(|run| meets(run.first, run.end)).map(|run| run.logged_at).max()
        });
        blocks.chain(open.filter(|run| meets(run.first, run.end)).map(|run| run.logged_at)).max()
    }

    /// The blocks that end after `from`, and all runs that are in none.
    fn after(&self, from: u64) -> (&[Block], impl Iterator<Item = Run> + '_) {
        let first = self.blocks.partition_point(|block| block.end <= from);
        (self.blocks.get(first..).unwrap_or_default(), self.open.iter().copied())
    }
}

impl Block {
    fn pack(runs: &[Run]) -> Option<Self> {
        let (first, last, times) = (*runs.first()?, runs.last()?, runs.iter().map(|run| run.logged_at));
        let (earliest, latest) = (times.clone().min()?, times.max()?);
        let steps: Vec<u64> =
            runs.iter().zip(runs.iter().skip(1)).flat_map(|(before, run)| step(before, run)).collect();
        let packed = postcard::to_allocvec(&steps).ok()?.into_boxed_slice();
        Some(Self { first, end: last.end, earliest, latest, packed })
    }

    fn runs(&self) -> impl Iterator<Item = Run> {
        let steps: Vec<u64> = postcard::from_bytes(&self.packed).unwrap_or_default();
        let mut steps = steps.into_iter();
        let further = std::iter::from_fn(move || {
            let code = steps.next()?;
            let place = if code & 1 == 0 { (0, 1) } else { (steps.next()?, steps.next()?) };
            Some((code >> 1, place))
        });
        let further = further.scan(self.first, |run, (zigzag, (passed, length))| {
            let seconds = (zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed();
            let first = run.end.saturating_add(passed);
            let time = run.logged_at.seconds().saturating_add_signed(seconds);
            *run = Run { first, end: first.saturating_add(length), logged_at: Time::new(time).ok()? };
            Some(*run)
        });
        std::iter::once(self.first).chain(further)
    }
}

/// Seconds since the run before, in zigzag code; of what is not one entry right after it, also how many were passed over,
/// and how many it has. The lowest bit of the first number tells which.
fn step(before: &Run, run: &Run) -> impl Iterator<Item = u64> + use<> {
    let (passed, length) = (run.first.saturating_sub(before.end), run.end.saturating_sub(run.first));
    let seconds = run.logged_at.seconds().cast_signed().saturating_sub(before.logged_at.seconds().cast_signed());
    // A time takes 38 bits.
    let code = (((seconds << 1) ^ (seconds >> 63)).cast_unsigned()) << 1;
    let place = ((passed, length) != (0, 1)).then_some([passed, length]);
    std::iter::once(code | u64::from(place.is_some())).chain(place.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_packed_clock_tells_another_time(
            steps in prop::collection::vec((0..4_u8, 0..400_u64), 0..2_000),
            from in 0..2_000_u64, to in 0..2_000_u64, time in 0..90_000_u64,
        ) {
            let (mut clock, mut times, mut now, mut index) = (Clock::default(), Vec::new(), 50_000_u64, 0);
            for (how, by) in steps {
                now = match how { 0 | 3 => now, 1 => now + by, _ => now.saturating_sub(by) };
                index += u64::from(how == 3);
                let logged_at = Time::new(now).unwrap();
                clock.tick(At { index, logged_at });
                times.push((index, logged_at));
                index += 1;
            }
            let time = Time::new(time).unwrap();
            prop_assert_eq!(clock.size(), index);
            let plain = || times.iter().copied();
            let late = clock.find(0, |_, latest| latest >= time, |run| run.logged_at >= time).map(|run| run.first);
            prop_assert_eq!(late, plain().find(|(_, at)| *at >= time).map(|(index, _)| index));
            let early = clock.find(from, |earliest, _| earliest <= time, |run| run.logged_at <= time);
            let early = early.map(|run| run.first.max(from));
            prop_assert_eq!(early, plain().find(|(index, at)| *index >= from && *at <= time).map(|(index, _)| index));
            let inside = plain().filter(|(index, _)| (from..to).contains(index)).map(|(_, at)| at).max();
            prop_assert_eq!(clock.latest_in(from..to), inside);
        }
    }
}
