//! The units and keys on a receipt's path of trust, as the state machine's memory (spec §7.6, §14.3).
//!
//! Rounds, texts and pledges are not kept: what a statement effects on the path is not checkable here, who signed it is.

use heapless::{String, Vec};
use ikrar_core::attestation::Attestation;
use ikrar_core::digest::{Hash, Id, PublicKey, TextHash};
use ikrar_core::field::{Time, UnitId};
use ikrar_core::state::{At, Earlier, Epoch, KeyOwner, Lookup, NotKept, Round, Standing, Store, Unit};
use ikrar_core::statement::{Enroll, Genesis, RECOVERY, ROOT, RoundRef, Statement};

/// Most units on a path that a device follows.
const UNITS: usize = 9;
/// Most keys that serve no unit there, or no longer.
const KEYS: usize = 8;
/// Longest id, in bytes.
const ID: usize = 32;

struct Row {
    id: String<ID, u8>,
    parent: Option<u16>,
    alive: bool,
    /// Epoch and key in force; numbers are not judged on a path.
    epoch: Option<(Id, PublicKey)>,
}

/// Who is on the path.
pub(crate) struct Path {
    units: Vec<Row, UNITS>,
    keys: Vec<(PublicKey, KeyOwner<u16>), KEYS>,
    /// The log's key for the checkpoint's size, as far as the path shows it.
    pub(crate) log_key: Option<PublicKey>,
    /// Size of the checkpoint.
    pub(crate) size: u64,
    /// Index, unit and id of the last attestation that was authentic.
    pub(crate) authentic: Option<(u64, u16, Id)>,
}

impl Path {
    pub(crate) const fn new() -> Self {
        Self { units: Vec::new(), keys: Vec::new(), log_key: None, size: 0, authentic: None }
    }

    pub(crate) fn begin(&mut self, size: u64) {
        self.units.clear();
        self.keys.clear();
        self.log_key = None;
        self.size = size;
        self.authentic = None;
    }

    pub(crate) fn name(&self, unit: u16) -> Option<UnitId<'_>> {
        UnitId::new(&self.row(unit)?.id).ok()
    }

    fn row(&self, unit: u16) -> Option<&Row> {
        self.units.get(usize::from(unit))
    }

    fn place(&self, id: &str) -> Option<u16> {
        u16::try_from(self.units.iter().position(|row| row.id.as_str() == id)?).ok()
    }

    fn known(&mut self, id: UnitId<'_>) -> Result<(u16, &mut Row), NotKept> {
        let place = self.place(id.as_str()).ok_or(NotKept)?;
        Ok((place, self.units.get_mut(usize::from(place)).ok_or(NotKept)?))
    }

    fn serve(&mut self, key: PublicKey, owner: KeyOwner<u16>) -> Result<(), NotKept> {
        if self.keys.iter().any(|(known, _)| *known == key) {
            return Ok(());
        }
        self.keys.push((key, owner)).map_err(|_| NotKept)
    }

    fn install(&mut self, unit: UnitId<'_>, id: Id, key: Option<PublicKey>) -> Result<(), NotKept> {
        let (place, row) = self.known(unit)?;
        let ended = core::mem::replace(&mut row.epoch, key.map(|key| (id, key)));
        ended.map_or(Ok(()), |(_, key)| self.serve(key, KeyOwner::Unit(place)))
    }

    fn add(&mut self, id: &str, parent: Option<u16>) -> Result<(), NotKept> {
        if let Some(place) = self.place(id)
            && let Some(row) = self.units.get_mut(usize::from(place))
        {
            (row.parent, row.alive) = (parent, true);
            return Ok(());
        }
        let id = String::try_from(id).map_err(|_| NotKept)?;
        self.units.push(Row { id, parent, alive: true, epoch: None }).map_err(|_| NotKept)
    }

    fn found(&mut self, id: Id, genesis: &Genesis<'_>) -> Result<(), NotKept> {
        self.log_key = Some(genesis.log_key);
        self.serve(genesis.log_key, KeyOwner::Log)?;
        for (unit, key) in [(ROOT, Some(genesis.root_key)), (RECOVERY, genesis.recovery_key)] {
            self.add(unit, None)?;
            self.install(UnitId::new(unit).map_err(|_| NotKept)?, id, key)?;
        }
        Ok(())
    }

    fn enroll(&mut self, id: Id, enroll: &Enroll<'_>) -> Result<(), NotKept> {
        let parent = self.place(enroll.parent.as_str()).ok_or(NotKept)?;
        self.add(enroll.unit.as_str(), Some(parent))?;
        self.install(enroll.unit, id, enroll.key)
    }
}

impl Store for Path {
    type Unit = u16;
    type Round = u8;

    fn find(&self, id: UnitId<'_>) -> Lookup<u16> {
        Ok(self.place(id.as_str()))
    }

    fn unit(&self, unit: u16) -> Unit<u16> {
        let row = self.row(unit);
        Unit {
            parent: row.and_then(|row| row.parent),
            alive: row.is_some_and(|row| row.alive),
            epoch: row.and_then(|row| row.epoch).map(|(id, key)| Epoch::fresh(id, key)),
        }
    }

    fn height(&self, unit: u16) -> u32 {
        let steps = |from: &Row| {
            let above = core::iter::successors(from.parent, |unit| self.row(*unit).and_then(|row| row.parent));
            above.take(UNITS).position(|above| above == unit)
        };
        let deepest = self.units.iter().filter_map(steps).max();
        deepest.map_or(0, |steps| u32::try_from(steps).map_or(u32::MAX, |steps| steps.saturating_add(1)))
    }

    fn key_owner(&self, key: &PublicKey) -> Lookup<KeyOwner<u16>> {
        let unit = self.units.iter().position(|row| row.epoch.is_some_and(|(_, known)| known == *key));
        let unit = unit.and_then(|place| u16::try_from(place).ok()).map(KeyOwner::Unit);
        Ok(unit.or_else(|| self.keys.iter().find(|(known, _)| known == key).map(|(_, owner)| *owner)))
    }

    fn text(&self, _text: &TextHash) -> Lookup<u8> {
        Err(NotKept)
    }

    fn find_round(&self, _round: RoundRef<'_>) -> Lookup<u8> {
        Err(NotKept)
    }

    fn round(&self, _round: u8) -> Round<u16> {
        Round { subtree: u16::MAX, opens: Time::UNKNOWN }
    }

    fn kind_in_scope(&self, _round: u8, _unit: u16) -> bool {
        false
    }

    fn text_accepted(&self, _round: u8, _text: &TextHash) -> bool {
        false
    }

    fn pledge(&self, _unit: u16, _round: u8) -> Lookup<Standing> {
        Err(NotKept)
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

    fn advance(&mut self, at: At, unit: u16, id: Id) {
        self.authentic = Some((at.index, unit, id));
    }

    fn record(&mut self, at: At, signer: Option<u16>, attestation: &Attestation<'_>) -> Result<(), NotKept> {
        let id = attestation.id();
        match &attestation.body().statement {
            Statement::Genesis(genesis) => {
                self.found(id, genesis)?;
                let root = self.place(ROOT).ok_or(NotKept)?;
                self.authentic = Some((at.index, root, id));
                Ok(())
            }
            Statement::RekeyLog(key) => {
                self.serve(*key, KeyOwner::Log)?;
                if at.index < self.size {
                    self.log_key = Some(*key);
                }
                Ok(())
            }
            Statement::Enroll(enroll) => self.enroll(id, enroll),
            Statement::Amend(amend) => {
                let parent = amend.parent.map(|parent| self.place(parent.as_str()).ok_or(NotKept)).transpose()?;
                let (_, row) = self.known(amend.unit)?;
                row.parent = parent.or(row.parent);
                Ok(())
            }
            Statement::Rekey(rekey) => self.install(rekey.unit, id, rekey.key),
            Statement::Retire(retire) => {
                self.known(retire.unit)?.1.alive = false;
                self.install(retire.unit, id, None)
            }
            Statement::OpenJournal(journal) => self.serve(journal.key, KeyOwner::Journal(signer.ok_or(NotKept)?)),
            _ => Ok(()),
        }
    }

    fn anchored(&mut self, _at: At, _size: u64, _root: Hash, _time: Time) {}

    fn passed(&mut self, _at: At) {}
}
