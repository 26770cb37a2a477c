//! Statements of the authority and of ancestors, in words.

use ikrar_core::statement::{Amend, Enroll, Genesis, OpenJournal, OpenRound, Place, PledgeText, Rekey, Retire};
use ikrar_core::text::pledge_text_hash;

use super::rows::Rows;

pub(super) fn genesis(rows: &mut Rows<'_>, genesis: &Genesis<'_>) {
    rows.value("registry", genesis.registry);
    rows.word("synthetic", "answer", if genesis.synthetic { "yes" } else { "no" });
    rows.value("origin", genesis.origin);
    rows.value("log-key", genesis.log_key);
    rows.value("root-key", genesis.root_key);
    match genesis.recovery_key {
        Some(key) => rows.value("recovery-key", key),
        None => rows.word("recovery-key", "none", "key"),
    }
}

pub(super) fn text(rows: &mut Rows<'_>, text: &PledgeText<'_>) {
    rows.value("title", text.title);
    rows.value("text-id", text.id);
    rows.value("version", text.version);
    rows.value("language", text.language);
    rows.value("text", pledge_text_hash(text));
    rows.optional("source", text.source);
    rows.optional("opening", Some(text.opening).filter(|opening| !opening.as_str().is_empty()));
    for (number, commitment) in text.commitments.numbered() {
        rows.commitment(number, commitment.as_str());
    }
    rows.optional("closing", Some(text.closing).filter(|closing| !closing.as_str().is_empty()));
}

pub(super) fn enroll(rows: &mut Rows<'_>, enroll: &Enroll<'_>) {
    rows.value("unit", enroll.unit);
    rows.value("name", enroll.name);
    rows.kind(enroll.kind.as_str());
    rows.value("parent", enroll.parent);
    match enroll.key {
        Some(key) => rows.value("key", key),
        None => rows.word("key", "none", "key"),
    }
    rows.optional("place", enroll.place.map(degrees));
    rows.optional("zone", enroll.zone);
    rows.optional("document", enroll.document);
}

/// `-6.9932, 110.4203`
fn degrees(place: Place) -> String {
    let one = |units: i32| {
        let sign = if units < 0 { "-" } else { "" };
        let (whole, part) = (units.unsigned_abs() / 10_000, units.unsigned_abs() % 10_000);
        format!("{sign}{whole}.{part:04}")
    };
    format!("{}, {}", one(place.latitude()), one(place.longitude()))
}

pub(super) fn amend(rows: &mut Rows<'_>, amend: &Amend<'_>) {
    rows.value("unit", amend.unit);
    rows.optional("new-name", amend.name);
    rows.optional("new-parent", amend.parent);
}

pub(super) fn rekey(rows: &mut Rows<'_>, rekey: &Rekey<'_>) {
    rows.value("unit", rekey.unit);
    match rekey.ends {
        Some(epoch) => rows.value("ends", epoch),
        None => rows.word("ends", "none", "epoch"),
    }
    match rekey.key {
        Some(key) => rows.value("new-key", key),
        None => rows.word("new-key", "none", "new-key"),
    }
    rows.optional("compromised-since", rekey.compromised_since);
    rows.optional("document", rekey.document);
}

pub(super) fn retire(rows: &mut Rows<'_>, retire: &Retire<'_>) {
    rows.value("unit", retire.unit);
    rows.list("successors", retire.successors.iter(), "successors");
    rows.optional("document", retire.document);
}

pub(super) fn journal(rows: &mut Rows<'_>, journal: &OpenJournal<'_>) {
    rows.value("journal", journal.origin);
    rows.value("journal-key", journal.key);
    rows.value("registry-id", journal.registry);
    rows.number("tree-size", journal.tree_size);
    rows.value("root", ikrar_log::verify::b64(&journal.root));
    rows.value("roster", journal.roster);
    rows.number("proof-hashes", u64::try_from(journal.proof.hashes().len()).unwrap_or_default());
}

pub(super) fn round(rows: &mut Rows<'_>, round: &OpenRound<'_>) {
    let zone = round.zone.map(|zone| zone.as_str());
    rows.value("title", round.title);
    rows.value("round", round.id);
    rows.named("cadence", round.cadence);
    rows.named("stage", round.stage);
    rows.time("opens", round.opens, zone);
    rows.time("due", round.due, zone);
    if let Some(expires) = round.expires {
        rows.time("expires", expires, zone);
    }
    rows.optional("zone", zone);
    rows.value("subtree", round.subtree);
    let kinds: Vec<_> = round.kinds.iter().map(|kind| rows.kind_name(kind.as_str())).collect();
    rows.list("kinds", kinds, "kinds");
    let required: Vec<_> = round.required.iter().map(|duty| rows.words(*duty)).collect();
    rows.list("required", required, "required");
    rows.list("texts", round.texts.iter(), "texts");
    rows.list("bases", round.bases.iter(), "bases");
}
