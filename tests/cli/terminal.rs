//! `ikrar device …` against a terminal in this process: the whole way, wrong devices, copies of flash, and lines that lie.

#[path = "../../crates/journal/tests/flash.rs"]
mod flash;
mod scratch;
mod simulator;

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use ikrar_core::statement::{Correction, Reason, Replacement, Statement};
use scratch::{Answer, CITY, Scratch, Signer, WARD, World};
use simulator::Simulator;

/// The seed of the ward's key in the scratch log.
const WARD_SEED: u8 = 4;
/// Tags of answers (spec §14.2).
const DONE: u8 = 0;
const SIGNED: u8 = 4;
const ENTRY: u8 = 7;
const END: u8 = 8;
const PLEDGE: [&str; 3] = ["--combined", "80/80", "--yes"];

fn device(scratch: &Scratch, device: &Simulator, args: &[&str]) -> Answer {
    scratch.run(&[&["device"], args, &["--device", &device.address]].concat())
}

fn provision(scratch: &Scratch, to: &Simulator, out: &str) -> Answer {
    device(scratch, to, &["provision", "log", "--unit", WARD, "--keys", "keys", "--out", out])
}

fn ask(scratch: &Scratch, out: &str) {
    let ask = ["request", "log", "--unit", WARD, "--round", "nanti", "--keys", "keys", "--out", out];
    scratch.run(&ask).expect(0, &["Wrote the request"]);
}

fn pledge(scratch: &Scratch, by: &Simulator, request: &str, out: &str) -> Answer {
    device(scratch, by, &[&["pledge", request, "--keys", "keys", "--out", out], &PLEDGE[..]].concat())
}

#[test]
fn a_device_cannot_be_taken_from_the_drawer_to_the_report() {
    let scratch = Scratch::new();
    let terminal = Simulator::new(WARD_SEED);
    device(&scratch, &terminal, &["info"]).expect(0, &["new: not provisioned"]);
    provision(&scratch, &terminal, "open.ikrar").expect(0, &["open.ikrar", "root/nanti"]);
    device(&scratch, &terminal, &["info"]).expect(0, &["ready", WARD]);
    scratch.append("open.ikrar").expect(0, &["logged"]);
    ask(&scratch, "unit.request");
    pledge(&scratch, &terminal, "unit.request", "pledge.ikrar").expect(0, &["pledge.ikrar", "Naskah uji"]);
    scratch.append("pledge.ikrar").expect(0, &["logged"]);
    let report = scratch.report("nanti");
    let row = report["units"].as_array().unwrap().iter().find(|row| row["unit"] == WARD).unwrap().clone();
    assert_eq!(row["status"], "complete", "{row}");

    device(&scratch, &terminal, &["export", "--out", "ward.journal", "--acknowledge"]).expect(0, &["2 entries"]);
    scratch.run(&["verify", "ward.journal", "--keys", "keys"]).expect(0, &[WARD]);
    scratch.append("ward.journal").expect(0, &["already"]);
    let prove = ["prove", "log", "--unit", WARD, "--entry", "15", "--keys", "keys", "--out", "ward.receipt"];
    scratch.run(&prove).expect(0, &[]);
    device(&scratch, &terminal, &["check", "ward.receipt"]).expect(0, &[WARD]);
}

fn info(scratch: &Scratch, of: &Simulator) -> serde_json::Value {
    let answer = device(scratch, of, &["info", "--format", "json"]).expect(0, &[]);
    serde_json::from_str(&answer.out).unwrap()
}

/// Provisioned, and its opening logged.
fn ready(scratch: &Scratch) -> Simulator {
    let terminal = Simulator::new(WARD_SEED);
    provision(scratch, &terminal, "open.ikrar").expect(0, &[]);
    scratch.append("open.ikrar").expect(0, &["logged"]);
    terminal
}

fn exists(scratch: &Scratch, file: &str) -> bool {
    scratch.path(file).exists()
}

#[test]
fn a_new_devices_key_does_not_come_into_the_log() {
    let mut scratch = Scratch::new();
    let terminal = Simulator::new(71);
    provision(&scratch, &terminal, "open.ikrar").expect(5, &["another key than this device", "--pub"]);
    device(&scratch, &terminal, &["info", "--pub", "ward.pub"]).expect(2, &["--unit"]);
    device(&scratch, &terminal, &["info", "--unit", WARD, "--pub", "ward.pub"])
        .expect(0, &["ward.pub", "wil:33.74.02+"]);
    scratch.signer("city.key", &scratch.world.city, 3);
    let rekey = ["rekey", "--key", "city.key", "--from", "log", "--keys", "keys", "--unit", WARD];
    let rekey = [&rekey[..], &["--new-key", "ward.pub", "--out", "rekey.ikrar"]].concat();
    scratch.run(&rekey).expect(0, &[]);
    scratch.append("rekey.ikrar").expect(0, &["logged"]);
    provision(&scratch, &terminal, "open.ikrar").expect(0, &[]);
    scratch.append("open.ikrar").expect(0, &["logged"]);
    scratch.world.ward.seq = 0;
}

#[test]
fn a_device_answers_for_another_unit_or_registry() {
    let scratch = Scratch::new();
    let terminal = ready(&scratch);
    let ask = ["request", "log", "--unit", CITY, "--round", "nanti", "--keys", "keys", "--out", "city.request"];
    scratch.run(&ask).expect(0, &[]);
    pledge(&scratch, &terminal, "city.request", "city.ikrar").expect(5, &["is that of wil:33.74.02"]);
    device(&scratch, &terminal, &["info", "--unit", CITY]).expect(5, &["is that of wil:33.74.02"]);
    let wrong = ["provision", "log", "--unit", CITY, "--keys", "keys", "--out", "city.ikrar"];
    device(&scratch, &terminal, &wrong).expect(5, &["another key"]);

    let other = Scratch::with(World::of("Lain", 7, "example.org/lain", 9));
    provision(&other, &terminal, "open.ikrar").expect(5, &["one registry"]);
    self::ask(&other, "unit.request");
    pledge(&other, &terminal, "unit.request", "pledge.ikrar").expect(5, &["one registry"]);
    // Not provisioned at all.
    let fresh = Simulator::new(WARD_SEED);
    self::ask(&scratch, "unit.request");
    pledge(&scratch, &fresh, "unit.request", "pledge.ikrar").expect(5, &["`ikrar device provision` first"]);
    assert!(!exists(&scratch, "pledge.ikrar") && !exists(&scratch, "city.ikrar") && !exists(&other, "open.ikrar"));
}

#[test]
fn a_restored_copy_of_the_flash_signs_a_number_twice() {
    let scratch = Scratch::new();
    let memory = ready(&scratch).off();
    ask(&scratch, "unit.request");
    let terminal = Simulator::with_memory(memory.clone(), WARD_SEED);
    pledge(&scratch, &terminal, "unit.request", "pledge.ikrar").expect(0, &[]);
    scratch.append("pledge.ikrar").expect(0, &["logged"]);
    drop(terminal);
    let restored = Simulator::with_memory(memory, WARD_SEED);
    let before = info(&scratch, &restored);
    ask(&scratch, "later.request");
    pledge(&scratch, &restored, "later.request", "again.ikrar").expect(5, &["restored copy", "Nothing was signed"]);
    // The log would tell it the numbers that it knows of, and not those that were never delivered.
    provision(&scratch, &restored, "again.ikrar").expect(5, &["restored copy"]);
    assert_eq!(info(&scratch, &restored), before);
    provision(&scratch, &Simulator::new(WARD_SEED), "again.ikrar").expect(5, &["restored copy"]);
    assert!(!exists(&scratch, "again.ikrar"));
}

#[test]
fn a_pledge_that_was_not_delivered_is_signed_anew() {
    let scratch = Scratch::new();
    let terminal = Simulator::new(WARD_SEED);
    provision(&scratch, &terminal, "open.ikrar").expect(0, &[]);
    ask(&scratch, "unit.request");
    // Its opening is not in the log either: it goes along.
    pledge(&scratch, &terminal, "unit.request", "first.ikrar").expect(0, &[]);
    let before = info(&scratch, &terminal);
    pledge(&scratch, &terminal, "unit.request", "second.ikrar").expect(0, &["was signed before"]);
    assert_eq!(info(&scratch, &terminal), before);
    let read = |name: &str| std::fs::read(scratch.path(name)).unwrap();
    assert_eq!(read("first.ikrar"), read("second.ikrar"));
    scratch.append("second.ikrar").expect(0, &["logged"]);
    ask(&scratch, "later.request");
    pledge(&scratch, &terminal, "later.request", "third.ikrar").expect(5, &["already"]);
    // Nobody said yes.
    let no = ["pledge", "unit.request", "--keys", "keys", "--out", "no.ikrar", "--combined", "80/80"];
    device(&scratch, &terminal, &no).expect(0, &["was signed before"]);
}

#[test]
fn a_device_signs_without_a_yes() {
    let scratch = Scratch::new();
    let terminal = ready(&scratch);
    ask(&scratch, "unit.request");
    let before = info(&scratch, &terminal);
    let no = ["pledge", "unit.request", "--keys", "keys", "--out", "no.ikrar", "--combined", "80/80"];
    let said = device(&scratch, &terminal, &no);
    let fingerprint = scratch.world.trust.fingerprint_text();
    said.expect(5, &["Naskah uji", "Jujur.", &fingerprint]);
    assert_eq!(info(&scratch, &terminal), before);
}

#[test]
fn a_device_takes_what_is_not_checkable_without_a_word() {
    let mut scratch = Scratch::new();
    let terminal = ready(&scratch);
    let statement = Statement::Pledge(scratch::pledge("nanti", scratch.world.text, 80));
    let good = scratch.world.city.sign(statement.clone());
    let mut bent = good.clone();
    *bent.last_mut().unwrap() ^= 1;
    scratch.deliver("bent.ikrar", &[bent]);
    device(&scratch, &terminal, &["append", "bent.ikrar"]).expect(5, &["refused", CITY]);
    scratch.deliver("good.ikrar", std::slice::from_ref(&good));
    device(&scratch, &terminal, &["append", "good.ikrar"]).expect(0, &["authentic", CITY]);
    // Again; and by a unit that the device does not know.
    device(&scratch, &terminal, &["append", "good.ikrar"]).expect(5, &["refused"]);
    let stranger = Signer::new("wil:34.71", 50, scratch.world.root.epoch).sign(statement);
    scratch.deliver("stranger.ikrar", &[stranger]);
    device(&scratch, &terminal, &["append", "stranger.ikrar"]).expect(3, &["only hashed", "wil:34.71"]);
    device(&scratch, &terminal, &["append", "log/checkpoint"]).expect(2, &["holds no attestations"]);
    device(&scratch, &terminal, &["export", "--out", "ward.journal"]).expect(0, &["3 entries", "1 signature could"]);
    scratch.run(&["verify", "ward.journal", "--keys", "keys"]).expect(3, &["journal-unchecked"]);
}

#[test]
fn a_full_journal_stops_a_device_for_ever() {
    let mut scratch = Scratch::new();
    let terminal = ready(&scratch);
    let (text, city) = (scratch.world.text, &mut scratch.world.city);
    let mut made = vec![city.sign(Statement::Pledge(scratch::pledge("nanti", text, 1)))];
    for signed in 2..70 {
        let more = Correction {
            target: city.prev,
            reason: Reason::Progress,
            replacement: Some(Replacement::Pledge(scratch::pledge("nanti", text, signed))),
        };
        made.push(city.sign(Statement::Correction(more)));
    }
    let (first, rest) = made.split_at(4);
    scratch.deliver("all.ikrar", rest);
    scratch.deliver("first.ikrar", first);
    device(&scratch, &terminal, &["append", "first.ikrar"]).expect(0, &[]);
    let said = device(&scratch, &terminal, &["append", "all.ikrar"]).expect(5, &["--acknowledge"]);
    let taken = said.out.matches("of the journal").count();
    assert!((10..rest.len()).contains(&taken), "{taken}");
    let stdout = ["export", "--out", "-", "--acknowledge"];
    device(&scratch, &terminal, &stdout).expect(2, &["needs a file"]);
    device(&scratch, &terminal, &["export", "--out", "one.journal", "--acknowledge"]).expect(0, &["told"]);
    scratch.deliver("more.ikrar", &rest[taken..taken + 12]);
    device(&scratch, &terminal, &["append", "more.ikrar"]).expect(0, &[]);
    let standing = info(&scratch, &terminal);
    assert!(standing["journal"]["first"].as_u64().unwrap() > 0, "{standing}");
    device(&scratch, &terminal, &["export", "--out", "two.journal"]).expect(0, &[]);
    let last = standing["journal"]["tree_size"].as_u64().unwrap().to_string();
    device(&scratch, &terminal, &["export", "--out", "part.journal", "--from", &last]).expect(0, &["0 entries"]);
    device(&scratch, &terminal, &["export", "--out", "none.journal", "--from", "0"])
        .expect(5, &["There is no entry 0"]);
    for file in ["one.journal", "two.journal", "part.journal"] {
        scratch.run(&["verify", file, "--keys", "keys"]).expect(0, &[]);
    }
    scratch.append("one.journal").expect(0, &["logged"]);
    // The ward's own opening is given up on the device, and logged: a pledge goes on from there.
    ask(&scratch, "unit.request");
    pledge(&scratch, &terminal, "unit.request", "pledge.ikrar").expect(0, &[]);
}

#[test]
fn a_device_cannot_follow_a_log_that_has_grown() {
    let mut scratch = Scratch::new();
    let terminal = ready(&scratch);
    let before = info(&scratch, &terminal);
    let enrolled =
        scratch.world.city.sign(scratch::enroll("wil:33.74.02.1001", WARD, "kelurahan", "Bulu Lor", Some(60)));
    scratch.deliver("enroll.ikrar", &[enrolled]);
    scratch.append("enroll.ikrar").expect(0, &["logged"]);
    provision(&scratch, &terminal, "again.ikrar").expect(0, &[]);
    let after = info(&scratch, &terminal);
    assert!(after["roster"]["units"].as_array().unwrap().contains(&"wil:33.74.02.1001".into()), "{after}");
    assert!(after["roster"]["tree_size"].as_u64() > before["roster"]["tree_size"].as_u64());
    scratch.append("again.ikrar").expect(0, &["logged"]);
    scratch.verify().expect(0, &[]);
    // An older copy of the log.
    let old = Scratch::new();
    provision(&old, &terminal, "old.ikrar").expect(5, &["current log"]);
    assert_eq!(info(&scratch, &terminal), after);
    // Without those below, and with others.
    let alone = ["provision", "log", "--unit", WARD, "--keys", "keys", "--out", "alone.ikrar", "--alone"];
    device(&scratch, &terminal, &[&alone[..], &["--also", "wil:34.71", "--round", "nanti"]].concat()).expect(0, &[]);
    let units = info(&scratch, &terminal)["roster"]["units"].to_string();
    // Whom it knew with a key it does not forget.
    assert!(units.contains("wil:34.71") && units.contains("wil:33.74.02.1001"), "{units}");
}

#[test]
fn a_pledge_whose_answer_was_lost_is_signed_twice() {
    let scratch = Scratch::new();
    let memory = ready(&scratch).off();
    ask(&scratch, "unit.request");
    let lost = |message: &mut Vec<u8>| {
        if message.get(2) == Some(&SIGNED) {
            message.clear();
        }
    };
    let terminal = Simulator::lying(memory, WARD_SEED, lost);
    pledge(&scratch, &terminal, "unit.request", "lost.ikrar").expect(3, &["hung up", "run the command again"]);
    assert!(!exists(&scratch, "lost.ikrar"));
    let terminal = Simulator::with_memory(terminal.off(), WARD_SEED);
    pledge(&scratch, &terminal, "unit.request", "pledge.ikrar").expect(0, &["was signed before"]);
    assert_eq!(info(&scratch, &terminal)["head"]["next_seq"], 2);
    scratch.append("pledge.ikrar").expect(0, &["logged"]);
}

#[test]
fn a_provisioning_that_was_cut_short_leaves_a_device_unusable() {
    let scratch = Scratch::new();
    let memory = ready(&scratch).off();
    // The line breaks at the fifth item.
    let done = std::sync::atomic::AtomicU32::new(0);
    let breaks = move |message: &mut Vec<u8>| {
        if message.get(2) == Some(&DONE) && done.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 4 {
            message.clear();
        }
    };
    let terminal = Simulator::lying(memory, WARD_SEED, breaks);
    provision(&scratch, &terminal, "lost.ikrar").expect(3, &["hung up"]);
    assert_eq!(info(&scratch, &terminal)["stage"], "provisioning");
    ask(&scratch, "unit.request");
    pledge(&scratch, &terminal, "unit.request", "pledge.ikrar").expect(5, &["cut short"]);
    provision(&scratch, &terminal, "again.ikrar").expect(0, &[]);
    scratch.append("again.ikrar").expect(0, &["logged"]);
    ask(&scratch, "later.request");
    pledge(&scratch, &terminal, "later.request", "pledge.ikrar").expect(0, &[]);
}

#[test]
fn a_pledge_that_the_device_gave_up_is_forgotten() {
    let mut scratch = Scratch::new();
    let terminal = ready(&scratch);
    ask(&scratch, "unit.request");
    pledge(&scratch, &terminal, "unit.request", "pledge.ikrar").expect(0, &[]);
    let city = &mut scratch.world.city;
    let text = scratch.world.text;
    let mut made = vec![city.sign(Statement::Pledge(scratch::pledge("nanti", text, 1)))];
    for signed in 2..60 {
        let replacement = Some(Replacement::Pledge(scratch::pledge("nanti", text, signed)));
        let more = Correction { target: city.prev, reason: Reason::Progress, replacement };
        made.push(city.sign(Statement::Correction(more)));
    }
    let (first, rest) = made.split_at(32);
    scratch.deliver("first.ikrar", first);
    device(&scratch, &terminal, &["append", "first.ikrar"]).expect(0, &[]);
    device(&scratch, &terminal, &["export", "--out", "one.journal", "--acknowledge"]).expect(0, &[]);
    scratch.deliver("rest.ikrar", rest);
    device(&scratch, &terminal, &["append", "rest.ikrar"]);
    let standing = info(&scratch, &terminal);
    assert!(standing["journal"]["first"].as_u64().unwrap() > 2, "{standing}");
    pledge(&scratch, &terminal, "unit.request", "again.ikrar").expect(5, &["journal export from before"]);
    // The export has it.
    scratch.append("one.journal").expect(0, &["logged"]);
    ask(&scratch, "later.request");
    pledge(&scratch, &terminal, "later.request", "again.ikrar").expect(5, &["already"]);
}

#[test]
fn what_a_device_says_is_believed() {
    let scratch = Scratch::new();
    let memory = ready(&scratch).off();
    ask(&scratch, "unit.request");
    let bend_signature = |message: &mut Vec<u8>| {
        // A whole attestation is longer than anything else that is signed here.
        if message.get(2) == Some(&SIGNED) {
            *message.last_mut().unwrap() ^= 1;
        }
    };
    let liar = Simulator::lying(memory.clone(), WARD_SEED, bend_signature);
    pledge(&scratch, &liar, "unit.request", "pledge.ikrar").expect(1, &["does not verify, so it is not written"]);
    provision(&scratch, &liar, "open2.ikrar").expect(1, &["does not verify, so it is not written"]);
    drop(liar);
    let bend_entry = |message: &mut Vec<u8>| {
        if message.get(2) == Some(&ENTRY) {
            *message.last_mut().unwrap() ^= 1;
        }
    };
    let liar = Simulator::lying(memory.clone(), WARD_SEED, bend_entry);
    let export = ["export", "--out", "ward.journal", "--acknowledge"];
    device(&scratch, &liar, &export).expect(1, &["nothing was acknowledged"]);
    assert_eq!(info(&scratch, &liar)["journal"]["acknowledged"], serde_json::Value::Null);
    drop(liar);
    // A roster without end, and one of garbage.
    let endless = |message: &mut Vec<u8>| {
        if message.get(2) == Some(&END) {
            *message = vec![message[0], message[1], 9, 0];
        }
    };
    let liar = Simulator::lying(memory.clone(), WARD_SEED, endless);
    device(&scratch, &liar, &["info"]).expect(3, &["not the answer of a device"]);
    drop(liar);
    let cut = |message: &mut Vec<u8>| message.truncate(4);
    let liar = Simulator::lying(memory, WARD_SEED, cut);
    device(&scratch, &liar, &["info"]).expect(3, &["Nothing is lost"]);
    for file in ["pledge.ikrar", "open2.ikrar", "ward.journal"] {
        assert!(!exists(&scratch, file), "{file}");
    }
}

#[test]
fn a_line_that_leads_elsewhere_hangs_or_tells_nothing() {
    let scratch = Scratch::new();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    for (address, code, said) in [
        (free.as_str(), 3, "cannot be opened"),
        ("", 2, "no address of a device"),
        ("tcp:nowhere", 2, "no address of a device"),
        ("no/such/port", 3, "cannot be opened"),
        ("log", 3, "cannot be opened"),
    ] {
        scratch.run(&["device", "info", "--device", address]).expect(code, &[said]);
    }
    let noise: Vec<u8> = (0..400_000_u64).map(|at| scratch::mix(at).to_le_bytes()[0]).collect();
    let answers: [&[u8]; 4] = [&noise, b"HTTP/1.1 400 Bad Request\r\n\r\n", b"", &[0x55; 400_000]];
    for answer in answers {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let answer = answer.to_vec();
        let other = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut heard = [0; 64];
            let _ = stream.read(&mut heard);
            // Whoever hangs up first.
            let _ = stream.write_all(&answer);
        });
        scratch.run(&["device", "info", "--device", &address]).expect(3, &["No answer from", "Nothing is lost"]);
        other.join().unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_unix_socket_is_taken_for_a_serial_port() {
    let scratch = Scratch::new();
    let terminal = Simulator::new(WARD_SEED);
    let listener = std::os::unix::net::UnixListener::bind(scratch.path("terminal")).unwrap();
    let address = terminal.address.clone();
    std::thread::spawn(move || {
        let (unix, _) = listener.accept().unwrap();
        let tcp = std::net::TcpStream::connect(address).unwrap();
        let (mut from, mut to) = (unix.try_clone().unwrap(), tcp.try_clone().unwrap());
        std::thread::spawn(move || std::io::copy(&mut from, &mut to));
        let _ = std::io::copy(&mut { tcp }, &mut { unix });
    });
    scratch.run(&["device", "info", "--device", "terminal"]).expect(0, &["new: not provisioned"]);
}

#[test]
#[cfg(target_os = "linux")]
fn what_was_signed_and_cannot_be_written_is_said_to_be_beside_a_key() {
    let scratch = Scratch::new();
    let terminal = ready(&scratch);
    ask(&scratch, "unit.request");
    let pledge = ["device", "pledge", "unit.request", "--keys", "keys", "--device", &terminal.address, "--out", "-"];
    let mut full = scratch.command(&[&pledge[..], &PLEDGE].concat());
    full.stdout(std::fs::File::options().write(true).open("/dev/full").unwrap());
    Answer::new(full.output().unwrap()).expect(3, &["the device keeps it"]);
    self::pledge(&scratch, &terminal, "unit.request", "pledge.ikrar").expect(0, &["was signed before"]);
}
