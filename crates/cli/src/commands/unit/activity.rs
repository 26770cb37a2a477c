//! `ikrar brief`, `ikrar monitor`, `ikrar refer`: codes and counts only.

use ikrar_core::field::{Persons, Set};
use ikrar_core::statement::{Briefing, Channel, Monitoring, Referral, Replacement, RoundRef, Topic};

use super::answer::{ask_and_sign, show_round, write_again};
use super::parse;
use super::proven::Proven;
use super::said::{self, Statements};
use crate::args::{self, Answering, BriefingContent, Cases, Counts, MonitoringContent, ReferralContent};
use crate::commands::sign;
use crate::context::Context;
use crate::failure::{Exit, Failure, refused, usage};
use crate::input::read;

pub(crate) fn brief(args: &args::Brief, context: &Context) -> Result<Exit, Failure> {
    answer(&args.answering, args.again, context, |round| {
        Ok(Replacement::Briefing(briefing(round, &args.counts, &args.content, None)?))
    })
}

pub(crate) fn monitor(args: &args::Monitor, context: &Context) -> Result<Exit, Failure> {
    answer(&args.answering, args.again, context, |round| {
        Ok(Replacement::Monitoring(monitoring(round, &args.cases, &args.content, None)?))
    })
}

pub(crate) fn refer(args: &args::Refer, context: &Context) -> Result<Exit, Failure> {
    answer(&args.answering, args.again, context, |round| {
        Ok(Replacement::Referral(referral(round, &args.cases, &args.content, None)?))
    })
}

fn answer(
    args: &Answering,
    again: bool,
    context: &Context,
    content: impl for<'a> Fn(RoundRef<'a>) -> Result<Replacement<'a>, Failure>,
) -> Result<Exit, Failure> {
    let bytes = read(&args.request)?;
    let mut proven = Proven::new(&bytes, args, context)?;
    let (round, named) = proven.round()?;
    let content = content(named)?;
    let pending = proven.pending()?;
    let said = Statements::of(&proven, round, named, &pending);
    // A round may hold several of a kind; the same words twice are more often a lost file than another event.
    let standing = said.in_force(said::duty(&content)).filter(|said| !again && said.content.as_ref() == Some(&content));
    let standing: Vec<_> = standing.collect();
    if let Some(unsent) = standing.iter().find(|said| said.entry.is_none()) {
        return write_again(&proven, unsent, context);
    }
    if let Some(entry) = standing.iter().find_map(|said| said.entry) {
        return Err(refused("error-said-already").with("entry", entry));
    }
    show_round(&proven, round, &said, context);
    ask_and_sign(&mut proven, &said::statement(content), "sign-confirm", context)
}

fn needed<T>(value: Option<T>, options: &'static str) -> Result<T, Failure> {
    value.ok_or_else(|| usage("error-needed").with("options", options))
}

/// What a briefing says; what is not given is kept from the one that it corrects.
pub(super) fn briefing<'a>(
    round: RoundRef<'a>,
    counts: &Counts,
    given: &BriefingContent,
    kept: Option<&Briefing<'_>>,
) -> Result<Briefing<'a>, Failure> {
    let topic = given.topic.map(|topic| match topic {
        args::Topic::Rules => Topic::Rules,
        args::Topic::Ethics => Topic::Ethics,
        args::Topic::SocialMedia => Topic::SocialMedia,
        args::Topic::Sanctions => Topic::Sanctions,
        args::Topic::Reporting => Topic::Reporting,
        args::Topic::Other => Topic::Other,
    });
    let held_on = given.held_on.as_deref().map(parse::day).transpose()?;
    Ok(Briefing {
        round,
        held_on: needed(held_on.or(kept.map(|kept| kept.held_on)), "--held-on")?,
        topic: needed(topic.or(kept.map(|kept| kept.topic)), "--topic")?,
        reached: parse::coverage(counts, kept.map(|kept| &kept.reached))?,
        material: sign::document(given.material.as_deref())?.or(kept.and_then(|kept| kept.material)),
    })
}

/// What a monitoring statement says: cases, or in so many words none.
pub(super) fn monitoring<'a>(
    round: RoundRef<'a>,
    cases: &Cases,
    given: &MonitoringContent,
    kept: Option<&Monitoring<'_>>,
) -> Result<Monitoring<'a>, Failure> {
    let day = |text: &Option<String>| text.as_deref().map(parse::day).transpose();
    let from = needed(day(&given.from)?.or(kept.map(|kept| kept.from)), "--from")?;
    let to = needed(day(&given.to)?.or(kept.map(|kept| kept.to)), "--to")?;
    if from > to {
        return Err(usage("error-period"));
    }
    let cases = match (cases.nil, cases.case.as_slice(), kept) {
        (true, [], _) => Set::empty(),
        (false, [], Some(kept)) => kept.cases.clone(),
        (false, [], None) | (true, [_, ..], _) => return Err(usage("error-nil")),
        (false, cases, _) => parse::monitored(cases)?,
    };
    let risks = match kept {
        Some(kept) if given.risk.is_empty() => kept.risks.clone(),
        _ => parse::risks(&given.risk)?,
    };
    Ok(Monitoring { round, from, to, cases, risks })
}

/// What a referral says: cases, sanctions and delays, or in so many words none.
pub(super) fn referral<'a>(
    round: RoundRef<'a>,
    cases: &Cases,
    given: &ReferralContent,
    kept: Option<&Referral<'_>>,
) -> Result<Referral<'a>, Failure> {
    let channel = given.channel.map(|channel| match channel {
        args::Channel::Bawaslu => Channel::Bawaslu,
        args::Channel::Bkn => Channel::Bkn,
        args::Channel::Kasn => Channel::Kasn,
        args::Channel::Inspectorate => Channel::Inspectorate,
        args::Channel::AppointingAuthority => Channel::AppointingAuthority,
        args::Channel::Other => Channel::Other,
    });
    let channel = needed(channel.or(kept.map(|kept| kept.channel)), "--channel")?;
    let overdue = given.overdue.as_deref().map(|text| {
        parse::persons(text).ok_or_else(|| usage("error-persons").with("option", "--overdue").with("text", text))
    });
    let overdue = overdue.transpose()?;
    let something =
        !cases.case.is_empty() || !given.sanction.is_empty() || overdue.is_some_and(|it| it != Persons::NONE);
    if cases.nil && something || !cases.nil && !something && kept.is_none() {
        return Err(usage("error-nil-referral"));
    }
    let kept = kept.filter(|_| !cases.nil);
    Ok(Referral {
        round,
        channel,
        cases: match kept {
            Some(kept) if cases.case.is_empty() => kept.cases.clone(),
            _ => parse::referred(&cases.case)?,
        },
        overdue: overdue.or(kept.map(|kept| kept.overdue)).unwrap_or_default(),
        sanctions: match kept {
            Some(kept) if given.sanction.is_empty() => kept.sanctions.clone(),
            _ => parse::sanctions(&given.sanction)?,
        },
    })
}
