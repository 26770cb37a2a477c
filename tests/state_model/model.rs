//! The state machine of `docs/spec.md` §7 as a slow model: no state but the list of entries with their outcomes, and
//! every question answered by going through that list again.

use std::collections::BTreeMap;

use ikrar_core::digest::{Id, PublicKey, TextHash};
use ikrar_core::field::LAST_SECOND;
use ikrar_core::rule::{Consequence, Rule};
use ikrar_core::signature::check_key;
use ikrar_core::state::Outcome;
use ikrar_core::statement::{Correction, Coverage, Duty, Enroll, OpenRound, Pledge, Reason, Replacement, Statement};
use ikrar_core::text::pledge_text_hash;

/// An attestation that decodes.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) id: Id,
    pub(crate) unit: &'static str,
    pub(crate) epoch: Id,
    pub(crate) seq: u64,
    pub(crate) prev: Id,
    pub(crate) made_at: u64,
    /// The key under which the signature verifies, if there is one.
    pub(crate) signed_by: Option<PublicKey>,
    pub(crate) statement: Statement<'static>,
}

/// An anchor that decodes.
#[derive(Clone, Debug)]
pub(crate) struct Stamped {
    pub(crate) origin_is_right: bool,
    pub(crate) signed_by: Option<PublicKey>,
    pub(crate) size: u64,
    pub(crate) proof_holds: bool,
    /// Witness, timestamp, and whether the line verifies.
    pub(crate) cosigned: Vec<(PublicKey, u64, bool)>,
}

#[derive(Clone, Debug)]
pub(crate) enum What {
    /// The entry's header does not decode.
    Noise,
    /// None: it does not decode.
    Attestation(Option<Box<Said>>),
    /// None: it does not decode.
    Anchor(Option<Stamped>),
}

#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) linked: bool,
    pub(crate) logged_at: u64,
    pub(crate) what: What,
}

/// A policy text, read: who may cosign, and how many have to; none have to where the quorum is `none`.
#[derive(Clone, Debug)]
pub(crate) struct PolicyFacts {
    pub(crate) witnesses: Vec<PublicKey>,
    pub(crate) need: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) event: Event,
    pub(crate) outcome: Outcome,
}

impl Judged {
    pub(crate) fn applied(&self) -> Option<&Said> {
        match &self.event.what {
            What::Attestation(Some(said)) if self.outcome == Outcome::Applied => Some(said),
            _ => None,
        }
    }

    fn authentic(&self) -> Option<&Said> {
        match (&self.event.what, self.outcome) {
            (What::Attestation(Some(said)), Outcome::Applied | Outcome::NoEffect(_)) => Some(said),
            _ => None,
        }
    }

    pub(crate) fn decodes(&self) -> bool {
        !matches!(self.event.what, What::Noise)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Epoch {
    pub(crate) id: Id,
    pub(crate) key: PublicKey,
    pub(crate) next_seq: u64,
    pub(crate) head: Id,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Serves {
    Unit(&'static str),
    Log,
    Journal(&'static str),
    Witness,
}

pub(crate) type Policies = BTreeMap<&'static str, Option<PolicyFacts>>;
pub(crate) type RoundName = (&'static str, &'static str);

/// The log so far.
#[derive(Clone, Copy)]
pub(crate) struct Model<'a> {
    pub(crate) registry: Id,
    pub(crate) log: &'a [Judged],
    pub(crate) policies: &'a Policies,
}

/// §7.2 "subject", §7.3 "round and kind of a correction are its target's".
pub(crate) type Subject = (Duty, RoundName);

fn ensure(holds: bool, rule: Rule) -> Result<(), Rule> {
    if holds { Ok(()) } else { Err(rule) }
}

fn reserved(unit: &str) -> bool {
    unit == "root" || unit == "recovery"
}

pub(crate) fn possible(coverage: &Coverage) -> bool {
    counts(coverage).iter().all(|(required, signed)| signed <= required)
}

pub(crate) fn counts(coverage: &Coverage) -> Vec<(u32, u32)> {
    match coverage {
        Coverage::ByCategory { pns, pppk, ppnpn } => {
            [pns, pppk, ppnpn].iter().map(|count| (count.required, count.signed)).collect()
        }
        Coverage::Combined(count) => vec![(count.required, count.signed)],
    }
}

impl<'a> Model<'a> {
    /// The state after the first `entries` entries.
    pub(crate) fn after(self, entries: usize) -> Self {
        Self { log: &self.log[..entries], ..self }
    }

    pub(crate) fn events(self) -> impl Iterator<Item = (usize, &'a Said)> {
        self.log.iter().enumerate().filter_map(|(index, it)| Some((index, it.applied()?)))
    }

    fn started(self) -> bool {
        self.log.first().is_some_and(|it| it.outcome == Outcome::Applied)
    }

    pub(crate) fn enrolments(
        self,
        unit: &str,
    ) -> impl DoubleEndedIterator<Item = (usize, &'a Said, &'a Enroll<'static>)> {
        let of_unit = self.events().filter_map(move |(index, said)| match &said.statement {
            Statement::Enroll(enroll) if enroll.unit.as_str() == unit => Some((index, said, enroll)),
            _ => None,
        });
        of_unit.collect::<Vec<_>>().into_iter()
    }

    pub(crate) fn known(self, unit: &str) -> bool {
        (self.started() && reserved(unit)) || self.enrolments(unit).next().is_some()
    }

    /// Every unit on the roster, retired ones among them.
    pub(crate) fn units(self) -> Vec<&'static str> {
        let mut units: Vec<_> = self
            .events()
            .filter_map(|(_, said)| match &said.statement {
                Statement::Enroll(enroll) => Some(enroll.unit.as_str()),
                _ => None,
            })
            .collect();
        units.sort_unstable();
        units.dedup();
        units
    }

    pub(crate) fn alive(self, unit: &str) -> bool {
        let last = self.events().filter_map(|(_, said)| match &said.statement {
            Statement::Enroll(it) if it.unit.as_str() == unit => Some(true),
            Statement::Retire(it) if it.unit.as_str() == unit => Some(false),
            _ => None,
        });
        if reserved(unit) { self.started() } else { last.last() == Some(true) }
    }

    pub(crate) fn parent(self, unit: &str) -> Option<&'static str> {
        let parents = self.events().filter_map(|(_, said)| match &said.statement {
            Statement::Enroll(it) if it.unit.as_str() == unit => Some(it.parent.as_str()),
            Statement::Amend(it) if it.unit.as_str() == unit => it.parent.map(|parent| parent.as_str()),
            _ => None,
        });
        parents.last()
    }

    pub(crate) fn kind(self, unit: &str) -> Option<&'static str> {
        self.enrolments(unit).next_back().map(|(_, _, enroll)| enroll.kind.as_str())
    }

    pub(crate) fn above(self, upper: &str, unit: &str) -> bool {
        let mut next = self.parent(unit);
        while let Some(parent) = next {
            if parent == upper {
                return true;
            }
            next = self.parent(parent);
        }
        false
    }

    pub(crate) fn at_or_above(self, upper: &str, unit: &str) -> bool {
        upper == unit || self.above(upper, unit)
    }

    fn depth(self, unit: &str) -> usize {
        self.parent(unit).map_or(0, |parent| self.depth(parent) + 1)
    }

    fn height(self, unit: &str) -> usize {
        let below = self.units().into_iter().filter(|it| self.above(unit, it));
        below.map(|it| self.depth(it) - self.depth(unit)).max().unwrap_or(0)
    }

    pub(crate) fn epoch(self, unit: &str) -> Option<Epoch> {
        let mut epoch: Option<Epoch> = None;
        for it in self.log {
            let Some(said) = it.authentic() else { continue };
            if said.unit == unit
                && !matches!(said.statement, Statement::Genesis(_))
                && let Some(epoch) = &mut epoch
            {
                epoch.next_seq += 1;
                epoch.head = said.id;
            }
            let fresh = |key: Option<PublicKey>| key.map(|key| Epoch { id: said.id, key, next_seq: 0, head: said.id });
            let Some(said) = it.applied() else { continue };
            match &said.statement {
                Statement::Genesis(it) if unit == "root" => epoch = fresh(Some(it.root_key)),
                Statement::Genesis(it) if unit == "recovery" => epoch = fresh(it.recovery_key),
                Statement::Enroll(it) if it.unit.as_str() == unit => epoch = fresh(it.key),
                Statement::Rekey(it) if it.unit.as_str() == unit => epoch = fresh(it.key),
                Statement::Retire(it) if it.unit.as_str() == unit => epoch = None,
                _ => {}
            }
        }
        epoch
    }

    fn served(self, key: &PublicKey) -> Vec<Serves> {
        let mut served = Vec::new();
        for (_, said) in self.events() {
            let here: Vec<(PublicKey, Serves)> = match &said.statement {
                Statement::Genesis(it) => {
                    let recovery = it.recovery_key.map(|key| (key, Serves::Unit("recovery")));
                    [(it.root_key, Serves::Unit("root")), (it.log_key, Serves::Log)]
                        .into_iter()
                        .chain(recovery)
                        .collect()
                }
                Statement::Enroll(it) => it.key.map(|key| (key, Serves::Unit(it.unit.as_str()))).into_iter().collect(),
                Statement::Rekey(it) => it.key.map(|key| (key, Serves::Unit(it.unit.as_str()))).into_iter().collect(),
                Statement::RekeyLog(key) => vec![(*key, Serves::Log)],
                Statement::OpenJournal(it) => vec![(it.key, Serves::Journal(said.unit))],
                Statement::PublishPolicy(text) => {
                    let facts = self.policies[text.as_str()].as_ref();
                    facts.iter().flat_map(|facts| &facts.witnesses).map(|key| (*key, Serves::Witness)).collect()
                }
                _ => Vec::new(),
            };
            served.extend(here.into_iter().filter(|(it, _)| it == key).map(|(_, serves)| serves));
        }
        served
    }

    fn key_for(self, key: &PublicKey, who: Option<&Serves>) -> Result<(), Rule> {
        ensure(check_key(key).is_ok(), Rule::BadKey)?;
        ensure(self.served(key).iter().all(|it| Some(it) == who), Rule::KeyReused)
    }

    /// Number of commitments.
    pub(crate) fn text(self, hash: &TextHash) -> Option<u8> {
        self.events().find_map(|(_, said)| match &said.statement {
            Statement::PublishText(text) if pledge_text_hash(text) == *hash => Some(text.commitments.count()),
            _ => None,
        })
    }

    pub(crate) fn rounds(self) -> Vec<(usize, RoundName, &'a OpenRound<'static>)> {
        let rounds = self.events().filter_map(|(index, said)| match &said.statement {
            Statement::OpenRound(round) => Some((index, (said.unit, round.id.as_str()), round)),
            _ => None,
        });
        rounds.collect()
    }

    pub(crate) fn round(self, name: RoundName) -> Option<(usize, &'a OpenRound<'static>)> {
        self.rounds().into_iter().find(|(_, it, _)| *it == name).map(|(index, _, round)| (index, round))
    }

    /// Index, size, time.
    pub(crate) fn anchors(self) -> Vec<(usize, u64, u64)> {
        let anchors = self.log.iter().enumerate().filter_map(|(index, it)| match &it.event.what {
            What::Anchor(Some(anchor)) if it.outcome == Outcome::Applied => {
                let time = self.after(index).quorum_time(anchor)??;
                Some((index, anchor.size, time))
            }
            _ => None,
        });
        anchors.collect()
    }

    fn policy(self) -> Option<&'a PolicyFacts> {
        let last = self.events().filter_map(|(_, said)| match &said.statement {
            Statement::PublishPolicy(text) => self.policies[text.as_str()].as_ref(),
            _ => None,
        });
        last.last()
    }

    /// None: no policy, or nothing demanded. Some(None): the quorum is not met.
    fn quorum_time(self, anchor: &Stamped) -> Option<Option<u64>> {
        let policy = self.policy().filter(|policy| policy.need > 0)?;
        let earliest = |witness: &PublicKey| {
            anchor.cosigned.iter().filter(|(key, _, _)| key == witness).map(|(_, time, _)| *time).min()
        };
        let mut times: Vec<_> = policy.witnesses.iter().filter_map(earliest).collect();
        times.sort_unstable();
        Some(times.get(policy.need - 1).copied())
    }

    /// §7.2, "Void statements"; by those rekeys that `counts`.
    pub(crate) fn void(self, said: &Said, counts: &dyn Fn(usize) -> bool) -> bool {
        self.events().filter(|(index, _)| counts(*index)).any(|(_, it)| match &it.statement {
            Statement::Rekey(rekey) => {
                rekey.unit.as_str() == said.unit
                    && rekey.ends == Some(said.epoch)
                    && rekey.compromised_since.is_some_and(|since| said.seq >= since)
            }
            _ => false,
        })
    }

    fn by_id(self, unit: &str, id: &Id) -> Option<&'a Said> {
        self.events().map(|(_, said)| said).find(|said| said.unit == unit && said.id == *id)
    }

    pub(crate) fn subject(self, said: &Said) -> Option<Subject> {
        let name = |round: ikrar_core::statement::RoundRef<'static>| (round.opener.as_str(), round.id.as_str());
        match &said.statement {
            Statement::Pledge(it) => Some((Duty::Pledge, name(it.round))),
            Statement::Briefing(it) => Some((Duty::Briefing, name(it.round))),
            Statement::Monitoring(it) => Some((Duty::Monitoring, name(it.round))),
            Statement::Referral(it) => Some((Duty::Referral, name(it.round))),
            Statement::Correction(it) => self.subject(self.by_id(said.unit, &it.target)?),
            _ => None,
        }
    }

    /// The unit's statements on this subject that count, without the void ones.
    pub(crate) fn undisputed(
        self,
        unit: &str,
        subject: Subject,
        counts: &dyn Fn(usize) -> bool,
    ) -> Vec<(usize, &'a Said)> {
        let about = self.events().filter(|(_, said)| said.unit == unit && self.subject(said) == Some(subject));
        about.filter(|(index, said)| counts(*index) && !self.void(said, counts)).collect()
    }

    pub(crate) fn in_force(self, said: &Said, counts: &dyn Fn(usize) -> bool) -> bool {
        let withdraws = matches!(&said.statement, Statement::Correction(it) if it.replacement.is_none());
        let targeted = self.events().filter(|(index, _)| counts(*index)).any(|(_, it)| {
            matches!(&it.statement, Statement::Correction(correction) if correction.target == said.id)
                && it.unit == said.unit
                && !self.void(it, counts)
        });
        !withdraws && !targeted && !self.void(said, counts)
    }

    // Verdicts.

    pub(crate) fn judge(self, event: &Event) -> (Outcome, Option<Rule>) {
        let outcome = match self.rules(event) {
            Ok(()) => Outcome::Applied,
            Err(rule) if rule.consequence() == Consequence::Rejected => Outcome::Rejected(rule),
            Err(rule) => Outcome::NoEffect(rule),
        };
        (outcome, self.clock(event, outcome))
    }

    /// §7.5.
    fn clock(self, event: &Event, outcome: Outcome) -> Option<Rule> {
        if matches!(event.what, What::Noise) {
            return None;
        }
        let last = self.log.iter().rev().find(|it| it.decodes()).map_or(0, |it| it.event.logged_at);
        let anchors = self.anchors();
        let greatest = anchors.iter().map(|(_, _, time)| *time).max().unwrap_or(0);
        if event.logged_at < last {
            return Some(Rule::ClockDecreased);
        }
        if event.logged_at + 600 < greatest {
            return Some(Rule::ClockAnchor);
        }
        let What::Anchor(Some(anchor)) = &event.what else { return None };
        if outcome != Outcome::Applied {
            return None;
        }
        let time = self.quorum_time(anchor)??;
        let from = anchors.last().map_or(0, |(_, size, _)| *size);
        let contradicted = (0_u64..)
            .zip(self.log)
            .any(|(index, it)| it.decodes() && index < anchor.size && index >= from && it.event.logged_at > time + 600);
        contradicted.then_some(Rule::ClockAnchor)
    }

    fn rules(self, event: &Event) -> Result<(), Rule> {
        if matches!(event.what, What::Noise) {
            return Err(Rule::EntryMalformed);
        }
        ensure(event.linked, Rule::ChainLink)?;
        ensure(event.logged_at != 0, Rule::LoggedAtUnknown)?;
        let first = self.log.is_empty();
        match &event.what {
            What::Noise => Err(Rule::EntryMalformed),
            What::Anchor(_) if first => Err(Rule::GenesisMisplaced),
            What::Anchor(anchor) => self.anchor(anchor.as_ref()),
            What::Attestation(None) => Err(Rule::AttestationMalformed),
            What::Attestation(Some(said)) => match (&said.statement, first) {
                (Statement::Genesis(_), true) => self.genesis(said),
                (Statement::Genesis(_), false) | (_, true) => Err(Rule::GenesisMisplaced),
                _ => self.attestation(said, event.logged_at),
            },
        }
    }

    fn genesis(self, said: &Said) -> Result<(), Rule> {
        let Statement::Genesis(it) = &said.statement else { return Err(Rule::GenesisMisplaced) };
        let placed = said.unit == "root" && said.epoch == Id::ZERO && said.prev == Id::ZERO && said.seq == 0;
        let keys: Vec<_> = [it.root_key, it.log_key].into_iter().chain(it.recovery_key).collect();
        let distinct = (1..keys.len()).all(|place| !keys[..place].contains(&keys[place]));
        let sound = keys.iter().all(|key| check_key(key).is_ok());
        ensure(placed && distinct && sound, Rule::GenesisMalformed)?;
        ensure(said.id == self.registry, Rule::WrongRegistry)?;
        ensure(said.signed_by == Some(it.root_key), Rule::BadSignature)
    }

    /// The log's key for checkpoints of this size.
    pub(crate) fn log_key(self, size: u64) -> Option<PublicKey> {
        let mut key = None;
        for (index, said) in self.events() {
            match &said.statement {
                Statement::Genesis(it) => key = Some(it.log_key),
                Statement::RekeyLog(new) if u64::try_from(index).unwrap() < size => key = Some(*new),
                _ => {}
            }
        }
        key
    }

    fn anchor(self, anchor: Option<&Stamped>) -> Result<(), Rule> {
        let anchor = anchor.ok_or(Rule::AnchorMalformed)?;
        let key = self.log_key(anchor.size);
        ensure(anchor.origin_is_right && key.is_some() && anchor.signed_by == key, Rule::AnchorSignature)?;
        let policy = self.policy();
        let of_policy = |key: &PublicKey| policy.is_some_and(|policy| policy.witnesses.contains(key));
        ensure(anchor.cosigned.iter().all(|(key, _, good)| *good || !of_policy(key)), Rule::AnchorSignature)?;
        let time = self.quorum_time(anchor);
        ensure(time.flatten().is_none_or(|time| time <= LAST_SECOND), Rule::AnchorMalformed)?;
        ensure(anchor.size > 0 && anchor.proof_holds, Rule::AnchorProof)?;
        let time = time.ok_or(Rule::AnchorWithoutPolicy)?;
        ensure(time.is_some(), Rule::AnchorBelowQuorum)
    }

    fn attestation(self, said: &Said, logged_at: u64) -> Result<(), Rule> {
        ensure(self.known(said.unit), Rule::UnknownUnit)?;
        let epoch = self.epoch(said.unit).ok_or(Rule::NoKey)?;
        ensure(said.epoch == epoch.id, Rule::WrongEpoch)?;
        ensure(said.signed_by == Some(epoch.key), Rule::BadSignature)?;
        ensure(said.seq >= epoch.next_seq, Rule::StaleSeq)?;
        ensure(said.seq <= epoch.next_seq, Rule::SkippedSeq)?;
        ensure(said.prev == epoch.head, Rule::WrongPrev)?;
        let authority_only =
            matches!(said.statement, Statement::PublishText(_) | Statement::PublishPolicy(_) | Statement::RekeyLog(_));
        if authority_only {
            ensure(said.unit == "root", Rule::NotRoot)?;
        } else {
            let rekey = matches!(said.statement, Statement::Rekey(_));
            ensure(said.unit != "recovery" || rekey, Rule::RecoveryRestricted)?;
        }
        self.statement(said, logged_at)
    }

    fn statement(self, said: &Said, logged_at: u64) -> Result<(), Rule> {
        let subject = |unit: &str| ensure(self.known(unit), Rule::UnknownSubject);
        let alive = |unit: &str| ensure(self.alive(unit), Rule::RetiredSubject);
        let signer = said.unit;
        let above = |unit: &str| ensure(self.above(signer, unit), Rule::NotAncestor);
        let at_or_above = |unit: &str| ensure(self.at_or_above(signer, unit), Rule::NotAncestor);
        match &said.statement {
            Statement::Genesis(_) => Err(Rule::GenesisMisplaced),
            Statement::PublishText(text) => ensure(self.text(&pledge_text_hash(text)).is_none(), Rule::TextExists),
            Statement::PublishPolicy(text) => {
                let facts = self.policies[text.as_str()].as_ref().ok_or(Rule::BadPolicy)?;
                let free = |key: &PublicKey| self.served(key).iter().all(|it| *it == Serves::Witness);
                ensure(facts.witnesses.iter().all(free), Rule::KeyReused)
            }
            Statement::RekeyLog(key) => self.key_for(key, None),
            Statement::Enroll(it) => {
                let (unit, parent) = (it.unit.as_str(), it.parent.as_str());
                ensure(!reserved(unit) && parent != "recovery", Rule::ReservedUnit)?;
                subject(parent)?;
                at_or_above(parent)?;
                if self.known(unit) {
                    above(unit)?;
                    ensure(!self.alive(unit), Rule::AlreadyEnrolled)?;
                }
                alive(parent)?;
                ensure(!(self.known(unit) && self.at_or_above(unit, parent)), Rule::Cycle)?;
                let height = if self.known(unit) { self.height(unit) } else { 0 };
                ensure(self.depth(parent) + 1 + height <= 32, Rule::TooDeep)?;
                it.key.map_or(Ok(()), |key| self.key_for(&key, Some(&Serves::Unit(unit))))
            }
            Statement::Amend(it) => {
                let (unit, parent) = (it.unit.as_str(), it.parent.map(|parent| parent.as_str()));
                ensure(!reserved(unit) && parent != Some("recovery"), Rule::ReservedUnit)?;
                subject(unit)?;
                parent.map_or(Ok(()), subject)?;
                above(unit)?;
                parent.map_or(Ok(()), at_or_above)?;
                alive(unit)?;
                let Some(parent) = parent else { return Ok(()) };
                alive(parent)?;
                ensure(!self.at_or_above(unit, parent), Rule::Cycle)?;
                ensure(self.depth(parent) + 1 + self.height(unit) <= 32, Rule::TooDeep)
            }
            Statement::Rekey(it) => {
                let unit = it.unit.as_str();
                ensure(signer != "recovery" || unit == "root", Rule::RecoveryRestricted)?;
                ensure(unit != "recovery", Rule::ReservedUnit)?;
                subject(unit)?;
                ensure(signer == "recovery" || self.at_or_above(signer, unit), Rule::NotAncestor)?;
                alive(unit)?;
                ensure(self.epoch(unit).map(|epoch| epoch.id) == it.ends, Rule::OtherEpoch)?;
                let misused = it.compromised_since.is_some() && (it.ends.is_none() || signer == unit);
                ensure(!misused, Rule::DisputeMisused)?;
                ensure(it.key.is_some() || unit != "root", Rule::RootNeedsKey)?;
                it.key.map_or(Ok(()), |key| self.key_for(&key, Some(&Serves::Unit(unit))))
            }
            Statement::Retire(it) => {
                let unit = it.unit.as_str();
                let successors = || it.successors.iter().map(|unit| unit.as_str());
                ensure(!reserved(unit) && !successors().any(reserved), Rule::ReservedUnit)?;
                subject(unit)?;
                successors().try_for_each(subject)?;
                above(unit)?;
                alive(unit)?;
                ensure(successors().all(|it| it != unit), Rule::Cycle)
            }
            Statement::OpenJournal(it) => {
                self.key_for(&it.key, Some(&Serves::Journal(signer)))?;
                ensure(it.registry == self.registry, Rule::ForeignJournal)
            }
            Statement::OpenRound(it) => {
                let subtree = it.subtree.as_str();
                ensure(subtree != "recovery", Rule::ReservedUnit)?;
                subject(subtree)?;
                at_or_above(subtree)?;
                alive(subtree)?;
                ensure(self.round((signer, it.id.as_str())).is_none(), Rule::RoundExists)?;
                let ordered = it.opens <= it.due && it.expires.is_none_or(|expires| it.due <= expires);
                let asks = !it.texts.is_empty() && it.required.contains(&Duty::Pledge);
                ensure(ordered && asks, Rule::RoundTerms)?;
                ensure(logged_at < it.due.seconds(), Rule::RoundTooLate)?;
                ensure(it.texts.iter().all(|text| self.text(text).is_some()), Rule::UnknownText)
            }
            Statement::Pledge(pledge) => {
                self.pledge(said.unit, pledge, logged_at)?;
                let subject = (Duty::Pledge, (pledge.round.opener.as_str(), pledge.round.id.as_str()));
                match self.undisputed(said.unit, subject, &|_| true).last().map(|(_, last)| &last.statement) {
                    None => Ok(()),
                    Some(Statement::Correction(Correction { replacement: None, .. })) => Err(Rule::Withdrawn),
                    Some(_) => Err(Rule::SecondPledge),
                }
            }
            Statement::Briefing(it) => {
                self.open_to(said.unit, it.round, logged_at)?;
                ensure(possible(&it.reached), Rule::BadCount)
            }
            Statement::Monitoring(it) => {
                self.open_to(said.unit, it.round, logged_at)?;
                ensure(it.from <= it.to, Rule::BadPeriod)
            }
            Statement::Referral(it) => self.open_to(said.unit, it.round, logged_at),
            Statement::Correction(it) => self.correction(said.unit, it, logged_at),
        }
    }

    fn open_to(self, unit: &str, round: ikrar_core::statement::RoundRef<'static>, logged_at: u64) -> Result<(), Rule> {
        let (_, round) = self.round((round.opener.as_str(), round.id.as_str())).ok_or(Rule::UnknownRound)?;
        ensure(self.in_scope(unit, round), Rule::OutOfScope)?;
        ensure(logged_at >= round.opens.seconds(), Rule::RoundNotOpen)
    }

    pub(crate) fn in_scope(self, unit: &str, round: &OpenRound<'_>) -> bool {
        let asked = round.kinds.is_empty() || round.kinds.iter().any(|kind| Some(kind.as_str()) == self.kind(unit));
        self.at_or_above(round.subtree.as_str(), unit) && !reserved(unit) && asked
    }

    fn pledge(self, unit: &str, pledge: &Pledge<'static>, logged_at: u64) -> Result<(), Rule> {
        self.open_to(unit, pledge.round, logged_at)?;
        let (_, round) =
            self.round((pledge.round.opener.as_str(), pledge.round.id.as_str())).ok_or(Rule::UnknownRound)?;
        ensure(round.texts.contains(&pledge.text), Rule::ForeignText)?;
        let commitments = self.text(&pledge.text).ok_or(Rule::UnknownText)?;
        ensure(pledge.accepted.iter().all(|number| *number >= 1 && *number <= commitments), Rule::UnknownCommitment)?;
        ensure(possible(&pledge.coverage), Rule::BadCount)
    }

    fn correction(self, unit: &'static str, it: &Correction<'static>, logged_at: u64) -> Result<(), Rule> {
        let mut replaces = None;
        if let Some(replacement) = &it.replacement {
            let (duty, round) = match replacement {
                Replacement::Pledge(new) => {
                    self.pledge(unit, new, logged_at)?;
                    (Duty::Pledge, new.round)
                }
                Replacement::Briefing(new) => {
                    self.open_to(unit, new.round, logged_at)?;
                    ensure(possible(&new.reached), Rule::BadCount)?;
                    (Duty::Briefing, new.round)
                }
                Replacement::Monitoring(new) => {
                    self.open_to(unit, new.round, logged_at)?;
                    ensure(new.from <= new.to, Rule::BadPeriod)?;
                    (Duty::Monitoring, new.round)
                }
                Replacement::Referral(new) => {
                    self.open_to(unit, new.round, logged_at)?;
                    (Duty::Referral, new.round)
                }
            };
            replaces = Some((duty, (round.opener.as_str(), round.id.as_str())));
        }
        let target = self.by_id(unit, &it.target).ok_or(Rule::UnknownTarget)?;
        let subject = self.subject(target).ok_or(Rule::UnknownTarget)?;
        ensure(self.in_force(target, &|_| true), Rule::NotInForce)?;
        ensure(replaces.is_none_or(|it| it == subject), Rule::OtherSubject)?;
        if it.reason == Reason::Progress {
            let (Some(Replacement::Pledge(new)), Some(old)) = (&it.replacement, pledge_of(target)) else {
                return Err(Rule::NotProgress);
            };
            let (was, is) = (counts(&old.coverage), counts(&new.coverage));
            let grows = was.len() == is.len()
                && was.iter().zip(&is).all(|(was, is)| was.0 <= is.0 && was.1 <= is.1)
                && old.accepted.iter().all(|number| new.accepted.contains(number))
                && old.text == new.text;
            ensure(grows, Rule::NotProgress)?;
        }
        Ok(())
    }
}

/// What a pledge, or a correction with one, says.
pub(crate) fn pledge_of(said: &Said) -> Option<&Pledge<'static>> {
    match &said.statement {
        Statement::Pledge(pledge) => Some(pledge),
        Statement::Correction(Correction { replacement: Some(Replacement::Pledge(pledge)), .. }) => Some(pledge),
        _ => None,
    }
}
