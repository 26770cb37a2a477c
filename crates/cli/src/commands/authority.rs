//! Verbs of the authority and of ancestors: `enroll`, `rekey`, `retire`, `publish`, `round`.

use ikrar_core::field::Set;
use ikrar_core::statement::{ROOT, Rekey, Retire, Statement};
use ikrar_core::text::pledge_text_hash;
use ikrar_log::forms::{RoundForm, TextForm, enroll_rows};
use ikrar_log::roster::{self, RosterError};

use super::sign::{self, Desk};
use crate::args;
use crate::context::{Context, read};
use crate::failure::{Exit, Failure, refused, usage};
use crate::message::Tell;
use crate::message::roster::place as roster_place;

pub(crate) fn enroll(args: &args::Enroll, context: &Context) -> Result<Exit, Failure> {
    let bytes = read(&args.units)?;
    let mut desk = sign::desk(&args.signing, &args.source, context)?;
    let own = desk.signer.unit().to_owned();
    let known = |unit: &str| match &desk.history {
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

pub(crate) fn rekey(args: &args::Rekey, context: &Context) -> Result<Exit, Failure> {
    let mut desk = sign::desk(&args.signing, &args.source, context)?;
    let new_key = args.new_key.as_deref().map(sign::verifier_key).transpose()?;
    let statement = match (&args.unit, &new_key) {
        (None, Some((_, key))) => Statement::RekeyLog(*key),
        (None, None) => return Err(usage("error-key-name")),
        (Some(unit), new_key) => {
            if let Some((name, _)) = new_key.as_ref().filter(|(name, _)| name != unit) {
                return Err(usage("error-key-of-other").with("unit", unit).with("key", name));
            }
            let ends = match &desk.history {
                Some(history) => {
                    let known = history.unit_by_id(unit);
                    let known = known.ok_or_else(|| usage("error-unknown-unit").with("unit", unit))?;
                    history.record(known).epoch.map(|epoch| epoch.id)
                }
                // The signer knows its own epoch; of another's only the log can tell.
                None if unit == desk.signer.unit() => desk.signer.head().map(|head| head.epoch),
                None => return Err(usage("error-from-needed")),
            };
            Statement::Rekey(Rekey {
                unit: sign::unit_id(unit)?,
                ends,
                key: new_key.as_ref().map(|(_, key)| *key),
                compromised_since: args.compromised_since,
                document: sign::document(args.document.as_deref())?,
            })
        }
    };
    desk.issue(&[statement], &args.signing.out, context)
}

pub(crate) fn retire(args: &args::Retire, context: &Context) -> Result<Exit, Failure> {
    let mut successors = args.successor.iter().map(|unit| sign::unit_id(unit)).collect::<Result<Vec<_>, _>>()?;
    successors.sort_unstable();
    let statement = Statement::Retire(Retire {
        unit: sign::unit_id(&args.unit)?,
        successors: Set::new(successors).map_err(|error| usage("error-successors").because(&error))?,
        document: sign::document(args.document.as_deref())?,
    });
    let mut desk = sign::desk(&args.signing, &args.source, context)?;
    desk.issue(&[statement], &args.signing.out, context)
}

pub(crate) fn publish(args: &args::Publish, context: &Context) -> Result<Exit, Failure> {
    let bytes = read(&args.text)?;
    let bad_form = |error: &dyn Tell| usage("error-form").with("path", args.text.display()).because(error);
    let form = TextForm::parse(&bytes).map_err(|error| bad_form(&error))?;
    let text = form.statement().map_err(|error| bad_form(&error))?;
    let mut desk = root_desk(&args.signing, &args.source, context)?;
    let hash = pledge_text_hash(&text);
    let exit = desk.issue(&[Statement::PublishText(text)], &args.signing.out, context)?;
    context.say("publish-done", &[("hash", hash.to_string().into())]);
    Ok(exit)
}

pub(crate) fn round(args: &args::Round, context: &Context) -> Result<Exit, Failure> {
    let bytes = read(&args.round)?;
    let bad_form =
        |path: &std::path::Path, error: &dyn Tell| usage("error-form").with("path", path.display()).because(error);
    let form = RoundForm::parse(&bytes).map_err(|error| bad_form(&args.round, &error))?;
    let mut desk = sign::desk(&args.signing, &args.source, context)?;
    let mut texts = Vec::new();
    for path in &args.text {
        let form = TextForm::parse(&read(path)?).map_err(|error| bad_form(path, &error))?;
        let text = form.statement().map_err(|error| bad_form(path, &error))?;
        texts.push((text.id.to_string(), pledge_text_hash(&text)));
    }
    let given = |id: &str| texts.iter().find(|(known, _)| known == id).map(|(_, hash)| *hash);
    let lookup = |id: &str| given(id).or_else(|| desk.history.as_ref().and_then(|history| history.text_by_id(id)));
    let statement = form.statement(&lookup).map_err(|error| bad_form(&args.round, &error))?;
    desk.issue(&[Statement::OpenRound(statement)], &args.signing.out, context)
}

fn root_desk(signing: &args::Signing, source: &args::Source, context: &Context) -> Result<Desk, Failure> {
    let desk = sign::desk(signing, source, context)?;
    if desk.signer.unit() == ROOT { Ok(desk) } else { Err(usage("error-not-root").with("unit", desk.signer.unit())) }
}
