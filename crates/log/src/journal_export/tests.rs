use ed25519_dalek::SigningKey;
use ikrar_core::attestation::Body;
use ikrar_core::chain::Chain;
use ikrar_core::checkpoint::{Checkpoint, sign_checkpoint};
use ikrar_core::codec;
use ikrar_core::digest::{Id, PublicKey, attestation_id, signing_message};
use ikrar_core::field::{Code, Origin, Time, UnitId};
use ikrar_core::note::{KeyKind, VerifierKey};
use ikrar_core::rule::Rule;
use ikrar_core::signature::sign;
use ikrar_core::statement::{Briefing, Count, Coverage, OpenJournal, RoundRef, Statement, Topic};
use ikrar_journal::{Item, LogItem, Start, UnitItem};
use proptest::prelude::*;

use super::*;
use crate::trust::TrustRoot;

const ORIGIN: &str = "uji.example/log";
const REGISTRY: Id = Id([7; 32]);
const EPOCH: Id = Id([8; 32]);

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(seed: u8) -> PublicKey {
    PublicKey(key(seed).verifying_key().to_bytes())
}

fn trust() -> TrustRoot {
    TrustRoot {
        registry_name: "Uji".to_owned(),
        registry: REGISTRY,
        authority: public(1),
        origin: ORIGIN.to_owned(),
        log_key: public(2),
        log_since: 0,
        policy: None,
    }
}

/// A journal that a unit's device could have kept; each part can be falsified.
struct Device {
    items: Vec<Vec<u8>>,
    chain: Chain,
    entries: Vec<(u8, Vec<u8>)>,
    place: (u64, Id),
}

fn unit(id: &str) -> UnitId<'_> {
    UnitId::new(id).unwrap()
}

fn briefing() -> Statement<'static> {
    Statement::Briefing(Briefing {
        round: RoundRef { opener: unit("root"), id: Code::new("2026").unwrap() },
        held_on: codec::decode(&[9]).unwrap(),
        topic: Topic::Rules,
        reached: Coverage::Combined(Count { required: 2, signed: 1 }),
        material: None,
    })
}

impl Device {
    fn new() -> Self {
        let start = Start { registry: REGISTRY, tree_size: 5, ..Start::default() };
        let log = LogItem { origin: Origin::new(ORIGIN).unwrap(), key: public(2), since: 0 };
        let epoch = Some((EPOCH, public(3), 40, Id([4; 32])));
        let row = UnitItem { id: unit("wil:33"), parent: None, kind: None, alive: true, epoch, pledges: 0 };
        let mut buffer = [0; 300];
        let items = [Item::Start(start), Item::Log(log), Item::Unit(row)];
        let items = items.iter().map(|item| codec::encode(item, &mut buffer).unwrap().to_vec()).collect();
        let mut device = Self { items, chain: Chain::new(), entries: Vec::new(), place: (0, EPOCH) };
        let roster = device.roster().hash();
        let origin = format!("{ORIGIN}/wil:33");
        device.sign(Statement::OpenJournal(OpenJournal {
            registry: REGISTRY,
            tree_size: 5,
            root: start.root,
            roster,
            origin: Origin::new(&origin).unwrap(),
            key: public(5),
            proof: Default::default(),
        }));
        (0..3).for_each(|_| device.sign(briefing()));
        device
    }

    fn roster(&self) -> Box<HostRoster> {
        let mut roster: Box<HostRoster> = Box::default();
        self.items.iter().for_each(|item| roster.push(item).unwrap());
        roster
    }

    fn sign(&mut self, statement: Statement<'_>) {
        let (seq, prev) = self.place;
        let made_at = Time::new(seq).unwrap();
        let body = Body { unit: unit("wil:33"), epoch: EPOCH, seq, prev, made_at, statement };
        let mut buffer = [0; 1_000];
        let body = body.encode(&mut buffer).unwrap();
        let id = attestation_id(body);
        let signature = sign(&key(3), &signing_message(&id)).unwrap();
        self.place = (seq + 1, id);
        self.push(0, &[&*body, &signature].concat());
    }

    fn push(&mut self, mark: u8, attestation: &[u8]) {
        let mut buffer = vec![0; attestation.len() + 42];
        let entry = self.chain.next_entry(Time::UNKNOWN, Payload::Attestation(attestation), &mut buffer).unwrap();
        self.chain.push(entry).unwrap();
        self.entries.push((mark, entry.to_vec()));
    }

    fn checkpoint(&self, seed: u8) -> String {
        let origin = format!("{ORIGIN}/wil:33");
        let journal = VerifierKey::new(&origin, KeyKind::Ed25519, public(seed)).unwrap();
        let checkpoint = Checkpoint { origin: &origin, size: self.chain.size(), root: self.chain.root() };
        let mut note = String::new();
        sign_checkpoint(&checkpoint, &journal, &key(seed), &mut note).unwrap();
        note
    }

    /// The export from an index on.
    fn export(&self, from: usize, checkpoint: &str) -> Vec<u8> {
        let mut before = Chain::new();
        self.entries.iter().take(from).for_each(|(_, entry)| before.push(entry).unwrap());
        let entries = self.entries.iter().skip(from).map(|(mark, entry)| Exported { mark: *mark, entry });
        JournalExport {
            checkpoint: checkpoint.as_bytes(),
            items: self.items.iter().map(Vec::as_slice).collect(),
            first: u64::try_from(from).unwrap(),
            head: before.head(),
            range: before.tree().hashes().to_vec(),
            entries: entries.collect(),
        }
        .encode()
        .unwrap()
    }

    fn whole(&self) -> Vec<u8> {
        self.export(0, &self.checkpoint(5))
    }
}

fn verified(bytes: &[u8]) -> JournalVerification {
    verify(&JournalExport::decode(bytes).unwrap(), &trust())
}

fn rules(bytes: &[u8]) -> Vec<&'static str> {
    verified(bytes).findings.iter().map(JournalFinding::name).collect()
}

#[test]
fn a_good_export_is_refused_or_something_of_it_is_not_checked() {
    let device = Device::new();
    let seen = verified(&device.whole());
    assert_eq!(seen.findings, []);
    assert_eq!((seen.entries, seen.checked, seen.unchecked), (4, 4, 0));
    assert_eq!((seen.unit.as_deref(), seen.key, seen.roster_size), (Some("wil:33"), Some(public(5)), Some(5)));
    assert_eq!(seen.head.map(|head| head.size), Some(4));
    let export = device.whole();
    assert_eq!(JournalExport::decode(&export).unwrap().encode().unwrap(), export);
    assert_eq!(JournalExport::decode(&export).unwrap().attestations().count(), 4);
}

#[test]
fn entries_that_were_given_up_hide_a_falsified_rest() {
    let device = Device::new();
    // Without its OpenJournal nothing names the journal's key.
    assert_eq!(rules(&device.export(2, &device.checkpoint(5))), ["journal-not-opened"]);
    let mut kept = Device::new();
    let start = Start { registry: REGISTRY, tree_size: 5, opened: Some((0, public(5))), ..Start::default() };
    let mut buffer = [0; 300];
    kept.items[0] = codec::encode(&Item::Start(start), &mut buffer).unwrap().to_vec();
    let seen = verified(&kept.export(2, &kept.checkpoint(5)));
    assert_eq!((seen.findings.as_slice(), seen.checked), (&[][..], 2));
    assert_eq!(seen.unit.as_deref(), Some("wil:33"));
    let export = kept.export(2, &kept.checkpoint(5));
    let mut other = JournalExport::decode(&export).unwrap();
    other.range[0].0[0] ^= 1;
    assert_eq!(rules(&other.encode().unwrap()), ["journal-root"]);
    other.range.push(Hash::ZERO);
    assert_eq!(rules(&other.encode().unwrap()), ["journal-base", "chain-link", "journal-root"]);
}

#[test]
fn falsified_exports_pass() {
    let device = Device::new();
    let (good, by_another) = (device.whole(), device.export(0, &device.checkpoint(6)));
    assert_eq!(rules(&by_another), ["journal-checkpoint"]);
    let mut cut = JournalExport::decode(&good).unwrap();
    cut.entries.pop();
    assert_eq!(rules(&cut.encode().unwrap()), ["journal-root"]);
    cut.entries.remove(1);
    assert_eq!(rules(&cut.encode().unwrap()), ["chain-link", "skipped-seq", "journal-root"]);
    let mut altered = JournalExport::decode(&good).unwrap();
    let mut entry = altered.entries[3].entry.to_vec();
    *entry.last_mut().unwrap() ^= 1;
    altered.entries[3].entry = &entry;
    assert_eq!(rules(&altered.encode().unwrap()), ["bad-signature", "journal-root"]);
    let mut roster = Device::new();
    let row = UnitItem { id: unit("wil:34"), parent: None, kind: None, alive: true, epoch: None, pledges: 0 };
    let mut buffer = [0; 300];
    roster.items.push(codec::encode(&Item::Unit(row), &mut buffer).unwrap().to_vec());
    assert_eq!(rules(&roster.whole()), ["journal-other-roster"]);
    roster.items.push(vec![9; 5]);
    let unknown = "journal-unchecked";
    let nothing = ["journal-roster", unknown, unknown, unknown, unknown, "journal-not-opened"];
    assert_eq!(rules(&roster.whole()), nothing);
    let elsewhere = TrustRoot { registry: Id([1; 32]), ..trust() };
    let seen = verify(&JournalExport::decode(&good).unwrap(), &elsewhere);
    assert_eq!(seen.findings.iter().map(JournalFinding::name).collect::<Vec<_>>(), ["journal-registry"]);
}

#[test]
fn a_number_used_twice_or_an_unknown_epoch_goes_unseen() {
    let mut device = Device::new();
    let (seq, prev) = device.place;
    device.place = (seq - 1, prev);
    device.sign(briefing());
    assert_eq!(verified(&device.whole()).findings[0].rule, Ok(Rule::StaleSeq));
    let mut device = Device::new();
    let bytes = device.entries[2].1[42..].to_vec();
    // As another unit's: its epoch is not that unit's.
    let mut foreign = bytes.clone();
    let at = foreign.windows(6).position(|part| part == b"wil:33").unwrap();
    foreign[at + 5] = b'4';
    device.push(3, &foreign);
    let seen = verified(&device.whole());
    assert_eq!((seen.checked, seen.unchecked, seen.is_ok()), (4, 1, true));
    assert_eq!(seen.findings[0].rule, Err(JournalRule::Unchecked));
}

proptest! {
    #[test]
    fn no_cut_or_flipped_bit_panics_or_is_good(at in 0_usize..2_000, bit in 0_u8..8) {
        let good = Device::new().whole();
        let at = at % good.len();
        let mut flipped = good.clone();
        flipped[at] ^= 1 << bit;
        if let Ok(export) = JournalExport::decode(&flipped) {
            let seen = verify(&export, &trust());
            // Marks are the device's own word, and what the roster says of where units stand is not signed.
            let same = export.checkpoint == JournalExport::decode(&good).unwrap().checkpoint
                && export.items == JournalExport::decode(&good).unwrap().items
                && export.entries.iter().zip(&JournalExport::decode(&good).unwrap().entries).all(|(a, b)| a.entry == b.entry);
            prop_assert!(same || !seen.is_ok() || seen.unchecked > 0 || export.items != JournalExport::decode(&good).unwrap().items);
        }
        // A cut between two entries decodes; the checkpoint says that some are missing.
        if let Ok(export) = JournalExport::decode(&good[..at]) {
            prop_assert!(!verify(&export, &trust()).is_ok());
        }
    }
}

/// The device of wil:33, whose roster also has wil:34, with key(9).
fn with_neighbour() -> Device {
    let mut device = Device::new();
    let epoch = Some((Id([18; 32]), public(9), 0, Id([18; 32])));
    let row = UnitItem { id: unit("wil:34"), parent: None, kind: None, alive: true, epoch, pledges: 0 };
    let mut buffer = [0; 300];
    device.items.push(codec::encode(&Item::Unit(row), &mut buffer).unwrap().to_vec());
    device.chain = Chain::new();
    device.entries.clear();
    device.place = (0, EPOCH);
    let (roster, origin) = (device.roster().hash(), format!("{ORIGIN}/wil:33"));
    device.sign(Statement::OpenJournal(OpenJournal {
        registry: REGISTRY,
        tree_size: 5,
        root: Default::default(),
        roster,
        origin: Origin::new(&origin).unwrap(),
        key: public(5),
        proof: Default::default(),
    }));
    device.sign(briefing());
    device
}

fn neighbours_open(device: &mut Device, roster: ikrar_core::digest::DocumentHash, journal: u8) {
    let statement = Statement::OpenJournal(OpenJournal {
        registry: REGISTRY,
        tree_size: 5,
        root: Default::default(),
        roster,
        origin: Origin::new("uji.example/log/wil:34").unwrap(),
        key: public(journal),
        proof: Default::default(),
    });
    let body = Body {
        unit: unit("wil:34"),
        epoch: Id([18; 32]),
        seq: 0,
        prev: Id([18; 32]),
        made_at: Time::UNKNOWN,
        statement,
    };
    let mut buffer = [0; 1_000];
    let body = body.encode(&mut buffer).unwrap();
    let signature = sign(&key(9), &signing_message(&attestation_id(body))).unwrap();
    device.push(2, &[&*body, &signature].concat());
}

#[test]
fn a_neighbours_open_journal_does_not_spoil_a_good_export() {
    let mut device = with_neighbour();
    assert_eq!(rules(&device.whole()), Vec::<&str>::new());
    neighbours_open(&mut device, ikrar_core::digest::DocumentHash([1; 32]), 20);
    assert_eq!(rules(&device.whole()), Vec::<&str>::new());
}

#[test]
fn a_neighbour_does_not_forge_the_devices_export() {
    let mut device = with_neighbour();
    // The forger has key 9 (wil:34) only; he drops the device's last entry and says what he likes.
    device.entries.pop();
    device.chain = Chain::new();
    let entries = std::mem::take(&mut device.entries);
    for (mark, entry) in entries {
        device.chain.push(&entry).unwrap();
        device.entries.push((mark, entry));
    }
    let roster = device.roster().hash();
    neighbours_open(&mut device, roster, 20);
    let forged = device.export(0, &device.checkpoint(20));
    let seen = verified(&forged);
    assert!(!seen.is_ok());
}

#[test]
fn from_the_beginning_the_open_journal_is_not_left_out() {
    let mut device = Device::new();
    let start = Start { registry: REGISTRY, tree_size: 5, opened: Some((0, public(20))), ..Start::default() };
    let mut buffer = [0; 300];
    device.items[0] = codec::encode(&Item::Start(start), &mut buffer).unwrap().to_vec();
    let kept: Vec<Vec<u8>> = device.entries[1..3].iter().map(|(_, entry)| entry[42..].to_vec()).collect();
    device.chain = Chain::new();
    device.entries.clear();
    kept.iter().for_each(|bytes| device.push(0, bytes));
    let seen = verified(&device.export(0, &device.checkpoint(20)));
    assert!(!seen.is_ok());
}
