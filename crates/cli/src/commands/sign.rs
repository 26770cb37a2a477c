//! What every verb that signs shares: the key and its head, facts from a verified log, hashes, and the file written.

mod rehearsal;

use std::path::Path;

use ikrar_core::digest::{DocumentHash, Id, PublicKey};
use ikrar_core::field::UnitId;
use ikrar_core::note::KeyError;
use ikrar_core::state::LogState;
use ikrar_core::statement::Statement;
use ikrar_log::census::UnitIx;
use ikrar_log::envelope;
use ikrar_log::history::History;
use ikrar_log::keys;
use ikrar_log::output::{self, NameFault, OutputError};
use ikrar_log::path;
use ikrar_log::signer::{Proven, Signer, SignerError};

use super::log;
use crate::args::{Signing, Source};
use crate::context::Context;
use crate::failure::{Exit, Failure, refused, unchecked, usage};
use crate::input::{self, read};

/// A signer, and what the log that it asked knows.
pub(crate) struct Desk {
    pub(crate) signer: Signer,
    state: Option<LogState<History>>,
    /// So many statements of an ended epoch were signed anew.
    signed_anew: usize,
}

/// Opens the key, and brings its head up to the log where one is given.
pub(crate) fn desk(signing: &Signing, source: &Source, context: &Context) -> Result<Desk, Failure> {
    refuse_existing(&signing.out)?;
    let mut signer = open_key(signing, context)?;
    let Some(path) = &source.from else {
        if signer.is_test_only() {
            context.say("key-test-only", &[]);
        }
        return Ok(Desk { signer, state: None, signed_anew: 0 });
    };
    let trust = log::trust_root(source.trust.keys.as_deref())?;
    let store = log::open(path)?;
    let verification = log::sound(path, &store, &trust.root, context)?;
    let history = verification.history();
    let unit = history.unit_by_id(signer.unit()).ok_or_else(|| unknown(signer.unit()))?;
    let record = history.record(unit);
    let size = verification.state.chain().size();
    let entries = record.ended.iter().copied().chain(record.last).map(|index| store.entry(index, size));
    let entries = entries.collect::<Result<Vec<_>, _>>().map_err(|error| log::store_failure(path, &error))?;
    let own = entries.iter().filter_map(|entry| path::attestation(entry));
    let logged: Vec<(Id, u64, Id)> = own.map(|own| (own.body().epoch, own.body().seq, own.id())).collect();
    sync(&mut signer, history, &logged)?;
    let signed_anew = super::stale::settle(&mut signer, history, source.stale, context)?;
    Ok(Desk { signer, state: Some(verification.state), signed_anew })
}

/// The key, with its head locked.
pub(crate) fn open_key(signing: &Signing, context: &Context) -> Result<Signer, Failure> {
    let key = super::keys::load(&signing.key, &signing.unlock, context)?;
    Signer::with_key(&signing.key, key).map_err(|error| match &error {
        SignerError::Key(cause) => super::keys::failure(&signing.key, cause),
        _ => signer_failure(&error),
    })
}

/// Brings a head up to a verified history; `logged` are attestations of the unit in it (epoch, number and id, in log
/// order), the last of each of its epochs among them.
pub(crate) fn sync(signer: &mut Signer, history: &History, logged: &[(Id, u64, Id)]) -> Result<UnitIx, Failure> {
    super::keys::permit(signer.is_test_only(), log::is_synthetic(history))?;
    let unit = history.unit_by_id(signer.unit()).ok_or_else(|| unknown(signer.unit()))?;
    let epoch = history.record(unit).epoch.ok_or_else(|| refused("error-no-epoch").with("unit", signer.unit()))?;
    if epoch.key != signer.public() {
        return Err(refused("error-other-key").with("unit", signer.unit()));
    }
    let proven = Proven {
        epoch: epoch.id,
        installed_at: path::installed_at(history, unit).unwrap_or_default(),
        logged: logged.iter().rfind(|(of, _, _)| *of == epoch.id).map(|(_, seq, id)| (*seq, *id)),
    };
    signer.sync(proven).map_err(|error| signer_failure(&error))?;
    for (of, seq, id) in logged {
        signer.forget_logged(*of, *seq, *id).map_err(|error| signer_failure(&error))?;
    }
    Ok(unit)
}

fn unknown(unit: &str) -> Failure {
    refused("error-unknown-unit").with("unit", unit)
}

pub(crate) fn signer_failure(error: &SignerError) -> Failure {
    let failure = match error {
        SignerError::Io { .. } | SignerError::Signing(_) | SignerError::WrongSignature => unchecked("error-signer"),
        SignerError::NoHead { .. } | SignerError::Unused => usage("error-signer"),
        _ => refused("error-signer"),
    };
    failure.because(error)
}

impl Desk {
    /// What the log that was asked knows.
    pub(crate) fn history(&self) -> Option<&History> {
        self.state.as_ref().map(LogState::store)
    }

    /// How many statements of an ended epoch were signed anew for this command.
    pub(crate) fn signed_anew(&self) -> usize {
        self.signed_anew
    }

    /// Signs, and writes what was signed; where the log was asked, with all that it was not seen to have.
    pub(crate) fn issue(
        mut self,
        statements: &[Statement<'_>],
        out: &Path,
        context: &Context,
    ) -> Result<Exit, Failure> {
        let now = context.now();
        let asked = self.state.is_some();
        if let Some(state) = self.state.take() {
            rehearsal::refuse_futile(state, &self.signer, statements, now, context)?;
        }
        let signed = self.signer.sign_many(statements, now).map_err(|error| signer_failure(&error))?;
        if asked {
            deliver_pending(&self.signer, self.signed_anew.saturating_add(signed.len()), out, context)
        } else {
            deliver(&signed, signed.len(), out, context)
        }
    }
}

/// Writes every attestation of the epoch that was not proven logged: what got lost on its way goes along. So many of
/// them were signed just now.
pub(crate) fn deliver_pending(signer: &Signer, fresh: usize, out: &Path, context: &Context) -> Result<Exit, Failure> {
    let pending = signer.pending_attestations().map_err(|error| signer_failure(&error))?;
    deliver(&pending, fresh, out, context)
}

/// Writes attestations to a file that `append` takes.
pub(crate) fn deliver(attestations: &[Vec<u8>], fresh: usize, out: &Path, context: &Context) -> Result<Exit, Failure> {
    write_attestations(attestations, out)?;
    let path = ("path", out.display().to_string().into());
    match attestations.len().saturating_sub(fresh) {
        0 => context.say("sign-done", &[("count", fresh.into()), path]),
        before if fresh == 0 => context.say("written-again", &[("count", before.into()), path]),
        before => context.say("sign-done-with", &[("count", fresh.into()), ("before", before.into()), path]),
    }
    Ok(Exit::Good)
}

/// Writes attestations to a file.
pub(crate) fn write_attestations(attestations: &[Vec<u8>], out: &Path) -> Result<(), Failure> {
    let bytes = envelope::encode(attestations.iter().map(Vec::as_slice));
    let written = write(out, &bytes.map_err(|error| refused("error-signer").because(&error))?);
    // Signed is signed: the number is used, and the body kept beside the key.
    written.map_err(|failure| failure.told_as("error-signed-not-written"))
}

/// Writes a file whole, or standard output for `-`; never over another.
pub(crate) fn write(out: &Path, bytes: &[u8]) -> Result<(), Failure> {
    output::write_out(out, bytes).map_err(|error| match error {
        OutputError::Exists { path } => refused("error-exists").with("path", path.display()),
        OutputError::Name { path, fault } => unfit_name(&path, fault),
        other => unchecked("error-write").with("path", out.display()).because(&other),
    })
}

/// Before anything is signed: a file in the way, or a folder that takes none, would leave a number signed and nothing to
/// deliver.
pub(crate) fn refuse_existing(out: &Path) -> Result<(), Failure> {
    if out == Path::new("-") {
        return Ok(());
    }
    if std::fs::symlink_metadata(out).is_ok() {
        return Err(refused("error-exists").with("path", out.display()));
    }
    output::probe(out).map_err(|error| match error {
        OutputError::Name { path, fault } => unfit_name(&path, fault),
        other => unchecked("error-write").with("path", out.display()).because(&other),
    })
}

/// A name that one of the systems between which files travel would not keep.
pub(crate) fn unfit_name(path: &Path, fault: NameFault) -> Failure {
    usage("error-file-name").with("path", path.display()).because(&fault)
}

/// A verifier key given as itself, or as the file that holds it.
pub(crate) fn verifier_key(text: &str) -> Result<(String, PublicKey), Failure> {
    let parsed = |text: &str| keys::parse_verifier_key(text.trim()).map(|(name, key)| (name.to_owned(), key));
    let failed = |error: KeyError| usage("error-verifier-key").with("key", text).because(&error);
    // A verifier key has plus signs; what has none was meant as a file.
    if Path::new(text).is_file() || !text.contains('+') {
        let bytes = read(Path::new(text))?;
        let inside = String::from_utf8(bytes).map_err(|_| usage("error-not-text").with("path", text))?;
        return parsed(&inside).map_err(failed);
    }
    parsed(text).map_err(failed)
}

/// SHA-256 of a document's bytes.
pub(crate) fn document(path: Option<&Path>) -> Result<Option<DocumentHash>, Failure> {
    path.map(|path| input::sha256(path).map(DocumentHash)).transpose()
}

/// Sixty-four hexadecimal digits.
pub(crate) fn hash(text: &str) -> Result<[u8; 32], Failure> {
    let decoded = data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok();
    decoded.and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| usage("error-hash").with("text", text))
}

/// A unit's id as a field.
pub(crate) fn unit_id(text: &str) -> Result<UnitId<'_>, Failure> {
    UnitId::new(text).map_err(|error| usage("error-unit-id").with("unit", text).because(&error))
}
