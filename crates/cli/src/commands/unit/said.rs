//! What a unit said in a round: logged, as its request shows, and signed here but not seen logged.

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::Id;
use ikrar_core::statement::{Correction, Duty, Reason, Replacement, RoundRef, Statement};
use ikrar_log::history::RoundIx;
use ikrar_log::path;

use super::proven::Proven;

/// One statement.
#[derive(Clone, Debug)]
pub(super) struct Said<'a> {
    pub(super) id: Id,
    pub(super) duty: Duty,
    /// None withdraws the target.
    pub(super) content: Option<Replacement<'a>>,
    /// What it corrects, and why.
    pub(super) corrects: Option<(Id, Reason)>,
    /// Its index in the log; none while it was not seen there.
    pub(super) entry: Option<u64>,
}

/// All of them, in the order of signing.
pub(super) struct Statements<'a>(Vec<Said<'a>>);

impl<'a> Statements<'a> {
    pub(super) fn of(proven: &Proven<'a>, round: RoundIx, named: RoundRef<'_>, pending: &'a [Vec<u8>]) -> Self {
        let record = proven.history.record(proven.unit);
        let applied = |id: &Id| {
            let mut statements = record.statements.iter();
            let found = statements.find(|statement| statement.id == *id && statement.round == round);
            found.is_some_and(|found| !record.is_void(found.epoch, found.seq, |_| true))
        };
        let mut all = Self(Vec::new());
        for item in proven.request.bundle.items() {
            if let Some(logged) = path::attestation(item.entry).filter(|logged| applied(&logged.id())) {
                all.push(&logged, Some(item.index), named);
            }
        }
        for attestation in pending.iter().filter_map(|bytes| Attestation::decode(bytes).ok()) {
            all.push(&attestation, None, named);
        }
        all
    }

    fn push(&mut self, attestation: &Attestation<'a>, entry: Option<u64>, named: RoundRef<'_>) {
        let (content, corrects) = match &attestation.body().statement {
            Statement::Correction(Correction { target, reason, replacement }) => {
                (replacement.clone(), Some((*target, *reason)))
            }
            other => (subject(other), None),
        };
        let duty = match (&content, corrects) {
            (Some(content), _) if round(content) == named => duty(content),
            (None, Some((target, _))) => match self.find(&target) {
                Some(target) => target.duty,
                None => return,
            },
            _ => return,
        };
        self.0.push(Said { id: attestation.id(), duty, content, corrects, entry });
    }

    pub(super) fn find(&self, id: &Id) -> Option<&Said<'a>> {
        self.0.iter().find(|said| said.id == *id)
    }

    pub(super) fn of_kind(&self, duty: Duty) -> impl DoubleEndedIterator<Item = &Said<'a>> {
        self.0.iter().filter(move |said| said.duty == duty)
    }

    /// What corrects it.
    pub(super) fn correction_of(&self, id: &Id) -> Option<&Said<'a>> {
        self.0.iter().rev().find(|later| later.corrects.is_some_and(|(target, _)| target == *id))
    }

    /// Those that stand: neither corrected nor withdrawn, and withdrawing nothing.
    pub(super) fn in_force(&self, duty: Duty) -> impl Iterator<Item = &Said<'a>> {
        self.of_kind(duty).filter(|said| said.content.is_some() && self.correction_of(&said.id).is_none())
    }
}

/// What one of the four kinds says.
fn subject<'a>(statement: &Statement<'a>) -> Option<Replacement<'a>> {
    match statement {
        Statement::Pledge(pledge) => Some(Replacement::Pledge(pledge.clone())),
        Statement::Briefing(briefing) => Some(Replacement::Briefing(*briefing)),
        Statement::Monitoring(monitoring) => Some(Replacement::Monitoring(monitoring.clone())),
        Statement::Referral(referral) => Some(Replacement::Referral(referral.clone())),
        _ => None,
    }
}

/// The statement that says it for the first time.
pub(super) fn statement(content: Replacement<'_>) -> Statement<'_> {
    match content {
        Replacement::Pledge(pledge) => Statement::Pledge(pledge),
        Replacement::Briefing(briefing) => Statement::Briefing(briefing),
        Replacement::Monitoring(monitoring) => Statement::Monitoring(monitoring),
        Replacement::Referral(referral) => Statement::Referral(referral),
    }
}

pub(super) fn duty(content: &Replacement<'_>) -> Duty {
    match content {
        Replacement::Pledge(_) => Duty::Pledge,
        Replacement::Briefing(_) => Duty::Briefing,
        Replacement::Monitoring(_) => Duty::Monitoring,
        Replacement::Referral(_) => Duty::Referral,
    }
}

fn round<'a>(content: &Replacement<'a>) -> RoundRef<'a> {
    match content {
        Replacement::Pledge(pledge) => pledge.round,
        Replacement::Briefing(briefing) => briefing.round,
        Replacement::Monitoring(monitoring) => monitoring.round,
        Replacement::Referral(referral) => referral.round,
    }
}
