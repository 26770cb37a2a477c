//! Questions to a log: `ikrar explain`, and the options of `ikrar report`.

mod scratch;

use ed25519_dalek::SigningKey;
use ikrar_core::chain::Chain;
use ikrar_core::checkpoint::VerifiedCheckpoint;
use ikrar_core::cosignature::{cosign, write_cosignature};
use ikrar_core::digest::{DocumentHash, Id};
use ikrar_core::entry::{Anchor, Payload};
use ikrar_core::field::{ProofBytes, Set, Text, Time};
use ikrar_core::note::{KeyKind, VerifierKey};
use ikrar_core::statement::{Rekey, Retire, Statement};
use ikrar_log::store::Head;
use scratch::{
    Answer, CITY, CITY_PLEDGE, Scratch, WARD, WARD_CORRECTION, WARD_PLEDGE, World, chained, enroll, foreign_text,
    pledge, unit,
};
use serde_json::{Value, json};

const REPORT: [&str; 6] = ["report", "log", "--keys", "keys", "--round", "contoh"];
const EXPLAIN: [&str; 6] = ["explain", "log", "--keys", "keys", "--round", "contoh"];
const UNITS: [&str; 6] = ["wil:33", CITY, "wil:33.74.01", WARD, "wil:34", "wil:34.71"];

fn ask(scratch: &Scratch, verb: &[&str], more: &[&str]) -> Answer {
    scratch.run(&[verb, more].concat())
}

#[track_caller]
fn json_of(answer: &Answer) -> Value {
    serde_json::from_str(&answer.out).unwrap_or_else(|error| panic!("{error}: {answer:#?}"))
}

#[track_caller]
fn report(scratch: &Scratch, more: &[&str]) -> Value {
    json_of(&ask(scratch, &REPORT, &[more, &["--format", "json"]].concat()).expect(0, &[]))
}

#[track_caller]
fn explain(scratch: &Scratch, unit: &str, more: &[&str]) -> Value {
    let args = [&["--unit", unit, "--format", "json"], more].concat();
    json_of(&ask(scratch, &EXPLAIN, &args).expect(0, &[]))
}

fn ids(report: &Value) -> Vec<&str> {
    report["units"].as_array().unwrap().iter().map(|unit| unit["unit"].as_str().unwrap()).collect()
}

/// What the evidence says of an entry.
#[track_caller]
fn evidence(explanation: &Value, entry: usize) -> &Value {
    let all = explanation["evidence"].as_array().unwrap();
    all.iter().find(|item| item["entry"] == entry).unwrap_or_else(|| panic!("no entry {entry} in {all:#?}"))
}

fn grounds(explanation: &Value, of: &str) -> Vec<(String, Vec<u64>)> {
    let steps = explanation[of].as_array().unwrap().iter();
    let entries = |step: &Value| step["entries"].as_array().unwrap().iter().map(|it| it.as_u64().unwrap()).collect();
    steps.map(|step| (step["ground"].as_str().unwrap().to_owned(), entries(step))).collect()
}

fn ground(name: &str, entries: &[u64]) -> (String, Vec<u64>) {
    (name.to_owned(), entries.to_vec())
}

/// Retires a unit, by the root.
fn retire(id: &'static str) -> Statement<'static> {
    Statement::Retire(Retire { unit: unit(id), successors: Set::empty(), document: None })
}

/// Declares everything that the ward signed under its first key void.
fn dispute(world: &World) -> Statement<'static> {
    Statement::Rekey(Rekey {
        unit: unit(WARD),
        ends: Some(world.ward.epoch),
        key: None,
        compromised_since: Some(0),
        document: Some(DocumentHash([7; 32])),
    })
}

#[test]
fn an_explanation_gives_another_status_than_the_report() {
    let scratch = Scratch::new();
    let members = "status content timing flags at_due entry logged_at made_at coverage commitments name parent kind";
    for more in [&[][..], &["--at", "2020-08-27"], &["--at", "2020-09-30"], &["--as-of", "9"], &["--as-of", "10"]] {
        let report = report(&scratch, more);
        assert!(!ids(&report).is_empty());
        for unit in UNITS {
            let known = !(more.contains(&"--as-of") && unit.starts_with("wil:34"));
            if !known {
                ask(&scratch, &EXPLAIN, &[&["--unit", unit], more].concat()).expect(2, &["There is no unit wil:34"]);
                continue;
            }
            let explanation = explain(&scratch, unit, more);
            let row = report["units"].as_array().unwrap().iter().find(|row| row["unit"] == unit).unwrap();
            for member in members.split(' ') {
                assert_eq!(explanation[member], row[member], "{member} of {unit} with {more:?}");
            }
            for member in ["registry", "trust", "origin", "tree_size", "root", "round", "opener", "title", "due", "at"]
            {
                assert_eq!(explanation[member], report[member], "{member} with {more:?}");
            }
        }
    }
}

#[test]
fn evidence_leaves_an_entry_out_or_tells_it_wrongly() {
    let scratch = Scratch::new();
    let ward = explain(&scratch, WARD, &[]);
    assert_eq!(ward["schema"], "ikrar.explain/1");
    assert_eq!(ward["status"], "partial");
    let entries: Vec<_> = ward["evidence"].as_array().unwrap().iter().map(|it| it["entry"].as_u64().unwrap()).collect();
    assert_eq!(entries, [1, 5, 6, 9, 10, 11]);
    let first = evidence(&ward, WARD_PLEDGE);
    assert_eq!((&first["statement"], &first["outcome"]), (&json!("Pledge"), &json!("applied")));
    assert_eq!((&first["in_force"], &first["superseded_by"]), (&json!(false), &json!(WARD_CORRECTION)));
    assert_eq!(first["says"]["fields"]["coverage"]["combined"]["signed"], 59);
    assert_eq!(first["signer"], WARD);
    assert_eq!(first["logged_at"], "2020-08-26T00:09:00Z");
    assert_eq!(evidence(&ward, WARD_CORRECTION)["in_force"], true);
    assert_eq!(evidence(&ward, 11)["statement"], "Rekey");
    let expected = [
        ground("first", &[9]),
        ground("standing", &[10]),
        ground("signatures-missing", &[10]),
        ground("by-due", &[9]),
        ground("partial", &[]),
    ];
    assert_eq!(grounds(&ward, "grounds"), expected);
    assert_eq!(grounds(&ward, "grounds_at_due"), expected);
    assert_eq!(ward["owing"], json!({"owes":true,"at_due":true,"reason":"at-opening","opening":6,"entries":[5]}));
    let set_by = json!([{"flag":"forced-rekey","entries":[11]},{"flag":"self-reported","entries":[10]}]);
    assert_eq!(ward["set_by"], set_by);
    let before = explain(&scratch, WARD, &["--as-of", "10"]);
    assert_eq!(evidence(&before, WARD_PLEDGE)["in_force"], true);
    assert_eq!((&before["tree_size"], &before["set_by"][0]["flag"]), (&json!(10), &json!("self-reported")));
}

#[test]
fn what_had_no_effect_or_was_made_void_is_not_told() {
    let mut scratch = Scratch::new();
    let text = scratch.world.text;
    let foreign = ikrar_core::text::pledge_text_hash(&foreign_text());
    let world = &mut scratch.world;
    let void = dispute(world);
    let batch = [
        world.city.sign(Statement::Pledge(pledge("nanti", text, 80))),
        world.city.sign(Statement::Pledge(pledge("nanti", text, 79))),
        world.city.sign(Statement::Pledge(pledge("contoh", foreign, 79))),
        world.ward.sign(Statement::Pledge(pledge("nanti", text, 80))),
        world.city.sign(void),
        world.root.sign(retire("wil:34.71")),
        world.root.sign(enroll("wil:35", "root", "provinsi", "Jawa Timur", None)),
    ];
    scratch.deliver("batch", &batch);
    scratch.append("batch").expect(0, &[]);

    let city = json_of(&ask(
        &scratch,
        &["explain", "log", "--keys", "keys", "--round", "nanti"],
        &["--unit", CITY, "--format", "json"],
    ));
    let second = evidence(&city, 15);
    assert_eq!((&second["outcome"], &second["rule"]), (&json!("no-effect"), &json!("second-pledge")));
    assert!(second["in_force"].is_null());
    assert_eq!(evidence(&city, 14)["in_force"], true);
    let city = explain(&scratch, CITY, &[]);
    assert_eq!(evidence(&city, 16)["rule"], "foreign-text");
    let set_by = json!([{"flag":"foreign-text","entries":[16]},{"flag":"self-reported","entries":[CITY_PLEDGE]}]);
    assert_eq!(city["set_by"], set_by);

    let nanti = ["explain", "log", "--keys", "keys", "--round", "nanti", "--unit", WARD];
    let ward = json_of(&ask(&scratch, &nanti, &["--format", "json"]).expect(0, &[]));
    assert_eq!((&ward["status"], &evidence(&ward, 17)["void_by"]), (&json!("disputed"), &json!(18)));
    assert_eq!(grounds(&ward, "grounds"), [ground("pledge-void", &[17, 18]), ground("disputed", &[17, 18])]);
    let not_due = ask(&scratch, &nanti, &[]);
    assert!(!not_due.out.contains("at due"), "{not_due:#?}");
    not_due.expect(0, &["entry 17 · logged", "void by entry 18", "? disputed, as of"]);
    ask(&scratch, &EXPLAIN, &["--unit", CITY])
        .expect(0, &["✓ complete, as of", "✓ complete, at due, 6 September 2020"]);
    let indonesian = ask(&scratch, &nanti, &["--lang", "id"]).expect(0, &["batal karena entri 18", "? disengketakan"]);
    assert!(!indonesian.out.contains("entry") && !indonesian.out.contains("void"), "{indonesian:#?}");

    // Retired after due: it owes as before, and the retirement is among the evidence.
    let gone = explain(&scratch, "wil:34.71", &[]);
    assert_eq!((&gone["status"], &gone["owing"]["owes"]), (&json!("missing"), &json!(true)));
    assert_eq!(evidence(&gone, 19)["statement"], "Retire");
}

/// The log with a witness policy, and an anchor that was cosigned at `stamp`.
fn anchored(world: &mut World, stamp: u64) -> Vec<Vec<u8>> {
    let key = SigningKey::from_bytes(&[40; 32]);
    let witness = VerifierKey::new("saksi", KeyKind::Cosignature, scratch::public(&key)).unwrap();
    let policy = format!("witness saksi {witness}\nquorum saksi\n");
    let policy = world.root.sign(Statement::PublishPolicy(Text::new(&policy).unwrap()));
    world.attestations.push(policy);
    let mut entries = chained(&world.attestations);
    let mut chain = Chain::new();
    entries.iter().for_each(|entry| chain.push(entry).unwrap());
    let mut note = String::from_utf8(world.checkpoint(Head { size: chain.size(), root: chain.root() })).unwrap();
    let log = VerifierKey::new(scratch::ORIGIN, KeyKind::Ed25519, scratch::public(&world.log_key)).unwrap();
    let mut line = String::new();
    let checkpoint = VerifiedCheckpoint::open(note.as_bytes(), &log).unwrap();
    write_cosignature(&mut line, &witness, &cosign(&checkpoint, stamp, &witness, &key).unwrap()).unwrap();
    note.push_str(&line);
    let anchor = Anchor { note: note.as_bytes(), proof: ProofBytes::default() };
    let (mut payload, mut entry) = (vec![0; 4_096], vec![0; 8_192]);
    let payload = Payload::Anchor(anchor.encode(&mut payload).unwrap());
    entries.push(chain.next_entry(Time::new(stamp).unwrap(), payload, &mut entry).unwrap().to_vec());
    entries
}

#[test]
fn an_anchor_that_bears_on_the_timing_is_not_told() {
    let mut scratch = Scratch::new();
    let entries = anchored(&mut scratch.world, scratch::START + 5_000);
    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    scratch.world.assemble(&entries, &[1]).save(&scratch.path("log"));
    let city = explain(&scratch, CITY, &[]);
    assert_eq!((&city["status"], &city["timing"]), (&json!("complete"), &json!("witnessed")));
    assert!(grounds(&city, "grounds").contains(&ground("witnessed", &[15])));
    let anchor = evidence(&city, 15);
    assert_eq!((&anchor["statement"], &anchor["outcome"]), (&json!("Anchor"), &json!("applied")));
    assert_eq!(anchor["says"], json!({"size": 15, "time": "2020-08-26T01:23:20Z"}));
    assert!(anchor["signer"].is_null() && anchor["made_at"].is_null());
    ask(&scratch, &EXPLAIN, &["--unit", CITY])
        .expect(0, &["in time, by the witnesses' clocks · entry 15", "the first 15 entries existed by 26 August 2020"]);
    // A unit without a pledge has no timing, so the anchor says nothing of it.
    let missing = explain(&scratch, "wil:34", &[]);
    assert!(missing["evidence"].as_array().unwrap().iter().all(|item| item["statement"] != "Anchor"));
}

#[test]
fn a_unit_that_owes_nothing_is_an_error_or_has_a_status() {
    let mut scratch = Scratch::new();
    let batch = [scratch.world.root.sign(enroll("wil:35", "root", "provinsi", "Jawa Timur", None))];
    scratch.deliver("batch", &batch);
    scratch.append("batch").expect(0, &[]);
    for (unit, reason, says) in [
        ("wil:35", "enrolled-after-due", "it was not on the roster by due"),
        ("root", "reserved", "it is no unit of the roster"),
    ] {
        let told = explain(&scratch, unit, &[]);
        assert_eq!((&told["owing"]["owes"], &told["owing"]["reason"]), (&json!(false), &json!(reason)));
        assert!(told["status"].is_null() && told["at_due"].is_null(), "{told:#}");
        ask(&scratch, &EXPLAIN, &["--unit", unit]).expect(0, &["Owes nothing", says]);
    }
    assert!(!ids(&report(&scratch, &[])).contains(&"wil:35"));
}

#[test]
fn a_question_about_what_is_not_there_is_answered() {
    let scratch = Scratch::new();
    ask(&scratch, &EXPLAIN, &["--unit", "wil:99"]).expect(2, &["There is no unit wil:99"]);
    ask(&scratch, &["explain", "log", "--keys", "keys", "--round", "lain", "--unit", CITY], &[])
        .expect(2, &["There is no round \"lain\"", "contoh, nanti"]);
    ask(&scratch, &["explain", "nolog", "--keys", "keys", "--round", "contoh", "--unit", CITY], &[])
        .expect(3, &["nolog is no folder"]);
    ask(&scratch, &["explain", "log", "--round", "contoh", "--unit", CITY], &[]).expect(2, &["trust root"]);
    ask(&scratch, &EXPLAIN, &["--unit", CITY, "--format", "csv"]).expect(2, &["csv"]);
    for size in ["0", "15", "-1", "sepuluh"] {
        let as_of = format!("--as-of={size}");
        ask(&scratch, &EXPLAIN, &["--unit", CITY, &as_of]).expect(2, &[]);
        ask(&scratch, &REPORT, &[&as_of]).expect(2, &[]);
    }
    ask(&scratch, &REPORT, &["--as-of", "15"]).expect(2, &["from 1 to 14"]);
    ask(&scratch, &REPORT, &["--as-of", "3"])
        .expect(2, &["There is no round \"contoh\" in this log, for none was ever opened"]);
    // A bad log stays bad, whatever is asked of it.
    scratch.write("log/tile/0/000.p/5", "short");
    ask(&scratch, &EXPLAIN, &["--unit", CITY]).expect(1, &["tile-malformed", "complete"]);
    ask(&scratch, &EXPLAIN, &["--unit", CITY, "--format", "json"]).expect(1, &["Warning", "ikrar.explain/1"]);
    ask(&scratch, &REPORT, &["--as-of", "9", "--fail-on-missing"]).expect(1, &["tile-malformed"]);
    scratch.write("log/checkpoint", "");
    let answer = ask(&scratch, &EXPLAIN, &["--unit", CITY]).expect(1, &["there is no report"]);
    assert!(!answer.out.contains("Evidence"), "{answer:#?}");
}

#[test]
fn a_report_on_a_prefix_differs_from_that_of_a_log_that_ends_there() {
    let scratch = Scratch::new();
    let entries = chained(&scratch.world.attestations);
    for size in 7..=entries.len() {
        let folder = format!("log-{size}");
        scratch.world.assemble(&entries[..size], &[1, 5]).save(&scratch.path(&folder));
        let shown = size.to_string();
        for round in ["contoh", "nanti"].into_iter().take(if size < 8 { 1 } else { 2 }) {
            for format in ["json", "csv"] {
                for more in [&[][..], &["--at", "2020-08-26"]] {
                    let run = |log: &str, prefix: &[&str]| {
                        let fixed = ["report", log, "--keys", "keys", "--round", round, "--format", format];
                        ask(&scratch, &[&fixed, more].concat(), prefix).expect(0, &[]).out
                    };
                    assert_eq!(run("log", &["--as-of", &shown]), run(&folder, &[]), "{round} at {size}");
                }
            }
        }
    }
    let text = ask(&scratch, &REPORT, &["--as-of", "9"]).expect(0, &["The first 9 of 14 entries, with the root"]);
    assert!(!text.out.contains("Kota Yogyakarta"), "{text:#?}");
    let all = ask(&scratch, &REPORT, &["--as-of", "14"]).expect(0, &[]);
    assert!(!all.out.contains("The first 14"), "{all:#?}");
}

#[test]
fn a_subtree_counts_what_lies_outside() {
    let scratch = Scratch::new();
    let whole = report(&scratch, &[]);
    assert!(["under", "only", "held"].iter().all(|asked| whole.get(asked).is_none()));
    let city = report(&scratch, &["--under", CITY]);
    assert_eq!(ids(&city), [CITY, "wil:33.74.01", WARD]);
    assert_eq!(city["under"], CITY);
    assert_eq!(city["summary"]["owed"], 3);
    assert_eq!(city["summary_at_due"]["owed"], 3);
    assert_eq!((&city["summary"]["missing"], &whole["summary"]["missing"]), (&json!(1), &json!(4)));
    assert_eq!(ids(&report(&scratch, &["--under", "root"])), ids(&whole));
    assert_eq!(ids(&report(&scratch, &["--under", "wil:34.71"])), ["wil:34.71"]);
    ask(&scratch, &REPORT, &["--under", "wil:9"]).expect(2, &["There is no unit wil:9"]);
    let text = ask(&scratch, &REPORT, &["--under", CITY]).expect(0, &["Only wil:33.74 Kota Semarang", "3 units owe"]);
    assert!(!text.out.contains("Jawa Tengah"), "{text:#?}");
    let csv = ask(&scratch, &REPORT, &["--under", CITY, "--format", "csv"]).expect(0, &[]);
    assert_eq!(csv.out.lines().count(), 4);
}

#[test]
fn a_filter_of_statuses_changes_the_counts_or_hides_itself() {
    let scratch = Scratch::new();
    let whole = report(&scratch, &[]);
    let only = report(&scratch, &["--only", "partial,complete,partial"]);
    assert_eq!(ids(&only), [CITY, WARD]);
    assert_eq!(only["only"], json!(["partial", "complete"]));
    for member in ["summary", "summary_at_due"] {
        assert_eq!(only[member], whole[member]);
    }
    let text = ask(&scratch, &REPORT, &["--only", "complete"])
        .expect(0, &["Only these are listed: complete; 5 other units are counted, not listed", "✓ complete (1)"]);
    assert!(!text.out.contains("✗ missing (4)"), "{text:#?}");
    let plain = ask(&scratch, &REPORT, &[]).expect(0, &["✗ missing (4)"]);
    let tree = |answer: &Answer| {
        let from = answer.out.lines().skip_while(|line| !line.starts_with("Whole pledges"));
        from.take_while(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(tree(&plain).len() > 2, "{plain:#?}");
    assert_eq!(tree(&text), tree(&plain), "the coverage is that of all");
    let csv = ask(&scratch, &REPORT, &["--only", "late", "--format", "csv"]).expect(0, &[]);
    assert_eq!(csv.out.lines().count(), 1);
    for wrong in ["belum", "missing,", "", "missing partial"] {
        ask(&scratch, &REPORT, &["--only", wrong]).expect(2, &[]);
    }
}

#[test]
fn missing_units_pass_where_they_must_fail() {
    let mut scratch = Scratch::new();
    let fail = |scratch: &Scratch, more: &[&str]| ask(scratch, &REPORT, &[&["--fail-on-missing"], more].concat());
    fail(&scratch, &[]).expect(4, &["✗ missing (4)"]);
    fail(&scratch, &["--format", "json"]).expect(4, &["ikrar.report/1"]);
    fail(&scratch, &["--only", "complete"]).expect(4, &[]);
    fail(&scratch, &["--under", "wil:34"]).expect(4, &[]);
    // Partial is not missing, and pending is not yet.
    fail(&scratch, &["--under", WARD]).expect(0, &["◐ partial"]);
    fail(&scratch, &["--at", "2020-08-27"]).expect(0, &["… pending"]);
    ask(&scratch, &REPORT, &[]).expect(0, &[]);

    let world = &mut scratch.world;
    let ends = Some(world.ward.epoch);
    let dead =
        Statement::Rekey(Rekey { unit: unit(WARD), ends, key: None, compromised_since: Some(0), document: None });
    let thief = world.ward.sign(Statement::Pledge(pledge("nanti", world.text, 80)));
    let dispute = world.city.sign(dead);
    scratch.deliver("dispute", &[thief, dispute]);
    scratch.append("dispute").expect(0, &[]);
    let nanti = ["report", "log", "--keys", "keys", "--round", "nanti", "--under", WARD];
    ask(&scratch, &nanti, &["--fail-on-missing"]).expect(4, &["? disputed"]);
    ask(&scratch, &nanti, &[]).expect(0, &["? disputed"]);
    scratch.write("log/tile/0/000.p/5", "short");
    fail(&scratch, &[]).expect(1, &["tile-malformed"]);
}

#[test]
fn a_day_or_a_local_time_is_read_in_another_zone() {
    let scratch = Scratch::new();
    for (at, expected) in [
        ("2020-10-01", "2020-10-01T23:59:59Z"),
        ("2020-10-01T06:30", "2020-10-01T06:30:00Z"),
        ("2020-10-01 06:30:05", "2020-10-01T06:30:05Z"),
        ("2020-10-01T06:30:05+07:00", "2020-09-30T23:30:05Z"),
    ] {
        assert_eq!(report(&scratch, &["--at", at])["at"], expected, "{at}");
        assert_eq!(explain(&scratch, CITY, &["--at", at])["at"], expected, "{at}");
    }
    for at in ["kemarin", "01-10-2020", "2020-10-32", "2020-10-01T06", "", "1601510400"] {
        ask(&scratch, &REPORT, &["--at", at]).expect(2, &["is not a time", "2020-12-09T15:00:00+07:00"]);
        ask(&scratch, &EXPLAIN, &["--unit", CITY, "--at", at, "--lang", "id"]).expect(2, &["bukan waktu"]);
    }
    // The example's round is in Western Indonesia Time.
    let top = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let example = |name: &str| top.join(name).to_str().unwrap().to_owned();
    let (log, keys) = (example("examples/kota-semarang/log"), example("keys"));
    let fixed = ["report", &log, "--keys", &keys, "--round", "contoh-2020", "--format", "json", "--at"];
    let told = json_of(&ask(&scratch, &fixed, &["2020-12-08"]).expect(0, &[]));
    assert_eq!(told["at"], "2020-12-08T16:59:59Z");
    // The round is due at the end of that day, at midnight: nobody is missing a second before.
    assert_eq!(told["summary"]["missing"], 0);
    assert!(told["summary"]["pending"].as_u64().unwrap() > 0);
}

/// Outcome, entry and rule of each copy.
fn held(scratch: &Scratch, files: &[&str]) -> Vec<(String, Value, Value)> {
    let report = report(scratch, &[&["--held"], files].concat());
    let last = report["held"].as_array().unwrap();
    let row = |it: &Value| (it["outcome"].as_str().unwrap().to_owned(), it["entry"].clone(), it["rule"].clone());
    last.iter().map(row).collect()
}

fn row(outcome: &str, entry: Option<u64>, rule: Option<&str>) -> (String, Value, Value) {
    (outcome.to_owned(), json!(entry), json!(rule))
}

#[test]
fn a_held_copy_is_told_wrongly() {
    let mut scratch = Scratch::new();
    let log = scratch.world.attestations.clone();
    let text = scratch.world.text;
    let world = &mut scratch.world;
    let next = world.city.sign(Statement::Pledge(pledge("nanti", text, 80)));
    let after = world.city.sign(Statement::Pledge(pledge("nanti", text, 80)));
    let beyond = {
        let mut signer = world.city.clone();
        signer.seq += 1;
        signer.draft(Statement::Pledge(pledge("nanti", text, 1)))
    };
    // What the ward signed under its first key, one more than the log has, and another version of its pledge.
    let late = world.dead.draft(Statement::Pledge(pledge("nanti", text, 80)));
    let fork = {
        let mut signer = world.dead.clone();
        (signer.seq, signer.prev) = (0, signer.epoch);
        signer.draft(Statement::Pledge(pledge("contoh", text, 80)))
    };
    let mut forged = late.clone();
    *forged.last_mut().unwrap() ^= 1;
    let stranger = scratch::Signer::new("wil:99", 77, Id([1; 32])).draft(Statement::Pledge(pledge("nanti", text, 1)));
    let mut altered = next.clone();
    *altered.last_mut().unwrap() ^= 1;

    scratch.deliver("logged", &log[CITY_PLEDGE..=WARD_CORRECTION]);
    assert_eq!(held(&scratch, &["logged"]), [8, 9, 10].map(|entry| row("logged", Some(entry), None)));
    scratch.deliver("queued", &[next.clone(), after.clone(), next.clone()]);
    let queued =
        [row("appendable", None, None), row("appendable", None, Some("second-pledge")), row("duplicate", None, None)];
    assert_eq!(held(&scratch, &["queued"]), queued);
    // Without the one before it, it does not fit.
    scratch.deliver("gap", &[after]);
    assert_eq!(held(&scratch, &["gap"]), [row("refused", None, Some("skipped-seq"))]);
    scratch.deliver("others", &[late, fork, forged, stranger, altered, beyond, b"rubbish".to_vec()]);
    let others = [
        row("epoch-ended", Some(11), Some("wrong-epoch")),
        row("refused", Some(9), Some("stale-seq")),
        row("refused", None, Some("bad-signature")),
        row("refused", None, Some("unknown-unit")),
        row("refused", None, Some("bad-signature")),
        row("refused", None, Some("skipped-seq")),
        row("refused", None, Some("attestation-malformed")),
    ];
    assert_eq!(held(&scratch, &["others"]), others);
    let both = held(&scratch, &["gap", "queued"]);
    assert_eq!(
        both.iter().map(|row| row.0.as_str()).collect::<Vec<_>>(),
        ["appendable", "appendable", "duplicate", "duplicate"]
    );

    let told = report(&scratch, &["--held", "logged", "others"]);
    let first = &told["held"][0];
    assert_eq!((&first["from"], &first["unit"]), (&json!("logged#1"), &json!(CITY)));
    assert_eq!(first["id"].as_str().unwrap().len(), 64);
    assert!(told["held"][9]["id"].is_null() && told["held"][9]["unit"].is_null());
    let text = ask(&scratch, &REPORT, &["--held", "queued", "others"]);
    text.expect(0, &["queued#1: wil:33.74: not logged; the log could take it now", "its key ended at entry 11"]);
    let indonesian = ask(&scratch, &REPORT, &["--held", "others", "--lang", "id"]);
    indonesian.expect(0, &["Ini bukan bukti terhadap operator", "others#1"]);
    // Asking changes nothing: the log takes what it could take before.
    scratch.append("queued").expect(0, &[]);
    assert_eq!(held(&scratch, &["queued"])[1], row("logged", Some(15), Some("second-pledge")));
}

#[test]
fn contradictory_options_or_other_files_are_taken() {
    let scratch = Scratch::new();
    scratch.deliver("held", &scratch.world.attestations[CITY_PLEDGE..=CITY_PLEDGE]);
    ask(&scratch, &REPORT, &["--held", "held", "--format", "csv"]).expect(2, &["Held copies are no part of the table"]);
    ask(&scratch, &REPORT, &["--held", "held", "--as-of", "9"]).expect(2, &["--as-of"]);
    ask(&scratch, &REPORT, &["--held"]).expect(2, &["--held"]);
    let file = std::fs::read(scratch.path("held")).unwrap();
    scratch.write("cut", &file[..file.len() - 1]);
    scratch.write("empty", "");
    for (name, said) in [("cut", "the file ends inside"), ("empty", "empty"), ("log/checkpoint", "checkpoint")] {
        let answer = ask(&scratch, &REPORT, &["--held", "held", name]).expect(2, &["holds no attestations", said]);
        assert!(answer.out.is_empty(), "{answer:#?}");
    }
    ask(&scratch, &REPORT, &["--held", "keys"]).expect(3, &["keys is a folder"]);
    ask(&scratch, &REPORT, &["--held", "nowhere"]).expect(3, &["nowhere cannot be read"]);
    let json = |lang| ask(&scratch, &EXPLAIN, &["--unit", WARD, "--format", "json", "--lang", lang]).expect(0, &[]).out;
    assert_eq!(json("id"), json("en"), "machine output is the same in every language");
}
