//! A letter as a page to print.

use askama::Template;
use ikrar_log::report::Report;
use sha2::{Digest as _, Sha256};

use super::{Letter, lacks};
use crate::commands::question::Grounded;
use crate::commands::report::text::symbol;
use crate::context::Context;
use crate::failure::{Failure, unchecked};
use crate::messages::format::{date, date_time, number};

const STYLE: &str = include_str!("../../../templates/letter.css");

#[derive(Template)]
#[template(path = "letter.html")]
struct Page<'a> {
    lang: &'static str,
    style_hash: String,
    style: &'static str,
    title: String,
    synthetic: Option<String>,
    date: String,
    form: Vec<(String, String)>,
    salutation: String,
    to: &'a str,
    to_name: &'a str,
    body: String,
    caption: String,
    columns: [String; 5],
    rows: Vec<Row<'a>>,
    request: String,
    closing: String,
    signature: String,
    caveat: String,
    source: Vec<(String, String)>,
}

struct Row<'a> {
    number: String,
    unit: &'a str,
    name: &'a str,
    kind: String,
    status: String,
    lacks: String,
}

pub(super) fn render(
    letter: &Letter<'_>,
    report: &Report,
    grounded: &Grounded,
    command: &str,
    context: &Context,
) -> Result<String, Failure> {
    let lang = context.messages.lang();
    let zone = grounded.zone();
    let record = grounded.history().round_record(grounded.round);
    let text = |key: &str| context.text(key, &[]);
    let at = grounded.at.seconds();
    let count = number(lang, u64::try_from(letter.units.len()).unwrap_or_default());
    let args = [
        ("round", (&report.title).into()),
        ("to", letter.to_name.into()),
        ("count", count.into()),
        ("due", date_time(lang, record.due.seconds(), zone).into()),
        ("at", date_time(lang, at, zone).into()),
        ("size", number(lang, report.tree_size).into()),
        ("origin", (&report.origin).into()),
    ];
    let row = |(place, unit): (usize, &&'_ ikrar_log::report::UnitOut)| Row {
        number: number(lang, u64::try_from(place + 1).unwrap_or_default()),
        unit: letter.units[place].unit.as_str(),
        name: letter.units[place].name.as_str(),
        kind: context.messages.kind(&unit.kind),
        status: format!("{} {}", symbol(unit.status), text(&format!("status-{}", unit.status))),
        lacks: lacks(unit, report, context).join("; "),
    };
    let is_due = grounded.at > record.due;
    let is_to_root = letter.to == ikrar_core::statement::ROOT;
    let page = Page {
        lang: lang.tag(),
        style_hash: format!("sha256-{}", data_encoding::BASE64.encode(&Sha256::digest(STYLE))),
        style: STYLE,
        title: context.text("letter-title", &args),
        synthetic: report.registry.synthetic.then(|| text("box-synthetic")),
        date: date(lang, at, zone),
        form: vec![
            (text("letter-number"), "…".repeat(8)),
            (text("letter-annex"), text("letter-annex-none")),
            (text("letter-subject"), context.text("letter-title", &args)),
        ],
        salutation: text(if is_to_root { "letter-salutation-root" } else { "letter-salutation" }),
        to: if is_to_root { "" } else { letter.to },
        to_name: letter.to_name,
        body: context.text(if is_due { "letter-body-overdue" } else { "letter-body-before-due" }, &args),
        caption: context.text("letter-caption", &args),
        columns: ["number", "unit", "kind", "status", "lacks"].map(|column| text(&format!("letter-column-{column}"))),
        rows: letter.units.iter().enumerate().map(row).collect(),
        request: text("letter-request"),
        closing: text("letter-closing"),
        signature: text("letter-signature"),
        caveat: text("letter-caveat"),
        source: vec![
            (text("letter-source-log"), format!("{} · {}", report.origin, report.registry.id)),
            (text("letter-source-size"), number(lang, report.tree_size)),
            (text("letter-source-root"), report.root.clone()),
            (text("letter-source-trust"), report.trust.fingerprint.clone()),
            (text("letter-source-command"), command.to_owned()),
        ],
    };
    page.render().map_err(|_| unchecked("error-write").with("path", "-").because(&std::io::ErrorKind::InvalidData))
}
