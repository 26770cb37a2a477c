//! `ikrar letter`: reminders to the units above those that still owe something, as a page to print and as a table.

mod page;
mod table;

use std::collections::BTreeMap;
use std::path::Path;

use ikrar_core::statement::ROOT;
use ikrar_log::report::{Report, Scope, UnitOut};
use ikrar_log::status::Status;

use super::question::{Grounded, Question, ground};
use super::sign;
use crate::args;
use crate::context::Context;
use crate::failure::{Exit, Failure, refused, unchecked};

/// A reminder: to whom, and about which units.
struct Letter<'a> {
    /// Id of the unit above; the root's for units that stand at the top.
    to: &'a str,
    to_name: &'a str,
    units: Vec<&'a UnitOut>,
}

/// The table of all letters. It is written last: where it is, every letter is.
const INDEX: &str = "letters.csv";

pub(crate) fn run(args: &args::Letter, context: &Context) -> Result<Exit, Failure> {
    let question = Question {
        log: &args.log,
        keys: args.trust.keys.as_deref(),
        round: &args.round,
        at: args.at.as_deref(),
        as_of: args.as_of,
    };
    let grounded = ground(&question, context)?;
    let under = args.under.as_deref().map(|unit| grounded.unit(unit)).transpose()?;
    let (history, trust) = (grounded.history(), &grounded.trust);
    let scope = Scope { under, only: Vec::new() };
    let report = Report::new(history, &trust.root, trust.out(), grounded.head, grounded.round, grounded.at, &scope);
    let letters = letters(&report, args.to.as_deref());
    let command = command(args, &report, context);
    new_folder(&args.out)?;
    let style = args.csv.style();
    for letter in &letters {
        let file = |ending: &str| args.out.join(format!("{}.{ending}", file_stem(letter.to)));
        sign::write(&file("html"), page::render(letter, &report, &grounded, &command, context)?.as_bytes())?;
        sign::write(&file("csv"), &table::of_one(letter, &report, style, context)?)?;
    }
    sign::write(&args.out.join(INDEX), &table::of_all(&letters, &report, style)?)?;
    if grounded.exit != Exit::Good {
        context.say("error-not-good", &[("path", args.log.display().to_string().into())]);
    }
    tell(&letters, &args.out, &grounded, context);
    Ok(grounded.exit)
}

/// Those that owe something, by whom they are reminded: the unit above, or the nearest above of a kind.
fn letters<'a>(report: &'a Report, kind: Option<&str>) -> Vec<Letter<'a>> {
    let above: BTreeMap<&str, _> = report.ancestors.iter().map(|above| (above.unit.as_str(), above)).collect();
    let mut letters: BTreeMap<&str, Vec<&UnitOut>> = BTreeMap::new();
    for unit in report.units.iter().filter(|unit| owes(unit)) {
        let is_asked =
            |id: &&String| kind.is_none_or(|kind| above.get(id.as_str()).is_some_and(|above| above.kind == kind));
        let to = unit.ancestors.iter().find(is_asked).map_or(ROOT, String::as_str);
        letters.entry(to).or_default().push(unit);
    }
    let authority = report.registry.name.as_deref().unwrap_or(ROOT);
    let name = |to: &str| above.get(to).map_or(authority, |above| above.name.as_str());
    letters.into_iter().map(|(to, units)| Letter { to, to_name: name(to), units }).collect()
}

fn owes(unit: &UnitOut) -> bool {
    matches!(unit.status, Status::Missing | Status::Disputed | Status::Partial | Status::Pending)
}

/// What a unit lacks, in words.
fn lacks(unit: &UnitOut, report: &Report, context: &Context) -> Vec<String> {
    if unit.pledge_entry.is_none() {
        let mut lacks = vec![context.text("letter-lacks-pledge", &[])];
        if !unit.keyed {
            lacks.push(context.text("flag-no-key", &[]));
        }
        return lacks;
    }
    let mut lacks = Vec::new();
    let text = report.terms.texts.iter().find(|text| Some(&text.hash) == unit.text.as_ref());
    let numbers = text.into_iter().flat_map(|text| &text.commitments).map(|commitment| commitment.number);
    let left_out: Vec<_> =
        numbers.filter(|number| !unit.commitments.contains(number)).map(|number| format!("K{number}")).collect();
    if !left_out.is_empty() {
        lacks.push(context.text("letter-lacks-commitments", &[("commitments", left_out.join(", ").into())]));
    }
    if let Some((signed, required)) = unit.coverage.as_ref().map(|coverage| coverage.totals())
        && signed < required
    {
        lacks
            .push(context.text("letter-lacks-signatures", &[("signed", signed.into()), ("required", required.into())]));
    }
    for duty in &report.terms.required {
        let is_missing = match *duty {
            "briefing" => unit.briefings.is_empty(),
            "monitoring" => unit.monitorings.is_empty(),
            "referral" => unit.referrals.is_empty(),
            _ => false,
        };
        if is_missing {
            lacks.push(
                context.text("letter-lacks-duty", &[("duty", context.text(&format!("duty-{duty}"), &[]).into())]),
            );
        }
    }
    lacks
}

/// The command that writes the same letters again.
fn command(args: &args::Letter, report: &Report, context: &Context) -> String {
    let mut words = vec!["ikrar".to_owned(), "letter".to_owned(), super::shell_word(&args.log.display().to_string())];
    let mut option = |name: &str, value: &str| words.extend([name.to_owned(), super::shell_word(value)]);
    option("--round", &args.round);
    option("--as-of", &report.tree_size.to_string());
    option("--at", &report.at);
    if let Some(keys) = &args.trust.keys {
        option("--keys", &keys.display().to_string());
    }
    if let Some(under) = &args.under {
        option("--under", under);
    }
    if let Some(to) = &args.to {
        option("--to", to);
    }
    option("--lang", context.messages.lang().tag());
    option("--out", "DIR");
    words.join(" ")
}

fn new_folder(out: &Path) -> Result<(), Failure> {
    match std::fs::create_dir(out) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(refused("error-exists").with("path", out.display()))
        }
        Err(error) => Err(unchecked("error-write").with("path", out.display()).because(&error.kind())),
    }
}

/// `wil-33.74` of `wil:33.74`. An id has nothing else that a system takes amiss; a device's name gets company.
fn file_stem(unit: &str) -> String {
    let stem = unit.replace(':', "-");
    let name = format!("{stem}.html");
    match ikrar_log::output::check_name(Path::new(&name)) {
        Ok(()) => stem,
        Err(_) => format!("unit-{stem}"),
    }
}

fn tell(letters: &[Letter<'_>], out: &Path, grounded: &Grounded, context: &Context) {
    let units: usize = letters.iter().map(|letter| letter.units.len()).sum();
    let args = [
        ("letters", letters.len().into()),
        ("units", units.into()),
        ("path", out.display().to_string().into()),
        ("round", (&grounded.history().round_record(grounded.round).id).into()),
    ];
    context.say(if letters.is_empty() { "letter-none" } else { "letter-done" }, &args);
}
