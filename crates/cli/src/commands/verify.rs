//! `ikrar verify`.

mod journal;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anstyle::AnsiColor;
use ikrar_core::checkpoint::Checkpoint;
use ikrar_core::note::Note;
use ikrar_core::rule::{Rule, Severity};
use ikrar_log::audit::Whose;
use ikrar_log::history::Room;
use ikrar_log::kind::FileKind;
use ikrar_log::medium::Folder;
use ikrar_log::report::{RegistryOut, TrustOut};
use ikrar_log::store::{Head, Store};
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::{
    Detail, Effort, Finding, FindingRule, LogRule, Plan, Verification, b64, check_since, open_checkpoint,
};
use serde::Serialize;

use super::kept::{self, Kept};
use super::log::{self, Pinned};
use crate::args::{VerdictFormat, Verify};
use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::input::read;

/// The version of the verdict's schema.
const SCHEMA: &str = "ikrar.verify/1";

pub(crate) fn run(args: &Verify, context: &Context) -> Result<Exit, Failure> {
    let trust = log::trust_root(args.trust.keys.as_deref())?;
    if args.log.is_file() {
        let bytes = read(&args.log)?;
        if FileKind::of(&bytes) == FileKind::Journal {
            return journal::run(args, &bytes, &trust, context);
        }
    }
    let store = log::open(&args.log)?;
    let effort = args.threads.map_or_else(Effort::default, Effort::new);
    let kept = args.resume.then(|| Kept::open(Whose::Auditor, &trust.root)).transpose()?;
    let from = kept.as_ref().map(|kept| kept.load(&trust.root, context)).transpose()?.flatten().map(Box::new);
    let room = kept.as_ref().map_or_else(|| Ok(Room::temporary().ok()), |kept| kept.room().map(Some))?;
    let plan = Plan { prefix: None, effort, from, room };
    let mut verification = log::verified_by(&args.log, &store, &trust.root, plan, context)?;
    kept::refuse_damaged(verification.history(), args.resume.then_some(Whose::Auditor), &trust.root)?;
    let mut unkept = Vec::new();
    let evidence = match kept.as_ref().map(|kept| kept.evidence(&verification)).transpose() {
        Ok(evidence) => evidence.unwrap_or_default(),
        Err(failure) => {
            unkept.push(failure);
            Vec::new()
        }
    };
    if let Some(path) = &args.since {
        verification.findings.extend(since(&store, &verification, &trust.root, path)?);
    }
    let registry = RegistryOut::new(verification.history(), &trust.root);
    let origin = &trust.root.origin;
    let out = match args.format {
        VerdictFormat::Json => {
            let resumed = args.resume.then(|| ResumedOut::new(&verification, &evidence));
            json_verdict(&verification, &registry, &trust.out(), origin, resumed)
        }
        VerdictFormat::Text => text_verdict(&verification, &registry, &trust, &evidence, context),
    };
    context.print(&out)?;
    let exit = exit_code(&verification);
    unkept.extend(kept.and_then(|kept| kept.keep(&trust.root, &mut verification).err()));
    match unkept.pop() {
        // What does not verify does not, whatever could not be kept.
        Some(failure) if exit == Exit::Bad => {
            context.complain(&failure);
            Ok(exit)
        }
        Some(failure) => Err(failure),
        None => Ok(exit),
    }
}

/// Compares the log with a checkpoint that was kept from before. Its key is the one that the log had at its size.
fn since(
    store: &Store<Folder>,
    verification: &Verification,
    trust: &TrustRoot,
    path: &Path,
) -> Result<Option<Finding>, Failure> {
    let bytes = read(path)?;
    let claimed = Note::parse(&bytes).ok().and_then(|note| Checkpoint::parse(note.text()).ok());
    let key = claimed.and_then(|claimed| verification.history().key_for_size(claimed.size));
    let then = TrustRoot { log_key: key.unwrap_or(trust.log_key), ..trust.clone() };
    let earlier = match open_checkpoint(&bytes, &then) {
        Ok(earlier) => Head { size: earlier.size(), root: *earlier.root() },
        Err(finding) => {
            let detail = Detail::NoCheckpoint { file: path.display().to_string(), fault: finding.detail };
            return Ok(Some(Finding::of_log(LogRule::SinceUnusable, None, detail)));
        }
    };
    Ok(verification.head.and_then(|head| check_since(store, head, earlier)))
}

/// 1 where anything does not verify, 3 where something could not be read, 4 where only witnesses are missing.
pub(crate) fn exit_code(verification: &Verification) -> Exit {
    let wrong = |finding: &Finding| finding.severity() == Severity::Error && !finding.is_unreadable();
    if verification.findings.iter().any(wrong) {
        Exit::Bad
    } else if verification.is_unreadable() {
        Exit::Unchecked
    } else if verification.witnessed == Some(false) {
        Exit::Incomplete
    } else {
        Exit::Good
    }
}

/// The verdict for machines (spec §12.2).
#[derive(Serialize)]
struct Verdict<'a> {
    schema: &'static str,
    ok: bool,
    registry: &'a RegistryOut,
    trust: &'a TrustOut,
    origin: &'a str,
    tree_size: Option<u64>,
    root: Option<String>,
    entries: u64,
    attestations: u64,
    anchors: u64,
    units: usize,
    witnessed: Option<bool>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    resumed: Option<ResumedOut>,
    findings: Vec<FindingOut<'a>>,
}

/// What `--resume` adds.
#[derive(Serialize)]
struct ResumedOut {
    resumed: Option<HeadOut>,
    first_read: u64,
    evidence: Vec<String>,
}

#[derive(Serialize)]
struct HeadOut {
    size: u64,
    root: String,
}

impl ResumedOut {
    fn new(verification: &Verification, evidence: &[PathBuf]) -> Self {
        let head = verification.resumed.as_ref().map(|resumed| resumed.head);
        Self {
            resumed: head.map(|head| HeadOut { size: head.size, root: b64(&head.root) }),
            first_read: head.map_or(0, |head| head.size),
            evidence: evidence.iter().map(|path| path.display().to_string()).collect(),
        }
    }
}

#[derive(Serialize)]
struct FindingOut<'a> {
    rule: &'static str,
    severity: String,
    entry: Option<u64>,
    unit: Option<&'a str>,
    path: Option<&'a str>,
    detail: String,
}

impl<'a> From<&'a Finding> for FindingOut<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            rule: finding.rule.name(),
            severity: finding.severity().to_string(),
            entry: finding.entry,
            unit: finding.unit.as_deref(),
            path: finding.path.as_deref(),
            detail: finding.detail.to_string(),
        }
    }
}

fn json_verdict(
    verification: &Verification,
    registry: &RegistryOut,
    trust: &TrustOut,
    origin: &str,
    resumed: Option<ResumedOut>,
) -> String {
    let verdict = Verdict {
        schema: SCHEMA,
        ok: verification.is_ok(),
        registry,
        trust,
        origin,
        tree_size: verification.head.map(|head| head.size),
        root: verification.head.map(|head| b64(&head.root)),
        entries: verification.entries,
        attestations: verification.attestations,
        anchors: verification.anchors,
        units: verification.history().enrolled(),
        witnessed: verification.witnessed,
        resumed,
        findings: verification.findings.iter().map(FindingOut::from).collect(),
    };
    // Strings, numbers and lists: nothing here can fail to be JSON.
    serde_json::to_string(&verdict).unwrap_or_default() + "\n"
}

fn text_verdict(
    verification: &Verification,
    registry: &RegistryOut,
    trust: &Pinned,
    evidence: &[PathBuf],
    context: &Context,
) -> String {
    let mut out = integrity_box(verification, registry, &trust.out(), &trust.root.origin, context);
    out.push_str(&log::findings(&verification.findings, context));
    if let Some(resumed) = &verification.resumed {
        let anything_new = verification.entries > resumed.head.size;
        let key = if anything_new { "audit-resumed" } else { "audit-resumed-none" };
        let _ = writeln!(out, "{}", context.text(key, &[("first", resumed.head.size.into())]));
    }
    if !evidence.is_empty() {
        let _ = writeln!(out, "{}", context.text("audit-evidence", &[]));
        for path in evidence {
            let _ = writeln!(out, "  {}", path.display());
        }
    }
    let (colour, key) = match exit_code(verification) {
        Exit::Good if verification.resumed.is_some() => (AnsiColor::Green, "verdict-good-resumed"),
        Exit::Good => (AnsiColor::Green, "verdict-good"),
        Exit::Incomplete => (AnsiColor::Yellow, "verdict-incomplete"),
        Exit::Unchecked => (AnsiColor::Yellow, "verdict-unchecked"),
        _ => (AnsiColor::Red, "verdict-bad"),
    };
    if let Some(rotation) = &verification.rotation {
        let fingerprint = rotation.renewed(&trust.root).fingerprint_text();
        let args = [("entry", rotation.entry.to_string().into()), ("fingerprint", fingerprint.into())];
        let _ = writeln!(out, "{}", context.paint(AnsiColor::Red, &context.text("verdict-key-changed", &args)));
        return out;
    }
    let errors = || verification.findings.iter().filter(|finding| finding.severity() == Severity::Error);
    if errors().next().is_some() && errors().all(is_unusable_since) {
        let _ = writeln!(out, "{}", context.paint(AnsiColor::Red, &context.text("verdict-since-unusable", &[])));
        return out;
    }
    let _ = writeln!(out, "{}", context.paint(colour, &context.text(key, &[])));
    if verification.findings.iter().any(is_mismatch) {
        let _ = writeln!(out, "{}", context.text("verdict-mismatch", &[]));
    }
    out
}

fn is_unusable_since(finding: &Finding) -> bool {
    finding.rule == FindingRule::Log(LogRule::SinceUnusable)
}

/// What a sound log shows too, under the trust root of another registry or log.
fn is_mismatch(finding: &Finding) -> bool {
    matches!(
        finding.rule,
        FindingRule::Entry(Rule::WrongRegistry)
            | FindingRule::Log(
                LogRule::CheckpointOrigin
                    | LogRule::CheckpointSignature
                    | LogRule::LogKeyChanged
                    | LogRule::WrongAuthority
            )
    )
}

/// What the verdict is about and what it rests on.
pub(crate) fn integrity_box(
    verification: &Verification,
    registry: &RegistryOut,
    trust: &TrustOut,
    origin: &str,
    context: &Context,
) -> String {
    let number = |number: u64| crate::messages::format::number(context.messages.lang(), number);
    let none = || "–".to_owned();
    let witnessed = match verification.witnessed {
        None => "box-witnesses-unasked",
        Some(true) => "box-witnesses-met",
        Some(false) => "box-witnesses-unmet",
    };
    let rows = [
        ("box-registry", registry.name.clone().unwrap_or_else(none)),
        ("box-registry-id", registry.id.clone()),
        ("box-origin", origin.to_owned()),
        ("box-tree-size", verification.head.map_or_else(none, |head| number(head.size))),
        ("box-root-hash", verification.head.map_or_else(none, |head| b64(&head.root))),
        ("box-trust-root", trust.path.clone()),
        ("box-fingerprint", trust.fingerprint.clone()),
        ("box-signatures", number(verification.attestations)),
        ("box-chains", checked_chains(verification, context)),
        ("box-witnesses", context.text(witnessed, &[])),
    ];
    let rows = rows.map(|(key, value)| (context.text(key, &[]), value));
    let wide = |text: &str| text.chars().count();
    let label_width = rows.iter().map(|(label, _)| wide(label)).max().unwrap_or_default();
    let value_width = rows.iter().map(|(_, value)| wide(value)).max().unwrap_or_default();
    let title = context.text("box-title", &[]);
    let inner = label_width + value_width + 4;
    let mut out = format!("┌─ {title} {}┐\n", "─".repeat(inner.saturating_sub(wide(&title) + 3)));
    for (label, value) in &rows {
        let pad = " ".repeat(label_width - wide(label));
        let fill = " ".repeat(value_width - wide(value));
        let _ = writeln!(out, "│ {label}{pad}  {value}{fill} │");
    }
    let _ = writeln!(out, "└{}┘", "─".repeat(inner));
    if registry.synthetic {
        let _ = writeln!(out, "{}", context.paint(AnsiColor::Yellow, &context.text("box-synthetic", &[])));
    }
    out
}

fn checked_chains(verification: &Verification, context: &Context) -> String {
    let units = verification.history().units().filter(|(_, unit)| unit.keyed_since.is_some()).count();
    context.text("box-chains-value", &[("units", units.into()), ("entries", verification.entries.into())])
}
