//! A log of a million entries, of which a device sees only a path of trust: the others are leaf hashes alone.

use ed25519_dalek::SigningKey;
use ikrar_core::attestation::Body;
use ikrar_core::checkpoint::{Checkpoint, sign_checkpoint};
use ikrar_core::codec;
use ikrar_core::digest::{Hash, Id, PublicKey, TextHash, attestation_id, leaf_hash, node_hash, signing_message};
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::field::{Code, Name, Origin, Persons, Set, Time, UnitId};
use ikrar_core::note::{KeyKind, VerifierKey};
use ikrar_core::signature::sign;
use ikrar_core::statement::{
    Cadence, CaseStatus, Category, CategoryCount, Channel, Correction, Count, Coverage, Duty, Enroll, Form, Genesis,
    Monitoring, OpenRound, Pledge, Reason, Referral, Replacement, Retire, Risk, RiskFactor, RiskLevel, Role, RoundRef,
    Sanction, SanctionCount, Stage, Statement, StatusCount,
};
use ikrar_journal::{Item, LogItem, RoundItem, Start, UnitItem};

pub(crate) const ORIGIN: &str = "contoh.example/log";
pub(crate) const WARD: &str = "wil:33.74.01.1001";
pub(crate) const DISTRICT: &str = "wil:33.74.01";
pub(crate) const NOW: u64 = 1_800_000_000;
const TEXT: TextHash = TextHash([3; 32]);
/// Whose key is made from which seed; further units have those from 10 on.
const LOG: u8 = 1;
const ROOT: u8 = 2;
pub(crate) const DISTRICT_SEED: u8 = 3;

pub(crate) fn now() -> Time {
    Time::new(NOW).unwrap()
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(seed: u8) -> PublicKey {
    PublicKey(key(seed).verifying_key().to_bytes())
}

fn unit(id: &str) -> UnitId<'_> {
    UnitId::new(id).unwrap()
}

/// An attestation, signed, and its id.
pub(crate) fn attest(seed: u8, (id, epoch, seq, prev): (&str, Id, u64, Id), statement: Statement<'_>) -> (Vec<u8>, Id) {
    let body = Body { unit: unit(id), epoch, seq, prev, made_at: now(), statement };
    let mut buffer = vec![0; 2_000];
    let body = body.encode(&mut buffer).unwrap();
    let id = attestation_id(body);
    let signature = sign(&key(seed), &signing_message(&id)).unwrap();
    ([&*body, &signature].concat(), id)
}

pub(crate) fn pledge(signed: u32) -> Statement<'static> {
    Statement::Pledge(Pledge {
        round: RoundRef { opener: unit("root"), id: Code::new("2026").unwrap() },
        text: TEXT,
        accepted: Set::new([1, 2]).unwrap(),
        form: Form::Ikrar,
        role: Role::Head,
        coverage: Coverage::Combined(Count { required: 12, signed }),
        document: None,
    })
}

pub(crate) fn encoded(statement: &Statement<'_>) -> Vec<u8> {
    let mut buffer = [0; 1_000];
    codec::encode(statement, &mut buffer).unwrap().to_vec()
}

/// Corrections of what takes the most memory, decoded: of statements that nobody knows.
pub(crate) fn corrections() -> [Statement<'static>; 2] {
    let round = RoundRef { opener: unit("root"), id: Code::new("2026").unwrap() };
    let cases = [CaseStatus::Reported, CaseStatus::Proven, CaseStatus::ActedOn];
    let cases = cases.map(|status| StatusCount { category: Category::A, status, persons: Persons::ONE_OR_TWO });
    let referral = Referral {
        round,
        channel: Channel::Bkn,
        cases: Set::new(cases).unwrap(),
        overdue: Persons::NONE,
        sanctions: Set::new([SanctionCount { sanction: Sanction::Pp94Medium, persons: Persons::new(4) }]).unwrap(),
    };
    let cases = [CategoryCount { category: Category::A, asn: Persons::ONE_OR_TWO, ppnpn: Persons::NONE }];
    let risks = [Risk { factor: RiskFactor::Kinship, level: RiskLevel::Low }];
    let (cases, risks) = (Set::new(cases).unwrap(), Set::new(risks).unwrap());
    let monitoring = Monitoring { round, from: 20_000, to: 20_001, cases, risks };
    [Replacement::Referral(referral), Replacement::Monitoring(monitoring)].map(|replacement| {
        let (target, replacement) = (Id([9; 32]), Some(replacement));
        Statement::Correction(Correction { target, reason: Reason::Error, replacement })
    })
}

/// Statements of the authority that take much memory to decode.
pub(crate) fn large() -> [Statement<'static>; 3] {
    let code = |code| Code::new(code).unwrap();
    let round = OpenRound {
        id: code("2027"),
        title: Name::new("Contoh").unwrap(),
        cadence: Cadence::Annual,
        stage: Stage::Before,
        opens: now(),
        due: now(),
        expires: Some(now()),
        zone: None,
        subtree: unit("root"),
        kinds: Set::new([code("kelurahan"), code("kota")]).unwrap(),
        required: Set::new([Duty::Pledge]).unwrap(),
        texts: Set::new([TEXT]).unwrap(),
        bases: Set::new([code("UU-20-2023")]).unwrap(),
    };
    let retire = Retire { unit: unit(WARD), successors: Set::new([unit(DISTRICT)]).unwrap(), document: None };
    [Statement::OpenRound(round), Statement::Retire(retire), enroll(WARD, DISTRICT, public(99))]
}

fn enroll<'a>(id: &'a str, parent: &'a str, key: PublicKey) -> Statement<'a> {
    Statement::Enroll(Enroll {
        unit: unit(id),
        parent: unit(parent),
        kind: Code::new("kelurahan").unwrap(),
        name: Name::new("Contoh").unwrap(),
        key: Some(key),
        place: None,
        zone: None,
        document: None,
    })
}

/// The log. Its last entry is a pledge of the district.
pub(crate) struct Million {
    pub(crate) leaves: Vec<Hash>,
    /// Genesis, the district's enrolment, the last entry: with their indexes.
    pub(crate) path: Vec<(u64, Vec<u8>)>,
    registry: Id,
    pub(crate) district: Id,
    ward: Id,
    /// The device's key, which is the ward's.
    device: PublicKey,
}

impl Million {
    pub(crate) fn new(entries: usize, device: PublicKey) -> Self {
        let genesis = Statement::Genesis(Genesis {
            registry: Name::new("Contoh").unwrap(),
            origin: Origin::new(ORIGIN).unwrap(),
            log_key: public(LOG),
            root_key: public(ROOT),
            recovery_key: None,
            synthetic: true,
        });
        let (genesis, registry) = attest(ROOT, ("root", Id::ZERO, 0, Id::ZERO), genesis);
        let place = ("root", registry, 0, registry);
        let (enrolment, district) = attest(ROOT, place, enroll(DISTRICT, "root", public(DISTRICT_SEED)));
        let (ward, ward_id) = attest(DISTRICT_SEED, (DISTRICT, district, 0, district), enroll(WARD, DISTRICT, device));
        let (last, _) = attest(DISTRICT_SEED, (DISTRICT, district, 1, ward_id), pledge(3));
        let mut log = Self { leaves: Vec::new(), path: Vec::new(), registry, district, ward: ward_id, device };
        log.push(&genesis);
        log.push(&enrolment);
        log.push(&ward);
        while log.leaves.len() < entries - 1 {
            log.leaves.push(leaf_hash(&log.size().to_be_bytes()));
        }
        log.push(&last);
        log.path.remove(2);
        log
    }

    fn push(&mut self, attestation: &[u8]) {
        let prev = self.leaves.last().copied().unwrap_or(Hash::ZERO);
        let entry = Entry { logged_at: now(), prev, payload: Payload::Attestation(attestation) };
        let mut buffer = vec![0; 2_000];
        let bytes = entry.encode(&mut buffer).unwrap();
        self.path.push((u64::try_from(self.leaves.len()).unwrap(), bytes.to_vec()));
        self.leaves.push(leaf_hash(bytes));
    }

    fn size(&self) -> u64 {
        u64::try_from(self.leaves.len()).unwrap()
    }

    pub(crate) fn checkpoint(&self) -> Vec<u8> {
        let name = VerifierKey::new(ORIGIN, KeyKind::Ed25519, public(LOG)).unwrap();
        let checkpoint = Checkpoint { origin: ORIGIN, size: self.size(), root: root(&self.leaves) };
        let mut note = String::new();
        sign_checkpoint(&checkpoint, &name, &key(LOG), &mut note).unwrap();
        note.into_bytes()
    }

    /// The roster's items, filled with units to this number.
    pub(crate) fn roster(&self, units: u8) -> Vec<Vec<u8>> {
        let (tree_size, root) = (self.size(), root(&self.leaves));
        let start = Start { registry: self.registry, tree_size, root, entries: 0, opened: None, before: None };
        let log = LogItem { origin: Origin::new(ORIGIN).unwrap(), key: public(LOG), since: 0 };
        let names: Vec<String> =
            (3..units).map(|number| format!("wil:33.74.01.{}", 2_000 + u32::from(number))).collect();
        let row = |id, parent, kind, epoch: Id, key| {
            let epoch = Some((epoch, key, 0, epoch));
            Item::Unit(UnitItem { id: unit(id), parent, kind, alive: true, epoch, pledges: 1 })
        };
        let mut items = vec![
            Item::Start(start),
            Item::Log(log),
            Item::Kind(Code::new("kelurahan").unwrap()),
            Item::Text(TEXT, 2),
            row("root", None, None, self.registry, public(ROOT)),
            row(DISTRICT, Some(0), None, self.district, public(DISTRICT_SEED)),
            row(WARD, Some(1), Some(0), self.ward, self.device),
        ];
        for (seed, name) in (10..).zip(&names) {
            items.push(row(name, Some(1), Some(0), Id([seed; 32]), public(seed)));
        }
        let (opens, id) = (Time::new(NOW - 99).unwrap(), Code::new("2026").unwrap());
        items.push(Item::Round(RoundItem { opener: 0, id, subtree: 0, opens, kinds: 1, texts: 1 }));
        let mut buffer = [0; 300];
        items.iter().map(|item| codec::encode(item, &mut buffer).unwrap().to_vec()).collect()
    }
}

/// The other halves from a leaf to the root (RFC 6962 §2.1.1).
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

fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            node_hash(&root(left), &root(right))
        }
    }
}
