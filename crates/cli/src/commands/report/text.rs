//! The report for people at a terminal: the verdict, coverage down the tree, and who is missing, late or partial.

use std::collections::HashMap;
use std::fmt::Write as _;

use anstyle::AnsiColor;
use ikrar_log::history::{History, RoundIx};
use ikrar_log::report::{Report, UnitOut};
use ikrar_log::status::{Flag, Status, Summary};

use super::{remarks, round};
use crate::context::Context;
use crate::messages::format::{date, date_time, number, percent};

const BAR: usize = 24;
/// Most rows of the tree; deeper levels are left out before it would be longer.
const TREE_ROWS: usize = 48;
/// The statuses whose units are named, in this order; whole pledges only where they are asked for.
const NAMED: [Status; 7] = [
    Status::Missing,
    Status::Partial,
    Status::Late,
    Status::Disputed,
    Status::Retired,
    Status::Pending,
    Status::Complete,
];
/// Flags that say nothing beside a status.
const QUIET: [Flag; 1] = [Flag::SelfReported];

pub(super) fn render(report: &Report, history: &History, round: RoundIx, size: u64, context: &Context) -> String {
    let lang = context.messages.lang();
    let record = history.round_record(round);
    let zone = record.zone.as_deref().unwrap_or("UTC");
    let time = |seconds: u64| date_time(lang, seconds, zone);
    let at = report.at.parse::<jiff::Timestamp>().ok().and_then(|at| u64::try_from(at.as_second()).ok());
    let mut out = String::from("\n");
    let head = [
        ("round", report.round.clone()),
        ("title", report.title.clone()),
        ("opens", date(lang, record.opens.seconds(), zone)),
        ("due", time(record.due.seconds())),
        ("at", time(at.unwrap_or_default())),
        ("size", number(lang, report.tree_size)),
    ];
    let args: Vec<_> = head.iter().map(|(name, value)| (*name, value.into())).collect();
    let _ = writeln!(out, "{}", context.text("report-head", &args));
    out.push_str(&left_out(report, history, size, context));
    for remark in remarks::remarks(report, history, round, context) {
        let _ = writeln!(out, "{}", context.paint(AnsiColor::Yellow, &remark));
    }
    out.push_str(&round::terms(report, context));
    out.push('\n');
    out.push_str(&summary(&report.summary, context));
    out.push_str(&tree(report, context));
    out.push_str(&round::compared(report, context));
    out.push_str(&round::around(report, context));
    let is_asked_for = |status: &Status| match report.only.as_slice() {
        [] => *status != Status::Complete,
        only => only.contains(status),
    };
    for status in NAMED.into_iter().filter(is_asked_for) {
        out.push_str(&named(report, status, zone, context));
    }
    let _ = writeln!(out, "\n{}", context.text("report-caveat", &[]));
    out
}

/// What the report leaves out, where it was asked to.
fn left_out(report: &Report, history: &History, size: u64, context: &Context) -> String {
    let mut out = String::new();
    let mut say = |key: &str, args: &[(&str, crate::messages::Value<'_>)]| {
        let _ = writeln!(out, "{}", context.text(key, args));
    };
    if report.tree_size < size {
        say(
            "report-as-of",
            &[("prefix", report.tree_size.into()), ("size", size.into()), ("root", (&report.root).into())],
        );
    }
    if let Some(under) = &report.under {
        let name = history.unit_by_id(under).map(|unit| history.census().post(unit).name.to_string());
        let named = [Some(under.clone()), name].into_iter().flatten().filter(|part| !part.is_empty());
        say("report-under", &[("unit", named.collect::<Vec<_>>().join(" ").into())]);
    }
    if !report.only.is_empty() {
        let only: Vec<_> = report.only.iter().map(|status| context.text(&format!("status-{status}"), &[])).collect();
        say("report-only", &[("statuses", only.join(", ").into()), ("unlisted", report.unlisted.len().into())]);
    }
    out
}

fn summary(summary: &Summary, context: &Context) -> String {
    let lang = context.messages.lang();
    let of = |status: Status| match status {
        Status::Retired => summary.retired,
        Status::Disputed => summary.disputed,
        Status::Pending => summary.pending,
        Status::Missing => summary.missing,
        Status::Partial => summary.partial,
        Status::Late => summary.late,
        Status::Complete => summary.complete,
    };
    let rows: Vec<_> = Status::ALL.iter().rev().filter(|status| of(**status) > 0).collect();
    let label = |status: &Status| context.text(&format!("status-{status}"), &[]);
    let width = rows.iter().map(|status| label(status).chars().count()).max().unwrap_or_default();
    let total = context.text("report-owed", &[("count", summary.owed.into())]);
    let mut out = format!("{total}\n");
    for status in rows {
        let count = of(*status);
        let name = label(status);
        let pad = " ".repeat(width - name.chars().count());
        let line = format!(
            "  {} {name}{pad}  {:>7}  {:>7}",
            symbol(*status),
            number(lang, count),
            percent(lang, count, summary.owed)
        );
        let _ = writeln!(out, "{}", context.paint(colour(*status), &line));
    }
    out
}

/// Units that have owed units below them, with coverage by whole pledges, parents before children.
fn tree(report: &Report, context: &Context) -> String {
    let every = report.every_unit();
    let units: HashMap<&str, &UnitOut> = every.iter().map(|unit| (unit.unit.as_str(), *unit)).collect();
    let above = |unit: &UnitOut| unit.parent.as_deref().and_then(|parent| units.get(parent)).copied();
    let mut counts: HashMap<&str, (u64, u64)> = HashMap::new();
    let mut children: HashMap<Option<&str>, Vec<&UnitOut>> = HashMap::new();
    for unit in every.iter().copied() {
        children.entry(above(unit).map(|parent| parent.unit.as_str())).or_default().push(unit);
        let done = u64::from(matches!(unit.status, Status::Complete | Status::Late));
        let line = std::iter::successors(Some(unit), |unit| above(unit)).take(64);
        for unit in line {
            let count = counts.entry(unit.unit.as_str()).or_default();
            *count = (count.0 + done, count.1 + 1);
        }
    }
    let mut level: Vec<(usize, &UnitOut)> = Vec::new();
    let is_node = |unit: &&UnitOut| children.contains_key(&Some(unit.unit.as_str()));
    for limit in 1..=32 {
        let rows = walk(&children, None, 0, limit, &is_node);
        if rows.is_empty() || rows.len() > TREE_ROWS || rows.len() == level.len() {
            break;
        }
        level = rows;
    }
    if level.is_empty() {
        return String::new();
    }
    let lang = context.messages.lang();
    let mut out = format!("\n{}\n", context.text("report-coverage", &[]));
    let title = |depth: usize, unit: &UnitOut| format!("{}{}", "  ".repeat(depth), unit.name);
    let width = level.iter().map(|(depth, unit)| title(*depth, unit).chars().count()).max().unwrap_or_default();
    for (depth, unit) in level {
        let (done, owed) = counts.get(unit.unit.as_str()).copied().unwrap_or_default();
        let name = title(depth, unit);
        let pad = " ".repeat(width - name.chars().count());
        let ratio = format!("{}/{}", number(lang, done), number(lang, owed));
        let _ = writeln!(out, "  {name}{pad}  {}  {ratio:>13}  {:>7}", bar(done, owed), percent(lang, done, owed));
    }
    out
}

fn walk<'a>(
    children: &HashMap<Option<&'a str>, Vec<&'a UnitOut>>,
    parent: Option<&'a str>,
    depth: usize,
    limit: usize,
    is_node: &impl Fn(&&UnitOut) -> bool,
) -> Vec<(usize, &'a UnitOut)> {
    let mut rows = Vec::new();
    if depth >= limit {
        return rows;
    }
    for unit in children.get(&parent).into_iter().flatten().copied().filter(|unit| is_node(unit)) {
        rows.push((depth, unit));
        rows.extend(walk(children, Some(unit.unit.as_str()), depth + 1, limit, is_node));
    }
    rows
}

fn bar(done: u64, owed: u64) -> String {
    let wide = u64::try_from(BAR).unwrap_or_default();
    let full = done.saturating_mul(wide).checked_div(owed).and_then(|full| usize::try_from(full).ok());
    let full = full.unwrap_or_default().min(BAR);
    format!("{}{}", "█".repeat(full), "░".repeat(BAR - full))
}

fn named(report: &Report, status: Status, zone: &str, context: &Context) -> String {
    let lang = context.messages.lang();
    let every = report.units.iter().chain(&report.unlisted);
    let names: HashMap<&str, &str> = every.map(|unit| (unit.unit.as_str(), unit.name.as_str())).collect();
    let units: Vec<_> = report.units.iter().filter(|unit| unit.status == status).collect();
    if units.is_empty() {
        return String::new();
    }
    let title = context.text(&format!("status-{status}"), &[]);
    let count = number(lang, u64::try_from(units.len()).unwrap_or_default());
    let mut heading = format!("{} {title} ({count})", symbol(status));
    if let Some(days) = units.iter().find_map(|unit| unit.days_overdue) {
        let _ = write!(heading, ", {}", context.text("report-overdue", &[("days", days.into())]));
    }
    let mut out = format!("\n{}\n", context.paint(colour(status), &heading));
    let id_width = units.iter().map(|unit| unit.unit.len()).max().unwrap_or_default();
    for unit in units {
        let kind = context.messages.kind(&unit.kind);
        let parent = unit.parent.as_deref().and_then(|parent| names.get(parent));
        let mut line = format!("  {:id_width$}  {} ({kind})", unit.unit, unit.name);
        if let Some(parent) = parent {
            let _ = write!(line, ", {parent}");
        }
        if let Some(detail) = detail(unit, zone, context) {
            let _ = write!(line, " · {detail}");
        }
        for flag in unit.flags.iter().filter(|flag| !QUIET.contains(flag)) {
            let _ = write!(line, " · {}", context.text(&format!("flag-{flag}"), &[]));
        }
        let _ = writeln!(out, "{line}");
    }
    out
}

/// What makes a unit partial or late, in a word or two.
fn detail(unit: &UnitOut, zone: &str, context: &Context) -> Option<String> {
    let lang = context.messages.lang();
    match unit.status {
        Status::Late => {
            let seconds = unit.logged_at.as_deref()?.parse::<jiff::Timestamp>().ok()?.as_second();
            Some(date_time(lang, u64::try_from(seconds).ok()?, zone))
        }
        Status::Partial => {
            let (signed, required) = unit.coverage?.totals();
            let numbers: Vec<_> = unit.commitments.iter().map(|number| format!("K{number}")).collect();
            let args =
                [("signed", signed.into()), ("required", required.into()), ("commitments", numbers.join(" ").into())];
            Some(context.text("report-partial", &args))
        }
        _ => None,
    }
}

pub(crate) fn symbol(status: Status) -> char {
    match status {
        Status::Complete => '✓',
        Status::Partial => '◐',
        Status::Late => '◷',
        Status::Missing => '✗',
        Status::Pending => '…',
        Status::Retired => '†',
        Status::Disputed => '?',
    }
}

pub(crate) fn colour(status: Status) -> AnsiColor {
    match status {
        Status::Complete => AnsiColor::Green,
        Status::Missing | Status::Disputed => AnsiColor::Red,
        Status::Partial | Status::Late | Status::Retired | Status::Pending => AnsiColor::Yellow,
    }
}
