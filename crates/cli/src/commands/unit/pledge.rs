//! `ikrar pledge`, `ikrar device pledge`.

use ikrar_core::digest::TextHash;
use ikrar_core::field::Set;
use ikrar_core::statement::{Duty, Form, Pledge, PledgeText, Role, RoundRef, Statement};

use super::answer::{ask_and_sign, show_round, write_again};
use super::parse;
use super::proven::Proven;
use super::said::Statements;
use crate::args::{self, Counts, DevicePledge, PledgeContent};
use crate::commands::sign;
use crate::context::Context;
use crate::failure::{Exit, Failure, refused, usage};
use crate::input::read;

pub(crate) fn pledge(args: &args::Pledge, context: &Context) -> Result<Exit, Failure> {
    let bytes = read(&args.answering.request)?;
    let proven = Proven::new(&bytes, &args.answering, context)?;
    answer(proven, &args.counts, &args.content, context)
}

/// `ikrar device pledge`: the same questions, and the device signs.
pub(crate) fn pledge_on_device(args: &DevicePledge, context: &Context) -> Result<Exit, Failure> {
    let bytes = read(&args.request)?;
    answer(Proven::on_device(&bytes, args)?, &args.counts, &args.content, context)
}

fn answer(mut proven: Proven<'_>, counts: &Counts, given: &PledgeContent, context: &Context) -> Result<Exit, Failure> {
    let (round, named) = proven.round()?;
    let pending = proven.pending()?;
    let said = Statements::of(&proven, round, named, &pending);
    if let Some(signed) = said.of_kind(Duty::Pledge).find(|said| said.entry.is_none() && said.corrects.is_none()) {
        return write_again(&proven, signed, context);
    }
    if let Some(last) = said.of_kind(Duty::Pledge).next_back() {
        let key = if last.content.is_some() { "error-pledged" } else { "error-withdrawn" };
        return Err(refused(key).with("id", last.id));
    }
    let (hash, text) = proven.text(round, asked_text(given)?)?;
    let pledge = content(named, (hash, &text), counts, given, None)?;
    show_round(&proven, round, &said, context);
    show_text(hash, &text, context);
    ask_and_sign(&mut proven, &Statement::Pledge(pledge), "pledge-confirm", context)
}

pub(super) fn asked_text(content: &PledgeContent) -> Result<Option<TextHash>, Failure> {
    content.text.as_deref().map(|text| Ok(TextHash(sign::hash(text)?))).transpose()
}

/// The authentic text, in full.
pub(super) fn show_text(hash: TextHash, text: &PledgeText<'_>, context: &Context) {
    context.say("pledge-text", &[("text", text.title.as_str().into()), ("hash", hash.to_string().into())]);
    eprintln!("\n{}", text.opening);
    for (number, commitment) in text.commitments.numbered() {
        eprintln!("{number}. {commitment}");
    }
    eprintln!("{}\n", text.closing);
}

/// What a pledge says; what is not given is kept from the one that it corrects, or is the usual.
pub(super) fn content<'a>(
    round: RoundRef<'a>,
    (hash, text): (TextHash, &PledgeText<'_>),
    counts: &Counts,
    given: &PledgeContent,
    kept: Option<&Pledge<'_>>,
) -> Result<Pledge<'a>, Failure> {
    let all = || text.commitments.numbered().map(|(number, _)| number).collect();
    let mut accepted: Vec<u8> = match kept {
        _ if !given.accept.is_empty() => given.accept.clone(),
        None => all(),
        Some(kept) if kept.text == hash => kept.accepted.iter().copied().collect(),
        // Numbers mean other commitments in another text.
        Some(_) => return Err(usage("error-accept-anew")),
    };
    accepted.sort_unstable();
    if let Some(unknown) = accepted.iter().find(|number| !(1..=text.commitments.count()).contains(number)) {
        return Err(usage("error-commitment").with("number", unknown).with("count", text.commitments.count()));
    }
    let form = given.form.map(|form| match form {
        args::Form::Ikrar => Form::Ikrar,
        args::Form::Pakta => Form::PaktaIntegritas,
        args::Form::Deklarasi => Form::Deklarasi,
    });
    let role = given.role.map(|role| match role {
        args::Role::Head => Role::Head,
        args::Role::Plt => Role::Plt,
        args::Role::Plh => Role::Plh,
        args::Role::Pj => Role::Pj,
    });
    Ok(Pledge {
        round,
        text: hash,
        accepted: Set::new(accepted).map_err(|error| usage("error-accept").because(&error))?,
        form: form.or(kept.map(|kept| kept.form)).unwrap_or(Form::Ikrar),
        role: role.or(kept.map(|kept| kept.role)).unwrap_or(Role::Head),
        coverage: parse::coverage(counts, kept.map(|kept| &kept.coverage))?,
        document: sign::document(given.document.as_deref())?.or(kept.and_then(|kept| kept.document)),
    })
}
