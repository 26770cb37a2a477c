//! Damaged logs: the verifier, on any number of threads and in batches of any size, finds what a slow one finds that
//! takes one entry after the other and checks each signature by itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use ed25519_dalek::{Signer as _, SigningKey};
use ikrar_core::attestation::{Attestation, SIGNATURE_LENGTH};
use ikrar_core::checkpoint::{Checkpoint, sign_checkpoint};
use ikrar_core::digest::{Hash, Id, attestation_id, leaf_hash, signing_message};
use ikrar_core::entry::{Entry, HEADER_LENGTH, Payload};
use ikrar_core::note::{KeyKind, VerifierKey};
use ikrar_core::rule::Rule;
use ikrar_core::state::{At, LogState, Outcome};
use ikrar_log::history::History;
use ikrar_log::medium::{Item, Medium};
use ikrar_log::store::{Error, Store, Writer};
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::{Detail, Effort, Finding, FindingRule, LogRule, open_checkpoint, verify_keeping};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::world::{LOG_KEY, ORIGIN, ROOT_KEY, World, key, public};

/// The order of the group, little-endian.
const L: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// What somebody did to a log before its operator signed it.
#[derive(Clone, Debug)]
pub(crate) enum Damage {
    FlipBit { entry: Index, byte: Index, bit: u8 },
    FlipBitOfSignature { entry: Index, bit: usize },
    AddOrderToS { entry: Index },
    TakeSignature { entry: Index, of: Index },
    SignWith { entry: Index, key: Index },
    Swap { entry: Index, with: Index },
    Drop { entry: Index },
    Again { entry: Index, at: Index },
}

/// And to its files afterwards.
#[derive(Clone, Debug)]
pub(crate) enum Loss {
    FlipBit { file: Index, byte: Index, bit: u8 },
    Remove { file: Index },
}

/// A damaged log.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    damage: Vec<Damage>,
    /// Each entry names the one that is now before it.
    relinked: bool,
    loss: Option<Loss>,
    batch: usize,
}

pub(crate) fn plan() -> impl Strategy<Value = Plan> {
    let index = any::<Index>;
    let damage = prop_oneof![
        2 => (index(), index(), 0..8_u8).prop_map(|(entry, byte, bit)| Damage::FlipBit { entry, byte, bit }),
        4 => (index(), 0..512_usize).prop_map(|(entry, bit)| Damage::FlipBitOfSignature { entry, bit }),
        1 => index().prop_map(|entry| Damage::AddOrderToS { entry }),
        1 => (index(), index()).prop_map(|(entry, of)| Damage::TakeSignature { entry, of }),
        2 => (index(), index()).prop_map(|(entry, key)| Damage::SignWith { entry, key }),
        1 => (index(), index()).prop_map(|(entry, with)| Damage::Swap { entry, with }),
        1 => index().prop_map(|entry| Damage::Drop { entry }),
        1 => (index(), index()).prop_map(|(entry, at)| Damage::Again { entry, at }),
    ];
    let loss = prop_oneof![
        3 => (index(), index(), 0..8_u8).prop_map(|(file, byte, bit)| Loss::FlipBit { file, byte, bit }),
        1 => index().prop_map(|file| Loss::Remove { file }),
    ];
    let damage = prop::collection::vec(damage, 0..6);
    (damage, prop::bool::weighted(0.8), prop::option::weighted(0.2, loss), 1..40_usize)
        .prop_map(|(damage, relinked, loss, batch)| Plan { damage, relinked, loss, batch })
}

impl Damage {
    fn befall(&self, entries: &mut Vec<Vec<u8>>, keys: &[SigningKey]) {
        let count = entries.len();
        match self {
            Self::FlipBit { entry, byte, bit } => {
                let entry = &mut entries[entry.index(count)];
                let byte = byte.index(entry.len());
                entry[byte] ^= 1 << bit;
            }
            Self::FlipBitOfSignature { entry, bit } => {
                if let Some(signature) = signature(&mut entries[entry.index(count)]) {
                    signature[bit / 8] ^= 1 << (bit % 8);
                }
            }
            Self::AddOrderToS { entry } => {
                if let Some(signature) = signature(&mut entries[entry.index(count)]) {
                    let mut carry = 0;
                    for (byte, of_order) in signature[32..].iter_mut().zip(L) {
                        let sum = u16::from(*byte) + u16::from(of_order) + carry;
                        (*byte, carry) = (sum.to_le_bytes()[0], sum >> 8);
                    }
                }
            }
            Self::TakeSignature { entry, of } => {
                let taken = signature(&mut entries[of.index(count)]).copied();
                if let (Some(signature), Some(taken)) = (signature(&mut entries[entry.index(count)]), taken) {
                    *signature = taken;
                }
            }
            Self::SignWith { entry, key } => {
                let entry = &mut entries[entry.index(count)];
                let body = entry.get(HEADER_LENGTH..entry.len().saturating_sub(SIGNATURE_LENGTH));
                if let Some(id) = body.map(attestation_id)
                    && let Some(signature) = signature(entry)
                {
                    *signature = keys[key.index(keys.len())].sign(&signing_message(&id)).to_bytes();
                }
            }
            Self::Swap { entry, with } => entries.swap(entry.index(count), with.index(count)),
            Self::Drop { entry } if count > 1 => drop(entries.remove(entry.index(count))),
            Self::Drop { .. } => {}
            Self::Again { entry, at } => {
                let again = entries[entry.index(count)].clone();
                entries.insert(at.index(count + 1), again);
            }
        }
    }
}

/// The last bytes of an entry that may hold an attestation.
fn signature(entry: &mut [u8]) -> Option<&mut [u8; SIGNATURE_LENGTH]> {
    entry.get_mut(HEADER_LENGTH..)?.last_chunk_mut()
}

impl Plan {
    pub(crate) fn log(&self, world: &World) -> Memory {
        let log = signed(&self.entries(world));
        if let Some(loss) = &self.loss {
            let mut files = log.0.lock().unwrap();
            let names: Vec<String> = files.keys().cloned().collect();
            match loss {
                Loss::FlipBit { file, byte, bit } => {
                    let bytes = files.get_mut(&names[file.index(names.len())]).unwrap();
                    let byte = byte.index(bytes.len());
                    bytes[byte] ^= 1 << bit;
                }
                Loss::Remove { file } => drop(files.remove(&names[file.index(names.len())])),
            }
        }
        log
    }

    /// Entries that are checked together.
    pub(crate) fn batch(&self) -> NonZeroUsize {
        NonZeroUsize::new(self.batch).unwrap()
    }

    /// Does it lose or change files?
    pub(crate) fn has_loss(&self) -> bool {
        self.loss.is_some()
    }

    /// The entries that the operator signed.
    pub(crate) fn entries(&self, world: &World) -> Vec<Vec<u8>> {
        let keys: Vec<SigningKey> = world.keys.values().cloned().collect();
        let mut entries = world.entries.clone();
        self.damage.iter().for_each(|damage| damage.befall(&mut entries, &keys));
        if self.relinked {
            let mut before = Hash::ZERO;
            for entry in &mut entries {
                if let Some(prev) = entry.get_mut(2..34) {
                    prev.copy_from_slice(before.as_bytes());
                }
                before = leaf_hash(entry);
            }
        }
        entries
    }
}

/// A log of these entries.
pub(crate) fn signed(entries: &[Vec<u8>]) -> Memory {
    let log = Memory::default();
    let log_key = key(LOG_KEY);
    let sign = |head: ikrar_log::store::Head| -> Result<Vec<u8>, Error> {
        let verifier = VerifierKey::new(ORIGIN, KeyKind::Ed25519, public(&log_key)).unwrap();
        let mut note = String::new();
        let checkpoint = Checkpoint { origin: ORIGIN, size: head.size, root: head.root };
        sign_checkpoint(&checkpoint, &verifier, &log_key, &mut note).unwrap();
        Ok(note.into_bytes())
    };
    drop(Writer::init(log.clone(), entries, sign).unwrap());
    log
}

pub(crate) fn trust(registry: Id) -> TrustRoot {
    TrustRoot {
        registry_name: "Model".to_owned(),
        registry,
        authority: public(&key(ROOT_KEY)),
        origin: ORIGIN.to_owned(),
        log_key: public(&key(LOG_KEY)),
        log_since: 0,
        policy: None,
    }
}

/// All that verification says of entries and tiles.
#[derive(PartialEq, Debug)]
struct Seen {
    findings: Vec<Finding>,
    entries: u64,
    attestations: u64,
    anchors: u64,
    root: Hash,
    history: String,
}

/// What is kept in lists, with all that rules and statuses go by.
pub(crate) fn told(history: &History) -> String {
    let mut out = String::new();
    history.units().for_each(|unit| writeln!(out, "{unit:?}").unwrap());
    history.rounds().for_each(|round| writeln!(out, "{round:?}").unwrap());
    write!(out, "{:?} {:?} {:?}", history.census(), history.changes(), history.anchors()).unwrap();
    out
}

/// The slow verifier: obviously right. `None` where the checkpoint ends it before the first entry.
fn one_by_one(store: &Store<Memory>, trust: &TrustRoot) -> Option<Seen> {
    let bytes = store.checkpoint().ok()?;
    let checkpoint = open_checkpoint(&bytes, trust).ok()?;
    let mut state = LogState::new(trust.registry, History::new());
    let (mut findings, mut tiles) = (Vec::new(), Vec::new());
    let (mut entries, mut attestations, mut anchors) = (0, 0, 0);
    let mut checker = store.check_tiles(checkpoint.size(), |finding| tiles.push(finding));
    let mut broken = None;
    for bundle in store.bundles(checkpoint.size()) {
        let bundle = match bundle {
            Ok(bundle) => bundle,
            Err(error) => {
                broken = Some(error);
                break;
            }
        };
        for (index, bytes) in bundle.entries() {
            checker.push(leaf_hash(bytes)).unwrap();
            let verdict = state.apply(bytes);
            assert_eq!(verdict.index, index);
            entries += 1;
            let entry = Entry::decode(bytes).ok();
            let attestation = match entry.map(|entry| entry.payload) {
                Some(Payload::Attestation(bytes)) => Attestation::decode(bytes).ok(),
                _ => None,
            };
            match (verdict.outcome, &attestation) {
                (Outcome::Applied, None) => anchors += 1,
                (Outcome::Applied | Outcome::NoEffect(_), Some(_)) => attestations += 1,
                _ => {}
            }
            if let (Outcome::NoEffect(rule), Some(attestation), Some(entry)) = (verdict.outcome, &attestation, entry) {
                state.store_mut().remark(At { index, logged_at: entry.logged_at }, attestation, rule);
            }
            let unit = attestation.as_ref().map(|attestation| attestation.body().unit.to_string());
            let unchecked = (verdict.outcome == Outcome::NotCheckable).then_some(Rule::EntryMalformed);
            for rule in verdict.findings().chain(unchecked) {
                findings.push(Finding::of_entry(rule, index, unit.clone(), attestation.as_ref()));
            }
        }
    }
    let found = checker.finish();
    match &broken {
        Some(error) => findings.push(Finding::from_store(error, entries)),
        None if found.root != *checkpoint.root() => {
            let detail = Detail::OtherRoot { entries: found.root, checkpoint: *checkpoint.root() };
            findings.push(Finding::of_log(LogRule::RootMismatch, None, detail));
        }
        None => {}
    }
    findings.extend(tiles.iter().filter(|_| broken.is_none()).map(Finding::from_tile));
    let (root, history) = (state.chain().root(), told(state.store()));
    Some(Seen { findings, entries, attestations, anchors, root, history })
}

/// Is it about entries and tiles, and not about the checkpoint, or about what the log says of its key?
fn is_of_entries(finding: &Finding) -> bool {
    !matches!(
        finding.rule,
        FindingRule::Log(
            LogRule::CheckpointMalformed
                | LogRule::CheckpointOrigin
                | LogRule::CheckpointSignature
                | LogRule::CheckpointUnknownSignature
                | LogRule::CheckpointQuorum
                | LogRule::LogKeyChanged
                | LogRule::WrongAuthority
        )
    )
}

/// Damages the log of this world in each of these ways, and compares the verifiers.
pub(crate) fn compare(world: &World, plans: &[Plan]) {
    let trust = trust(world.registry);
    for plan in plans {
        let store = Store::open(plan.log(world));
        let slow = one_by_one(&store, &trust);
        for (threads, batch) in [(1, 8_192), (1, plan.batch), (2, plan.batch), (3, 1)] {
            let effort =
                Effort { threads: NonZeroUsize::new(threads).unwrap(), batch: NonZeroUsize::new(batch).unwrap() };
            let verified = verify_keeping(&store, &trust, None, effort, |_, _| {}).ok();
            let quick = verified.filter(|it| it.head.is_some()).map(|it| Seen {
                entries: it.entries,
                attestations: it.attestations,
                anchors: it.anchors,
                root: it.state.chain().root(),
                history: told(it.history()),
                findings: it.findings.into_iter().filter(is_of_entries).collect(),
            });
            assert_eq!(quick, slow, "{threads} threads, batches of {batch}: {plan:?}");
        }
    }
}

/// A log in memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory(pub(crate) Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

impl Medium for Memory {
    type Lock = ();

    fn read(&self, path: &str, cap: usize) -> io::Result<Vec<u8>> {
        let files = self.0.lock().unwrap();
        let bytes = files.get(path).ok_or(io::ErrorKind::NotFound)?;
        if bytes.len() > cap { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes.clone()) }
    }

    fn list(&self, path: &str) -> io::Result<Vec<Item>> {
        let prefix = if path.is_empty() { String::new() } else { format!("{path}/") };
        let files = self.0.lock().unwrap();
        let below = files.keys().filter_map(|file| file.strip_prefix(&prefix)).map(|rest| match rest.split_once('/') {
            Some((folder, _)) => (folder.to_owned(), true),
            None => (rest.to_owned(), false),
        });
        let items: BTreeMap<String, bool> = below.collect();
        if items.is_empty() && !path.is_empty() {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(items.into_iter().map(|(name, is_dir)| Item { name, is_dir }).collect())
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.0.lock().unwrap().insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn create_dir(&self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn sync_dir(&self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.0.lock().unwrap().remove(path).map(drop).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn remove_dir(&self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn lock(&self, _: &str) -> io::Result<Option<()>> {
        Ok(Some(()))
    }
}
