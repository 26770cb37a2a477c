//! A check's outcome, for people and for machines.

use std::fmt::Write as _;

use anstyle::AnsiColor;
use ikrar_core::field::Time;
use ikrar_core::statement::Statement;
use ikrar_log::receipt::{Checked, Witnesses};
use ikrar_log::report::{RegistryOut, TrustOut, rfc3339};
use ikrar_log::verify::b64;
use serde::Serialize;

use super::evidence::Evidence;
use super::{File, Judged, Signed, Verdict};
use crate::commands::log::Pinned;
use crate::context::Context;
use crate::failure::Exit;
use crate::message::Tell as _;
use crate::words::{self, AttestationOut, Rows, table};

/// The version of the schema.
const SCHEMA: &str = "ikrar.check/1";

/// What a receipt never excludes (spec §7.6).
const NOT_EXCLUDED: [&str; 5] = ["no-effect", "rekeys", "disputes", "retirement", "corrections"];

fn not_excluded(checked: &Checked<'_>) -> Vec<&'static str> {
    let mut names = NOT_EXCLUDED.to_vec();
    // Witnesses vouch that this is what the log showed; without them a thief of a key that was replaced since could.
    names.extend((checked.witnessed != Some(true)).then_some("log-rotation"));
    names
}

#[derive(Serialize)]
struct CheckOut<'a> {
    schema: &'static str,
    kind: &'static str,
    ok: bool,
    trust: Option<TrustOut>,
    files: Vec<FileOut<'a>>,
    evidence: &'a [Evidence],
}

#[derive(Serialize)]
struct FileOut<'a> {
    file: &'a str,
    kind: &'static str,
    verdict: &'static str,
    detail: Option<String>,
    receipt: Option<ReceiptOut<'a>>,
    checkpoint: Option<CheckpointOut>,
    attestations: Vec<SignedOut<'a>>,
}

#[derive(Serialize)]
struct ReceiptOut<'a> {
    registry: RegistryOut,
    #[serde(flatten)]
    checkpoint: CheckpointOut,
    entry: u64,
    logged_at: Option<String>,
    effect: &'static str,
    log_key: &'static str,
    text_title: Option<String>,
    not_excluded: Vec<&'static str>,
    attestation: AttestationOut<'a>,
}

#[derive(Serialize)]
struct CheckpointOut {
    origin: String,
    tree_size: u64,
    root: String,
    witnessed: Option<bool>,
    witnesses: Vec<WitnessOut>,
    unknown_signatures: Vec<String>,
}

#[derive(Serialize)]
struct WitnessOut {
    name: String,
    time: Option<String>,
}

#[derive(Serialize)]
struct SignedOut<'a> {
    verdict: &'static str,
    detail: Option<String>,
    entry: Option<u64>,
    attestation: Option<AttestationOut<'a>>,
}

fn verdict_name(exit: Exit) -> &'static str {
    match exit {
        Exit::Good => "good",
        Exit::Incomplete => "incomplete",
        Exit::Unchecked => "unchecked",
        _ => "bad",
    }
}

fn detail(verdict: &Verdict) -> Option<String> {
    match verdict {
        Verdict::Bad(cause) => Some(cause.detail.clone()),
        Verdict::Unchecked(missing) => Some((*missing).trim_start_matches("check-").to_owned()),
        Verdict::Good | Verdict::Incomplete => None,
    }
}

/// A witness's stamp; the longest that notes can hold is beyond the calendar.
fn stamp(seconds: u64) -> String {
    Time::new(seconds).map_or_else(|_| format!("@{seconds}"), rfc3339)
}

fn witnesses_out(list: &[(String, Option<u64>)]) -> Vec<WitnessOut> {
    list.iter().map(|(name, time)| WitnessOut { name: name.clone(), time: time.map(stamp) }).collect()
}

pub(super) fn json(
    files: &[File],
    judged: &[Judged<'_>],
    evidence: &[Evidence],
    trust: Option<&Pinned>,
    exit: Exit,
) -> String {
    let mut kinds = judged.iter().map(Judged::kind);
    let first = kinds.next().unwrap_or_default();
    let of_files = if kinds.all(|kind| kind == first) { first } else { "mixed" };
    let check = CheckOut {
        schema: SCHEMA,
        kind: evidence.first().map_or(of_files, Evidence::name),
        ok: exit == Exit::Good,
        trust: trust.map(Pinned::out),
        files: files.iter().zip(judged).map(|(file, judged)| file_out(file, judged, trust)).collect(),
        evidence,
    };
    // Strings, numbers and lists: nothing here can fail to be JSON.
    serde_json::to_string(&check).unwrap_or_default() + "\n"
}

fn file_out<'a>(file: &'a File, judged: &'a Judged<'a>, trust: Option<&Pinned>) -> FileOut<'a> {
    let verdicts = judged.verdicts();
    let exit = super::worst(std::slice::from_ref(judged));
    let mut out = FileOut {
        file: &file.name,
        kind: judged.kind(),
        verdict: verdict_name(exit),
        detail: verdicts.iter().find(|verdict| verdict.exit() == exit).and_then(detail),
        receipt: None,
        checkpoint: None,
        attestations: Vec::new(),
    };
    match judged {
        Judged::Receipt(Ok(checked)) => out.receipt = trust.map(|trust| receipt_out(checked, trust)),
        Judged::Checkpoint(Ok((checkpoint, witnesses))) => {
            out.checkpoint = Some(CheckpointOut {
                origin: checkpoint.origin().to_owned(),
                tree_size: checkpoint.size(),
                root: b64(checkpoint.root()),
                witnessed: witnesses.witnessed,
                witnesses: witnesses_out(&witnesses.witnesses),
                unknown_signatures: witnesses.unknown_signatures.clone(),
            });
        }
        Judged::Attestations(list) => out.attestations = list.iter().map(signed_out).collect(),
        _ => {}
    }
    out
}

fn signed_out<'a>(signed: &'a Signed<'a>) -> SignedOut<'a> {
    SignedOut {
        verdict: verdict_name(signed.verdict.exit()),
        detail: detail(&signed.verdict),
        entry: signed.logged,
        attestation: signed.attestation.map(AttestationOut::from),
    }
}

fn receipt_out<'a>(checked: &'a Checked<'a>, trust: &Pinned) -> ReceiptOut<'a> {
    ReceiptOut {
        registry: RegistryOut::new(&checked.history, &trust.root),
        checkpoint: CheckpointOut {
            origin: trust.root.origin.clone(),
            tree_size: checked.head.size,
            root: b64(&checked.head.root),
            witnessed: checked.witnessed,
            witnesses: witnesses_out(&checked.witnesses),
            unknown_signatures: checked.unknown_signatures.clone(),
        },
        entry: checked.index,
        logged_at: words::time(checked.logged_at),
        effect: checked.no_effect.map_or("applied", |rule| rule.name()),
        log_key: if checked.earlier_log_key { "earlier" } else { "pinned" },
        text_title: text_title(checked),
        not_excluded: not_excluded(checked),
        attestation: (&checked.attestation).into(),
    }
}

/// The title of the text that a pledge, or a correction to one, names, as the path proves it.
fn text_title(checked: &Checked<'_>) -> Option<String> {
    let hash = words::text_of(&checked.attestation.body().statement)?;
    checked.history.text_record(&hash).map(|text| text.title.clone())
}

pub(super) fn text(
    files: &[File],
    judged: &[Judged<'_>],
    evidence: &[Evidence],
    trust: Option<&Pinned>,
    context: &Context,
) -> String {
    let mut out = String::new();
    for (number, (file, judged)) in files.iter().zip(judged).enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let kind = context.text(&format!("check-kind-{}", judged.kind()), &[]);
        let _ = writeln!(out, "{}: {kind}", file.name);
        match judged {
            Judged::Receipt(Ok(checked)) => receipt_text(&mut out, checked, trust, context),
            Judged::Checkpoint(Ok((checkpoint, witnesses))) => {
                let mut rows = Rows::new(&context.messages);
                trust_rows(&mut rows, trust);
                rows.value("origin", checkpoint.origin());
                rows.number("tree-size", checkpoint.size());
                rows.value("root", b64(checkpoint.root()));
                witness_rows(&mut rows, witnesses);
                out.push_str(&table(&rows.done()));
            }
            Judged::Attestations(list) => list.iter().enumerate().for_each(|(number, signed)| {
                signed_text(&mut out, number + 1, signed, context);
            }),
            Judged::Receipt(Err(_)) | Judged::Checkpoint(Err(_)) => {
                let mut rows = Rows::new(&context.messages);
                trust_rows(&mut rows, trust);
                out.push_str(&table(&rows.done()));
            }
            Judged::Broken { .. } => {}
        }
        if !matches!(judged, Judged::Attestations(_)) {
            judged.verdicts().iter().for_each(|verdict| verdict_text(&mut out, judged.kind(), verdict, context));
        }
        if let Judged::Receipt(Ok(checked)) = judged {
            not_excluded_text(&mut out, checked, context);
        }
    }
    let accepted = judged.iter().filter(|it| matches!(it, Judged::Checkpoint(Ok(_)))).count();
    let contradict = evidence.iter().any(|proof| matches!(proof, Evidence::SplitView { .. }));
    if accepted > 1 && !contradict {
        let _ = writeln!(out, "\n{}", context.text("check-no-contradiction", &[]));
    }
    if !evidence.is_empty() {
        out.push('\n');
    }
    for proof in evidence {
        let told = match proof {
            Evidence::ForkProof { unit, epoch, seq, ids: [one, other], entry } => {
                let key = if entry.is_some() { "check-fork-logged" } else { "check-fork" };
                let args = [
                    ("unit", unit.into()),
                    ("epoch", epoch.into()),
                    ("seq", seq.to_string().into()),
                    ("one", one.into()),
                    ("other", other.into()),
                    ("entry", entry.unwrap_or_default().to_string().into()),
                ];
                context.text(key, &args)
            }
            Evidence::SplitView { origin, tree_size, roots: [one, other] } => context.text(
                "check-split",
                &[
                    ("origin", origin.into()),
                    ("size", (*tree_size).into()),
                    ("one", one.into()),
                    ("other", other.into()),
                ],
            ),
        };
        let _ = writeln!(out, "{}", context.paint(AnsiColor::Red, &told));
    }
    out
}

fn trust_rows(rows: &mut Rows<'_>, trust: Option<&Pinned>) {
    if let Some(trust) = trust.map(Pinned::out) {
        rows.value("trust-root", trust.path);
        rows.value("fingerprint", trust.fingerprint);
    }
}

/// Who vouches for a checkpoint beside the log.
fn witness_rows(rows: &mut Rows<'_>, witnesses: &Witnesses) {
    for (name, time) in &witnesses.witnesses {
        match time {
            Some(seconds) => rows.value("witness", format_args!("{name}, {}", stamp(*seconds))),
            None => {
                let absent = rows.message("check-not-cosigned", &[("name", name.into())]);
                rows.value("witness", absent);
            }
        }
    }
    for name in &witnesses.unknown_signatures {
        rows.value("unknown-signature", name);
    }
}

fn receipt_text(out: &mut String, checked: &Checked<'_>, trust: Option<&Pinned>, context: &Context) {
    let history = &checked.history;
    let unit = history.unit_by_id(checked.attestation.body().unit.as_str());
    let zone = unit.and_then(|unit| history.record(unit).zone.as_deref()).or_else(|| round_zone(checked));
    let mut rows = Rows::new(&context.messages);
    rows.optional("registry", history.registry().map(|registry| &registry.name));
    trust_rows(&mut rows, trust);
    rows.optional("origin", history.registry().map(|registry| &registry.origin));
    rows.number("tree-size", checked.head.size);
    rows.value("root", b64(&checked.head.root));
    witness_rows(
        &mut rows,
        &Witnesses {
            witnessed: checked.witnessed,
            witnesses: checked.witnesses.clone(),
            unknown_signatures: checked.unknown_signatures.clone(),
        },
    );
    rows.value("entry", checked.index);
    rows.time("logged-at", checked.logged_at, zone);
    let name = unit.map(|unit| history.census().post(unit).name.clone()).filter(|name| !name.is_empty());
    rows.optional("unit-name", name);
    let mut rows = rows.done();
    rows.extend(words::attestation(&checked.attestation, zone, &context.messages));
    let mut more = Rows::new(&context.messages);
    more.optional("text-title", text_title(checked));
    rows.extend(more.done());
    out.push_str(&table(&rows));
    if history.registry().is_some_and(|registry| registry.synthetic) {
        let _ = writeln!(out, "{}", context.paint(AnsiColor::Yellow, &context.text("box-synthetic", &[])));
    }
    if let Some(rule) = checked.no_effect {
        let args = [("rule", rule.name().into()), ("meaning", rule.message().into())];
        let _ = writeln!(out, "{}", context.paint(AnsiColor::Yellow, &context.text("check-no-effect", &args)));
    }
    if checked.earlier_log_key {
        let _ = writeln!(out, "{}", context.text("check-earlier-key", &[]));
    }
}

/// The zone of the only round on the path.
fn round_zone<'a>(checked: &'a Checked<'_>) -> Option<&'a str> {
    let mut zones = checked.history.rounds().filter_map(|(_, round)| round.zone.as_deref());
    zones.next().filter(|_| checked.history.rounds().count() == 1)
}

fn not_excluded_text(out: &mut String, checked: &Checked<'_>, context: &Context) {
    let unit = checked.attestation.body().unit;
    let args = [("entry", checked.index.to_string().into()), ("unit", unit.as_str().into())];
    let statement = matches!(checked.attestation.body().statement, Statement::Genesis(_));
    let key = if statement { "check-proves-genesis" } else { "check-proves" };
    let _ = writeln!(out, "{}", context.text(key, &args));
    let _ = writeln!(out, "{}", context.text("check-not-excluded", &[]));
    for name in not_excluded(checked) {
        let _ = writeln!(out, "  · {}", context.text(&format!("check-not-{name}"), &[]));
    }
    let _ = writeln!(out, "{}", context.text("check-whole-log", &[]));
}

fn signed_text(out: &mut String, number: usize, signed: &Signed<'_>, context: &Context) {
    let _ = writeln!(out, "{}", context.text("check-attestation", &[("number", number.into())]));
    if let Some(attestation) = signed.attestation {
        out.push_str(&table(&words::attestation(attestation, None, &context.messages)));
    }
    verdict_text(out, "attestation", &signed.verdict, context);
    let logged = match signed.logged {
        Some(entry) => context.text("check-logged", &[("entry", entry.to_string().into())]),
        None if signed.asked => context.text("check-not-logged", &[]),
        None => return,
    };
    let _ = writeln!(out, "{logged}");
}

fn verdict_text(out: &mut String, kind: &str, verdict: &Verdict, context: &Context) {
    let (colour, told) = match verdict {
        Verdict::Good => (AnsiColor::Green, context.text(&format!("check-good-{kind}"), &[])),
        Verdict::Incomplete => (AnsiColor::Yellow, context.text("check-incomplete", &[])),
        Verdict::Unchecked(missing) => (AnsiColor::Yellow, context.text(missing, &[])),
        Verdict::Bad(cause) => (AnsiColor::Red, context.text("check-bad", &[("cause", cause.message.clone().into())])),
    };
    let _ = writeln!(out, "{}", context.paint(colour, &told));
}
