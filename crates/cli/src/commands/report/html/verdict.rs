//! The verdict in a sentence.

use ikrar_log::report::Report;

use super::say::{Say, Share, bar, shares, whole};
use crate::failure::Exit;

pub(super) struct Verdict {
    pub(super) sentence: String,
    pub(super) as_of: String,
    pub(super) integrity: String,
    /// `good`, `warn` or `bad`.
    pub(super) tone: &'static str,
    pub(super) mark: char,
    pub(super) bar: String,
    pub(super) shares: Vec<Share>,
    pub(super) shares_at_due: Vec<Share>,
    /// What a reader must know first: what the report counts, and what it leaves out.
    pub(super) left_out: Vec<String>,
}

impl Verdict {
    pub(super) fn new(report: &Report, exit: Exit, under: Option<String>, remarks: Vec<String>, say: Say<'_>) -> Self {
        let summary = &report.summary;
        let without = report.missing() + summary.pending + summary.retired;
        let counts = [
            ("whole", whole(summary).into()),
            ("owed", summary.owed.into()),
            ("without", without.into()),
            ("partial", summary.partial.into()),
        ];
        let key = if summary.owed == 0 { "page-verdict-nobody" } else { "page-verdict-sentence" };
        let at = [("at", say.time(&report.at).into()), ("size", report.tree_size.into())];
        let (tone, mark, integrity) = match exit {
            Exit::Good => ("good", '✓', "verdict-good"),
            Exit::Incomplete => ("warn", '!', "verdict-incomplete"),
            Exit::Unchecked => ("warn", '!', "verdict-unchecked"),
            Exit::Bad | Exit::Usage | Exit::Refused => ("bad", '✗', "verdict-bad"),
        };
        let mut left_out = remarks;
        if let Some(under) = under {
            left_out.push(say.with("report-under", &[("unit", under.into())]));
        }
        if !report.only.is_empty() {
            let only: Vec<_> = report.only.iter().map(|status| say.status(*status).label).collect();
            let args = [("statuses", only.join(", ").into()), ("unlisted", report.unlisted.len().into())];
            left_out.push(say.with("report-only", &args));
        }
        Self {
            sentence: say.with(key, &counts),
            as_of: say.with("page-verdict-as-of", &at),
            integrity: say.t(integrity),
            tone,
            mark,
            bar: bar(summary),
            shares: shares(summary, say),
            shares_at_due: shares(&report.summary_at_due, say),
            left_out,
        }
    }
}
