//! Opening a log under a trust root, and telling what was found.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anstyle::AnsiColor;
use ikrar_core::rule::Severity;
use ikrar_log::history::History;
use ikrar_log::medium::Folder;
use ikrar_log::report::TrustOut;
use ikrar_log::store::{self, Store};
use ikrar_log::trust::{self, TrustRoot};
use ikrar_log::verify::{Effort, Finding, Plan, Verification, verify_by};

use crate::context::Context;
use crate::failure::{Failure, bad, unchecked, usage};

/// Most findings that are printed for people; the count of all is told, and JSON has them all.
const FINDINGS_SHOWN: usize = 20;

/// A trust root and the folder that it was read from.
pub(crate) struct Pinned {
    pub(crate) root: TrustRoot,
    pub(crate) folder: PathBuf,
}

impl Pinned {
    pub(crate) fn out(&self) -> TrustOut {
        TrustOut { path: self.folder.display().to_string(), fingerprint: self.root.fingerprint_text() }
    }
}

/// The trust root asked for, or configured.
pub(crate) fn trust_root(asked: Option<&Path>) -> Result<Pinned, Failure> {
    let found = trust::locate(asked).and_then(|folder| Ok(Pinned { root: TrustRoot::load(&folder)?, folder }));
    found.map_err(|error| usage("error-trust-root").because(&error))
}

/// The log in a folder.
pub(crate) fn open(log: &Path) -> Result<Store<Folder>, Failure> {
    if !log.is_dir() {
        return Err(unchecked("error-no-log").with("path", log.display()));
    }
    Ok(Store::open(Folder::new(log)))
}

/// What a store's error means for a reader.
pub(crate) fn store_failure(log: &Path, error: &store::Error) -> Failure {
    let failure = match error {
        store::Error::Malformed { .. } | store::Error::WrongRoot { .. } | store::Error::WrongEntries { .. } => {
            bad("error-log-damaged")
        }
        _ => unchecked("error-log"),
    };
    failure.with("path", log.display()).because(error)
}

/// Verifies a whole log, with a progress bar.
pub(crate) fn verified(
    log: &Path,
    store: &Store<Folder>,
    trust: &TrustRoot,
    context: &Context,
) -> Result<Verification, Failure> {
    verified_keeping(log, store, trust, None, Effort::default(), context)
}

/// As [`verified`], with this effort; also keeps the state after the first `prefix` entries.
pub(crate) fn verified_keeping(
    log: &Path,
    store: &Store<Folder>,
    trust: &TrustRoot,
    prefix: Option<u64>,
    effort: Effort,
    context: &Context,
) -> Result<Verification, Failure> {
    verified_by(log, store, trust, Plan { prefix, effort, ..Plan::default() }, context)
}

/// As [`verified`], by a plan.
pub(crate) fn verified_by(
    log: &Path,
    store: &Store<Folder>,
    trust: &TrustRoot,
    plan: Plan,
    context: &Context,
) -> Result<Verification, Failure> {
    let bar = context.progress(0);
    let verification = verify_by(store, trust, plan, |read, of| {
        bar.set_length(of);
        bar.set_position(read);
    });
    bar.finish_and_clear();
    verification.map_err(|error| store_failure(log, &error))
}

/// Verifies a log that something is to be built on: any error finding ends it.
pub(crate) fn sound(
    log: &Path,
    store: &Store<Folder>,
    trust: &TrustRoot,
    context: &Context,
) -> Result<Verification, Failure> {
    let verification = verified(log, store, trust, context)?;
    if verification.is_ok() {
        return Ok(verification);
    }
    Err(unsound(log, &verification, context))
}

/// Is the registry made up, by its own genesis?
pub(crate) fn is_synthetic(history: &History) -> bool {
    history.registry().is_some_and(|registry| registry.synthetic)
}

/// Why nothing is built on a log.
pub(crate) fn unsound(log: &Path, verification: &Verification, context: &Context) -> Failure {
    let first = verification.findings.iter().find(|finding| finding.severity() == Severity::Error);
    let failure = if verification.is_unreadable() { unchecked("error-not-sound") } else { bad("error-not-sound") };
    let told = first.map(|finding| sentence(finding, context)).unwrap_or_default();
    failure.with("path", log.display()).with("finding", told)
}

/// A finding in a line.
pub(crate) fn sentence(finding: &Finding, context: &Context) -> String {
    let place = match (finding.entry, &finding.path) {
        (Some(entry), _) => context.text("finding-entry", &[("entry", entry.to_string().into())]),
        (None, Some(path)) => path.clone(),
        (None, None) => context.text("finding-log", &[]),
    };
    let detail = context.messages.tell(&*finding.detail);
    // A file that both name is named once.
    let detail = detail.strip_prefix(&format!("{place}: ")).unwrap_or(&detail);
    format!("{place}: {}: {detail}", finding.rule.name())
}

/// The findings for people, errors first.
pub(crate) fn findings(all: &[Finding], context: &Context) -> String {
    let mut out = String::new();
    for (severity, colour, key) in
        [(Severity::Error, AnsiColor::Red, "finding-error"), (Severity::Warning, AnsiColor::Yellow, "finding-warning")]
    {
        let of_kind: Vec<_> = all.iter().filter(|finding| finding.severity() == severity).collect();
        let label = context.paint(colour, &context.text(key, &[]));
        for finding in of_kind.iter().take(FINDINGS_SHOWN) {
            let _ = writeln!(out, "{label} {}", sentence(finding, context));
        }
        if let Some(more) = of_kind.len().checked_sub(FINDINGS_SHOWN).filter(|more| *more > 0) {
            let _ = writeln!(out, "{label} {}", context.text("finding-more", &[("count", more.into())]));
        }
    }
    out
}
