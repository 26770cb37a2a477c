//! A unit's key and head on a device: what it signed and nobody saw logged, and what it signs next.

use ikrar_core::attestation::Attestation;
use ikrar_core::codec;
use ikrar_core::digest::{Id, PublicKey, signing_message};
use ikrar_core::signature;
use ikrar_core::statement::Statement;
use ikrar_log::census::UnitIx;
use ikrar_log::history::History;
use ikrar_log::request::Request;
use ikrar_log::trust::TrustRoot;
use ikrar_terminal::wire::{self, Answer, Stage};

use crate::args::Reach;
use crate::commands::device::session::{Recorded, Session, Standing, UnitStanding};
use crate::context::Context;
use crate::failure::{Failure, bad, refused, usage};
use crate::message::cause;

/// Bytes of a statement beside what the request on the line says: the device encodes its attestation behind it.
const AROUND: usize = 256;

/// A device whose unit, registry, key and head go with a proven request.
pub(super) struct OnDevice {
    session: Session,
    unit: UnitStanding,
    key: PublicKey,
    pending: Vec<Vec<u8>>,
}

impl OnDevice {
    /// `logged`: epoch, number and id of the unit's attestations that the request shows, in log order.
    pub(super) fn new(
        reach: &Reach,
        request: &Request<'_>,
        history: &History,
        unit: UnitIx,
        trust: &TrustRoot,
        logged: &[(Id, u64, Id)],
    ) -> Result<Self, Failure> {
        let mut session = Session::open(reach)?;
        let standing = session.standing()?;
        let key = session.identity.unit_key;
        let at = of_unit(&standing, request, history, unit, trust, key)?;
        let shown = logged.iter().rfind(|(of, ..)| *of == at.epoch).map(|(_, seq, id)| (*seq, *id));
        // A claim of the log about its head, which a request does not prove, warns all the same.
        let claimed = request.head.filter(|claimed| claimed.epoch == at.epoch);
        let ahead = shown.map_or(0, |(seq, _)| seq.saturating_add(1)).max(claimed.map_or(0, |head| head.next_seq));
        if ahead > at.next_seq {
            return Err(restored(&at, ahead));
        }
        let pending = pending(&mut session, &standing, &at, key, shown)?;
        Ok(Self { session, unit: at, key, pending })
    }

    /// What was signed, and is not in the log as the request shows it.
    pub(super) fn pending(&self) -> &[Vec<u8>] {
        &self.pending
    }

    /// Has the device sign, and checks what comes back.
    pub(super) fn sign(&mut self, statement: &Statement<'_>, context: &Context) -> Result<(), Failure> {
        let mut buffer = vec![0; usize::from(u16::MAX)];
        let encoded = codec::encode(statement, &mut buffer).map_err(|_| usage("error-device-long"))?;
        let most = usize::from(self.session.identity.message);
        let needed = wire::HEAD + 2 * encoded.len() + AROUND;
        if needed > most {
            return Err(refused("error-device-small").count("needed", needed).count("most", most));
        }
        let made_at = context.now();
        let sign = wire::Request::Sign { made_at, statement: encoded };
        let bytes = self.session.ask(&sign, |answer| match answer {
            Answer::Signed { attestation, .. } => Some(attestation.to_vec()),
            _ => None,
        })?;
        let wrong = || bad("error-device-signed");
        let attestation = Attestation::decode(&bytes).map_err(|error| wrong().because(&error))?;
        authentic(&attestation, &self.key).map_err(|error| wrong().because(&error))?;
        let (body, at) = (attestation.body(), &self.unit);
        let same = body.unit.as_str() == at.unit
            && (body.epoch, body.seq, body.prev) == (at.epoch, at.next_seq, at.prev)
            && body.made_at == made_at
            && body.statement == *statement;
        if !same {
            return Err(wrong().because(&cause("device-signed-else")));
        }
        let place = (at.next_seq.saturating_add(1), attestation.id());
        drop(attestation);
        (self.unit.next_seq, self.unit.prev) = place;
        self.pending.push(bytes);
        Ok(())
    }
}

fn authentic(attestation: &Attestation<'_>, key: &PublicKey) -> Result<(), signature::SignatureError> {
    signature::verify(key, &signing_message(&attestation.id()), attestation.signature())
}

/// The device must be ready, of the same registry, and of this unit in the epoch in force.
fn of_unit(
    standing: &Standing,
    request: &Request<'_>,
    history: &History,
    unit: UnitIx,
    trust: &TrustRoot,
    key: PublicKey,
) -> Result<UnitStanding, Failure> {
    if let Some(roster) = standing.roster.as_ref().filter(|roster| roster.registry != trust.registry) {
        let failure = refused("error-device-other-registry");
        return Err(failure.with("found", roster.registry).with("pinned", trust.registry));
    }
    let (Some(at), Stage::Ready) = (&standing.unit, standing.stage) else {
        return Err(refused("error-device-not-ready"));
    };
    if at.unit != request.unit.as_str() {
        return Err(refused("error-device-other-unit").with("asked", request.unit).with("unit", &at.unit));
    }
    match history.record(unit).epoch {
        Some(epoch) if epoch.key != key => Err(refused("error-device-other-key").with("unit", &at.unit)),
        Some(epoch) if epoch.id != at.epoch => Err(refused("error-device-other-epoch").with("unit", &at.unit)),
        Some(_) => Ok(at.clone()),
        None => Err(refused("error-device-no-key").with("unit", &at.unit)),
    }
}

fn restored(at: &UnitStanding, logged: u64) -> Failure {
    refused("error-device-restored").with("unit", &at.unit).with("logged", logged).with("next", at.next_seq)
}

/// The unit's attestations after the last that the request shows, from the device's journal: they must follow each other
/// up to its head.
fn pending(
    session: &mut Session,
    standing: &Standing,
    at: &UnitStanding,
    key: PublicKey,
    shown: Option<(u64, Id)>,
) -> Result<Vec<Vec<u8>>, Failure> {
    let (mut next, mut prev) = shown.map_or((0, at.epoch), |(seq, id)| (seq.saturating_add(1), id));
    // Newest first: what is to be found is at the end.
    let mut found: Vec<Recorded> = Vec::new();
    let mut wanted = at.next_seq;
    let mut index = standing.size;
    while wanted > next && index > standing.first {
        index -= 1;
        for recorded in session.entries(index..index.saturating_add(1), |_| {})? {
            let is_next = recorded.attestation().is_some_and(|(_, attestation)| {
                let body = attestation.body();
                body.unit.as_str() == at.unit
                    && (body.epoch, body.seq) == (at.epoch, wanted.saturating_sub(1))
                    && authentic(&attestation, &key).is_ok()
            });
            if is_next {
                wanted -= 1;
                found.push(recorded);
            }
        }
    }
    found.reverse();
    // It gave them up, and only an export has them.
    if wanted > next {
        return Err(refused("error-device-given-up").with("unit", &at.unit).with("next", next).with("first", wanted));
    }
    let mut pending = Vec::new();
    for (bytes, attestation) in found.iter().filter_map(Recorded::attestation) {
        let body = attestation.body();
        if (body.seq, body.prev) != (next, prev) {
            return Err(restored(at, next));
        }
        (next, prev) = (next.saturating_add(1), attestation.id());
        pending.push(bytes.to_vec());
    }
    // The same number with another statement is what a restored device comes to.
    if prev != at.prev { Err(restored(at, next)) } else { Ok(pending) }
}
