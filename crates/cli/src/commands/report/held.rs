//! Signed copies that a unit holds, in the report.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use ikrar_core::rule::Rule;
use ikrar_log::envelope;
use ikrar_log::held::{self, HeldOutcome};
use ikrar_log::report::HeldOut;

use super::log;
use crate::commands::question::Grounded;
use crate::context::Context;
use crate::failure::{Failure, usage};
use crate::input;

/// A copy, and where it came from.
pub(super) struct Copy {
    from: String,
    bytes: Vec<u8>,
}

pub(super) fn read(files: &[PathBuf]) -> Result<Vec<Copy>, Failure> {
    let mut copies = Vec::new();
    for path in files {
        let bytes = input::read(path)?;
        let decoded = envelope::decode(&bytes)
            .map_err(|error| usage("error-held").with("path", path.display()).because(&error))?;
        let from = |number: u64| format!("{}#{number}", path.display());
        copies.extend((1..).zip(decoded).map(|(number, bytes)| Copy { from: from(number), bytes: bytes.to_vec() }));
    }
    Ok(copies)
}

/// Judges copies in their order, against the whole log.
pub(super) fn judge(
    path: &Path,
    copies: &[Copy],
    grounded: &Grounded,
    context: &Context,
) -> Result<Vec<HeldOut>, Failure> {
    let bytes: Vec<_> = copies.iter().map(|copy| copy.bytes.clone()).collect();
    let verification = &grounded.verification;
    let judged = held::judge(&grounded.store, &verification.findings, &verification.state, context.now(), &bytes);
    let judged = judged.map_err(|error| log::store_failure(path, &error))?;
    Ok(copies.iter().zip(&judged).map(|(copy, held)| HeldOut::new(copy.from.clone(), held)).collect())
}

pub(super) fn text(held: Option<&[HeldOut]>, context: &Context) -> String {
    let Some(held) = held else { return String::new() };
    let mut out = format!("\n{}\n", context.text("held-title", &[]));
    for copy in held {
        let _ = writeln!(out, "  {}: {}", copy.from, sentence(copy, context));
    }
    let _ = writeln!(out, "{}", context.text("held-caveat", &[]));
    out
}

fn sentence(copy: &HeldOut, context: &Context) -> String {
    let rule = copy.rule.and_then(|name| Rule::ALL.iter().find(|rule| rule.name() == name));
    let key = match (copy.outcome, rule, copy.entry) {
        (HeldOutcome::Refused, _, Some(_)) => "held-other-in-place".to_owned(),
        (HeldOutcome::Logged | HeldOutcome::Appendable, Some(_), _) => format!("held-{}-no-effect", copy.outcome),
        (outcome, _, _) => format!("held-{outcome}"),
    };
    let args = [
        ("unit", copy.unit.clone().unwrap_or_else(|| "–".to_owned()).into()),
        ("entry", copy.entry.map(|entry| entry.to_string()).unwrap_or_default().into()),
        ("rule", copy.rule.unwrap_or_default().into()),
        ("meaning", rule.map(|rule| context.messages.tell(rule)).unwrap_or_default().into()),
    ];
    context.text(&key, &args)
}
