//! Other rounds beside this one.

use ikrar_log::report::{ComparedOut, CountSum, CoverageSum, Report};
use ikrar_log::status::Summary;

use super::say::{ORDER, Say, StatusWord, asn, bar, of, whole};

pub(super) struct Compared {
    pub(super) statuses: Vec<StatusWord>,
    pub(super) rows: Vec<Round>,
}

pub(super) struct Round {
    pub(super) round: String,
    pub(super) title: String,
    pub(super) due: String,
    pub(super) owed: String,
    pub(super) counts: Vec<String>,
    pub(super) share: String,
    pub(super) asn: String,
    pub(super) ppnpn: String,
    pub(super) bar: String,
    pub(super) this: bool,
}

impl Compared {
    /// This round, then the others in the order asked for; none where no other was asked for.
    pub(super) fn new(report: &Report, say: Say<'_>) -> Option<Self> {
        if report.compared.is_empty() {
            return None;
        }
        let this = round(&report.round, &report.title, &report.due, &report.summary, &report.coverage, say);
        let other = |it: &ComparedOut| round(&it.round, &it.title, &it.due, &it.summary, &it.coverage, say);
        let mut rows = vec![Round { this: true, ..this }];
        rows.extend(report.compared.iter().map(other));
        Some(Self { statuses: ORDER.map(|status| say.status(status)).into(), rows })
    }
}

fn round(id: &str, title: &str, due: &str, summary: &Summary, coverage: &CoverageSum, say: Say<'_>) -> Round {
    let share = |count: CountSum| say.share(count.signed, count.required);
    Round {
        round: id.to_owned(),
        title: title.to_owned(),
        due: say.date(due),
        owed: say.n(summary.owed),
        counts: ORDER.map(|status| say.n(of(summary, status))).into(),
        share: say.share(whole(summary), summary.owed),
        asn: share(asn(coverage)),
        ppnpn: share(coverage.ppnpn),
        bar: bar(summary),
        this: false,
    }
}
