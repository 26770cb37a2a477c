//! What `append` lets in, refuses, and says.

mod scratch;

use ed25519_dalek::SigningKey;
use ikrar_core::digest::{Id, TextHash};
use ikrar_core::field::Text;
use ikrar_core::statement::Statement;
use ikrar_core::text::pledge_text_hash;
use scratch::{Answer, CITY_PLEDGE, Scratch, Signer, WARD_PLEDGE, foreign_text, pledge, seal};

fn later(scratch: &Scratch) -> Statement<'static> {
    Statement::Pledge(pledge("nanti", scratch.world.text, 80))
}

/// Refused with this rule, and the log is as it was to the byte.
#[track_caller]
fn assert_refused(scratch: &Scratch, attestation: Vec<u8>, rule: &str) {
    scratch.deliver("refused.ikrar", &[attestation]);
    let before = scratch.files("log");
    let answer = scratch.append("refused.ikrar");
    answer.expect(5, &[&format!("refused.ikrar#1: REFUSED ({rule})"), "0 attestations logged"]);
    assert!(scratch.files("log") == before, "{rule}: the log was changed");
}

#[test]
fn an_attestation_that_no_key_in_force_signed_is_logged() {
    let scratch = Scratch::new();
    let pledge = later(&scratch);
    let stranger = Signer::new("wil:99", 40, scratch.world.city.epoch);
    assert_refused(&scratch, stranger.draft(pledge.clone()), "unknown-unit");
    let keyless = Signer::new("wil:33", 40, scratch.world.city.epoch);
    assert_refused(&scratch, keyless.draft(pledge.clone()), "no-key");
    assert_refused(&scratch, scratch.world.dead.draft(pledge.clone()), "wrong-epoch");
    let mut other_epoch = scratch.world.city.clone();
    other_epoch.epoch = Id([1; 32]);
    assert_refused(&scratch, other_epoch.draft(pledge.clone()), "wrong-epoch");
    let mut other_key = scratch.world.city.clone();
    other_key.key = SigningKey::from_bytes(&[40; 32]);
    assert_refused(&scratch, other_key.draft(pledge.clone()), "bad-signature");
    let mut signed = scratch.world.city.draft(pledge);
    let last = signed.len() - 1;
    for at in [last, last - 31, last - 32, last - 63] {
        signed[at] ^= 1;
        assert_refused(&scratch, signed.clone(), "bad-signature");
        signed[at] ^= 1;
    }
    scratch.deliver("good.ikrar", &[signed]);
    scratch.append("good.ikrar").expect(0, &["One attestation logged; the log has 15 entries."]);
}

#[test]
fn an_attestation_out_of_its_place_is_logged() {
    let scratch = Scratch::new();
    let at = |change: fn(&mut Signer)| {
        let mut signer = scratch.world.city.clone();
        change(&mut signer);
        signer.draft(later(&scratch))
    };
    assert_refused(&scratch, at(|city| city.seq -= 1), "stale-seq");
    assert_refused(&scratch, at(|city| city.seq = 0), "stale-seq");
    assert_refused(&scratch, at(|city| city.seq += 1), "skipped-seq");
    assert_refused(&scratch, at(|city| city.seq = u64::MAX), "skipped-seq");
    assert_refused(&scratch, at(|city| city.prev = city.epoch), "wrong-prev");
    assert_refused(&scratch, at(|city| city.prev = Id([0; 32])), "wrong-prev");
    assert_refused(&scratch, scratch.world.ward.clone().draft_after_nothing(later(&scratch)), "wrong-prev");
    let genesis = scratch::World::of("Uji", 7, scratch::ORIGIN, 9).attestations.remove(0);
    assert_refused(&scratch, genesis, "genesis-misplaced");
}

impl Signer {
    /// At sequence number 0, but not after its epoch.
    fn draft_after_nothing(mut self, statement: Statement<'_>) -> Vec<u8> {
        self.prev = Id([9; 32]);
        self.draft(statement)
    }
}

/// Each of these is signed with the right key: only the strict decoder stands in its way.
#[test]
fn an_attestation_that_is_not_canonical_is_logged() {
    let scratch = Scratch::new();
    let city = &scratch.world.city;
    let body = city.body(later(&scratch));
    let sealed = |body: &[u8]| seal(body, &city.key);
    let malformed = |bytes: Vec<u8>| assert_refused(&scratch, bytes, "attestation-malformed");

    // version ‖ algorithm ‖ length of the unit ‖ unit ‖ epoch ‖ seq ‖ …
    let seq_at = 2 + 1 + city.unit.len() + 32;
    assert_eq!(u64::from(body[seq_at]), city.seq);
    let spliced = |at: usize, taken: usize, put: &[u8]| [&body[..at], put, &body[at + taken..]].concat();
    let seq = body[seq_at];
    malformed(sealed(&spliced(seq_at, 1, &[seq | 0x80, 0])));
    malformed(sealed(&spliced(seq_at, 1, &[seq | 0x80, 0x80, 0])));
    malformed(sealed(&spliced(seq_at, 1, &[0xff; 11])));
    let length = body[2];
    malformed(sealed(&spliced(2, 1, &[length | 0x80, 0])));
    malformed(sealed(&spliced(2, 1, &[0xff, 0xff, 0xff, 0xff, 0x0f])));

    let long = "a".repeat(65);
    malformed(sealed(&spliced(2, 1 + city.unit.len(), &[&[65], long.as_bytes()].concat())));
    malformed(sealed(&spliced(2, 1 + city.unit.len(), &[0])));
    malformed(sealed(&spliced(3, 1, b"W")));
    malformed(sealed(&spliced(3, 1, &[0xff])));

    malformed(sealed(&[&body[..], &[0]].concat()));
    malformed(sealed(&body[..body.len() - 1]));
    malformed([sealed(&body), vec![0]].concat());
    malformed(sealed(&spliced(0, 1, &[2])));
    malformed(sealed(&spliced(1, 1, &[2])));
    let statement_at = seq_at + 1 + 32 + 5;
    assert_eq!(body[statement_at], 10, "the tag of a pledge");
    for tag in [15, 99, 0x7f] {
        malformed(sealed(&spliced(statement_at, 1, &[tag])));
    }
    malformed(vec![1]);
    malformed(vec![0; 16_384]);
    // Sound but for its length: only a published text may be longer than 4,096 bytes.
    let policy = "x".repeat(4_096);
    malformed(scratch.world.root.draft(Statement::PublishPolicy(Text::new(&policy).unwrap())));
    scratch.verify().expect(0, &["The log verifies"]);
}

#[test]
fn the_good_ones_of_a_batch_are_lost_or_a_refused_one_is_not_named() {
    let scratch = Scratch::new();
    let mut city = scratch.world.city.clone();
    let mut ward = scratch.world.ward.clone();
    let good = [city.sign(later(&scratch)), ward.sign(later(&scratch))];
    let stranger = Signer::new("wil:99", 40, city.epoch).draft(later(&scratch));
    let dead = scratch.world.dead.draft(later(&scratch));
    scratch.deliver("mixed.ikrar", &[stranger, good[0].clone(), dead, good[1].clone()]);
    let refused = ["mixed.ikrar#1: REFUSED (unknown-unit)", "mixed.ikrar#3: REFUSED (wrong-epoch)"];

    let before = scratch.files("log");
    let all = scratch.run(&["append", "log", "mixed.ikrar", "--keys", "keys", "--all-or-nothing"]);
    all.expect(5, &[&refused[..], &["Nothing was logged"]].concat());
    assert!(scratch.files("log") == before, "--all-or-nothing changed the log");
    let json = ["append", "log", "mixed.ikrar", "--keys", "keys", "--all-or-nothing", "--format", "json"];
    let json: serde_json::Value = serde_json::from_str(&scratch.run(&json).expect(5, &[]).out).unwrap();
    let outcomes: Vec<_> = json["attestations"].as_array().unwrap().iter().map(|it| it["outcome"].clone()).collect();
    assert_eq!(outcomes, ["refused", "held-back", "refused", "held-back"]);
    assert_eq!(json["tree_size"], 14);

    let answer = scratch.append("mixed.ikrar");
    answer.expect(5, &[&refused[..], &["2 attestations logged; the log has 16 entries."]].concat());
    scratch.verify().expect(0, &["The log verifies"]);
    let report = scratch.report("nanti");
    assert_eq!(report["summary"]["complete"], 2);
}

#[test]
fn a_batch_is_refused_for_the_order_of_its_files() {
    let scratch = Scratch::new();
    let mut city = scratch.world.city.clone();
    let first = city.sign(later(&scratch));
    let second = city.sign(scratch::rekey(scratch::WARD, Some(scratch.world.ward.epoch), 5));
    let ward = Signer::new(scratch::WARD, 5, city.prev).draft(later(&scratch));
    for (name, attestation) in [("1.ikrar", &first), ("2.ikrar", &second), ("3.ikrar", &ward)] {
        scratch.deliver(name, std::slice::from_ref(attestation));
    }
    let answer = scratch.run(&["append", "log", "3.ikrar", "2.ikrar", "1.ikrar", "--keys", "keys"]);
    answer.expect(0, &["3 attestations logged; the log has 17 entries."]);
    scratch.verify().expect(0, &["The log verifies"]);
}

#[test]
fn a_pledge_is_spent_before_the_round_of_its_own_batch() {
    let scratch = Scratch::new();
    let (mut root, mut city) = (scratch.world.root.clone(), scratch.world.city.clone());
    let round = root.sign(scratch::round("baru", scratch::LATER, scratch.world.text));
    let pledge = city.sign(Statement::Pledge(pledge("baru", scratch.world.text, 80)));
    scratch.deliver("batch.ikrar", &[pledge, round]);
    let answer = scratch.append("batch.ikrar").expect(0, &["2 attestations logged; the log has 16 entries."]);
    assert!(!answer.out.contains("without effect"), "{answer:#?}");
    assert_eq!(scratch.report("baru")["summary"]["complete"], 1);
}

#[test]
fn what_has_no_effect_is_hidden_or_changes_the_report() {
    let scratch = Scratch::new();
    let (mut root, mut city, mut ward) =
        (scratch.world.root.clone(), scratch.world.city.clone(), scratch.world.ward.clone());
    let text = scratch.world.text;
    scratch.deliver("first.ikrar", &[city.sign(later(&scratch)), root.sign(Statement::PublishText(foreign_text()))]);
    scratch.append("first.ikrar").expect(0, &["16 entries"]);
    let before = scratch.report("nanti");

    let foreign = pledge_text_hash(&foreign_text());
    let without_effect = [
        (city.sign(Statement::Pledge(pledge("nanti", text, 10))), "second-pledge"),
        (city.sign(Statement::Pledge(pledge("takada", text, 80))), "unknown-round"),
        (ward.sign(Statement::Pledge(pledge("nanti", foreign, 80))), "foreign-text"),
        (ward.sign(Statement::Pledge(pledge("nanti", TextHash([7; 32]), 80))), "foreign-text"),
        (ward.sign(scratch::enroll("wil:34.72", "wil:34", "kota", "Kota", None)), "not-ancestor"),
        (city.sign(scratch::enroll("wil:33.75", "wil:33", "kota", "Kota", None)), "not-ancestor"),
        (root.sign(scratch::enroll("wil:34", "root", "provinsi", "Lagi", None)), "already-enrolled"),
        (root.sign(scratch::enroll("wil:36", "wil:77", "kota", "Kota", None)), "unknown-subject"),
        (city.sign(Statement::PublishText(foreign_text())), "not-root"),
        (root.sign(scratch::round("nanti2", scratch::DUE, text)), "round-too-late"),
        (root.sign(scratch::round("nanti", scratch::LATER, text)), "round-exists"),
    ];
    let attestations: Vec<_> = without_effect.iter().map(|(attestation, _)| attestation.clone()).collect();
    scratch.deliver("idle.ikrar", &attestations);
    let answer = scratch.append("idle.ikrar").expect(0, &["11 attestations logged; the log has 27 entries."]);
    let verdict = scratch.verify().expect(0, &["The log verifies"]);
    for (number, (_, rule)) in (1..).zip(&without_effect) {
        let entry = 15 + number;
        let said = format!("idle.ikrar#{number}: logged as entry {entry}, without effect ({rule})");
        assert!(answer.out.contains(&said), "not said: {said}\n{answer:#?}");
        assert!(verdict.out.contains(&format!("entry {entry}: {rule}:")), "{rule}: {verdict:#?}");
    }

    let mut after = scratch.report("nanti");
    for unit in after["units"].as_array_mut().unwrap() {
        let flags = unit["flags"].as_array_mut().unwrap();
        let foreign = flags.iter().any(|flag| flag == "foreign-text");
        flags.retain(|flag| flag != "foreign-text");
        assert_eq!(foreign, unit["unit"] == scratch::WARD, "{unit}");
    }
    assert_eq!(after["units"], before["units"]);
    assert_eq!(after["summary"], before["summary"]);
}

/// All attestations of the delivery are known: nothing is logged, and that is good.
#[track_caller]
fn assert_known(scratch: &Scratch, answer: Answer, places: &[&str]) {
    let said: Vec<_> = places.iter().map(|place| format!("{place}: is in the log already; nothing to do")).collect();
    answer.expect(0, &said.iter().map(String::as_str).collect::<Vec<_>>());
    scratch.verify().expect(0, &["The log verifies"]);
}

#[test]
fn the_same_attestation_is_logged_twice() {
    let scratch = Scratch::new();
    let mut city = scratch.world.city.clone();
    let (pledge, idle) =
        (city.sign(later(&scratch)), city.sign(Statement::Pledge(pledge("takada", scratch.world.text, 80))));
    scratch.deliver("new.ikrar", &[pledge.clone(), pledge.clone(), idle.clone()]);
    let answer = scratch.run(&["append", "log", "new.ikrar", "new.ikrar", "--keys", "keys"]);
    answer.expect(0, &["new.ikrar#2: is in the log already", "2 attestations logged; the log has 16 entries."]);

    let before = scratch.files("log");
    assert_known(&scratch, scratch.append("new.ikrar"), &["new.ikrar#1", "new.ikrar#2", "new.ikrar#3"]);
    let world = &scratch.world;
    // Of an epoch in force, of one that a rekey ended, the rekey itself, and the genesis.
    let old = [
        world.attestations[CITY_PLEDGE].clone(),
        world.attestations[WARD_PLEDGE].clone(),
        world.attestations[11].clone(),
        world.attestations[0].clone(),
    ];
    scratch.deliver("old.ikrar", &old);
    assert_known(&scratch, scratch.append("old.ikrar"), &["old.ikrar#1", "old.ikrar#2", "old.ikrar#3", "old.ikrar#4"]);
    let all = scratch.run(&["append", "log", "old.ikrar", "--keys", "keys", "--all-or-nothing", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&all.expect(0, &[]).out).unwrap();
    assert_eq!(json["attestations"][1]["outcome"], "duplicate");
    assert!(scratch.files("log") == before, "a duplicate changed the log");
}

#[test]
fn a_duplicate_in_a_batch_hides_a_fork() {
    let scratch = Scratch::new();
    let city = &scratch.world.city;
    let (one, other) =
        (city.draft(later(&scratch)), city.draft(Statement::Pledge(pledge("nanti", scratch.world.text, 79))));
    scratch.deliver("fork.ikrar", &[one.clone(), other, one]);
    scratch.append("fork.ikrar").expect(
        5,
        &[
            "fork.ikrar#2: REFUSED (stale-seq)",
            "fork.ikrar#3: is in the log already",
            "One attestation logged; the log has 15 entries.",
        ],
    );
}

#[test]
fn a_damaged_delivery_is_logged_in_part_or_panics() {
    let mut scratch = Scratch::new();
    let pledge = later(&scratch);
    let first = scratch.world.city.sign(pledge.clone());
    let second = scratch.world.ward.sign(pledge);
    scratch.deliver("whole.ikrar", &[first, second]);
    let whole = std::fs::read(scratch.path("whole.ikrar")).unwrap();
    let before = scratch.files("log");
    let refuse = |what: &str, bytes: &[u8]| {
        scratch.write("damaged.ikrar", bytes);
        let all = ["append", "log", "damaged.ikrar", "--keys", "keys", "--all-or-nothing"];
        let answer = scratch.run(&all);
        assert_eq!(answer.code, Some(5), "{what}: {answer:#?}");
        assert!(scratch.files("log") == before, "{what}");
    };
    for at in (0..whole.len()).step_by(7) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (scratch::mix(u64::try_from(at).unwrap()) % 8);
        refuse(&format!("byte {at}"), &flipped);
    }
    for length in (0..whole.len()).step_by(41) {
        refuse(&format!("cut to {length}"), &whole[..length]);
    }
    refuse("a byte more", &[&whole[..], b"\n"].concat());
    refuse("a length of 4 GB", &[&whole[..], &[0xff; 4]].concat());
    scratch.append("whole.ikrar").expect(0, &["16 entries"]);
}

#[test]
fn a_delivery_on_standard_input_is_not_read() {
    let mut scratch = Scratch::new();
    let pledge = later(&scratch);
    let pledge = scratch.world.city.sign(pledge);
    scratch.deliver("one.ikrar", &[pledge]);
    let mut command = scratch.command(&["append", "log", "-", "--keys", "keys"]);
    command.stdin(std::fs::File::open(scratch.path("one.ikrar")).unwrap());
    Answer::new(command.output().unwrap()).expect(0, &["15 entries"]);
}

/// A rekey that says since when a key was stolen: what it signed from there on does not count.
#[test]
fn a_stolen_keys_pledge_counts() {
    let mut scratch = Scratch::new();
    let mut ward = scratch.world.ward.clone();
    let stolen = ward.sign(later(&scratch));
    scratch.deliver("stolen.ikrar", &[stolen]);
    scratch.append("stolen.ikrar").expect(0, &["15 entries"]);
    assert_eq!(scratch.report("nanti")["summary"]["complete"], 1);
    let rekey = Statement::Rekey(ikrar_core::statement::Rekey {
        unit: scratch::unit(scratch::WARD),
        ends: Some(ward.epoch),
        key: None,
        compromised_since: Some(0),
        document: None,
    });
    let rekey = scratch.world.city.sign(rekey);
    scratch.deliver("rekey.ikrar", &[rekey]);
    scratch.append("rekey.ikrar").expect(0, &["16 entries"]);
    let report = scratch.report("nanti");
    assert_eq!(report["summary"]["complete"], 0);
    assert_eq!(report["summary"]["disputed"], 1, "{report:#}");
    assert_refused(&scratch, ward.draft(later(&scratch)), "no-key");
}
