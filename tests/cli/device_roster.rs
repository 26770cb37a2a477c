//! What a device is provisioned with: whom it must know, and what does not fit is told before anything is sent.

mod scratch;

use ikrar_core::codec;
use ikrar_core::field::Time;
use ikrar_core::statement::Statement;
use ikrar_journal::{Item, Start, UnitItem};
use ikrar_log::census::UnitIx;
use ikrar_log::device_roster::{Asked, DeviceRoster, DeviceRosterError, build, open_rounds};
use ikrar_log::history::History;
use ikrar_log::store::Head;
use scratch::{CITY, DUE, LATER, WARD, World};

/// Asks of the world's log after these attestations.
fn with<T>(world: &World, ask: impl FnOnce(&History, Head) -> T) -> T {
    let log = world.assemble(&scratch::chained(&world.attestations), &[]);
    let verification = world.verify(&log).unwrap();
    assert!(verification.is_ok(), "{:?}", verification.findings);
    ask(verification.history(), verification.head.unwrap())
}

fn unit(history: &History, id: &str) -> UnitIx {
    history.unit_by_id(id).unwrap()
}

fn asked(history: &History, id: &str, rounds: &[&str]) -> Asked {
    let rounds = rounds.iter().map(|round| history.round_by_name(round).unwrap()).collect();
    Asked { unit: unit(history, id), subtree: true, also: Vec::new(), rounds }
}

fn names(roster: &DeviceRoster) -> Vec<String> {
    units(roster).iter().map(|unit| unit.id.to_string()).collect()
}

fn units(roster: &DeviceRoster) -> Vec<UnitItem<'_>> {
    let items = roster.items.iter().map(|item| codec::decode::<Item<'_>>(item).unwrap());
    items.filter_map(|item| if let Item::Unit(unit) = item { Some(unit) } else { None }).collect()
}

#[test]
fn a_device_does_not_know_who_signs_for_its_unit() {
    let world = World::new();
    with(&world, |history, head| {
        let roster = |asked: &Asked| build(history, &world.trust, head, asked, 64).unwrap();
        let city = roster(&asked(history, CITY, &["contoh", "nanti"]));
        // Each after the one above it.
        assert_eq!(names(&city), ["root", "wil:33", CITY, "wil:33.74.01", WARD]);
        assert_eq!(city.units, 5);
        let alone = roster(&Asked { subtree: false, ..asked(history, CITY, &[]) });
        assert_eq!(names(&alone), ["root", "wil:33", CITY]);
        let also = vec![unit(history, "wil:34.71")];
        let also = roster(&Asked { also, ..asked(history, WARD, &[]) });
        assert_eq!(names(&also), ["root", "wil:33", CITY, WARD, "wil:34", "wil:34.71"]);
        for unit in units(&city) {
            let record = history.record(history.unit_by_id(unit.id.as_str()).unwrap());
            let epoch = record.epoch.map(|epoch| (epoch.id, epoch.key, epoch.next_seq, epoch.head));
            assert_eq!((unit.epoch, unit.alive), (epoch, true), "{}", unit.id);
        }
        let start = codec::decode::<Item<'_>>(&city.items[0]).unwrap();
        let expected = Start { registry: world.trust.registry, tree_size: 14, root: head.root, ..Start::default() };
        assert_eq!(start, Item::Start(expected));
    });
}

#[test]
fn a_pledge_is_not_known_or_taken_for_one_in_another_round() {
    let mut world = World::new();
    let target = world.attestations[scratch::CITY_PLEDGE].clone();
    let target = ikrar_core::attestation::Attestation::decode(&target).unwrap().id();
    let withdrawal = ikrar_core::statement::Correction {
        target,
        reason: ikrar_core::statement::Reason::Withdrawn,
        replacement: None,
    };
    let pledge = world.ward.sign(Statement::Pledge(scratch::pledge("nanti", world.text, 80)));
    let withdrawal = world.city.sign(Statement::Correction(withdrawal));
    world.attestations.extend([pledge, withdrawal]);
    with(&world, |history, head| {
        let asked = asked(history, CITY, &["contoh", "nanti"]);
        let roster = build(history, &world.trust, head, &asked, 64).unwrap();
        let bits = |id: &str| units(&roster).iter().find(|unit| unit.id.as_str() == id).unwrap().pledges;
        // Two bits a round, the first lowest: 1 none, 2 in force, 3 withdrawn.
        assert_eq!(bits(CITY), 0b0111);
        assert_eq!(bits(WARD), 0b1010);
        assert_eq!(bits("wil:33.74.01"), 0b0101);
    });
}

#[test]
fn a_round_that_is_over_is_taken_for_open() {
    let world = World::new();
    with(&world, |history, _| {
        let open = |id, now| -> Vec<_> {
            let rounds = open_rounds(history, unit(history, id), Time::new(now).unwrap());
            rounds.iter().map(|round| history.round_record(*round).id.as_str()).collect()
        };
        assert_eq!(open(CITY, DUE), ["contoh", "nanti"]);
        assert_eq!(open(CITY, DUE + 1), ["nanti"]);
        assert!(open(CITY, LATER + 1).is_empty());
    });
}

#[test]
fn a_roster_that_does_not_fit_is_sent() {
    let world = World::new();
    with(&world, |history, head| {
        let fails = |asked: &Asked, most| build(history, &world.trust, head, asked, most).unwrap_err();
        let city = asked(history, CITY, &["nanti"]);
        assert_eq!(fails(&city, 4), DeviceRosterError::Units { units: 5, most: 4 });
        let five = Asked { rounds: vec![city.rounds[0]; 5], ..city.clone() };
        assert_eq!(fails(&five, 64), DeviceRosterError::Rounds { rounds: 5 });
        let long = "example.org/".to_owned() + &"a".repeat(90);
        let trust = ikrar_log::trust::TrustRoot { origin: long.clone(), ..world.trust.clone() };
        let failed = build(history, &trust, head, &city, 64).unwrap_err();
        assert_eq!(failed, DeviceRosterError::Name { name: long });
    });
    // An id that a log takes, and a device does not keep.
    let mut world = World::new();
    let long = "wil:33.74.01.1001.1002.1003.1004.1005";
    let enroll = world.city.sign(scratch::enroll(long, CITY, "kelurahan", "Bulu Lor", None));
    world.attestations.push(enroll);
    with(&world, |history, head| {
        let failed = build(history, &world.trust, head, &asked(history, CITY, &[]), 64).unwrap_err();
        assert_eq!(failed, DeviceRosterError::Name { name: long.to_owned() });
    });
}

#[test]
fn a_unit_that_has_ended_is_listed_below_another() {
    let mut world = World::new();
    let retire = ikrar_core::statement::Retire {
        unit: scratch::unit(WARD),
        successors: ikrar_core::field::Set::empty(),
        document: None,
    };
    let retire = world.city.sign(Statement::Retire(retire));
    world.attestations.push(retire);
    with(&world, |history, head| {
        let city = asked(history, CITY, &[]);
        let roster = build(history, &world.trust, head, &city, 64).unwrap();
        assert_eq!(names(&roster), ["root", "wil:33", CITY, "wil:33.74.01"]);
        // Unless the device knew it: its numbers are not to be forgotten.
        let roster =
            build(history, &world.trust, head, &Asked { also: vec![unit(history, WARD)], ..city }, 64).unwrap();
        let ward = units(&roster).into_iter().find(|unit| unit.id.as_str() == WARD).unwrap();
        assert_eq!((ward.alive, ward.epoch), (false, None));
    });
}
