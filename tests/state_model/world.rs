//! Logs entries through the product and through the model, and compares each verdict.

use std::collections::BTreeMap;

use ed25519_dalek::{Signer as _, SigningKey};
use ikrar_core::attestation::{Attestation, Body};
use ikrar_core::checkpoint::{Checkpoint, VerifiedCheckpoint, sign_checkpoint};
use ikrar_core::cosignature::{cosign, write_cosignature};
use ikrar_core::digest::{Hash, Id, PublicKey, TextHash, attestation_id, leaf_hash, node_hash, signing_message};
use ikrar_core::entry::{Anchor, Entry, Payload};
use ikrar_core::field::{Code, Name, Origin, ProofBytes, Text, Time, UnitId};
use ikrar_core::note::{KeyKind, VerifierKey};
use ikrar_core::state::{At, LogState, Outcome};
use ikrar_core::statement::{Commitments, Genesis, PledgeText, Statement};
use ikrar_core::text::pledge_text_hash;
use ikrar_log::history::History;

use crate::model::{Event, Judged, Model, Policies, PolicyFacts, Said, Stamped, What};

pub(crate) const ORIGIN: &str = "ikrar.example/model";
pub(crate) const START: u64 = 1_600_000_000;

pub(crate) fn unit(id: &'static str) -> UnitId<'static> {
    UnitId::new(id).unwrap()
}

pub(crate) fn code(text: &'static str) -> Code<'static> {
    Code::new(text).unwrap()
}

pub(crate) fn time(seconds: u64) -> Time {
    Time::new(seconds).unwrap()
}

pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub(crate) fn public(key: &SigningKey) -> PublicKey {
    PublicKey(key.verifying_key().to_bytes())
}

pub(crate) const ROOT_KEY: u8 = 1;
pub(crate) const LOG_KEY: u8 = 2;
pub(crate) const RECOVERY_KEY: u8 = 3;
pub(crate) const WITNESS_KEYS: [u8; 2] = [4, 5];
/// Keys of units: from here on.
pub(crate) const UNIT_KEYS: u8 = 10;
const KEYS: u8 = 60;

pub(crate) fn text(version: u16) -> PledgeText<'static> {
    let commitments = ["Kami netral.", "Kami jujur."].map(|text| Text::new(text).unwrap());
    PledgeText {
        id: code("netral"),
        version,
        title: Name::new("Naskah").unwrap(),
        language: code("id"),
        opening: Text::new("").unwrap(),
        commitments: Commitments::new(commitments).unwrap(),
        closing: Text::new("").unwrap(),
        source: None,
    }
}

pub(crate) fn text_hash(version: u16) -> TextHash {
    pledge_text_hash(&text(version))
}

/// What may go wrong with an entry on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tamper {
    No,
    Signature,
    OtherKey,
    SeqBefore,
    SeqAfter,
    Prev,
    Epoch,
    Link,
}

/// What an anchor is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AnchorPlan {
    pub(crate) size: u64,
    /// Timestamps of the two witnesses; none where one does not cosign.
    pub(crate) stamps: [Option<u64>; 2],
    pub(crate) fault: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    No,
    Origin,
    LogKey,
    Witness,
    Proof,
    Bytes,
}

pub(crate) struct World {
    pub(crate) state: LogState<History>,
    pub(crate) registry: Id,
    pub(crate) judged: Vec<Judged>,
    pub(crate) policies: Policies,
    pub(crate) policy_texts: Vec<&'static str>,
    pub(crate) now: u64,
    /// Entries, for another run.
    pub(crate) entries: Vec<Vec<u8>>,
    leaves: Vec<Hash>,
    pub(crate) keys: BTreeMap<PublicKey, SigningKey>,
}

fn tree(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => ikrar_core::digest::empty_root(),
        [leaf] => *leaf,
        more => {
            let (left, right) = more.split_at(split(more.len()));
            node_hash(&tree(left), &tree(right))
        }
    }
}

/// The largest power of two below `n`.
fn split(n: usize) -> usize {
    n.next_power_of_two() / 2
}

/// RFC 6962 §2.1.2.
fn consistency(m: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
    if m == leaves.len() {
        return if whole { Vec::new() } else { vec![tree(leaves)] };
    }
    let at = split(leaves.len());
    let (left, right) = leaves.split_at(at);
    let mut proof;
    if m <= at {
        proof = consistency(m, left, whole);
        proof.push(tree(right));
    } else {
        proof = consistency(m - at, right, false);
        proof.push(tree(left));
    }
    proof
}

impl World {
    pub(crate) fn new() -> Self {
        let keys: BTreeMap<_, _> = (1..KEYS).map(key).map(|key| (public(&key), key)).collect();
        let witnesses = WITNESS_KEYS.map(|seed| public(&key(seed)));
        let [first, second] = ["satu", "dua"];
        let vkey = |name, key| VerifierKey::new(name, KeyKind::Cosignature, key).unwrap().to_string();
        let lines =
            format!("witness {first} {}\nwitness {second} {}\n", vkey(first, witnesses[0]), vkey(second, witnesses[1]));
        let of_unit = format!("witness x {}\nquorum x\n", vkey("x", public(&key(UNIT_KEYS))));
        let mut policies = Policies::new();
        let mut policy_texts = Vec::new();
        let mut add = |text: String, facts: Option<PolicyFacts>| {
            let text: &'static str = text.leak();
            policies.insert(text, facts);
            policy_texts.push(text);
        };
        let both = witnesses.to_vec();
        let facts = |witnesses: Vec<PublicKey>, need| Some(PolicyFacts { witnesses, need });
        add(format!("{lines}group both any {first} {second}\nquorum both\n"), facts(both.clone(), 1));
        add(format!("{lines}group both all {first} {second}\nquorum both\n"), facts(both.clone(), 2));
        add(format!("{lines}quorum none\n"), facts(both, 0));
        add(of_unit, facts(vec![public(&key(UNIT_KEYS))], 1));
        add(format!("{lines}quorum tiga\n"), None);

        let mut world = Self {
            state: LogState::new(Id::ZERO, History::new()),
            registry: Id::ZERO,
            judged: Vec::new(),
            policies,
            policy_texts,
            now: START,
            entries: Vec::new(),
            leaves: Vec::new(),
            keys,
        };
        let genesis = Statement::Genesis(Genesis {
            registry: Name::new("Model").unwrap(),
            origin: Origin::new(ORIGIN).unwrap(),
            log_key: public(&key(LOG_KEY)),
            root_key: public(&key(ROOT_KEY)),
            recovery_key: Some(public(&key(RECOVERY_KEY))),
            synthetic: true,
        });
        let body = Body {
            unit: unit("root"),
            epoch: Id::ZERO,
            seq: 0,
            prev: Id::ZERO,
            made_at: time(START),
            statement: genesis,
        };
        let mut buffer = [0; 4096];
        world.registry = attestation_id(body.encode(&mut buffer).unwrap());
        world.state = LogState::new(world.registry, History::new());
        world.log_body(&body, &key(ROOT_KEY), Tamper::No, START);
        world
    }

    pub(crate) fn model(&self) -> Model<'_> {
        Model { registry: self.registry, log: &self.judged, policies: &self.policies }
    }

    /// The unit says this, at its place in its chain, or where it has none at some other place.
    pub(crate) fn say(
        &mut self,
        signer: &'static str,
        statement: Statement<'static>,
        tamper: Tamper,
        made_at: u64,
    ) -> Outcome {
        self.say_at(signer, statement, tamper, made_at, self.now)
    }

    pub(crate) fn say_at(
        &mut self,
        signer: &'static str,
        statement: Statement<'static>,
        tamper: Tamper,
        made_at: u64,
        logged_at: u64,
    ) -> Outcome {
        let epoch = self.model().epoch(signer);
        let (id, seq, head, by) = epoch.map_or((self.registry, 0, self.registry, public(&key(ROOT_KEY))), |it| {
            (it.id, it.next_seq, it.head, it.key)
        });
        let mut body = Body { unit: unit(signer), epoch: id, seq, prev: head, made_at: time(made_at), statement };
        let mut by = self.keys[&by].clone();
        match tamper {
            Tamper::No | Tamper::Signature | Tamper::Link => {}
            Tamper::OtherKey => by = key(KEYS - 1),
            Tamper::SeqBefore => body.seq = seq.saturating_sub(1),
            Tamper::SeqAfter => body.seq = seq + 1,
            Tamper::Prev => body.prev = Id([7; 32]),
            Tamper::Epoch => body.epoch = Id([8; 32]),
        }
        self.log_body(&body, &by, tamper, logged_at)
    }

    fn log_body(&mut self, body: &Body<'static>, by: &SigningKey, tamper: Tamper, logged_at: u64) -> Outcome {
        let mut buffer = vec![0; 20_000];
        let mut bytes = body.encode(&mut buffer).unwrap().to_vec();
        let id = attestation_id(&bytes);
        let mut signature = by.sign(&signing_message(&id)).to_bytes();
        if tamper == Tamper::Signature {
            signature[40] ^= 1;
        }
        bytes.extend_from_slice(&signature);
        let said = Said {
            id,
            unit: body.unit.as_str(),
            epoch: body.epoch,
            seq: body.seq,
            prev: body.prev,
            made_at: body.made_at.seconds(),
            signed_by: (tamper != Tamper::Signature).then(|| public(by)),
            statement: body.statement.clone(),
        };
        let event = Event { linked: tamper != Tamper::Link, logged_at, what: What::Attestation(Some(Box::new(said))) };
        self.log(Payload::Attestation(&bytes), event)
    }

    /// An attestation that does not decode.
    pub(crate) fn rubbish(&mut self) -> Outcome {
        let event = Event { linked: true, logged_at: self.now, what: What::Attestation(None) };
        self.log(Payload::Attestation(b"rubbish"), event)
    }

    /// An entry whose header does not decode.
    pub(crate) fn noise(&mut self) -> Outcome {
        let event = Event { linked: true, logged_at: self.now, what: What::Noise };
        self.take(vec![1, 0, 9], event)
    }

    pub(crate) fn anchor(&mut self, plan: AnchorPlan, tamper: Tamper) -> Outcome {
        let size = usize::try_from(plan.size).unwrap();
        let mut root = tree(&self.leaves[..size.min(self.leaves.len())]);
        if plan.fault == Fault::Proof && plan.size > 0 {
            root.0[3] ^= 1;
        }
        let origin = if plan.fault == Fault::Origin { "ikrar.example/other" } else { ORIGIN };
        let in_force = self.model().log_key(plan.size).map(|key| self.keys[&key].clone());
        let log_key = in_force.filter(|_| plan.fault != Fault::LogKey).unwrap_or(key(KEYS - 1));
        let verifier = VerifierKey::new(origin, KeyKind::Ed25519, public(&log_key)).unwrap();
        let mut note = String::new();
        sign_checkpoint(&Checkpoint { origin, size: plan.size, root }, &verifier, &log_key, &mut note).unwrap();
        let mut cosigned = Vec::new();
        let mut lines = String::new();
        let checkpoint = VerifiedCheckpoint::open(note.as_bytes(), &verifier).unwrap();
        for ((name, seed), stamp) in ["satu", "dua"].into_iter().zip(WITNESS_KEYS).zip(plan.stamps) {
            let Some(stamp) = stamp else { continue };
            let witness = VerifierKey::new(name, KeyKind::Cosignature, public(&key(seed))).unwrap();
            let mut cosignature = cosign(&checkpoint, stamp, &witness, &key(seed)).unwrap();
            if plan.fault == Fault::Witness {
                let mut bytes = cosignature.to_bytes();
                bytes[50] ^= 1;
                cosignature = ikrar_core::cosignature::Cosignature::from_bytes(&bytes).unwrap();
            }
            write_cosignature(&mut lines, &witness, &cosignature).unwrap();
            cosigned.push((public(&key(seed)), stamp, plan.fault != Fault::Witness));
        }
        note.push_str(&lines);
        let inside = size > 0 && size <= self.leaves.len();
        let hashes = if inside { consistency(size, &self.leaves, true) } else { Vec::new() };
        let proof: Vec<u8> = hashes.iter().flat_map(|hash| hash.0).collect();
        let mut buffer = [0; 4096];
        let anchor = Anchor { note: note.as_bytes(), proof: ProofBytes::new(&proof).unwrap() };
        let mut bytes = anchor.encode(&mut buffer).unwrap().to_vec();
        if plan.fault == Fault::Bytes {
            bytes.push(0);
        }
        let stamped = Stamped {
            origin_is_right: origin == ORIGIN,
            signed_by: Some(public(&log_key)),
            size: plan.size,
            proof_holds: inside && plan.fault != Fault::Proof,
            cosigned,
        };
        let what = What::Anchor((plan.fault != Fault::Bytes).then_some(stamped));
        let event = Event { linked: tamper != Tamper::Link, logged_at: self.now, what };
        self.log(Payload::Anchor(&bytes), event)
    }

    fn log(&mut self, payload: Payload<'_>, event: Event) -> Outcome {
        let mut prev = self.leaves.last().copied().unwrap_or_default();
        if !event.linked {
            prev.0[0] ^= 1;
        }
        let mut buffer = vec![0; 20_000];
        let entry = Entry { prev, logged_at: time(event.logged_at), payload }.encode(&mut buffer).unwrap().to_vec();
        self.take(entry, event)
    }

    fn take(&mut self, entry: Vec<u8>, event: Event) -> Outcome {
        let (outcome, clock) = self.model().judge(&event);
        let verdict = apply(&mut self.state, &entry);
        assert_eq!(verdict.outcome, outcome, "entry {}: {event:?}", self.judged.len());
        assert_eq!(verdict.clock, clock, "clock of entry {}: {event:?}", self.judged.len());
        assert_eq!(verdict.index, u64::try_from(self.judged.len()).unwrap());
        self.leaves.push(leaf_hash(&entry));
        self.entries.push(entry);
        self.judged.push(Judged { event, outcome });
        outcome
    }
}

/// As a verifier does: what had no effect is remarked.
pub(crate) fn apply(state: &mut LogState<History>, bytes: &[u8]) -> ikrar_core::state::Verdict {
    let verdict = state.apply(bytes);
    if let Outcome::NoEffect(rule) = verdict.outcome
        && let Ok(entry) = Entry::decode(bytes)
        && let Payload::Attestation(attestation) = entry.payload
    {
        let at = At { index: verdict.index, logged_at: entry.logged_at };
        state.store_mut().remark(at, &Attestation::decode(attestation).unwrap(), rule);
    }
    verdict
}
