//! Which key an attestation must verify under, and whether a log holds it.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::{Id, PublicKey, signing_message};
use ikrar_core::signature;
use ikrar_core::statement::{RECOVERY, ROOT, Statement};
use ikrar_log::path;

use super::{Cause, Signed, Verdict};
use crate::commands::log::{self, Pinned};
use crate::commands::sign;
use crate::context::Context;
use crate::failure::Failure;

/// The place of an attestation: two different bodies under one are a fork.
pub(super) type Place = (String, Id, u64);

pub(super) fn place(attestation: &Attestation<'_>) -> Place {
    let body = attestation.body();
    (body.unit.to_string(), body.epoch, body.seq)
}

/// What is known of keys, and of what a log holds.
#[derive(Default)]
pub(super) struct Keys {
    /// Of `--signer-key`: a name and its key, whatever the epoch.
    given: Option<(String, PublicKey)>,
    /// Of `--from`: the key of each epoch.
    epochs: HashMap<(String, Id), PublicKey>,
    /// Of `--from`: what the log holds at the places asked about.
    pub(super) logged: HashMap<Place, (Id, u64)>,
    from_log: bool,
}

pub(super) fn given(key: &str) -> Result<Keys, Failure> {
    Ok(Keys { given: Some(sign::verifier_key(key)?), ..Keys::default() })
}

/// What a verified log knows of these attestations.
pub(super) fn of_log(
    log: &Path,
    trust: &Pinned,
    asked: &[&Attestation<'_>],
    context: &Context,
) -> Result<Keys, Failure> {
    let store = log::open(log)?;
    let verification = log::sound(log, &store, &trust.root, context)?;
    let size = verification.state.chain().size();
    let applied: HashSet<u64> = verification.history().changes().iter().map(|change| change.at.index).collect();
    let units: HashSet<&str> = asked.iter().map(|it| it.body().unit.as_str()).collect();
    let places: HashSet<Place> = asked.iter().map(|it| place(it)).collect();
    let mut keys = Keys { from_log: true, ..Keys::default() };
    for bundle in store.bundles(size) {
        let bundle = bundle.map_err(|error| log::store_failure(log, &error))?;
        for (index, entry) in bundle.entries() {
            let Some(attestation) = path::attestation(entry) else { continue };
            let installs = match &attestation.body().statement {
                Statement::Genesis(it) => vec![(ROOT, Some(it.root_key)), (RECOVERY, it.recovery_key)],
                Statement::Enroll(it) if applied.contains(&index) => vec![(it.unit.as_str(), it.key)],
                Statement::Rekey(it) if applied.contains(&index) => vec![(it.unit.as_str(), it.key)],
                _ => Vec::new(),
            };
            for (unit, key) in installs.into_iter().filter(|(unit, _)| units.contains(unit)) {
                keys.epochs.extend(key.map(|key| ((unit.to_owned(), attestation.id()), key)));
            }
            let at = place(&attestation);
            if places.contains(&at) {
                keys.logged.insert(at, (attestation.id(), index));
            }
        }
    }
    Ok(keys)
}

pub(super) fn judge<'a>(decoded: &'a Result<Attestation<'a>, Cause>, keys: &Keys) -> Signed<'a> {
    let attestation = match decoded {
        Ok(attestation) => attestation,
        Err(cause) => {
            return Signed { attestation: None, verdict: Verdict::Bad(cause.clone()), asked: false, logged: None };
        }
    };
    let verdict = match keys.of(attestation) {
        Err(missing) => Verdict::Unchecked(missing),
        Ok(key) => {
            let message = signing_message(&attestation.id());
            match signature::verify(&key, &message, attestation.signature()) {
                Ok(()) => Verdict::Good,
                Err(error) => Verdict::Bad(Cause::of(&error)),
            }
        }
    };
    let logged = keys.logged.get(&place(attestation));
    let logged = logged.filter(|(id, _)| *id == attestation.id()).map(|(_, index)| *index);
    Signed { attestation: Some(attestation), verdict, asked: keys.from_log, logged }
}

impl Keys {
    /// The key, or the message that says why it is not known.
    fn of(&self, attestation: &Attestation<'_>) -> Result<PublicKey, &'static str> {
        let body = attestation.body();
        match &self.given {
            Some((name, key)) if name == body.unit.as_str() => return Ok(*key),
            Some(_) => return Err("check-key-of-other"),
            None => {}
        }
        if let Statement::Genesis(genesis) = &body.statement {
            return Ok(genesis.root_key);
        }
        if !self.from_log {
            return Err("check-no-key");
        }
        let epoch = (body.unit.to_string(), body.epoch);
        self.epochs.get(&epoch).copied().ok_or("check-unknown-epoch")
    }
}
