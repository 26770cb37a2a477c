//! `ikrar request`: what an operator hands to a unit.

use ikrar_core::field::{Code, UnitId};
use ikrar_core::statement::RoundRef;
use ikrar_log::census::UnitIx;
use ikrar_log::history::{History, RoundIx};
use ikrar_log::path;
use ikrar_log::proof_bundle::{self, Bundle, OwnedItem};
use ikrar_log::request::{LoggedHead, Request};

use super::answer::warn_of_time;
use crate::args;
use crate::commands::{log, question, sign};
use crate::context::Context;
use crate::failure::{Exit, Failure, refused, usage};
use crate::message::Tell;

pub(crate) fn request(args: &args::Request, context: &Context) -> Result<Exit, Failure> {
    sign::refuse_existing(&args.out)?;
    let trust = log::trust_root(args.trust.keys.as_deref())?;
    let store = log::open(&args.log)?;
    let verification = log::sound(&args.log, &store, &trust.root, context)?;
    let history = verification.history();
    let unit_id = sign::unit_id(&args.unit)?;
    let unknown = || usage("error-unknown-unit").with("unit", &args.unit);
    let unit = history.unit_by_id(&args.unit).ok_or_else(unknown)?;
    let round = args.round.as_deref().map(|name| question::find_round(history, name)).transpose()?;
    refuse_unanswerable(history, unit, round)?;
    let size = verification.state.chain().size();
    let failed = |error: &ikrar_log::store::Error| log::store_failure(&args.log, error);
    let checkpoint = store.checkpoint().map_err(|error| failed(&error))?;

    let proven = proof_bundle::collect(&store, path::collect(history, unit, round), size);
    let proven = proven.map_err(|error| failed(&error))?;
    let too_large = |cause: &dyn Tell| usage("error-request-too-large").because(cause);
    let items = proven.iter().map(OwnedItem::as_item).collect();
    let bundle = Bundle::new(items).map_err(|error| too_large(&error))?;
    let epoch = history.record(unit).epoch;
    let record = round.map(|round| history.round_record(round));
    let opener = record.map(|record| history.record(record.opener).id.to_string());
    let named = record.zip(opener.as_deref()).map(|(record, opener)| {
        let field = |cause: ikrar_core::field::FieldError| too_large(&cause);
        Ok::<_, Failure>(RoundRef {
            opener: UnitId::new(opener).map_err(field)?,
            id: Code::new(&record.id).map_err(field)?,
        })
    });
    let request = Request {
        unit: unit_id,
        round: named.transpose()?,
        head: epoch.map(|epoch| LoggedHead { epoch: epoch.id, next_seq: epoch.next_seq, prev: epoch.head }),
        checkpoint: &checkpoint,
        bundle,
    };
    let bytes = request.encode().map_err(|error| too_large(&error))?;
    sign::write(&args.out, &bytes)?;
    context.say("request-done", &[("unit", (&args.unit).into()), ("path", args.out.display().to_string().into())]);
    match record {
        None => context.say("request-no-round", &[]),
        Some(record) => {
            let verbs: Vec<_> =
                record.required.iter().map(|duty| super::words(*duty)).map(|(_, verb)| format!("`{verb}`")).collect();
            context.say("request-verbs", &[("verbs", verbs.join(", ").into())]);
            warn_of_time(record, context);
        }
    }
    Ok(Exit::Good)
}

/// What nobody could answer with effect is not asked.
fn refuse_unanswerable(history: &History, unit: UnitIx, round: Option<RoundIx>) -> Result<(), Failure> {
    let (id, census) = (&history.record(unit).id, history.census());
    if !census.post(unit).alive {
        return Err(refused("error-request-retired").with("unit", id));
    }
    if history.record(unit).epoch.is_none() {
        return Err(refused("error-request-no-key").with("unit", id));
    }
    let Some(round) = round.map(|round| history.round_record(round)) else { return Ok(()) };
    let failure = |key| Err(refused(key).with("unit", id).with("round", &round.id));
    if census.post(unit).parent.is_none() || !census.is_within(unit, round.subtree) {
        return failure("error-request-not-below")
            .map_err(|failure: Failure| failure.with("subtree", &history.record(round.subtree).id));
    }
    if !round.asks(&census.post(unit).kind) {
        return failure("error-request-kind").map_err(|failure: Failure| failure.with("kinds", round.kinds.join(", ")));
    }
    Ok(())
}
