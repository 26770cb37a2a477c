//! The rows that the page's program lists, as compact as JSON gets.

use std::collections::{BTreeMap, HashMap};

use ikrar_log::history::History;
use ikrar_log::report::{CoverageOut, Report, UnitOut};
use ikrar_log::status::{Flag, Timing};
use serde::Serialize;
use serde_json::{Value, json};

use super::again::Commands;
use super::say::{ORDER, Say, asn, of, seconds};
use crate::messages::format::offset;

/// Texts that the program shows, by what is left of their keys.
pub(super) const TEXTS: [&str; 37] = [
    "page-js-accepted",
    "page-js-all-shown",
    "page-js-at-due",
    "page-js-below",
    "page-js-commitments",
    "page-js-content-id",
    "page-js-copied",
    "page-js-copy",
    "page-js-entry",
    "page-js-evidence",
    "page-js-evidence-of",
    "page-js-explain",
    "page-js-flags",
    "page-js-form",
    "page-js-key",
    "page-js-key-gone",
    "page-js-key-never",
    "page-js-key-since",
    "page-js-left-out",
    "page-js-list-only",
    "page-js-logged",
    "page-js-made",
    "page-js-map-at",
    "page-js-monitoring-cases",
    "page-js-monitoring-nil",
    "page-js-none",
    "page-js-nothing",
    "page-js-of",
    "page-js-other",
    "page-js-place",
    "page-js-prove",
    "page-js-pledge-entry",
    "page-js-role",
    "page-js-shown",
    "page-js-staff",
    "page-js-text",
    "page-js-timing",
];

/// Everything that the page's program reads.
pub(super) fn data(report: &Report, history: &History, commands: &Commands, say: Say<'_>) -> String {
    let mut words = Words::default();
    let ancestors: HashMap<&str, usize> =
        report.ancestors.iter().enumerate().map(|(place, unit)| (unit.unit.as_str(), place)).collect();
    let texts: HashMap<&str, usize> =
        report.terms.texts.iter().enumerate().map(|(place, text)| (text.hash.as_str(), place)).collect();
    let place_of = |parent: Option<&str>| parent.and_then(|parent| ancestors.get(parent)).copied();
    let above: Vec<_> = report
        .ancestors
        .iter()
        .map(|unit| {
            let counts = ORDER.map(|status| of(&unit.summary, status));
            let people = asn(&unit.coverage);
            json!([
                unit.unit,
                unit.name,
                words.kind(&unit.kind),
                place_of(unit.parent.as_deref()),
                unit.level,
                counts,
                [people.signed, people.required, unit.coverage.ppnpn.signed, unit.coverage.ppnpn.required],
            ])
        })
        .collect();
    let rows: Vec<_> = report
        .units
        .iter()
        .map(|unit| {
            let text = unit.text.as_deref().and_then(|text| texts.get(text)).copied();
            row(unit, history, place_of(unit.parent.as_deref()), text, &mut words)
        })
        .collect();
    let data = Data {
        texts: TEXTS.iter().map(|key| (key.trim_start_matches("page-js-"), say.t(key))).collect(),
        clock: clock(say),
        statuses: ORDER
            .map(|status| {
                let word = say.status(status);
                json!([word.name, word.symbol, word.label])
            })
            .into(),
        flags: Flag::ALL.iter().map(|flag| json!([flag.name(), say.word("flag", flag.name())])).collect(),
        timings: Timing::ALL.iter().map(|it| say.word("page-timing", it.name())).collect(),
        duties: ["briefing", "monitoring", "referral"].map(|duty| say.word("duty", duty)).into(),
        kinds: words.kinds.names.iter().map(|kind| say.kind(kind)).collect(),
        forms: words.forms.names.iter().map(|form| say.word("form", form)).collect(),
        roles: words.roles.names.iter().map(|role| say.word("role", role)).collect(),
        wordings: report
            .terms
            .texts
            .iter()
            .map(|text| {
                let numbers: Vec<_> = text.commitments.iter().map(|commitment| commitment.number).collect();
                json!([text.title, text.hash, numbers])
            })
            .collect(),
        explain: &commands.explain,
        prove: &commands.prove,
        ancestors: above,
        rows,
    };
    // Nothing in it can close the element that it stands in, or begin a comment there.
    serde_json::to_string(&data).unwrap_or_default().replace('<', "\\u003c").replace('>', "\\u003e")
}

#[derive(Serialize)]
struct Data<'a> {
    texts: BTreeMap<&'a str, String>,
    clock: Value,
    statuses: Vec<Value>,
    flags: Vec<Value>,
    timings: Vec<String>,
    duties: Vec<String>,
    kinds: Vec<String>,
    forms: Vec<String>,
    roles: Vec<String>,
    wordings: Vec<Value>,
    explain: &'a (String, String),
    prove: &'a (String, String),
    ancestors: Vec<Value>,
    rows: Vec<Value>,
}

/// Words that rows name by their place.
#[derive(Default)]
struct Words {
    kinds: Pool,
    forms: Pool,
    roles: Pool,
}

impl Words {
    fn kind(&mut self, kind: &str) -> usize {
        self.kinds.place(kind)
    }
}

/// Names, each once, in the order of their first use.
#[derive(Default)]
struct Pool {
    names: Vec<String>,
}

impl Pool {
    fn place(&mut self, name: &str) -> usize {
        self.names.iter().position(|known| known == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        })
    }
}

/// How the program writes numbers and times: as the texts of the page do.
fn clock(say: Say<'_>) -> Value {
    let (offset, abbreviation) = offset(say.zone()).unwrap_or((jiff::tz::Offset::UTC, "UTC"));
    json!({ "offset": offset.seconds(), "zone": abbreviation, "months": say.months() })
}

/// A unit; its members are listed in `report.js`.
fn row(unit: &UnitOut, history: &History, above: Option<usize>, text: Option<usize>, words: &mut Words) -> Value {
    let status = ORDER.iter().position(|status| *status == unit.status);
    let at_due = ORDER.iter().position(|status| *status == unit.at_due.status);
    let timing = unit.timing.and_then(|timing| Timing::ALL.iter().position(|it| *it == timing));
    let flags = Flag::ALL.iter().enumerate().filter(|(_, flag)| unit.flags.contains(flag));
    let flags = flags.fold(0_u32, |flags, (place, _)| flags | 1 << place);
    let accepted = unit.commitments.iter().fold(0_u64, |all, number| all | 1 << (number - 1));
    let counts: Option<Vec<u32>> = unit.coverage.map(|coverage| match coverage {
        CoverageOut::ByCategory { pns, pppk, ppnpn } => {
            [pns, pppk, ppnpn].iter().flat_map(|count| [count.signed, count.required]).collect()
        }
        CoverageOut::Combined { combined } => vec![combined.signed, combined.required],
    });
    let mut others: Vec<Value> = unit.briefings.iter().map(|it| json!([0, it.entry])).collect();
    others.extend(unit.monitorings.iter().map(|it| json!([1, it.entry, u8::from(it.nil)])));
    others.extend(unit.referrals.iter().map(|it| json!([2, it.entry])));
    let time = |time: &Option<String>| time.as_deref().map(seconds);
    let mut row = vec![
        json!(unit.unit),
        json!(unit.name),
        json!(words.kind(&unit.kind)),
        json!(above),
        json!(status),
        json!(unit.level),
        json!(at_due),
        json!(flags),
        json!(unit.keyed_since.as_ref().map(|since| seconds(&since.at))),
        json!(u8::from(unit.keyed)),
        json!(unit.days_overdue),
        json!(unit.place.map(|place| [place.latitude, place.longitude])),
        json!(others),
        json!(timing),
        json!(unit.entry),
        json!(time(&unit.logged_at)),
        json!(time(&unit.made_at)),
        json!(counts),
        json!(accepted),
        json!(text),
        json!(unit.form.map(|form| words.forms.place(form))),
        json!(unit.role.map(|role| words.roles.place(role))),
        json!(unit.pledge_entry),
        json!(unit.pledge_entry.and_then(|entry| id_at(history, &unit.unit, entry))),
    ];
    // What a unit without a pledge lacks is not written.
    while row.last().is_some_and(|value| value.is_null() || *value == json!(0)) {
        row.pop();
    }
    Value::Array(row)
}

/// The id of a unit's statement at an entry, hexadecimal.
fn id_at(history: &History, unit: &str, entry: u64) -> Option<String> {
    let record = history.record(history.unit_by_id(unit)?);
    record.statements.iter().find(|statement| statement.at.index == entry).map(|statement| statement.id.to_string())
}
