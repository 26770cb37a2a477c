//! How the page says things: texts of the catalogue, numbers, times in the round's zone, statuses by word and symbol.

use ikrar_log::report::{CountSum, CoverageSum, PersonsSum};
use ikrar_log::status::{Status, Summary};

use crate::context::Context;
use crate::messages::format::{date, date_time, day_of, months, number, percent};
use crate::messages::{Lang, Value};

/// Statuses in the order of every legend and bar.
pub(super) const ORDER: [Status; 7] = [
    Status::Complete,
    Status::Late,
    Status::Partial,
    Status::Missing,
    Status::Disputed,
    Status::Pending,
    Status::Retired,
];

/// The language and the zone of a page.
#[derive(Clone, Copy)]
pub(super) struct Say<'a> {
    context: &'a Context,
    zone: &'a str,
}

impl<'a> Say<'a> {
    pub(super) fn new(context: &'a Context, zone: &'a str) -> Self {
        Self { context, zone }
    }

    pub(super) fn lang(&self) -> &'static str {
        self.context.messages.lang().tag()
    }

    pub(super) fn zone(&self) -> &'a str {
        self.zone
    }

    pub(super) fn context(&self) -> &'a Context {
        self.context
    }

    pub(super) fn months(&self) -> [&'static str; 12] {
        months(self.context.messages.lang())
    }

    /// A text without variables.
    pub(super) fn t(&self, key: &str) -> String {
        self.context.text(key, &[])
    }

    /// A text with variables.
    pub(super) fn with(&self, key: &str, args: &[(&str, Value<'_>)]) -> String {
        self.context.text(key, args)
    }

    /// The word for a value of an enumeration.
    pub(super) fn word(&self, prefix: &str, name: &str) -> String {
        self.t(&format!("{prefix}-{}", name.to_ascii_lowercase()))
    }

    pub(super) fn kind(&self, kind: &str) -> String {
        self.context.messages.kind(kind)
    }

    pub(super) fn kinds(&self, kinds: &[String]) -> String {
        kinds.iter().map(|kind| self.kind(kind)).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn n(&self, count: u64) -> String {
        number(self.context.messages.lang(), count)
    }

    /// A decimal number with the language's separator.
    pub(super) fn decimal(&self, number: &str) -> String {
        match self.context.messages.lang() {
            Lang::En => number.to_owned(),
            Lang::Id => number.replace('.', ","),
        }
    }

    pub(super) fn len(&self, count: usize) -> String {
        self.n(u64::try_from(count).unwrap_or(u64::MAX))
    }

    pub(super) fn share(&self, part: u64, whole: u64) -> String {
        percent(self.context.messages.lang(), part, whole)
    }

    /// A time of the report in the round's zone.
    pub(super) fn time(&self, rfc3339: &str) -> String {
        date_time(self.context.messages.lang(), seconds(rfc3339), self.zone)
    }

    /// The day of a time in the round's zone.
    pub(super) fn date(&self, rfc3339: &str) -> String {
        self.date_of(seconds(rfc3339))
    }

    pub(super) fn date_of(&self, posix: u64) -> String {
        date(self.context.messages.lang(), posix, self.zone)
    }

    /// A day of a statement, which belongs to no zone.
    pub(super) fn day(&self, iso: &str) -> String {
        day_of(self.context.messages.lang(), iso)
    }

    pub(super) fn status(&self, status: Status) -> StatusWord {
        let label = self.t(&format!("status-{status}"));
        StatusWord { name: status.name(), symbol: super::super::text::symbol(status), label }
    }

    /// Signed of required, with the share.
    pub(super) fn signed(&self, count: CountSum) -> String {
        if count.required == 0 && count.signed == 0 {
            return "–".to_owned();
        }
        let args = [("signed", count.signed.into()), ("required", count.required.into())];
        format!("{} ({})", self.with("page-of", &args), self.share(count.signed, count.required))
    }

    /// `3`, or `1–2` where a bucket makes it uncertain.
    pub(super) fn persons(&self, sum: PersonsSum) -> String {
        if sum.min == sum.max { self.n(sum.min) } else { format!("{}–{}", self.n(sum.min), self.n(sum.max)) }
    }
}

/// A status by word and symbol, never by colour alone.
#[derive(Clone)]
pub(super) struct StatusWord {
    pub(super) name: &'static str,
    pub(super) symbol: char,
    pub(super) label: String,
}

/// One status of a summary.
pub(super) struct Share {
    pub(super) status: StatusWord,
    pub(super) count: String,
    pub(super) share: String,
}

/// The statuses that occur.
pub(super) fn shares(summary: &Summary, say: Say<'_>) -> Vec<Share> {
    let there = ORDER.into_iter().filter(|status| of(summary, *status) > 0);
    there
        .map(|status| {
            let count = of(summary, status);
            Share { status: say.status(status), count: say.n(count), share: say.share(count, summary.owed) }
        })
        .collect()
}

pub(super) fn of(summary: &Summary, status: Status) -> u64 {
    match status {
        Status::Retired => summary.retired,
        Status::Disputed => summary.disputed,
        Status::Pending => summary.pending,
        Status::Missing => summary.missing,
        Status::Partial => summary.partial,
        Status::Late => summary.late,
        Status::Complete => summary.complete,
    }
}

/// Whole pledges, in time or late.
pub(super) fn whole(summary: &Summary) -> u64 {
    summary.complete + summary.late
}

/// Civil servants and contract employees.
pub(super) fn asn(coverage: &CoverageSum) -> CountSum {
    CountSum {
        required: coverage.pns.required + coverage.pppk.required,
        signed: coverage.pns.signed + coverage.pppk.signed,
    }
}

/// Seconds of a time of the report.
pub(super) fn seconds(rfc3339: &str) -> u64 {
    let time = rfc3339.parse::<jiff::Timestamp>().map(jiff::Timestamp::as_second);
    time.ok().and_then(|seconds| u64::try_from(seconds).ok()).unwrap_or_default()
}

const BAR_WIDTH: u64 = 1000;

/// A bar with a stretch for each status, in thousandths; what it says stands beside it in words.
pub(super) fn bar(summary: &Summary) -> String {
    let mut out = format!(
        "<svg class=\"bar\" viewBox=\"0 0 {BAR_WIDTH} 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\" \
         focusable=\"false\"><rect class=\"track\" width=\"{BAR_WIDTH}\" height=\"10\"/>"
    );
    let (mut before, mut from) = (0, 0);
    for status in ORDER {
        before += of(summary, status);
        let to = before.saturating_mul(BAR_WIDTH).checked_div(summary.owed).unwrap_or_default();
        if to > from {
            let name = status.name();
            let width = to - from;
            out.push_str(&format!("<rect class=\"s-{name}\" x=\"{from}\" width=\"{width}\" height=\"10\"/>"));
        }
        from = to;
    }
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(counts: [u64; 7]) -> Summary {
        let [complete, late, partial, missing, disputed, pending, retired] = counts;
        let owed = counts.iter().sum();
        Summary { owed, complete, partial, late, missing, pending, retired, disputed }
    }

    /// Where each stretch begins, and how wide it is.
    fn stretches(bar: &str) -> Vec<(u64, u64)> {
        let number = |stretch: &str, name: &str| {
            let (_, rest) = stretch.split_once(&format!(" {name}=\"")).unwrap();
            rest.split_once('"').unwrap().0.parse().unwrap()
        };
        bar.split("<rect class=\"s-").skip(1).map(|it| (number(it, "x"), number(it, "width"))).collect()
    }

    #[test]
    fn a_bar_has_a_gap_or_is_too_long() {
        for counts in [
            [1, 1, 1, 0, 0, 0, 0],
            [9, 0, 0, 0, 0, 0, 1],
            [3, 5, 7, 11, 13, 17, 19],
            [u64::MAX >> 12, 1, 0, 0, 0, 0, 0],
        ] {
            let stretches = stretches(&bar(&summary(counts)));
            let end = stretches.iter().fold(0, |end, (x, width)| {
                assert_eq!(*x, end, "{counts:?}");
                x + width
            });
            assert_eq!(end, BAR_WIDTH, "{counts:?}");
        }
        assert!(stretches(&bar(&summary([0; 7]))).is_empty());
    }

    #[test]
    fn a_status_is_in_no_legend() {
        let all: std::collections::BTreeSet<_> = ORDER.into_iter().collect();
        assert!(Status::ALL.iter().all(|status| all.contains(status)));
        assert_eq!(all.len(), ORDER.len());
    }
}
