//! What `ikrar report` tells of a round beside the statuses: its terms, its sums, what came around the pledges.

mod scratch;

use std::collections::BTreeSet;

use ikrar_core::field::{Code, Persons, Set, Time};
use ikrar_core::statement::{
    Briefing, CaseStatus, Category, CategoryCount, Channel, Correction, Count, Coverage, Duty, Monitoring, OpenRound,
    Reason, Referral, Replacement, Retire, Risk, RiskFactor, RiskLevel, RoundRef, Sanction, SanctionCount, Statement,
    StatusCount, Topic,
};
use ikrar_log::report::CSV_COLUMNS;
use scratch::{CITY, DUE, START, Scratch, WARD, chained, enroll, foreign_text, pledge, rekey, round, unit};
use serde_json::{Value, json};

const SPEC: &str = include_str!("../../docs/spec.md");
/// When the round `kaya` is due: after its last entry by due.
const RICH_DUE: u64 = START + 60 * 32;

fn coverage(pns: u32, pppk: u32, ppnpn: u32) -> Coverage {
    let count = |signed| Count { required: signed, signed };
    Coverage::ByCategory { pns: count(pns), pppk: count(pppk), ppnpn: count(ppnpn) }
}

fn of() -> RoundRef<'static> {
    RoundRef { opener: unit("root"), id: Code::new("kaya").unwrap() }
}

fn monitoring(cases: &[CategoryCount], risks: &[Risk]) -> Monitoring<'static> {
    Monitoring {
        round: of(),
        from: 18_500,
        to: 18_530,
        cases: Set::new(cases.iter().copied()).unwrap(),
        risks: Set::new(risks.iter().copied()).unwrap(),
    }
}

fn briefing(topic: Topic) -> Statement<'static> {
    Statement::Briefing(Briefing { round: of(), held_on: 18_500, topic, reached: coverage(8, 1, 0), material: None })
}

/// The scratch registry with a round in which everything happens that a report sums up.
fn rich() -> Scratch {
    let mut scratch = Scratch::new();
    let world = &mut scratch.world;
    let text = world.text;
    let Statement::OpenRound(plain) = round("kaya", RICH_DUE, text) else { panic!() };
    let bases = ["PP-53-2010", "PP-94-2021", "UU-1-1900"].map(|code| Code::new(code).unwrap());
    let rich = OpenRound {
        expires: Some(Time::new(DUE).unwrap()),
        subtree: unit(CITY),
        required: Set::new([Duty::Pledge]).unwrap(),
        bases: Set::new(bases).unwrap(),
        ..plain
    };
    let case = |category, asn, ppnpn| CategoryCount { category, asn: Persons::new(asn), ppnpn: Persons::new(ppnpn) };
    let risk = |factor, level| Risk { factor, level };
    let log = &mut world.attestations;
    log.push(world.root.sign(Statement::OpenRound(rich))); // 14
    log.push(world.root.sign(Statement::PublishText(foreign_text())));
    let other = ikrar_core::text::pledge_text_hash(&foreign_text());
    log.push(world.ward.sign(Statement::Pledge(pledge("kaya", other, 1)))); // 16, no effect
    let mut whole = pledge("kaya", text, 0);
    whole.coverage = coverage(60, 12, 0);
    log.push(world.city.sign(Statement::Pledge(whole))); // 17
    log.push(world.city.sign(briefing(Topic::Rules)));
    log.push(world.city.sign(briefing(Topic::Rules)));
    log.push(world.city.sign(briefing(Topic::Sanctions))); // 20
    let watched = monitoring(
        &[case(Category::A, 1, 0), case(Category::E, 5, 2)],
        &[risk(RiskFactor::Kinship, RiskLevel::Low), risk(RiskFactor::Ignorance, RiskLevel::High)],
    );
    log.push(world.city.sign(Statement::Monitoring(watched))); // 21
    let later = monitoring(&[case(Category::A, 7, 0)], &[risk(RiskFactor::Kinship, RiskLevel::Medium)]);
    log.push(world.city.sign(Statement::Monitoring(later))); // 22
    log.push(world.ward.sign(Statement::Monitoring(monitoring(&[case(Category::N, 4, 0)], &[])))); // 23
    let nil = Correction {
        target: world.ward.prev,
        reason: Reason::Error,
        replacement: Some(Replacement::Monitoring(monitoring(&[], &[]))),
    };
    log.push(world.ward.sign(Statement::Correction(nil))); // 24
    let referral = Referral {
        round: of(),
        channel: Channel::Bawaslu,
        cases: Set::new([
            StatusCount { category: Category::A, status: CaseStatus::Reported, persons: Persons::ONE_OR_TWO },
            StatusCount { category: Category::A, status: CaseStatus::Proven, persons: Persons::new(5) },
        ])
        .unwrap(),
        overdue: Persons::ONE_OR_TWO,
        sanctions: Set::new([SanctionCount { sanction: Sanction::Pp94Medium, persons: Persons::new(4) }]).unwrap(),
    };
    log.push(world.city.sign(Statement::Referral(referral.clone()))); // 25
    log.push(world.city.sign(Statement::Referral(referral))); // 26
    let ends = world.ward.epoch;
    log.push(world.city.sign(rekey(WARD, Some(ends), 5))); // 27: forced, near due
    log.push(world.city.sign(enroll("wil:33.74.03", CITY, "kecamatan", "Semarang Timur", None))); // 28
    let merged = Retire { unit: unit("wil:33.74.01"), successors: Set::new([unit(WARD)]).unwrap(), document: None };
    log.push(world.city.sign(Statement::Retire(merged))); // 29
    let entries = chained(log);
    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    scratch.world.assemble(&entries, &[1]).save(&scratch.path("log"));
    scratch
}

const ARGS: [&str; 4] = ["report", "log", "--keys", "keys"];
const KAYA: [&str; 2] = ["--round", "kaya"];

#[track_caller]
fn json_of(scratch: &Scratch, round: &str, more: &[&str]) -> Value {
    let answer = scratch.run(&[&ARGS, more, &["--round", round, "--format", "json"]].concat()).expect(0, &[]);
    serde_json::from_str(&answer.out).unwrap()
}

fn row<'a>(report: &'a Value, id: &str) -> &'a Value {
    report["units"].as_array().unwrap().iter().find(|unit| unit["unit"] == id).unwrap()
}

#[test]
fn a_sum_of_the_round_differs_from_what_its_units_said() {
    // A day and a second after due: the second day overdue has begun.
    let at = "2020-08-27T00:32:01Z";
    assert_eq!(jiff::Timestamp::from_second(i64::try_from(RICH_DUE).unwrap() + 86_401).unwrap().to_string(), at);
    let report = json_of(&rich(), "kaya", &["--at", at]);
    assert_eq!(
        report["summary"],
        json!({"owed": 4, "complete": 1, "partial": 0, "late": 0, "missing": 2, "pending": 0, "retired": 1, "disputed": 0})
    );
    assert_eq!((&report["cadence"], &report["stage"]), (&json!("election"), &json!("before")));
    assert_eq!(report["scope"], json!({"subtree": CITY, "kinds": []}));
    assert_eq!(report["required"], json!(["pledge"]));
    let bases: Vec<_> = report["bases"].as_array().unwrap().iter().map(|it| (&it["code"], &it["in_force"])).collect();
    let judged = [("PP-53-2010", "throughout"), ("PP-94-2021", "no"), ("UU-1-1900", "unknown")];
    let judged = judged.map(|(code, in_force)| (json!(code), json!(in_force)));
    assert_eq!(bases, judged.iter().map(|(code, in_force)| (code, in_force)).collect::<Vec<_>>());
    assert_eq!(report["texts"][0]["title"], "Naskah uji");
    assert_eq!(report["texts"][0]["commitments"][1], json!({"number": 2, "text": "Jujur."}));
    let foreign = &report["foreign_texts"][0];
    assert_eq!((&foreign["id"], &foreign["units"], &foreign["pledged"]), (&json!("lain"), &json!(1), &json!(0)));

    assert_eq!(report["coverage"]["pppk"], json!({"required": 12, "signed": 12}));
    assert_eq!((&report["coverage"]["by_category"], &report["coverage"]["ppnpn_none"]), (&json!(1), &json!(1)));
    assert_eq!(report["commitments"][1]["accepted"], 1);
    let briefings = &report["briefings"];
    assert_eq!((&briefings["briefed"], &briefings["pledged_not_briefed"]), (&json!(1), &json!(0)));
    assert_eq!(briefings["reached"]["pns"], json!({"required": 24, "signed": 24}));
    assert_eq!(briefings["topics"], json!([{"topic": "rules", "units": 1}, {"topic": "sanctions", "units": 1}]));
    let monitoring = &report["monitoring"];
    assert_eq!(
        [&monitoring["monitored"], &monitoring["nil"], &monitoring["silent"]],
        [&json!(2), &json!(1), &json!(2)]
    );
    // What was corrected away counts no more: category N.
    assert_eq!(
        monitoring["cases"],
        json!([{"category": "A", "units": 1, "asn": {"min": 8, "max": 9}, "ppnpn": {"min": 0, "max": 0}},
               {"category": "E", "units": 1, "asn": {"min": 5, "max": 5}, "ppnpn": {"min": 1, "max": 2}}])
    );
    let kinship = json!({"factor": "kinship", "code": "F2", "low": 0, "medium": 1, "high": 0});
    let ignorance = json!({"factor": "ignorance", "code": "F3", "low": 0, "medium": 0, "high": 1});
    assert_eq!(monitoring["risks"], json!([kinship, ignorance]));
    let referrals = &report["referrals"];
    assert_eq!(referrals["channels"], json!([{"channel": "bawaslu", "units": 1}]));
    assert_eq!(referrals["cases"][0]["persons"], json!({"min": 2, "max": 4}));
    assert_eq!(referrals["overdue"], json!({"min": 2, "max": 4}));
    let medium = &referrals["sanctions"][0];
    assert_eq!(
        [&medium["regime"], &medium["level"], &medium["in_force"], &medium["persons"]["min"]],
        [&json!("PP-94-2021"), &json!("medium"), &json!("no"), &json!(8)]
    );

    assert_eq!(report["levels"].as_array().unwrap().len(), 2);
    assert_eq!(report["levels"][1]["kinds"], json!(["kecamatan"]));
    let ancestors: Vec<_> =
        report["ancestors"].as_array().unwrap().iter().map(|it| (&it["unit"], &it["owed"])).collect();
    assert_eq!(ancestors, [(&json!("wil:33"), &json!(false)), (&json!(CITY), &json!(true))]);
    assert_eq!(report["ancestors"][1]["summary"], report["summary"]);
    assert_eq!(report["curve"].as_array().unwrap().last().unwrap()["pledged"], 1);
    let changes: Vec<_> = report["roster_changes"].as_array().unwrap().iter().collect();
    let told: Vec<_> = changes.iter().map(|it| [&it["entry"], &it["change"], &it["forced"], &it["near_due"]]).collect();
    let yes = json!(true);
    let no = json!(false);
    assert_eq!(
        told,
        [
            [&json!(27), &json!("rekeyed"), &yes, &yes],
            [&json!(28), &json!("enrolled"), &no, &yes],
            [&json!(29), &json!("retired"), &no, &yes],
        ]
    );
    assert_eq!(changes[2]["successors"], json!([WARD]));

    let ward = row(&report, WARD);
    assert_eq!((&ward["days_overdue"], &ward["changes"]), (&json!(2), &json!([0])));
    assert_eq!(ward["keyed_since"], json!({"entry": 5, "at": "2020-08-26T00:05:00Z"}));
    assert_eq!(ward["ancestors"], json!([CITY, "wil:33"]));
    assert_eq!((&ward["monitorings"][0]["entry"], &ward["monitorings"][0]["nil"]), (&json!(24), &yes));
    let late = row(&report, "wil:33.74.03");
    assert_eq!(
        (&late["keyed_since"], &late["keyed"], &late["flags"]),
        (&Value::Null, &no, &json!(["no-key", "enrolled-late"]))
    );
    let city = row(&report, CITY);
    assert_eq!((&city["days_overdue"], &city["pledge_entry"]), (&Value::Null, &json!(17)));
}

#[test]
fn a_compared_round_differs_from_its_own_report() {
    let scratch = rich();
    let at = ["--at", "2020-10-01T00:00:00Z"];
    for under in [&[][..], &["--under", WARD]] {
        let more = [&at[..], under].concat();
        let report = json_of(&scratch, "kaya", &[&more[..], &["--compare", "nanti,contoh"]].concat());
        let compared = report["compared"].as_array().unwrap();
        assert_eq!(compared.iter().map(|it| &it["round"]).collect::<Vec<_>>(), ["nanti", "contoh"]);
        for other in compared {
            let own = json_of(&scratch, other["round"].as_str().unwrap(), &more);
            for member in other.as_object().unwrap().keys() {
                assert_eq!(own[member], other[member], "{member}");
            }
        }
        assert!(json_of(&scratch, "kaya", &more).get("compared").is_none());
    }
    let args = [&ARGS[..], &KAYA].concat();
    let text = scratch.run(&[&args[..], &["--compare", "contoh"]].concat()).expect(0, &["Other rounds", "contoh"]);
    assert!(text.out.contains("Foreign text: Naskah uji"), "{text:#?}");
    assert!(text.out.contains("! Legal basis PP-94-2021"), "{text:#?}");
    scratch.run(&[&args[..], &["--compare", "tiada"]].concat()).expect(2, &["tiada"]);
}

#[test]
fn a_table_does_not_open_in_a_spreadsheet_of_indonesian_locale() {
    let scratch = rich();
    let csv = [&ARGS[..], &KAYA, &["--format", "csv"]].concat();
    let plain = scratch.run(&csv).expect(0, &[]).out;
    for (delimiter, byte) in [(";", b';'), ("tab", b'\t'), ("|", b'|'), (",", b',')] {
        let out = scratch.run(&[&csv[..], &["--csv-delimiter", delimiter, "--csv-bom"]].concat()).expect(0, &[]).out;
        let out = out.strip_prefix('\u{feff}').unwrap();
        let mut rows = csv::ReaderBuilder::new().delimiter(byte).from_reader(out.as_bytes());
        assert_eq!(rows.headers().unwrap().iter().collect::<Vec<_>>(), CSV_COLUMNS);
        let mut same = csv::Reader::from_reader(plain.as_bytes());
        assert!(rows.records().map(Result::unwrap).eq(same.records().map(Result::unwrap)), "{delimiter}");
    }
    for refused in ["", ";;", "a", "\"", "=", "é"] {
        scratch.run(&[&csv[..], &["--csv-delimiter", refused]].concat()).expect(2, &["--csv-delimiter"]);
    }
    for more in [&["--csv-bom"][..], &["--csv-delimiter", ";"]] {
        let args = [&ARGS[..], &KAYA, &["--format", "json"], more].concat();
        scratch.run(&args).expect(2, &["--format csv"]);
    }
}

/// The text of a section of the spec.
fn section(number: &str) -> &'static str {
    let (_, rest) = SPEC.split_once(&format!("### {number} ")).unwrap();
    rest.split_once("\n### ").unwrap().0
}

fn members<'a>(value: &'a Value, all: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(name, value)| {
            all.insert(name);
            members(value, all);
        }),
        Value::Array(items) => items.iter().for_each(|item| members(item, all)),
        _ => {}
    }
}

#[test]
fn a_member_or_a_column_of_the_report_is_not_in_the_spec() {
    let report = json_of(&rich(), "kaya", &["--compare", "contoh"]);
    let mut all = BTreeSet::new();
    members(&report, &mut all);
    assert!(all.len() > 100, "{}", all.len());
    let spec = section("12.1");
    for member in all {
        assert!(spec.contains(&format!("\"{member}\":")), "{member}");
    }
    let (_, columns) = spec.split_once("with these columns:\n\n").unwrap();
    let columns = columns.split_once("\n\n").unwrap().0.trim_end_matches('.');
    let columns: Vec<_> = columns.split(',').map(|column| column.trim().trim_matches('`')).collect();
    assert_eq!(columns, CSV_COLUMNS);
}

#[test]
fn what_was_logged_after_due_is_told_of_as_if_it_had_been_in_time() {
    let mut scratch = Scratch::new();
    let due = START + 60 * 20;
    let world = &mut scratch.world;
    let opened = world.root.sign(round("dini", due, world.text));
    world.attestations.push(opened);
    for child in ["k:0", "k:1", "k:2", "k:3", "k:4", "k:5", "k:6", "k:7"] {
        world.attestations.push(world.city.sign(enroll(child, CITY, "kelurahan", "Anak", None)));
    }
    let before = world.attestations.len();
    let late = world.city.sign(Statement::Pledge(pledge("dini", world.text, 80)));
    world.attestations.push(late);
    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    scratch.world.assemble(&chained(&scratch.world.attestations), &[1]).save(&scratch.path("log"));
    let at = ikrar_log::report::rfc3339(Time::new(due).unwrap());
    let report = |more: &[&str]| {
        let args = ["report", "log", "--keys", "keys", "--round", "dini", "--at", &at];
        scratch.run(&[&args[..], more].concat()).expect(0, &[]).out
    };
    let at_due = |more: &[&str]| {
        let report: Value = serde_json::from_str(&report(&[&["--format", "json"], more].concat())).unwrap();
        report["summary_at_due"].clone()
    };
    let (before, size) = (before.to_string(), before + 1);
    assert_eq!(at_due(&[]), at_due(&["--as-of", &before]));
    // Entry 20 was logged at the due second.
    let told = format!("Entry 21 was logged after this time; it and what follows, {} entries, are counted.", size - 21);
    assert!(report(&[]).contains(&format!("{told} --as-of 21 leaves them out.")), "{}", report(&[]));
    assert!(report(&["--as-of", "22"]).contains("Entry 21 was logged after this time; it is counted."));
    assert!(!report(&["--as-of", "15"]).contains("logged after this time"));
    // Before the round's opening there is no prefix that has a report of it.
    let early = ikrar_log::report::rfc3339(Time::new(START).unwrap());
    let args = ["report", "log", "--keys", "keys", "--round", "dini", "--at", &early];
    let told = scratch.run(&args).expect(0, &["was logged after this time; it and what follows"]).out;
    assert!(!told.contains("--as-of"), "{told}");
    // On the page: how long after the report's time the last entry came, and the late pledge under any --only.
    let page = report(&["--format", "html"]);
    assert!(page.contains("after the time of this report"), "{page}");
    let page = report(&["--format", "html", "--only", "missing"]);
    let late = page.split_once("id=\"late\"").unwrap().1.split_once("</section>").unwrap().0;
    assert!(late.contains("1 unit pledged, and it was logged after the due second") && late.contains(CITY), "{late}");
    let lapsed = report(&["--lang", "id"]);
    assert!(!lapsed.contains("kedaluwarsa sejak"), "{lapsed}");
}

#[test]
fn lapsed_pledges_or_a_later_regime_are_told_of_as_if_they_were_in_force() {
    let scratch = rich();
    let at = ikrar_log::report::rfc3339(Time::new(DUE + 1).unwrap());
    let report = |at: &str, more: &[&str]| {
        let args = ["report", "log", "--keys", "keys", "--round", "kaya", "--at", at];
        scratch.run(&[&args[..], more].concat()).expect(0, &[]).out
    };
    assert!(report(&at, &["--lang", "id"]).contains("kedaluwarsa sejak"));
    let page = report(&at, &["--format", "html"]);
    assert!(page.contains("All pledges of this round lapsed at"));
    // Nor is a sanction of a regime that began the year after.
    assert!(page.contains("PP-94-2021: NOT IN FORCE"));
    let in_force = ikrar_log::report::rfc3339(Time::new(DUE).unwrap());
    assert!(!report(&in_force, &[]).contains("lapsed at"));
    // Whoever lists the whole pledges alone is not told that nobody is missing.
    let page = report(&at, &["--only", "complete", "--format", "html"]);
    assert!(!page.contains(">0 units have no pledge that counts"), "the list is about all units");
}

#[test]
fn a_thiefs_pledge_to_another_text_is_held_against_the_unit() {
    use ikrar_core::statement::Rekey;
    let mut scratch = Scratch::new();
    let world = &mut scratch.world;
    let published = world.root.sign(Statement::PublishText(foreign_text()));
    let other = ikrar_core::text::pledge_text_hash(&foreign_text());
    let theirs = world.ward.sign(Statement::Pledge(pledge("nanti", other, 80)));
    let Statement::Rekey(plain) = rekey(WARD, Some(world.ward.epoch), 5) else { panic!() };
    let forced = world.city.sign(Statement::Rekey(Rekey { compromised_since: Some(0), ..plain }));
    let log = |scratch: &Scratch, more: &[&Vec<u8>]| {
        let attestations = scratch.world.attestations.iter().chain(more.iter().copied()).cloned().collect::<Vec<_>>();
        std::fs::remove_dir_all(scratch.path("log")).unwrap();
        scratch.world.assemble(&chained(&attestations), &[1]).save(&scratch.path("log"));
        let report = scratch.report("nanti");
        let ward = report["units"].as_array().unwrap().iter().find(|row| row["unit"] == WARD).unwrap().clone();
        (ward["flags"].clone(), report["foreign_texts"].as_array().map_or(0, Vec::len))
    };
    let (flags, texts) = log(&scratch, &[&published, &theirs]);
    assert!(flags.as_array().unwrap().contains(&json!("foreign-text")) && texts == 1, "{flags} {texts}");
    let (flags, texts) = log(&scratch, &[&published, &theirs, &forced]);
    assert!(!flags.as_array().unwrap().contains(&json!("foreign-text")) && texts == 0, "{flags} {texts}");
}
