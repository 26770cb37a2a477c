//! A provisioned device: it never signs a number twice, judges by its roster, and finds itself again after every cut.

#[path = "flash.rs"]
mod flash;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use ed25519_dalek::SigningKey;
use flash::{Fault, Flash, Power, Random};
use ikrar_core::attestation::{Attestation, Body};
use ikrar_core::codec;
use ikrar_core::digest::{DocumentHash, Hash, Id, PublicKey, TextHash, attestation_id, signing_message};
use ikrar_core::entry::{Entry, Payload};
use ikrar_core::field::{Code, Origin, ProofBytes, Set, Time, UnitId};
use ikrar_core::rule::Rule;
use ikrar_core::signature::{sign, verify};
use ikrar_core::state::Judge;
use ikrar_core::statement::{Briefing, Count, Coverage, Form, OpenJournal, Pledge, Role, RoundRef, Statement, Topic};
use ikrar_journal::{
    Device, DeviceError, Error, Geometry, Item, Journal, LogItem, Mark, Roster, RosterError, RoundItem, Said, Start,
    UnitItem, WhenFull,
};

const UNITS: usize = 64;
const PAGES: u32 = 4;
const PAGE: u32 = 16_384;
const TEXT: TextHash = TextHash([3; 32]);
const REGISTRY: Id = Id([1; 32]);
const CLOCK: u64 = 2_000;
const START: Start =
    Start { registry: REGISTRY, tree_size: 99, root: Hash([8; 32]), entries: 0, opened: None, before: None };

type Terminal = Device<'static, Flash<8>, UNITS>;

/// A device never gives its memory back.
fn memory() -> &'static mut Judge<Roster<UNITS>> {
    Box::leak(Box::new(Judge::new(Id::ZERO, Roster::new())))
}

/// What a host does to provision a device.
fn provision(device: &mut Terminal, roster: &Roster<UNITS>) -> Result<DocumentHash, DeviceError<Fault>> {
    let mut buffer = [0; 5_000];
    device.provision()?;
    let mut outcome = Ok(());
    roster.items(&mut |item| {
        if outcome.is_ok() {
            outcome = device.provide(item);
        }
    });
    let concluded = match outcome {
        Ok(()) => device.conclude(no_proof(), &mut buffer),
        Err(error) => Err(error),
    };
    if concluded.is_err() && !matches!(concluded, Err(DeviceError::Journal(Error::Flash(_)))) {
        device.abandon(&mut buffer).unwrap();
    }
    concluded
}

fn key(unit: u16) -> SigningKey {
    let [high, low] = unit.to_be_bytes();
    let mut seed = [5; 32];
    (seed[0], seed[1]) = (high, low);
    SigningKey::from_bytes(&seed)
}

fn public(unit: u16) -> PublicKey {
    PublicKey(key(unit).verifying_key().to_bytes())
}

fn name(unit: u16) -> String {
    format!("wil:{unit:03}")
}

fn epoch(unit: u16) -> Id {
    Id([unit.to_be_bytes()[1]; 32])
}

/// 63 units below the root; the epochs are long, as after years.
fn roster() -> Roster<UNITS> {
    let mut roster = Roster::new();
    let mut push = |item: Item<'_>| {
        let mut buffer = [0; 256];
        roster.push(codec::encode(&item, &mut buffer).unwrap()).unwrap();
    };
    push(Item::Start(START));
    let origin = Origin::new("contoh.example/log").unwrap();
    push(Item::Log(LogItem { origin, key: public(999), since: 0 }));
    push(Item::Kind(Code::new("kelurahan").unwrap()));
    push(Item::Kind(Code::new("kecamatan").unwrap()));
    push(Item::Text(TEXT, 2));
    let root = UnitId::new("root").unwrap();
    fn unit(id: UnitId<'_>, parent: Option<u16>, kind: Option<u8>, place: u16) -> Item<'_> {
        let head = (epoch(place), public(place), 300, Id([place.to_be_bytes()[1] ^ 0x55; 32]));
        Item::Unit(UnitItem { id, parent, kind, alive: true, epoch: Some(head), pledges: 1 })
    }
    push(unit(root, None, None, 0));
    for place in 1..64 {
        push(unit(UnitId::new(&name(place)).unwrap(), Some(0), Some(u8::from(place % 2 == 0)), place));
    }
    let id = Code::new("2026").unwrap();
    // Only units of kind 0 owe.
    push(Item::Round(RoundItem { opener: 0, id, subtree: 0, opens: Time::new(1_000).unwrap(), kinds: 1, texts: 1 }));
    roster
}

fn pledge(signed: u32) -> Statement<'static> {
    Statement::Pledge(Pledge {
        round: round("2026"),
        text: TEXT,
        accepted: Set::new([1, 2]).unwrap(),
        form: Form::Ikrar,
        role: Role::Head,
        coverage: Coverage::Combined(Count { required: 12, signed }),
        document: None,
    })
}

fn briefing(round: RoundRef<'static>, day: u32) -> Statement<'static> {
    Statement::Briefing(Briefing {
        round,
        held_on: codec::decode(&[u8::try_from(day % 128).unwrap()]).unwrap(),
        topic: Topic::Rules,
        reached: Coverage::Combined(Count { required: 12, signed: 12 }),
        material: None,
    })
}

/// The checkpoint is the same as before.
fn no_proof() -> ProofBytes<'static> {
    ProofBytes::new(&[]).unwrap()
}

fn round(id: &'static str) -> RoundRef<'static> {
    RoundRef { opener: UnitId::new("root").unwrap(), id: Code::new(id).unwrap() }
}

fn fresh(seed: u64) -> (Terminal, Rc<RefCell<Power>>) {
    let flash = Flash::<8>::new(usize::try_from(PAGE * PAGES).unwrap(), seed);
    let power = Rc::clone(&flash.power);
    let geometry = Geometry::new(&flash, 0, PAGE, PAGES).unwrap();
    let journal = Journal::format(flash, geometry, WhenFull::GiveUpOldest).unwrap();
    (Device::new(journal, memory(), public(1), &mut []).unwrap(), power)
}

fn again(device: Terminal) -> Terminal {
    let journal = device.into_journal();
    let geometry = journal.geometry();
    let mount = Journal::mount(journal.into_flash(), geometry, WhenFull::GiveUpOldest, |finding| {
        assert!(!finding.is_damage(), "{finding}");
    });
    Device::new(mount.unwrap(), memory(), public(1), &mut [0; 5_000]).unwrap()
}

/// Signs for a unit; what went out is checked as its receiver would.
fn sign_for(device: &mut Terminal, unit: u16, statement: Statement<'_>) -> Result<Mark, DeviceError<Fault>> {
    let (id, now) = (name(unit), Time::new(CLOCK).unwrap());
    let mut buffer = [0; 5_000];
    let key = key(unit);
    let mut encoding = [0; 5_000];
    let said = match statement {
        Statement::OpenJournal(journal) => Said::Opening(journal),
        other => Said::Statement(codec::encode(&other, &mut encoding).unwrap()),
    };
    let signed = device.sign(UnitId::new(&id).unwrap(), said, (now, now), (&public(unit), &key), &mut buffer)?;
    let attestation = Attestation::decode(signed.attestation()).unwrap();
    verify(&public(unit), &signing_message(&attestation.id()), attestation.signature()).unwrap();
    Ok(signed.mark)
}

fn open(device: &mut Terminal) -> Result<Mark, DeviceError<Fault>> {
    let roster = device.roster().hash();
    let statement = Statement::OpenJournal(OpenJournal {
        registry: REGISTRY,
        tree_size: 99,
        root: Hash([8; 32]),
        roster,
        origin: Origin::new("jurnal.example/1").unwrap(),
        key: PublicKey(SigningKey::from_bytes(&[99; 32]).verifying_key().to_bytes()),
        proof: no_proof(),
    });
    sign_for(device, 1, statement)
}

fn opened(seed: u64) -> (Terminal, Rc<RefCell<Power>>) {
    let (mut device, power) = fresh(seed);
    provision(&mut device, &roster()).unwrap();
    assert_eq!(open(&mut device).unwrap(), Mark::NotCheckable, "whether the key is new, only the log can tell");
    (device, power)
}

/// An attestation that somebody else brings.
fn made(unit: u16, seq: u64, prev: Id, statement: Statement<'_>) -> (Vec<u8>, Id) {
    let id = name(unit);
    let made_at = Time::new(7).unwrap();
    let body = Body { unit: UnitId::new(&id).unwrap(), epoch: epoch(unit), seq, prev, made_at, statement };
    let mut buffer = [0; 1_000];
    let body = body.encode(&mut buffer).unwrap();
    let id = attestation_id(body);
    let signature = sign(&key(unit), &signing_message(&id)).unwrap();
    ([&*body, &signature].concat(), id)
}

fn head(unit: u16) -> Id {
    Id([unit.to_be_bytes()[1] ^ 0x55; 32])
}

#[test]
fn nothing_is_taken_before_a_roster_and_its_open_journal() {
    let (mut device, _) = fresh(1);
    assert_eq!(sign_for(&mut device, 1, pledge(12)), Err(DeviceError::Unprovisioned));
    let hash = provision(&mut device, &roster()).unwrap();
    assert_eq!(sign_for(&mut device, 1, pledge(12)), Err(DeviceError::NotOpened));
    let mut device = again(device);
    assert_eq!(device.roster().hash(), hash);
    open(&mut device).unwrap();
    assert_eq!(sign_for(&mut device, 1, pledge(12)), Ok(Mark::Applied));
    // A new roster asks for a new one. The head that the host has is older, so the device's own stands.
    provision(&mut device, &roster()).unwrap();
    assert_eq!(sign_for(&mut device, 3, pledge(12)), Err(DeviceError::NotOpened));
    open(&mut device).unwrap();
    assert_eq!(device.roster().epoch(&name(1)).unwrap().next_seq, 303);
    assert_eq!(sign_for(&mut device, 3, pledge(12)), Ok(Mark::Applied));
}

#[test]
fn no_roster_makes_the_device_forget_a_number() {
    let (mut device, _) = opened(9);
    sign_for(&mut device, 1, pledge(12)).unwrap();
    let change = |from: usize, to: usize, start: Start| {
        let mut changed = Roster::<UNITS>::new();
        let mut buffer = [0; 256];
        changed.push(codec::encode(&Item::Start(start), &mut buffer).unwrap()).unwrap();
        let mut number = 0;
        roster().items(&mut |item| {
            if number > 0 && !(from..to).contains(&number) {
                let _ = changed.push(item);
            }
            number += 1;
        });
        changed
    };
    let start = *roster().start().unwrap();
    let without_last = change(68, 69, start);
    assert_eq!(without_last.len(), 63);
    assert_eq!(provision(&mut device, &without_last), Err(RosterError::Missing.into()));
    for other in [
        Start { tree_size: 98, ..start },
        Start { tree_size: 120, ..start },
        Start { root: Hash([7; 32]), ..start },
        Start { registry: Id([2; 32]), ..start },
    ] {
        assert_eq!(provision(&mut device, &change(0, 0, other)), Err(RosterError::Older.into()));
    }
    assert_eq!(sign_for(&mut device, 3, pledge(12)), Ok(Mark::Applied), "a refused roster changes nothing");
}

#[test]
fn verdicts_are_the_logs_where_the_device_can_know_and_never_a_guess() {
    let (mut device, _) = opened(2);
    let now = Time::new(CLOCK).unwrap();
    let mut take =
        |logged_at: Time, attestation: &(Vec<u8>, Id)| device.take(logged_at, &attestation.0).map(|(_, mark)| mark);
    let first = made(5, 300, head(5), pledge(12));
    assert_eq!(take(now, &first), Ok(Mark::Applied));
    assert_eq!(take(now, &first), Err(DeviceError::Refused(Rule::StaleSeq)));
    let second = made(5, 301, first.1, pledge(11));
    assert_eq!(take(now, &second), Ok(Mark::NoEffect), "a second pledge");
    assert_eq!(take(now, &made(5, 302, first.1, pledge(11))), Err(DeviceError::Refused(Rule::WrongPrev)));
    assert_eq!(take(now, &made(5, 303, second.1, pledge(11))), Ok(Mark::Hashed), "a number ahead");
    assert_eq!(take(now, &made(4, 300, head(4), pledge(12))), Ok(Mark::NoEffect), "not a kind that owes");
    assert_eq!(take(now, &made(900, 300, head(9), pledge(12))), Ok(Mark::Hashed), "not in the roster");
    assert_eq!(take(Time::UNKNOWN, &made(7, 300, head(7), pledge(12))), Ok(Mark::NotCheckable), "no clock");
    let other = made(9, 300, head(9), briefing(round("2027"), 1));
    assert_eq!(take(now, &other), Ok(Mark::NotCheckable), "a round that is not kept");
    assert_eq!(take(now, &made(9, 301, other.1, briefing(round("2026"), 1))), Ok(Mark::Applied));
    let mut forged = made(11, 300, head(11), pledge(12));
    *forged.0.last_mut().unwrap() ^= 1;
    assert_eq!(take(now, &forged), Err(DeviceError::Refused(Rule::BadSignature)));
    // All of it is there again after a mount.
    let epochs = |device: &Terminal| (0..64).map(|unit| device.roster().epoch(&name(unit))).collect::<Vec<_>>();
    let before = epochs(&device);
    let mut device = again(device);
    assert_eq!(epochs(&device), before);
    assert_eq!(device.take(now, &made(5, 302, second.1, pledge(10)).0).unwrap().1, Mark::NoEffect);
    assert_eq!(sign_for(&mut device, 5, pledge(9)), Err(DeviceError::Refused(Rule::SecondPledge)));
    let wrong = (&public(6), &key(6));
    let unit = name(7);
    let mut encoding = [0; 999];
    let said = Said::Statement(codec::encode(&pledge(1), &mut encoding).unwrap());
    let refused = device.sign(UnitId::new(&unit).unwrap(), said, (now, now), wrong, &mut [0; 999]).map(|_| ());
    assert_eq!(refused, Err(DeviceError::OtherKey));
}

/// Every body that the entries hold, by unit and number: no two under one.
fn read(device: &mut Terminal) -> BTreeMap<(String, u64), Id> {
    let mut buffer = [0; 5_000];
    let first = device.journal().first();
    let mut cursor = device.journal_mut().cursor(first).unwrap();
    let mut bodies = BTreeMap::new();
    while let Some(recorded) = device.journal_mut().next(&mut cursor, &mut buffer).unwrap() {
        let Payload::Attestation(bytes) = Entry::decode(recorded.entry).unwrap().payload else { unreachable!() };
        let attestation = Attestation::decode(bytes).unwrap();
        let place = (attestation.body().unit.as_str().to_owned(), attestation.body().seq);
        assert_eq!(bodies.insert(place, attestation.id()), None);
    }
    bodies
}

/// One step of use. Each attempt is another statement: a number signed twice would show.
fn use_once(device: &mut Terminal, step: u64, attempt: u32) -> Result<(), DeviceError<Fault>> {
    match step % 9 {
        4 => {
            let head = device.journal_mut().record_checkpoint()?;
            device.journal_mut().acknowledge(head)?;
        }
        8 if step % 27 == 26 => {
            provision(device, &roster())?;
            open(device)?;
        }
        _ => {
            let unit = 1 + 2 * u16::try_from(step % 5).unwrap();
            sign_for(device, unit, briefing(round("2026"), attempt)).map(|_| ())?;
        }
    }
    Ok(())
}

#[test]
fn a_device_cut_at_any_time_never_signs_a_number_twice_and_fills_its_flash_again_and_again() {
    let (mut device, power) = opened(3);
    let mut random = Random(4);
    let mut signed = BTreeMap::new();
    let (mut cuts, mut finished, mut attempt) = (0, 0, 0);
    for step in 0..2_000 {
        attempt += 1;
        let calls = power.borrow().calls;
        let reach = if step % 27 == 26 { 200 } else { 24 };
        power.borrow_mut().cut_at = (step % 3 != 0).then(|| calls + 1 + random.next() % reach);
        let outcome = use_once(&mut device, step, attempt);
        let off = power.borrow().off;
        assert!(matches!(outcome, Ok(()) | Err(DeviceError::Journal(Error::Flash(Fault::Off)))), "{outcome:?}");
        power.borrow_mut().cut_at = None;
        power.borrow_mut().off = false;
        if off {
            cuts += 1;
            device = again(device);
            let mut buffer = [0; 5_000];
            // Whose it is, the body says.
            for unit in [1, 3, 5, 7, 9] {
                match device.finish((&public(unit), &key(unit)), &mut buffer) {
                    Ok(Some(_)) => finished += 1,
                    Ok(None) | Err(DeviceError::OtherKey) => {}
                    Err(error) => panic!("{error}"),
                }
            }
            if device.roster().start().is_some_and(|start| start.opened.is_none()) {
                open(&mut device).unwrap();
            }
        }
        for (place, id) in read(&mut device) {
            assert_eq!(*signed.entry(place).or_insert(id), id, "a number is signed twice");
        }
    }
    println!("device: {cuts} cuts, {finished} bodies signed after one, {} entries given up", device.journal().first());
    assert!(cuts > 400 && finished > 50 && device.journal().first() > 0);
    // No number is missing either.
    for unit in [1_u16, 3, 5, 7, 9] {
        let seqs: Vec<u64> = signed.keys().filter(|(id, _)| *id == name(unit)).map(|(_, seq)| *seq).collect();
        assert!(seqs.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{seqs:?}");
    }
}

#[test]
fn no_roster_of_any_bytes_panics() {
    let mut items = Vec::new();
    roster().items(&mut |item| items.push(item.to_vec()));
    let mut random = Random(8);
    for _ in 0..2_000 {
        let mut roster = Roster::<8>::new();
        for _ in 0..12 {
            let mut item = items[random.below(items.len())].clone();
            if random.below(3) == 0 {
                let at = random.below(item.len());
                item[at] = random.byte();
            }
            let _ = roster.push(&item);
        }
        assert!(roster.len() <= 8);
    }
    let mut whole = Roster::<UNITS>::new();
    items.iter().for_each(|item| whole.push(item).unwrap());
    let mut again = Vec::new();
    whole.items(&mut |item| again.push(item.to_vec()));
    assert_eq!(again, items);
}

/// What a terminal for 64 units keeps in memory; its goal is 24 KB with the stack.
#[test]
fn a_roster_of_64_units_stays_within_its_memory() {
    let roster = size_of::<Roster<UNITS>>();
    let whole = size_of::<Judge<Roster<UNITS>>>() + size_of::<Device<'_, (), UNITS>>();
    println!("roster {roster} bytes, device {whole}");
    assert!(roster <= 13_000 && whole <= 15_000);
}
