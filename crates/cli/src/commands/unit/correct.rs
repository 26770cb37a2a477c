//! `ikrar correct`: what a unit said, said better or taken back. What is not given anew keeps the target's value.

use ikrar_core::digest::Id;
use ikrar_core::field::Set;
use ikrar_core::state::commitment_bits;
use ikrar_core::statement::{Correction, Duty, Pledge, Reason, Replacement, RoundRef, Statement};
use ikrar_log::history::RoundIx;

use super::activity::{briefing, monitoring, referral};
use super::answer::{ask_and_sign, show_round, write_again};
use super::pledge;
use super::proven::Proven;
use super::said::{Said, Statements};
use crate::args::{self, Clear, Correct};
use crate::commands::sign;
use crate::context::Context;
use crate::failure::{Exit, Failure, refused, usage};
use crate::input::read;

pub(crate) fn correct(args: &Correct, context: &Context) -> Result<Exit, Failure> {
    let bytes = read(&args.answering.request)?;
    let mut proven = Proven::new(&bytes, &args.answering, context)?;
    let (round, named) = proven.round()?;
    let pending = proven.pending()?;
    let said = Statements::of(&proven, round, named, &pending);
    let reason = reason(args.reason);
    let target = match target(args, &said, context)? {
        Target::Stands(target) => target,
        // Corrected already, here and not yet in the log: the same once more, or nothing.
        Target::Corrected { target, by } => {
            let same = by.corrects == Some((target.id, reason))
                && by.content == replacement(args, &proven, round, named, target)?;
            if same && by.entry.is_none() {
                return write_again(&proven, by, context);
            }
            return Err(refused("error-target-corrected").with("target", target.id).with("by", by.id));
        }
    };
    let replacement = replacement(args, &proven, round, named, target)?;
    if replacement.is_some() && replacement == target.content {
        // Said twice: it stands as it is to become.
        if target.entry.is_none() {
            return write_again(&proven, target, context);
        }
        return Err(refused("error-nothing-changes").with("target", target.id));
    }
    if reason == Reason::Progress && !grows(target.content.as_ref(), replacement.as_ref()) {
        return Err(usage("error-not-progress"));
    }
    show_round(&proven, round, &said, context);
    if let Some(Replacement::Pledge(new)) = &replacement {
        let (hash, text) = proven.text(round, Some(new.text))?;
        pledge::show_text(hash, &text, context);
    }
    if let Some(before) = &target.content {
        context.say("correct-before", &[]);
        context.show(&super::said::statement(before.clone()));
        context.say("correct-after", &[]);
    }
    let question = if replacement.is_none() { "withdraw-confirm" } else { "sign-confirm" };
    let statement = Statement::Correction(Correction { target: target.id, reason, replacement });
    ask_and_sign(&mut proven, &statement, question, context)
}

/// What is to be corrected.
enum Target<'s, 'a> {
    Stands(&'s Said<'a>),
    Corrected { target: &'s Said<'a>, by: &'s Said<'a> },
}

fn target<'s, 'a>(args: &Correct, said: &'s Statements<'a>, context: &Context) -> Result<Target<'s, 'a>, Failure> {
    if let Some(asked) = &args.target {
        let id = Id(sign::hash(asked)?);
        let target = said.find(&id).ok_or_else(|| refused("error-target-unknown").with("target", id))?;
        if target.content.is_none() {
            return Err(refused("error-withdrawn").with("id", target.id));
        }
        return Ok(said.correction_of(&id).map_or(Target::Stands(target), |by| Target::Corrected { target, by }));
    }
    let duty = match args.kind {
        args::Kind::Pledge => Duty::Pledge,
        args::Kind::Briefing => Duty::Briefing,
        args::Kind::Monitoring => Duty::Monitoring,
        args::Kind::Referral => Duty::Referral,
    };
    match said.in_force(duty).collect::<Vec<_>>().as_slice() {
        [only] => Ok(Target::Stands(only)),
        [] => match said.of_kind(duty).next_back() {
            Some(by) => {
                let target = by.corrects.and_then(|(target, _)| said.find(&target));
                target.map(|target| Target::Corrected { target, by }).ok_or_else(|| refused("error-no-target"))
            }
            None => Err(refused("error-no-target")),
        },
        several => {
            for (said, content) in several.iter().filter_map(|said| Some((said, said.content.clone()?))) {
                context.say("correct-one-of", &[("id", said.id.to_string().into())]);
                context.show(&super::said::statement(content));
            }
            Err(usage("error-which-target").count("count", several.len()))
        }
    }
}

fn reason(reason: args::Reason) -> Reason {
    match reason {
        args::Reason::Progress => Reason::Progress,
        args::Reason::Error => Reason::Error,
        args::Reason::NewInformation => Reason::NewInformation,
        args::Reason::Withdrawn => Reason::Withdrawn,
    }
}

/// What takes the target's place; nothing where it is withdrawn.
fn replacement<'a>(
    args: &Correct,
    proven: &Proven<'a>,
    round: RoundIx,
    named: RoundRef<'a>,
    target: &Said<'a>,
) -> Result<Option<Replacement<'a>>, Failure> {
    refuse_foreign_options(args, target.duty)?;
    if args.withdraw {
        return Ok(None);
    }
    let mut new = match &target.content {
        None => return Err(refused("error-withdrawn").with("id", target.id)),
        Some(Replacement::Pledge(kept)) => {
            let asked = pledge::asked_text(&args.pledge)?.unwrap_or(kept.text);
            let (hash, text) = proven.text(round, Some(asked))?;
            let new = pledge::content(named, (hash, &text), &args.counts, &args.pledge, Some(kept))?;
            Replacement::Pledge(new)
        }
        Some(Replacement::Briefing(kept)) => {
            Replacement::Briefing(briefing(named, &args.counts, &args.briefing, Some(kept))?)
        }
        Some(Replacement::Monitoring(kept)) => {
            Replacement::Monitoring(monitoring(named, &args.cases, &args.monitoring, Some(kept))?)
        }
        Some(Replacement::Referral(kept)) => {
            Replacement::Referral(referral(named, &args.cases, &args.referral, Some(kept))?)
        }
    };
    for clear in &args.clear {
        match (&mut new, clear) {
            (Replacement::Pledge(new), Clear::Document) => new.document = None,
            (Replacement::Briefing(new), Clear::Material) => new.material = None,
            (Replacement::Monitoring(new), Clear::Risks) => new.risks = Set::empty(),
            (Replacement::Referral(new), Clear::Cases) => new.cases = Set::empty(),
            (Replacement::Referral(new), Clear::Sanctions) => new.sanctions = Set::empty(),
            // That no case was seen is said with --nil.
            _ => {
                return Err(usage("error-option-kind")
                    .with("option", "--clear")
                    .with("kind", super::verb(target.duty)));
            }
        }
    }
    Ok(Some(new))
}

/// An option of another kind of statement would be passed over in silence.
fn refuse_foreign_options(args: &Correct, duty: Duty) -> Result<(), Failure> {
    use Duty::{Briefing, Monitoring, Pledge, Referral};
    let (counts, pledge, briefing) = (&args.counts, &args.pledge, &args.briefing);
    let (monitoring, referral, cases) = (&args.monitoring, &args.referral, &args.cases);
    let options: [(&'static str, bool, &[Duty]); 19] = [
        ("--pns", counts.pns.is_some(), &[Pledge, Briefing]),
        ("--pppk", counts.pppk.is_some(), &[Pledge, Briefing]),
        ("--ppnpn", counts.ppnpn.is_some(), &[Pledge, Briefing]),
        ("--combined", counts.combined.is_some(), &[Pledge, Briefing]),
        ("--accept", !pledge.accept.is_empty(), &[Pledge]),
        ("--form", pledge.form.is_some(), &[Pledge]),
        ("--role", pledge.role.is_some(), &[Pledge]),
        ("--document", pledge.document.is_some(), &[Pledge]),
        ("--text", pledge.text.is_some(), &[Pledge]),
        ("--held-on", briefing.held_on.is_some(), &[Briefing]),
        ("--topic", briefing.topic.is_some(), &[Briefing]),
        ("--material", briefing.material.is_some(), &[Briefing]),
        ("--from", monitoring.from.is_some(), &[Monitoring]),
        ("--to", monitoring.to.is_some(), &[Monitoring]),
        ("--risk", !monitoring.risk.is_empty(), &[Monitoring]),
        ("--case", !cases.case.is_empty(), &[Monitoring, Referral]),
        ("--nil", cases.nil, &[Monitoring, Referral]),
        ("--overdue", referral.overdue.is_some() || referral.channel.is_some(), &[Referral]),
        ("--sanction", !referral.sanction.is_empty(), &[Referral]),
    ];
    for (option, given, of) in options {
        if given && args.withdraw {
            return Err(usage("error-withdraw-content").with("option", option));
        }
        if given && !of.contains(&duty) {
            return Err(usage("error-option-kind").with("option", option).with("kind", super::verb(duty)));
        }
    }
    Ok(())
}

/// With the reason `progress`, nothing may shrink (spec §7.3, rule 53).
fn grows(old: Option<&Replacement<'_>>, new: Option<&Replacement<'_>>) -> bool {
    let (Some(Replacement::Pledge(old)), Some(Replacement::Pledge(new))) = (old, new) else { return false };
    let bits = |pledge: &Pledge<'_>| commitment_bits(&pledge.accepted);
    let (before, after): (Vec<_>, Vec<_>) = (old.coverage.counts().collect(), new.coverage.counts().collect());
    let grown = |(old, new): (&ikrar_core::statement::Count, &ikrar_core::statement::Count)| {
        old.required <= new.required && old.signed <= new.signed
    };
    old.text == new.text
        && bits(old) & bits(new) == bits(old)
        && before.len() == after.len()
        && before.iter().zip(&after).all(grown)
}
