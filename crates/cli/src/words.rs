//! What an attestation says: in words of the user's language, and as structured data (spec §5).

mod authority;
mod json;
mod name;
mod rows;
mod unit;

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::TextHash;
use ikrar_core::statement::{Replacement, Statement};

pub(crate) use json::{AttestationOut, StatementOut, time};
pub(crate) use name::kebab;
pub(crate) use rows::{Rows, table};

use crate::messages::Messages;

/// A statement as label and value, its kind first.
pub(crate) fn statement(statement: &Statement<'_>, messages: &Messages) -> Vec<(String, String)> {
    let mut rows = Rows::new(messages);
    rows.word("statement", "statement", &kebab(statement.name()));
    match statement {
        Statement::Genesis(genesis) => authority::genesis(&mut rows, genesis),
        Statement::PublishText(text) => authority::text(&mut rows, text),
        Statement::PublishPolicy(policy) => rows.value("policy", policy),
        Statement::RekeyLog(key) => rows.value("log-key", key),
        Statement::Enroll(enroll) => authority::enroll(&mut rows, enroll),
        Statement::Amend(amend) => authority::amend(&mut rows, amend),
        Statement::Rekey(rekey) => authority::rekey(&mut rows, rekey),
        Statement::Retire(retire) => authority::retire(&mut rows, retire),
        Statement::OpenJournal(journal) => authority::journal(&mut rows, journal),
        Statement::OpenRound(round) => authority::round(&mut rows, round),
        Statement::Pledge(pledge) => unit::pledge(&mut rows, pledge),
        Statement::Briefing(briefing) => unit::briefing(&mut rows, briefing),
        Statement::Monitoring(monitoring) => unit::monitoring(&mut rows, monitoring),
        Statement::Referral(referral) => unit::referral(&mut rows, referral),
        Statement::Correction(correction) => unit::correction(&mut rows, correction),
    }
    rows.done()
}

/// An attestation as label and value: who signed it and when by the signer's clock, then its statement.
pub(crate) fn attestation(
    attestation: &Attestation<'_>,
    zone: Option<&str>,
    messages: &Messages,
) -> Vec<(String, String)> {
    let body = attestation.body();
    let mut rows = Rows::new(messages);
    rows.value("signer", body.unit);
    rows.time("made-at", body.made_at, zone);
    rows.value("id", attestation.id());
    rows.value("epoch", body.epoch);
    rows.value("seq", body.seq);
    let mut rows = rows.done();
    rows.extend(statement(&body.statement, messages));
    rows
}

/// The text that a pledge, or a correction to one, names.
pub(crate) fn text_of(statement: &Statement<'_>) -> Option<TextHash> {
    match statement {
        Statement::Pledge(pledge) => Some(pledge.text),
        Statement::Correction(correction) => match correction.replacement.as_ref()? {
            Replacement::Pledge(pledge) => Some(pledge.text),
            _ => None,
        },
        _ => None,
    }
}

/// A statement for machines.
pub(crate) fn json<'a>(statement: &'a Statement<'a>) -> StatementOut<'a> {
    StatementOut::from(statement)
}

#[cfg(test)]
mod tests;
