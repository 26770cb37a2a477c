//! What the report is about, what it rests on, and what verification found.

use ikrar_core::field::Time;
use ikrar_core::rule::Severity;
use ikrar_log::report::{Report, rfc3339};
use ikrar_log::verify::Verification;

use super::say::{Say, seconds};
use crate::commands::log::sentence;

/// Most findings that the page lists; it tells how many there are.
const FINDINGS: usize = 200;

pub(super) struct Integrity {
    pub(super) rows: Vec<Fact>,
    /// The text of the checkpoint that witnesses sign, as of this size.
    pub(super) checkpoint: String,
    pub(super) policy: Option<String>,
    pub(super) findings: Vec<Told>,
    pub(super) more_findings: Option<String>,
}

pub(super) struct Fact {
    pub(super) label: String,
    pub(super) value: String,
    /// A hash, an id, a name of a file: set in a face of fixed width.
    pub(super) code: bool,
}

pub(super) struct Told {
    pub(super) label: String,
    pub(super) text: String,
    pub(super) severe: bool,
}

impl Integrity {
    pub(super) fn new(report: &Report, verification: &Verification, last: Time, say: Say<'_>) -> Self {
        let fact = |key: &str, value: String, code: bool| Fact { label: say.t(key), value, code };
        let witnessed = match verification.witnessed {
            None => "box-witnesses-unasked",
            Some(true) => "box-witnesses-met",
            Some(false) => "box-witnesses-unmet",
        };
        let witnesses = &report.witnesses;
        let anchor = witnesses.latest_anchor.as_ref().map_or_else(
            || say.t("page-anchors-none"),
            |anchor| {
                let args = [
                    ("count", witnesses.anchors.into()),
                    ("size", anchor.size.into()),
                    ("time", say.time(&anchor.time).into()),
                    ("entry", anchor.entry.to_string().into()),
                ];
                say.with("page-anchors-last", &args)
            },
        );
        let mut all: Vec<_> = verification.findings.iter().collect();
        all.sort_by_key(|finding| finding.severity() != Severity::Error);
        let told = all.iter().take(FINDINGS).map(|finding| {
            let severe = finding.severity() == Severity::Error;
            let label = say.t(if severe { "finding-error" } else { "finding-warning" });
            Told { label, text: sentence(finding, say.context()), severe }
        });
        let more = all.len().checked_sub(FINDINGS).filter(|more| *more > 0);
        Self {
            rows: vec![
                fact("box-registry", report.registry.name.clone().unwrap_or_else(|| "–".to_owned()), false),
                fact("box-registry-id", report.registry.id.clone(), true),
                fact("box-origin", report.origin.clone(), true),
                fact("box-tree-size", say.n(report.tree_size), false),
                fact("box-root-hash", report.root.clone(), true),
                fact("page-freshness", freshness(report, last, say), false),
                fact("box-witnesses", say.t(witnessed), false),
                fact("page-anchors", anchor, false),
                fact("box-trust-root", report.trust.path.clone(), true),
                fact("box-fingerprint", report.trust.fingerprint.clone(), true),
            ],
            checkpoint: format!("{}\n{}\n{}\n", report.origin, report.tree_size, report.root),
            policy: witnesses.policy.clone(),
            findings: told.collect(),
            more_findings: more.map(|more| say.with("page-findings-more", &[("count", more.into())])),
        }
    }
}

/// How old the last entry is at the report's time.
fn freshness(report: &Report, last: Time, say: Say<'_>) -> String {
    if last == Time::UNKNOWN {
        return say.t("time-unknown");
    }
    let (at, last_at) = (seconds(&report.at), last.seconds());
    let key = if last_at > at { "page-freshness-after" } else { "page-freshness-value" };
    let days = at.abs_diff(last_at) / 86_400;
    say.with(key, &[("time", say.time(&rfc3339(last)).into()), ("days", days.into())])
}
