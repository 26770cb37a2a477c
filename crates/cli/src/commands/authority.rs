//! Verbs of the authority and of ancestors: `enroll`, `amend`, `rekey`, `retire`, `publish`, `policy`, `round`.

use ikrar_core::digest::PublicKey;
use ikrar_core::field::{Name, Set, Text};
use ikrar_core::policy::Policy;
use ikrar_core::statement::{Amend, ROOT, Rekey, Retire, Statement};
use ikrar_core::text::pledge_text_hash;
use ikrar_log::forms::{RoundForm, TextForm, enroll_rows};
use ikrar_log::history::History;
use ikrar_log::roster::{self, RosterError};

use super::log;
use super::sign::{self, Desk};
use crate::args;
use crate::context::Context;
use crate::failure::{Exit, Failure, refused, usage};
use crate::input::read;
use crate::message::Tell;
use crate::message::roster::place as roster_place;

pub(crate) fn enroll(args: &args::Enroll, context: &Context) -> Result<Exit, Failure> {
    let bytes = read(&args.units)?;
    let desk = sign::desk(&args.signing, &args.source, context)?;
    let own = desk.signer.unit().to_owned();
    let known = |unit: &str| match desk.history() {
        Some(history) => history.unit_by_id(unit).is_some(),
        None => unit == own,
    };
    let rows = roster::read(&bytes, &known).map_err(|error| roster_failure(args, &error))?;
    let form = |error: &dyn Tell| refused("error-form").with("path", args.units.display()).because(error);
    let rows = enroll_rows(&rows).map_err(|error| form(&error))?;
    let statements: Vec<_> = rows.into_iter().map(Statement::Enroll).collect();
    desk.issue(&statements, &args.signing.out, context)
}

fn roster_failure(args: &args::Enroll, error: &RosterError) -> Failure {
    usage("error-roster").with("path", args.units.display()).told("place", &roster_place(error)).because(error)
}

pub(crate) fn amend(args: &args::Amend, context: &Context) -> Result<Exit, Failure> {
    let name = args.change.name.as_deref().map(Name::new).transpose();
    let statement = Statement::Amend(Amend {
        unit: sign::unit_id(&args.unit)?,
        name: name.map_err(|error| usage("error-unit-name").because(&error))?,
        parent: args.change.parent.as_deref().map(sign::unit_id).transpose()?,
    });
    let desk = sign::desk(&args.signing, &args.source, context)?;
    desk.issue(&[statement], &args.signing.out, context)
}

pub(crate) fn rekey(args: &args::Rekey, context: &Context) -> Result<Exit, Failure> {
    let new_key = args.new_key.as_deref().map(sign::verifier_key).transpose()?;
    let unit = match (&args.unit, &new_key) {
        (Some(unit), _) => unit,
        (None, Some((name, key))) => return rekey_log(args, name, *key, context),
        (None, None) => return Err(usage("error-key-name")),
    };
    let desk = sign::desk(&args.signing, &args.source, context)?;
    if let Some((name, _)) = new_key.as_ref().filter(|(name, _)| name != unit) {
        return Err(usage("error-key-of-other").with("unit", unit).with("key", name));
    }
    let is_own = unit == desk.signer.unit();
    if is_own && args.compromised_since.is_some() {
        return Err(usage("error-own-dispute"));
    }
    let ends = match desk.history() {
        Some(history) => {
            let known = history.unit_by_id(unit);
            let known = known.ok_or_else(|| usage("error-unknown-unit").with("unit", unit))?;
            history.record(known).epoch.map(|epoch| epoch.id)
        }
        // The signer knows its own epoch; of another's only the log can tell.
        None if is_own => desk.signer.head().map(|head| head.epoch),
        None => return Err(usage("error-from-needed")),
    };
    let statement = Statement::Rekey(Rekey {
        unit: sign::unit_id(unit)?,
        ends,
        key: new_key.as_ref().map(|(_, key)| *key),
        compromised_since: args.compromised_since,
        document: sign::document(args.document.as_deref())?,
    });
    desk.issue(&[statement], &args.signing.out, context)
}

/// The log's own key. Its name must be the log's origin, where a log or a trust root is at hand to tell it.
fn rekey_log(args: &args::Rekey, name: &str, key: PublicKey, context: &Context) -> Result<Exit, Failure> {
    let desk = root_desk(&args.signing, &args.source, context)?;
    let origin = match (desk.history().and_then(History::registry), &args.source.trust.keys) {
        (Some(registry), _) => Some(registry.origin.clone()),
        (None, Some(folder)) => Some(log::trust_root(Some(folder))?.root.origin),
        (None, None) => None,
    };
    if let Some(origin) = origin.filter(|origin| origin != name) {
        return Err(usage("error-key-of-other-log").with("key", name).with("origin", origin));
    }
    desk.issue(&[Statement::RekeyLog(key)], &args.signing.out, context)
}

pub(crate) fn retire(args: &args::Retire, context: &Context) -> Result<Exit, Failure> {
    let mut successors = args.successor.iter().map(|unit| sign::unit_id(unit)).collect::<Result<Vec<_>, _>>()?;
    successors.sort_unstable();
    let statement = Statement::Retire(Retire {
        unit: sign::unit_id(&args.unit)?,
        successors: Set::new(successors).map_err(|error| usage("error-successors").because(&error))?,
        document: sign::document(args.document.as_deref())?,
    });
    let desk = sign::desk(&args.signing, &args.source, context)?;
    desk.issue(&[statement], &args.signing.out, context)
}

pub(crate) fn publish(args: &args::Publish, context: &Context) -> Result<Exit, Failure> {
    let bytes = read(&args.text)?;
    let bad_form = |error: &dyn Tell| usage("error-form").with("path", args.text.display()).because(error);
    let form = TextForm::parse(&bytes).map_err(|error| bad_form(&error))?;
    let text = form.statement().map_err(|error| bad_form(&error))?;
    let desk = root_desk(&args.signing, &args.source, context)?;
    let hash = pledge_text_hash(&text);
    let exit = desk.issue(&[Statement::PublishText(text)], &args.signing.out, context)?;
    context.say("publish-done", &[("hash", hash.to_string().into())]);
    Ok(exit)
}

/// The witness policy in force in the log, from the file's text as it stands.
pub(crate) fn policy(args: &args::WitnessPolicy, context: &Context) -> Result<Exit, Failure> {
    let path = &args.witness_policy;
    let bytes = read(path)?;
    let not_text = || usage("error-not-text").with("path", path.display());
    let text = std::str::from_utf8(&bytes).map_err(|_| not_text())?;
    let bad_line = |line: usize, error: &dyn Tell| {
        usage("error-policy").with("path", path.display()).with("line", line).because(error)
    };
    Policy::parse(text).map_err(|error| bad_line(error.line, &error.rule))?;
    // A text in a log is stricter than a policy: no tabs, no numbers of persons.
    for (number, line) in (1..).zip(text.split('\n')) {
        Text::new(line).map_err(|error| bad_line(number, &error))?;
    }
    let text = Text::new(text).map_err(|error| bad_line(1, &error))?;
    let desk = root_desk(&args.signing, &args.source, context)?;
    desk.issue(&[Statement::PublishPolicy(text)], &args.signing.out, context)
}

pub(crate) fn round(args: &args::Round, context: &Context) -> Result<Exit, Failure> {
    let bytes = read(&args.round)?;
    let bad_form =
        |path: &std::path::Path, error: &dyn Tell| usage("error-form").with("path", path.display()).because(error);
    let form = RoundForm::parse(&bytes).map_err(|error| bad_form(&args.round, &error))?;
    let desk = sign::desk(&args.signing, &args.source, context)?;
    let mut texts = Vec::new();
    for path in &args.text {
        let form = TextForm::parse(&read(path)?).map_err(|error| bad_form(path, &error))?;
        let text = form.statement().map_err(|error| bad_form(path, &error))?;
        texts.push((text.id.to_string(), pledge_text_hash(&text)));
    }
    let given = |id: &str| texts.iter().find(|(known, _)| known == id).map(|(_, hash)| *hash);
    let lookup = |id: &str| given(id).or_else(|| desk.history().and_then(|history| history.text_by_id(id)));
    let statement = form.statement(&lookup).map_err(|error| bad_form(&args.round, &error))?;
    desk.issue(&[Statement::OpenRound(statement)], &args.signing.out, context)
}

fn root_desk(signing: &args::Signing, source: &args::Source, context: &Context) -> Result<Desk, Failure> {
    let desk = sign::desk(signing, source, context)?;
    if desk.signer.unit() == ROOT { Ok(desk) } else { Err(usage("error-not-root").with("unit", desk.signer.unit())) }
}
