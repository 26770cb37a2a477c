//! The texts that the round accepts, those it does not, and its legal bases.

use ikrar_log::catalogue::InForce;
use ikrar_log::report::{BasisOut, Report};

use super::say::Say;

pub(super) struct Texts {
    pub(super) terms: Vec<(String, String)>,
    pub(super) accepted: Vec<Text>,
    pub(super) foreign: Vec<Foreign>,
    pub(super) bases: Vec<Basis>,
}

pub(super) struct Text {
    pub(super) title: String,
    pub(super) name: String,
    pub(super) hash: String,
    pub(super) source: Option<String>,
    pub(super) language: Option<String>,
    pub(super) commitments: Vec<(u8, String)>,
}

pub(super) struct Foreign {
    pub(super) title: String,
    pub(super) hash: String,
    pub(super) units: String,
    pub(super) pledged: String,
}

pub(super) struct Basis {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) validity: String,
    pub(super) verdict: String,
    pub(super) flagged: bool,
}

impl Texts {
    pub(super) fn new(report: &Report, say: Say<'_>) -> Self {
        let terms = &report.terms;
        let unpublished = || say.t("page-text-unpublished");
        let accepted = terms.texts.iter().map(|text| Text {
            title: text.title.clone().unwrap_or_else(unpublished),
            name: match (&text.id, text.version) {
                (Some(id), Some(version)) => format!("{id} v{version}"),
                _ => "–".to_owned(),
            },
            hash: text.hash.clone(),
            source: text.source.clone(),
            language: text.language.clone(),
            commitments: text.commitments.iter().map(|it| (it.number, it.text.clone())).collect(),
        });
        let foreign = terms.foreign_texts.iter().map(|text| Foreign {
            title: text.title.clone().unwrap_or_else(unpublished),
            hash: text.hash.clone(),
            units: say.n(text.units),
            pledged: say.n(text.pledged),
        });
        Self {
            terms: rows(report, say),
            accepted: accepted.collect(),
            foreign: foreign.collect(),
            bases: terms.bases.iter().map(|basis| basis_row(basis, say)).collect(),
        }
    }
}

fn rows(report: &Report, say: Say<'_>) -> Vec<(String, String)> {
    let terms = &report.terms;
    let required: Vec<_> = terms.required.iter().map(|duty| say.word("duty", duty)).collect();
    let kinds = if terms.scope.kinds.is_empty() { say.t("none-kinds") } else { say.kinds(&terms.scope.kinds) };
    let expires = terms.expires.as_deref().map_or_else(|| say.t("page-never"), |time| say.time(time));
    let rows = [
        ("field-round", format!("{} ({})", report.round, report.opener)),
        ("field-cadence", say.word("cadence", terms.cadence)),
        ("field-stage", say.word("stage", terms.stage)),
        ("field-opens", say.time(&report.opens)),
        ("field-due", say.time(&report.due)),
        ("field-expires", expires),
        ("field-subtree", terms.scope.subtree.clone()),
        ("field-kinds", kinds),
        ("field-required", required.join(", ")),
    ];
    rows.into_iter().map(|(key, value)| (say.t(key), value)).collect()
}

fn basis_row(basis: &BasisOut, say: Say<'_>) -> Basis {
    let args = |day: &str| [("day", say.day(day).into())];
    let from = basis.from.map(|day| say.with("page-basis-from", &args(day)));
    let until = basis.until.map(|day| say.with("page-basis-until", &args(day)));
    let next = basis.replaced_by.map(|code| say.with("page-basis-replaced", &[("code", code.into())]));
    let validity: Vec<_> = [from, until, next].into_iter().flatten().collect();
    Basis {
        code: basis.code.clone(),
        title: basis.title.unwrap_or_default().to_owned(),
        validity: if validity.is_empty() { "–".to_owned() } else { validity.join("; ") },
        verdict: say.word("page-in-force", basis.in_force.name()),
        flagged: basis.in_force != InForce::Throughout,
    }
}
