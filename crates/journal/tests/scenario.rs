//! A journal in use, and beside it what must be in it.
#![allow(dead_code, reason = "shared by several tests, each of which uses a part")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use ed25519_dalek::SigningKey;
use ikrar_core::attestation::{Attestation, Body, decode_body};
use ikrar_core::chain::Chain;
use ikrar_core::digest::{Id, TextHash, attestation_id, signing_message};
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::field::{Code, Set, Time, UnitId};
use ikrar_core::signature::sign;
use ikrar_core::statement::{Count, Coverage, Form, Pledge, Role, RoundRef, Statement};
use ikrar_journal::{Error, Finding, Geometry, Journal, Mark, TreeHead, WhenFull};

use crate::flash::{Fault, Flash, Power, Random};

pub(crate) const PAGES: u32 = 4;
pub(crate) const PAGE: u32 = 2_048;
/// The journal does not start where the flash does.
pub(crate) const START: u32 = 1_024;
const UNIT: &str = "wil:33.74";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    /// Somebody else's attestation, of so many bytes.
    Append(usize, Mark),
    /// The device's own.
    Sign,
    Checkpoint,
    Acknowledge,
    Table(usize),
}

/// Fills the journal more than twice; acknowledges now and then.
pub(crate) fn scenario(seed: u64) -> Vec<Op> {
    let mut random = Random(seed ^ 0x5CE);
    let mut ops = vec![Op::Table(300)];
    for turn in 0..32 {
        let mark = [Mark::Applied, Mark::NoEffect, Mark::NotCheckable][random.below(3)];
        ops.push(Op::Append(1 + random.below(400), mark));
        ops.push(Op::Sign);
        if turn % 2 == 1 {
            ops.extend([Op::Checkpoint, Op::Acknowledge]);
        }
        if turn % 4 == 3 {
            ops.push(Op::Table(100 + random.below(200)));
        }
    }
    ops
}

type Outcome = Result<(), Error<Fault>>;

pub(crate) struct World<const W: usize> {
    journal: Option<Journal<Flash<W>>>,
    power: Rc<RefCell<Power>>,
    when_full: WhenFull,
    /// Every entry that was taken, also those given up since.
    taken: Vec<Vec<u8>>,
    chain: Chain,
    checkpoint: Option<TreeHead>,
    acknowledged: Option<TreeHead>,
    /// What was under way when power was cut: it may have been taken, whole.
    under_way: Option<Vec<u8>>,
    /// Every body that was ever signed, by its number.
    signed: BTreeMap<u64, Id>,
    /// Makes bodies differ from one attempt to the next: a number signed twice would show.
    attempts: Option<u64>,
    refused: u64,
    key: SigningKey,
    /// The size before the operation that is under way.
    size_before: usize,
}

impl<const W: usize> World<W> {
    pub(crate) fn new(when_full: WhenFull, seed: u64) -> Self {
        let flash = Flash::new(usize::try_from(START + PAGE * PAGES).unwrap() + 512, seed);
        let geometry = Geometry::new(&flash, START, PAGE, PAGES).unwrap();
        Self {
            power: Rc::clone(&flash.power),
            journal: Some(Journal::format(flash, geometry, when_full).unwrap()),
            when_full,
            taken: Vec::new(),
            chain: Chain::new(),
            checkpoint: None,
            acknowledged: None,
            under_way: None,
            signed: BTreeMap::new(),
            attempts: seed.is_multiple_of(2).then_some(0),
            refused: 0,
            key: SigningKey::from_bytes(&[7; 32]),
            size_before: 0,
        }
    }

    /// The same, mounted anew: nothing but the flash is carried over.
    pub(crate) fn clone_from_flash(&mut self) -> Self {
        let geometry = self.journal().geometry();
        let flash = self.journal.take().unwrap().into_flash();
        let mount = |flash: Flash<W>| Journal::mount(flash, geometry, self.when_full, |_| {}).unwrap();
        let twin = flash.clone();
        self.journal = Some(mount(flash));
        Self {
            power: Rc::clone(&twin.power),
            journal: Some(mount(twin)),
            taken: self.taken.clone(),
            chain: self.chain.clone(),
            under_way: None,
            signed: self.signed.clone(),
            key: self.key.clone(),
            ..*self
        }
    }

    pub(crate) fn journal(&self) -> &Journal<Flash<W>> {
        self.journal.as_ref().unwrap()
    }

    pub(crate) fn refused(&self) -> u64 {
        self.refused
    }

    pub(crate) fn calls(&self) -> u64 {
        self.power.borrow().calls
    }

    pub(crate) fn varies(&self) -> bool {
        self.attempts.is_some()
    }

    pub(crate) fn reseed(&mut self, seed: u64) {
        self.power.borrow_mut().random = Random(seed);
    }

    pub(crate) fn into_flash(self) -> (Flash<W>, Vec<Vec<u8>>, Chain) {
        (self.journal.unwrap().into_flash(), self.taken, self.chain)
    }

    /// Cuts power at the given call from now, if any.
    pub(crate) fn arm(&mut self, calls: Option<u64>) {
        let mut power = self.power.borrow_mut();
        power.cut_at = calls.map(|calls| power.calls + calls);
    }

    /// Does one operation and notes what was taken.
    pub(crate) fn act(&mut self, op: &Op) -> Outcome {
        self.size_before = self.taken.len();
        let outcome = match op {
            Op::Append(length, mark) => self.append(*length, *mark),
            Op::Sign => self.sign(),
            Op::Checkpoint => self.mounted().record_checkpoint().map(|head| self.checkpoint = Some(head)),
            Op::Acknowledge => match self.checkpoint {
                Some(head) => self.mounted().acknowledge(head).map(|()| self.acknowledged = Some(head)),
                None => Ok(()),
            },
            Op::Table(length) => self.mounted().record_table(&|sink| (0..*length).for_each(|_| sink(&[0x5A]))),
        };
        if outcome == Err(Error::Full) {
            self.refused += 1;
            self.under_way = None;
        }
        outcome
    }

    fn append(&mut self, length: usize, mark: Mark) -> Outcome {
        let mut random = Random(u64::try_from(self.taken.len()).unwrap());
        let payload: Vec<u8> = (0..length).map(|_| random.byte()).collect();
        let mut buffer = vec![0; payload.len() + 42];
        let payload = Payload::Attestation(&payload);
        self.chain.next_entry(Time::UNKNOWN, payload, &mut buffer).unwrap();
        self.under_way = Some(buffer);
        self.mounted().append(Time::UNKNOWN, payload, mark)?;
        self.taken_now();
        Ok(())
    }

    fn sign(&mut self) -> Outcome {
        let (seq, prev) = self.own_head();
        self.attempts = self.attempts.map(|attempts| attempts + 1);
        let body = Body {
            unit: UnitId::new(UNIT).unwrap(),
            epoch: Id([9; 32]),
            seq,
            prev,
            made_at: Time::new(self.attempts.unwrap_or(0)).unwrap(),
            statement: pledge(),
        };
        let mut buffer = [0; 512];
        let body = body.encode(&mut buffer).unwrap();
        self.mounted().begin(Time::UNKNOWN, body)?;
        self.finish()
    }

    /// Signs what the journal says is to be signed.
    fn finish(&mut self) -> Outcome {
        let mut buffer = [0; 512];
        let Some(begun) = self.mounted().awaiting(&mut buffer)?.map(<[u8]>::to_vec) else { return Ok(()) };
        let body = &begun[42..];
        let id = attestation_id(body);
        let seq = decode_body(body).unwrap().seq;
        assert_eq!(*self.signed.entry(seq).or_insert(id), id, "number {seq} is signed twice");
        let signature = sign(&self.key, &signing_message(&id)).unwrap();
        self.under_way = Some([&begun[..], &signature].concat());
        self.mounted().complete(&signature, Mark::Applied)?;
        self.taken_now();
        Ok(())
    }

    /// What the signer knows is what is on the flash.
    fn own_head(&mut self) -> (u64, Id) {
        let mut head = None;
        for entry in self.read() {
            let Ok(Entry { payload: Payload::Attestation(bytes), .. }) = Entry::decode(&entry) else { continue };
            if let Ok(attestation) = Attestation::decode(bytes) {
                head = Some((attestation.body().seq + 1, attestation.id()));
            }
        }
        assert!(head.is_some() || self.journal().first() == 0, "the scenario signs often enough");
        head.unwrap_or((0, Id([9; 32])))
    }

    fn mounted(&mut self) -> &mut Journal<Flash<W>> {
        self.journal.as_mut().unwrap()
    }

    fn taken_now(&mut self) {
        let entry = self.under_way.take().unwrap();
        self.chain.push(&entry).unwrap();
        self.taken.push(entry);
    }

    /// Power is back: mounts, and arms the next cut.
    pub(crate) fn restart(&mut self, cut: Option<u64>) -> Vec<Finding> {
        let geometry = self.journal().geometry();
        let flash = self.journal.take().unwrap().into_flash();
        let calls = self.calls();
        self.power.borrow_mut().off = false;
        // Mounting must not write or erase: it would be cut here.
        self.arm(Some(1));
        let mut findings = Vec::new();
        self.journal = Some(Journal::mount(flash, geometry, self.when_full, |finding| findings.push(finding)).unwrap());
        assert_eq!(self.calls(), calls, "mounting writes or erases");
        self.arm(cut);
        findings
    }

    /// What a device does after mounting: signs what was to be signed.
    pub(crate) fn recover(&mut self) -> Outcome {
        self.finish()
    }

    /// Was it done, though power was cut?
    pub(crate) fn did(&self, op: &Op) -> bool {
        match op {
            Op::Append(..) | Op::Sign => self.taken.len() > self.size_before,
            Op::Checkpoint => self.checkpoint == Some(self.journal().tree_head()),
            Op::Acknowledge => self.acknowledged == self.checkpoint,
            Op::Table(_) => false,
        }
    }

    /// What is in the journal, from its first entry on.
    pub(crate) fn read(&mut self) -> Vec<Vec<u8>> {
        let mut buffer = [0; 2_048];
        let first = self.journal().first();
        let mut cursor = self.mounted().cursor(first).unwrap();
        let mut entries = Vec::new();
        loop {
            let recorded = self.mounted().next(&mut cursor, &mut buffer);
            let Some(recorded) = recorded.unwrap_or_else(|error| panic!("{error} at {cursor:?}")) else { break };
            assert_eq!(recorded.index, first + u64::try_from(entries.len()).unwrap());
            entries.push(recorded.entry.to_vec());
        }
        entries
    }

    /// All that was taken is there, and nothing else but, perhaps, all of what was under way.
    pub(crate) fn check(&mut self) {
        if self.journal().chain().size() > self.chain.size() {
            assert!(self.under_way.is_some(), "an entry that nobody gave");
            self.taken_now();
        }
        self.under_way = None;
        let first = usize::try_from(self.journal().first()).unwrap();
        assert!(self.read() == self.taken[first..], "W {W}: other entries than were taken");
        assert_eq!(self.journal().chain().head(), self.chain.head());
        assert_eq!(self.journal().tree_head(), TreeHead { size: self.chain.size(), root: self.chain.root() });
        let head = Some(self.journal().tree_head());
        if self.journal().checkpoint() != self.checkpoint {
            assert_eq!(self.journal().checkpoint(), head, "a checkpoint that nobody asked for");
            self.checkpoint = head;
        }
        if self.journal().acknowledged() != self.acknowledged {
            assert_eq!(self.journal().acknowledged(), self.checkpoint, "an acknowledgement that nobody gave");
            self.acknowledged = self.checkpoint;
        }
        let given_up = self.acknowledged.map_or(0, |head| head.size);
        assert!(self.journal().first() <= given_up, "entries given up that nobody acknowledged");
    }

    pub(crate) fn taken(&self) -> &[Vec<u8>] {
        &self.taken
    }
}

fn pledge() -> Statement<'static> {
    Statement::Pledge(Pledge {
        round: RoundRef { opener: UnitId::new("root").unwrap(), id: Code::new("2026").unwrap() },
        text: TextHash([3; 32]),
        accepted: Set::new([1, 2]).unwrap(),
        form: Form::Ikrar,
        role: Role::Head,
        coverage: Coverage::Combined(Count { required: 12, signed: 11 }),
        document: None,
    })
}
