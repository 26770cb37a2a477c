//! Random steps of a log, with everything that may go wrong.

use ikrar_core::digest::{DocumentHash, Hash, Id, PublicKey, TextHash};
use ikrar_core::field::{Name, Origin, Persons, ProofBytes, Set, Text};
use ikrar_core::state::Outcome;
use ikrar_core::statement::{
    Amend, Briefing, Cadence, Channel, Correction, Count, Coverage, Duty, Enroll, Form, Monitoring, OpenJournal,
    OpenRound, Pledge, Reason, Referral, Rekey, Replacement, Retire, Role, RoundRef, Stage, Statement, Topic,
};
use proptest::prelude::*;

use crate::model::Model;
use crate::world::{
    AnchorPlan, Fault, START, Tamper, UNIT_KEYS, World, code, key, public, text, text_hash, time, unit,
};

const UNITS: [&str; 7] = ["a", "a.1", "a.1.1", "a.2", "b", "b.1", "c"];
const KINDS: [&str; 2] = ["kota", "dinas"];
const ROUNDS: [&str; 2] = ["satu", "dua"];

/// One step of a log. Numbers are taken modulo what there is.
#[derive(Clone, Debug)]
enum Action {
    Publish(u16),
    Policy(u8),
    RekeyLog(u8),
    Enroll { unit: u8, parent: u8, kind: u8, key: u8 },
    Amend { unit: u8, rename: bool, parent: Option<u8> },
    Rekey { unit: u8, key: u8, since: Option<u8>, other_epoch: bool },
    Retire { unit: u8, successor: Option<u8> },
    Journal { key: u8, foreign: bool },
    Open { id: u8, subtree: u8, opens: u8, span: u8, kinds: u8, required: u8, texts: u8, expires: bool },
    Pledge(Said),
    Other { duty: u8, round: u8, counts: u8 },
    Correct { target: u8, reason: u8, replacement: u8, said: Said },
    Anchor { size: u8, stamps: [u8; 2], fault: u8 },
    Rubbish,
    Noise,
}

#[derive(Clone, Debug)]
struct Said {
    round: u8,
    text: u8,
    accepted: u8,
    counts: u8,
}

#[derive(Clone, Debug)]
pub(crate) struct Step {
    action: Action,
    /// Who signs.
    by: u8,
    tamper: u8,
    clock: u8,
    made: u8,
}

fn said() -> impl Strategy<Value = Said> {
    let fields = (any::<u8>(), prop_oneof![9 => Just(1), 2 => Just(2), 1 => Just(9)], 0_u8..12, 0_u8..12);
    fields.prop_map(|(round, text, accepted, counts)| Said { round, text, accepted, counts })
}

fn action() -> impl Strategy<Value = Action> {
    let byte = any::<u8>;
    prop_oneof![
        1 => (1_u16..4).prop_map(Action::Publish),
        2 => byte().prop_map(Action::Policy),
        1 => byte().prop_map(Action::RekeyLog),
        8 => (byte(), byte(), byte(), byte())
            .prop_map(|(unit, parent, kind, key)| Action::Enroll { unit, parent, kind, key }),
        5 => (byte(), any::<bool>(), proptest::option::weighted(0.7, byte()))
            .prop_map(|(unit, rename, parent)| Action::Amend { unit, rename, parent }),
        7 => (byte(), byte(), proptest::option::of(0_u8..3), proptest::bool::weighted(0.15))
            .prop_map(|(unit, key, since, other_epoch)| Action::Rekey { unit, key, since, other_epoch }),
        3 => (byte(), proptest::option::of(byte())).prop_map(|(unit, successor)| Action::Retire { unit, successor }),
        1 => (byte(), proptest::bool::weighted(0.2)).prop_map(|(key, foreign)| Action::Journal { key, foreign }),
        3 => (byte(), byte(), byte(), byte(), byte(), byte(), byte(), any::<bool>()).prop_map(
            |(id, subtree, opens, span, kinds, required, texts, expires)| Action::Open {
                id, subtree, opens, span, kinds, required, texts, expires
            }
        ),
        16 => said().prop_map(Action::Pledge),
        5 => (byte(), byte(), byte()).prop_map(|(duty, round, counts)| Action::Other { duty, round, counts }),
        9 => (byte(), byte(), byte(), said())
            .prop_map(|(target, reason, replacement, said)| Action::Correct { target, reason, replacement, said }),
        6 => (byte(), [byte(), byte()], byte())
            .prop_map(|(size, stamps, fault)| Action::Anchor { size, stamps, fault }),
        1 => Just(Action::Rubbish),
        1 => Just(Action::Noise),
    ]
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    (action(), any::<u8>(), any::<u8>(), any::<u8>(), any::<u8>()).prop_map(|(action, by, tamper, clock, made)| Step {
        action,
        by,
        tamper,
        clock,
        made,
    })
}

fn pick<T: Copy>(from: &[T], number: u8) -> T {
    from[usize::from(number) % from.len()]
}

fn coverage(number: u8) -> Coverage {
    let count = |required, signed| Count { required, signed };
    let all = |one: Count| Coverage::ByCategory { pns: one, pppk: one, ppnpn: one };
    match number % 12 {
        0..=3 => all(count(10, 10)),
        4 => all(count(10, 9)),
        5 => all(count(10, 11)),
        6 => Coverage::Combined(count(5, 5)),
        7 => all(count(0, 0)),
        8 => all(count(12, 10)),
        9 => Coverage::Combined(count(5, 4)),
        10 => all(count(12, 12)),
        _ => all(count(9, 9)),
    }
}

/// A unit's key: three for each, and now and then another's, a bad one, or one that serves otherwise.
fn key_for(unit: u8, number: u8) -> Option<PublicKey> {
    let place = u8::try_from(usize::from(unit) % UNITS.len()).unwrap();
    let own = |generation: u8| Some(public(&key(UNIT_KEYS + place * 3 + generation % 3)));
    match number % 16 {
        0 | 1 => None,
        2 => Some(PublicKey([0; 32])),
        3 => Some(public(&key(number / 16 + 1))),
        4 => Some(public(&key(UNIT_KEYS + number / 16))),
        _ => own(number / 16),
    }
}

impl Step {
    pub(crate) fn run(&self, world: &mut World) {
        match self.clock % 24 {
            0 => world.now -= 700,
            1 => world.now -= 4_000,
            2..=7 => {}
            8..=15 => world.now += 60,
            16..=20 => world.now += 500,
            _ => world.now += 2_500,
        }
        let tamper = match self.tamper {
            0..=3 => Tamper::Signature,
            4..=6 => Tamper::OtherKey,
            7..=9 => Tamper::SeqBefore,
            10..=12 => Tamper::SeqAfter,
            13..=15 => Tamper::Prev,
            16..=18 => Tamper::Epoch,
            19 | 20 => Tamper::Link,
            _ => Tamper::No,
        };
        let made_at = match self.made % 4 {
            0 => 0,
            1 => world.now - 5_000,
            _ => world.now,
        };
        match &self.action {
            Action::Rubbish => {
                world.rubbish();
            }
            Action::Noise => {
                world.noise();
            }
            Action::Anchor { size, stamps, fault } => {
                let plan = self.anchor(world, *size, *stamps, *fault);
                world.anchor(plan, tamper);
            }
            action => {
                let signer = self.signer(world.model(), action);
                let statement = statement(world, signer, action);
                let logged_at = if self.tamper == 21 { 0 } else { world.now };
                world.say_at(signer, statement, tamper, made_at, logged_at);
            }
        }
    }

    fn anchor(&self, world: &World, size: u8, stamps: [u8; 2], fault: u8) -> AnchorPlan {
        let entries = u64::try_from(world.entries.len()).unwrap();
        let stamp = |number: u8| match number % 8 {
            0 => None,
            1 => Some(world.now + 5_000),
            2 => Some(world.now - 2_000),
            3 if number > 200 => Some(300_000_000_000),
            4 | 5 => Some(world.now - 100),
            _ => Some(world.now),
        };
        AnchorPlan {
            size: match size % 12 {
                0 => 0,
                1 => entries + 1,
                2..=6 => entries,
                _ => u64::from(size) % entries + 1,
            },
            stamps: stamps.map(stamp),
            fault: match fault {
                0..=5 => Fault::Origin,
                6..=11 => Fault::LogKey,
                12..=17 => Fault::Witness,
                18..=23 => Fault::Proof,
                24..=29 => Fault::Bytes,
                _ => Fault::No,
            },
        }
    }

    fn signer(&self, model: Model<'_>, action: &Action) -> &'static str {
        let everyone = ["root", "recovery", "nobody"].into_iter().chain(UNITS).collect::<Vec<_>>();
        let subject = match action {
            Action::Enroll { unit, .. } | Action::Amend { unit, .. } => Some(pick(&UNITS, *unit)),
            Action::Rekey { unit, key, .. } if names_root(*unit, *key) => {
                return pick(&["root", "recovery", "recovery", "a"], self.by);
            }
            Action::Rekey { unit, .. } | Action::Retire { unit, .. } => Some(pick(&UNITS, *unit)),
            Action::Publish(_) | Action::Policy(_) | Action::RekeyLog(_) | Action::Open { .. } => Some("root"),
            _ => None,
        };
        let Some(subject) = subject else {
            let keyed: Vec<_> = UNITS.into_iter().filter(|unit| model.epoch(unit).is_some()).collect();
            let any = keyed.is_empty() || self.by < 12;
            return if any { pick(&everyone, self.by) } else { pick(&keyed, self.by) };
        };
        match self.by % 8 {
            0..=4 => "root",
            5 => model.parent(subject).unwrap_or("root"),
            6 => subject,
            _ => pick(&everyone, self.by / 8),
        }
    }
}

/// Is this rekey of the root?
fn names_root(unit: u8, key: u8) -> bool {
    unit % 16 == 15 && key > 128
}

fn round_ref(model: Model<'_>, number: u8) -> RoundRef<'static> {
    let rounds = model.rounds();
    if rounds.is_empty() || number > 245 {
        return RoundRef { opener: unit("root"), id: code("tiada") };
    }
    let (_, (opener, id), _) = rounds[usize::from(number) % rounds.len()];
    RoundRef { opener: unit(opener), id: code(id) }
}

fn pledge(model: Model<'_>, said: &Said) -> Pledge<'static> {
    let accepted: &[u8] = match said.accepted {
        0 => &[1],
        1 => &[1, 3],
        2 => &[],
        3 => &[0, 1],
        _ => &[1, 2],
    };
    Pledge {
        round: round_ref(model, said.round),
        text: text_hash(u16::from(said.text)),
        accepted: Set::new(accepted.iter().copied()).unwrap(),
        form: Form::Ikrar,
        role: Role::Head,
        coverage: coverage(said.counts),
        document: None,
    }
}

fn briefing(model: Model<'_>, round: u8, counts: u8) -> Briefing<'static> {
    let (round, reached) = (round_ref(model, round), coverage(counts));
    Briefing { round, held_on: 18_000, topic: Topic::Rules, reached, material: None }
}

fn monitoring(model: Model<'_>, round: u8, counts: u8) -> Monitoring<'static> {
    let (from, to) = if counts.is_multiple_of(8) { (2, 1) } else { (1, 1) };
    Monitoring { round: round_ref(model, round), from, to, cases: Set::empty(), risks: Set::empty() }
}

fn referral(model: Model<'_>, round: u8) -> Referral<'static> {
    let round = round_ref(model, round);
    Referral { round, channel: Channel::Bkn, cases: Set::empty(), overdue: Persons::NONE, sanctions: Set::empty() }
}

fn statement(world: &World, signer: &'static str, action: &Action) -> Statement<'static> {
    let model = world.model();
    let named = |number: u8| {
        let special = match number {
            250 | 251 => Some("root"),
            252 | 253 => Some("recovery"),
            254 => Some("nobody"),
            _ => None,
        };
        unit(special.unwrap_or(pick(&UNITS, number)))
    };
    let upper = |unit: u8, parent: u8| {
        let natural = pick(&UNITS, unit).rsplit_once('.').map_or("root", |(upper, _)| upper);
        if parent < 150 { crate::world::unit(natural) } else { named(parent) }
    };
    match action {
        Action::Publish(version) => Statement::PublishText(text(*version)),
        Action::Policy(number) => {
            let place = if *number < 100 { 0 } else { usize::from(*number) % world.policy_texts.len() };
            Statement::PublishPolicy(Text::new(world.policy_texts[place]).unwrap())
        }
        Action::RekeyLog(number) => Statement::RekeyLog(public(&key(number % 12 + 1))),
        Action::Enroll { unit, parent, kind, key } => Statement::Enroll(Enroll {
            unit: named(*unit),
            parent: upper(*unit, *parent),
            kind: code(pick(&KINDS, *kind)),
            name: Name::new("Unit").unwrap(),
            key: key_for(*unit, *key),
            place: None,
            zone: None,
            document: None,
        }),
        Action::Amend { unit, rename, parent } => Statement::Amend(Amend {
            unit: named(*unit),
            name: rename.then(|| Name::new("Nama lain").unwrap()),
            parent: parent.map(|parent| if parent < 60 { crate::world::unit("root") } else { named(parent) }),
        }),
        Action::Rekey { unit, key, since, other_epoch } => {
            let whom = if names_root(*unit, *key) { crate::world::unit("root") } else { named(*unit) };
            let own = signer == whom.as_str();
            let of_root = |key: u8| Some(public(&crate::world::key(if key > 200 { 57 } else { 58 })));
            Statement::Rekey(Rekey {
                unit: whom,
                ends: if *other_epoch { Some(Id([9; 32])) } else { model.epoch(whom.as_str()).map(|epoch| epoch.id) },
                key: if whom.as_str() == "root" && key % 8 != 0 { of_root(*key) } else { key_for(*unit, *key) },
                compromised_since: since.filter(|_| !own || *key > 200).map(u64::from),
                document: None,
            })
        }
        Action::Retire { unit, successor } => Statement::Retire(Retire {
            unit: named(*unit),
            successors: Set::new(successor.map(named)).unwrap(),
            document: None,
        }),
        Action::Journal { key, foreign } => Statement::OpenJournal(OpenJournal {
            registry: if *foreign { Id([1; 32]) } else { world.registry },
            tree_size: 1,
            root: Hash::ZERO,
            roster: DocumentHash([2; 32]),
            origin: Origin::new("ikrar.example/journal").unwrap(),
            key: public(&crate::world::key(if *key < 128 { 50 + key % 3 } else { key % 20 + 1 })),
            proof: ProofBytes::default(),
        }),
        Action::Open { id, subtree, opens, span, kinds, required, texts, expires } => {
            let opens = match opens % 8 {
                0 => world.now - 1_000,
                1 => world.now + 4_000,
                2 | 3 => world.now,
                _ => world.now + 600,
            };
            let due = match span % 8 {
                0 => opens,
                1 => opens - 1,
                2..=4 => opens + 1_500,
                _ => opens + 5_000,
            };
            let asked: &[&'static str] = match kinds % 6 {
                0 => &["dinas"],
                1 => &["dinas", "kota"],
                _ => &[],
            };
            let duties: &[Duty] = match required % 8 {
                0 => &[Duty::Pledge, Duty::Briefing],
                1 => &[Duty::Pledge, Duty::Briefing, Duty::Monitoring, Duty::Referral],
                2 => &[Duty::Briefing],
                _ => &[Duty::Pledge],
            };
            let mut hashes: Vec<TextHash> = match texts % 8 {
                0 => vec![],
                1 => vec![text_hash(9)],
                2 => vec![text_hash(1), text_hash(2)],
                _ => vec![text_hash(1)],
            };
            hashes.sort_unstable();
            Statement::OpenRound(OpenRound {
                id: code(pick(&ROUNDS, *id)),
                title: Name::new("Putaran").unwrap(),
                cadence: Cadence::Annual,
                stage: Stage::Before,
                opens: time(opens),
                due: time(due),
                expires: expires.then(|| time(due + 2_000)),
                zone: None,
                subtree: if *subtree < 150 { unit("root") } else { named(*subtree) },
                kinds: Set::new(asked.iter().map(|kind| code(kind))).unwrap(),
                required: Set::new(duties.iter().copied()).unwrap(),
                texts: Set::new(hashes).unwrap(),
                bases: Set::empty(),
            })
        }
        Action::Pledge(said) => Statement::Pledge(pledge(model, said)),
        Action::Other { duty, round, counts } => match duty % 3 {
            0 => Statement::Briefing(briefing(model, *round, *counts)),
            1 => Statement::Monitoring(monitoring(model, *round, *counts)),
            _ => Statement::Referral(referral(model, *round)),
        },
        Action::Correct { target, reason, replacement, said } => {
            let own: Vec<_> = model.events().map(|(_, said)| said).filter(|said| said.unit == signer).collect();
            // Mostly of what was said last.
            let place =
                if *target < 128 { own.len().saturating_sub(1) } else { usize::from(*target) % (own.len() + 1) };
            let old = own.get(place);
            let subject = old.and_then(|old| model.subject(old));
            let (counts, number) = (said.counts, said.round);
            let mut new = match (replacement % 10, subject.map(|(duty, _)| duty)) {
                (0, _) => None,
                (1, _) | (_, None | Some(Duty::Pledge)) => Some(Replacement::Pledge(pledge(model, said))),
                (2, _) | (_, Some(Duty::Briefing)) => Some(Replacement::Briefing(briefing(model, number, counts))),
                (3, _) | (_, Some(Duty::Monitoring)) => {
                    Some(Replacement::Monitoring(monitoring(model, number, counts)))
                }
                (_, Some(Duty::Referral)) => Some(Replacement::Referral(referral(model, number))),
            };
            if let Some((_, (opener, id))) = subject
                && *target % 8 != 0
            {
                let round = RoundRef { opener: unit(opener), id: code(id) };
                match &mut new {
                    Some(Replacement::Pledge(new)) => new.round = round,
                    Some(Replacement::Briefing(new)) => new.round = round,
                    Some(Replacement::Monitoring(new)) => new.round = round,
                    Some(Replacement::Referral(new)) => new.round = round,
                    None => {}
                }
            }
            Statement::Correction(Correction {
                target: old.map_or(Id([5; 32]), |old| old.id),
                reason: pick(&[Reason::Progress, Reason::Error, Reason::NewInformation, Reason::Withdrawn], *reason),
                replacement: new,
            })
        }
        Action::Anchor { .. } | Action::Rubbish | Action::Noise => unreachable!("no statement"),
    }
}

/// Text, policy, units and a round, so that the steps find something to work on.
pub(crate) fn founded(policy: bool) -> World {
    let mut world = World::new();
    let begin = [
        Some(Action::Publish(1)),
        Some(Action::Publish(2)),
        policy.then_some(Action::Policy(0)),
        Some(Action::Enroll { unit: 0, parent: 0, kind: 0, key: 5 }),
        Some(Action::Enroll { unit: 1, parent: 0, kind: 1, key: 5 }),
        Some(Action::Enroll { unit: 4, parent: 0, kind: 0, key: 5 }),
        Some(Action::Open {
            id: 0,
            subtree: 0,
            opens: 4,
            span: 7,
            kinds: 5,
            required: if policy { 0 } else { 7 },
            texts: 7,
            expires: true,
        }),
        Some(Action::Enroll { unit: 2, parent: 0, kind: 1, key: 5 }),
    ];
    for action in begin.into_iter().flatten() {
        world.now += 60;
        let statement = statement(&world, "root", &action);
        assert_eq!(world.say("root", statement, Tamper::No, START), Outcome::Applied);
    }
    world.now += 500;
    world
}
