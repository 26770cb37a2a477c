use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;

use ikrar_core::attestation::Attestation;
use ikrar_core::field::{Code, Name, Origin};
use ikrar_core::statement::{Correction, Enroll, Reason};
use tempfile::TempDir;

use super::*;
use crate::keys::{Purpose, generate};

const UNIT: &str = "wil:33.74";
const A: Id = Id([0xa1; 32]);
const B: Id = Id([0xb2; 32]);

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new(unit: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        generate(&folder.path().join("k"), unit, Purpose::Unit).unwrap();
        Self { folder }
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("k")
    }

    fn open(&self) -> Signer {
        Signer::open(&self.key()).unwrap()
    }

    fn head_file(&self) -> Vec<u8> {
        fs::read(head_path(&self.key())).unwrap()
    }

    fn restore(&self, head: &[u8]) {
        fs::write(head_path(&self.key()), head).unwrap();
    }
}

fn enroll(unit: &str) -> Statement<'_> {
    Statement::Enroll(Enroll {
        unit: UnitId::new(unit).unwrap(),
        parent: UnitId::new(UNIT).unwrap(),
        kind: Code::new("kelurahan").unwrap(),
        name: Name::new("Miroto").unwrap(),
        key: None,
        place: None,
        zone: None,
        document: None,
    })
}

fn proven(epoch: Id, installed_at: u64, logged: Option<(u64, Id)>) -> Proven {
    Proven { epoch, installed_at, logged }
}

fn id(attestation: &[u8]) -> Id {
    Attestation::decode(attestation).unwrap().id()
}

/// Number and `prev` of what was signed, with its signature checked.
fn link(attestation: &[u8], public: &PublicKey) -> (Id, u64, Id) {
    let decoded = Attestation::decode(attestation).unwrap();
    verify(public, &signing_message(&decoded.id()), decoded.signature()).unwrap();
    (decoded.body().epoch, decoded.body().seq, decoded.body().prev)
}

#[test]
fn a_chain_runs_from_its_epoch_and_goes_on_after_reopening() {
    let desk = Desk::new(UNIT);
    let mut signer = desk.open();
    assert_eq!((signer.head(), signer.unit()), (None, UNIT));
    assert!(matches!(signer.sign(&enroll("a"), Time::UNKNOWN), Err(SignerError::Unused)));
    assert_eq!(signer.sync(proven(A, 7, None)).unwrap(), Synced { moved: true, logged: 0, stale: 0 });
    let first = signer.sign(&enroll("a"), Time::UNKNOWN).unwrap();
    drop(signer);
    let mut signer = desk.open();
    let second = signer.sign(&enroll("b"), Time::UNKNOWN).unwrap();
    assert_eq!(link(&first, &signer.public()), (A, 0, A));
    assert_eq!(link(&second, &signer.public()), (A, 1, id(&first)));
    assert_eq!(signer.head(), Some(Head { epoch: A, installed_at: 7, next_seq: 2, prev: id(&second) }));
    assert_eq!(signer.pending_attestations().unwrap(), [first, second]);
}

#[test]
fn without_a_head_or_with_another_keys_nothing_is_signed() {
    let (desk, other) = (Desk::new(UNIT), Desk::new(UNIT));
    desk.restore(&other.head_file());
    let fault = Signer::open(&desk.key()).unwrap_err();
    assert!(matches!(fault, SignerError::Head { fault: HeadFault::OtherKey, .. }), "{fault}");
    fs::remove_file(head_path(&desk.key())).unwrap();
    let missing = Signer::open(&desk.key()).unwrap_err();
    assert!(matches!(missing, SignerError::NoHead { .. }) && missing.to_string().contains("ikrar key adopt"));
}

#[test]
fn two_programs_never_sign_at_once() {
    let desk = Desk::new(UNIT);
    let held = desk.open();
    assert!(matches!(Signer::open(&desk.key()), Err(SignerError::Locked { .. })));
    drop(held);
    desk.open();
}

/// A key whose power fails after so many signatures.
struct Failing {
    key: Holder,
    left: Cell<usize>,
}

impl ::signature::Signer<Signature> for Failing {
    fn try_sign(&self, message: &[u8]) -> Result<Signature, ::signature::Error> {
        let left = self.left.get().checked_sub(1).ok_or_else(::signature::Error::new)?;
        self.left.set(left);
        self.key.try_sign(message)
    }
}

#[test]
fn a_cut_between_head_and_signature_never_gives_one_number_two_bodies() {
    let desk = Desk::new(UNIT);
    desk.open().sync(proven(A, 7, None)).unwrap();
    let mut bodies: BTreeMap<(Id, u64), Vec<u8>> = BTreeMap::new();
    let names: Vec<String> = (0..60).map(|n| format!("u{n}")).collect();
    for (round, name) in names.iter().enumerate() {
        let made_at = Time::new(1 + u64::try_from(round).unwrap()).unwrap();
        let key = keys::load(&desk.key()).unwrap();
        let verifier = key.verifier_key().unwrap().to_string();
        let public = key.public();
        let failing = Failing { key: key.signing, left: Cell::new(round % 3) };
        let mut signer = Signer::open_with(&desk.key(), &verifier, public, failing).unwrap();
        let out = signer.sign_many(&[enroll(name), enroll("again")], made_at);
        assert_eq!(out.is_ok(), round % 3 == 2);
        drop(signer);
        // What left before the cut, and what is signed after it.
        let later = desk.open().pending_attestations().unwrap();
        assert_eq!(later.len(), 2 * (round + 1));
        for attestation in out.unwrap_or_default().iter().chain(&later) {
            let (epoch, seq, _) = link(attestation, &public);
            let first = bodies.entry((epoch, seq)).or_insert_with(|| attestation.clone());
            assert_eq!(first, attestation);
        }
    }
    assert_eq!(bodies.len(), 120);
}

#[test]
#[cfg(unix)]
fn a_head_that_cannot_be_written_stops_the_signer() {
    let desk = Desk::new(UNIT);
    let mut signer = desk.open();
    signer.sync(proven(A, 7, None)).unwrap();
    let kept = desk.folder.path().join("kept");
    fs::rename(head_path(&desk.key()), &kept).unwrap();
    fs::create_dir(head_path(&desk.key())).unwrap();
    let before = signer.head();
    assert!(matches!(signer.sign(&enroll("a"), Time::UNKNOWN), Err(SignerError::Io { .. })));
    assert_eq!(signer.head(), before);
    fs::remove_dir(head_path(&desk.key())).unwrap();
    fs::rename(kept, head_path(&desk.key())).unwrap();
    assert!(matches!(signer.sign(&enroll("a"), Time::UNKNOWN), Err(SignerError::Poisoned)));
    drop(signer);
    desk.open().sign(&enroll("a"), Time::UNKNOWN).unwrap();
}

#[test]
fn what_is_proven_logged_is_forgotten_and_the_rest_kept() {
    let desk = Desk::new(UNIT);
    let mut signer = desk.open();
    signer.sync(proven(A, 7, None)).unwrap();
    let signed = signer.sign_many(&[enroll("a"), enroll("b"), enroll("c")], Time::UNKNOWN).unwrap();
    let synced = signer.sync(proven(A, 7, Some((1, id(&signed[1]))))).unwrap();
    assert_eq!(synced, Synced { moved: false, logged: 2, stale: 0 });
    drop(signer);
    let mut signer = desk.open();
    assert_eq!(signer.pending_attestations().unwrap(), [signed[2].clone()]);
    // An older request says less, and takes nothing back.
    assert_eq!(signer.sync(proven(A, 7, Some((0, id(&signed[0]))))).unwrap(), Synced::default());
    assert_eq!(signer.sync(proven(A, 7, Some((2, id(&signed[2]))))).unwrap().logged, 1);
    assert_eq!(signer.head().unwrap().next_seq, 3);
    assert_eq!(signer.sync(proven(A, 7, Some((2, id(&signed[2]))))).unwrap(), Synced::default());
    assert!(matches!(signer.sync(proven(A, 7, Some((2, A)))), Err(SignerError::RestoredBackup { .. })));
}

#[test]
fn a_restored_backup_is_refused() {
    let desk = Desk::new(UNIT);
    let unused = desk.head_file();
    desk.open().sync(proven(A, 7, None)).unwrap();
    let installed = desk.head_file();
    let first = desk.open().sign(&enroll("a"), Time::UNKNOWN).unwrap();
    let logged = Some((0, id(&first)));
    for backup in [unused, installed.clone()] {
        desk.restore(&backup);
        let refused = desk.open().sync(proven(A, 7, logged));
        assert!(matches!(refused, Err(SignerError::RestoredBackup { logged: 0, next: 0 })), "{refused:?}");
        assert_eq!(desk.head_file(), backup);
    }
    // A copy that signed another body under the same number.
    desk.restore(&installed);
    desk.open().sign(&enroll("b"), Time::UNKNOWN).unwrap();
    let refused = desk.open().sync(proven(A, 7, logged));
    assert!(matches!(refused, Err(SignerError::RestoredBackup { logged: 0, next: 1 })), "{refused:?}");
}

#[test]
fn a_request_that_only_claims_more_than_the_head_knows_is_refused_too() {
    let desk = Desk::new(UNIT);
    let mut signer = desk.open();
    signer.sync(proven(A, 7, None)).unwrap();
    let first = id(&signer.sign(&enroll("a"), Time::UNKNOWN).unwrap());
    for (claimed, holds) in [
        (None, true),
        (Some((0, first)), true),
        (Some((0, B)), false),
        (Some((1, first)), false),
        (Some((u64::MAX, first)), false),
    ] {
        assert_eq!(signer.check_claim(A, claimed).is_ok(), holds, "{claimed:?}");
        signer.check_claim(B, claimed).unwrap();
    }
}

#[test]
fn a_rekey_moves_the_head_and_an_older_request_never_back() {
    let desk = Desk::new(UNIT);
    let mut signer = desk.open();
    signer.sync(proven(A, 7, None)).unwrap();
    let first = signer.sign(&enroll("a"), Time::UNKNOWN).unwrap();
    let correction = Correction { target: id(&first), reason: Reason::Withdrawn, replacement: None };
    signer.sign(&Statement::Correction(correction), Time::UNKNOWN).unwrap();
    assert_eq!(signer.sync(proven(B, 9, None)).unwrap(), Synced { moved: true, logged: 0, stale: 2 });
    assert!(matches!(signer.sync(proven(A, 7, None)), Err(SignerError::OlderEpoch { proven: 7, known: 9 })));
    drop(signer);
    let mut signer = desk.open();
    // An operator logged the same attestation again: the epoch is over all the same, and its numbers are used.
    assert!(matches!(signer.sync(proven(A, 12, None)), Err(SignerError::OlderEpoch { proven: 12, known: 9 })));
    assert_eq!(signer.pending_attestations().unwrap(), Vec::<Vec<u8>>::new());
    assert_eq!(signer.stale().count(), 2);
    let anew = signer.sign_stale_anew(Time::UNKNOWN, |_| true).unwrap();
    assert_eq!(link(&anew[0], &signer.public()), (B, 0, B));
    assert_eq!(link(&anew[1], &signer.public()), (B, 1, id(&anew[0])));
    match &Attestation::decode(&anew[1]).unwrap().body().statement {
        Statement::Correction(renamed) => assert_eq!(renamed.target, id(&anew[0])),
        other => panic!("{other:?}"),
    }
    assert_eq!((signer.stale().count(), signer.pending_attestations().unwrap()), (0, anew));
}

#[test]
fn what_was_logged_before_its_epoch_ended_is_signed_anew() {
    let desk = Desk::new(UNIT);
    let mut signer = desk.open();
    signer.sync(proven(A, 7, None)).unwrap();
    let signed = signer.sign_many(&[enroll("a"), enroll("b"), enroll("c")], Time::UNKNOWN).unwrap();
    assert_eq!(signer.forget_logged(A, 2, id(&signed[2])).unwrap(), 0, "the epoch in force is `sync`'s affair");
    signer.sync(proven(B, 9, None)).unwrap();
    assert_eq!(signer.forget_logged(A, 1, id(&signed[0])).unwrap(), 0, "another body under that number");
    assert_eq!(signer.forget_logged(A, 1, id(&signed[1])).unwrap(), 2);
    assert_eq!(signer.forget_logged(A, 1, id(&signed[1])).unwrap(), 0);
    drop(signer);
    let mut signer = desk.open();
    let left = signer.stale().next().unwrap().to_vec();
    assert_eq!((signer.stale().count(), ikrar_core::digest::attestation_id(&left)), (1, id(&signed[2])));
    assert!(signer.sign_stale_anew(Time::UNKNOWN, |_| false).unwrap().is_empty());
    assert_eq!((signer.stale().count(), signer.head().unwrap().next_seq), (0, 0));
}

#[test]
fn stale_bodies_can_be_let_go() {
    let desk = Desk::new(UNIT);
    let mut signer = desk.open();
    signer.sync(proven(A, 7, None)).unwrap();
    signer.sign(&enroll("a"), Time::UNKNOWN).unwrap();
    signer.sync(proven(B, 9, None)).unwrap();
    assert_eq!((signer.discard_stale().unwrap(), signer.discard_stale().unwrap()), (1, 0));
    drop(signer);
    assert_eq!(desk.open().stale().count(), 0);
}

#[test]
fn a_genesis_is_signed_once_and_starts_the_roots_epoch() {
    let desk = Desk::new(ROOT);
    let mut signer = desk.open();
    let genesis = Genesis {
        registry: Name::new("Contoh").unwrap(),
        origin: Origin::new("log.example.org").unwrap(),
        log_key: PublicKey([2; 32]),
        root_key: signer.public(),
        recovery_key: None,
        synthetic: true,
    };
    let foreign = Genesis { root_key: PublicKey([3; 32]), ..genesis };
    assert!(matches!(signer.sign_genesis(&foreign, Time::UNKNOWN), Err(SignerError::Genesis)));
    let first = signer.sign_genesis(&genesis, Time::UNKNOWN).unwrap();
    assert_eq!(link(&first, &signer.public()), (Id::ZERO, 0, Id::ZERO));
    assert!(matches!(signer.sign_genesis(&genesis, Time::UNKNOWN), Err(SignerError::Used)));
    assert!(matches!(signer.sign(&Statement::Genesis(genesis), Time::UNKNOWN), Err(SignerError::Genesis)));
    let second = signer.sign(&enroll("a"), Time::UNKNOWN).unwrap();
    assert_eq!(link(&second, &signer.public()), (id(&first), 0, id(&first)));
    drop(signer);
    let mut signer = desk.open();
    assert_eq!(signer.pending_attestations().unwrap(), [first.clone(), second.clone()]);
    assert_eq!(signer.sync(proven(id(&first), 0, None)).unwrap(), Synced { moved: false, logged: 1, stale: 0 });
    assert_eq!(signer.pending_attestations().unwrap(), [second]);
}

#[test]
fn a_whole_roster_takes_one_write() {
    let desk = Desk::new(UNIT);
    let mut signer = desk.open();
    signer.sync(proven(A, 7, None)).unwrap();
    let names: Vec<String> = (0..16_333).map(|n| format!("wil:{n}")).collect();
    let mut state = signer.state.clone();
    for name in &names {
        append(&mut state, &enroll(name), Time::UNKNOWN).unwrap();
    }
    signer.persist(state).unwrap();
    drop(signer);
    let mut signer = desk.open();
    let head = signer.head().unwrap();
    assert_eq!(head.next_seq, 16_333);
    assert_eq!(signer.sync(proven(A, 7, Some((16_332, head.prev)))).unwrap().logged, 16_333);
}

#[test]
fn what_does_not_fit_is_not_signed_and_takes_no_number() {
    let desk = Desk::new(UNIT);
    let mut signer = desk.open();
    signer.sync(proven(A, 7, None)).unwrap();
    let long = "x".repeat(4_096);
    let policy = Statement::PublishPolicy(ikrar_core::field::Text::new(&long).unwrap());
    let refused = signer.sign_many(&[enroll("a"), policy], Time::UNKNOWN);
    assert!(matches!(refused, Err(SignerError::TooLong { most: 4_096 })));
    assert_eq!(signer.head().unwrap().next_seq, 0);
}

#[test]
fn damaged_heads_are_refused() {
    let desk = Desk::new(UNIT);
    let mut signer = desk.open();
    signer.sync(proven(A, 7, None)).unwrap();
    signer.sign_many(&[enroll("a"), enroll("b")], Time::UNKNOWN).unwrap();
    drop(signer);
    let good = String::from_utf8(desk.head_file()).unwrap();
    for (from, to) in [
        ("ikrar.signer/1", "ikrar.signer/2"),
        ("next_seq = 2", "next_seq = 3"),
        ("next_seq = 2", "next_seq = 1"),
        ("next_seq = 2", "next_seq = -2"),
        ("next_seq = 2\n", ""),
        ("prev = \"", "prev = \"0"),
        ("unit = \"wil:33.74\"", "unit = \"wil:33.75\""),
        ("pending = [", "pending = [\"AAAA\", "),
        ("pending = [", "more = 1\npending = ["),
    ] {
        assert!(good.contains(from), "{from}");
        desk.restore(good.replacen(from, to, 1).as_bytes());
        let refused = Signer::open(&desk.key());
        assert!(matches!(refused, Err(SignerError::Head { .. })), "{from} → {to}: {refused:?}");
    }
    desk.restore(b"\xff");
    assert!(matches!(Signer::open(&desk.key()), Err(SignerError::Head { fault: HeadFault::Document(_), .. })));
}
