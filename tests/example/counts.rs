//! The tables in the examples' READMEs are made from their logs; `IKRAR_UPDATE_EXPECTED=1` writes them anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ikrar_core::attestation::Attestation;
use ikrar_core::entry::{Entry, Payload};
use ikrar_log::history::RoundIx;
use ikrar_log::report::{Report, Scope, TrustOut};
use ikrar_log::status::{Flag, Status, Timing};
use ikrar_log::verify::Verification;

use crate::{CITY, Example, MINISTRY};

const BEGIN: &str = "<!-- counted: a test compares what follows with the log -->\n";
const END: &str = "<!-- end -->\n";

/// A round as of the end of the log.
pub(crate) fn report(example: &Example, verification: &Verification, round: RoundIx) -> Report {
    let trust = example.trust();
    let shown = TrustOut { path: example.keys.to_owned(), fingerprint: trust.fingerprint_text() };
    let (head, at) = (verification.head.unwrap(), verification.state.last_logged_at());
    Report::new(verification.history(), &trust, shown, head, round, at, &Scope::default())
}

/// Every round, in the order of opening.
pub(crate) fn reports(example: &Example) -> Vec<Report> {
    let verification = example.verified();
    let rounds: Vec<_> = verification.history().rounds().map(|(round, _)| round).collect();
    rounds.into_iter().map(|round| report(example, &verification, round)).collect()
}

/// How many of each statement there are; anchors too.
pub(crate) fn statements(example: &Example) -> BTreeMap<&'static str, u64> {
    let mut counted = BTreeMap::new();
    for entry in example.entries() {
        let name = match Entry::decode(&entry).unwrap().payload {
            Payload::Attestation(bytes) => Attestation::decode(bytes).unwrap().body().statement.name(),
            Payload::Anchor(_) => "anchor",
        };
        *counted.entry(name).or_default() += 1;
    }
    counted
}

/// A table with a column a round.
fn table(out: &mut String, title: &str, reports: &[Report], rows: &[(String, Vec<u64>)]) {
    let heads: Vec<_> = reports.iter().map(|report| report.round.as_str()).collect();
    writeln!(out, "| {title} | {} |\n|---|{}", heads.join(" | "), "---:|".repeat(heads.len())).unwrap();
    for (name, cells) in rows.iter().filter(|(_, cells)| cells.iter().any(|cell| *cell > 0)) {
        let cells: Vec<_> =
            cells.iter().map(|cell| if *cell == 0 { "·".to_owned() } else { cell.to_string() }).collect();
        writeln!(out, "| {name} | {} |", cells.join(" | ")).unwrap();
    }
    out.push('\n');
}

fn counted(example: &Example) -> String {
    let reports = reports(example);
    let row = |name: &str, count: &dyn Fn(&Report) -> u64| (name.to_owned(), reports.iter().map(count).collect());
    let units = |report: &Report, holds: &dyn Fn(&ikrar_log::report::UnitOut) -> bool| {
        report.units.iter().map(|unit| u64::from(holds(unit))).sum()
    };
    let mut out = String::from("\n");

    let mut rows: Vec<_> = Status::ALL
        .iter()
        .rev()
        .map(|of| row(&format!("`{of}`"), &|report| units(report, &|unit| unit.status == *of)))
        .collect();
    rows.push(row("owed, the sum", &|report| report.summary.owed));
    rows.push(row("whole at due", &|report| report.summary_at_due.complete));
    table(&mut out, "status", &reports, &rows);

    let timings = Timing::ALL.iter();
    let timings = timings.map(|of| row(&format!("`{of}`"), &|report| units(report, &|unit| unit.timing == Some(*of))));
    table(&mut out, "timing", &reports, &timings.collect::<Vec<_>>());

    let flags = Flag::ALL.iter();
    let flags = flags.map(|of| row(&format!("`{of}`"), &|report| units(report, &|unit| unit.flags.contains(of))));
    table(&mut out, "flag", &reports, &flags.collect::<Vec<_>>());

    let around = [
        row("briefed", &|report| report.around.briefings.briefed),
        row("monitored", &|report| report.around.monitoring.monitored),
        row("of these, nil", &|report| report.around.monitoring.nil),
        row("referred cases", &|report| report.around.referrals.units),
        row("stated no PPNPN", &|report| report.coverage.ppnpn_none),
        row("counted combined", &|report| report.coverage.combined_only),
    ];
    table(&mut out, "units that", &reports, &around);

    let statements = statements(example);
    writeln!(out, "| in the log | |\n|---|---:|").unwrap();
    for (name, count) in &statements {
        writeln!(out, "| `{name}` | {count} |").unwrap();
    }
    writeln!(out, "| entries, the sum | {} |\n", statements.values().sum::<u64>()).unwrap();
    out
}

#[test]
fn a_readme_counts_otherwise_than_the_log() {
    for example in [CITY, MINISTRY] {
        let path = example.folder().join("README.md");
        let readme = std::fs::read_to_string(&path).unwrap();
        let (before, rest) = readme.split_once(BEGIN).unwrap();
        let (told, after) = rest.split_once(END).unwrap();
        let counted = counted(&example);
        if std::env::var_os("IKRAR_UPDATE_EXPECTED").is_some() {
            std::fs::write(&path, [before, BEGIN, &counted, END, after].concat()).unwrap();
        } else {
            assert_eq!(told, counted, "{}: IKRAR_UPDATE_EXPECTED=1 rewrites it", path.display());
        }
    }
}
