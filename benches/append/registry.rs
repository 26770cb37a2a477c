//! A log of all but the pledges of a generated one, and these pledges, to be appended.

use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use ikrar_core::attestation::Attestation;
use ikrar_core::checkpoint::{Checkpoint, sign_checkpoint};
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::field::Time;
use ikrar_core::note::{KeyKind, VerifierKey};
use ikrar_core::state::LogState;
use ikrar_core::statement::Statement;
use ikrar_log::history::History;
use ikrar_log::intake::Intake;
use ikrar_log::medium::{Folder, Medium};
use ikrar_log::store::{Head, Writer};
use ikrar_log::trust::TrustRoot;

use crate::{Error, synthetic};

/// A registry whose units have not pledged yet.
pub(crate) struct Registry {
    out: PathBuf,
    pub(crate) trust: TrustRoot,
    log_key: SigningKey,
    /// What the log holds, and its state.
    pub(crate) entries: Vec<Vec<u8>>,
    pub(crate) state: LogState<History>,
    /// In the order in which their units signed.
    pub(crate) pledges: Vec<Vec<u8>>,
    pub(crate) now: Time,
}

impl Registry {
    /// Of so many units, with so many pledges of theirs or a few more.
    pub(crate) fn generate(out: &Path, units: usize, pledges: usize) -> Result<Self, Error> {
        if out.exists() {
            std::fs::remove_dir_all(out)?;
        }
        let generated = out.join("generated");
        let head = synthetic::generate(&generated, units, pledges.div_ceil(units))?;
        let (store, trust) = synthetic::open(&generated)?;
        let (mut before, mut fresh, mut now) = (Vec::new(), Vec::new(), Time::UNKNOWN);
        for read in store.entries(0..head.size, head.size)? {
            let (_, entry) = read?;
            let entry = Entry::decode(&entry)?;
            let Payload::Attestation(bytes) = entry.payload else { continue };
            let pledges = matches!(Attestation::decode(bytes)?.body().statement, Statement::Pledge(_));
            if pledges { &mut fresh } else { &mut before }.push(bytes.to_vec());
            now = entry.logged_at;
        }
        let mut intake = Intake::new(LogState::new(trust.registry, History::new()), now);
        intake.take(&before, &store)?;
        let (state, entries) = (intake.state().clone(), intake.entries().to_vec());
        fresh.truncate(pledges);
        Ok(Self { out: out.to_owned(), trust, log_key: synthetic::key("log"), entries, state, pledges: fresh, now })
    }

    /// The folder of the log that is appended to, in which there is none yet.
    pub(crate) fn folder(&self) -> Result<PathBuf, Error> {
        let log = self.out.join("log");
        if log.exists() {
            std::fs::remove_dir_all(&log)?;
        }
        Ok(log)
    }

    /// Starts a log without pledges.
    pub(crate) fn start(&self) -> Result<Writer<Folder>, Error> {
        Writer::init(Folder::new(self.folder()?), &self.entries, |head| self.checkpoint(head))
    }

    /// Signs a checkpoint.
    pub(crate) fn checkpoint(&self, head: Head) -> Result<Vec<u8>, Error> {
        let origin = &*self.trust.origin;
        let verifier = VerifierKey::new(origin, KeyKind::Ed25519, self.trust.log_key)?;
        let mut note = String::new();
        sign_checkpoint(&Checkpoint { origin, size: head.size, root: head.root }, &verifier, &self.log_key, &mut note)?;
        Ok(note.into_bytes())
    }

    /// The folder of what is kept beside the log.
    pub(crate) fn beside(&self, name: &str) -> Result<PathBuf, Error> {
        let folder = self.out.join(name);
        Folder::new(&folder).create_dir("")?;
        Ok(folder)
    }
}
