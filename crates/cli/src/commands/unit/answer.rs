//! What is shown before a signature is asked for, and the asking.

use ikrar_core::field::Persons;
use ikrar_core::statement::{Day, Replacement, Statement};
use ikrar_log::history::{RoundIx, RoundRecord};

use super::proven::Proven;
use super::said::{Said, Statements};
use crate::commands::log;
use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::messages::format::date_time;

/// The round's terms, and what of it the unit has done, as far as the request shows.
pub(super) fn show_round(proven: &Proven<'_>, round: RoundIx, said: &Statements<'_>, context: &Context) {
    let record = proven.history.round_record(round);
    if log::is_synthetic(&proven.history) {
        context.say("box-synthetic", &[]);
    }
    context.say("round-trust", &[("fingerprint", proven.fingerprint.as_str().into())]);
    let args = [
        ("unit", proven.request.unit.as_str().into()),
        ("title", (&record.title).into()),
        ("due", shown_time(record, record.due.seconds(), context).into()),
    ];
    context.say("round-head", &args);
    for duty in &record.required {
        let (name, verb) = super::words(*duty);
        let state = match said.in_force(*duty).last() {
            None => context.text("round-duty-open", &[]),
            Some(Said { entry: None, .. }) => context.text("round-duty-signed", &[]),
            Some(Said { entry: Some(entry), .. }) => {
                context.text("round-duty-logged", &[("entry", entry.to_string().into())])
            }
        };
        let kind = context.messages.known(name).unwrap_or_default();
        context.say("round-duty", &[("kind", kind.into()), ("verb", verb.into()), ("state", state.into())]);
    }
    warn_of_time(record, context);
}

/// Says so where the local clock is outside the round.
pub(super) fn warn_of_time(record: &RoundRecord, context: &Context) {
    let now = context.now();
    let warn = |key, time: u64| context.say(key, &[("time", shown_time(record, time, context).into())]);
    if now < record.opens {
        warn("warn-not-open", record.opens.seconds());
    } else if let Some(expires) = record.expires.filter(|expires| now > *expires) {
        warn("warn-expired", expires.seconds());
    } else if now > record.due {
        warn("warn-past-due", record.due.seconds());
    }
}

fn shown_time(record: &RoundRecord, time: u64, context: &Context) -> String {
    date_time(context.messages.lang(), time, record.zone.as_deref().unwrap_or("UTC"))
}

/// Shows the statement in words, asks once, signs, and writes what the request does not show logged.
pub(super) fn ask_and_sign(
    proven: &mut Proven<'_>,
    statement: &Statement<'_>,
    question: &str,
    context: &Context,
) -> Result<Exit, Failure> {
    context.show(statement);
    if has_bucket(statement) {
        context.say("note-bucket", &[]);
    }
    // In the east of the world the day comes up to fourteen hours before it comes at UTC.
    if last_day(statement).is_some_and(|day| u64::from(day) * 86_400 > context.now().seconds() + 14 * 3_600) {
        context.say("warn-future-day", &[]);
    }
    if !proven.yes && !context.confirm(question)? {
        return proven.declined(context);
    }
    proven.sign(statement, context)
}

/// The same answer was signed before: it is written once more.
pub(super) fn write_again(proven: &Proven<'_>, said: &Said<'_>, context: &Context) -> Result<Exit, Failure> {
    context.say("signed-before", &[("id", said.id.to_string().into())]);
    if let Some(content) = &said.content {
        context.show(&super::said::statement(content.clone()));
    }
    proven.write_again(context)
}

fn last_day(statement: &Statement<'_>) -> Option<Day> {
    match statement {
        Statement::Briefing(briefing) => Some(briefing.held_on),
        Statement::Monitoring(monitoring) => Some(monitoring.to),
        Statement::Correction(correction) => {
            correction.replacement.clone().and_then(|content| last_day(&super::said::statement(content)))
        }
        _ => None,
    }
}

fn has_bucket(statement: &Statement<'_>) -> bool {
    let bucket = |persons: &Persons| *persons == Persons::ONE_OR_TWO;
    match statement {
        Statement::Monitoring(it) => it.cases.iter().any(|case| bucket(&case.asn) || bucket(&case.ppnpn)),
        Statement::Referral(it) => {
            bucket(&it.overdue)
                || it.cases.iter().any(|case| bucket(&case.persons))
                || it.sanctions.iter().any(|sanction| bucket(&sanction.persons))
        }
        Statement::Correction(correction) => match &correction.replacement {
            Some(content @ (Replacement::Monitoring(_) | Replacement::Referral(_))) => {
                has_bucket(&super::said::statement(content.clone()))
            }
            _ => false,
        },
        _ => false,
    }
}
