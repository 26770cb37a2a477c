//! `ikrar report`.

mod held;
mod html;
mod remarks;
mod round;
pub(crate) mod text;

use std::path::Path;

use ikrar_log::report::{CsvStyle, Report, Scope};

use super::question::{Question, find_round, ground};
use super::{log, verify};
use crate::args::{self, ReportFormat};
use crate::context::Context;
use crate::failure::{Exit, Failure, unchecked, usage};

pub(crate) fn run(args: &args::Report, context: &Context) -> Result<Exit, Failure> {
    if args.format == ReportFormat::Csv && !args.held.is_empty() {
        return Err(usage("error-held-csv"));
    }
    if args.format == ReportFormat::Html && !args.held.is_empty() {
        return Err(usage("error-held-html"));
    }
    if args.format != ReportFormat::Csv && args.csv.is_asked_for() {
        return Err(usage("error-csv-only"));
    }
    let copies = held::read(&args.held)?;
    let question = Question {
        log: &args.log,
        keys: args.trust.keys.as_deref(),
        round: &args.round,
        at: args.at.as_deref(),
        as_of: args.as_of,
    };
    let grounded = ground(&question, context)?;
    let (history, trust) = (grounded.history(), &grounded.trust);
    let under = args.under.as_deref().map(|unit| grounded.unit(unit)).transpose()?;
    let mut scope = Scope { under, only: args.only.iter().copied().map(Into::into).collect() };
    scope.only.sort_unstable();
    scope.only.dedup();
    let (round, at) = (grounded.round, grounded.at);
    let mut report = Report::new(history, &trust.root, trust.out(), grounded.head, round, at, &scope);
    let compared = args.compare.iter().map(|name| find_round(history, name)).collect::<Result<Vec<_>, _>>()?;
    report.compare(history, &compared, at, under);
    if !args.held.is_empty() {
        report.held = Some(held::judge(&args.log, &copies, &grounded, context)?);
    }
    let exit = match grounded.exit {
        Exit::Good if args.fail_on_missing && report.missing() > 0 => Exit::Incomplete,
        exit => exit,
    };
    let out = match args.format {
        ReportFormat::Json => {
            let json = serde_json::to_string(&report);
            json.map_err(|_| unwritten())? + "\n"
        }
        ReportFormat::Csv => csv(&report, args.csv.style())?,
        ReportFormat::Html => html::render(&report, &grounded, &args.log, context).map_err(|_| unwritten())?,
        ReportFormat::Text => {
            let verification = &grounded.verification;
            let mut out = verify::integrity_box(verification, &report.registry, &report.trust, &report.origin, context);
            out.push_str(&log::findings(&verification.findings, context));
            out.push_str(&text::render(&report, history, round, grounded.size, context));
            out.push_str(&held::text(report.held.as_deref(), context));
            out
        }
    };
    if args.format != ReportFormat::Text && grounded.exit != Exit::Good {
        context.say("error-not-good", &[("path", args.log.display().to_string().into())]);
    }
    match &args.out {
        Some(path) if path != Path::new("-") => super::sign::write(path, out.as_bytes())?,
        _ => context.print(&out)?,
    }
    Ok(exit)
}

fn csv(report: &Report, style: CsvStyle) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    report.write_csv(&mut bytes, style).map_err(|_| unwritten())?;
    String::from_utf8(bytes).map_err(|_| unwritten())
}

/// A report that is not written in its format.
fn unwritten() -> Failure {
    unchecked("error-write").with("path", "-").because(&std::io::ErrorKind::InvalidData)
}
