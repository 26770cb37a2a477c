//! The history as the state machine's memory.

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::{Hash, Id, PublicKey, TextHash};
use ikrar_core::field::{Time, UnitId};
use ikrar_core::policy::Policy;
use ikrar_core::state::{At, Earlier, Epoch, KeyOwner, Lookup, NotKept, Round, Standing, Store, Unit};
use ikrar_core::statement::{
    Correction, Duty, Enroll, Genesis, OpenRound, RECOVERY, ROOT, Rekey, Retire, RoundRef, Statement,
};
use ikrar_core::text::pledge_text_hash;

use super::{Act, AnchorRecord, Facts, History, Registry, RoundIx, RoundRecord, StatementRecord, TextRecord};
use crate::by_start::ByStart;
use crate::census::{Change, ChangeKind, Signed, UnitIx};

impl Store for History {
    type Unit = UnitIx;
    type Round = RoundIx;

    fn find(&self, id: UnitId<'_>) -> Lookup<UnitIx> {
        Ok(self.unit_by_id(id.as_str()))
    }

    fn unit(&self, unit: UnitIx) -> Unit<UnitIx> {
        let post = self.census.post(unit);
        Unit { parent: post.parent, alive: post.alive, epoch: self.record(unit).epoch }
    }

    fn height(&self, unit: UnitIx) -> u32 {
        self.census.height(unit)
    }

    fn key_owner(&self, key: &PublicKey) -> Lookup<KeyOwner<UnitIx>> {
        Ok(self.keys.get(key).copied())
    }

    fn text(&self, text: &TextHash) -> Lookup<u8> {
        Ok(self.text_record(text).map(|text| text.commitments))
    }

    fn find_round(&self, round: RoundRef<'_>) -> Lookup<RoundIx> {
        Ok(self.round_by_ref(round))
    }

    fn round(&self, round: RoundIx) -> Round<UnitIx> {
        let record = self.round_record(round);
        Round { subtree: record.subtree, opens: record.opens }
    }

    fn kind_in_scope(&self, round: RoundIx, unit: UnitIx) -> bool {
        self.round_record(round).asks(&self.census.post(unit).kind)
    }

    fn text_accepted(&self, round: RoundIx, text: &TextHash) -> bool {
        self.round_record(round).texts.contains(text)
    }

    fn pledge(&self, unit: UnitIx, round: RoundIx) -> Lookup<Standing> {
        let last = self.undisputed_latest_first(unit, round, Duty::Pledge).next();
        Ok(last.map(|last| if last.is_withdrawal() { Standing::Withdrawn } else { Standing::InForce }))
    }

    fn earlier(&self, unit: UnitIx, id: &Id) -> Lookup<Earlier<RoundIx>> {
        let record = self.record(unit);
        let Some(place) = record.statements.iter().rposition(|statement| statement.id == *id) else {
            return Ok(None);
        };
        let statement = &record.statements[place];
        let is_void = |it: &StatementRecord| record.is_void(it.epoch, it.seq, |_| true);
        // What supersedes it comes after it.
        let later = &record.statements[place + 1..];
        let superseded = later.iter().any(|later| later.target() == Some(*id) && !is_void(later));
        let void = is_void(statement);
        Ok(Some(Earlier {
            round: statement.round,
            duty: statement.duty,
            in_force: !void && !superseded && !statement.is_withdrawal(),
            pledge: statement.pledge().map(|pledge| (pledge.text, pledge.accepted, pledge.coverage)),
        }))
    }

    fn policy(&self) -> Lookup<&str> {
        Ok(self.policy.as_deref())
    }

    fn log_key(&self, size: u64) -> Lookup<(&str, PublicKey)> {
        let registry = self.registry.as_ref();
        Ok(registry.and_then(|registry| Some((registry.origin.as_str(), self.key_for_size(size)?))))
    }

    fn latest_before(&self, size: u64) -> Option<Time> {
        let from = self.anchors.last().map_or(0, |anchor| anchor.size);
        self.clock.latest_in(from..size)
    }

    fn advance(&mut self, at: At, unit: UnitIx, id: Id) {
        let record = &mut self.units[unit.place()];
        record.last = Some(at.index);
        if let Some(epoch) = &mut record.epoch {
            epoch.next_seq = epoch.next_seq.saturating_add(1);
            epoch.head = id;
        }
    }

    fn record(&mut self, at: At, signer: Option<UnitIx>, attestation: &Attestation<'_>) -> Result<(), NotKept> {
        let body = attestation.body();
        let Some(by) = signer else {
            return match &body.statement {
                Statement::Genesis(genesis) => self.found(at, attestation.id(), genesis),
                _ => Ok(()),
            };
        };
        let signed = Signed { by, epoch: body.epoch, seq: body.seq };
        match &body.statement {
            Statement::Genesis(_) => {}
            Statement::PublishText(text) => {
                let record = TextRecord {
                    index: at.index,
                    id: text.id.to_string(),
                    version: text.version,
                    title: text.title.to_string(),
                    language: text.language.to_string(),
                    commitments: text.commitments.count(),
                    wording: text.commitments.numbered().map(|(_, text)| text.to_string()).collect(),
                    source: text.source.map(|source| source.to_string()),
                };
                self.texts.insert(ByStart(pledge_text_hash(text)), record);
            }
            Statement::PublishPolicy(policy) => {
                self.policy = Some(policy.as_str().into());
                if let Ok(policy) = Policy::parse(policy.as_str()) {
                    self.keys.extend(policy.witnesses().iter().map(|witness| (*witness.key.key(), KeyOwner::Witness)));
                }
            }
            Statement::RekeyLog(key) => {
                self.log_keys.push((at.index.saturating_add(1), *key));
                self.keys.insert(*key, KeyOwner::Log);
            }
            Statement::Enroll(enroll) => self.enroll(at, signed, attestation.id(), enroll)?,
            Statement::Amend(amend) => {
                let unit = self.known(amend.unit)?;
                let parent = amend.parent.map(|parent| self.known(parent)).transpose()?;
                let name = amend.name.map(|name| name.as_str().into());
                self.change(Change { at, unit, signed, kind: ChangeKind::Amended { name, parent } });
            }
            Statement::Rekey(rekey) => self.rekey(at, signed, attestation.id(), rekey)?,
            Statement::Retire(retire) => self.retire(at, signed, retire)?,
            Statement::OpenJournal(journal) => {
                self.keys.insert(journal.key, KeyOwner::Journal(by));
            }
            Statement::OpenRound(round) => self.open(at, by, round)?,
            Statement::Pledge(it) => self.state(at, by, attestation, it.round, it.into())?,
            Statement::Briefing(it) => self.state(at, by, attestation, it.round, it.into())?,
            Statement::Monitoring(it) => self.state(at, by, attestation, it.round, it.into())?,
            Statement::Referral(it) => self.state(at, by, attestation, it.round, it.into())?,
            Statement::Correction(correction) => self.correct(at, by, attestation, correction)?,
        }
        Ok(())
    }

    fn anchored(&mut self, at: At, size: u64, _root: Hash, time: Time) {
        self.anchors.push(AnchorRecord { at, size, time });
    }

    fn passed(&mut self, at: At) {
        self.clock.tick(at);
    }
}

impl History {
    fn known(&self, unit: UnitId<'_>) -> Result<UnitIx, NotKept> {
        self.unit_by_id(unit.as_str()).ok_or(NotKept)
    }

    fn found(&mut self, at: At, id: Id, genesis: &Genesis<'_>) -> Result<(), NotKept> {
        let (name, origin) = (genesis.registry.to_string(), genesis.origin.to_string());
        self.registry = Some(Registry { name, origin, synthetic: genesis.synthetic, root_key: genesis.root_key });
        self.log_keys.push((0, genesis.log_key));
        self.keys.insert(genesis.log_key, KeyOwner::Log);
        for (unit, key) in [(ROOT, Some(genesis.root_key)), (RECOVERY, genesis.recovery_key)] {
            let unit = self.add_unit(unit).ok_or(NotKept)?;
            self.install(at, unit, key.map(|key| Epoch::fresh(id, key)));
            let post = self.census.post_mut(unit);
            post.alive = true;
            post.keyed = key.is_some();
        }
        Ok(())
    }

    fn enroll(&mut self, at: At, signed: Signed, id: Id, enroll: &Enroll<'_>) -> Result<(), NotKept> {
        let parent = self.known(enroll.parent)?;
        let unit = self.add_unit(enroll.unit.as_str()).ok_or(NotKept)?;
        let record = &mut self.units[unit.place()];
        record.place = enroll.place;
        record.zone = enroll.zone.map(|zone| zone.as_str().into());
        self.install(at, unit, enroll.key.map(|key| Epoch::fresh(id, key)));
        let kind = ChangeKind::Enrolled {
            parent,
            kind: enroll.kind.as_str().into(),
            name: enroll.name.as_str().into(),
            keyed: enroll.key.is_some(),
        };
        self.change(Change { at, unit, signed, kind });
        Ok(())
    }

    fn rekey(&mut self, at: At, signed: Signed, id: Id, rekey: &Rekey<'_>) -> Result<(), NotKept> {
        let unit = self.known(rekey.unit)?;
        self.install(at, unit, rekey.key.map(|key| Epoch::fresh(id, key)));
        let (keyed, compromised_since) = (rekey.key.is_some(), rekey.compromised_since);
        let kind = ChangeKind::Rekeyed { ended: rekey.ends, keyed, compromised_since };
        self.change(Change { at, unit, signed, kind });
        Ok(())
    }

    fn retire(&mut self, at: At, signed: Signed, retire: &Retire<'_>) -> Result<(), NotKept> {
        let unit = self.known(retire.unit)?;
        let successors = retire.successors.iter().map(|unit| self.known(*unit)).collect::<Result<_, _>>()?;
        self.install(at, unit, None);
        self.change(Change { at, unit, signed, kind: ChangeKind::Retired { successors } });
        Ok(())
    }

    fn open(&mut self, at: At, opener: UnitIx, round: &OpenRound<'_>) -> Result<(), NotKept> {
        let ix = RoundIx(self.rounds.len());
        let record = RoundRecord {
            at,
            opener,
            id: round.id.to_string(),
            title: round.title.to_string(),
            cadence: round.cadence,
            stage: round.stage,
            opens: round.opens,
            due: round.due,
            expires: round.expires,
            zone: round.zone.map(|zone| zone.to_string()),
            subtree: self.known(round.subtree)?,
            kinds: round.kinds.iter().map(ToString::to_string).collect(),
            required: round.required.iter().copied().collect(),
            texts: round.texts.iter().copied().collect(),
            bases: round.bases.iter().map(ToString::to_string).collect(),
        };
        self.rounds.push(record);
        self.units[opener.place()].opened.insert(round.id.as_str().into(), ix);
        Ok(())
    }

    fn state(
        &mut self,
        at: At,
        unit: UnitIx,
        attestation: &Attestation<'_>,
        round: RoundRef<'_>,
        facts: Facts,
    ) -> Result<(), NotKept> {
        let round = self.round_by_ref(round).ok_or(NotKept)?;
        self.push(at, unit, attestation, (Act::New, round, facts.duty()), Some(facts))
    }

    fn push(
        &mut self,
        at: At,
        unit: UnitIx,
        attestation: &Attestation<'_>,
        (act, round, duty): (Act, RoundIx, Duty),
        facts: Option<Facts>,
    ) -> Result<(), NotKept> {
        let body = attestation.body();
        let (id, epoch, seq, made_at) = (attestation.id(), body.epoch, body.seq, body.made_at);
        let record = &mut self.units[unit.place()];
        let place = record.statements.count().ok_or(NotKept)?;
        let before = record.spoke(round, duty, place);
        record.statements.push(StatementRecord { at, id, epoch, seq, made_at, round, duty, act, facts, before });
        self.in_memory = self.in_memory.saturating_add(1);
        Ok(())
    }

    fn correct(
        &mut self,
        at: At,
        unit: UnitIx,
        attestation: &Attestation<'_>,
        correction: &Correction<'_>,
    ) -> Result<(), NotKept> {
        let Correction { target, reason, replacement } = correction;
        let earlier = self.earlier(unit, target)?.ok_or(NotKept)?;
        let act = match replacement {
            None => Act::Withdraws(*target, *reason),
            Some(_) => Act::Replaces(*target, *reason),
        };
        let facts = replacement.as_ref().map(Facts::from);
        self.push(at, unit, attestation, (act, earlier.round, earlier.duty), facts)
    }
}

impl RoundRecord {
    /// Does the round ask units of this kind?
    pub fn asks(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|asked| asked == kind)
    }
}
