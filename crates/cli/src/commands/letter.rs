//! `ikrar letter`: reminders to the units above those that still owe something, as a page to print and as a table.

mod page;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ikrar_core::statement::ROOT;
use ikrar_log::history::History;
use ikrar_log::output;
use ikrar_log::report::{Report, Scope, UnitOut};
use ikrar_log::status::{Flag, Status};

use super::question::{Grounded, Question, ground};
use crate::args;
use crate::context::Context;
use crate::failure::{Exit, Failure, refused, unchecked, usage};
use crate::message::Tell;

/// A reminder: to whom, and about which units.
struct Letter<'a> {
    /// Id of the unit above; the root's for units that stand at the top.
    to: &'a str,
    to_name: &'a str,
    units: Vec<&'a UnitOut>,
}

/// The table of all letters.
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
    let letters = letters(&report, history, args.to.as_deref())?;
    let command = command(args, &report, &grounded, context);
    let style = args.csv.style();
    let folder = Unfinished::new(&args.out)?;
    for letter in &letters {
        let stem = file_stem(letter.to);
        let page = page::render(letter, &report, &grounded, &command, context)?;
        folder.write(&format!("{stem}.html"), page.as_bytes())?;
        folder.write(&format!("{stem}.csv"), &table::of_one(letter, &report, style, &grounded, context)?)?;
    }
    folder.write(INDEX, &table::of_all(&letters, &report, style, &grounded, context)?)?;
    folder.finish()?;
    if grounded.exit != Exit::Good {
        context.say("error-not-good", &[("path", args.log.display().to_string().into())]);
    }
    tell(&letters, &args.out, &grounded, context);
    Ok(grounded.exit)
}

/// Those that owe something, by whom they are reminded: the nearest unit above that is on the roster, or the nearest such
/// one of a kind.
fn letters<'a>(report: &'a Report, history: &History, kind: Option<&str>) -> Result<Vec<Letter<'a>>, Failure> {
    let is_alive = |id: &str| history.unit_by_id(id).is_some_and(|unit| history.census().post(unit).alive);
    let living = report.ancestors.iter().filter(|above| is_alive(&above.unit));
    let above: BTreeMap<&str, _> = living.map(|above| (above.unit.as_str(), above)).collect();
    if let Some(kind) = kind.filter(|kind| above.values().all(|above| above.kind != *kind)) {
        let kinds: BTreeSet<_> = above.values().map(|above| above.kind.as_str()).filter(|it| !it.is_empty()).collect();
        let kinds = kinds.into_iter().collect::<Vec<_>>().join(", ");
        return Err(usage("error-letter-kind").with("kind", kind).with("kinds", kinds));
    }
    let mut letters: BTreeMap<&str, Vec<&UnitOut>> = BTreeMap::new();
    for unit in report.units.iter().filter(|unit| owes(unit)) {
        let is_asked =
            |id: &&String| above.get(id.as_str()).is_some_and(|above| kind.is_none_or(|kind| above.kind == kind));
        let to = unit.ancestors.iter().find(is_asked).map_or(ROOT, String::as_str);
        letters.entry(to).or_default().push(unit);
    }
    let authority = report.registry.name.as_deref().unwrap_or(ROOT);
    let name = |to: &str| above.get(to).map_or(authority, |above| above.name.as_str());
    Ok(letters.into_iter().map(|(to, units)| Letter { to, to_name: name(to), units }).collect())
}

/// Who has ended can do nothing more.
fn owes(unit: &UnitOut) -> bool {
    matches!(unit.status, Status::Missing | Status::Disputed | Status::Partial | Status::Pending)
        && !unit.flags.contains(&Flag::Retired)
}

/// What a unit lacks, in words.
fn lacks(unit: &UnitOut, report: &Report, context: &Context) -> Vec<String> {
    let mut lacks = Vec::new();
    if unit.pledge_entry.is_none() {
        lacks.push(context.text("letter-lacks-pledge", &[]));
    }
    if !unit.keyed {
        lacks.push(context.text("flag-no-key", &[]));
    }
    let text = report.terms.texts.iter().find(|text| Some(&text.hash) == unit.text.as_ref());
    let numbers = text.into_iter().flat_map(|text| &text.commitments).map(|commitment| commitment.number);
    let left_out: Vec<_> =
        numbers.filter(|number| !unit.commitments.contains(number)).map(|number| format!("K{number}")).collect();
    if unit.pledge_entry.is_some() && !left_out.is_empty() {
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
fn command(args: &args::Letter, report: &Report, grounded: &Grounded, context: &Context) -> String {
    let mut words = vec!["ikrar".to_owned(), "letter".to_owned(), super::shell_word(&args.log.display().to_string())];
    let mut option = |name: &str, value: &str| words.extend([name.to_owned(), super::shell_word(value)]);
    option("--round", &args.round);
    option("--as-of", &report.tree_size.to_string());
    option("--at", &report.at);
    option("--keys", &grounded.trust.out().path);
    if let Some(under) = &args.under {
        option("--under", under);
    }
    if let Some(to) = &args.to {
        option("--to", to);
    }
    let style = args.csv.style();
    if style.delimiter != b',' {
        option("--csv-delimiter", &char::from(style.delimiter).to_string());
    }
    option("--lang", context.messages.lang().tag());
    option("--out", "DIR");
    if style.byte_order_mark {
        words.push("--csv-bom".to_owned());
    }
    words.join(" ")
}

/// The folder of letters while they are written; gone with what is in it where they are not finished.
struct Unfinished<'a> {
    out: &'a Path,
    folder: PathBuf,
}

impl<'a> Unfinished<'a> {
    fn new(out: &'a Path) -> Result<Self, Failure> {
        if std::fs::symlink_metadata(out).is_ok() {
            return Err(refused("error-exists").with("path", out.display()));
        }
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        let folder = out.with_file_name(format!(".tmp-{name}-{}", std::process::id()));
        std::fs::create_dir(&folder).map_err(|error| unwritable(out, &error.kind()))?;
        Ok(Self { out, folder })
    }

    /// Errors name the file where it would have been in the end.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        output::write_out(&self.folder.join(name), bytes).map_err(|error| unwritable(&self.out.join(name), &error))
    }

    fn finish(self) -> Result<(), Failure> {
        std::fs::rename(&self.folder, self.out).map_err(|error| unwritable(self.out, &error.kind()))
    }
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        // Nothing is there any more where it was finished.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn unwritable(path: &Path, cause: &(impl Tell + ?Sized)) -> Failure {
    unchecked("error-write").with("path", path.display()).because(cause)
}

/// `wil_33.74` of `wil:33.74`: an id has no `_`, and nothing else that a system takes amiss. A name that is a device's, or
/// that of the table of all letters, gets a `+`, which no other has.
fn file_stem(unit: &str) -> String {
    let stem = unit.replace(':', "_");
    let name = format!("{stem}.csv");
    if name == INDEX || output::check_name(Path::new(&name)).is_err() { format!("{stem}+") } else { stem }
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
