//! Rules of the statements that change the registry, the roster and the rounds (spec §7.2).

use super::{At, DEPTH_MAX, Judge, KeyOwner, NotKept, Signatures, Stop, Store};
use crate::attestation::Attestation;
use crate::digest::{Id, PublicKey};
use crate::field::{Time, UnitId};
#[cfg(feature = "witness")]
use crate::policy::Policy;
use crate::rule::Rule;
use crate::statement::{Amend, Duty, Enroll, Genesis, OpenRound, PledgeText, RECOVERY, ROOT, Rekey, Retire, RoundRef};
use crate::text::pledge_text_hash;

impl<S: Store + ?Sized> Judge<S> {
    pub(super) fn judge_genesis(
        &self,
        attestation: &Attestation<'_>,
        genesis: &Genesis<'_>,
        signatures: impl Signatures,
    ) -> Result<(), Rule> {
        let body = attestation.body();
        let placed = body.unit.as_str() == ROOT && body.epoch == Id::ZERO && body.seq == 0 && body.prev == Id::ZERO;
        let keys = [Some(genesis.root_key), Some(genesis.log_key), genesis.recovery_key];
        let sound = keys.iter().flatten().all(|key| signatures.key_passes(key));
        let distinct = genesis.root_key != genesis.log_key
            && genesis.recovery_key != Some(genesis.root_key)
            && genesis.recovery_key != Some(genesis.log_key);
        if !(placed && sound && distinct) {
            return Err(Rule::GenesisMalformed);
        }
        if attestation.id() != self.registry {
            return Err(Rule::WrongRegistry);
        }
        if signatures.is_signed(attestation, &genesis.root_key) { Ok(()) } else { Err(Rule::BadSignature) }
    }

    pub(super) fn judge_text(&self, text: &PledgeText<'_>) -> Result<(), Stop> {
        match self.store.text(&pledge_text_hash(text))? {
            Some(_) => Err(Rule::TextExists.into()),
            None => Ok(()),
        }
    }

    #[cfg(not(feature = "witness"))]
    pub(super) fn judge_policy(&self, _text: &str) -> Result<(), Stop> {
        Err(Stop::NotKept)
    }

    #[cfg(feature = "witness")]
    pub(super) fn judge_policy(&self, text: &str) -> Result<(), Stop> {
        let policy = Policy::parse(text).map_err(|_| Rule::BadPolicy)?;
        for witness in policy.witnesses() {
            match self.store.key_owner(witness.key.key())? {
                None | Some(KeyOwner::Witness) => {}
                Some(_) => return Err(Rule::KeyReused.into()),
            }
        }
        Ok(())
    }

    /// Rules 32 and 33. `unit` is whom the key shall serve: the same unit may install it again.
    pub(super) fn judge_key(
        &self,
        key: &PublicKey,
        unit: Option<S::Unit>,
        signatures: impl Signatures,
    ) -> Result<(), Stop> {
        passes(key, signatures)?;
        match (self.store.key_owner(key)?, unit) {
            (None, _) => Ok(()),
            (Some(KeyOwner::Unit(owner)), Some(unit)) if owner == unit => Ok(()),
            _ => Err(Rule::KeyReused.into()),
        }
    }

    /// A unit may open its journal again under the journal's key.
    pub(super) fn judge_journal_key(
        &self,
        key: &PublicKey,
        unit: S::Unit,
        signatures: impl Signatures,
    ) -> Result<(), Stop> {
        passes(key, signatures)?;
        match self.store.key_owner(key)? {
            None => Ok(()),
            Some(KeyOwner::Journal(owner)) if owner == unit => Ok(()),
            Some(_) => Err(Rule::KeyReused.into()),
        }
    }

    pub(super) fn judge_enroll(
        &self,
        signer: S::Unit,
        enroll: &Enroll<'_>,
        signatures: impl Signatures,
    ) -> Result<(), Stop> {
        not_reserved(enroll.unit)?;
        if enroll.parent.as_str() == RECOVERY {
            return Err(Rule::ReservedUnit.into());
        }
        let parent = self.subject(enroll.parent)?;
        let known = self.store.find(enroll.unit)?;
        self.at_or_above(signer, parent)?;
        let mut height = 0;
        if let Some(unit) = known {
            self.above(signer, unit)?;
            if self.store.unit(unit).alive {
                return Err(Rule::AlreadyEnrolled.into());
            }
            height = self.store.height(unit);
        }
        self.alive(parent)?;
        if let Some(unit) = known
            && (unit == parent || self.is_above(unit, parent))
        {
            return Err(Rule::Cycle.into());
        }
        self.shallow(parent, height)?;
        enroll.key.as_ref().map_or(Ok(()), |key| self.judge_key(key, known, signatures))
    }

    pub(super) fn judge_amend(&self, signer: S::Unit, amend: &Amend<'_>) -> Result<(), Stop> {
        not_reserved(amend.unit)?;
        if amend.parent.is_some_and(|parent| parent.as_str() == RECOVERY) {
            return Err(Rule::ReservedUnit.into());
        }
        let unit = self.subject(amend.unit)?;
        let parent = amend.parent.map(|parent| self.subject(parent)).transpose()?;
        self.above(signer, unit)?;
        parent.map_or(Ok(()), |parent| self.at_or_above(signer, parent))?;
        self.alive(unit)?;
        let Some(parent) = parent else { return Ok(()) };
        self.alive(parent)?;
        if parent == unit || self.is_above(unit, parent) {
            return Err(Rule::Cycle.into());
        }
        self.shallow(parent, self.store.height(unit))
    }

    pub(super) fn judge_rekey(
        &self,
        signer: S::Unit,
        signer_id: UnitId<'_>,
        rekey: &Rekey<'_>,
        signatures: impl Signatures,
    ) -> Result<(), Stop> {
        let by_recovery = signer_id.as_str() == RECOVERY;
        let of_root = rekey.unit.as_str() == ROOT;
        if by_recovery && !of_root {
            return Err(Rule::RecoveryRestricted.into());
        }
        if rekey.unit.as_str() == RECOVERY {
            return Err(Rule::ReservedUnit.into());
        }
        let unit = self.subject(rekey.unit)?;
        if unit != signer && !by_recovery {
            self.above(signer, unit)?;
        }
        self.alive(unit)?;
        if self.store.unit(unit).epoch.map(|epoch| epoch.id) != rekey.ends {
            return Err(Rule::OtherEpoch.into());
        }
        if rekey.compromised_since.is_some() && (rekey.ends.is_none() || unit == signer) {
            return Err(Rule::DisputeMisused.into());
        }
        match &rekey.key {
            None if of_root => Err(Rule::RootNeedsKey.into()),
            None => Ok(()),
            Some(key) => self.judge_key(key, Some(unit), signatures),
        }
    }

    pub(super) fn judge_retire(&self, signer: S::Unit, retire: &Retire<'_>) -> Result<(), Stop> {
        let named = || core::iter::once(&retire.unit).chain(retire.successors.iter());
        named().try_for_each(|unit| not_reserved(*unit))?;
        named().try_for_each(|unit| self.subject(*unit).map(|_| ()))?;
        let unit = self.subject(retire.unit)?;
        self.above(signer, unit)?;
        self.alive(unit)?;
        if retire.successors.contains(&retire.unit) { Err(Rule::Cycle.into()) } else { Ok(()) }
    }

    pub(super) fn judge_round(
        &self,
        at: At,
        signer: S::Unit,
        opener: UnitId<'_>,
        round: &OpenRound<'_>,
    ) -> Result<(), Stop> {
        if round.subtree.as_str() == RECOVERY {
            return Err(Rule::ReservedUnit.into());
        }
        let subtree = self.subject(round.subtree)?;
        self.at_or_above(signer, subtree)?;
        self.alive(subtree)?;
        if self.store.find_round(RoundRef { opener, id: round.id })?.is_some() {
            return Err(Rule::RoundExists.into());
        }
        let ordered = round.opens <= round.due && round.expires.is_none_or(|expires| round.due <= expires);
        if !ordered || round.texts.is_empty() || !round.required.contains(&Duty::Pledge) {
            return Err(Rule::RoundTerms.into());
        }
        if at.logged_at == Time::UNKNOWN {
            return Err(Stop::NotKept);
        }
        if round.due <= at.logged_at {
            return Err(Rule::RoundTooLate.into());
        }
        for text in round.texts.iter() {
            self.store.text(text)?.ok_or(Rule::UnknownText)?;
        }
        Ok(())
    }

    fn subject(&self, unit: UnitId<'_>) -> Result<S::Unit, Stop> {
        Ok(self.store.find(unit)?.ok_or(Rule::UnknownSubject)?)
    }

    fn alive(&self, unit: S::Unit) -> Result<(), Rule> {
        if self.store.unit(unit).alive { Ok(()) } else { Err(Rule::RetiredSubject) }
    }

    fn above(&self, signer: S::Unit, unit: S::Unit) -> Result<(), Rule> {
        if self.is_above(signer, unit) { Ok(()) } else { Err(Rule::NotAncestor) }
    }

    fn at_or_above(&self, signer: S::Unit, unit: S::Unit) -> Result<(), Rule> {
        if signer == unit { Ok(()) } else { self.above(signer, unit) }
    }

    /// The units above `unit`, nearest first. Bounded: no unit stands deeper than [`DEPTH_MAX`].
    pub(super) fn ancestors(&self, unit: S::Unit) -> impl Iterator<Item = S::Unit> + '_ {
        let depth = usize::try_from(DEPTH_MAX).unwrap_or(usize::MAX);
        core::iter::successors(self.store.unit(unit).parent, |unit| self.store.unit(*unit).parent).take(depth)
    }

    pub(super) fn is_above(&self, ancestor: S::Unit, unit: S::Unit) -> bool {
        self.ancestors(unit).any(|above| above == ancestor)
    }

    fn shallow(&self, parent: S::Unit, height: u32) -> Result<(), Stop> {
        let above = u32::try_from(self.ancestors(parent).count()).map_err(|_| NotKept)?;
        if above.saturating_add(1).saturating_add(height) <= DEPTH_MAX { Ok(()) } else { Err(Rule::TooDeep.into()) }
    }
}

fn passes(key: &PublicKey, signatures: impl Signatures) -> Result<(), Rule> {
    if signatures.key_passes(key) { Ok(()) } else { Err(Rule::BadKey) }
}

fn not_reserved(unit: UnitId<'_>) -> Result<(), Rule> {
    if matches!(unit.as_str(), ROOT | RECOVERY) { Err(Rule::ReservedUnit) } else { Ok(()) }
}
