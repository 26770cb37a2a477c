//! Statements of units, in words.

use ikrar_core::statement::{Briefing, Correction, Monitoring, Pledge, Referral, Replacement};

use super::rows::Rows;

pub(super) fn pledge(rows: &mut Rows<'_>, pledge: &Pledge<'_>) {
    rows.round(pledge.round);
    rows.value("text", pledge.text);
    rows.list("accepted", pledge.accepted.iter().map(|number| format!("K{number}")), "accepted");
    rows.named("form", pledge.form);
    rows.named("role", pledge.role);
    rows.signed(pledge.coverage);
    rows.optional("document", pledge.document);
}

pub(super) fn briefing(rows: &mut Rows<'_>, briefing: &Briefing<'_>) {
    rows.round(briefing.round);
    rows.day("held-on", briefing.held_on);
    rows.named("topic", briefing.topic);
    rows.reached(briefing.reached);
    rows.optional("material", briefing.material);
}

pub(super) fn monitoring(rows: &mut Rows<'_>, monitoring: &Monitoring<'_>) {
    rows.round(monitoring.round);
    rows.day("from", monitoring.from);
    rows.day("to", monitoring.to);
    if monitoring.cases.is_empty() {
        rows.word("cases", "none", "cases");
    }
    for case in monitoring.cases.iter() {
        let args = [
            ("category", rows.words(case.category).into()),
            ("asn", rows.persons(case.asn).into()),
            ("ppnpn", rows.persons(case.ppnpn).into()),
        ];
        let value = rows.message("cases-of", &args);
        rows.value("cases", value);
    }
    for risk in monitoring.risks.iter() {
        let value = format!("{}: {}", rows.words(risk.factor), rows.words(risk.level));
        rows.value("risk", value);
    }
}

pub(super) fn referral(rows: &mut Rows<'_>, referral: &Referral<'_>) {
    rows.round(referral.round);
    rows.named("channel", referral.channel);
    if referral.cases.is_empty() {
        rows.word("cases", "none", "cases");
    }
    for case in referral.cases.iter() {
        let (category, status) = (rows.words(case.category), rows.words(case.status));
        let value = format!("{category}, {status}: {}", rows.persons(case.persons));
        rows.value("cases", value);
    }
    let overdue = rows.persons(referral.overdue);
    rows.value("overdue", overdue);
    for count in referral.sanctions.iter() {
        let value = format!("{}: {}", rows.words(count.sanction), rows.persons(count.persons));
        rows.value("sanctions", value);
    }
}

pub(super) fn correction(rows: &mut Rows<'_>, correction: &Correction<'_>) {
    rows.value("target", correction.target);
    rows.named("reason", correction.reason);
    match &correction.replacement {
        None => rows.word("replacement", "none", "replacement"),
        Some(Replacement::Pledge(new)) => {
            rows.word("replacement", "statement", "pledge");
            pledge(rows, new);
        }
        Some(Replacement::Briefing(new)) => {
            rows.word("replacement", "statement", "briefing");
            briefing(rows, new);
        }
        Some(Replacement::Monitoring(new)) => {
            rows.word("replacement", "statement", "monitoring");
            monitoring(rows, new);
        }
        Some(Replacement::Referral(new)) => {
            rows.word("replacement", "statement", "referral");
            referral(rows, new);
        }
    }
}
