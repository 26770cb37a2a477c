//! What a reader of a report must know before he reads its numbers.

use ikrar_core::field::Time;
use ikrar_log::history::{History, RoundIx};
use ikrar_log::report::Report;

use crate::context::Context;
use crate::messages::format::{date_time, number};

/// That entries count which were logged after the report's time, and that the round's pledges have lapsed.
pub(super) fn remarks(report: &Report, history: &History, round: RoundIx, context: &Context) -> Vec<String> {
    let lang = context.messages.lang();
    let record = history.round_record(round);
    let zone = record.zone.as_deref().unwrap_or("UTC");
    let posix = report.at.parse::<jiff::Timestamp>().ok().and_then(|at| u64::try_from(at.as_second()).ok());
    let at = posix.unwrap_or_default();
    let mut remarks = Vec::new();
    let after = Time::new(at.saturating_add(1)).map_or(report.tree_size, |after| history.entries_before(after));
    if let Some(later) = report.tree_size.checked_sub(after).filter(|later| *later > 0) {
        let args = [("count", later.into()), ("first", after.to_string().into())];
        let remark = context.text("report-logged-after", &args);
        // A prefix without the round's opening has no report of it.
        let leave_out = (after > record.at.index).then(|| context.text("report-leave-out", &args));
        remarks.push([Some(remark), leave_out].into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    if let Some(expires) = record.expires.filter(|expires| at > expires.seconds()) {
        let summary = &report.summary;
        let lapsed = summary.complete + summary.partial + summary.late;
        let args = [("time", date_time(lang, expires.seconds(), zone).into()), ("count", number(lang, lapsed).into())];
        remarks.push(context.text("report-lapsed", &args));
    }
    remarks
}
