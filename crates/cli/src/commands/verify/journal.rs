//! `ikrar verify` of an export of a device's journal.

use std::fmt::Write as _;
use std::path::Path;

use anstyle::AnsiColor;
use ikrar_core::rule::Severity;
use ikrar_log::journal_export::{self, JournalExport, JournalFinding, JournalVerification};
use ikrar_log::report::TrustOut;
use ikrar_log::verify::b64;
use serde::Serialize;

use super::super::log::Pinned;
use crate::args::{VerdictFormat, Verify};
use crate::context::Context;
use crate::failure::{Exit, Failure, bad, usage};
use crate::message::Tell as _;
use crate::words::table;

/// The version of the verdict's schema.
const SCHEMA: &str = "ikrar.verify-journal/1";

/// The verdict for machines (spec §12.9).
#[derive(Serialize)]
struct Verdict<'a> {
    schema: &'static str,
    ok: bool,
    trust: &'a TrustOut,
    registry: String,
    unit: Option<&'a str>,
    origin: Option<&'a str>,
    key: Option<String>,
    tree_size: Option<u64>,
    root: Option<String>,
    first: u64,
    entries: u64,
    roster_size: Option<u64>,
    checked: u64,
    unchecked: u64,
    findings: Vec<FindingOut<'a>>,
}

#[derive(Serialize)]
struct FindingOut<'a> {
    rule: &'static str,
    severity: String,
    entry: Option<u64>,
    unit: Option<&'a str>,
    detail: &'static str,
}

pub(super) fn run(args: &Verify, bytes: &[u8], trust: &Pinned, context: &Context) -> Result<Exit, Failure> {
    if args.since.is_some() {
        return Err(usage("verdict-journal-since"));
    }
    if args.resume {
        return Err(usage("verdict-journal-resume"));
    }
    let export = JournalExport::decode(bytes);
    let export = export.map_err(|error| bad("error-journal").with("path", args.log.display()).because(&error))?;
    let seen = journal_export::verify(&export, &trust.root);
    let out = match args.format {
        VerdictFormat::Json => json(&seen, trust),
        VerdictFormat::Text => text(&seen, trust, &args.log, context),
    };
    context.print(&out)?;
    Ok(exit_code(&seen))
}

/// 1 where anything does not verify, 3 where a signature could not be checked.
fn exit_code(seen: &JournalVerification) -> Exit {
    match (seen.is_ok(), seen.unchecked) {
        (false, _) => Exit::Bad,
        (true, 0) => Exit::Good,
        (true, _) => Exit::Unchecked,
    }
}

fn json(seen: &JournalVerification, trust: &Pinned) -> String {
    let finding = |finding: &JournalFinding| finding.severity().to_string();
    let verdict = Verdict {
        schema: SCHEMA,
        ok: seen.is_ok(),
        trust: &trust.out(),
        registry: trust.root.registry.to_string(),
        unit: seen.unit.as_deref(),
        origin: seen.origin.as_deref(),
        key: seen.key.map(|key| key.to_string()),
        tree_size: seen.head.map(|head| head.size),
        root: seen.head.map(|head| b64(&head.root)),
        first: seen.first,
        entries: seen.entries,
        roster_size: seen.roster_size,
        checked: seen.checked,
        unchecked: seen.unchecked,
        findings: seen
            .findings
            .iter()
            .map(|it| FindingOut {
                rule: it.name(),
                severity: finding(it),
                entry: it.entry,
                unit: it.unit.as_deref(),
                detail: it.meaning(),
            })
            .collect(),
    };
    // Strings, numbers and lists: nothing here can fail to be JSON.
    serde_json::to_string(&verdict).unwrap_or_default() + "\n"
}

fn text(seen: &JournalVerification, trust: &Pinned, path: &Path, context: &Context) -> String {
    let label = |key: &str| context.text(key, &[]);
    let none = || "–".to_owned();
    let pinned = trust.out();
    let rows = [
        ("journal-unit", seen.unit.clone().unwrap_or_else(none)),
        ("journal-origin", seen.origin.clone().unwrap_or_else(none)),
        ("journal-key", seen.key.map_or_else(none, |key| key.to_string())),
        ("journal-size", seen.head.map_or_else(none, |head| head.size.to_string())),
        ("journal-first", seen.first.to_string()),
        ("box-root-hash", seen.head.map_or_else(none, |head| b64(&head.root))),
        ("journal-roster-size", seen.roster_size.map_or_else(none, |size| size.to_string())),
        ("box-registry-id", trust.root.registry.to_string()),
        ("box-trust-root", pinned.path.clone()),
        ("box-fingerprint", pinned.fingerprint.clone()),
        ("journal-checked", seen.checked.to_string()),
        ("journal-unchecked", seen.unchecked.to_string()),
    ];
    let rows: Vec<_> = rows.into_iter().map(|(key, value)| (label(key), value)).collect();
    let mut out = format!("{}\n{}", path.display(), table(&rows));
    for finding in &seen.findings {
        let (colour, key) = match finding.severity() {
            Severity::Error => (AnsiColor::Red, "finding-error"),
            Severity::Warning => (AnsiColor::Yellow, "finding-warning"),
        };
        let place = match finding.entry {
            Some(entry) => context.text("finding-entry", &[("entry", entry.to_string().into())]),
            None => label("file-journal"),
        };
        let meaning = finding.rule.map_or_else(|rule| rule.message(), |rule| rule.message());
        let meaning = context.messages.tell(&meaning);
        let _ = writeln!(out, "{} {place}: {}: {meaning}", context.paint(colour, &label(key)), finding.name());
    }
    let (colour, key) = match exit_code(seen) {
        Exit::Good => (AnsiColor::Green, "verdict-journal-good"),
        Exit::Unchecked => (AnsiColor::Yellow, "verdict-journal-unchecked"),
        _ => (AnsiColor::Red, "verdict-journal-bad"),
    };
    let _ = writeln!(out, "{}", context.paint(colour, &label(key)));
    let _ = writeln!(out, "{}", label("verdict-journal-limits"));
    out
}
