//! The report as a page: one self-contained file that needs no network (spec §12.1, `docs/design.md`).

mod again;
mod around;
mod commitments;
mod compared;
mod coverage;
mod curve;
mod data;
mod integrity;
mod late;
mod map;
mod missing;
mod names;
mod roster;
mod say;
mod texts;
mod verdict;

use std::path::Path;

use askama::Template;
use data_encoding::BASE64;
use ikrar_log::report::Report;
use sha2::{Digest as _, Sha256};

use self::again::Commands;
use self::coverage::Step;
use self::names::Names;
use self::say::Say;
use crate::commands::question::Grounded;
use crate::context::Context;

const STYLE: &str = include_str!("../../../templates/report.css");
const PROGRAM: &str = include_str!("../../../templates/report.js");

/// The whole page, a view of each section.
#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    say: Say<'a>,
    policy: String,
    style: &'static str,
    program: &'static str,
    data: String,
    synthetic: bool,
    registry: String,
    title: &'a str,
    version: &'static str,
    verdict: verdict::Verdict,
    missing: missing::Missing,
    integrity: integrity::Integrity,
    coverage: coverage::Coverage,
    commitments: Vec<commitments::TextSums>,
    late: late::Late,
    around: around::Around,
    texts: texts::Texts,
    changes: Vec<roster::Change>,
    changes_sum: Option<String>,
    curve: Option<curve::Curve>,
    compared: Option<compared::Compared>,
    map: Option<map::Map>,
    commands: Commands,
}

/// The page of a report; the same report gives the same bytes.
pub(super) fn render(
    report: &Report,
    grounded: &Grounded,
    log: &Path,
    context: &Context,
) -> Result<String, askama::Error> {
    let (history, zone) = (grounded.history(), grounded.zone());
    let say = Say::new(context, zone);
    let names = Names::new(report);
    let under = report.under.as_deref().map(|unit| {
        let name = history.unit_by_id(unit).map(|unit| history.census().post(unit).name.to_string());
        [Some(unit.to_owned()), name].into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    let remarks = super::remarks::remarks(report, history, grounded.round, context);
    let commands = Commands::new(report, history, log, say.lang(), &say.t("page-file"));
    let page = Page {
        say,
        policy: policy(),
        style: STYLE,
        program: PROGRAM,
        data: data::data(report, history, &commands, say),
        synthetic: report.registry.synthetic,
        registry: report.registry.name.clone().unwrap_or_else(|| report.registry.id.clone()),
        title: &report.title,
        version: env!("CARGO_PKG_VERSION"),
        verdict: verdict::Verdict::new(report, grounded.exit, under, remarks, say),
        missing: missing::Missing::new(report, &names, say),
        integrity: integrity::Integrity::new(report, &grounded.verification, grounded.last_logged_at(), say),
        coverage: coverage::Coverage::new(report, say),
        commitments: commitments::tables(report, say),
        late: late::Late::new(report, &names, say),
        around: around::Around::new(report, say),
        texts: texts::Texts::new(report, say),
        changes: roster::changes(report, &names, say),
        changes_sum: super::round::changes(report, say.context()),
        curve: curve::Curve::new(report, say),
        compared: compared::Compared::new(report, say),
        map: map::Map::new(report, say),
        commands,
    };
    page.render()
}

/// What the page may do: run its own program, wear its own style, and nothing else.
fn policy() -> String {
    let hash = |source: &str| BASE64.encode(&Sha256::digest(source));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; \
         form-action 'none'",
        hash(STYLE),
        hash(PROGRAM)
    )
}

#[cfg(test)]
mod tests;
