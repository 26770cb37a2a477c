//! The roster, read from its table, moved on by the entries since then, and replaced by another one (spec §13.6).

use embedded_storage::nor_flash::{ErrorType, NorFlash};
use ikrar_core::attestation::{Attestation, HashedAttestation};
use ikrar_core::codec;
use ikrar_core::digest::{DocumentHash, Hash};
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::field::ProofBytes;
use ikrar_core::merkle::verify_consistency;
use ikrar_core::state::{At, Epoch, Store as _};
use ikrar_core::statement::Statement;

use crate::device::{Device, DeviceError, Stage, record_roster};
use crate::journal::{Error, Journal, Mark};
use crate::read::Recorded;
use crate::roster::{ITEM_MAX, Item, RosterError, Start, UnitItem};

/// What becomes of a recorded attestation.
type Settle<'s, D, F> = &'s dyn Fn(&mut D, At, &Attestation<'_>, Mark) -> Result<(), F>;
type Result<T, F> = core::result::Result<T, DeviceError<<F as ErrorType>::Error>>;

impl<F: NorFlash> Journal<F> {
    /// Gives each item of the last table to `take`; nothing where there is none.
    fn table_items(&mut self, mut take: impl FnMut(&[u8]) -> core::result::Result<(), RosterError>) -> Result<(), F> {
        let Some(place) = self.state.table else { return Ok(()) };
        let mut item = heapless::Vec::<u8, ITEM_MAX>::new();
        let (mut missing, mut outcome) = (0_u8, Ok(()));
        let read = self.media.read_parts(place.page, place.offset, place.length, |part| {
            for byte in part {
                if missing == 0 {
                    missing = *byte;
                    item.clear();
                    continue;
                }
                missing = missing.saturating_sub(1);
                let step = item.push(*byte).map_err(|_| RosterError::TooLarge);
                let step = step.and_then(|()| if missing == 0 { take(&item) } else { Ok(()) });
                outcome = outcome.and(step);
            }
        });
        read.map_err(Error::Flash)?;
        Ok(outcome?)
    }

    /// The start of the last table.
    fn table_start(&mut self) -> Result<Option<Start>, F> {
        let mut start = None;
        self.table_items(|item| {
            if let Ok(Item::Start(found)) = codec::decode(item) {
                start = Some(found);
            }
            Ok(())
        })?;
        Ok(start)
    }
}

impl<F: NorFlash, const N: usize> Device<'_, F, N> {
    /// Reads the roster of the last table, and what came after.
    #[inline(never)]
    pub(crate) fn reload(&mut self, buffer: &mut [u8]) -> Result<(), F> {
        self.stage = Stage::Unread;
        let roster = self.judge.store_mut();
        roster.clear();
        roster.own(self.own);
        self.journal.table_items(|item| roster.restore(item))?;
        let start = roster.start().copied().unwrap_or_default();
        self.judge.pin(start.registry);
        if self.journal.state.table.is_some() {
            self.replay(start.entries, buffer, &Self::move_on)?;
        }
        self.stage = Stage::Ready;
        self.own_before = None;
        Ok(())
    }

    /// Gives each attestation from this number on to `settle`, with its mark.
    fn replay(&mut self, from: u64, buffer: &mut [u8], settle: Settle<'_, Self, F>) -> Result<(), F> {
        let mut cursor = self.journal.cursor(from)?;
        if cursor.index() > from {
            return Err(DeviceError::Inconsistent(from));
        }
        while let Some(recorded) = self.journal.next(&mut cursor, buffer)? {
            self.replay_one(&recorded, settle)?;
        }
        Ok(())
    }

    /// In a stack frame of its own: an attestation is large.
    #[inline(never)]
    fn replay_one(&mut self, recorded: &Recorded<'_>, settle: Settle<'_, Self, F>) -> Result<(), F> {
        let Entry { logged_at, payload, .. } = Entry::decode(recorded.entry)?;
        let Payload::Attestation(bytes) = payload else { return Ok(()) };
        let at = At { index: recorded.index, logged_at };
        match &Attestation::decode(bytes) {
            Ok(attestation) => settle(self, at, attestation, recorded.mark),
            Err(error) => Err((*error).into()),
        }
    }

    /// Signatures were checked when the entry was taken.
    fn move_on(&mut self, at: At, attestation: &Attestation<'_>, mark: Mark) -> Result<(), F> {
        self.settle_again(at, attestation, mark).ok_or(DeviceError::Inconsistent(at.index))
    }

    /// Begins to replace the roster, by one that a host provides with [`provide`](Self::provide). Until
    /// [`conclude`](Self::conclude), or [`abandon`](Self::abandon), or a new mount, the device signs and takes nothing.
    ///
    /// # Errors
    /// [`Error::AwaitsSignature`](crate::Error::AwaitsSignature), or the journal's other reasons to record nothing.
    pub fn provision(&mut self) -> Result<(), F> {
        self.journal.check_room(0)?;
        match self.stage {
            Stage::Ready => self.own_before = self.roster().own_epoch(),
            Stage::Provisioning => {}
            Stage::Unread => return Err(DeviceError::Unread),
        }
        self.stage = Stage::Provisioning;
        self.judge.store_mut().clear();
        Ok(())
    }

    /// Takes the next item of the new roster.
    ///
    /// # Errors
    /// [`RosterError`]: then the new roster is of no use; abandon it, or begin again.
    pub fn provide(&mut self, item: &[u8]) -> Result<(), F> {
        if self.stage != Stage::Provisioning {
            return Err(DeviceError::NotProvisioning);
        }
        Ok(self.judge.store_mut().push(item)?)
    }

    /// Goes back to the roster that is recorded. `buffer` holds the longest entry.
    ///
    /// # Errors
    /// As [`new`](Self::new); then the device signs and takes nothing until this, or a new mount, succeeds.
    pub fn abandon(&mut self, buffer: &mut [u8]) -> Result<(), F> {
        self.reload(buffer)
    }

    /// Records the new roster. What comes next is an `OpenJournal` with the hash that this returns, and the same proof.
    ///
    /// `proof` shows that its checkpoint is consistent with that of the `OpenJournal` before; it is empty in the first.
    /// A unit keeps the head that the device has, where its epoch is the same and further on.
    ///
    /// # Errors
    /// [`DeviceError`]; the roster that is recorded stays then, and the new one is to be abandoned.
    /// [`RosterError::Older`] and [`RosterError::Missing`] guard the numbers that were used.
    #[inline(never)]
    pub fn conclude(&mut self, proof: ProofBytes<'_>, buffer: &mut [u8]) -> Result<DocumentHash, F> {
        if self.stage != Stage::Provisioning {
            return Err(DeviceError::NotProvisioning);
        }
        let known = self.check_start(proof, buffer)?;
        self.keep_heads()?;
        if let Some(entries) = known {
            self.replay(entries, buffer, &Self::catch_up)?;
        }
        self.keep_own_epoch()?;
        let roster = self.judge.store_mut();
        if let Some(start) = roster.start_mut() {
            start.opened = None;
        }
        record_roster(&mut self.journal, self.judge.store_mut())?;
        let registry = self.roster().start().copied().unwrap_or_default().registry;
        self.judge.pin(registry);
        self.stage = Stage::Ready;
        Ok(self.roster().hash())
    }

    /// Is the new roster's checkpoint a later one of the same log? The size of the journal at the last table.
    #[inline(never)]
    fn check_start(&mut self, proof: ProofBytes<'_>, buffer: &mut [u8]) -> Result<Option<u64>, F> {
        let known = self.journal.table_start()?;
        let before = known.and_then(|known| match known.opened {
            Some(_) => Some((known.tree_size, known.root)),
            None => known.before,
        });
        // An `OpenJournal` since the table was recorded opened it.
        let before = self.opened_since(known, before, buffer)?;
        let roster = self.judge.store_mut();
        if roster.log.is_none() {
            return Err(RosterError::Start.into());
        }
        let start = roster.start_mut().ok_or(RosterError::Start)?;
        *start = Start { entries: 0, opened: None, before, ..*start };
        let (registry, size, root) = (start.registry, start.tree_size, start.root);
        let grown = match before {
            Some((before, known)) => verify_consistency(before, &known, size, &root, proof.hashes()).is_ok(),
            None => proof.hashes().len() == 0,
        };
        if !grown || known.is_some_and(|known| known.registry != registry) {
            return Err(RosterError::Older.into());
        }
        Ok(known.map(|known| known.entries))
    }

    /// The checkpoint of the last `OpenJournal`, also where its entry came after the table.
    #[inline(never)]
    fn opened_since(
        &mut self,
        known: Option<Start>,
        before: Option<(u64, Hash)>,
        buffer: &mut [u8],
    ) -> Result<Option<(u64, Hash)>, F> {
        let Some(known) = known.filter(|known| known.opened.is_none()) else { return Ok(before) };
        let mut cursor = self.journal.cursor(known.entries)?;
        while let Some(recorded) = self.journal.next(&mut cursor, buffer)? {
            if let Payload::Attestation(bytes) = Entry::decode(recorded.entry)?.payload
                && recorded.mark != Mark::Hashed
                && HashedAttestation::new(bytes)?.may_open_journal()
                && let Statement::OpenJournal(journal) = Attestation::decode(bytes)?.body().statement
                && (journal.tree_size, journal.root) == (known.tree_size, known.root)
            {
                return Ok(Some((known.tree_size, known.root)));
            }
        }
        Ok(before)
    }

    /// The heads in the recorded table that are further on than the new roster says.
    #[inline(never)]
    fn keep_heads(&mut self) -> Result<(), F> {
        let roster = self.judge.store_mut();
        self.journal.table_items(|item| {
            let Ok(Item::Unit(UnitItem { id, epoch: Some((epoch, key, next_seq, head)), .. })) = codec::decode(item)
            else {
                return Ok(());
            };
            let row = roster.units.iter_mut().find(|row| row.id.as_str() == id.as_str()).ok_or(RosterError::Missing)?;
            let Some(listed) = row.epoch().filter(|listed| listed.id == epoch) else { return Ok(()) };
            if listed.key != key {
                return Err(RosterError::OtherKey);
            }
            if listed.next_seq < next_seq {
                row.set_epoch(Some(Epoch { next_seq, head, ..listed }));
            }
            Ok(())
        })
    }

    /// The own unit goes on in its epoch, under whatever name, or leaves it for ever.
    #[inline(never)]
    fn keep_own_epoch(&mut self) -> Result<(), F> {
        let before = self.own_before;
        let roster = self.judge.store_mut();
        let listed = roster.own_epoch();
        match (before, listed) {
            (Some(before), Some(listed)) if before.id == listed.id => roster.keep_own(&before),
            _ => {
                if listed.is_some_and(|listed| roster.has_left(&listed.id)) {
                    return Err(RosterError::Left.into());
                }
                before.map_or(Ok(()), |before| roster.leave(before.id))?;
            }
        }
        roster.own_epoch().map_or(Ok(()), |own| Ok(roster.goes_on(&own)?))
    }

    /// As [`move_on`](Self::move_on), on a roster that may be further on, or elsewhere.
    #[inline(never)]
    fn catch_up(&mut self, at: At, attestation: &Attestation<'_>, mark: Mark) -> Result<(), F> {
        let body = attestation.body();
        if mark == Mark::Hashed {
            return Ok(());
        }
        let place = self.roster().place(body.unit.as_str()).ok_or(RosterError::Missing)?;
        match self.roster().epoch(body.unit.as_str()) {
            None => Ok(()),
            Some(epoch) if epoch.id != body.epoch || body.seq < epoch.next_seq => Ok(()),
            Some(_) => {
                self.judge.store_mut().reach(place, body.seq, attestation.id());
                let applied = mark == Mark::Applied;
                let kept = applied && self.judge.store_mut().record(at, Some(place), attestation).is_ok();
                if !kept {
                    self.judge.store_mut().unsure(place, attestation);
                }
                Ok(())
            }
        }
    }
}
