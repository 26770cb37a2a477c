//! `ikrar prove`: a receipt for one entry.

use std::path::Path;

use ikrar_core::digest::Id;
use ikrar_core::statement::Duty;
use ikrar_log::history::{History, RoundIx, UnitRecord};
use ikrar_log::medium::Folder;
use ikrar_log::path;
use ikrar_log::proof_bundle::{self, Bundle, OwnedItem};
use ikrar_log::receipt::{Receipt, check};
use ikrar_log::store::Store;
use ikrar_log::verify::FindingRule;

use super::{log, question, sign};
use crate::args;
use crate::context::Context;
use crate::failure::{Exit, Failure, bad, usage};
use crate::message::Tell;
use crate::words::kebab;

pub(crate) fn run(args: &args::Prove, context: &Context) -> Result<Exit, Failure> {
    sign::refuse_existing(&args.out)?;
    let trust = log::trust_root(args.trust.keys.as_deref())?;
    let store = log::open(&args.log)?;
    let verification = log::sound(&args.log, &store, &trust.root, context)?;
    let history = verification.history();
    let size = verification.state.chain().size();
    let unit = history.unit_by_id(&args.unit);
    let unit = history.record(unit.ok_or_else(|| usage("error-unknown-unit").with("unit", &args.unit))?);
    let failed = |error: &ikrar_log::store::Error| log::store_failure(&args.log, error);

    let index = match (args.entry, &args.id) {
        (Some(entry), _) => entry,
        (None, Some(id)) => find(&store, size, Id(sign::hash(id)?), &args.log)?,
        (None, None) => standing(history, unit, args.round.as_deref())?,
    };
    if index >= size {
        return Err(usage("error-no-entry").with("entry", index).with("size", size));
    }
    let entry = store.entry(index, size).map_err(|error| failed(&error))?;
    let attestation = path::attestation(&entry).ok_or_else(|| usage("error-entry-anchor").with("entry", index))?;
    let signer = attestation.body().unit;
    if signer.as_str() != args.unit {
        return Err(usage("error-entry-of-other").with("entry", index).with("signer", signer).with("unit", &args.unit));
    }

    let unproven = |cause: &dyn Tell| bad("error-receipt").because(cause);
    let items = proof_bundle::collect(&store, path::of_entry(history, index, &attestation), size);
    let items = items.map_err(|error| failed(&error))?;
    let bundle = Bundle::new(items.iter().map(OwnedItem::as_item).collect());
    let bundle = bundle.map_err(|error| unproven(&error))?;
    let checkpoint = store.checkpoint().map_err(|error| failed(&error))?;
    let receipt = Receipt::new(index, &bundle, &checkpoint).map_err(|error| unproven(&error))?;
    // What is handed out is checked as its receiver will.
    let checked = check(&receipt, &bundle, &trust.root).map_err(|error| unproven(&error))?;
    sign::write(&args.out, &receipt.encode())?;

    let statement = context.text(&format!("statement-{}", kebab(attestation.body().statement.name())), &[]);
    let told = [
        ("entry", index.to_string().into()),
        ("statement", statement.into()),
        ("unit", (&args.unit).into()),
        ("path", args.out.display().to_string().into()),
    ];
    context.say("prove-done", &told);
    let in_log = verification.findings.iter().filter(|finding| finding.entry == Some(index));
    let rules = in_log.filter_map(|finding| match finding.rule {
        FindingRule::Entry(rule) if rule.consequence() == ikrar_core::rule::Consequence::NoEffect => Some(rule),
        _ => None,
    });
    for rule in rules {
        context.say("prove-no-effect", &[("rule", rule.name().into()), ("meaning", rule.message().into())]);
    }
    if checked.witnessed == Some(false) {
        context.say("prove-unwitnessed", &[]);
    }
    Ok(Exit::Good)
}

/// The entry that holds the attestation with this id.
fn find(store: &Store<Folder>, size: u64, id: Id, log: &Path) -> Result<u64, Failure> {
    for bundle in store.bundles(size) {
        let bundle = bundle.map_err(|error| log::store_failure(log, &error))?;
        let is_it = |entry| path::attestation(entry).is_some_and(|attestation| attestation.id() == id);
        if let Some((index, _)) = bundle.entries().find(|(_, entry)| is_it(entry)) {
            return Ok(index);
        }
    }
    Err(usage("error-unknown-id").with("id", id))
}

/// The unit's pledge that counts in the round: the original, or its latest correction in force. Without a round, in the
/// only one in which it has a pledge.
fn standing(history: &History, unit: &UnitRecord, round: Option<&str>) -> Result<u64, Failure> {
    let in_round = |round: RoundIx| {
        let last = unit.undisputed(round, Duty::Pledge, |_| true).next_back();
        last.filter(|last| !last.is_withdrawal()).map(|last| last.at.index)
    };
    let none = || usage("error-no-standing-pledge").with("unit", &unit.id);
    if let Some(name) = round {
        return in_round(question::find_round(history, name)?).ok_or_else(none);
    }
    let found = history.rounds().filter_map(|(round, record)| Some((in_round(round)?, history.round_name(record))));
    match found.collect::<Vec<_>>().as_slice() {
        [] => Err(none()),
        [(index, _)] => Ok(*index),
        several => {
            let known: Vec<_> = several.iter().map(|(_, name)| name.clone()).collect();
            Err(usage("error-which-round").with("unit", &unit.id).with("known", known.join(", ")))
        }
    }
}
