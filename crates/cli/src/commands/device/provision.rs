//! `ikrar device provision`: a device is given what it needs to know of a log, and signs that it begins from there.

use ikrar_core::attestation::Attestation;
use ikrar_core::codec;
use ikrar_core::digest::signing_message;
use ikrar_core::field::ProofBytes;
use ikrar_core::signature;
use ikrar_core::statement::Statement;
use ikrar_journal::Item;
use ikrar_log::census::UnitIx;
use ikrar_log::device_roster::{self, Asked, DeviceRoster, DeviceRosterError};
use ikrar_log::history::History;
use ikrar_log::medium::Folder;
use ikrar_log::store::{Head, Store};
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::open_checkpoint;
use ikrar_terminal::wire::{Answer, HEAD, Request, Stage};

use super::session::{Session, Standing, TreeHead};
use crate::args::DeviceProvision;
use crate::commands::{log, question, sign};
use crate::context::Context;
use crate::failure::{Exit, Failure, bad, refused, usage};
use crate::message::cause;

/// Most bytes of an `OpenJournal`'s entry beside its proof: a device encodes it behind the request.
const STATEMENT: usize = 500;

pub(crate) fn provision(args: &DeviceProvision, context: &Context) -> Result<Exit, Failure> {
    sign::refuse_existing(&args.out)?;
    let trust = log::trust_root(args.trust.keys.as_deref())?;
    let store = log::open(&args.log)?;
    let verification = log::sound(&args.log, &store, &trust.root, context)?;
    let history = verification.history();
    let head = Head { size: verification.state.chain().size(), root: verification.state.chain().root() };
    let unit = find(history, &args.unit)?;

    let mut session = Session::open(&args.reach)?;
    let mut standing = session.standing()?;
    if standing.stage == Stage::Provisioning {
        // Cut short before: only under the roster before does it know what it was opened with.
        abandon(&mut session, context)?;
        standing = session.standing()?;
    }
    of_this_unit(history, unit, &session)?;
    of_this_registry(&standing, &trust.root)?;
    not_restored(history, unit, &standing)?;
    let mut asked = Asked {
        unit,
        subtree: !args.alone,
        also: args.also.iter().map(|also| find(history, also)).collect::<Result<_, _>>()?,
        rounds: args.round.iter().map(|name| question::find_round(history, name)).collect::<Result<_, _>>()?,
    };
    if args.round.is_empty() {
        asked.rounds = device_roster::open_rounds(history, unit, context.now());
    }
    // The numbers of whom it knows are not to be forgotten.
    asked.also.extend(known(history, &session.items_if(&standing)?));
    let most = usize::from(session.identity.units);
    let roster = device_roster::build(history, &trust.root, head, &asked, most).map_err(|error| unfit(args, &error))?;
    let checkpoint = bare(&store, args, &trust.root)?;
    let proof = consistency(&store, args, standing.opened, head)?;

    let opened = teach(&mut session, &roster, &checkpoint, &proof, context)?;
    check(&opened, &session, history, unit, &trust.root, head, &roster)?;
    let written = sign::write_attestations(&[opened], &args.out);
    written.map_err(|failure| failure.told_as("error-device-not-written"))?;
    for round in &asked.rounds {
        context.say("device-provision-round", &[("round", history.round_name(history.round_record(*round)).into())]);
    }
    if asked.rounds.is_empty() {
        context.say("device-provision-no-round", &[]);
    }
    let path = args.out.display().to_string();
    context.say(
        "device-provision-done",
        &[
            ("unit", (&args.unit).into()),
            ("units", roster.units.into()),
            ("size", head.size.into()),
            ("path", path.into()),
        ],
    );
    Ok(Exit::Good)
}

fn find(history: &History, unit: &str) -> Result<UnitIx, Failure> {
    history.unit_by_id(unit).ok_or_else(|| usage("error-unknown-unit").with("unit", unit))
}

/// The log must know the device's key, as that of this unit.
fn of_this_unit(history: &History, unit: UnitIx, session: &Session) -> Result<(), Failure> {
    let record = history.record(unit);
    match record.epoch {
        Some(epoch) if epoch.key == session.identity.unit_key => Ok(()),
        Some(_) => Err(refused("error-device-other-key").with("unit", &record.id)),
        None => Err(refused("error-device-no-key").with("unit", &record.id)),
    }
}

/// What the log has under this key only this device can have signed: it would be told its own numbers by the log.
fn not_restored(history: &History, unit: UnitIx, standing: &Standing) -> Result<(), Failure> {
    let record = history.record(unit);
    let Some(epoch) = record.epoch else { return Ok(()) };
    let known = standing.unit.as_ref().filter(|known| known.epoch == epoch.id);
    let (next, prev) = known.map_or((0, epoch.id), |known| (known.next_seq, known.prev));
    let same = next > epoch.next_seq || (next, prev) == (epoch.next_seq, epoch.head);
    if same {
        return Ok(());
    }
    Err(refused("error-device-restored").with("unit", &record.id).with("logged", epoch.next_seq).with("next", next))
}

fn of_this_registry(standing: &Standing, trust: &TrustRoot) -> Result<(), Failure> {
    match &standing.roster {
        Some(roster) if roster.registry != trust.registry => {
            Err(refused("error-device-other-registry").with("found", roster.registry).with("pinned", trust.registry))
        }
        _ => Ok(()),
    }
}

/// Units of the roster before that had a key.
fn known(history: &History, items: &[Vec<u8>]) -> Vec<UnitIx> {
    let keyed = items.iter().filter_map(|item| match codec::decode(item) {
        Ok(Item::Unit(unit)) => unit.epoch.and_then(|_| history.unit_by_id(unit.id.as_str())),
        _ => None,
    });
    keyed.collect()
}

fn unfit(args: &DeviceProvision, error: &DeviceRosterError) -> Failure {
    let failure = match error {
        DeviceRosterError::Units { .. } if !args.alone => refused("error-device-subtree"),
        DeviceRosterError::Rounds { .. } | DeviceRosterError::Texts { .. } => refused("error-device-rounds"),
        _ => refused("error-device-roster"),
    };
    failure.with("unit", &args.unit).because(error)
}

/// The log's checkpoint with its own signature alone: cosignatures are not for the device, and long.
fn bare(store: &Store<Folder>, args: &DeviceProvision, trust: &TrustRoot) -> Result<Vec<u8>, Failure> {
    let note = store.checkpoint().map_err(|error| log::store_failure(&args.log, &error))?;
    let failed = || bad("error-log-damaged").with("path", args.log.display());
    let opened = open_checkpoint(&note, trust).map_err(|finding| failed().told("cause", &*finding.detail))?;
    let parsed = opened.note();
    let key = trust.log().map_err(|error| failed().because(&error))?;
    let lines = parsed.signatures().filter(|signature| signature.is_by(&key));
    let lines: String = lines.map(|signature| format!("{}\n", signature.line())).collect();
    Ok(format!("{}\n{lines}", parsed.text()).into_bytes())
}

fn consistency(
    store: &Store<Folder>,
    args: &DeviceProvision,
    opened: Option<TreeHead>,
    head: Head,
) -> Result<Vec<u8>, Failure> {
    let Some((before, _)) = opened else { return Ok(Vec::new()) };
    if before > head.size {
        return Err(refused("error-device-ahead").count("before", before).count("size", head.size));
    }
    let proof = store.tree(head.size).consistency_proof(before, head.size);
    let proof = proof.map_err(|error| log::store_failure(&args.log, &error))?;
    Ok(proof.iter().flat_map(|hash| hash.0).collect())
}

/// A conclusion that is refused brings the roster before back into force (spec §14.3).
fn abandon(session: &mut Session, context: &Context) -> Result<(), Failure> {
    let nothing = Request::Conclude { checkpoint: &[], proof: ProofBytes::default(), made_at: context.now() };
    session.try_ask(&nothing, |_| None::<()>).map(|_| ())
}

/// Sends the roster, and gets the signed `OpenJournal`.
fn teach(
    session: &mut Session,
    roster: &DeviceRoster,
    checkpoint: &[u8],
    proof: &[u8],
    context: &Context,
) -> Result<Vec<u8>, Failure> {
    let made_at = context.now();
    let proof = ProofBytes::new(proof).unwrap_or_default();
    let conclude = Request::Conclude { checkpoint, proof, made_at };
    let needed = HEAD + checkpoint.len() + 2 * proof.as_bytes().len() + STATEMENT;
    let most = usize::from(session.identity.message);
    if needed > most {
        return Err(refused("error-device-small").count("needed", needed).count("most", most));
    }
    session.done(&Request::Provision)?;
    let bar = context.progress(u64::try_from(roster.items.len()).unwrap_or_default());
    for item in &roster.items {
        if let Err(failure) = session.done(&Request::Provide(item)) {
            // The refusal is what is told.
            let _ = abandon(session, context);
            return Err(failure);
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    session.ask(&conclude, |answer| match answer {
        Answer::Signed { attestation, .. } => Some(attestation.to_vec()),
        _ => None,
    })
}

/// What came back must be what was asked for, signed by the unit's key.
fn check(
    bytes: &[u8],
    session: &Session,
    history: &History,
    unit: UnitIx,
    trust: &TrustRoot,
    head: Head,
    roster: &DeviceRoster,
) -> Result<(), Failure> {
    let wrong = || bad("error-device-open-journal");
    let attestation = Attestation::decode(bytes).map_err(|error| wrong().because(&error))?;
    let key = session.identity.unit_key;
    signature::verify(&key, &signing_message(&attestation.id()), attestation.signature())
        .map_err(|error| wrong().because(&error))?;
    let body = attestation.body();
    let record = history.record(unit);
    let Statement::OpenJournal(journal) = &body.statement else {
        return Err(wrong().because(&cause("device-signed-else")));
    };
    let same = body.unit.as_str() == &*record.id
        && record.epoch.is_some_and(|epoch| epoch.id == body.epoch && epoch.next_seq <= body.seq)
        && journal.registry == trust.registry
        && (journal.tree_size, journal.root) == (head.size, head.root)
        && journal.roster == roster.hash
        && journal.origin.as_str() == format!("{}/{}", trust.origin, record.id)
        && journal.key == session.identity.journal_key;
    if same { Ok(()) } else { Err(wrong().because(&cause("device-signed-else"))) }
}
