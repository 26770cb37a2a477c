//! `ikrar device export`: the journal in a file, verified here before anything is given up there.

use ikrar_core::chain::Chain;
use ikrar_core::checkpoint::Checkpoint;
use ikrar_core::merkle::CompactRange;
use ikrar_core::note::Note;
use ikrar_core::rule::Severity;
use ikrar_log::journal_export::{self, Exported, JournalExport};
use ikrar_log::trust::TrustRoot;
use ikrar_terminal::wire::{Answer, Request};

use super::session::{Before, Recorded, Session, Standing};
use crate::args::DeviceExport;
use crate::commands::sign;
use crate::context::Context;
use crate::failure::{Exit, Failure, bad, refused, usage};
use crate::message::{Tell as _, cause};

pub(crate) fn export(args: &DeviceExport, context: &Context) -> Result<Exit, Failure> {
    if args.acknowledge && args.out == std::path::Path::new("-") {
        // Nobody knows what becomes of what is written there.
        return Err(usage("error-device-acknowledge-stdout"));
    }
    sign::refuse_existing(&args.out)?;
    let mut session = Session::open(&args.reach)?;
    let standing = session.standing()?;
    let trust = own_trust(&standing)?;
    let items = session.items()?;
    let checkpoint = checkpoint(&mut session)?;
    let before = session.base()?;
    let (size, root) = signed(&checkpoint)?;
    let bar = context.progress(size.saturating_sub(before.size));
    let entries = session.entries(before.size..size, |_| bar.inc(1))?;
    bar.finish_and_clear();
    let whole = assembled(&checkpoint, &items, &before, &entries);
    let seen = journal_export::verify(&whole, &trust);
    if let Some(finding) = seen.findings.iter().find(|finding| finding.severity() == Severity::Error) {
        let meaning = finding.rule.map_or_else(|rule| rule.message(), |rule| rule.message());
        return Err(bad("error-device-journal").with("rule", finding.name()).told("cause", &meaning));
    }
    let first = args.from.unwrap_or(before.size);
    let part = from(whole, first)?;
    let bytes = part.encode().map_err(|error| bad("error-device-journal-long").because(&error))?;
    sign::write(&args.out, &bytes)?;
    let said = [
        ("first", first.to_string().into()),
        ("count", part.entries.len().into()),
        ("size", size.to_string().into()),
        ("path", args.out.display().to_string().into()),
    ];
    context.say("device-export-done", &said);
    if seen.unchecked > 0 {
        context.say("device-export-unchecked", &[("count", seen.unchecked.into())]);
    }
    if args.acknowledge {
        session.done(&Request::Acknowledge { size, root })?;
        context.say("device-acknowledged-done", &[("size", size.to_string().into())]);
    }
    Ok(Exit::Good)
}

/// The device's own words on registry and log: that they are the right ones `ikrar verify` checks, under a trust root.
fn own_trust(standing: &Standing) -> Result<TrustRoot, Failure> {
    let roster = standing.roster.as_ref().ok_or_else(|| refused("error-device-not-ready"))?;
    Ok(TrustRoot {
        registry_name: String::new(),
        registry: roster.registry,
        authority: ikrar_core::digest::PublicKey([0; 32]),
        origin: roster.origin.clone(),
        log_key: ikrar_core::digest::PublicKey([0; 32]),
        log_since: 0,
        policy: None,
    })
}

fn checkpoint(session: &mut Session) -> Result<Vec<u8>, Failure> {
    session.ask(&Request::Checkpoint, |answer| match answer {
        Answer::Checkpoint(note) => Some(note.to_vec()),
        _ => None,
    })
}

/// Size and root as the note says; its signature is checked with the whole.
fn signed(note: &[u8]) -> Result<(u64, ikrar_core::digest::Hash), Failure> {
    let parsed = Note::parse(note).ok();
    let checkpoint = parsed.and_then(|note| Checkpoint::parse(note.text()).ok());
    let failed =
        || bad("error-device-journal").with("rule", "journal-checkpoint").because(&cause("rule-journal-checkpoint"));
    checkpoint.map(|checkpoint| (checkpoint.size, checkpoint.root)).ok_or_else(failed)
}

fn assembled<'a>(
    checkpoint: &'a [u8],
    items: &'a [Vec<u8>],
    before: &Before,
    entries: &'a [Recorded],
) -> JournalExport<'a> {
    JournalExport {
        checkpoint,
        items: items.iter().map(Vec::as_slice).collect(),
        first: before.size,
        head: before.head,
        range: before.range.clone(),
        entries: entries.iter().map(|recorded| Exported { mark: recorded.mark, entry: &recorded.entry }).collect(),
    }
}

/// The part from this index on.
fn from(whole: JournalExport<'_>, first: u64) -> Result<JournalExport<'_>, Failure> {
    let last = whole.first.saturating_add(u64::try_from(whole.entries.len()).unwrap_or(u64::MAX));
    let outside = || refused("error-device-from").with("first", whole.first).with("size", last).with("asked", first);
    if !(whole.first..=last).contains(&first) {
        return Err(outside());
    }
    let range = CompactRange::from_parts(whole.first, &whole.range).map_err(|_| outside())?;
    let mut chain: Chain = Chain::from_parts(whole.head, range);
    let skipped = usize::try_from(first - whole.first).map_err(|_| outside())?;
    for exported in whole.entries.iter().take(skipped) {
        chain.push(exported.entry).map_err(|_| outside())?;
    }
    Ok(JournalExport {
        first,
        head: chain.head(),
        range: chain.tree().hashes().to_vec(),
        entries: whole.entries.get(skipped..).unwrap_or_default().to_vec(),
        ..whole
    })
}
