//! `ikrar resend`: what was signed and may have got lost on its way, once more.

use ikrar_core::attestation::Attestation;
use ikrar_core::statement::Statement;

use super::sign;
use crate::args;
use crate::context::Context;
use crate::failure::{Exit, Failure};

pub(crate) fn resend(args: &args::Resend, context: &Context) -> Result<Exit, Failure> {
    let desk = sign::desk(&args.signing, &args.source, context)?;
    let pending = desk.signer.pending_attestations().map_err(|error| sign::signer_failure(&error))?;
    let is_genesis = |bytes: &Vec<u8>| {
        let decoded = Attestation::decode(bytes);
        decoded.is_ok_and(|attestation| matches!(attestation.body().statement, Statement::Genesis(_)))
    };
    // A log is started from a genesis, and takes none in.
    let (genesis, others): (Vec<_>, Vec<_>) = pending.into_iter().partition(is_genesis);
    if !genesis.is_empty() {
        context.say("resend-genesis", &[]);
    }
    let stale = desk.signer.stale().count();
    if desk.history().is_none() && stale > 0 {
        context.say("resend-stale", &[("count", stale.into())]);
    }
    if others.is_empty() {
        context.say("resend-nothing", &[]);
        return Ok(Exit::Good);
    }
    let decoded: Vec<_> = others.iter().filter_map(|bytes| Attestation::decode(bytes).ok()).collect();
    context.show_some(decoded.iter().map(|attestation| &attestation.body().statement));
    sign::deliver(&others, desk.signed_anew(), &args.signing.out, context)
}
