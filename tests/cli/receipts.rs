//! Receipts that prove something else than they should, or nothing where they should prove.

mod scratch;

use std::path::Path;

use ed25519_dalek::SigningKey;
use ikrar_core::checkpoint::{CheckpointError, VerifiedCheckpoint};
use ikrar_core::cosignature::{cosign, write_cosignature};
use ikrar_core::field::{Set, UnitId};
use ikrar_core::merkle::ProofError;
use ikrar_core::note::{KeyKind, VerifierKey};
use ikrar_core::rule::Rule;
use ikrar_core::statement::{Amend, Correction, Reason, Retire, Statement};
use ikrar_log::medium::{Folder, Medium};
use ikrar_log::path::{self, PathError};
use ikrar_log::proof_bundle::{self, Bundle, Item, OwnedItem};
use ikrar_log::receipt::{CheckError, Checked, Receipt, check};
use ikrar_log::store::{Head, Store};
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::{Verification, verify};
use scratch::{
    CITY, CITY_PLEDGE, Memory, Signer, WARD, WARD_CORRECTION, WARD_PLEDGE, World, chained, enroll, pledge, public,
};

/// A log with what verification made of it.
struct Proven<M> {
    store: Store<M>,
    verification: Verification,
}

impl<M: Medium + Sync> Proven<M> {
    fn new(medium: M, trust: &TrustRoot) -> Self {
        let store = Store::open(medium);
        let verification = verify(&store, trust, |_, _| {}).unwrap();
        assert!(verification.head.is_some());
        Self { store, verification }
    }

    fn size(&self) -> u64 {
        self.verification.state.chain().size()
    }

    fn path(&self, index: u64) -> Vec<u64> {
        let entry = self.store.entry(index, self.size()).unwrap();
        path::of_entry(self.verification.history(), index, &path::attestation(&entry).unwrap())
    }

    fn receipt(&self, index: u64) -> Receipt {
        self.receipt_with(index, self.path(index))
    }

    fn receipt_with(&self, index: u64, path: impl IntoIterator<Item = u64>) -> Receipt {
        let items = proof_bundle::collect(&self.store, path, self.size()).unwrap();
        let bundle = Bundle::new(items.iter().map(OwnedItem::as_item).collect()).unwrap();
        Receipt::new(index, &bundle, &self.store.checkpoint().unwrap()).unwrap()
    }
}

fn checked<'a>(receipt: &'a Receipt, trust: &TrustRoot) -> Result<Checked<'a>, CheckError> {
    let read = Receipt::decode(&receipt.encode()).unwrap();
    assert_eq!(&read, receipt);
    check(receipt, &receipt.bundle().unwrap(), trust)
}

fn number(index: usize) -> u64 {
    u64::try_from(index).unwrap()
}

/// A world in which units moved, ended, came back, changed keys, corrected again, and spoke without effect.
fn eventful() -> (World, Memory) {
    let mut world = World::new();
    let text = world.text;
    let root = &mut world.root;
    let mut more = vec![
        root.sign(Statement::Amend(Amend { unit: unit(WARD), name: None, parent: Some(unit("wil:34")) })),
        world.ward.sign(Statement::Pledge(pledge("nanti", text, 70))),
    ];
    let target = world.ward.prev;
    let withdraw = Correction { target, reason: Reason::Withdrawn, replacement: None };
    more.push(world.ward.sign(Statement::Correction(withdraw)));
    more.push(world.city.sign(Statement::Pledge(pledge("tiada", text, 70))));
    more.push(world.city.sign(Statement::Pledge(pledge("contoh", text, 70))));
    let retire = Retire { unit: unit(WARD), successors: Set::new([unit(CITY)]).unwrap(), document: None };
    more.push(root.sign(Statement::Retire(retire)));
    more.push(root.sign(enroll(WARD, "wil:34.71", "kecamatan", "Semarang Utara", Some(6))));
    let mut back = Signer::new(WARD, 6, root.prev);
    let correction = Correction { target: world.dead.prev, reason: Reason::Withdrawn, replacement: None };
    more.push(back.sign(Statement::Correction(correction)));
    world.attestations.extend(more);
    let log = world.log();
    (world, log)
}

fn unit(id: &str) -> UnitId<'_> {
    UnitId::new(id).unwrap()
}

#[test]
fn an_entry_of_a_log_has_no_receipt_or_proves_another() {
    for (world, log) in [(World::new(), World::new().log()), eventful()] {
        let proven = Proven::new(log, &world.trust);
        assert!(proven.verification.is_ok(), "{:?}", proven.verification.findings);
        for (index, attestation) in world.attestations.iter().enumerate() {
            let receipt = proven.receipt(number(index));
            let checked = checked(&receipt, &world.trust).unwrap_or_else(|error| panic!("{index}: {error}"));
            assert_eq!(checked.attestation.body_bytes(), &attestation[..attestation.len() - 64]);
            let in_log = proven.verification.findings.iter().find(|finding| finding.entry == Some(number(index)));
            // What lies between can take an effect away, and never give one.
            if in_log.is_none() {
                assert_eq!(checked.no_effect, None, "{index}");
            }
            assert_eq!(checked.head.size, proven.size());
        }
    }
}

#[test]
fn an_entry_of_the_example_has_no_receipt() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let trust = TrustRoot::load(&repository.join("keys")).unwrap();
    let proven = Proven::new(Folder::new(repository.join("examples/kota-semarang/log")), &trust);
    // Every entry of the first round and some of the years after it; anchors have no signer to lead to.
    let attested = |index: &u64| path::attestation(&proven.store.entry(*index, proven.size()).unwrap()).is_some();
    for index in (0..412).chain((412..proven.size()).step_by(13)).filter(attested) {
        let receipt = proven.receipt(index);
        assert!(checked(&receipt, &trust).is_ok(), "{index}");
    }
    let committed = std::fs::read(repository.join("examples/kota-semarang/plombokan.tlog-proof")).unwrap();
    assert_eq!(committed, proven.receipt(355).encode());
}

#[test]
fn a_path_holds_what_the_spec_says() {
    let (world, log) = eventful();
    let proven = Proven::new(log, &world.trust);
    assert_eq!(proven.path(number(CITY_PLEDGE)), [0, 1, 2, 3, 6, 8]);
    // A correction with what it corrects, under the key of then.
    assert_eq!(proven.path(number(WARD_CORRECTION)), [0, 1, 2, 3, 5, 6, 9, 10]);
    // After a rekey and a move: the enrolment, the rekey, the move and the new parent's.
    assert_eq!(proven.path(15), [0, 1, 2, 3, 5, 7, 11, 12, 14, 15]);
    // A unit that came back, with the original, its correction and the withdrawal.
    assert_eq!(proven.path(21), [0, 1, 2, 3, 5, 6, 9, 10, 11, 12, 13, 14, 19, 20, 21]);
    // A round that was never opened cannot be shown.
    assert_eq!(proven.path(17), [0, 2, 3, 17]);
    assert_eq!(checked(&proven.receipt(17), &world.trust).unwrap().no_effect, Some(Rule::UnknownRound));
}

#[test]
fn a_flipped_bit_proves_other_content() {
    let world = World::new();
    let proven = Proven::new(world.log(), &world.trust);
    let good = proven.receipt(2).encode();
    let told = |bytes: &[u8]| {
        let receipt = Receipt::decode(bytes).ok()?;
        let bundle = receipt.bundle().ok()?;
        let checked = check(&receipt, &bundle, &world.trust).ok()?;
        Some((checked.index, checked.head, checked.attestation.id(), checked.logged_at, checked.no_effect))
    };
    let honest = told(&good).unwrap();
    for place in 0..good.len() {
        for bit in 0..8 {
            let mut bytes = good.clone();
            bytes[place] ^= 1 << bit;
            assert_eq!(told(&bytes).filter(|it| *it != honest), None, "byte {place}, bit {bit}");
        }
    }
    for length in 0..good.len() {
        assert_eq!(told(&good[..length]), None, "cut at {length}");
    }
}

#[test]
fn a_path_that_lacks_an_entry_still_shows_an_effect() {
    let world = World::new();
    let proven = Proven::new(world.log(), &world.trust);
    for index in [CITY_PLEDGE, WARD_PLEDGE, WARD_CORRECTION] {
        let index = number(index);
        let path = proven.path(index);
        for left_out in path.iter().copied().filter(|entry| *entry != index) {
            let receipt = proven.receipt_with(index, path.iter().copied().filter(|entry| *entry != left_out));
            match checked(&receipt, &world.trust) {
                Err(CheckError::Path(PathError::Rejected { .. } | PathError::NoEffect { .. })) => {}
                Ok(checked) => assert!(checked.no_effect.is_some(), "{index} without {left_out}"),
                Err(other) => panic!("{index} without {left_out}: {other}"),
            }
        }
    }
}

#[test]
fn a_path_with_more_entries_proves_something_else() {
    let (world, log) = eventful();
    let proven = Proven::new(log, &world.trust);
    let index = number(CITY_PLEDGE);
    let whole = proven.receipt(index);
    let honest = checked(&whole, &world.trust).unwrap();
    for extra in [4, 5, 12] {
        let mut path = proven.path(index);
        path.push(extra);
        path.sort_unstable();
        let receipt = proven.receipt_with(index, path);
        // An entry that applied does no harm.
        assert_eq!(checked(&receipt, &world.trust).unwrap().attestation, honest.attestation);
    }
    let mut path = proven.path(index);
    path.push(17);
    let idle = proven.receipt_with(index, path);
    assert_eq!(checked(&idle, &world.trust).unwrap_err(), CheckError::Path(PathError::NoEffect { index: 17 }));
}

#[test]
fn entries_in_another_order_or_under_another_proof_pass() {
    let world = World::new();
    let proven = Proven::new(world.log(), &world.trust);
    let receipt = proven.receipt(number(CITY_PLEDGE));
    let bundle = receipt.bundle().unwrap();
    let mut turned = bundle.items().to_vec();
    turned.reverse();
    assert!(Bundle::new(turned).is_err());
    // The proof of one for another.
    let mut items = bundle.items().to_vec();
    items[1] = Item { proof: items[2].proof, ..items[1] };
    let mixed = Receipt::new(receipt.index(), &Bundle::new(items).unwrap(), receipt.checkpoint()).unwrap();
    let refused = checked(&mixed, &world.trust).unwrap_err();
    assert!(matches!(refused, CheckError::NotProven(it) if it.error == ProofError::RootMismatch), "{refused}");
}

#[test]
fn a_receipt_of_another_registry_or_log_passes() {
    let world = World::new();
    let receipt = Proven::new(world.log(), &world.trust).receipt(number(CITY_PLEDGE));
    let refused = |trust: &TrustRoot| checked(&receipt, trust).unwrap_err();
    let trust = || world.trust.clone();
    let other = World::of("Lain", 1, scratch::ORIGIN, 9);
    assert!(matches!(refused(&other.trust), CheckError::Path(PathError::Rejected { index: 0, .. })));
    let authority = public(&SigningKey::from_bytes(&[77; 32]));
    assert_eq!(refused(&TrustRoot { authority, ..trust() }), CheckError::WrongAuthority);
    let origin = "example.org/lain".to_owned();
    assert_eq!(refused(&TrustRoot { origin, ..trust() }), CheckError::Checkpoint(CheckpointError::OtherOrigin));
    let log_key = authority;
    assert_eq!(refused(&TrustRoot { log_key, ..trust() }), CheckError::Checkpoint(CheckpointError::NotSigned));
}

/// A policy of one witness, and the witness's cosignature on a checkpoint.
fn witnessed(world: &World, checkpoint: &[u8], time: u64) -> (String, Vec<u8>) {
    let signing = SigningKey::from_bytes(&[50; 32]);
    let witness = VerifierKey::new("saksi.example", KeyKind::Cosignature, public(&signing)).unwrap();
    let log = VerifierKey::new(&world.trust.origin, KeyKind::Ed25519, public(&world.log_key)).unwrap();
    let opened = VerifiedCheckpoint::open(checkpoint, &log).unwrap();
    let cosignature = cosign(&opened, time, &witness, &signing).unwrap();
    let mut note = String::from_utf8(checkpoint.to_vec()).unwrap();
    write_cosignature(&mut note, &witness, &cosignature).unwrap();
    (format!("witness saksi {witness}\nquorum saksi\n"), note.into_bytes())
}

#[test]
fn a_receipt_under_a_replaced_log_key_counts_without_witnesses() {
    let mut world = World::new();
    let old = Proven::new(world.log(), &world.trust);
    let index = number(CITY_PLEDGE);
    let unwitnessed = old.receipt(index);
    let (policy, note) = witnessed(&world, unwitnessed.checkpoint(), scratch::START + 5_000);
    let cosigned = Receipt::new(index, &unwitnessed.bundle().unwrap(), &note).unwrap();

    let new_key = SigningKey::from_bytes(&[10; 32]);
    world.attestations.push(world.root.sign(Statement::RekeyLog(public(&new_key))));
    world.attestations.push(world.root.sign(enroll("wil:35", "root", "provinsi", "Jawa Timur", None)));
    let since = number(world.attestations.len() - 1);
    let under_old_key = Proven::new(world.log(), &world.trust);
    let renewed = World { log_key: new_key, ..world };
    let trust = TrustRoot { log_key: public(&renewed.log_key), log_since: since, ..renewed.trust.clone() };
    let with_policy = TrustRoot { policy: Some(policy), ..trust.clone() };

    // Before the rotation was pinned, and after.
    assert!(checked(&unwitnessed, &renewed.trust).is_ok());
    let not_excluded = CheckError::RotationNotExcluded { size: 14, since };
    assert_eq!(checked(&unwitnessed, &trust).unwrap_err(), not_excluded);
    assert_eq!(checked(&cosigned, &trust).unwrap_err(), not_excluded);
    assert_eq!(checked(&unwitnessed, &with_policy).unwrap_err(), not_excluded);
    let good = checked(&cosigned, &with_policy).unwrap();
    assert!(good.earlier_log_key && good.witnessed == Some(true));
    assert_eq!(good.witnesses, [("saksi".to_owned(), Some(scratch::START + 5_000))]);

    // The new key's receipts, which hold the rotation.
    let new = Proven::new(renewed.log(), &trust);
    let receipt = new.receipt(index);
    assert!(new.path(index).contains(&(since - 1)));
    assert_eq!(checked(&receipt, &trust).unwrap().witnessed, None);
    assert_eq!(checked(&receipt, &with_policy).unwrap().witnessed, Some(false));
    assert_eq!(
        checked(&receipt, &renewed.trust).unwrap_err(),
        CheckError::Checkpoint(CheckpointError::NotSigned),
        "the trust root is to be renewed"
    );
    // The old key for a size that it no longer signs.
    let late = under_old_key.receipt(index);
    assert_eq!(checked(&late, &renewed.trust).unwrap_err(), CheckError::LogKeyChanged);
}

#[test]
fn a_rotation_by_a_later_key_of_the_root_breaks_the_path() {
    let mut world = World::new();
    let ends = Some(world.root.epoch);
    world.attestations.push(world.root.sign(scratch::rekey("root", ends, 30)));
    let mut root = Signer::new("root", 30, world.root.prev);
    let new_key = SigningKey::from_bytes(&[10; 32]);
    world.attestations.push(root.sign(Statement::RekeyLog(public(&new_key))));
    let since = number(world.attestations.len());
    let renewed = World { log_key: new_key, ..world };
    let trust = TrustRoot { log_key: public(&renewed.log_key), log_since: since, ..renewed.trust.clone() };
    let log = renewed.assemble(&chained(&renewed.attestations), &[15]);
    let proven = Proven::new(log, &trust);
    for index in 0..since {
        checked(&proven.receipt(index), &trust).unwrap_or_else(|error| panic!("{index}: {error}"));
    }
}

#[test]
fn a_damaged_cosignature_passes() {
    let world = World::new();
    let receipt = Proven::new(world.log(), &world.trust).receipt(number(CITY_PLEDGE));
    let (policy, note) = witnessed(&world, receipt.checkpoint(), 1_700_000_000);
    let (_, later) = witnessed(&world, receipt.checkpoint(), 1_700_000_001);
    // The time of one, the signature of the other.
    let line = |note: &[u8]| String::from_utf8(note.to_vec()).unwrap().lines().last().unwrap().to_owned();
    let (one, other) = (line(&note), line(&later));
    let swapped = format!("{}{}", &one[..one.len() - 60], &other[other.len() - 60..]);
    let note = String::from_utf8(note).unwrap().replace(&one, &swapped);
    let trust = TrustRoot { policy: Some(policy), ..world.trust.clone() };
    let damaged = Receipt::new(receipt.index(), &receipt.bundle().unwrap(), note.as_bytes()).unwrap();
    assert!(matches!(checked(&damaged, &trust), Err(CheckError::Witness(_))));
}

#[test]
fn a_checkpoint_of_another_tree_is_put_under_a_receipt() {
    let world = World::new();
    let receipt = Proven::new(world.log(), &world.trust).receipt(number(CITY_PLEDGE));
    let head = Head { size: 14, root: ikrar_core::digest::Hash([7; 32]) };
    let forged = Receipt::new(receipt.index(), &receipt.bundle().unwrap(), &world.checkpoint(head)).unwrap();
    assert!(matches!(checked(&forged, &world.trust), Err(CheckError::NotProven(_))));
}
