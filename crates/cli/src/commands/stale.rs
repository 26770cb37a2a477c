//! Statements that were signed under an epoch which ended before they were logged, offered for signing anew.
//!
//! What a request or a log shows logged is forgotten before anything is offered. A request shows the unit's last
//! attestation in each of its epochs, and an ended epoch grows no more: so what is offered is not in the log, as far as
//! the operator's request is whole. That it is whole cannot be known from a request; with a log it is.

use std::collections::HashSet;

use ikrar_core::attestation::{Body, decode_body};
use ikrar_core::digest::{Id, attestation_id};
use ikrar_core::state::Store as _;
use ikrar_core::statement::{RoundRef, Statement};
use ikrar_log::census::UnitIx;
use ikrar_log::history::History;
use ikrar_log::signer::Signer;

use super::sign;
use crate::args::Stale;
use crate::context::Context;
use crate::failure::Failure;

/// Shows what is stale, and does with it what the user says. How many statements were signed anew.
pub(crate) fn settle(
    signer: &mut Signer,
    history: &History,
    asked: Option<Stale>,
    context: &Context,
) -> Result<usize, Failure> {
    let stale: Vec<Vec<u8>> = signer.stale().map(<[u8]>::to_vec).collect();
    if stale.is_empty() {
        return Ok(0);
    }
    let moot = moot(signer, history, &stale)?;
    context.say("stale-head", &[("count", stale.len().into())]);
    let show = |which: bool| {
        let of_kind = stale.iter().filter(|body| moot.contains(&attestation_id(body)) == which);
        let decoded: Vec<_> = of_kind.filter_map(|body| decode_body(body).ok()).collect();
        // All of them: nothing is signed that was not shown.
        decoded.iter().for_each(|body| context.show(&body.statement));
    };
    show(false);
    if !moot.is_empty() {
        context.say("stale-moot", &[("count", moot.len().into())]);
        show(true);
    }
    let left = stale.len().saturating_sub(moot.len());
    let choice = match asked {
        Some(choice) => choice,
        None => match context.ask("stale-ask").as_deref() {
            None => {
                context.say("stale-no-terminal", &[]);
                Stale::Keep
            }
            Some("s" | "sign" | "t" | "tanda tangani") => Stale::Sign,
            Some("d" | "discard" | "h" | "hapus") => Stale::Discard,
            Some(_) => Stale::Keep,
        },
    };
    let failed = |error: ikrar_log::signer::SignerError| sign::signer_failure(&error);
    match choice {
        Stale::Keep => {
            context.say("stale-kept", &[("count", stale.len().into())]);
            Ok(0)
        }
        Stale::Discard => {
            signer.discard_stale().map_err(failed)?;
            context.say("stale-discarded", &[("count", stale.len().into())]);
            Ok(0)
        }
        Stale::Sign => {
            let wanted = |body: &[u8]| !moot.contains(&attestation_id(body));
            signer.sign_stale_anew(context.now(), wanted).map_err(failed)?;
            context.say("stale-signed", &[("count", left.into())]);
            Ok(left)
        }
    }
}

/// Of the stale bodies, those whose statement can have no effect any more: a round that has the unit's pledge, a target
/// that is corrected, an epoch that has ended otherwise.
fn moot(signer: &Signer, history: &History, stale: &[Vec<u8>]) -> Result<HashSet<Id>, Failure> {
    let queued = signer.pending_attestations().map_err(|error| sign::signer_failure(&error))?;
    let queued: Vec<Body<'_>> = queued.iter().filter_map(|bytes| body_of(bytes)).collect();
    let mut moot = HashSet::new();
    let Some(unit) = history.unit_by_id(signer.unit()) else { return Ok(moot) };
    let epoch = signer.head().map(|head| head.epoch);
    let is_queued = |round: RoundRef<'_>| {
        queued.iter().any(|body| matches!(&body.statement, Statement::Pledge(pledge) if pledge.round == round))
    };
    for bytes in stale {
        let Ok(body) = decode_body(bytes) else { continue };
        let is_moot = match &body.statement {
            Statement::Pledge(pledge) => has_pledge(history, unit, pledge.round) || is_queued(pledge.round),
            Statement::Correction(correction) => {
                let logged = history.earlier(unit, &correction.target).ok().flatten();
                moot.contains(&correction.target) || logged.is_some_and(|target| !target.in_force)
            }
            Statement::Rekey(rekey) => rekey.unit.as_str() == signer.unit() && rekey.ends != epoch,
            _ => false,
        };
        if is_moot {
            moot.insert(attestation_id(bytes));
        }
    }
    Ok(moot)
}

fn has_pledge(history: &History, unit: UnitIx, round: RoundRef<'_>) -> bool {
    let known = history.find_round(round).ok().flatten();
    known.is_some_and(|round| history.pledge(unit, round).ok().flatten().is_some())
}

fn body_of(attestation: &[u8]) -> Option<Body<'_>> {
    Some(ikrar_core::attestation::Attestation::decode(attestation).ok()?.body().clone())
}
