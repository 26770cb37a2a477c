//! What verification found: a rule, where, and of whom (spec §7.1, §9.4).

use ikrar_core::attestation::Attestation;
use ikrar_core::rule::{Rule, Severity};
use serde::{Serialize, Serializer};

use super::detail::{Detail, Signed, StoreFault};
use crate::store::{self, FindingKind};

macro_rules! log_rules {
    ($($variant:ident $name:literal $severity:ident $doc:literal)*) => {
        /// Rules about the files of a log, beside those of the state machine.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum LogRule { $(#[doc = $doc] $variant,)* }

        impl LogRule {
            /// All, in the order of the spec.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name of its finding.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Its severity.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// The rule broken, in a sentence.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $doc,)* }
            }
        }
    };
}

log_rules! {
    CheckpointMalformed "checkpoint-malformed" Error "the checkpoint does not decode"
    CheckpointOrigin "checkpoint-origin" Error "the checkpoint is of another log than the trust root's"
    CheckpointSignature "checkpoint-signature" Error "the signature of the pinned log key, or of a known witness, is absent or fails"
    CheckpointUnknownSignature "checkpoint-unknown-signature" Warning "a signature line is of a key that the trust root does not know"
    CheckpointQuorum "checkpoint-quorum" Warning "the trust root's witness policy is not met"
    SinceLarger "since-larger" Error "the log is smaller than a checkpoint that was kept from before"
    SinceInconsistent "since-inconsistent" Error "the log does not contain what a checkpoint kept from before vouched for"
    SinceUnusable "since-unusable" Error "what was given as an earlier checkpoint is none of this log's"
    LogKeyChanged "log-key-changed" Error "by `RekeyLog` the log's key for this size is another than the pinned one"
    WrongAuthority "wrong-authority" Error "`Genesis` is signed by another key than the pinned authority's"
    EntriesMissing "entries-missing" Error "an entry bundle that the checkpoint vouches for is not there"
    BundleMalformed "bundle-malformed" Error "an entry bundle does not decode"
    RootMismatch "root-mismatch" Error "the entries do not hash to the root that the checkpoint signs"
    TileMissing "tile-missing" Error "a hash tile that the tree needs is not there"
    TileMalformed "tile-malformed" Error "a tile or an older bundle does not decode"
    TileMismatch "tile-mismatch" Error "a tile or an older bundle says something else than the entries"
    Unreadable "unreadable" Error "the medium failed to give a file, so it could not be checked"
    Uncommitted "uncommitted" Warning "a file lies beyond the checkpoint, left by an interrupted append"
    ForeignFile "foreign-file" Warning "a file below tile/ is no tile"
}

/// The rule of a finding.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FindingRule {
    /// Of the state machine, about an entry.
    Entry(Rule),
    /// About the log's files.
    Log(LogRule),
}

impl FindingRule {
    /// Its name in the spec.
    pub fn name(self) -> &'static str {
        match self {
            Self::Entry(rule) => rule.name(),
            Self::Log(rule) => rule.name(),
        }
    }
}

impl Serialize for FindingRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: FindingRule,
    /// The entry, where there is one.
    pub entry: Option<u64>,
    /// The signing unit, where it is known.
    pub unit: Option<String>,
    /// The file, relative to the log, where there is one.
    pub path: Option<String>,
    /// What exactly.
    pub detail: Box<Detail>,
}

impl Finding {
    /// Its severity.
    pub fn severity(&self) -> Severity {
        match self.rule {
            FindingRule::Entry(rule) => rule.severity(),
            FindingRule::Log(rule) => rule.severity(),
        }
    }

    /// The medium failed: no verdict, rather than a bad one.
    pub fn is_unreadable(&self) -> bool {
        self.rule == FindingRule::Log(LogRule::Unreadable)
    }

    /// A finding about the log's files.
    pub fn of_log(rule: LogRule, path: Option<String>, detail: Detail) -> Self {
        Self { rule: FindingRule::Log(rule), entry: None, unit: None, path, detail: Box::new(detail) }
    }

    /// A finding of the state machine.
    pub fn of_entry(rule: Rule, index: u64, unit: Option<String>, attestation: Option<&Attestation<'_>>) -> Self {
        let signed = attestation.map(|attestation| {
            let body = attestation.body();
            Signed { statement: body.statement.name().into(), unit: body.unit.to_string(), seq: body.seq }
        });
        let detail = Box::new(Detail::Entry { signed, rule });
        Self { rule: FindingRule::Entry(rule), entry: Some(index), unit, path: None, detail }
    }

    /// What ended the reading of entries, after so many.
    pub fn from_store(error: &store::Error, entries: u64) -> Self {
        let (rule, path) = match error {
            store::Error::Missing { path } => (LogRule::EntriesMissing, Some(path)),
            store::Error::Malformed { path, .. } => (LogRule::BundleMalformed, Some(path)),
            store::Error::Unreadable { path, .. } => (LogRule::Unreadable, Some(path)),
            _ => (LogRule::EntriesMissing, None),
        };
        let detail = Detail::Broken { fault: StoreFault::from(error), entries };
        Self::of_log(rule, path.cloned(), detail)
    }

    /// What is wrong with a tile.
    pub fn from_tile(finding: &store::Finding) -> Self {
        let rule = match finding.kind {
            FindingKind::Mismatch => LogRule::TileMismatch,
            FindingKind::Missing => LogRule::TileMissing,
            FindingKind::Malformed(_) => LogRule::TileMalformed,
            FindingKind::Unreadable(_) => LogRule::Unreadable,
            FindingKind::Uncommitted => LogRule::Uncommitted,
            FindingKind::Foreign => LogRule::ForeignFile,
        };
        let path = finding.path.clone();
        let detail = match finding.kind {
            FindingKind::Malformed(fault) => Detail::TileMalformed { path, fault },
            FindingKind::Unreadable(kind) => Detail::TileUnreadable { path, kind },
            _ => Detail::Tile { path, rule },
        };
        Self::of_log(rule, Some(finding.path.clone()), detail)
    }
}
