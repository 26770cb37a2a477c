//! Logs that the holder of the log's key wrote anew: every link, tile and checkpoint fits, the history does not.

mod scratch;

use ed25519_dalek::SigningKey;
use ikrar_core::statement::Statement;
use ikrar_log::store::Store;
use ikrar_log::verify::check_since;
use scratch::{CITY_PLEDGE, Memory, Scratch, WARD_CORRECTION, WARD_PLEDGE, World, chained, pledge};

/// Names and entries of the error findings of a log that was written anew with these attestations.
fn errors(world: &World, attestations: &[Vec<u8>]) -> Vec<(&'static str, Option<u64>)> {
    let log = world.assemble(&chained(attestations), &[1]);
    let verification = world.verify(&log).unwrap();
    let errors = verification.findings.iter().filter(|finding| finding.severity().to_string() == "error");
    errors.map(|finding| (finding.rule.name(), finding.entry)).collect()
}

/// What `--since` finds in a log against a checkpoint of the honest one.
fn since(world: &World, rewritten: &Memory) -> Option<&'static str> {
    let honest = world.verify(&world.log()).unwrap().head.unwrap();
    let head = world.verify(rewritten).unwrap().head.unwrap();
    check_since(&Store::open(rewritten.clone()), head, honest).map(|finding| finding.rule.name())
}

#[test]
fn an_entry_is_dropped_from_the_middle_of_a_units_chain() {
    let world = World::new();
    let mut attestations = world.attestations.clone();
    attestations.remove(WARD_PLEDGE);
    let left = u64::try_from(WARD_CORRECTION - 1).unwrap();
    assert_eq!(errors(&world, &attestations), [("skipped-seq", Some(left))]);
}

#[test]
fn a_units_last_entry_is_dropped_and_an_earlier_checkpoint_does_not_show_it() {
    let world = World::new();
    let mut attestations = world.attestations.clone();
    attestations.remove(WARD_CORRECTION);
    // No unit's chain has a gap, so the log alone says nothing, which is why auditors keep checkpoints.
    assert_eq!(errors(&world, &attestations), []);
    let shorter = world.assemble(&chained(&attestations), &[1]);
    assert_eq!(since(&world, &shorter), Some("since-larger"));
    let mut root = world.root.clone();
    attestations.push(root.sign(scratch::enroll("wil:35", "root", "provinsi", "Jawa Timur", None)));
    let as_long = world.assemble(&chained(&attestations), &[1]);
    assert_eq!(since(&world, &as_long), Some("since-inconsistent"));
}

#[test]
fn the_tail_is_cut_off_and_an_earlier_checkpoint_does_not_show_it() {
    let world = World::new();
    for size in 1..world.attestations.len() {
        let cut = world.assemble(&chained(&world.attestations[..size]), &[1]);
        assert!(world.verify(&cut).unwrap().is_ok());
        assert_eq!(since(&world, &cut), Some("since-larger"), "{size}");
    }
    assert_eq!(since(&world, &world.log()), None);
}

#[test]
fn entries_are_swapped() {
    let world = World::new();
    for first in 0..world.attestations.len() - 1 {
        let mut attestations = world.attestations.clone();
        attestations.swap(first, first + 1);
        let log = world.assemble(&chained(&attestations), &[1]);
        assert_eq!(since(&world, &log), Some("since-inconsistent"), "{first}");
    }
    let mut attestations = world.attestations.clone();
    attestations.swap(WARD_PLEDGE, WARD_CORRECTION);
    let (first, second) = (u64::try_from(WARD_PLEDGE).unwrap(), u64::try_from(WARD_CORRECTION).unwrap());
    assert_eq!(errors(&world, &attestations), [("skipped-seq", Some(first))], "the one at {second} is in its place");
}

#[test]
fn entries_are_dropped_or_moved_without_new_links() {
    let world = World::new();
    let honest = chained(&world.attestations);
    for dropped in 1..honest.len() - 1 {
        let mut entries = honest.clone();
        entries.remove(dropped);
        let verification = world.verify(&world.assemble(&entries, &[1])).unwrap();
        let link = u64::try_from(dropped).unwrap();
        let found = |name| verification.findings.iter().any(|it| it.rule.name() == name && it.entry == Some(link));
        assert!(found("chain-link"), "{dropped}: {:#?}", verification.findings);
        assert!(!verification.is_ok());
    }
}

#[test]
fn an_attestation_is_forged_by_the_log() {
    let world = World::new();
    let thief = SigningKey::from_bytes(&[66; 32]);
    let mut forger = world.city.clone();
    forger.key = thief;
    let forged = forger.draft(Statement::Pledge(pledge("nanti", world.text, 80)));
    let mut attestations = world.attestations.clone();
    attestations.push(forged);
    assert_eq!(errors(&world, &attestations), [("bad-signature", Some(14))]);

    // An honest attestation, altered: its id is another, its successor's `prev` and its own signature tell.
    let mut attestations = world.attestations.clone();
    let at = attestations[CITY_PLEDGE].len() - 64 - 2;
    attestations[CITY_PLEDGE][at] ^= 1;
    let errors = errors(&world, &attestations);
    assert!(!errors.is_empty() && errors[0].1 == Some(8), "{errors:?}");
}

#[test]
fn an_attestation_counts_twice_in_one_log() {
    let world = World::new();
    let mut attestations = world.attestations.clone();
    attestations.push(attestations[CITY_PLEDGE].clone());
    assert_eq!(errors(&world, &attestations), [("stale-seq", Some(14))]);
    // Of an epoch that has ended it is not even in place.
    attestations.push(attestations[WARD_PLEDGE].clone());
    assert_eq!(errors(&world, &attestations), [("stale-seq", Some(14)), ("wrong-epoch", Some(15))]);
}

#[test]
fn statements_of_a_dead_key_or_an_unknown_unit_are_smuggled_in() {
    let world = World::new();
    let mut dead = world.dead.clone();
    let late = dead.draft(Statement::Pledge(pledge("nanti", world.text, 80)));
    let stranger = scratch::Signer::new("wil:99", 40, world.city.epoch);
    let unknown = stranger.draft(Statement::Pledge(pledge("nanti", world.text, 80)));
    dead.epoch = world.ward.epoch;
    let wrong_key = dead.draft(Statement::Pledge(pledge("nanti", world.text, 80)));
    let attestations = [world.attestations.clone(), vec![late, unknown, wrong_key]].concat();
    let expected = [("wrong-epoch", Some(14)), ("unknown-unit", Some(15)), ("bad-signature", Some(16))];
    assert_eq!(errors(&world, &attestations), expected);
}

#[test]
fn a_second_genesis_is_believed() {
    let world = World::new();
    let other = World::of("Uji", 7, scratch::ORIGIN, 9);
    let log = other.log();
    let verification = world.verify(&log).unwrap();
    assert!(!verification.is_ok());
    assert_eq!(verification.findings[0].rule.name(), "wrong-registry");
    assert_eq!(verification.findings[0].entry, Some(0));
    let mut attestations = world.attestations.clone();
    attestations.push(other.attestations[0].clone());
    assert_eq!(errors(&world, &attestations), [("genesis-misplaced", Some(14))]);
}

#[test]
fn the_program_says_nothing_of_a_rewritten_log() {
    let scratch = Scratch::new();
    scratch.write("kept", scratch.world.log().files().remove("checkpoint").unwrap());
    let since = |scratch: &Scratch| scratch.run(&["verify", "log", "--keys", "keys", "--since", "kept"]);
    since(&scratch).expect(0, &["The log verifies"]);

    let mut attestations = scratch.world.attestations.clone();
    attestations.swap(12, 11);
    scratch.world.assemble(&chained(&attestations), &[1, 5]).save(&scratch.path("log"));
    since(&scratch).expect(1, &["since-inconsistent", "THE LOG DOES NOT VERIFY"]);

    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    scratch.world.assemble(&chained(&attestations[..11]), &[1, 5]).save(&scratch.path("log"));
    scratch.verify().expect(0, &["The log verifies"]);
    since(&scratch).expect(1, &["since-larger", "size 14 was signed before, the log is at 11"]);
    let json = scratch.run(&["verify", "log", "--keys", "keys", "--since", "kept", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["ok"], false);
    assert_eq!(json["findings"][0]["rule"], "since-larger");

    scratch.write("kept", "no checkpoint\n");
    let said = ["since-unusable: kept: ", "what --since names is no checkpoint of it", "kept from before"];
    let answer = since(&scratch).expect(1, &said);
    assert!(!answer.out.contains("DOES NOT VERIFY"), "the log is not at fault: {answer:#?}");
    let json = scratch.run(&["verify", "log", "--keys", "keys", "--since", "kept", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.expect(1, &[]).out).unwrap();
    assert_eq!((json["ok"].clone(), json["findings"][0]["rule"].clone()), (false.into(), "since-unusable".into()));
    std::fs::remove_file(scratch.path("kept")).unwrap();
    since(&scratch).expect(3, &["kept cannot be read"]);
}
