//! Every kind of statement of a unit, as its verb signs it and the log takes it.

mod scratch;

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::{DocumentHash, TextHash};
use ikrar_core::field::{Code, Persons, Set};
use ikrar_core::statement::{
    Briefing, CaseStatus, Category, CategoryCount, Channel, Correction, Count, Coverage, Duty, Form, Monitoring,
    OpenRound, Pledge, Reason, Referral, Replacement, Risk, RiskFactor, RiskLevel, Role, RoundRef, Sanction,
    SanctionCount, Statement, StatusCount, Topic,
};
use ikrar_log::envelope;
use scratch::{Answer, Scratch};
use sha2::{Digest as _, Sha256};

const ROUND: &str = "semua";

/// A registry with a round that asks for all four kinds, and the city's key, request and material.
fn desk() -> Scratch {
    let mut scratch = Scratch::new();
    let text = scratch.world.text;
    let Statement::OpenRound(round) = scratch::round(ROUND, scratch::LATER, text) else { unreachable!() };
    let all = Set::new([Duty::Pledge, Duty::Briefing, Duty::Monitoring, Duty::Referral]).unwrap();
    let opened = scratch.world.root.sign(Statement::OpenRound(OpenRound { required: all, ..round }));
    scratch.deliver("round.ikrar", &[opened]);
    scratch.append("round.ikrar").expect(0, &["15 entries"]);
    scratch.signer("city.key", &scratch.world.city, 3);
    scratch.write("slides.pdf", "bahan");
    ask(&scratch, "city.request");
    scratch
}

fn ask(scratch: &Scratch, out: &str) -> Answer {
    let ask = ["request", "log", "--unit", scratch::CITY, "--round", ROUND, "--keys", "keys", "--out", out];
    scratch.run(&ask).expect(0, &["Wrote the request", "`ikrar brief`, `ikrar monitor`, `ikrar refer`"])
}

/// Runs a verb on a request; its file is named `out`.
fn answer(scratch: &Scratch, verb: &str, request: &str, out: &str, args: &[&str]) -> Answer {
    let fixed = [verb, request, "--key", "city.key", "--keys", "keys", "--out", out, "--yes"];
    scratch.run(&[&fixed, args].concat())
}

/// What the last attestation of a file says.
fn said(scratch: &Scratch, file: &str, check: impl FnOnce(&Statement<'_>)) {
    let bytes = std::fs::read(scratch.path(file)).unwrap();
    let last = *envelope::decode(&bytes).unwrap().last().unwrap();
    check(&Attestation::decode(last).unwrap().body().statement);
}

/// Appends a file of which every attestation must apply.
fn log(scratch: &Scratch, file: &str) {
    let answer = scratch.append(file).expect(0, &["logged; the log has"]);
    assert!(!answer.out.contains("without effect"), "{answer:#?}");
}

fn round() -> RoundRef<'static> {
    RoundRef { opener: scratch::unit("root"), id: Code::new(ROUND).unwrap() }
}

fn by_category(pns: u32, of: u32) -> Coverage {
    let count = |required, signed| Count { required, signed };
    Coverage::ByCategory { pns: count(of, pns), pppk: count(3, 3), ppnpn: count(0, 0) }
}

fn material() -> DocumentHash {
    DocumentHash(Sha256::digest(b"bahan").into())
}

const BY_CATEGORY: [&str; 6] = ["--pns", "59/80", "--pppk", "3/3", "--ppnpn", "0/0"];

fn pledge_args() -> Vec<&'static str> {
    [&BY_CATEGORY[..], &["--role", "plt", "--form", "pakta", "--accept", "2", "--document", "slides.pdf"]].concat()
}

fn the_pledge(text: TextHash) -> Pledge<'static> {
    Pledge {
        round: round(),
        text,
        accepted: Set::new([2]).unwrap(),
        form: Form::PaktaIntegritas,
        role: Role::Plt,
        coverage: by_category(59, 80),
        document: Some(material()),
    }
}

fn brief_args() -> Vec<&'static str> {
    let event = ["--held-on", "2020-09-01", "--topic", "social-media", "--material", "slides.pdf"];
    [&BY_CATEGORY[..], &event].concat()
}

fn the_briefing() -> Briefing<'static> {
    // 2020-09-01 is day 18,506.
    let (reached, material) = (by_category(59, 80), Some(material()));
    Briefing { round: round(), held_on: 18_506, topic: Topic::SocialMedia, reached, material }
}

const MONITOR: [&str; 12] = [
    "--from",
    "2020-09-01",
    "--to",
    "2020-09-30",
    "--case",
    "B:asn=2,ppnpn=0",
    "--case",
    "a:ppnpn=4, asn=3",
    "--risk",
    "F3=high",
    "--risk",
    "F1=low",
];

fn the_monitoring() -> Monitoring<'static> {
    let row = |category, asn, ppnpn| CategoryCount { category, asn, ppnpn };
    let cases =
        [row(Category::A, Persons::new(3), Persons::new(4)), row(Category::B, Persons::ONE_OR_TWO, Persons::NONE)];
    let risk = |factor, level| Risk { factor, level };
    let risks = [risk(RiskFactor::Paternalism, RiskLevel::Low), risk(RiskFactor::Ignorance, RiskLevel::High)];
    let (cases, risks) = (Set::new(cases).unwrap(), Set::new(risks).unwrap());
    Monitoring { round: round(), from: 18_506, to: 18_535, cases, risks }
}

const REFER: [&str; 10] = [
    "--channel",
    "appointing-authority",
    "--case",
    "A:reported=3,acted-on=1",
    "--case",
    "A:examined=1-2",
    "--overdue",
    "2",
    "--sanction",
    "pp-94-2021-severe=3",
];

fn the_referral() -> Referral<'static> {
    let row = |status, persons| StatusCount { category: Category::A, status, persons };
    let cases = [
        row(CaseStatus::Reported, Persons::new(3)),
        row(CaseStatus::Examined, Persons::ONE_OR_TWO),
        row(CaseStatus::ActedOn, Persons::ONE_OR_TWO),
    ];
    let sanction = SanctionCount { sanction: Sanction::Pp94Severe, persons: Persons::new(3) };
    Referral {
        round: round(),
        channel: Channel::AppointingAuthority,
        cases: Set::new(cases).unwrap(),
        overdue: Persons::ONE_OR_TWO,
        sanctions: Set::new([sanction]).unwrap(),
    }
}

/// One of each kind is in the log, and a request that shows them.
fn spoken() -> Scratch {
    let scratch = desk();
    let verbs =
        [("pledge", pledge_args()), ("brief", brief_args()), ("monitor", MONITOR.to_vec()), ("refer", REFER.to_vec())];
    for (verb, args) in verbs {
        answer(&scratch, verb, "city.request", &format!("{verb}.ikrar"), &args).expect(0, &["igned one attestation"]);
    }
    log(&scratch, "refer.ikrar");
    ask(&scratch, "again.request");
    scratch
}

#[test]
fn a_statement_is_signed_otherwise_than_said_or_not_applied() {
    let scratch = desk();
    let text = scratch.world.text;
    let shown = answer(&scratch, "pledge", "city.request", "p", &pledge_args());
    shown.expect(0, &["- pledge (`ikrar pledge`): not yet in the log", "2. Jujur.", "59 of 80", "Plt"]);
    said(&scratch, "p", |said| assert_eq!(*said, Statement::Pledge(the_pledge(text))));
    let shown = answer(&scratch, "brief", "city.request", "b", &brief_args());
    shown.expect(0, &["- pledge (`ikrar pledge`): signed here, and not yet in the log", "1 September 2020"]);
    said(&scratch, "b", |said| assert_eq!(*said, Statement::Briefing(the_briefing())));
    let shown = answer(&scratch, "monitor", "city.request", "m", &MONITOR);
    shown.expect(0, &["1–2 ASN", "signed as “1–2”", "F3: not knowing the rules: high"]);
    said(&scratch, "m", |said| assert_eq!(*said, Statement::Monitoring(the_monitoring())));
    answer(&scratch, "monitor", "city.request", "nil", &["--from", "2020-10-01", "--to", "2020-10-01", "--nil"])
        .expect(0, &["nil: no cases", "Signed one attestation; 3 signed before and not seen logged go along"]);
    said(&scratch, "nil", |said| match said {
        Statement::Monitoring(nil) => assert!(nil.cases.is_empty() && nil.risks.is_empty() && nil.from == nil.to),
        other => panic!("{other:?}"),
    });
    answer(&scratch, "refer", "city.request", "r", &REFER).expect(0, &["acted on: 1–2", "signed as “1–2”"]);
    said(&scratch, "r", |said| assert_eq!(*said, Statement::Referral(the_referral())));
    log(&scratch, "r");
    scratch.verify().expect(0, &["The log verifies", "Tree size               20"]);
    let report = scratch.report(ROUND);
    let units = report["units"].as_array().unwrap();
    let city = units.iter().find(|unit| unit["unit"] == scratch::CITY).unwrap();
    assert_eq!((city["content"].as_str(), city["entry"].as_u64()), (Some("partial"), Some(15)), "{city:#}");
    ask(&scratch, "again.request");
    answer(&scratch, "refer", "again.request", "n", &["--channel", "bkn", "--nil"])
        .expect(0, &["- monitoring (`ikrar monitor`): in the log, entry 18", "BKN"]);
    log(&scratch, "n");
}

#[test]
fn a_wrong_value_is_signed() {
    let scratch = desk();
    let head = || std::fs::read(scratch.path("city.key.head")).unwrap();
    let before = head();
    let period = ["--from", "2020-09-01", "--to", "2020-09-30"];
    let monitor = |more: &[&'static str]| ("monitor", [&period, more].concat());
    let refer = |more: &[&'static str]| ("refer", [&["--channel", "bkn"], more].concat());
    let brief = |more: &[&'static str]| ("brief", [&["--combined", "1/1"], more].concat());
    let cases: Vec<((&str, Vec<&str>), &str)> = vec![
        (monitor(&[]), "--nil where there were none"),
        (monitor(&["--nil", "--case", "A:asn=3,ppnpn=0"]), "Not both"),
        (monitor(&["--case", "O:asn=3,ppnpn=0"]), "a category from A to N"),
        (monitor(&["--case", "A:asn=3"]), "both counts"),
        (monitor(&["--case", "A:asn=3,asn=4"]), "both counts"),
        (monitor(&["--case", "A:asn=3,ppnpn=-1"]), "A:asn=3,ppnpn=-1"),
        (monitor(&["--case", "A:asn=3,ppnpn=99999999999"]), "A:asn=3,ppnpn=99999999999"),
        (monitor(&["--case", "A:asn=0,ppnpn=0"]), "counts nobody"),
        (monitor(&["--case", "A:asn=3,ppnpn=0", "--case", "A:asn=4,ppnpn=0"]), "Name each once"),
        (monitor(&["--nil", "--risk", "F5=low"]), "Factors: F1, F2, F3, F4. Levels: low, medium, high"),
        (monitor(&["--nil", "--risk", "F1=none"]), "Levels: low, medium, high"),
        (monitor(&["--nil", "--risk", "F1=low", "--risk", "F1=high"]), "Name each once"),
        (("monitor", vec!["--nil", "--to", "2020-09-30"]), "Say --from"),
        (("monitor", vec!["--nil", "--from", "2020-09-30"]), "Say --to"),
        (("monitor", vec!["--nil", "--from", "2020-09-30", "--to", "2020-09-01"]), "comes after the last"),
        (("monitor", vec!["--nil", "--from", "30-09-2020", "--to", "2020-09-01"]), "\"30-09-2020\" is not a day"),
        (("monitor", vec!["--nil", "--from", "2020-02-30", "--to", "2020-09-01"]), "\"2020-02-30\" is not a day"),
        (("monitor", vec!["--nil", "--from", "1969-12-31", "--to", "2020-09-01"]), "from 1970-01-01 on"),
        (refer(&[]), "--nil where there was nothing"),
        (refer(&["--nil", "--overdue", "3"]), "Not both"),
        (refer(&["--case", "A:lost=3"]), "reported, examined, proven, unproven, acted-on"),
        (refer(&["--case", "A:reported=0"]), "counts nobody"),
        (refer(&["--case", "A:reported=3,reported=4"]), "Name each once"),
        (refer(&["--overdue", "some"]), "--overdue takes a number of persons, not \"some\""),
        (refer(&["--sanction", "pp-1=3"]), "pp-53-2010-medium, pp-53-2010-severe, pp-94-2021-medium"),
        (("refer", vec!["--nil"]), "Say --channel"),
        (("refer", vec!["--nil", "--channel", "dprd"]), "inspectorate"),
        (brief(&["--topic", "rules"]), "Say --held-on"),
        (brief(&["--held-on", "2020-09-01"]), "Say --topic"),
        (brief(&["--held-on", "2020-09-01", "--topic", "netral"]), "social-media"),
        (brief(&["--held-on", "kemarin", "--topic", "rules"]), "\"kemarin\" is not a day"),
        (("brief", vec!["--held-on", "2020-09-01", "--topic", "rules", "--pns", "1/1"]), "--pns, --pppk and --ppnpn"),
        (("brief", vec!["--held-on", "2020-09-01", "--topic", "rules", "--combined", "2/1"]), "\"2/1\" is not"),
        (("pledge", vec!["--combined", "1/1", "--accept", "3"]), "no commitment 3"),
        (("pledge", vec!["--combined", "1/1", "--form", "surat"]), "deklarasi"),
    ];
    for ((verb, args), told) in &cases {
        let answer = answer(&scratch, verb, "city.request", "o", args).expect(2, &[told]);
        assert!(!scratch.path("o").exists(), "{answer:#?}");
        assert_eq!(head().len(), before.len(), "{verb} {args:?} moved the head");
    }
    answer(
        &scratch,
        "brief",
        "city.request",
        "o",
        &["--held-on", "2020-09-01", "--topic", "rules", "--combined", "1/1", "--material", "none"],
    )
    .expect(3, &["none cannot be read"]);
    // The day has not come; it is signed all the same, for clocks are wrong more often than people.
    let future = ["--held-on", "2999-01-01", "--topic", "rules", "--combined", "1/1"];
    answer(&scratch, "brief", "city.request", "o", &future).expect(0, &["lies in the future"]);
}

#[test]
fn a_correction_loses_what_was_not_given_anew() {
    let scratch = spoken();
    let text = scratch.world.text;
    let corrected = |file: &str, reason: Reason, wanted: Replacement<'_>| {
        said(&scratch, file, |said| match said {
            Statement::Correction(Correction { reason: given, replacement, .. }) => {
                assert_eq!((given, replacement.as_ref()), (&reason, Some(&wanted)));
            }
            other => panic!("{other:?}"),
        });
    };
    let correct = |out, args: &[&str]| answer(&scratch, "correct", "again.request", out, args);
    correct("p", &["--reason", "progress", "--pns", "80/80", "--accept", "1,2"])
        .expect(0, &["What stands:", "59 of 80", "80 of 80"]);
    let grown = Pledge { coverage: by_category(80, 80), accepted: Set::new([1, 2]).unwrap(), ..the_pledge(text) };
    corrected("p", Reason::Progress, Replacement::Pledge(grown));
    correct("b", &["--kind", "briefing", "--reason", "error", "--topic", "ethics"]).expect(0, &["code of ethics"]);
    corrected("b", Reason::Error, Replacement::Briefing(Briefing { topic: Topic::Ethics, ..the_briefing() }));
    correct("m", &["--kind", "monitoring", "--reason", "new-information", "--to", "2020-10-31", "--nil"])
        .expect(0, &["nil: no cases"]);
    let nil = Monitoring { to: 18_566, cases: Set::empty(), ..the_monitoring() };
    corrected("m", Reason::NewInformation, Replacement::Monitoring(nil));
    correct("r", &["--kind", "referral", "--reason", "error", "--overdue", "0"]).expect(0, &[]);
    corrected("r", Reason::Error, Replacement::Referral(Referral { overdue: Persons::NONE, ..the_referral() }));
    log(&scratch, "r");

    // A second correction builds on the first, and what is to go is said.
    ask(&scratch, "third.request");
    let correct = |out, args: &[&str]| answer(&scratch, "correct", "third.request", out, args);
    correct("p2", &["--reason", "error", "--clear", "document"]).expect(0, &[]);
    let bare = Pledge {
        coverage: by_category(80, 80),
        accepted: Set::new([1, 2]).unwrap(),
        document: None,
        ..the_pledge(text)
    };
    corrected("p2", Reason::Error, Replacement::Pledge(bare));
    correct("b2", &["--kind", "briefing", "--reason", "error", "--clear", "material", "--combined", "7/7"])
        .expect(0, &[]);
    let reached = Coverage::Combined(Count { required: 7, signed: 7 });
    let bare = Briefing { topic: Topic::Ethics, material: None, reached, ..the_briefing() };
    corrected("b2", Reason::Error, Replacement::Briefing(bare));
    correct("m2", &["--kind", "monitoring", "--reason", "error", "--clear", "risks"]).expect(0, &[]);
    correct("r2", &["--kind", "referral", "--reason", "error", "--nil"]).expect(0, &[]);
    corrected(
        "r2",
        Reason::Error,
        Replacement::Referral(Referral {
            cases: Set::empty(),
            overdue: Persons::NONE,
            sanctions: Set::empty(),
            ..the_referral()
        }),
    );
    log(&scratch, "r2");
    scratch.verify().expect(0, &["The log verifies", "Tree size               27"]);
}

#[test]
fn a_correction_hits_another_statement_than_meant() {
    let scratch = spoken();
    let correct = |request: &str, out: &str, args: &[&str]| answer(&scratch, "correct", request, out, args);
    let refused = |code, args: &[&str], told: &str| {
        correct("again.request", "o", args).expect(code, &[told]);
        assert!(!scratch.path("o").exists(), "{args:?}");
    };
    let unknown = "00".repeat(32);
    refused(5, &["--reason", "error", "--target", &unknown, "--pns", "1/80"], "does not show 0000");
    refused(2, &["--reason", "error", "--target", "zz"], "SHA-256");
    refused(2, &["--reason", "error", "--topic", "ethics"], "--topic is not said in what `ikrar pledge` signs");
    refused(2, &["--kind", "briefing", "--reason", "error", "--nil"], "--nil is not said in what `ikrar brief` signs");
    refused(2, &["--reason", "error", "--clear", "risks"], "--clear is not said in what `ikrar pledge` signs");
    refused(2, &["--reason", "withdrawn", "--withdraw", "--pns", "1/80"], "--withdraw takes all back");
    refused(2, &["--reason", "progress", "--pns", "58/80"], "nothing may shrink");
    refused(2, &["--reason", "progress", "--accept", "1"], "nothing may shrink");
    refused(2, &["--reason", "progress", "--combined", "80/80"], "nothing may shrink");
    refused(2, &["--reason", "progress", "--withdraw"], "nothing may shrink");
    refused(2, &["--kind", "briefing", "--reason", "progress", "--pns", "80/80"], "nothing may shrink");
    refused(5, &["--reason", "error"], "would change nothing");
    refused(2, &["--kind", "report", "--reason", "error"], "monitoring");

    // Two briefings: which one?
    let second: Vec<_> =
        brief_args().into_iter().map(|arg| if arg == "2020-09-01" { "2020-09-02" } else { arg }).collect();
    answer(&scratch, "brief", "again.request", "b", &second).expect(0, &[]);
    let asked = correct("again.request", "o", &["--kind", "briefing", "--reason", "error", "--topic", "other"]);
    let asked = asked.expect(2, &["Choose one of the 2 with --target", "2 September 2020"]);
    let ids = || asked.err.lines().filter_map(|line| line.strip_prefix("--target ")?.strip_suffix(':'));
    assert_eq!(ids().count(), 2, "{asked:#?}");
    let id = ids().nth(1).unwrap();
    correct("again.request", "c", &["--target", id, "--reason", "error", "--topic", "other"])
        .expect(0, &["2 September 2020"]);
    refused(5, &["--target", id, "--reason", "error", "--topic", "rules"], "was corrected already");
    log(&scratch, "c");

    // Withdrawn is withdrawn for good.
    correct("again.request", "w", &["--reason", "withdrawn", "--withdraw"]).expect(0, &["withdrawn for good"]);
    log(&scratch, "w");
    ask(&scratch, "last.request");
    correct("last.request", "o", &["--reason", "error", "--pns", "80/80"]).expect(5, &[]);
    answer(&scratch, "pledge", "last.request", "o", &["--combined", "1/1"]).expect(5, &["withdrawn for good"]);
    assert!(!scratch.path("o").exists());
    scratch.verify().expect(0, &["The log verifies"]);
}

#[test]
fn the_same_is_said_twice_unasked() {
    let scratch = spoken();
    answer(&scratch, "pledge", "again.request", "o", &pledge_args())
        .expect(5, &["in the log already", "ikrar correct"]);
    let same: [(&str, Vec<&str>); 3] =
        [("brief", brief_args()), ("monitor", MONITOR.to_vec()), ("refer", REFER.to_vec())];
    for (verb, args) in &same {
        answer(&scratch, verb, "again.request", "o", args).expect(5, &["in the log already, entry", "--again"]);
        assert!(!scratch.path("o").exists());
        let (again, file) = ([&args[..], &["--again"]].concat(), format!("{verb}-again"));
        answer(&scratch, verb, "again.request", &file, &again).expect(0, &["igned one attestation"]);
        // Unsent, it is the same file that is wanted.
        let lost = format!("{verb}-lost");
        let told = answer(&scratch, verb, "again.request", &lost, args);
        told.expect(0, &["The same was signed before", "not signed anew", "Wrote once more"]);
        assert_eq!(std::fs::read(scratch.path(&file)).unwrap(), std::fs::read(scratch.path(&lost)).unwrap());
    }
    log(&scratch, "refer-lost");
    scratch.append("refer-again").expect(0, &["in the log already"]);
    scratch.verify().expect(0, &["The log verifies"]);
}
