//! The report for people, around its statuses: what the round asks, who is covered, what came beside the pledges, and
//! other rounds.

use std::fmt::Write as _;

use ikrar_log::catalogue::InForce;
use ikrar_log::report::{BasisOut, ComparedOut, CountSum, CoverageSum, PersonsSum, Report, RosterChangeOut};

use crate::context::Context;
use crate::messages::format::{day_of, number, percent};

/// Accepted texts, and what is amiss with texts and legal bases.
pub(super) fn terms(report: &Report, context: &Context) -> String {
    let mut out = String::new();
    for text in &report.terms.texts {
        let title = text.title.clone().unwrap_or_else(|| context.text("report-text-unknown", &[]));
        let args = [("title", title.into()), ("hash", short(&text.hash).into())];
        let _ = writeln!(out, "{}", context.text("report-text", &args));
    }
    for text in &report.terms.foreign_texts {
        let title = text.title.clone().unwrap_or_else(|| context.text("report-text-unknown", &[]));
        let args = [
            ("title", title.into()),
            ("hash", short(&text.hash).into()),
            ("units", text.units.into()),
            ("pledged", text.pledged.into()),
        ];
        let _ = writeln!(out, "{}", context.text("report-foreign-text", &args));
    }
    for basis in report.terms.bases.iter().filter(|basis| basis.in_force != InForce::Throughout) {
        let _ = writeln!(out, "{}", flagged(basis, context));
    }
    out
}

fn flagged(basis: &BasisOut, context: &Context) -> String {
    let on = |iso: &str| [("day", day_of(context.messages.lang(), iso).into())];
    let from = basis.from.map(|day| context.text("page-basis-from", &on(day)));
    let until = basis.until.map(|day| context.text("page-basis-until", &on(day)));
    let next = basis.replaced_by.map(|code| context.text("page-basis-replaced", &[("code", code.into())]));
    let validity: Vec<_> = [from, until, next].into_iter().flatten().collect();
    let args = [
        ("code", (&basis.code).into()),
        ("title", basis.title.unwrap_or("–").into()),
        ("validity", validity.join(", ").into()),
    ];
    context.text(&format!("report-basis-{}", basis.in_force), &args)
}

fn short(hash: &str) -> String {
    format!("{}…", hash.get(..12).unwrap_or(hash))
}

/// Who is covered, and briefing, monitoring, referral, roster changes.
pub(super) fn around(report: &Report, context: &Context) -> String {
    let mut out = format!("\n{}\n", coverage(&report.coverage, context));
    let mut say = |key: &str, args: &[(&str, crate::messages::Value<'_>)]| {
        let _ = writeln!(out, "{}", context.text(key, args));
    };
    let (briefings, monitoring, referrals) =
        (&report.around.briefings, &report.around.monitoring, &report.around.referrals);
    let not_briefed = briefings.pledged_not_briefed.into();
    say("report-briefings", &[("briefed", briefings.briefed.into()), ("not-briefed", not_briefed)]);
    let args = [
        ("monitored", monitoring.monitored.into()),
        ("nil", monitoring.nil.into()),
        ("silent", monitoring.silent.into()),
    ];
    say("report-monitoring", &args);
    if referrals.units > 0 {
        let mut persons = PersonsSum::default();
        for case in &referrals.cases {
            persons.min += case.persons.min;
            persons.max += case.persons.max;
        }
        let args = [
            ("units", referrals.units.into()),
            ("cases", range(persons, context).into()),
            ("overdue", range(referrals.overdue, context).into()),
        ];
        say("report-referrals", &args);
    }
    if let Some(changes) = changes(report, context) {
        let _ = writeln!(out, "{changes}");
    }
    out
}

/// How much changed on the roster and in keys, by due and since.
pub(super) fn changes(report: &Report, context: &Context) -> Option<String> {
    let changes = &report.roster_changes;
    let count = |is: &dyn Fn(&&RosterChangeOut) -> bool| changes.iter().filter(is).count();
    let args = [
        ("changes", changes.len().into()),
        ("timely", count(&|change| change.by_due).into()),
        ("forced", count(&|change| change.forced).into()),
        ("coerced", count(&|change| change.forced && change.by_due).into()),
        ("near", count(&|change| change.near_due && change.change == "rekeyed").into()),
    ];
    (!changes.is_empty()).then(|| context.text("report-changes", &args))
}

fn range(persons: PersonsSum, context: &Context) -> String {
    let lang = context.messages.lang();
    match persons {
        PersonsSum { min, max } if min == max => number(lang, min),
        PersonsSum { min, max } => format!("{}–{}", number(lang, min), number(lang, max)),
    }
}

fn coverage(sum: &CoverageSum, context: &Context) -> String {
    let lang = context.messages.lang();
    let of = |count: CountSum| format!("{}/{}", number(lang, count.signed), number(lang, count.required));
    let mut parts = Vec::new();
    if sum.by_category > 0 || sum.combined_only == 0 {
        let categories = [("PNS", sum.pns), ("PPPK", sum.pppk), ("PPNPN", sum.ppnpn)];
        parts.extend(categories.map(|(name, count)| format!("{name} {}", of(count))));
    }
    if sum.combined_only > 0 {
        let args = [("count", of(sum.combined).into()), ("units", sum.combined_only.into())];
        parts.push(context.text("report-combined", &args));
    }
    context.text("report-signed", &[("counts", parts.join(" · ").into())])
}

/// Other rounds, one line each, in the order asked for.
pub(super) fn compared(report: &Report, context: &Context) -> String {
    if report.compared.is_empty() {
        return String::new();
    }
    let lang = context.messages.lang();
    let width = report.compared.iter().map(|round| round.round.chars().count()).max().unwrap_or_default();
    let mut out = format!("\n{}\n", context.text("report-compared", &[]));
    for ComparedOut { round, summary, title, .. } in &report.compared {
        let whole = summary.complete + summary.late;
        let ratio = format!("{}/{}", number(lang, whole), number(lang, summary.owed));
        let share = percent(lang, whole, summary.owed);
        let _ = writeln!(out, "  {round:width$}  {ratio:>13}  {share:>7}  {title}");
    }
    out
}
