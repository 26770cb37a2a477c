//! Statements for machines: members named and ordered as the fields of spec §5; ids, hashes and keys hexadecimal, times
//! RFC 3339, days ISO 8601, enums by name. What is absent is null.

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::PublicKey;
use ikrar_core::field::{Code, Name, Origin, Text, Time, UnitId, Zone};
use ikrar_core::statement::{
    Amend, Briefing, Correction, Enroll, Genesis, Monitoring, OpenJournal, OpenRound, Pledge, PledgeText, Referral,
    Rekey, Replacement, Retire, RoundRef, Statement,
};
use ikrar_core::text::pledge_text_hash;
use ikrar_log::report::{CaseOut, CoverageOut, PlaceOut, RiskOut, SanctionOut, WatchedOut, day, persons, rfc3339};
use ikrar_log::verify::b64;
use serde::Serialize;

use super::name::Named;

/// An attestation: its place in its unit's chain, and its statement.
#[derive(Serialize)]
pub(crate) struct AttestationOut<'a> {
    id: String,
    unit: UnitId<'a>,
    epoch: String,
    seq: u64,
    made_at: Option<String>,
    #[serde(flatten)]
    statement: StatementOut<'a>,
}

impl<'a> From<&'a Attestation<'a>> for AttestationOut<'a> {
    fn from(attestation: &'a Attestation<'a>) -> Self {
        let body = attestation.body();
        Self {
            id: attestation.id().to_string(),
            unit: body.unit,
            epoch: body.epoch.to_string(),
            seq: body.seq,
            made_at: time(body.made_at),
            statement: super::json(&body.statement),
        }
    }
}

/// A statement: its name, and its fields.
#[derive(Serialize)]
#[serde(tag = "statement", content = "fields")]
pub(crate) enum StatementOut<'a> {
    Genesis(GenesisOut<'a>),
    PublishText(TextOut<'a>),
    PublishPolicy { policy: Text<'a> },
    RekeyLog { key: String },
    Enroll(EnrollOut<'a>),
    Amend(Amend<'a>),
    Rekey(RekeyOut<'a>),
    Retire(RetireOut<'a>),
    OpenJournal(JournalOut<'a>),
    OpenRound(RoundOut<'a>),
    Pledge(PledgeOut<'a>),
    Briefing(BriefingOut<'a>),
    Monitoring(MonitoringOut<'a>),
    Referral(ReferralOut<'a>),
    Correction(CorrectionOut<'a>),
}

impl<'a> From<&'a Statement<'a>> for StatementOut<'a> {
    fn from(statement: &'a Statement<'a>) -> Self {
        match statement {
            Statement::Genesis(genesis) => Self::Genesis(genesis.into()),
            Statement::PublishText(text) => Self::PublishText(text.into()),
            Statement::PublishPolicy(policy) => Self::PublishPolicy { policy: *policy },
            Statement::RekeyLog(key) => Self::RekeyLog { key: key.to_string() },
            Statement::Enroll(enroll) => Self::Enroll(enroll.into()),
            Statement::Amend(amend) => Self::Amend(*amend),
            Statement::Rekey(rekey) => Self::Rekey(rekey.into()),
            Statement::Retire(retire) => Self::Retire(retire.into()),
            Statement::OpenJournal(journal) => Self::OpenJournal(journal.into()),
            Statement::OpenRound(round) => Self::OpenRound(round.into()),
            Statement::Pledge(pledge) => Self::Pledge(pledge.into()),
            Statement::Briefing(briefing) => Self::Briefing(briefing.into()),
            Statement::Monitoring(monitoring) => Self::Monitoring(monitoring.into()),
            Statement::Referral(referral) => Self::Referral(referral.into()),
            Statement::Correction(correction) => Self::Correction(correction.into()),
        }
    }
}

fn hex(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}

/// RFC 3339; null where it is unknown.
pub(crate) fn time(time: Time) -> Option<String> {
    Some(time).filter(|time| *time != Time::UNKNOWN).map(rfc3339)
}

#[derive(Serialize)]
pub(crate) struct GenesisOut<'a> {
    registry: Name<'a>,
    origin: Origin<'a>,
    log_key: String,
    root_key: String,
    recovery_key: Option<String>,
    synthetic: bool,
}

impl<'a> From<&'a Genesis<'a>> for GenesisOut<'a> {
    fn from(genesis: &'a Genesis<'a>) -> Self {
        let &Genesis { registry, origin, log_key, root_key, recovery_key, synthetic } = genesis;
        let key = |key: PublicKey| key.to_string();
        Self {
            registry,
            origin,
            log_key: key(log_key),
            root_key: key(root_key),
            recovery_key: hex(recovery_key),
            synthetic,
        }
    }
}

/// With the hash of the text, which is no field of it.
#[derive(Serialize)]
pub(crate) struct TextOut<'a> {
    #[serde(flatten)]
    text: &'a PledgeText<'a>,
    hash: String,
}

impl<'a> From<&'a PledgeText<'a>> for TextOut<'a> {
    fn from(text: &'a PledgeText<'a>) -> Self {
        Self { text, hash: pledge_text_hash(text).to_string() }
    }
}

#[derive(Serialize)]
pub(crate) struct EnrollOut<'a> {
    unit: UnitId<'a>,
    parent: UnitId<'a>,
    kind: Code<'a>,
    name: Name<'a>,
    key: Option<String>,
    place: Option<PlaceOut>,
    zone: Option<Zone<'a>>,
    document: Option<String>,
}

impl<'a> From<&'a Enroll<'a>> for EnrollOut<'a> {
    fn from(enroll: &'a Enroll<'a>) -> Self {
        let &Enroll { unit, parent, kind, name, key, place, zone, document } = enroll;
        Self { unit, parent, kind, name, key: hex(key), place: place.map(Into::into), zone, document: hex(document) }
    }
}

#[derive(Serialize)]
pub(crate) struct RekeyOut<'a> {
    unit: UnitId<'a>,
    ends: Option<String>,
    key: Option<String>,
    compromised_since: Option<u64>,
    document: Option<String>,
}

impl<'a> From<&'a Rekey<'a>> for RekeyOut<'a> {
    fn from(rekey: &'a Rekey<'a>) -> Self {
        let &Rekey { unit, ends, key, compromised_since, document } = rekey;
        Self { unit, ends: hex(ends), key: hex(key), compromised_since, document: hex(document) }
    }
}

#[derive(Serialize)]
pub(crate) struct RetireOut<'a> {
    unit: UnitId<'a>,
    successors: Vec<UnitId<'a>>,
    document: Option<String>,
}

impl<'a> From<&'a Retire<'a>> for RetireOut<'a> {
    fn from(retire: &'a Retire<'a>) -> Self {
        let Retire { unit, successors, document } = retire;
        Self { unit: *unit, successors: successors.iter().copied().collect(), document: hex(*document) }
    }
}

#[derive(Serialize)]
pub(crate) struct JournalOut<'a> {
    registry: String,
    tree_size: u64,
    root: String,
    roster: String,
    origin: Origin<'a>,
    key: String,
    proof: Vec<String>,
}

impl<'a> From<&'a OpenJournal<'a>> for JournalOut<'a> {
    fn from(journal: &'a OpenJournal<'a>) -> Self {
        let OpenJournal { registry, tree_size, root, roster, origin, key, proof } = journal;
        Self {
            registry: registry.to_string(),
            tree_size: *tree_size,
            root: b64(root),
            roster: roster.to_string(),
            origin: *origin,
            key: key.to_string(),
            proof: proof.hashes().map(|hash| b64(&hash)).collect(),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct RoundOut<'a> {
    id: Code<'a>,
    title: Name<'a>,
    cadence: &'static str,
    stage: &'static str,
    opens: Option<String>,
    due: Option<String>,
    expires: Option<String>,
    zone: Option<Zone<'a>>,
    subtree: UnitId<'a>,
    kinds: Vec<Code<'a>>,
    required: Vec<&'static str>,
    texts: Vec<String>,
    bases: Vec<Code<'a>>,
}

impl<'a> From<&'a OpenRound<'a>> for RoundOut<'a> {
    fn from(round: &'a OpenRound<'a>) -> Self {
        Self {
            id: round.id,
            title: round.title,
            cadence: round.cadence.name(),
            stage: round.stage.name(),
            opens: time(round.opens),
            due: time(round.due),
            expires: round.expires.and_then(time),
            zone: round.zone,
            subtree: round.subtree,
            kinds: round.kinds.iter().copied().collect(),
            required: round.required.iter().map(|duty| duty.name()).collect(),
            texts: round.texts.iter().map(ToString::to_string).collect(),
            bases: round.bases.iter().copied().collect(),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct PledgeOut<'a> {
    round: RoundRef<'a>,
    text: String,
    accepted: Vec<u8>,
    form: &'static str,
    role: &'static str,
    coverage: CoverageOut,
    document: Option<String>,
}

impl<'a> From<&'a Pledge<'a>> for PledgeOut<'a> {
    fn from(pledge: &'a Pledge<'a>) -> Self {
        Self {
            round: pledge.round,
            text: pledge.text.to_string(),
            accepted: pledge.accepted.iter().copied().collect(),
            form: pledge.form.name(),
            role: pledge.role.name(),
            coverage: pledge.coverage.into(),
            document: hex(pledge.document),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct BriefingOut<'a> {
    round: RoundRef<'a>,
    held_on: String,
    topic: &'static str,
    reached: CoverageOut,
    material: Option<String>,
}

impl<'a> From<&'a Briefing<'a>> for BriefingOut<'a> {
    fn from(briefing: &'a Briefing<'a>) -> Self {
        let &Briefing { round, held_on, topic, reached, material } = briefing;
        Self { round, held_on: day(held_on), topic: topic.name(), reached: reached.into(), material: hex(material) }
    }
}

#[derive(Serialize)]
pub(crate) struct MonitoringOut<'a> {
    round: RoundRef<'a>,
    from: String,
    to: String,
    cases: Vec<WatchedOut>,
    risks: Vec<RiskOut>,
}

impl<'a> From<&'a Monitoring<'a>> for MonitoringOut<'a> {
    fn from(monitoring: &'a Monitoring<'a>) -> Self {
        let cases = monitoring.cases.iter().map(|case| WatchedOut {
            category: case.category.name(),
            asn: persons(case.asn),
            ppnpn: persons(case.ppnpn),
        });
        let risks = monitoring.risks.iter();
        Self {
            round: monitoring.round,
            from: day(monitoring.from),
            to: day(monitoring.to),
            cases: cases.collect(),
            risks: risks.map(|risk| RiskOut { factor: risk.factor.name(), level: risk.level.name() }).collect(),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct ReferralOut<'a> {
    round: RoundRef<'a>,
    channel: &'static str,
    cases: Vec<CaseOut>,
    overdue: String,
    sanctions: Vec<SanctionOut>,
}

impl<'a> From<&'a Referral<'a>> for ReferralOut<'a> {
    fn from(referral: &'a Referral<'a>) -> Self {
        let cases = referral.cases.iter().map(|case| CaseOut {
            category: case.category.name(),
            status: case.status.name(),
            persons: persons(case.persons),
        });
        let sanctions = referral
            .sanctions
            .iter()
            .map(|count| SanctionOut { sanction: count.sanction.name(), persons: persons(count.persons) });
        Self {
            round: referral.round,
            channel: referral.channel.name(),
            cases: cases.collect(),
            overdue: persons(referral.overdue),
            sanctions: sanctions.collect(),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct CorrectionOut<'a> {
    target: String,
    reason: &'static str,
    replacement: Option<Box<StatementOut<'a>>>,
}

impl<'a> From<&'a Correction<'a>> for CorrectionOut<'a> {
    fn from(correction: &'a Correction<'a>) -> Self {
        let replacement = correction.replacement.as_ref().map(|replacement| match replacement {
            Replacement::Pledge(pledge) => StatementOut::Pledge(pledge.into()),
            Replacement::Briefing(briefing) => StatementOut::Briefing(briefing.into()),
            Replacement::Monitoring(monitoring) => StatementOut::Monitoring(monitoring.into()),
            Replacement::Referral(referral) => StatementOut::Referral(referral.into()),
        });
        Self {
            target: correction.target.to_string(),
            reason: correction.reason.name(),
            replacement: replacement.map(Box::new),
        }
    }
}
