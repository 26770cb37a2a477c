//! An auditor who goes on from what he verified before (`verify --resume`, spec §9.5).

mod scratch;

use std::path::PathBuf;

use ikrar_core::field::Code;
use ikrar_core::statement::{Briefing, Count, Coverage, RoundRef, Statement, Topic};
use scratch::{Answer, Scratch, chained, pledge};
use serde_json::{Value, json};

fn resume(scratch: &Scratch) -> Answer {
    scratch.run(&["verify", "log", "--keys", "keys", "--resume"])
}

fn json(scratch: &Scratch, args: &[&str]) -> (Option<i32>, Value) {
    let answer = scratch.run(&[&["verify", "log", "--keys", "keys", "--format", "json"], args].concat());
    (answer.code, serde_json::from_str(&answer.out).unwrap_or_else(|error| panic!("{error}: {answer:#?}")))
}

/// The log with so many of its entries.
fn shortened(scratch: &Scratch, entries: usize) {
    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    let attestations = &scratch.world.attestations[..entries];
    scratch.world.assemble(&chained(attestations), &[1]).save(&scratch.path("log"));
}

/// The one folder below the state folder.
fn state(scratch: &Scratch) -> PathBuf {
    let folders: Vec<_> = std::fs::read_dir(scratch.path("state")).unwrap().map(|it| it.unwrap().path()).collect();
    assert_eq!(folders.len(), 1, "{folders:?}");
    folders[0].clone()
}

#[test]
fn entries_are_read_again_or_the_first_one_read_is_not_named() {
    let scratch = Scratch::new();
    shortened(&scratch, 9);
    let (code, first) = json(&scratch, &["--resume"]);
    assert_eq!((code, &first["resumed"], &first["first_read"]), (Some(0), &Value::Null, &json!(0)));
    let root = first["root"].clone();
    scratch.world.log().save(&scratch.path("log"));
    let (code, second) = json(&scratch, &["--resume"]);
    assert_eq!(code, Some(0));
    assert_eq!(second["resumed"], json!({"size": 9, "root": root}));
    assert_eq!((&second["first_read"], &second["entries"], &second["evidence"]), (&json!(9), &json!(14), &json!([])));
    let (_, mut full) = json(&scratch, &[]);
    for (name, value) in second.as_object().unwrap() {
        if !["resumed", "first_read", "evidence"].contains(&name.as_str()) {
            assert_eq!(full[name].take(), *value, "{name}");
        }
    }
    assert_eq!(full.get("first_read"), None);
    resume(&scratch).expect(0, &["14 entries were verified earlier", "goes on from what was verified earlier"]);
}

#[test]
fn an_old_error_is_forgotten() {
    let scratch = Scratch::new();
    let mut attestations = scratch.world.attestations.clone();
    *attestations[scratch::WARD_PLEDGE].last_mut().unwrap() ^= 1;
    let entries = chained(&attestations);
    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    scratch.world.assemble(&entries[..12], &[1]).save(&scratch.path("log"));
    resume(&scratch).expect(1, &["bad-signature"]);
    scratch.world.assemble(&entries, &[1]).save(&scratch.path("log"));
    let (code, verdict) = json(&scratch, &["--resume"]);
    assert_eq!((code, &verdict["first_read"], &verdict["ok"]), (Some(1), &json!(12), &json!(false)));
    let (_, full) = json(&scratch, &[]);
    assert_eq!(verdict["findings"], full["findings"]);
}

#[test]
fn a_log_that_shrank_or_was_written_anew_is_no_evidence() {
    let scratch = Scratch::new();
    resume(&scratch).expect(0, &[]);
    shortened(&scratch, 9);
    let (code, smaller) = json(&scratch, &["--resume"]);
    assert_eq!((code, &smaller["findings"][0]["rule"]), (Some(1), &json!("since-larger")));
    assert_eq!((&smaller["resumed"], &smaller["first_read"]), (&Value::Null, &json!(0)));
    let kept: Vec<_> = smaller["evidence"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    assert_eq!(kept.len(), 2);
    assert!(std::fs::read_to_string(kept[0]).unwrap().starts_with("example.org/uji\n14\n"));
    assert_eq!(std::fs::read(kept[1]).unwrap(), std::fs::read(scratch.path("log/checkpoint")).unwrap());

    // As long, with another last entry; then longer.
    let mut root = scratch.world.root.clone();
    let mut attestations = scratch.world.attestations[..13].to_vec();
    for (unit, size) in [("wil:35", 14), ("wil:36", 15)] {
        attestations.push(root.sign(scratch::enroll(unit, "root", "provinsi", "Lain", None)));
        std::fs::remove_dir_all(scratch.path("log")).unwrap();
        scratch.world.assemble(&chained(&attestations), &[1]).save(&scratch.path("log"));
        let (code, other) = json(&scratch, &["--resume"]);
        let rules: Vec<_> = other["findings"].as_array().unwrap().iter().map(|it| &it["rule"]).collect();
        assert!(code == Some(1) && rules.contains(&&json!("since-inconsistent")), "{size}: {other:#}");
        assert_eq!(other["evidence"].as_array().unwrap().len(), 2, "{size}");
    }
    // The first checkpoint, the shrunken log's, and the two others: none replaced another.
    let names = std::fs::read_dir(state(&scratch)).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    assert_eq!(names.filter(|name| name.starts_with("checkpoint-")).count(), 4);
    resume(&scratch).expect(1, &["Both are kept, as evidence", "since-inconsistent"]);
    // What was verified first is what counts.
    scratch.copy("log", "forged");
    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    scratch.world.log().save(&scratch.path("log"));
    resume(&scratch).expect(0, &["14 entries were verified earlier"]);
}

#[test]
fn a_damaged_copy_is_taken_for_a_log_that_was_written_anew() {
    let scratch = Scratch::new();
    shortened(&scratch, 9);
    resume(&scratch).expect(0, &[]);
    scratch.world.log().save(&scratch.path("log"));
    let bundle = scratch.path("log/tile/entries/000.p/14");
    let mut bytes = std::fs::read(&bundle).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&bundle, bytes).unwrap();
    let (code, verdict) = json(&scratch, &["--resume"]);
    let rules: Vec<_> = verdict["findings"].as_array().unwrap().iter().map(|it| it["rule"].as_str().unwrap()).collect();
    assert_eq!((code, &verdict["evidence"]), (Some(1), &json!([])));
    assert!(rules.contains(&"root-mismatch") && !rules.iter().any(|rule| rule.starts_with("since-")), "{rules:?}");
    scratch.world.log().save(&scratch.path("log"));
    let (code, verdict) = json(&scratch, &["--resume"]);
    assert_eq!((code, &verdict["first_read"]), (Some(0), &json!(9)), "the state is what it was before the damage");
}

/// Replaces the log by one that has another entry in place of its last, and so many more after it.
fn written_anew(scratch: &Scratch, more: usize) {
    let mut root = scratch.world.root.clone();
    let mut attestations = scratch.world.attestations[..13].to_vec();
    for unit in ["wil:35", "wil:36", "wil:37"].iter().take(1 + more) {
        attestations.push(root.sign(scratch::enroll(unit, "root", "provinsi", "Lain", None)));
    }
    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    scratch.world.assemble(&chained(&attestations), &[1]).save(&scratch.path("log"));
}

#[test]
fn a_log_that_was_written_anew_hides_behind_other_faults() {
    let scratch = Scratch::new();
    resume(&scratch).expect(0, &[]);
    written_anew(&scratch, 1);
    std::fs::write(scratch.path("log/tile/0/000.p/3"), [7; 96]).unwrap();
    let (code, verdict) = json(&scratch, &["--resume"]);
    let rules: Vec<_> = verdict["findings"].as_array().unwrap().iter().map(|it| it["rule"].as_str().unwrap()).collect();
    assert!(code == Some(1) && rules.contains(&"tile-mismatch") && rules.contains(&"since-inconsistent"), "{rules:?}");
    assert_eq!(verdict["evidence"].as_array().unwrap().len(), 2);
}

#[test]
fn forged_bytes_beside_new_entries_are_called_verified() {
    let scratch = Scratch::new();
    shortened(&scratch, 9);
    resume(&scratch).expect(0, &[]);
    scratch.world.log().save(&scratch.path("log"));
    // The bundle of which entry 9 is the first that is new.
    let bundle = scratch.path("log/tile/entries/000.p/14");
    let mut bytes = std::fs::read(&bundle).unwrap();
    bytes[100] ^= 1;
    std::fs::write(&bundle, bytes).unwrap();
    let (code, verdict) = json(&scratch, &["--resume"]);
    assert_eq!((code, &verdict["findings"]), (Some(1), &json(&scratch, &[]).1["findings"]));
}

#[test]
fn a_mistyped_checkpoint_keeps_the_state_back() {
    let scratch = Scratch::new();
    scratch.write("junk", "no checkpoint");
    let (code, verdict) = json(&scratch, &["--resume", "--since", "junk"]);
    assert_eq!((code, &verdict["findings"][0]["rule"]), (Some(1), &json!("since-unusable")));
    assert_eq!(json(&scratch, &["--resume"]).1["first_read"], json!(14));
}

#[test]
fn what_an_interrupted_verification_left_stays() {
    let scratch = Scratch::new();
    resume(&scratch).expect(0, &[]);
    let files = || {
        let files =
            std::fs::read_dir(state(&scratch)).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
        let mut files: Vec<_> = files.collect();
        files.sort();
        files
    };
    let before = files();
    for left in [".tmp-abc", "statements-7"] {
        std::fs::write(state(&scratch).join(left), "half").unwrap();
    }
    resume(&scratch).expect(0, &[]);
    assert_eq!(files(), before);
    // Where no state was ever kept, too.
    std::fs::remove_file(state(&scratch).join("state")).unwrap();
    std::fs::write(state(&scratch).join("statements-7"), "half").unwrap();
    resume(&scratch).expect(0, &[]);
    assert_eq!(files(), before);
}

#[test]
fn damaged_statements_that_nobody_asks_for_are_a_disk_that_is_full() {
    let scratch = Scratch::new();
    resume(&scratch).expect(0, &[]);
    let statements = state(&scratch).join("statements-0");
    let mut bytes = std::fs::read(&statements).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&statements, bytes).unwrap();
    let mut attestations = scratch.world.attestations.clone();
    let mut city = scratch.world.city.clone();
    // The damage is the ward's: nobody looks at it until all are written anew.
    let refused = (0..20).find_map(|held_on| {
        let round = RoundRef { opener: scratch::unit("root"), id: Code::new("contoh").unwrap() };
        let reached = Coverage::Combined(Count { required: 80, signed: 80 });
        let briefing = Briefing { round, held_on, topic: Topic::Rules, reached, material: None };
        attestations.push(city.sign(Statement::Briefing(briefing)));
        scratch.world.assemble(&chained(&attestations), &[1]).save(&scratch.path("log"));
        let answer = resume(&scratch);
        (answer.code != Some(0)).then_some(answer)
    });
    refused
        .expect("they are written anew")
        .expect(3, &["cannot be used", "statements is not what was written there", "Remove the files state"]);
}

#[test]
fn a_damaged_or_foreign_state_is_used() {
    let scratch = Scratch::new();
    resume(&scratch).expect(0, &[]);
    let file = state(&scratch).join("state");
    let sound = std::fs::read(&file).unwrap();
    let cut = sound[..sound.len() / 2].to_vec();
    let mut flipped = sound.clone();
    flipped[sound.len() / 2] ^= 1;
    for bytes in [Vec::new(), cut, flipped, b"ikrar audit state v1\n".to_vec()] {
        std::fs::write(&file, &bytes).unwrap();
        resume(&scratch).expect(3, &["cannot be used", "Remove the files state"]);
        assert_eq!(std::fs::read(&file).unwrap(), bytes, "what is refused is left as it is");
    }
    std::fs::write(&file, &sound).unwrap();
    resume(&scratch).expect(0, &["14 entries"]);
    scratch.verify().expect(0, &["every entry"]);

    let mut other = scratch::World::new();
    other.trust.origin = "example.org/lain".to_owned();
    let theirs = ikrar_log::audit::Whose::Auditor.folder_name(&other.trust);
    let ours = state(&scratch);
    std::fs::rename(&ours, ours.with_file_name(theirs)).unwrap();
    // Its own folder is empty again: all is read.
    assert_eq!(json(&scratch, &["--resume"]).1["first_read"], json!(0));
    let text = std::fs::read_to_string(scratch.path("keys/trust.toml")).unwrap();
    assert!(text.contains("example.org/uji"));
}

#[test]
fn a_state_goes_on_under_another_trust_root() {
    let scratch = Scratch::new();
    resume(&scratch).expect(0, &[]);
    let policy = "quorum none\n";
    scratch.write("keys/policy", policy);
    let answer = resume(&scratch).expect(0, &["read again", "every entry"]);
    assert!(!answer.out.contains("earlier"), "{answer:#?}");
    resume(&scratch).expect(0, &["14 entries were verified earlier"]);
    // Even so, what was verified before must still be there.
    std::fs::remove_file(scratch.path("keys/policy")).unwrap();
    shortened(&scratch, 9);
    resume(&scratch).expect(1, &["since-larger", "Both are kept, as evidence"]);
}

#[test]
fn a_plain_verification_writes_or_reads_a_state() {
    let scratch = Scratch::new();
    scratch.verify().expect(0, &[]);
    assert!(!scratch.path("state").exists());
    resume(&scratch).expect(0, &[]);
    let before = scratch.files("state");
    let answer = scratch.verify().expect(0, &["every entry"]);
    assert!(!answer.out.contains("earlier"));
    assert_eq!(scratch.files("state"), before);
}

#[test]
fn a_state_that_is_in_use_or_in_the_way_is_overrun() {
    let scratch = Scratch::new();
    scratch.write("state", "a file");
    resume(&scratch).expect(3, &["cannot be written"]);
    std::fs::remove_file(scratch.path("state")).unwrap();
    resume(&scratch).expect(0, &[]);
    let lock = std::fs::File::options().write(true).open(state(&scratch).join("lock")).unwrap();
    lock.lock().unwrap();
    resume(&scratch).expect(3, &["in use"]);
    drop(lock);
    // The state's own name is taken.
    std::fs::remove_file(state(&scratch).join("state")).unwrap();
    std::fs::create_dir(state(&scratch).join("state")).unwrap();
    resume(&scratch).expect(3, &["cannot be used"]);
}

#[test]
fn many_rounds_of_statements_come_out_of_the_state_changed() {
    let mut scratch = Scratch::new();
    let mut attestations = scratch.world.attestations.clone();
    // More audits than files of statements are kept; each finds one more second pledge.
    for signed in 0..20 {
        let text = scratch.world.text;
        attestations.push(scratch.world.city.sign(Statement::Pledge(pledge("contoh", text, signed))));
        scratch.world.assemble(&chained(&attestations), &[1]).save(&scratch.path("log"));
        let (code, verdict) = json(&scratch, &["--resume"]);
        assert_eq!((code, &verdict["entries"]), (Some(0), &json!(attestations.len())));
    }
    let (_, resumed) = json(&scratch, &["--resume"]);
    assert_eq!(resumed["findings"], json(&scratch, &[]).1["findings"]);
}

/// A log of more entries than are rather read again than kept, and attestations that go on from it.
fn large() -> (Scratch, Vec<Vec<u8>>) {
    let mut scratch = Scratch::new();
    let text = scratch.world.text;
    let mut more = |count: usize| -> Vec<Vec<u8>> {
        (0..count).map(|_| scratch.world.city.sign(Statement::Pledge(pledge("contoh", text, 7)))).collect()
    };
    let (logged, next) = (more(300), more(4));
    let attestations = [scratch.world.attestations.clone(), logged].concat();
    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    scratch.world.assemble(&chained(&attestations), &[1]).save(&scratch.path("log"));
    for (number, attestation) in next.iter().enumerate() {
        scratch.deliver(&format!("{number}.ikrar"), std::slice::from_ref(attestation));
    }
    (scratch, next)
}

#[test]
fn an_append_reads_all_of_a_large_log_again() {
    let (scratch, _) = large();
    scratch.append("0.ikrar").expect(0, &[]);
    // Nobody who starts from what was kept looks at the first entries.
    let first = scratch.path("log/tile/entries/000");
    let bundle = std::fs::read(&first).unwrap();
    std::fs::remove_file(&first).unwrap();
    scratch.append("1.ikrar").expect(0, &[]);
    let state = scratch.path("state");
    let kept = std::fs::read_dir(&state).unwrap().map(|it| it.unwrap().path());
    let kept = kept.filter(|path| path.is_dir()).collect::<Vec<_>>();
    assert_eq!(kept.len(), 1, "{kept:?}");
    std::fs::rename(&kept[0], scratch.path("aside")).unwrap();
    scratch.append("2.ikrar").expect(1, &["does not verify", "tile/entries/000"]);
    std::fs::write(&first, bundle).unwrap();
    scratch.append("2.ikrar").expect(0, &[]);
    scratch.append("2.ikrar").expect(0, &["already"]);
    // An older state, as from a backup, is as good as a newer one.
    std::fs::remove_dir_all(&kept[0]).unwrap();
    std::fs::rename(scratch.path("aside"), &kept[0]).unwrap();
    scratch.append("3.ikrar").expect(0, &[]);
    scratch.verify().expect(0, &["318"]);
}

#[test]
fn an_append_starts_from_a_damaged_state() {
    let (scratch, _) = large();
    scratch.append("0.ikrar").expect(0, &[]);
    let folder = std::fs::read_dir(scratch.path("state")).unwrap().map(|it| it.unwrap().path()).find(|it| it.is_dir());
    let file = folder.unwrap().join("state");
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, &bytes).unwrap();
    scratch.append("1.ikrar").expect(0, &["All of the log is read"]);
    assert_ne!(std::fs::read(&file).unwrap(), bytes);
    let answer = scratch.append("2.ikrar").expect(0, &[]);
    assert!(!answer.err.contains("is read"), "{answer:#?}");
    scratch.verify().expect(0, &["317"]);
}

#[test]
fn an_append_judges_by_statements_that_it_could_not_read() {
    let (mut scratch, _) = large();
    let province = scratch::enroll("wil:35", "root", "provinsi", "Lain", None);
    let province = scratch.world.root.sign(province);
    scratch.deliver("province.ikrar", &[province]);
    scratch.append("province.ikrar").expect(0, &[]);
    let folder = std::fs::read_dir(scratch.path("state")).unwrap().map(|it| it.unwrap().path()).find(|it| it.is_dir());
    let folder = folder.unwrap();
    let statements = folder.join("statements-0");
    let mut bytes = std::fs::read(&statements).unwrap();
    bytes.iter_mut().for_each(|byte| *byte ^= 1);
    std::fs::write(&statements, bytes).unwrap();
    // A second pledge about the same round: the first one is on the shelf.
    let before = std::fs::read(scratch.path("log/checkpoint")).unwrap();
    scratch.append("0.ikrar").expect(3, &["could not be read", "Remove", "state/append-"]);
    assert_eq!(std::fs::read(scratch.path("log/checkpoint")).unwrap(), before);
    std::fs::remove_dir_all(folder).unwrap();
    scratch.append("0.ikrar").expect(0, &["second-pledge"]);
}
