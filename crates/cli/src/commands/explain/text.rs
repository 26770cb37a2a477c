//! The explanation for people.

use std::fmt::Write as _;

use ikrar_core::field::Time;
use ikrar_log::report::unit_out;
use ikrar_log::status::{Explained, Standing, Step};

use super::Piece;
use super::json::outcome;
use crate::commands::question::Grounded;
use crate::commands::report::text::{colour, symbol};
use crate::context::Context;
use crate::messages::format::{date, date_time, number};
use crate::words;

pub(super) fn render(grounded: &Grounded, explained: &Explained, pieces: &[Piece<'_>], context: &Context) -> String {
    let zone = grounded.zone();
    let mut out = heading(grounded, context);
    out.push_str(&unit(grounded, explained, context));
    let owing = &explained.owing;
    let args = [("opening", explained.opening.to_string().into())];
    let reason = context.text(&format!("owing-{}", owing.reason), &args);
    let _ = writeln!(out, "{}{}\n", reason, entries(&owing.entries, context));
    if owing.owes {
        let at = time(grounded.at, zone, context);
        out.push_str(&standing("explain-now", &at, explained.row.now, &explained.now, context));
    }
    let due = grounded.history().round_record(grounded.round).due;
    // Before that it is the same status once more.
    if grounded.at > due && (owing.owes || explained.owes_at_due) {
        let at = time(due, zone, context);
        out.push_str(&standing("explain-at-due", &at, explained.row.at_due, &explained.at_due, context));
    }
    if !explained.flags.is_empty() {
        let _ = writeln!(out, "{}", context.text("explain-flags", &[]));
        for (flag, set_by) in &explained.flags {
            let _ = writeln!(out, "  {}{}", context.text(&format!("flag-{flag}"), &[]), entries(set_by, context));
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{}", context.text("explain-evidence", &[]));
    for piece in pieces {
        out.push_str(&evidence(piece, grounded, context));
    }
    let _ = writeln!(out, "\n{}", context.text("explain-caveat", &[]));
    out
}

fn time(time: Time, zone: &str, context: &Context) -> String {
    date_time(context.messages.lang(), time.seconds(), zone)
}

fn heading(grounded: &Grounded, context: &Context) -> String {
    let (lang, zone) = (context.messages.lang(), grounded.zone());
    let record = grounded.history().round_record(grounded.round);
    let args = [
        ("round", (&record.id).into()),
        ("title", (&record.title).into()),
        ("opens", date(lang, record.opens.seconds(), zone).into()),
        ("due", time(record.due, zone, context).into()),
        ("at", time(grounded.at, zone, context).into()),
        ("size", number(lang, grounded.head.size).into()),
    ];
    let mut out = format!("\n{}\n", context.text("report-head", &args));
    if grounded.head.size < grounded.size {
        let root = ikrar_log::verify::b64(&grounded.head.root);
        let args = [("prefix", grounded.head.size.into()), ("size", grounded.size.into()), ("root", root.into())];
        let _ = writeln!(out, "{}", context.text("report-as-of", &args));
    }
    out
}

fn unit(grounded: &Grounded, explained: &Explained, context: &Context) -> String {
    let due = grounded.history().round_record(grounded.round).due;
    let unit = unit_out(grounded.history(), &explained.row, due, grounded.at);
    let mut line = format!("\n{}", unit.unit);
    if !unit.name.is_empty() {
        let _ = write!(line, "  {} ({})", unit.name, context.messages.kind(&unit.kind));
    }
    if let Some(parent) = unit.parent {
        let _ = write!(line, ", {}", context.text("explain-below", &[("parent", parent.into())]));
    }
    line + "\n"
}

/// ` · entry 3` or ` · entries 3, 8`; nothing without any.
fn entries(entries: &[u64], context: &Context) -> String {
    let list: Vec<_> = entries.iter().map(u64::to_string).collect();
    let key = match entries {
        [] => return String::new(),
        [_] => "explain-entry",
        _ => "explain-entries",
    };
    format!(" · {}", context.text(key, &[("entries", list.join(", ").into())]))
}

fn standing(key: &str, at: &str, standing: Standing, steps: &[Step], context: &Context) -> String {
    let status = context.text(&format!("status-{}", standing.status), &[]);
    let shown = format!("{} {status}", symbol(standing.status));
    let shown = context.paint(colour(standing.status), &shown);
    let mut out = format!("{}\n", context.text(key, &[("at", at.into()), ("status", shown.into())]));
    for step in steps {
        let missing: Vec<_> = step.missing.iter().map(|name| missing_word(name, context)).collect();
        let says = context.text(&format!("ground-{}", step.ground), &[("missing", missing.join(", ").into())]);
        let _ = writeln!(out, "  §{}  {says}{}", step.section, entries(&step.entries, context));
    }
    out + "\n"
}

/// A commitment's number, a category of staff, or a kind of statement.
fn missing_word(name: &str, context: &Context) -> String {
    if name.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("K{name}");
    }
    let word = context.messages.known(&format!("statement-{name}"));
    word.or_else(|| context.messages.known(&format!("missing-{name}"))).unwrap_or_else(|| name.to_owned())
}

fn evidence(piece: &Piece<'_>, grounded: &Grounded, context: &Context) -> String {
    let exhibit = piece.exhibit;
    let zone = grounded.zone();
    let entry = context.text("explain-entry", &[("entries", exhibit.index.to_string().into())]);
    let mut out = format!("\n  {entry}");
    if let Some(logged_at) = piece.logged_at.filter(|time| *time != Time::UNKNOWN) {
        let at = time(logged_at, zone, context);
        let _ = write!(out, " · {}", context.text("explain-logged", &[("at", at.into())]));
    }
    let (name, rule) = outcome(exhibit.outcome);
    let rule_args = rule.map(|rule| (rule.name(), context.messages.tell(&rule))).unwrap_or_default();
    let args = [("rule", rule_args.0.into()), ("meaning", rule_args.1.into())];
    let _ = write!(out, " · {}", context.text(&format!("outcome-{name}"), &args));
    if let Some(standing) = exhibit.standing {
        let (key, by) = match (standing.void_by, standing.superseded_by) {
            (Some(by), _) => ("explain-void", Some(by)),
            (None, Some(by)) => ("explain-superseded", Some(by)),
            (None, None) if standing.in_force => ("explain-in-force", None),
            (None, None) => ("explain-withdraws", None),
        };
        let by = by.map(|by| by.to_string()).unwrap_or_default();
        let _ = write!(out, " · {}", context.text(key, &[("entry", by.into())]));
    }
    out.push('\n');
    let rows = match &piece.attestation {
        Some(attestation) => signed(attestation, zone, context),
        None => anchor(exhibit.index, grounded, context),
    };
    let width = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or_default();
    for (label, value) in rows {
        let pad = " ".repeat(width - label.chars().count());
        for (number, line) in value.lines().enumerate() {
            let (label, pad) =
                if number == 0 { (label.clone(), pad.clone()) } else { (String::new(), " ".repeat(width)) };
            let _ = writeln!(out, "    {label}{pad}  {line}");
        }
    }
    out
}

/// Who signed, when by the signer's clock, and what.
fn signed(
    attestation: &ikrar_core::attestation::Attestation<'_>,
    zone: &str,
    context: &Context,
) -> Vec<(String, String)> {
    let body = attestation.body();
    let mut rows = words::statement(&body.statement, &context.messages);
    let mut by = vec![(context.text("field-signer", &[]), body.unit.to_string())];
    if body.made_at != Time::UNKNOWN {
        by.push((context.text("field-made-at", &[]), time(body.made_at, zone, context)));
    }
    let kind = rows.len().min(1);
    rows.splice(kind..kind, by);
    rows
}

fn anchor(index: u64, grounded: &Grounded, context: &Context) -> Vec<(String, String)> {
    let anchors = grounded.history().anchors().iter();
    let told = anchors.filter(|anchor| anchor.at.index == index).map(|anchor| {
        let at = time(anchor.time, grounded.zone(), context);
        let size = number(context.messages.lang(), anchor.size);
        let args = [("size", size.into()), ("at", at.into())];
        (context.text("explain-anchor", &[]), context.text("explain-anchor-says", &args))
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use ikrar_log::held::HeldOutcome;
    use ikrar_log::status::{Flag, Ground, OwingReason, Status};

    use crate::messages::{Lang, Messages};

    #[test]
    fn a_name_in_machine_output_has_no_words() {
        let mut keys = Vec::new();
        let mut add = |subject: &str, names: &[&str]| keys.extend(names.iter().map(|name| format!("{subject}-{name}")));
        add("ground", &Ground::ALL.iter().map(|ground| ground.name()).collect::<Vec<_>>());
        add("owing", &OwingReason::ALL.iter().map(|reason| reason.name()).collect::<Vec<_>>());
        add("held", &HeldOutcome::ALL.iter().map(|outcome| outcome.name()).collect::<Vec<_>>());
        add("held", &["logged-no-effect", "appendable-no-effect", "other-in-place"]);
        add("flag", &Flag::ALL.iter().map(|flag| flag.name()).collect::<Vec<_>>());
        add("status", &Status::ALL.iter().map(|status| status.name()).collect::<Vec<_>>());
        add("outcome", &["applied", "no-effect", "rejected", "not-checkable"]);
        add("missing", &["pns", "pppk", "ppnpn", "combined"]);
        add("statement", &["briefing", "monitoring", "referral"]);
        for lang in [Lang::En, Lang::Id] {
            let messages = Messages::new(lang);
            let missing: Vec<_> = keys.iter().filter(|key| messages.known(key).is_none()).collect();
            assert!(missing.is_empty(), "{missing:?}");
        }
    }
}
