//! What passes between operator and unit: requests that are not what they seem, queues, dead queues, lost files.

mod scratch;

use std::io::Write as _;
use std::process::{Command, Stdio};

use ikrar_core::attestation::Attestation;
use ikrar_core::field::{Code, Set, Time};
use ikrar_core::statement::{Duty, OpenRound, Retire, Statement};
use ikrar_log::envelope;
use scratch::{Answer, CITY, Scratch, World};

/// The city's key, as it is after what the scratch log holds of it.
fn desk() -> Scratch {
    let scratch = Scratch::new();
    scratch.signer("city.key", &scratch.world.city, 3);
    scratch
}

fn ask(scratch: &Scratch, out: &str) {
    let ask = ["request", "log", "--unit", CITY, "--round", "nanti", "--keys", "keys", "--out", out];
    scratch.run(&ask).expect(0, &["Wrote the request"]);
}

fn answer(scratch: &Scratch, verb: &str, request: &str, out: &str, args: &[&str]) -> Answer {
    let fixed = [verb, request, "--key", "city.key", "--keys", "keys", "--out", out, "--yes"];
    scratch.run(&[&fixed, args].concat())
}

const PLEDGE: [&str; 2] = ["--combined", "80/80"];
const BRIEF: [&str; 6] = ["--combined", "80/80", "--held-on", "2020-09-01", "--topic", "rules"];
const NIL: [&str; 5] = ["--from", "2020-09-01", "--to", "2020-09-30", "--nil"];

fn read(scratch: &Scratch, name: &str) -> Vec<u8> {
    std::fs::read(scratch.path(name)).unwrap()
}

/// The names of the statements in a file, in order.
fn kinds(scratch: &Scratch, file: &str) -> Vec<&'static str> {
    let bytes = read(scratch, file);
    let all = envelope::decode(&bytes).unwrap();
    all.iter().map(|bytes| Attestation::decode(bytes).unwrap().body().statement.name()).collect()
}

/// The root gives the city the same public key again: its epoch ends.
fn rekey(scratch: &mut Scratch, file: &str) {
    let ends = scratch.world.city.epoch;
    let rekey = scratch.world.root.sign(scratch::rekey(CITY, Some(ends), 2));
    scratch.world.city.epoch = Attestation::decode(&rekey).unwrap().id();
    scratch.deliver(file, &[rekey]);
    let logged = scratch.append(file).expect(0, &["logged"]);
    assert!(!logged.out.contains("without effect"), "{logged:#?}");
}

#[test]
fn two_kinds_of_bad_request_are_refused_in_the_same_words() {
    let mut scratch = desk();
    ask(&scratch, "good.request");
    let good = read(&scratch, "good.request");
    // Behind the checkpoint stand the proofs; the last bytes are a proof's, the ones before it an entry's.
    let with = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        bytes
    };
    let other_log = Scratch::with(World::of("Uji", 1, "example.org/lain", 9));
    let other_registry = Scratch::with(World::of("Lain", 7, scratch::ORIGIN, 9));
    let other_key = Scratch::with(World::of("Uji", 1, scratch::ORIGIN, 8));
    for (other, file) in
        [(&other_log, "log.request"), (&other_registry, "registry.request"), (&other_key, "key.request")]
    {
        ask(other, file);
        scratch.write(file, read(other, file));
    }
    scratch.write("proof.request", with(good.len() - 1));
    let line = good.windows(ORIGIN_LINE.len()).position(|part| part == ORIGIN_LINE).unwrap();
    scratch.write("size.request", with(line + ORIGIN_LINE.len()));
    scratch.write("cut.request", &good[..good.len() - 40]);
    scratch.write("empty", "");
    scratch.write("letter", "Kepada Yth.");
    scratch.write("crlf.request", [b"ikrar request v1\r\n", &good[17..]].concat());
    std::fs::create_dir(scratch.path("folder")).unwrap();
    scratch.signer("ward.key", &scratch.world.ward, 11);
    let head = read(&scratch, "city.key.head");
    let cases = [
        ("log.request", 5, "The request is of the log example.org/lain; the trust root pins example.org/uji"),
        ("registry.request", 5, "The request is of another registry"),
        ("key.request", 5, "The pinned key of the log has not signed this request's checkpoint"),
        ("size.request", 5, "The pinned key of the log has not signed this request's checkpoint"),
        ("proof.request", 5, "The request does not prove what it says"),
        ("cut.request", 2, "end"),
        ("empty", 2, "an empty file"),
        ("letter", 2, "an unknown kind of file"),
        ("crlf.request", 2, "line ends"),
        ("log/checkpoint", 2, "a checkpoint"),
        ("keys/log.key", 2, "a private key"),
        ("folder", 3, "folder is a folder"),
        ("absent", 3, "absent cannot be read"),
    ];
    for (file, code, told) in cases {
        for (verb, args) in
            [("pledge", &PLEDGE[..]), ("brief", &BRIEF), ("monitor", &NIL), ("correct", &["--reason", "error"])]
        {
            answer(&scratch, verb, file, "o", args).expect(code, &[told]);
            assert!(!scratch.path("o").exists(), "{verb} {file}");
        }
    }
    assert!(read(&scratch, "city.key.head") == head);
    let other =
        ["pledge", "good.request", "--key", "ward.key", "--keys", "keys", "--combined", "1/1", "--yes", "--out", "o"];
    scratch.run(&other).expect(5, &["The request is for wil:33.74, the key is of wil:33.74.02"]);

    // Older than the head: a rekey came after it.
    rekey(&mut scratch, "rekey.ikrar");
    ask(&scratch, "new.request");
    answer(&scratch, "pledge", "new.request", "o", &PLEDGE).expect(0, &[]);
    answer(&scratch, "brief", "good.request", "p", &BRIEF).expect(5, &["older than this key's head"]);
    assert!(!scratch.path("p").exists());
}

const ORIGIN_LINE: &[u8] = b"example.org/uji\n";

#[test]
fn a_request_without_the_pinned_witnesses_is_signed() {
    let scratch = desk();
    ask(&scratch, "good.request");
    let witness = ed25519_dalek::SigningKey::from_bytes(&[77; 32]);
    scratch.key("witness.key", &witness, "example.org/saksi", ikrar_log::keys::Purpose::Witness);
    let witness = String::from_utf8(read(&scratch, "witness.key.pub")).unwrap();
    scratch.write("keys/policy", format!("witness saksi {}\nquorum saksi\n", witness.trim()));
    let before = read(&scratch, "city.key.head");
    answer(&scratch, "pledge", "good.request", "o", &["--combined", "1/1"]).expect(5, &["witness policy is not met"]);
    assert!(read(&scratch, "city.key.head") == before && !scratch.path("o").exists());
}

#[test]
fn a_request_asks_what_nobody_can_answer() {
    let mut world = World::new();
    let text = world.text;
    let opened = |id: &'static str, change: &dyn Fn(&mut OpenRound<'static>)| {
        let Statement::OpenRound(mut round) = scratch::round(id, scratch::LATER, text) else { unreachable!() };
        change(&mut round);
        Statement::OpenRound(round)
    };
    let time = |seconds| Time::new(seconds).unwrap();
    let lapsed = opened("lewat", &|round| {
        round.due = time(scratch::DUE);
        round.expires = Some(time(scratch::DUE + 1));
        round.required = Set::new([Duty::Pledge, Duty::Referral]).unwrap();
    });
    world.attestations.push(world.root.sign(lapsed));
    let mut scratch = Scratch::with(world);
    scratch.signer("city.key", &scratch.world.city, 3);
    let rounds = [
        opened("sekolah", &|round| round.kinds = Set::new([Code::new("sekolah").unwrap()]).unwrap()),
        opened("yogya", &|round| round.subtree = scratch::unit("wil:34")),
        opened("belum", &|round| round.opens = time(scratch::LATER - 1)),
        Statement::Retire(Retire { unit: scratch::unit(scratch::WARD), successors: Set::empty(), document: None }),
    ];
    let signed: Vec<_> = rounds.into_iter().map(|statement| scratch.world.root.sign(statement)).collect();
    scratch.deliver("rounds.ikrar", &signed);
    scratch.append("rounds.ikrar").expect(0, &["19 entries"]);
    let ask = |unit, round, out| ["request", "log", "--unit", unit, "--round", round, "--keys", "keys", "--out", out];
    for (unit, round, told) in [
        (CITY, "sekolah", "is not asked in the round sekolah: it is for these kinds of unit: sekolah"),
        (CITY, "yogya", "is not asked in the round yogya: it is not in wil:34 or below"),
        ("root", "nanti", "root is not asked in the round nanti"),
        (scratch::WARD, "nanti", "has been retired"),
        ("wil:34.71", "nanti", "has no key in force"),
    ] {
        scratch.run(&ask(unit, round, "o")).expect(5, &[told]);
        assert!(!scratch.path("o").exists(), "{unit} {round}");
    }
    scratch.run(&ask(CITY, "belum", "early.request")).expect(0, &["the round opens at", "has no effect"]);
    answer(&scratch, "pledge", "early.request", "early", &PLEDGE).expect(0, &["the round opens at"]);
    scratch.append("early").expect(0, &["without effect (round-not-open)"]);
    scratch.run(&ask(CITY, "contoh", "late.request")).expect(0, &["was due at", "is late"]);
    scratch.run(&ask(CITY, "lewat", "lapsed.request")).expect(0, &["`ikrar pledge`, `ikrar refer`", "lapsed at"]);
    answer(&scratch, "pledge", "lapsed.request", "lapsed", &PLEDGE).expect(0, &["lapsed at", "`ikrar refer`"]);
    let no_round = ["request", "log", "--unit", CITY, "--keys", "keys", "--out", "bare.request"];
    scratch.run(&no_round).expect(0, &["It is for no round"]);
    answer(&scratch, "brief", "bare.request", "o", &BRIEF).expect(2, &["The request is for no round"]);
}

#[test]
fn a_queue_loses_or_doubles_what_waits_in_it() {
    let scratch = desk();
    ask(&scratch, "one.request");
    answer(&scratch, "pledge", "one.request", "one", &PLEDGE).expect(0, &["Signed one attestation"]);
    answer(&scratch, "brief", "one.request", "two", &BRIEF)
        .expect(0, &["Signed one attestation; 1 signed before and not seen logged goes along"]);
    answer(&scratch, "monitor", "one.request", "three", &NIL)
        .expect(0, &["2 signed before and not seen logged go along"]);
    assert_eq!(kinds(&scratch, "three"), ["Pledge", "Briefing", "Monitoring"]);
    let head = read(&scratch, "city.key.head");
    // Any of them again writes them all, and signs nothing.
    for (verb, args) in [("pledge", &PLEDGE[..]), ("brief", &BRIEF), ("monitor", &NIL)] {
        let again = answer(&scratch, verb, "one.request", &format!("{verb}-again"), args);
        let again = again.expect(0, &["The same was signed before", "Wrote once more 3 attestations"]);
        assert!(!again.err.contains("igned one") && !again.err.contains("Signed 3"), "{again:#?}");
        assert_eq!(read(&scratch, &format!("{verb}-again")), read(&scratch, "three"));
    }
    scratch
        .run(&["resend", "--key", "city.key", "--out", "resent"])
        .expect(0, &["Wrote once more 3 attestations", "1 September 2020"]);
    assert_eq!(read(&scratch, "resent"), read(&scratch, "three"));
    assert!(read(&scratch, "city.key.head") == head);
    scratch.append("two").expect(0, &["16 entries"]);
    scratch.append("three").expect(0, &["in the log already", "17 entries"]);
    scratch.append("resent").expect(0, &["17 entries"]);
    let resend = ["resend", "--key", "city.key", "--from", "log", "--keys", "keys", "--out", "nothing"];
    scratch.run(&resend).expect(0, &["There is nothing to write"]);
    assert!(!scratch.path("nothing").exists());
    scratch.verify().expect(0, &["The log verifies"]);
}

/// A pledge and a briefing wait; the operator gets the pledge alone; then the epoch ends.
fn dead_queue() -> Scratch {
    let mut scratch = desk();
    ask(&scratch, "one.request");
    answer(&scratch, "pledge", "one.request", "pledge", &PLEDGE).expect(0, &[]);
    answer(&scratch, "brief", "one.request", "both", &BRIEF).expect(0, &[]);
    scratch.append("pledge").expect(0, &["15 entries"]);
    rekey(&mut scratch, "rekey.ikrar");
    scratch.append("both").expect(5, &["in the log already", "REFUSED (wrong-epoch)"]);
    ask(&scratch, "two.request");
    scratch
}

#[test]
fn a_dead_queue_is_passed_over_in_silence() {
    // Nobody at a terminal, nothing said: it stays, and is told each time.
    let scratch = dead_queue();
    for out in ["kept", "kept-again"] {
        let kept = answer(&scratch, "monitor", "two.request", out, &NIL);
        let kept = kept.expect(
            0,
            &[
                "One statement was signed under a key epoch that has ended",
                "1 September 2020",
                "Nobody is at a terminal",
                "--stale sign",
            ],
        );
        // The pledge was logged before its epoch ended: it is not offered.
        assert!(!kept.err.contains("K1"), "{kept:#?}");
        assert_eq!(kinds(&scratch, out), ["Monitoring"]);
    }
    let kept = ["resend", "--key", "city.key", "--out", "resent"];
    scratch.run(&kept).expect(0, &["One statement of an ended key epoch is not in this file"]);

    let signed = answer(&scratch, "monitor", "two.request", "signed", &[&NIL[..], &["--stale", "sign"]].concat());
    signed.expect(0, &["Signed one statement anew", "The same was signed before", "Signed one attestation"]);
    assert_eq!(kinds(&scratch, "signed"), ["Monitoring", "Briefing"]);
    scratch.append("signed").expect(0, &["2 attestations logged"]);
    ask(&scratch, "three.request");
    let after = answer(&scratch, "brief", "three.request", "o", &BRIEF).expect(5, &["in the log already, entry"]);
    assert!(!after.err.contains("has ended"), "{after:#?}");
    scratch.verify().expect(0, &["The log verifies"]);
}

#[test]
fn a_dead_queue_is_signed_anew_or_thrown_away_unasked() {
    let scratch = dead_queue();
    // Yes to a statement is no yes to others.
    let sure = answer(&scratch, "monitor", "two.request", "one", &[&NIL[..], &["--stale", "keep"]].concat());
    sure.expect(0, &["It is kept beside the key"]);
    let gone = answer(&scratch, "monitor", "two.request", "two", &[&NIL[..], &["--stale", "discard"]].concat());
    gone.expect(0, &["Discarded one statement"]);
    assert_eq!(kinds(&scratch, "two"), ["Monitoring"]);
    let none = answer(&scratch, "monitor", "two.request", "three", &NIL).expect(0, &[]);
    assert!(!none.err.contains("has ended"), "{none:#?}");
    answer(&scratch, "monitor", "two.request", "four", &[&NIL[..], &["--stale", "perhaps"]].concat())
        .expect(2, &["discard"]);

    // Signed anew, and then no to the statement itself: what is signed is delivered.
    let scratch = dead_queue();
    let no = ["monitor", "two.request", "--key", "city.key", "--keys", "keys", "--out", "no", "--stale", "sign"];
    scratch
        .run(&[&no, &NIL[..]].concat())
        .expect(0, &["The new statement was not signed", "Signed one attestation: no"]);
    assert_eq!(kinds(&scratch, "no"), ["Briefing"]);
}

#[test]
fn what_can_have_no_effect_any_more_is_signed_anew() {
    let mut scratch = desk();
    ask(&scratch, "one.request");
    answer(&scratch, "pledge", "one.request", "lost", &PLEDGE).expect(0, &[]);
    answer(&scratch, "correct", "one.request", "lost2", &["--reason", "error", "--combined", "70/80"]).expect(0, &[]);
    answer(&scratch, "brief", "one.request", "lost3", &BRIEF).expect(0, &[]);
    rekey(&mut scratch, "rekey.ikrar");
    ask(&scratch, "two.request");
    // The stale pledge is kept, and another is logged: from then on the old one is moot, and its correction too.
    let keep = [&PLEDGE[..], &["--stale", "keep"]].concat();
    answer(&scratch, "pledge", "two.request", "pledge", &keep).expect(0, &["3 statements were signed"]);
    scratch.append("pledge").expect(0, &["16 entries"]);
    ask(&scratch, "three.request");
    let signed = answer(&scratch, "monitor", "three.request", "out", &[&NIL[..], &["--stale", "sign"]].concat());
    signed.expect(0, &["2 can have no effect any more", "Signed one statement anew", "Signed 2 attestations"]);
    assert_eq!(kinds(&scratch, "out"), ["Briefing", "Monitoring"]);
    let logged = scratch.append("out").expect(0, &["18 entries"]);
    assert!(!logged.out.contains("without effect"), "{logged:#?}");

    // Where the pledge can still count, pledge and correction are signed anew together, the correction of the new one.
    let mut scratch = desk();
    ask(&scratch, "one.request");
    answer(&scratch, "pledge", "one.request", "lost", &PLEDGE).expect(0, &[]);
    answer(&scratch, "correct", "one.request", "lost2", &["--reason", "error", "--combined", "70/80"]).expect(0, &[]);
    rekey(&mut scratch, "rekey.ikrar");
    ask(&scratch, "two.request");
    let anew = answer(&scratch, "pledge", "two.request", "out", &[&PLEDGE[..], &["--stale", "sign"]].concat());
    anew.expect(0, &["Signed 2 statements anew", "The same was signed before"]);
    assert_eq!(kinds(&scratch, "out"), ["Pledge", "Correction"]);
    let logged = scratch.append("out").expect(0, &["17 entries"]);
    assert!(!logged.out.contains("without effect"), "{logged:#?}");
}

#[test]
fn what_was_logged_two_epochs_ago_is_offered_again() {
    let mut scratch = desk();
    let other = ["request", "log", "--unit", CITY, "--round", "contoh", "--keys", "keys", "--out", "contoh.request"];
    scratch.run(&other).expect(0, &[]);
    ask(&scratch, "one.request");
    answer(&scratch, "brief", "contoh.request", "brief", &BRIEF).expect(0, &[]);
    answer(&scratch, "monitor", "one.request", "lost", &NIL).expect(0, &[]);
    scratch.append("brief").expect(0, &["15 entries"]);
    rekey(&mut scratch, "rekey.ikrar");
    let slept = read(&scratch, "city.key.head");
    ask(&scratch, "two.request");
    answer(&scratch, "refer", "two.request", "refer", &["--channel", "bkn", "--nil"]).expect(0, &[]);
    scratch.append("refer").expect(0, &["17 entries"]);
    rekey(&mut scratch, "again.ikrar");
    // A key that slept through an epoch: the round does not show the briefing, the end of its epoch does.
    scratch.write("city.key.head", slept);
    ask(&scratch, "three.request");
    let told = answer(&scratch, "refer", "three.request", "o", &["--channel", "kasn", "--nil"]);
    let told = told.expect(0, &["One statement was signed under a key epoch that has ended", "monitoring"]);
    assert!(!told.err.contains("briefing"), "{told:#?}");
}

#[test]
fn an_ancestors_dead_queue_is_passed_over_in_silence() {
    let mut scratch = desk();
    scratch.write("units.csv", "unit,parent,kind,name\nwil:33.74.03,wil:33.74,kecamatan,Genuk\n");
    let log = ["--from", "log", "--keys", "keys", "--key", "city.key"];
    let enroll =
        |out: &'static str, more: &[&'static str]| [&["enroll", "units.csv", "--out", out], &log[..], more].concat();
    scratch.run(&enroll("lost", &[])).expect(0, &["Signed one attestation"]);
    rekey(&mut scratch, "rekey.ikrar");
    let resend = |out: &'static str, more: &[&'static str]| [&["resend", "--out", out], &log[..], more].concat();
    scratch
        .run(&resend("kept", &[]))
        .expect(0, &["wil:33.74.03", "Nobody is at a terminal", "There is nothing to write"]);
    scratch.run(&["resend", "--key", "city.key", "--out", "o", "--stale", "sign"]).expect(2, &["--from"]);
    scratch
        .run(&resend("out", &["--stale", "sign"]))
        .expect(0, &["Signed one statement anew", "Signed one attestation: out"]);
    scratch.append("out").expect(0, &["16 entries"]);
    scratch.run(&resend("done", &[])).expect(0, &["There is nothing to write"]);
}

#[test]
fn an_unanswered_question_is_taken_for_a_yes() {
    let scratch = desk();
    ask(&scratch, "one.request");
    let pledge = ["pledge", "one.request", "--key", "city.key", "--keys", "keys", "--combined", "80/80", "--out", "o"];
    let next = |scratch: &Scratch| std::fs::read_to_string(scratch.path("city.key.head")).unwrap();
    let before = next(&scratch);
    for typed in [&b""[..], b"\n", b"n\n", b"yess\n", b"\xff\xfe\n", b"ja"] {
        let mut command = scratch.command(&pledge);
        let mut running = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        running.stdin.take().unwrap().write_all(typed).unwrap();
        let answer = Answer::new(running.wait_with_output().unwrap());
        assert!(matches!(answer.code, Some(3 | 5)), "{answer:#?}");
        assert!(!scratch.path("o").exists() && next(&scratch) == before, "{answer:#?}");
    }
    // Killed at the prompt.
    let mut command = scratch.command(&pledge);
    let mut running = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut shown = Vec::new();
    let mut err = running.stderr.take().unwrap();
    while !String::from_utf8_lossy(&shown).contains("[y/N]") {
        let mut byte = [0];
        std::io::Read::read_exact(&mut err, &mut byte).unwrap();
        shown.extend(byte);
    }
    running.kill().unwrap();
    running.wait().unwrap();
    assert!(!scratch.path("o").exists() && next(&scratch) == before);
    for (typed, out) in [(&b"ya\n"[..], "ya"), (b"Y", "y")] {
        let args: Vec<_> = pledge.iter().map(|arg| if *arg == "o" { out } else { *arg }).collect();
        let mut running = scratch.command(&args).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        running.stdin.take().unwrap().write_all(typed).unwrap();
        Answer::new(running.wait_with_output().unwrap()).expect(0, &[]);
    }
    assert_eq!(read(&scratch, "ya"), read(&scratch, "y"));
}

#[test]
fn a_lost_genesis_costs_a_registry() {
    let scratch = Scratch::new();
    let run = |args: &[&str]| scratch.run(args);
    run(&["keygen", "--unit", "root", "--out", "root.key"]).expect(0, &[]);
    let genesis = |name: &'static str, out: &'static str| {
        ["genesis", "--name", name, "--log-key", "keys/log.key.pub", "--synthetic", "--key", "root.key", "--out", out]
    };
    run(&genesis("Baru", "first")).expect(0, &["Signed the genesis"]);
    let head = read(&scratch, "root.key.head");
    let again = run(&genesis("Baru", "second")).expect(0, &["signed before", "not signed anew"]);
    assert!(!again.err.contains("Signed the genesis"), "{again:#?}");
    assert_eq!(read(&scratch, "first"), read(&scratch, "second"));
    run(&genesis("Lain", "third")).expect(5, &["has signed a genesis of other content"]);
    let bare = genesis("Baru", "third");
    let bare: Vec<_> = bare.iter().filter(|arg| **arg != "--synthetic").copied().collect();
    run(&bare).expect(5, &["has signed a genesis of other content"]);
    assert!(!scratch.path("third").exists() && read(&scratch, "root.key.head") == head);

    // What the root signs before there is a log can be had again too.
    scratch.write("units.csv", "unit,parent,kind,name\nwil:33,,provinsi,Jawa Tengah\n");
    run(&["enroll", "units.csv", "--key", "root.key", "--out", "enrol"]).expect(0, &["Signed one attestation"]);
    run(&["resend", "--key", "root.key", "--out", "resent"])
        .expect(0, &["The genesis is not in this file", "Jawa Tengah"]);
    assert_eq!(read(&scratch, "enrol"), read(&scratch, "resent"));
    run(&genesis("Baru", "fourth")).expect(0, &[]);
    assert_eq!(read(&scratch, "first"), read(&scratch, "fourth"));
    std::fs::create_dir(scratch.path("keys2")).unwrap();
    let start = ["init", "log2", "fourth", "--keys", "keys2", "--key", "keys/log.key"];
    let mut command = scratch.command(&start);
    Answer::new(command.env("IKRAR_STATE", scratch.path("state2")).output().unwrap()).expect(0, &["Started the log"]);
    let append = ["append", "log2", "resent", "--keys", "keys2", "--key", "keys/log.key"];
    let mut command = scratch.command(&append);
    Answer::new(command.env("IKRAR_STATE", scratch.path("state2")).output().unwrap()).expect(0, &["2 entries"]);
}

/// A limit on the size of files stands in for a disk that is full, `/dev/full` for one that fills up after signing.
#[cfg(unix)]
#[test]
fn a_full_disk_loses_what_was_signed() {
    let scratch = desk();
    ask(&scratch, "one.request");
    let program = env!("CARGO_BIN_EXE_ikrar");
    let verb = "pledge one.request --key city.key --keys keys --combined 80/80 --yes --out";
    let shell = |script: String| {
        let mut command = Command::new("sh");
        command.args(["-c", &script]).current_dir(scratch.path("."));
        scratch.surround(&mut command);
        Answer::new(command.output().unwrap())
    };
    let head = read(&scratch, "city.key.head");
    let full = shell(format!("trap '' XFSZ; ulimit -f 0; exec \"{program}\" {verb} o"));
    full.expect(3, &["city.key.head cannot be"]);
    assert!(read(&scratch, "city.key.head") == head && !scratch.path("o").exists());
    if std::path::Path::new("/dev/full").exists() {
        let full = shell(format!("exec \"{program}\" {verb} - > /dev/full"));
        full.expect(3, &["What was signed is not lost", "ikrar resend"]);
        scratch.run(&["resend", "--key", "city.key", "--out", "again"]).expect(0, &["Wrote once more one attestation"]);
    }
    answer(&scratch, "pledge", "one.request", "o", &PLEDGE).expect(0, &["o."]);
    assert_eq!(kinds(&scratch, "o"), ["Pledge"]);
    scratch.append("o").expect(0, &["15 entries"]);
    assert!(scratch.files(".").keys().all(|path| !path.to_string_lossy().contains(".tmp-")), "leftovers stay");
}

#[test]
fn a_name_is_written_that_the_other_system_loses() {
    let scratch = desk();
    scratch.signer("root.key", &scratch.world.root, 0);
    ask(&scratch, "one.request");
    scratch.write("units.csv", "unit,parent,kind,name\nwil:51,,provinsi,Bali\n");
    let before = scratch.files(".");
    let verbs: [&[&str]; 8] = [
        &["keygen", "--unit", "wil:51"],
        &["keygen", "--log", "example.org/lain"],
        &["genesis", "--name", "Uji", "--log-key", "keys/log.key.pub", "--key", "root.key"],
        &["enroll", "units.csv", "--key", "root.key"],
        &["request", "log", "--unit", CITY, "--round", "nanti", "--keys", "keys"],
        &["pledge", "one.request", "--key", "city.key", "--keys", "keys", "--combined", "80/80", "--yes"],
        &["resend", "--key", "city.key"],
        &["report", "log", "--round", "nanti", "--keys", "keys"],
    ];
    let names = [
        ("wil:33.ikrar", "\":\""),
        ("CON", "a device"),
        ("nul", "a device"),
        ("aux.txt", "a device"),
        ("a.", "at the end"),
        ("a ", "at the end"),
        ("a?", "\"?\""),
    ];
    for verb in verbs {
        for (name, told) in names {
            scratch.run(&[verb, &["--out", name]].concat()).expect(2, &[told, "Files travel between systems"]);
        }
    }
    let files = |files: std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>| {
        files.into_iter().filter(|(path, _)| !path.to_string_lossy().ends_with(".lock")).collect::<Vec<_>>()
    };
    assert_eq!(files(scratch.files(".")), files(before));
}
