//! A roster as the state machine's memory. What it does not hold may be in the log: *not kept*, never *absent*.

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::{Hash, Id, PublicKey, TextHash};
use ikrar_core::field::{Time, UnitId};
use ikrar_core::state::{At, Earlier, Epoch, KeyOwner, Lookup, NotKept, Round, Standing, Store, Unit};
use ikrar_core::statement::{Rekey, RoundRef, Statement};

use crate::roster::{Roster, UnitRow};

const NONE: u8 = 1;
const IN_FORCE: u8 = 2;
const WITHDRAWN: u8 = 3;

impl<const N: usize> Roster<N> {
    fn row(&self, unit: u16) -> Option<&UnitRow> {
        self.units.get(usize::from(unit))
    }

    fn known(&mut self, unit: UnitId<'_>) -> Result<&mut UnitRow, NotKept> {
        let place = self.place(unit.as_str()).ok_or(NotKept)?;
        self.units.get_mut(usize::from(place)).ok_or(NotKept)
    }

    fn rekey(&mut self, id: Id, rekey: &Rekey<'_>) -> Result<(), NotKept> {
        self.end_own(rekey.unit)?;
        let key = rekey.key.filter(|_| !self.has_left(&id));
        let row = self.known(rekey.unit)?;
        row.set_epoch(key.map(|key| Epoch::fresh(id, key)));
        if rekey.compromised_since.is_some() {
            // Which of its statements are void is not kept.
            row.pledges = 0;
        }
        Ok(())
    }

    /// A unit's epoch ends; that of the device's own is never entered again.
    fn end_own(&mut self, unit: UnitId<'_>) -> Result<(), NotKept> {
        match self.known(unit)?.epoch() {
            Some(ended) if self.is_own(&ended.key) => self.leave(ended.id).map_err(|_| NotKept),
            _ => Ok(()),
        }
    }

    fn pledged(&mut self, unit: UnitId<'_>, round: RoundRef<'_>) -> Result<(), NotKept> {
        let shift = self.find_round(round)?.and_then(pledge_shift).ok_or(NotKept)?;
        let row = self.known(unit)?;
        row.pledges = row.pledges & !(3 << shift) | IN_FORCE << shift;
        Ok(())
    }

    /// A unit's chain goes on after this number.
    pub(crate) fn reach(&mut self, unit: u16, seq: u64, id: Id) {
        if let Some(row) = self.units.get_mut(usize::from(unit)) {
            row.reach(seq, id);
        }
    }

    /// Another device's `OpenJournal` is an entry as any other.
    fn opened_by(&mut self, signer: u16, key: PublicKey) {
        let own = self.row(signer).and_then(UnitRow::epoch).is_some_and(|epoch| self.is_own(&epoch.key));
        if let Some(start) = self.start_mut().filter(|_| own) {
            start.opened = Some((signer, key));
        }
    }

    /// An authentic statement was recorded whose effect is not known.
    pub(crate) fn unsure(&mut self, signer: u16, attestation: &Attestation<'_>) {
        let body = attestation.body();
        match &body.statement {
            Statement::Correction(_) | Statement::Pledge(_) => {
                if let Ok(row) = self.known(body.unit) {
                    row.pledges = 0;
                }
            }
            // That its key has served nobody is for the log to judge.
            Statement::OpenJournal(journal) => self.opened_by(signer, journal.key),
            _ => {}
        }
    }
}

/// Where the two bits of a round lie.
fn pledge_shift(round: u8) -> Option<u32> {
    u32::from(round).checked_mul(2).filter(|shift| *shift < u8::BITS)
}

fn bit(bits: u16, number: usize) -> bool {
    u32::try_from(number).ok().and_then(|number| bits.checked_shr(number)).is_some_and(|bits| bits & 1 == 1)
}

impl<const N: usize> Store for Roster<N> {
    type Unit = u16;
    type Round = u8;

    fn find(&self, id: UnitId<'_>) -> Lookup<u16> {
        self.place(id.as_str()).map(Some).ok_or(NotKept)
    }

    fn unit(&self, unit: u16) -> Unit<u16> {
        let row = self.row(unit);
        Unit {
            parent: row.and_then(UnitRow::parent),
            alive: row.is_some_and(|row| row.alive),
            epoch: row.and_then(UnitRow::epoch),
        }
    }

    fn height(&self, unit: u16) -> u32 {
        // Of the units that are kept; a deeper one elsewhere is the log's to find.
        let steps = |from: &UnitRow| {
            let above = core::iter::successors(from.parent(), |unit| self.row(*unit).and_then(UnitRow::parent));
            above.take(64).position(|above| above == unit)
        };
        let deepest = self.units.iter().filter_map(steps).max();
        deepest.map_or(0, |steps| u32::try_from(steps).map_or(u32::MAX, |steps| steps.saturating_add(1)))
    }

    fn key_owner(&self, key: &PublicKey) -> Lookup<KeyOwner<u16>> {
        if let Some((unit, journal)) = self.start().and_then(|start| start.opened)
            && journal == *key
        {
            return Ok(Some(KeyOwner::Journal(unit)));
        }
        let place = self.units.iter().position(|row| row.is_key(key));
        let unit = place.and_then(|place| u16::try_from(place).ok());
        unit.map(|unit| Some(KeyOwner::Unit(unit))).ok_or(NotKept)
    }

    fn text(&self, text: &TextHash) -> Lookup<u8> {
        let found = self.texts.iter().find(|(known, _)| known == text);
        found.map(|(_, commitments)| Some(*commitments)).ok_or(NotKept)
    }

    fn find_round(&self, round: RoundRef<'_>) -> Lookup<u8> {
        let opener = self.place(round.opener.as_str()).ok_or(NotKept)?;
        let place = self.rounds.iter().position(|row| row.opener == opener && row.id.as_str() == round.id.as_str());
        place.and_then(|place| u8::try_from(place).ok()).map(Some).ok_or(NotKept)
    }

    fn round(&self, round: u8) -> Round<u16> {
        let row = self.rounds.get(usize::from(round));
        Round { subtree: row.map_or(u16::MAX, |row| row.subtree), opens: row.map_or(Time::UNKNOWN, |row| row.opens) }
    }

    fn kind_in_scope(&self, round: u8, unit: u16) -> bool {
        let kinds = self.rounds.get(usize::from(round)).map_or(0, |row| row.kinds);
        let kind = self.row(unit).and_then(|row| row.kind);
        kinds == 0 || kind.is_some_and(|kind| bit(kinds, usize::from(kind)))
    }

    fn text_accepted(&self, round: u8, text: &TextHash) -> bool {
        let texts = self.rounds.get(usize::from(round)).map_or(0, |row| row.texts);
        let place = self.texts.iter().position(|(known, _)| known == text);
        place.is_some_and(|place| bit(u16::from(texts), place))
    }

    fn pledge(&self, unit: u16, round: u8) -> Lookup<Standing> {
        let row = self.row(unit).ok_or(NotKept)?;
        match row.pledges >> pledge_shift(round).ok_or(NotKept)? & 3 {
            NONE => Ok(None),
            IN_FORCE => Ok(Some(Standing::InForce)),
            WITHDRAWN => Ok(Some(Standing::Withdrawn)),
            _ => Err(NotKept),
        }
    }

    fn earlier(&self, _unit: u16, _id: &Id) -> Lookup<Earlier<u8>> {
        Err(NotKept)
    }

    fn policy(&self) -> Lookup<&str> {
        Err(NotKept)
    }

    fn log_key(&self, _size: u64) -> Lookup<(&str, PublicKey)> {
        Err(NotKept)
    }

    fn latest_before(&self, _size: u64) -> Option<Time> {
        None
    }

    fn advance(&mut self, _at: At, unit: u16, id: Id) {
        if let Some(epoch) = self.row(unit).and_then(UnitRow::epoch) {
            self.reach(unit, epoch.next_seq, id);
        }
    }

    fn record(&mut self, _at: At, signer: Option<u16>, attestation: &Attestation<'_>) -> Result<(), NotKept> {
        let body = attestation.body();
        match &body.statement {
            Statement::Amend(amend) => {
                let parent = amend.parent.map(|parent| self.place(parent.as_str()).ok_or(NotKept)).transpose()?;
                let row = self.known(amend.unit)?;
                row.set_parent(parent.or(row.parent()));
                Ok(())
            }
            Statement::Rekey(rekey) => self.rekey(attestation.id(), rekey),
            Statement::Retire(retire) => {
                self.end_own(retire.unit)?;
                let row = self.known(retire.unit)?;
                row.alive = false;
                row.set_epoch(None);
                Ok(())
            }
            Statement::OpenJournal(journal) => {
                self.opened_by(signer.ok_or(NotKept)?, journal.key);
                Ok(())
            }
            Statement::Pledge(pledge) => self.pledged(body.unit, pledge.round),
            Statement::Briefing(_) | Statement::Monitoring(_) | Statement::Referral(_) => Ok(()),
            // What these would change is not kept, or not known to be new.
            Statement::Genesis(_)
            | Statement::PublishText(_)
            | Statement::PublishPolicy(_)
            | Statement::RekeyLog(_)
            | Statement::Enroll(_)
            | Statement::OpenRound(_)
            | Statement::Correction(_) => Err(NotKept),
        }
    }

    fn anchored(&mut self, _at: At, _size: u64, _root: Hash, _time: Time) {}

    fn passed(&mut self, _at: At) {}
}
