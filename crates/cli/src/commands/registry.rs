//! `ikrar genesis` and `ikrar init`.

use std::path::{Path, PathBuf};

use ikrar_core::attestation::Attestation;
use ikrar_core::checkpoint::{Checkpoint, sign_checkpoint};
use ikrar_core::field::{Name, Origin};
use ikrar_core::statement::{RECOVERY, ROOT, Statement};
use ikrar_log::intake::Intake;
use ikrar_log::keys::PrivateKey;
use ikrar_log::medium::Folder;
use ikrar_log::published::Published;
use ikrar_log::signer::Signer;
use ikrar_log::store::{self, Head, Writer};
use ikrar_log::trust::{self, TrustRoot};
use ikrar_log::{envelope, history::History};

use super::sign;
use crate::args::{Genesis, Init, Unlock};
use crate::context::{Context, state_folder};
use crate::failure::{Exit, Failure, bad, refused, unchecked, usage};
use crate::input::read;
use crate::message::{Message, Tell as _, cause};
use crate::words::kebab;

pub(crate) fn genesis(args: &Genesis, context: &Context) -> Result<Exit, Failure> {
    sign::refuse_existing(&args.signing.out)?;
    let (origin, log_key) = sign::verifier_key(&args.log_key)?;
    let recovery = args.recovery_key.as_deref().map(sign::verifier_key).transpose()?;
    if let Some((name, _)) = recovery.as_ref().filter(|(name, _)| name != RECOVERY) {
        return Err(usage("error-recovery-name").with("name", name));
    }
    let mut signer = sign::open_key(&args.signing, context)?;
    super::keys::permit(signer.is_test_only(), args.synthetic)?;
    if signer.unit() != ROOT {
        return Err(usage("error-not-root").with("unit", signer.unit()));
    }
    let field = |cause: ikrar_core::field::FieldError| usage("error-registry-name").because(&cause);
    let statement = ikrar_core::statement::Genesis {
        registry: Name::new(&args.name).map_err(field)?,
        origin: Origin::new(&origin).map_err(field)?,
        log_key,
        root_key: signer.public(),
        recovery_key: recovery.map(|(_, key)| key),
        synthetic: args.synthetic,
    };
    let (signed, told) = match signed_before(&signer, &statement)? {
        Some(signed) => (signed, "genesis-again"),
        None => {
            let signed = signer.sign_genesis(&statement, context.now());
            (signed.map_err(|error| sign::signer_failure(&error))?, "genesis-done")
        }
    };
    sign::write_attestations(&[signed], &args.signing.out)?;
    context.say(told, &[("path", args.signing.out.display().to_string().into())]);
    Ok(Exit::Good)
}

/// The genesis that this key has signed, where its file may have got lost. One of other content is refused.
fn signed_before(signer: &Signer, wanted: &ikrar_core::statement::Genesis<'_>) -> Result<Option<Vec<u8>>, Failure> {
    let pending = signer.pending_attestations().map_err(|error| sign::signer_failure(&error))?;
    for bytes in pending {
        let same = match Attestation::decode(&bytes).ok().map(|attestation| attestation.body().statement.clone()) {
            Some(Statement::Genesis(genesis)) => genesis == *wanted,
            _ => continue,
        };
        return if same { Ok(Some(bytes)) } else { Err(refused("error-other-genesis")) };
    }
    Ok(None)
}

pub(crate) fn init(args: &Init, context: &Context) -> Result<Exit, Failure> {
    let bytes = read(&args.genesis)?;
    let not_genesis = || usage("error-no-genesis").with("path", args.genesis.display());
    let attestations = envelope::decode(&bytes).map_err(|error| not_genesis().because(&error))?;
    let [only] = attestations.as_slice() else {
        return Err(not_genesis().told("cause", &cause("genesis-several").count("count", attestations.len())));
    };
    let attestation = Attestation::decode(only).map_err(|error| not_genesis().because(&error))?;
    let Statement::Genesis(genesis) = attestation.body().statement else {
        return Err(not_genesis().because(&Message::named("statement", &kebab(attestation.body().statement.name()))));
    };
    let trust = TrustRoot {
        registry_name: genesis.registry.to_string(),
        registry: attestation.id(),
        authority: genesis.root_key,
        origin: genesis.origin.to_string(),
        log_key: genesis.log_key,
        log_since: 0,
        policy: None,
    };
    let folder =
        trust::folder(args.trust.keys.as_deref()).map_err(|error| usage("error-trust-root").because(&error))?;
    let key = log_key(args.key.as_deref(), &folder, &trust, &args.unlock, context)?;
    super::keys::permit(key.test_only, genesis.synthetic)?;

    // The genesis passes the same gate as everything after it.
    let mut intake = Intake::new(ikrar_core::state::LogState::new(trust.registry, History::new()), context.now());
    let empty = store::Store::open(Folder::new(&args.log));
    let taken = intake.take(&[only.to_vec()], &empty).map_err(|error| super::log::store_failure(&args.log, &error))?;
    if let Some(ikrar_log::intake::Taken::Refused { rule, .. }) = taken.first() {
        return Err(refused("error-genesis-refused").with("rule", rule.name()).told("meaning", rule));
    }
    let pinned = is_pinned(&trust, &folder)?;
    let published = published()?;
    let name = published_name(&trust);
    let before = published.last(&name).map_err(|error| unchecked("error-published").because(&error))?;
    if let Some(before) = before.filter(|before| before.size > 1) {
        return Err(refused("error-started-before").with("origin", &trust.origin).count("size", before.size));
    }
    let writer = Writer::init(Folder::new(&args.log), intake.entries(), |head| {
        // Here, where the folder was found fit for a log: a refusal leaves no trust root behind.
        if !pinned {
            let saved = trust.save(&folder);
            saved.map_err(|error| AppendError::Refused(unchecked("error-trust-root").because(&error)))?;
        }
        checkpoint(&key, head)
    });
    let writer = writer.map_err(|error: AppendError| error.failure(&args.log))?;
    let recorded = published.record(&name, writer.head());
    recorded.map_err(|error| unchecked("error-published").because(&error))?;
    let told = [
        ("path", args.log.display().to_string()),
        ("registry", trust.registry.to_string()),
        ("trust", folder.display().to_string()),
        ("fingerprint", trust.fingerprint_text()),
    ];
    let told: Vec<_> = told.iter().map(|(name, value)| (*name, value.into())).collect();
    context.say("init-done", &told);
    Ok(Exit::Good)
}

/// Is the trust root in the folder already? Another in its place is refused.
fn is_pinned(trust: &TrustRoot, folder: &Path) -> Result<bool, Failure> {
    match TrustRoot::load(folder) {
        Ok(there) if there.registry == trust.registry && there.log_key == trust.log_key => Ok(true),
        Ok(_) => Err(refused("error-other-trust-root").with("path", folder.display())),
        Err(trust::TrustError::NoTrustRoot { .. }) => Ok(false),
        Err(error) => Err(usage("error-trust-root").because(&error)),
    }
}

/// The log's private key: the file given, else `log.key` beside the trust root. It must be the pinned one.
pub(crate) fn log_key(
    asked: Option<&Path>,
    folder: &Path,
    trust: &TrustRoot,
    unlock: &Unlock,
    context: &Context,
) -> Result<PrivateKey, Failure> {
    let path = asked.map_or_else(|| folder.join(trust::LOG_KEY_FILE), PathBuf::from);
    let key = super::keys::load(&path, unlock, context)?;
    if key.public() != trust.log_key || key.name != trust.origin {
        return Err(usage("error-not-log-key").with("path", path.display()).with("origin", &trust.origin));
    }
    key.ready(&path).map_err(|error| super::keys::failure(&path, &error))?;
    Ok(key)
}

/// Signs the checkpoint of a head.
pub(crate) fn checkpoint(key: &PrivateKey, head: Head) -> Result<Vec<u8>, AppendError> {
    let mut note = String::new();
    let verifier = key.verifier_key().map_err(|error| AppendError::Checkpoint(error.message()))?;
    let checkpoint = Checkpoint { origin: &key.name, size: head.size, root: head.root };
    sign_checkpoint(&checkpoint, &verifier, &key.signing, &mut note)
        .map_err(|error| AppendError::Checkpoint(error.message()))?;
    Ok(note.into_bytes())
}

/// Under what name a log is recorded: another registry under the same origin is another log.
pub(crate) fn published_name(trust: &TrustRoot) -> String {
    format!("{} {}", trust.origin, trust.registry)
}

/// The record of what was published, in the operator's own state folder.
pub(crate) fn published() -> Result<Published<Folder>, Failure> {
    let folder = state_folder().ok_or_else(|| usage("error-no-state-folder"))?;
    std::fs::create_dir_all(&folder)
        .map_err(|error| unchecked("error-write").with("path", folder.display()).because(&error))?;
    Ok(Published::new(Folder::new(folder)))
}

/// Why a log was not written.
#[derive(Debug)]
pub(crate) enum AppendError {
    Store(store::Error),
    Checkpoint(Message),
    Refused(Failure),
}

impl From<store::Error> for AppendError {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

impl AppendError {
    pub(crate) fn failure(self, log: &Path) -> Failure {
        match self {
            Self::Refused(failure) => failure,
            Self::Checkpoint(cause) => unchecked("error-checkpoint").because(&cause),
            Self::Store(store::Error::Locked { .. }) => refused("error-locked").with("path", log.display()),
            Self::Store(store::Error::Exists) => refused("error-log-exists").with("path", log.display()),
            Self::Store(store::Error::NotEmpty { found }) => {
                refused("error-not-empty").with("path", log.display()).with("found", found)
            }
            Self::Store(error @ store::Error::Unwritable { .. }) => {
                unchecked("error-write").with("path", log.display()).because(&error)
            }
            Self::Store(error) => super::log::store_failure(log, &error),
        }
    }
}

impl From<ikrar_log::published::Error> for AppendError {
    fn from(error: ikrar_log::published::Error) -> Self {
        use ikrar_log::published::Error;
        Self::Refused(match &error {
            Error::Behind { .. } | Error::Forked { .. } => refused("error-restored").because(&error),
            Error::Log(store::Error::WrongRoot { .. }) => bad("error-restored").because(&error),
            _ => unchecked("error-published").because(&error),
        })
    }
}
