//! What an export shows by itself, under a trust root's registry (spec §11.7).
//!
//! Chain, tree and checkpoint hold together under the journal's key; the journal's key is named by an `OpenJournal`, which
//! names the roster too; the roster names the keys of its units. That the roster is the log's only the log can say.

use std::collections::HashMap;

use ikrar_core::attestation::Attestation;
use ikrar_core::chain::Chain;
use ikrar_core::checkpoint::{CheckpointError, VerifiedCheckpoint};
use ikrar_core::codec;
use ikrar_core::digest::{Id, PublicKey, signing_message};
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::merkle::CompactRange;
use ikrar_core::note::{KeyKind, Note, VerifierKey};
use ikrar_core::rule::{Rule, Severity};
use ikrar_core::signature;
use ikrar_core::statement::{OpenJournal, Statement};
use ikrar_journal::{Item, Roster, RosterError};

use super::JournalExport;
use crate::store::Head;
use crate::trust::TrustRoot;

/// Units of a roster that a host takes.
const UNITS: usize = 1_024;
/// The mark of an entry that the device only hashed.
const HASHED: u8 = 3;

/// A roster as large as a host takes.
pub type HostRoster = Roster<UNITS>;

macro_rules! journal_rules {
    ($($variant:ident $name:literal $severity:ident $doc:literal)*) => {
        /// Rules about an export, beside those of the state machine.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum JournalRule { $(#[doc = $doc] $variant,)* }

        impl JournalRule {
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

journal_rules! {
    Roster "journal-roster" Error "the roster's items do not decode, or do not go together"
    OtherRegistry "journal-registry" Error "the roster is of another registry or log than the trust root's"
    NotOpened "journal-not-opened" Error "no `OpenJournal` for the roster is shown, and the roster names none"
    OtherRoster "journal-other-roster" Error "the last `OpenJournal` names another roster, checkpoint or registry"
    Base "journal-base" Error "what stands for the entries before the first is no compact range of so many"
    Checkpoint "journal-checkpoint" Error "the checkpoint does not decode, or is not signed by the journal's key"
    Root "journal-root" Error "the entries are not those that the checkpoint signs"
    Unchecked "journal-unchecked" Warning "the roster has no key for this attestation, so its signature was not checked"
}

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JournalFinding {
    /// The rule: of the state machine, or about exports.
    pub rule: Result<Rule, JournalRule>,
    /// The entry, where there is one.
    pub entry: Option<u64>,
    /// The signing unit, where it is known.
    pub unit: Option<String>,
}

impl JournalFinding {
    /// The rule's name.
    pub fn name(&self) -> &'static str {
        self.rule.map_or_else(JournalRule::name, Rule::name)
    }

    /// Its severity.
    pub fn severity(&self) -> Severity {
        self.rule.map_or_else(JournalRule::severity, Rule::severity)
    }

    /// The rule, in a sentence.
    pub fn meaning(&self) -> &'static str {
        self.rule.map_or_else(JournalRule::meaning, Rule::meaning)
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct JournalVerification {
    /// The unit whose device it is.
    pub unit: Option<String>,
    /// The journal's origin, as its checkpoint has it.
    pub origin: Option<String>,
    /// The journal's key.
    pub key: Option<PublicKey>,
    /// Size and root that the checkpoint signs.
    pub head: Option<Head>,
    /// Size of the log's checkpoint from which the roster was taken.
    pub roster_size: Option<u64>,
    /// Index of the first entry.
    pub first: u64,
    /// Entries read.
    pub entries: u64,
    /// Attestations whose signature was checked.
    pub checked: u64,
    /// Attestations whose signature could not be checked.
    pub unchecked: u64,
    /// In the order of the spec.
    pub findings: Vec<JournalFinding>,
}

impl JournalVerification {
    /// Is no finding an error?
    pub fn is_ok(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity() != Severity::Error)
    }

    fn found(&mut self, rule: JournalRule) {
        self.findings.push(JournalFinding { rule: Err(rule), entry: None, unit: None });
    }
}

/// Verifies an export under the registry and the log of a trust root. What success does **not** prove: that the roster is
/// the one that the log holds, that an attestation counts, or when anything was signed; and it says nothing of what the
/// device has not exported.
pub fn verify(export: &JournalExport<'_>, trust: &TrustRoot) -> JournalVerification {
    let mut seen = JournalVerification { first: export.first, ..JournalVerification::default() };
    let roster = match roster(export) {
        Ok(roster) => roster,
        Err(_) => {
            seen.found(JournalRule::Roster);
            Box::default()
        }
    };
    let start = roster.start().copied();
    seen.roster_size = start.map(|start| start.tree_size);
    let of_trust = |log: &ikrar_journal::LogItem<'_>| log.origin.as_str() == trust.origin;
    if start.is_some_and(|start| start.registry != trust.registry) || roster.log().is_some_and(|log| !of_trust(&log)) {
        seen.found(JournalRule::OtherRegistry);
    }
    let origin = origin(export);
    let unit = origin.as_deref().and_then(|origin| origin.strip_prefix(&trust.origin)?.strip_prefix('/'));
    let mut walk = Walk::new(export, &roster, unit.map(str::to_owned));
    let range = CompactRange::from_parts(export.first, &export.range);
    let mut chain = range.map_or_else(
        |_| {
            seen.found(JournalRule::Base);
            Chain::new()
        },
        |range| Chain::from_parts(export.head, range),
    );
    for (index, exported) in (export.first..).zip(&export.entries) {
        seen.entries = seen.entries.saturating_add(1);
        walk.entry(index, exported.mark, exported.entry, &mut chain, &mut seen);
    }
    let journal_key = match &walk.opened {
        Some(opened) => {
            let same = start.is_some_and(|start| {
                (opened.registry, opened.tree_size, opened.root) == (start.registry, start.tree_size, start.root)
            });
            if !same || opened.roster != roster.hash() || origin.as_deref() != Some(opened.origin.as_str()) {
                seen.found(JournalRule::OtherRoster);
            }
            seen.unit = walk.of.clone();
            Some(opened.key)
        }
        // It was given up; the roster, which the device keeps, says under which key.
        None => start.and_then(|start| start.opened).filter(|_| export.first > 0).and_then(|(unit, key)| {
            seen.unit = walk.units.get(usize::from(unit)).filter(|unit| walk.of.as_ref() == Some(unit)).cloned();
            seen.unit.as_ref().map(|_| key)
        }),
    };
    seen.key = journal_key;
    match journal_key {
        Some(key) => checkpoint(export, key, &chain, &mut seen),
        None if origin.is_none() => seen.found(JournalRule::Checkpoint),
        None => seen.found(JournalRule::NotOpened),
    }
    seen
}

/// The origin that the checkpoint names; who signed it is seen later.
fn origin(export: &JournalExport<'_>) -> Option<String> {
    let note = Note::parse(export.checkpoint).ok()?;
    Some(ikrar_core::checkpoint::Checkpoint::parse(note.text()).ok()?.origin.to_owned())
}

fn roster(export: &JournalExport<'_>) -> Result<Box<HostRoster>, RosterError> {
    let mut roster: Box<HostRoster> = Box::default();
    export.items.iter().try_for_each(|item| roster.push(item))?;
    // A roster without its log and its start is none.
    roster.log().ok_or(RosterError::Start)?;
    Ok(roster)
}

fn checkpoint(export: &JournalExport<'_>, key: PublicKey, chain: &Chain, seen: &mut JournalVerification) {
    let opened = Note::parse(export.checkpoint).map_err(CheckpointError::Note).and_then(|note| {
        let origin = ikrar_core::checkpoint::Checkpoint::parse(note.text())?.origin;
        let key = VerifierKey::new(origin, KeyKind::Ed25519, key).map_err(|_| CheckpointError::NotSigned)?;
        VerifiedCheckpoint::open(export.checkpoint, &key)
    });
    match opened {
        Err(_) => seen.found(JournalRule::Checkpoint),
        Ok(checkpoint) => {
            seen.origin = Some(checkpoint.origin().to_owned());
            seen.head = Some(Head { size: checkpoint.size(), root: *checkpoint.root() });
            if (checkpoint.size(), *checkpoint.root()) != (chain.size(), chain.root()) {
                seen.found(JournalRule::Root);
            }
        }
    }
}

/// The pass over the entries.
struct Walk<'a> {
    /// The roster's units, by number.
    units: Vec<String>,
    /// Whose an epoch is, and its key.
    epochs: HashMap<Id, (String, PublicKey)>,
    /// The next number in an epoch, and its `prev`, once one of its attestations was seen.
    places: HashMap<Id, (u64, Id)>,
    /// The unit whose device the checkpoint's origin names.
    of: Option<String>,
    /// Its last `OpenJournal` that was authentic.
    opened: Option<OpenJournal<'a>>,
}

impl<'a> Walk<'a> {
    fn new(export: &JournalExport<'a>, roster: &HostRoster, of: Option<String>) -> Self {
        let mut walk = Self { units: Vec::new(), epochs: HashMap::new(), places: HashMap::new(), of, opened: None };
        if roster.log().is_none() {
            return walk;
        }
        for item in &export.items {
            if let Ok(Item::Unit(unit)) = codec::decode(item) {
                walk.units.push(unit.id.as_str().to_owned());
                if let Some((epoch, key, ..)) = unit.epoch {
                    walk.epochs.insert(epoch, (unit.id.as_str().to_owned(), key));
                }
            }
        }
        walk
    }

    fn entry(&mut self, index: u64, mark: u8, bytes: &'a [u8], chain: &mut Chain, seen: &mut JournalVerification) {
        let head = chain.head();
        // Never full: the tree of an export has 64 levels.
        let pushed = chain.push(bytes);
        let mut found = |rule, unit| seen.findings.push(JournalFinding { rule, entry: Some(index), unit });
        let Ok(Entry { prev, payload: Payload::Attestation(attestation), .. }) = Entry::decode(bytes) else {
            return found(Ok(Rule::EntryMalformed), None);
        };
        if prev != head || pushed.is_err() {
            found(Ok(Rule::ChainLink), None);
        }
        let Ok(attestation) = Attestation::decode(attestation) else {
            return found(Ok(Rule::AttestationMalformed), None);
        };
        let body = attestation.body();
        let unit = Some(body.unit.as_str().to_owned());
        let Some((owner, key)) = self.epochs.get(&body.epoch).filter(|(owner, _)| owner == body.unit.as_str()) else {
            found(Err(JournalRule::Unchecked), unit);
            seen.unchecked = seen.unchecked.saturating_add(1);
            return;
        };
        let authentic = signature::verify(key, &signing_message(&attestation.id()), attestation.signature()).is_ok();
        // What the device only hashed it has not checked either.
        if !authentic {
            let rule = if mark == HASHED { Err(JournalRule::Unchecked) } else { Ok(Rule::BadSignature) };
            seen.unchecked = seen.unchecked.saturating_add(u64::from(mark == HASHED));
            seen.findings.push(JournalFinding { rule, entry: Some(index), unit });
            return;
        }
        seen.checked = seen.checked.saturating_add(1);
        if mark == HASHED {
            return;
        }
        let next = (body.seq.saturating_add(1), attestation.id());
        if let Some((seq, prev)) = self.places.insert(body.epoch, next) {
            let rule = match body.seq {
                found if found < seq => Some(Rule::StaleSeq),
                found if found > seq => Some(Rule::SkippedSeq),
                _ => (body.prev != prev).then_some(Rule::WrongPrev),
            };
            if let Some(rule) = rule {
                seen.findings.push(JournalFinding { rule: Ok(rule), entry: Some(index), unit });
            }
        }
        let owner = owner.clone();
        match &body.statement {
            Statement::Rekey(rekey) if mark == 0 => {
                if let Some(key) = rekey.key {
                    self.epochs.insert(attestation.id(), (rekey.unit.as_str().to_owned(), key));
                }
            }
            // A neighbour's is an entry as any other.
            Statement::OpenJournal(journal) if self.of.as_ref() == Some(&owner) => self.opened = Some(*journal),
            _ => {}
        }
    }
}
