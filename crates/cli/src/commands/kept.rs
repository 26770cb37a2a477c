//! What was verified of a log, kept in the user's own state folder: for `verify --resume`, and for `append`.

use std::path::PathBuf;

use ikrar_log::audit::{Audit, AuditError, Verified, Whose};
use ikrar_log::history::{History, Room};
use ikrar_log::medium::Folder;
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::Verification;

use crate::context::{Context, state_folder};
use crate::failure::{Failure, unchecked, usage};

/// The audit state of one log, held by this process.
pub(super) struct Kept {
    whose: Whose,
    folder: PathBuf,
    audit: Audit<Folder>,
}

impl Kept {
    /// Was anything ever kept?
    pub(super) fn is_there(whose: Whose, trust: &TrustRoot) -> Result<bool, Failure> {
        Ok(folder(whose, trust)?.exists())
    }

    pub(super) fn open(whose: Whose, trust: &TrustRoot) -> Result<Self, Failure> {
        let folder = folder(whose, trust)?;
        std::fs::create_dir_all(&folder)
            .map_err(|error| unchecked("error-write").with("path", folder.display()).because(&error))?;
        match Audit::open(Folder::new(&folder)) {
            Ok(audit) => Ok(Self { whose, folder, audit }),
            Err(error) => Err(failure(whose, &folder, &error)),
        }
    }

    pub(super) fn load(&self, trust: &TrustRoot, context: &Context) -> Result<Option<Verified>, Failure> {
        let verified = self.audit.load(trust).map_err(|error| self.failure(&error))?;
        if verified.as_ref().is_some_and(|verified| !verified.is_usable()) {
            context.say("audit-other-rules", &[]);
        }
        Ok(verified)
    }

    pub(super) fn room(&self) -> Result<Room<Folder>, Failure> {
        self.audit.fresh_room().map_err(|error| self.failure(&error))
    }

    /// Keeps the checkpoints that contradict each other; where they lie.
    pub(super) fn evidence(&self, verification: &Verification) -> Result<Vec<PathBuf>, Failure> {
        let Some(earlier) = &verification.contradicted else { return Ok(Vec::new()) };
        let keep = |checkpoint: &[u8]| {
            let unwritable =
                |error| unchecked("error-audit-evidence").with("path", self.folder.display()).because(&error);
            let name = self.audit.keep_evidence(checkpoint).map_err(unwritable)?;
            Ok(self.folder.join(name))
        };
        Ok(vec![keep(earlier)?, keep(&verification.checkpoint)?])
    }

    /// Keeps what was verified, where all of it was. What it contradicts is never replaced.
    pub(super) fn keep(&self, trust: &TrustRoot, verification: &mut Verification) -> Result<(), Failure> {
        if verification.is_complete() && verification.contradicted.is_none() {
            self.audit.keep(trust, verification).map_err(|error| self.failure(&error))?;
        }
        Ok(())
    }

    fn failure(&self, error: &AuditError) -> Failure {
        failure(self.whose, &self.folder, error)
    }
}

/// What was kept is damaged, and was found so only when it was looked at.
pub(super) fn refuse_damaged(history: &History, whose: Option<Whose>, trust: &TrustRoot) -> Result<(), Failure> {
    match history.failure() {
        Some(error) => {
            let folder = whose.map_or_else(|| Ok(std::env::temp_dir()), |whose| folder(whose, trust))?;
            Err(unchecked("error-audit-statements").with("path", folder.display()).because(error))
        }
        None => Ok(()),
    }
}

fn folder(whose: Whose, trust: &TrustRoot) -> Result<PathBuf, Failure> {
    let state = state_folder().ok_or_else(|| usage("error-no-audit-folder"))?;
    Ok(state.join(whose.folder_name(trust)))
}

fn failure(whose: Whose, folder: &std::path::Path, error: &AuditError) -> Failure {
    let failure = match (whose, error) {
        (Whose::Operator, _) => unchecked("error-append-state"),
        (Whose::Auditor, AuditError::Locked) => unchecked("error-audit-locked"),
        (Whose::Auditor, AuditError::Damaged { .. } | AuditError::Foreign { .. }) => unchecked("error-audit-refused"),
        (Whose::Auditor, AuditError::Unreadable { .. }) => unchecked("error-audit-unreadable"),
        (Whose::Auditor, AuditError::Unwritable { .. }) => unchecked("error-audit-unwritable"),
    };
    failure.with("path", folder.display()).because(error)
}
