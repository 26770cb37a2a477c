//! Before a number is used: would the log that was asked give the statements an effect?

use ikrar_core::attestation::Attestation;
use ikrar_core::field::Time;
use ikrar_core::state::{LogState, Outcome};
use ikrar_core::statement::Statement;
use ikrar_log::history::History;
use ikrar_log::signer::Signer;

use super::signer_failure;
use crate::context::Context;
use crate::failure::{Failure, refused};
use crate::message::Tell as _;

/// Most statements that are told one by one.
const SHOWN: usize = 20;

/// Refuses all where the log would give one no effect: half of a batch is nobody's wish, and a statement without effect
/// stays in the log for ever. What the signer signed before and the log lacks goes first, as it will at intake.
pub(super) fn refuse_futile(
    state: LogState<History>,
    signer: &Signer,
    statements: &[Statement<'_>],
    now: Time,
    context: &Context,
) -> Result<(), Failure> {
    let mut rehearsal = state.rehearse();
    let mut say = |bytes: &[u8]| match Attestation::decode(bytes).map(|attestation| rehearsal.say(now, &attestation)) {
        Ok(Outcome::NoEffect(rule) | Outcome::Rejected(rule)) => Some(rule),
        Ok(Outcome::Applied | Outcome::NotCheckable) | Err(_) => None,
    };
    let drafts = signer.drafts(statements, now).map_err(|error| signer_failure(&error))?;
    let rules: Vec<_> = drafts.iter().map(|draft| say(draft)).collect();
    let before = rules.len().saturating_sub(statements.len());
    let judged: Vec<_> = statements.iter().zip(rules.into_iter().skip(before)).collect();
    let mut futile = judged.iter().filter_map(|(statement, rule)| Some((statement, (*rule)?)));
    let count = futile.clone().count();
    let Some((_, first)) = futile.clone().next() else { return Ok(()) };
    if statements.len() == 1 {
        return Err(refused("error-no-effect").with("rule", first.name()).told("meaning", &first));
    }
    for (statement, rule) in futile.by_ref().take(SHOWN) {
        let of = match statement {
            Statement::Enroll(enroll) => enroll.unit.as_str(),
            _ => statement.name(),
        };
        let args = [("of", of.into()), ("rule", rule.name().into()), ("meaning", rule.message().into())];
        context.say("no-effect-of", &args);
    }
    Err(refused("error-no-effect-batch").count("count", count).count("of", statements.len()))
}
