//! `ikrar report`.

mod text;

use std::path::Path;

use ikrar_core::field::Time;
use ikrar_log::history::{History, RoundIx};
use ikrar_log::report::Report;
use ikrar_log::status::default_time;

use super::{log, verify};
use crate::args::{self, ReportFormat};
use crate::context::Context;
use crate::failure::{Exit, Failure, bad, unchecked, usage};

pub(crate) fn run(args: &args::Report, context: &Context) -> Result<Exit, Failure> {
    let trust = log::trust_root(args.trust.keys.as_deref())?;
    let store = log::open(&args.log)?;
    let verification = log::verified(&args.log, &store, &trust.root, context)?;
    let exit = verify::exit_code(&verification);
    let head = verification
        .head
        .filter(|head| verification.entries == head.size && verification.state.chain().root() == head.root);
    let Some(head) = head else {
        // What the log's key did not vouch for is no ground for a report.
        let _ = context.print(&log::findings(&verification.findings, context));
        let failure = if exit == Exit::Unchecked { unchecked("error-no-report") } else { bad("error-no-report") };
        return Err(failure.with("path", args.log.display()));
    };
    let history = verification.history();
    let round = match find_round(history, &args.round) {
        // Under another trust root a log has no rounds: that it does not verify comes first.
        Err(_) if matches!(exit, Exit::Bad | Exit::Unchecked) => {
            return Err(log::unsound(&args.log, &verification, context));
        }
        found => found?,
    };
    let at = match &args.at {
        Some(at) => parse_time(at)?,
        None => default_time(verification.state.last_logged_at(), history.round_record(round).due, context.now()),
    };
    let report = Report::new(history, &trust.root, trust.out(), head, round, at);
    let out = match args.format {
        ReportFormat::Json => {
            let json = serde_json::to_string(&report);
            json.map_err(|_| unwritten())? + "\n"
        }
        ReportFormat::Csv => csv(&report)?,
        ReportFormat::Text => {
            let mut out =
                verify::integrity_box(&verification, &report.registry, &report.trust, &report.origin, context);
            out.push_str(&log::findings(&verification.findings, context));
            out.push_str(&text::render(&report, history, round, context));
            out
        }
    };
    if args.format != ReportFormat::Text && exit != Exit::Good {
        context.say("error-not-good", &[("path", args.log.display().to_string().into())]);
    }
    match &args.out {
        Some(path) if path != Path::new("-") => super::sign::write(path, out.as_bytes())?,
        _ => context.print(&out)?,
    }
    Ok(exit)
}

/// A round by its name on the command line.
pub(crate) fn find_round(history: &History, name: &str) -> Result<RoundIx, Failure> {
    history.round_by_name(name).map_err(|candidates| {
        if candidates.is_empty() {
            let known: Vec<_> = history.rounds().map(|(_, round)| round.id.clone()).collect();
            return usage("error-unknown-round").with("round", name).with("known", known.join(", "));
        }
        usage("error-ambiguous-round").with("round", name).with("known", candidates.join(", "))
    })
}

fn parse_time(text: &str) -> Result<Time, Failure> {
    let parsed = text.parse::<jiff::Timestamp>().ok().and_then(|time| u64::try_from(time.as_second()).ok());
    parsed.and_then(|seconds| Time::new(seconds).ok()).ok_or_else(|| usage("error-time").with("time", text))
}

fn csv(report: &Report) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    report.write_csv(&mut bytes, b',').map_err(|_| unwritten())?;
    String::from_utf8(bytes).map_err(|_| unwritten())
}

/// A report that is not written in its format.
fn unwritten() -> Failure {
    unchecked("error-write").with("path", "-").because(&std::io::ErrorKind::InvalidData)
}
