//! Changes of roster and keys in the round.

use ikrar_log::report::{Report, RosterChangeOut};

use super::names::Names;
use super::say::Say;

pub(super) struct Change {
    pub(super) entry: u64,
    pub(super) logged: String,
    pub(super) unit: String,
    pub(super) name: String,
    pub(super) what: String,
    pub(super) by: String,
    pub(super) marks: Vec<String>,
}

/// In log order.
pub(super) fn changes(report: &Report, names: &Names<'_>, say: Say<'_>) -> Vec<Change> {
    report.roster_changes.iter().map(|change| row(change, names, say)).collect()
}

fn row(change: &RosterChangeOut, names: &Names<'_>, say: Say<'_>) -> Change {
    let mut marks = Vec::new();
    if change.forced {
        marks.push(say.t("page-change-forced"));
    }
    if change.near_due {
        marks.push(say.t("page-change-near"));
    }
    if !change.by_due {
        marks.push(say.t("page-change-after"));
    }
    if change.keyed == Some(false) && change.change != "retired" {
        marks.push(say.t("flag-no-key"));
    }
    if let Some(since) = change.compromised_since {
        marks.push(say.with("page-change-void", &[("since", since.to_string().into())]));
    }
    Change {
        entry: change.entry,
        logged: say.time(&change.logged_at),
        unit: change.unit.clone(),
        name: change.name.clone(),
        what: what(change, names, say),
        by: named(&change.by, names, say),
        marks,
    }
}

fn what(change: &RosterChangeOut, names: &Names<'_>, say: Say<'_>) -> String {
    let mut parts = vec![say.word("page-change", change.change)];
    let renamed = change.name_before.as_ref().zip(change.name_after.as_ref()).filter(|(before, after)| before != after);
    if let Some((before, after)) = renamed {
        parts.push(format!("{before} → {after}"));
    }
    let moved =
        change.parent_before.as_ref().zip(change.parent_after.as_ref()).filter(|(before, after)| before != after);
    if let Some((before, after)) = moved {
        parts.push(format!("{} → {}", named(before, names, say), named(after, names, say)));
    }
    if !change.successors.is_empty() {
        let next: Vec<_> = change.successors.iter().map(|unit| named(unit, names, say)).collect();
        parts.push(say.with("page-change-successors", &[("units", next.join(", ").into())]));
    }
    parts.join("; ")
}

fn named(unit: &str, names: &Names<'_>, say: Say<'_>) -> String {
    match names.of(unit) {
        "root" => say.t("page-authority"),
        name if name == unit => unit.to_owned(),
        name => format!("{name} ({unit})"),
    }
}
