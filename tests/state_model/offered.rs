//! Attestations handed in, in any order: the gate, whose signatures were checked in batches and which tries again only what
//! can go in, answers as a slow one does that tries everything again as long as anything goes in, each signature by itself.

use std::collections::HashSet;
use std::num::NonZeroUsize;

use ikrar_core::attestation::{Attestation, SIGNATURE_LENGTH};
use ikrar_core::digest::{Id, attestation_id, signing_message};
use ikrar_core::entry::{Entry, HEADER_LENGTH, Payload};
use ikrar_core::field::Time;
use ikrar_core::rule::Rule;
use ikrar_core::state::{At, LogState, Outcome};
use ikrar_core::statement::Statement;
use ikrar_log::history::History;
use ikrar_log::intake::{Intake, Taken};
use ikrar_log::store::Store;
use ikrar_log::verify::Effort;
use proptest::prelude::*;
use proptest::sample::Index;

use ed25519_dalek::Signer as _;

use crate::damaged::{Memory, signed, told};
use crate::world::World;

/// What is handed in of a world's attestations, when the log holds the first of them already.
#[derive(Clone, Debug)]
pub(crate) struct Offering {
    logged: Index,
    order: Order,
    copies: Vec<(Index, Index, Copy)>,
    batch: usize,
    /// At the end of the world, or when it began.
    late: bool,
}

#[derive(Clone, Debug)]
enum Order {
    Given,
    Reversed,
    Shuffled(Vec<u64>),
}

/// Another attestation, made of one that is handed in.
#[derive(Clone, Debug)]
enum Copy {
    Exact,
    FlipBit { byte: Index, bit: u8 },
    FlipBitOfSignature { bit: usize },
    SignWith { key: Index },
    Cut,
}

pub(crate) fn offering() -> impl Strategy<Value = Offering> {
    let copy = prop_oneof![
        3 => Just(Copy::Exact),
        1 => (any::<Index>(), 0..8_u8).prop_map(|(byte, bit)| Copy::FlipBit { byte, bit }),
        3 => (0..512_usize).prop_map(|bit| Copy::FlipBitOfSignature { bit }),
        2 => any::<Index>().prop_map(|key| Copy::SignWith { key }),
        1 => Just(Copy::Cut),
    ];
    let order = prop_oneof![
        1 => Just(Order::Given),
        1 => Just(Order::Reversed),
        3 => prop::collection::vec(any::<u64>(), 128).prop_map(Order::Shuffled),
    ];
    let copies = prop::collection::vec((any::<Index>(), any::<Index>(), copy), 0..12);
    (any::<Index>(), order, copies, 1..40_usize, any::<bool>())
        .prop_map(|(logged, order, copies, batch, late)| Offering { logged, order, copies, batch, late })
}

impl Copy {
    fn of(&self, attestation: &[u8], world: &World) -> Vec<u8> {
        let mut copy = attestation.to_vec();
        let signed = copy.len().saturating_sub(SIGNATURE_LENGTH);
        match self {
            Self::Exact => {}
            Self::FlipBit { byte, bit } => {
                let place = byte.index(copy.len().max(1));
                if let Some(byte) = copy.get_mut(place) {
                    *byte ^= 1 << bit;
                }
            }
            Self::FlipBitOfSignature { bit } => {
                if let Some(byte) = copy.get_mut(signed + bit / 8) {
                    *byte ^= 1 << (bit % 8);
                }
            }
            Self::SignWith { key } => {
                let keys: Vec<_> = world.keys.values().collect();
                let signature = keys[key.index(keys.len())].sign(&signing_message(&attestation_id(&copy[..signed])));
                copy.splice(signed.., signature.to_bytes());
            }
            Self::Cut => copy.truncate(signed),
        }
        copy
    }
}

impl Offering {
    /// The attestations handed in.
    fn attestations(&self, world: &World) -> Vec<Vec<u8>> {
        let mut all: Vec<Vec<u8>> = attestations(world).map(|(_, bytes)| bytes.to_vec()).collect();
        match &self.order {
            Order::Given => {}
            Order::Reversed => all.reverse(),
            Order::Shuffled(ranks) => {
                let mut ranked: Vec<_> = ranks.iter().cycle().zip(all).collect();
                ranked.sort();
                all = ranked.into_iter().map(|(_, bytes)| bytes).collect();
            }
        }
        for (of, at, copy) in &self.copies {
            let copy = copy.of(&all[of.index(all.len())], world);
            all.insert(at.index(all.len() + 1), copy);
        }
        all
    }
}

fn attestations(world: &World) -> impl Iterator<Item = (Time, &[u8])> {
    world.entries.iter().filter_map(|entry| match Entry::decode(entry).ok()? {
        Entry { payload: Payload::Attestation(bytes), logged_at, .. } => Some((logged_at, bytes)),
        Entry { payload: Payload::Anchor(_), .. } => None,
    })
}

/// The slow gate: obviously right.
struct Slow<'a> {
    state: LogState<History>,
    logged_at: Time,
    logged: &'a HashSet<Id>,
    entries: Vec<Vec<u8>>,
    batch: HashSet<Id>,
}

impl Slow<'_> {
    fn take(&mut self, attestations: &[Vec<u8>]) -> Vec<Taken> {
        let mut answers = vec![None; attestations.len()];
        let history = self.state.store();
        let is_new = |(opener, id): &(String, String)| history.round_by_name(&format!("{opener}/{id}")).is_err();
        let opened: HashSet<_> = attestations.iter().filter_map(|bytes| opens(bytes)).filter(is_new).collect();
        let waits = |bytes: &[u8]| answers_to(bytes).is_some_and(|round| opened.contains(&round));
        self.take_while_any(attestations, &mut answers, |bytes| !waits(bytes));
        self.take_while_any(attestations, &mut answers, |_| true);
        answers.into_iter().flatten().collect()
    }

    fn take_while_any(&mut self, all: &[Vec<u8>], answers: &mut [Option<Taken>], eligible: impl Fn(&[u8]) -> bool) {
        let mut progress = true;
        while progress {
            progress = false;
            for (attestation, answer) in all.iter().zip(&mut *answers) {
                if matches!(answer, None | Some(Taken::Refused { .. })) && eligible(attestation) {
                    let taken = self.take_one(attestation);
                    progress |= !matches!(taken, Taken::Refused { .. });
                    *answer = Some(taken);
                }
            }
        }
    }

    fn take_one(&mut self, bytes: &[u8]) -> Taken {
        let Ok(attestation) = Attestation::decode(bytes) else {
            return Taken::Refused { id: None, rule: Rule::AttestationMalformed };
        };
        let id = attestation.id();
        if self.batch.contains(&id) {
            return Taken::Duplicate { id };
        }
        let mut buffer = vec![0; HEADER_LENGTH + bytes.len()];
        let payload = Payload::Attestation(bytes);
        let entry = self.state.chain().next_entry(self.logged_at, payload, &mut buffer).unwrap();
        let verdict = self.state.admit(entry);
        let no_effect = match verdict.outcome {
            Outcome::Rejected(_) if self.logged.contains(&id) => return Taken::Duplicate { id },
            Outcome::Rejected(rule) => return Taken::Refused { id: Some(id), rule },
            Outcome::NotCheckable => panic!("a host keeps everything"),
            Outcome::NoEffect(rule) => {
                let at = At { index: verdict.index, logged_at: self.logged_at };
                self.state.store_mut().remark(at, &attestation, rule);
                Some(rule)
            }
            Outcome::Applied => None,
        };
        self.entries.push(entry.to_vec());
        self.batch.insert(id);
        Taken::Logged { index: verdict.index, id, no_effect }
    }
}

fn opens(bytes: &[u8]) -> Option<(String, String)> {
    let attestation = Attestation::decode(bytes).ok()?;
    match &attestation.body().statement {
        Statement::OpenRound(round) => Some((attestation.body().unit.to_string(), round.id.to_string())),
        _ => None,
    }
}

fn answers_to(bytes: &[u8]) -> Option<(String, String)> {
    let attestation = Attestation::decode(bytes).ok()?;
    let round = match &attestation.body().statement {
        Statement::Pledge(it) => it.round,
        Statement::Briefing(it) => it.round,
        Statement::Monitoring(it) => it.round,
        Statement::Referral(it) => it.round,
        _ => return None,
    };
    Some((round.opener.to_string(), round.id.to_string()))
}

/// A log without errors, and its state.
struct Sound {
    state: LogState<History>,
    entries: Vec<Vec<u8>>,
    ids: HashSet<Id>,
}

impl Sound {
    /// Of the first so many attestations of a world, those that a log takes.
    fn of(world: &World, count: usize) -> Self {
        let mut sound =
            Self { state: LogState::new(world.registry, History::new()), entries: Vec::new(), ids: HashSet::new() };
        for (logged_at, bytes) in attestations(world).take(count) {
            let Self { state, entries, ids } = sound;
            let mut slow = Slow { state, logged_at, logged: &ids, entries, batch: HashSet::new() };
            slow.take(&[bytes.to_vec()]);
            let Slow { state, entries, batch, .. } = slow;
            sound = Self { state, entries, ids: ids.into_iter().chain(batch).collect() };
        }
        sound
    }
}

/// Hands in what the offerings say, and compares the gates.
pub(crate) fn compare(world: &World, offerings: &[Offering]) {
    let count = attestations(world).count();
    for offering in offerings {
        let sound = Sound::of(world, offering.logged.index(count + 1));
        let store = Store::open(signed(&sound.entries));
        let offers = offering.attestations(world);
        let times: Vec<Time> = attestations(world).map(|(time, _)| time).collect();
        let logged_at = if offering.late { times[times.len() - 1] } else { times[0] };
        let (state, logged) = (sound.state.clone(), &sound.ids);
        let mut slow = Slow { state, logged_at, logged, entries: Vec::new(), batch: HashSet::new() };
        // In two calls: what the first takes is there for the second.
        let (first, second) = offers.split_at(offers.len() / 3);
        let expected = [slow.take(first), slow.take(second)];
        for (threads, batch) in [(1, 8_192), (2, offering.batch), (3, 1)] {
            let effort =
                Effort { threads: NonZeroUsize::new(threads).unwrap(), batch: NonZeroUsize::new(batch).unwrap() };
            let mut intake = Intake::with_effort(sound.state.clone(), logged_at, effort);
            let found = [intake.take(first, &store).unwrap(), intake.take(second, &store).unwrap()];
            assert_eq!(found, expected, "{threads} threads, batches of {batch}: {offering:?}");
            assert_eq!(intake.entries(), slow.entries, "{offering:?}");
            assert_eq!(told(intake.state().store()), told(slow.state.store()), "{offering:?}");
            assert_eq!(intake.state().chain().root(), slow.state.chain().root(), "{offering:?}");
        }
    }
}

/// Hands in again what a log holds, where nothing can be read of the log: gives how many of these are told to be in it.
pub(crate) fn again_without_reading(world: &World) -> usize {
    let sound = Sound::of(world, usize::MAX);
    let nothing = Store::open(Memory::default());
    let in_force = |attestation: &Attestation<'_>| {
        let unit = sound.state.store().unit_by_id(attestation.body().unit.as_str()).unwrap();
        let epoch = sound.state.store().record(unit).epoch;
        epoch.is_some_and(|epoch| epoch.id == attestation.body().epoch)
    };
    let units = sound.state.store().units();
    let stated: HashSet<Id> = units.flat_map(|(_, unit)| unit.statements.iter().map(|it| it.id)).collect();
    let mut told = 0;
    for (_, bytes) in attestations(world) {
        let Ok(attestation) = Attestation::decode(bytes) else { continue };
        let id = attestation.id();
        if stated.contains(&id) && in_force(&attestation) {
            let mut intake = Intake::new(sound.state.clone(), Time::new(1).unwrap());
            assert_eq!(intake.take(&[bytes.to_vec()], &nothing).unwrap(), [Taken::Duplicate { id }]);
            told += 1;
        }
    }
    told
}
