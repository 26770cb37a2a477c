//! Letters as tables: one letter, and all of them for a program that prints or sends them.

use ikrar_log::report::{CsvStyle, Report, inert};

use super::{Letter, file_stem, lacks};
use crate::commands::question::Grounded;
use crate::context::Context;
use crate::failure::{Failure, unchecked};
use crate::messages::format::date_time;

const COLUMNS: [&str; 14] = [
    "to",
    "to_name",
    "round",
    "due",
    "unit",
    "name",
    "kind",
    "parent",
    "status",
    "lacks",
    "days_overdue",
    "tree_size",
    "synthetic",
    "due_local",
];
const INDEX_COLUMNS: [&str; 10] =
    ["to", "to_name", "file", "units", "round", "due", "at", "synthetic", "due_local", "at_local"];

pub(super) fn of_one(
    letter: &Letter<'_>,
    report: &Report,
    style: CsvStyle,
    grounded: &Grounded,
    context: &Context,
) -> Result<Vec<u8>, Failure> {
    let due = local(&report.due, grounded, context);
    let row = |unit: &&ikrar_log::report::UnitOut| {
        [
            letter.to.to_owned(),
            letter.to_name.to_owned(),
            report.round.clone(),
            report.due.clone(),
            unit.unit.clone(),
            unit.name.clone(),
            unit.kind.clone(),
            unit.parent.clone().unwrap_or_default(),
            unit.status.to_string(),
            lacks(unit, report, context).join("; "),
            unit.days_overdue.map(|days| days.to_string()).unwrap_or_default(),
            report.tree_size.to_string(),
            report.registry.synthetic.to_string(),
            due.clone(),
        ]
    };
    write(&COLUMNS, letter.units.iter().map(row), style)
}

pub(super) fn of_all(
    letters: &[Letter<'_>],
    report: &Report,
    style: CsvStyle,
    grounded: &Grounded,
    context: &Context,
) -> Result<Vec<u8>, Failure> {
    let (due, at) = (local(&report.due, grounded, context), local(&report.at, grounded, context));
    let row = |letter: &Letter<'_>| {
        [
            letter.to.to_owned(),
            letter.to_name.to_owned(),
            format!("{}.html", file_stem(letter.to)),
            letter.units.len().to_string(),
            report.round.clone(),
            report.due.clone(),
            report.at.clone(),
            report.registry.synthetic.to_string(),
            due.clone(),
            at.clone(),
        ]
    };
    write(&INDEX_COLUMNS, letters.iter().map(row), style)
}

/// A time as the letter itself writes it: in the round's zone, in words.
fn local(time: &str, grounded: &Grounded, context: &Context) -> String {
    let posix = time.parse::<jiff::Timestamp>().ok().and_then(|time| u64::try_from(time.as_second()).ok());
    date_time(context.messages.lang(), posix.unwrap_or_default(), grounded.zone())
}

fn write<const N: usize>(
    columns: &[&str; N],
    rows: impl Iterator<Item = [String; N]>,
    style: CsvStyle,
) -> Result<Vec<u8>, Failure> {
    let failed = |_| unchecked("error-write").with("path", "-").because(&std::io::ErrorKind::InvalidData);
    let mut csv = style.writer(Vec::new()).map_err(failed)?;
    csv.write_record(columns).map_err(|error| failed(error.into()))?;
    for row in rows {
        csv.write_record(row.map(|field| inert(&field))).map_err(|error| failed(error.into()))?;
    }
    csv.into_inner().map_err(|error| failed(error.into_error()))
}
