//! A small log, a device, and a host that talks to it.
#![allow(dead_code, reason = "shared by several tests, each of which uses a part")]

use std::cell::RefCell;
use std::rc::Rc;

use ed25519_dalek::SigningKey;
use ikrar_core::attestation::{Attestation, Body};
use ikrar_core::chain::Chain;
use ikrar_core::checkpoint::{Checkpoint, sign_checkpoint};
use ikrar_core::codec;
use ikrar_core::digest::{Hash, Id, PublicKey, TextHash, attestation_id, leaf_hash, node_hash, signing_message};
use ikrar_core::entry::Payload;
use ikrar_core::field::{Code, Name, Origin, ProofBytes, Set, Time, UnitId};
use ikrar_core::note::{KeyKind, VerifierKey};
use ikrar_core::signature::sign;
use ikrar_core::statement::{Count, Coverage, Enroll, Form, Genesis, Pledge, Role, RoundRef, Statement};
use ikrar_journal::{Item, LogItem, RoundItem, Start, UnitItem};
use ikrar_terminal::wire::{Answer, Refusal, Request, decode, encode};
use ikrar_terminal::{Layout, Memory, Terminal, frame};

use embedded_storage::nor_flash::{ErrorType, NorFlash, ReadNorFlash};

use crate::flash::{Fault, Flash, Power};

pub(crate) const UNITS: usize = 8;
pub(crate) const MESSAGE: usize = 2_600;
pub(crate) const W: usize = 4;
pub(crate) const ORIGIN: &str = "contoh.example/log";
pub(crate) const TEXT: TextHash = TextHash([3; 32]);
pub(crate) const LAYOUT: Layout = Layout { keys: 0, journal: 512, page_size: 4_096, pages: 4 };
pub(crate) const NOW: u64 = 1_800_000_000;

pub(crate) type Device = Terminal<'static, Chip, UNITS>;

/// A chip that stays where it is when a device fails.
#[derive(Clone)]
pub(crate) struct Chip(pub(crate) Rc<RefCell<Flash<W>>>);

impl ErrorType for Chip {
    type Error = Fault;
}

impl ReadNorFlash for Chip {
    const READ_SIZE: usize = Flash::<W>::READ_SIZE;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), Fault> {
        self.0.borrow_mut().read(offset, bytes)
    }

    fn capacity(&self) -> usize {
        self.0.borrow().capacity()
    }
}

impl NorFlash for Chip {
    const WRITE_SIZE: usize = Flash::<W>::WRITE_SIZE;
    const ERASE_SIZE: usize = Flash::<W>::ERASE_SIZE;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), Fault> {
        self.0.borrow_mut().erase(from, to)
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), Fault> {
        self.0.borrow_mut().write(offset, bytes)
    }
}

impl Chip {
    pub(crate) fn power(&self) -> Rc<RefCell<Power>> {
        Rc::clone(&self.0.borrow().power)
    }

    /// Another chip with the same contents.
    pub(crate) fn copy(&self) -> Self {
        Self(Rc::new(RefCell::new(self.0.borrow().clone())))
    }
}

pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub(crate) fn public(seed: u8) -> PublicKey {
    PublicKey(key(seed).verifying_key().to_bytes())
}

pub(crate) fn unit(id: &str) -> UnitId<'_> {
    UnitId::new(id).unwrap()
}

pub(crate) fn code(id: &str) -> Code<'_> {
    Code::new(id).unwrap()
}

pub(crate) fn now() -> Time {
    Time::new(NOW).unwrap()
}

/// The seeds of unit and journal that the board's randomness gives.
pub(crate) const UNIT_SEED: u8 = 71;
pub(crate) const JOURNAL_SEED: u8 = 72;
pub(crate) const ROOT_SEED: u8 = 1;
pub(crate) const LOG_SEED: u8 = 2;
pub(crate) const DISTRICT_SEED: u8 = 3;
pub(crate) const WARD: &str = "wil:33.74.01.1001";
pub(crate) const DISTRICT: &str = "wil:33.74.01";

/// An attestation, signed.
pub(crate) fn attest(seed: u8, place: (&str, Id, u64, Id), statement: Statement<'_>) -> (Vec<u8>, Id) {
    let (id, epoch, seq, prev) = place;
    let body = Body { unit: unit(id), epoch, seq, prev, made_at: now(), statement };
    let mut buffer = vec![0; 8_000];
    let body = body.encode(&mut buffer).unwrap();
    let id = attestation_id(body);
    let signature = sign(&key(seed), &signing_message(&id)).unwrap();
    ([&*body, &signature].concat(), id)
}

/// Genesis, a district and its ward; then as much else as wanted.
pub(crate) struct Log {
    pub(crate) entries: Vec<Vec<u8>>,
    chain: Chain,
    pub(crate) registry: Id,
    pub(crate) district: Id,
    pub(crate) ward: Id,
    root_head: (u64, Id),
}

impl Log {
    pub(crate) fn new(others: usize) -> Self {
        let genesis = Statement::Genesis(Genesis {
            registry: Name::new("Contoh").unwrap(),
            origin: Origin::new(ORIGIN).unwrap(),
            log_key: public(LOG_SEED),
            root_key: public(ROOT_SEED),
            recovery_key: None,
            synthetic: true,
        });
        let (bytes, registry) = attest(ROOT_SEED, ("root", Id::ZERO, 0, Id::ZERO), genesis);
        let none = Id::ZERO;
        let mut log = Self {
            entries: Vec::new(),
            chain: Chain::new(),
            registry,
            district: none,
            ward: none,
            root_head: (0, registry),
        };
        log.push(&bytes);
        log.district = log.enroll(DISTRICT, "root", Some(public(DISTRICT_SEED)));
        let enroll = enrolment(WARD, DISTRICT, Some(public(UNIT_SEED)));
        let (bytes, ward) = attest(DISTRICT_SEED, (DISTRICT, log.district, 0, log.district), enroll);
        log.push(&bytes);
        log.ward = ward;
        for number in 0..others {
            log.enroll(&format!("wil:33.75.{number}"), "root", None);
        }
        log
    }

    pub(crate) fn enroll(&mut self, id: &str, parent: &str, key: Option<PublicKey>) -> Id {
        let (seq, head) = self.root_head;
        let (bytes, id) = attest(ROOT_SEED, ("root", self.registry, seq, head), enrolment(id, parent, key));
        self.root_head = (seq + 1, id);
        self.push(&bytes);
        id
    }

    pub(crate) fn push(&mut self, attestation: &[u8]) -> u64 {
        let mut buffer = vec![0; attestation.len() + 42];
        let entry = self.chain.next_entry(now(), Payload::Attestation(attestation), &mut buffer).unwrap().to_vec();
        self.chain.push(&entry).unwrap();
        self.entries.push(entry);
        self.chain.size() - 1
    }

    pub(crate) fn leaves(&self) -> Vec<Hash> {
        self.entries.iter().map(|entry| leaf_hash(entry)).collect()
    }

    pub(crate) fn start(&self) -> Start {
        let (tree_size, root) = (self.chain.size(), self.chain.root());
        Start { registry: self.registry, tree_size, root, entries: 0, opened: None, before: None }
    }

    pub(crate) fn checkpoint(&self) -> Vec<u8> {
        self.checkpoint_by(LOG_SEED)
    }

    pub(crate) fn checkpoint_by(&self, seed: u8) -> Vec<u8> {
        let key_of_log = VerifierKey::new(ORIGIN, KeyKind::Ed25519, public(seed)).unwrap();
        let checkpoint = Checkpoint { origin: ORIGIN, size: self.chain.size(), root: self.chain.root() };
        let mut note = String::new();
        sign_checkpoint(&checkpoint, &key_of_log, &key(seed), &mut note).unwrap();
        note.into_bytes()
    }

    /// The roster's items.
    pub(crate) fn roster(&self) -> Vec<Vec<u8>> {
        let unit_item = |id, parent, kind, epoch| UnitItem { id, parent, kind, alive: true, epoch, pledges: 1 };
        let root = (self.registry, public(ROOT_SEED), self.root_head.0, self.root_head.1);
        let district = (self.district, public(DISTRICT_SEED), 0, self.district);
        let ward = (self.ward, public(UNIT_SEED), 0, self.ward);
        let items = [
            Item::Start(self.start()),
            Item::Log(LogItem { origin: Origin::new(ORIGIN).unwrap(), key: public(LOG_SEED), since: 0 }),
            Item::Kind(code("kelurahan")),
            Item::Text(TEXT, 2),
            Item::Unit(unit_item(unit("root"), None, None, Some(root))),
            Item::Unit(unit_item(unit(DISTRICT), Some(0), None, Some(district))),
            Item::Unit(unit_item(unit(WARD), Some(1), Some(0), Some(ward))),
            Item::Round(RoundItem {
                opener: 0,
                id: code("2026"),
                subtree: 0,
                opens: Time::new(NOW - 99).unwrap(),
                kinds: 1,
                texts: 1,
            }),
        ];
        let mut buffer = [0; 300];
        items.iter().map(|item| codec::encode(item, &mut buffer).unwrap().to_vec()).collect()
    }
}

fn enrolment<'a>(id: &'a str, parent: &'a str, key: Option<PublicKey>) -> Statement<'a> {
    Statement::Enroll(Enroll {
        unit: unit(id),
        parent: unit(parent),
        kind: code("kelurahan"),
        name: Name::new("Contoh").unwrap(),
        key,
        place: None,
        zone: None,
        document: None,
    })
}

pub(crate) fn pledge(signed: u32) -> Statement<'static> {
    Statement::Pledge(Pledge {
        round: RoundRef { opener: unit("root"), id: code("2026") },
        text: TEXT,
        accepted: Set::new([1, 2]).unwrap(),
        form: Form::Ikrar,
        role: Role::Head,
        coverage: Coverage::Combined(Count { required: 12, signed }),
        document: None,
    })
}

pub(crate) fn encoded(statement: &Statement<'_>) -> Vec<u8> {
    let mut buffer = [0; 3_000];
    codec::encode(statement, &mut buffer).unwrap().to_vec()
}

/// Hashes from a leaf's sibling to the root (RFC 6962 §2.1.1).
pub(crate) fn inclusion(leaves: &[Hash], index: usize) -> Vec<u8> {
    if leaves.len() < 2 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
    let (mut proof, other) =
        if index < left.len() { (inclusion(left, index), right) } else { (inclusion(right, index - left.len()), left) };
    proof.extend(root(other).0);
    proof
}

/// RFC 6962 §2.1.2.
pub(crate) fn consistency(leaves: &[Hash], size: usize) -> Vec<u8> {
    fn sub(leaves: &[Hash], size: usize, whole: bool) -> Vec<u8> {
        if size == leaves.len() {
            return if whole { Vec::new() } else { root(leaves).0.to_vec() };
        }
        let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
        if size <= left.len() {
            [sub(left, size, whole), root(right).0.to_vec()].concat()
        } else {
            [sub(right, size - left.len(), false), root(left).0.to_vec()].concat()
        }
    }
    sub(leaves, size, true)
}

fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            node_hash(&root(left), &root(right))
        }
    }
}

pub(crate) fn chip(seed: u64) -> Chip {
    let length = usize::try_from(LAYOUT.journal + LAYOUT.page_size * LAYOUT.pages).unwrap();
    Chip(Rc::new(RefCell::new(Flash::new(length, seed))))
}

/// The board's randomness: the seeds above, in turn.
pub(crate) fn boot(flash: Chip) -> Result<Device, ikrar_terminal::BootError<Fault>> {
    let memory = Box::leak(Box::new(Memory::<UNITS, MESSAGE>::new()));
    let mut seeds = [UNIT_SEED, JOURNAL_SEED].into_iter();
    Terminal::boot(memory, flash, &LAYOUT, |seed| *seed = [seeds.next().unwrap(); 32])
}

/// What the device says to one request, as its message.
pub(crate) fn say(device: &mut Device, message: &[u8]) -> Vec<u8> {
    let mut line = Vec::new();
    let mut out = |bytes: &[u8]| line.extend_from_slice(bytes);
    let mut sender = frame::Sender::new(&mut out);
    sender.push(message);
    sender.finish();
    let mut answer = Vec::new();
    for byte in line {
        device.take(byte, &mut |bytes| answer.extend_from_slice(bytes));
    }
    unframed(&answer)
}

pub(crate) fn unframed(line: &[u8]) -> Vec<u8> {
    let mut receiver = frame::Receiver::new();
    let mut buffer = vec![0; 5_000];
    for (at, byte) in line.iter().enumerate() {
        if let frame::Received::Message(length) = receiver.take(*byte, &mut buffer) {
            assert_eq!(at + 1, line.len(), "one answer to one request");
            return buffer[..length].to_vec();
        }
    }
    panic!("no answer");
}

pub(crate) fn ask<T>(device: &mut Device, request: &Request<'_>, read: impl FnOnce(Answer<'_>) -> T) -> T {
    let mut buffer = vec![0; 5_000];
    let message = encode(9, request, &mut buffer).unwrap();
    let answer = say(device, message);
    let (number, answer) = decode::<Answer<'_>>(&answer).unwrap();
    assert_eq!(number, 9);
    read(answer)
}

pub(crate) fn done(device: &mut Device, request: &Request<'_>) {
    ask(device, request, |answer| assert_eq!(answer, Answer::Done));
}

pub(crate) fn try_done(device: &mut Device, request: &Request<'_>) -> Result<(), Refusal> {
    ask(device, request, |answer| match answer {
        Answer::Done => Ok(()),
        Answer::Refused(refusal) => Err(refusal),
        other => panic!("{other:?}"),
    })
}

pub(crate) fn refused(device: &mut Device, request: &Request<'_>) -> Refusal {
    ask(device, request, |answer| match answer {
        Answer::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    })
}

/// Provisions as a host does; what it is answered.
pub(crate) fn provision(device: &mut Device, log: &Log, proof: &[u8]) -> Result<Vec<u8>, Refusal> {
    provision_with(device, &log.roster(), &log.checkpoint(), proof)
}

pub(crate) fn provision_with(
    device: &mut Device,
    items: &[Vec<u8>],
    checkpoint: &[u8],
    proof: &[u8],
) -> Result<Vec<u8>, Refusal> {
    try_done(device, &Request::Provision)?;
    for item in items {
        try_done(device, &Request::Provide(item))?;
    }
    let proof = ProofBytes::new(proof).unwrap();
    signed(device, &Request::Conclude { checkpoint, proof, made_at: now() })
}

pub(crate) fn signed(device: &mut Device, request: &Request<'_>) -> Result<Vec<u8>, Refusal> {
    ask(device, request, |answer| match answer {
        Answer::Signed { attestation, .. } => {
            Attestation::decode(attestation).unwrap();
            Ok(attestation.to_vec())
        }
        Answer::Refused(refusal) => Err(refusal),
        other => panic!("{other:?}"),
    })
}
