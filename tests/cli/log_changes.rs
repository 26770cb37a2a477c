//! The log itself over the years: its key, its operator, its disk.

mod scratch;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use ikrar_core::statement::Statement;
use ikrar_log::medium::{Item, Medium};
use ikrar_log::store::{self, Store, Writer};
use scratch::{Answer, CITY, Memory, ORIGIN, Scratch, World, chained, pledge};

/// The program, with another operator's state folder.
fn elsewhere(scratch: &Scratch, args: &[&str]) -> Answer {
    let mut command = scratch.command(args);
    Answer::new(command.env("IKRAR_STATE", scratch.path("state-2")).output().unwrap())
}

fn pledges(scratch: &mut Scratch, file: &str, signed: u32) {
    let statement = Statement::Pledge(pledge("nanti", scratch.world.text, signed));
    let attestation = scratch.world.city.sign(statement);
    scratch.deliver(file, &[attestation]);
}

#[test]
fn a_key_of_another_name_or_by_another_unit_is_signed_for_the_log() {
    let scratch = Scratch::new();
    scratch.signer("root.key", &scratch.world.root, 0);
    scratch.signer("city.key", &scratch.world.city, 3);
    for (name, out) in [("example.org/lain", "other.key"), (ORIGIN, "next.key")] {
        scratch.run(&["keygen", "--log", name, "--out", out]).expect(0, &[]);
    }
    let rekey = |new, key| ["rekey", "--log", "--new-key", new, "--key", key, "--out", "o"];
    scratch.run(&rekey("next.key.pub", "city.key")).expect(2, &["only the root's"]);
    let other = ["the log is example.org/uji", "ikrar keygen --log example.org/uji"];
    let asked: [&[&str]; 2] = [&["--keys", "keys"], &["--keys", "keys", "--from", "log"]];
    for asked in asked {
        scratch.run(&[&rekey("other.key.pub", "root.key")[..], asked].concat()).expect(2, &other);
    }
    // The log's own key again, and a unit's key.
    let again = [&rekey("keys/log.key.pub", "root.key")[..], asked[1]].concat();
    scratch.run(&again).expect(5, &["(key-reused)"]);
    scratch.key("borrowed.key", &scratch.world.city.key, ORIGIN, ikrar_log::keys::Purpose::Log);
    let borrowed = [&rekey("borrowed.key.pub", "root.key")[..], asked[1]].concat();
    scratch.run(&borrowed).expect(5, &["(key-reused)"]);
    assert!(!scratch.path("o").exists());
    scratch.run(&[&rekey("next.key.pub", "root.key")[..], asked[1]].concat()).expect(0, &["Signed one attestation"]);
}

#[test]
fn a_log_cannot_be_handed_over_or_is_written_by_two() {
    let mut scratch = Scratch::new();
    scratch.signer("root.key", &scratch.world.root, 0);
    std::fs::create_dir(scratch.path("keys-2")).unwrap();
    std::fs::copy(scratch.path("keys/trust.toml"), scratch.path("keys-2/trust.toml")).unwrap();
    // The new operator makes a key, the authority signs it, the old operator hands over a copy and stops.
    scratch.run(&["keygen", "--log", ORIGIN, "--out", "keys-2/log.key"]).expect(0, &[]);
    let rekey = ["rekey", "--log", "--new-key", "keys-2/log.key.pub", "--key", "root.key", "--from", "log"];
    scratch.run(&[&rekey[..], &["--keys", "keys", "--out", "change.ikrar"]].concat()).expect(0, &[]);
    scratch.copy("log", "log-2");
    let append = ["append", "log-2", "change.ikrar", "--keys", "keys-2", "--next-key", "keys-2/log.key"];
    elsewhere(&scratch, &append).expect(0, &["15 entries", "has a new key"]);
    elsewhere(&scratch, &["verify", "log-2", "--keys", "keys-2"]).expect(0, &["The log verifies"]);
    pledges(&mut scratch, "one.ikrar", 80);
    elsewhere(&scratch, &["append", "log-2", "one.ikrar", "--keys", "keys-2"]).expect(0, &["16 entries"]);
    let kept = ["verify", "log-2", "--keys", "keys-2", "--since", "log/checkpoint"];
    scratch.run(&kept).expect(0, &["The log verifies"]);
    // The published record of the new operator has begun.
    scratch.copy("log", "log-old");
    elsewhere(&scratch, &["append", "log-old", "one.ikrar", "--keys", "keys"]).expect(5, &["restored backup"]);

    // An auditor with the old trust root is told what happened, and what the new one's fingerprint is.
    let renewed = ikrar_log::trust::TrustRoot::load(&scratch.path("keys-2")).unwrap().fingerprint_text();
    let told = ["log-key-changed", "entry 14", "Get the new trust.toml", &renewed];
    let verify = ["verify", "log-2", "--keys", "keys"];
    let answer = scratch.run(&verify).expect(1, &told);
    assert!(!answer.out.contains("DOES NOT VERIFY"), "{answer:#?}");
    let json = scratch.run(&[&verify[..], &["--format", "json"]].concat()).expect(1, &[]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let (ok, rule, size) = (&json["ok"], &json["findings"][0]["rule"], &json["tree_size"]);
    assert_eq!((ok, rule, size), (&false.into(), &"log-key-changed".into(), &serde_json::Value::Null));
    scratch.run(&[&verify[..], &["--lang", "id"]].concat()).expect(1, &["kunci baru"]);

    // The old operator goes on: on his own copy that shows, on the new one he cannot.
    scratch.append("one.ikrar").expect(0, &["15 entries"]);
    scratch.run(&["verify", "log", "--keys", "keys-2"]).expect(1, &["checkpoint-signature", "DOES NOT VERIFY"]);
    scratch.run(&["append", "log-2", "one.ikrar", "--keys", "keys"]).expect(1, &["does not verify"]);
    let old_key = ["append", "log-2", "one.ikrar", "--keys", "keys-2", "--key", "keys/log.key"];
    scratch.run(&old_key).expect(2, &["is not the private key of the log"]);
    let since = ["verify", "log-2", "--keys", "keys-2", "--since", "log/checkpoint"];
    scratch.run(&since).expect(1, &["since-unusable"]);
}

#[test]
fn a_cut_while_the_logs_key_changes_leaves_a_log_that_nobody_can_write() {
    let mut scratch = Scratch::new();
    scratch.signer("root.key", &scratch.world.root, 0);
    scratch.run(&["keygen", "--log", ORIGIN, "--out", "next.key"]).expect(0, &[]);
    let rekey = ["rekey", "--log", "--new-key", "next.key.pub", "--key", "root.key", "--out", "change.ikrar"];
    scratch.run(&rekey).expect(0, &[]);
    let before = std::fs::read(scratch.path("keys/trust.toml")).unwrap();
    let append = ["append", "log", "change.ikrar", "--keys", "keys", "--next-key", "next.key"];
    scratch.run(&append).expect(0, &["15 entries"]);
    let after = std::fs::read(scratch.path("keys/trust.toml")).unwrap();
    // Cut off after the checkpoint, before the trust root.
    scratch.write("keys/trust.toml", &before);
    scratch.run(&["keygen", "--log", ORIGIN, "--out", "other.key"]).expect(0, &[]);
    let other = ["append", "log", "change.ikrar", "--keys", "keys", "--next-key", "other.key"];
    scratch.run(&other).expect(2, &["other.key is not the private key"]);
    assert_eq!(std::fs::read(scratch.path("keys/trust.toml")).unwrap(), before);
    scratch.run(&append).expect(0, &["in the log already", "has a new key"]);
    assert_eq!(std::fs::read(scratch.path("keys/trust.toml")).unwrap(), after);
    pledges(&mut scratch, "one.ikrar", 80);
    scratch.run(&["append", "log", "one.ikrar", "--keys", "keys", "--key", "next.key"]).expect(0, &["16 entries"]);
    scratch.verify().expect(0, &["The log verifies"]);
}

#[test]
fn one_wrong_file_keeps_the_others_out_or_goes_unnamed() {
    let mut scratch = Scratch::new();
    pledges(&mut scratch, "one.ikrar", 80);
    scratch.write("units.csv", "unit,parent,kind,name\nwil:51,,provinsi,Bali\n");
    scratch.write("empty", "");
    let files = ["units.csv", "one.ikrar", "empty", "keys/trust.toml"];
    let append = |more: &[&str]| scratch.run(&[&["append", "log"], &files[..], &["--keys", "keys"], more].concat());
    let before = scratch.files("log");
    let held = append(&["--all-or-nothing"]).expect(5, &["units.csv: REFUSED", "Nothing was logged"]);
    assert!(held.out.contains("this is a table") && held.out.contains("empty: REFUSED"), "{held:#?}");
    assert!(scratch.files("log") == before);
    // A name that leads nowhere is a slip of the operator's: nothing is logged.
    scratch.run(&["append", "log", "one.ikrar", "absent", "--keys", "keys"]).expect(3, &["absent cannot be read"]);
    scratch.run(&["append", "log", "one.ikrar", "keys", "--keys", "keys"]).expect(3, &["keys is a folder"]);
    assert!(scratch.files("log") == before);

    let json = append(&["--format", "json"]).expect(5, &[]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let rows = json["attestations"].as_array().unwrap();
    let told: Vec<_> =
        rows.iter().map(|row| (row["from"].as_str().unwrap(), row["outcome"].as_str().unwrap())).collect();
    let expected =
        [("units.csv", "refused"), ("one.ikrar#1", "logged"), ("empty", "refused"), ("keys/trust.toml", "refused")];
    assert_eq!(told, expected);
    for row in [&rows[0], &rows[2], &rows[3]] {
        assert!(row["rule"].is_null() && row["id"].is_null() && row["entry"].is_null(), "{row}");
        assert!(row["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{row}");
    }
    assert!(rows[1]["detail"].is_null());
    assert_eq!(json["tree_size"], 15);
    append(&[]).expect(5, &["one.ikrar#1: is in the log already", "0 attestations logged"]);
    scratch.verify().expect(0, &["The log verifies"]);
}

type Files = BTreeMap<String, Vec<u8>>;

/// A log in memory that remembers what it held after each step of a writer.
#[derive(Clone, Default)]
struct Watched {
    memory: Memory,
    moments: Rc<RefCell<Vec<Files>>>,
}

impl Watched {
    fn changed<T>(&self, done: std::io::Result<T>) -> std::io::Result<T> {
        self.moments.borrow_mut().push(self.memory.files());
        done
    }
}

impl Medium for Watched {
    type Lock = ();

    fn read(&self, path: &str, cap: usize) -> std::io::Result<Vec<u8>> {
        self.memory.read(path, cap)
    }

    fn list(&self, path: &str) -> std::io::Result<Vec<Item>> {
        self.memory.list(path)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> std::io::Result<()> {
        self.changed(self.memory.write(path, bytes))
    }

    fn create_dir(&self, path: &str) -> std::io::Result<()> {
        self.memory.create_dir(path)
    }

    fn sync_dir(&self, path: &str) -> std::io::Result<()> {
        self.memory.sync_dir(path)
    }

    fn remove(&self, path: &str) -> std::io::Result<()> {
        self.changed(self.memory.remove(path))
    }

    fn remove_dir(&self, path: &str) -> std::io::Result<()> {
        self.memory.remove_dir(path)
    }

    fn lock(&self, path: &str) -> std::io::Result<Option<()>> {
        self.memory.lock(path)
    }
}

/// A copy that takes the checkpoint at one moment and everything else at a later one, whatever an append did between.
fn copied(checkpoint: &[u8], rest: &Files) -> Memory {
    let copy = Memory::default();
    for (path, bytes) in rest.iter().filter(|(path, _)| *path != store::CHECKPOINT) {
        copy.write(path, bytes).unwrap();
    }
    copy.write(store::CHECKPOINT, checkpoint).unwrap();
    copy
}

#[test]
fn a_copy_that_is_made_while_an_append_runs_is_broken() {
    // Four appends: partial tiles that grow, one that fills up and is removed, and one that begins.
    let mut world = World::new();
    let round = |number: u32| Statement::Pledge(pledge("nanti", world.text, number % 80));
    let statements: Vec<_> = (0..300).map(round).collect();
    let more: Vec<_> = statements.into_iter().map(|statement| world.city.sign(statement)).collect();
    let entries = chained(&[&world.attestations[..], &more].concat());
    let watched = Watched::default();
    let make = |head| Ok::<_, store::Error>(world.checkpoint(head));
    let mut writer = Writer::init(watched.clone(), &entries[..14], make).unwrap();
    watched.moments.borrow_mut().clear();
    watched.moments.borrow_mut().push(watched.memory.files());
    for ends in [14..20, 20..250, 250..270, 270..314] {
        writer.append(&entries[ends], make).unwrap();
    }
    drop(writer);
    let moments = watched.moments.borrow();
    assert!(moments.len() > 20, "{} moments", moments.len());
    let (mut checkpoints, mut sizes) = (Vec::new(), Vec::new());
    for (number, then) in moments.iter().enumerate() {
        let now = then[store::CHECKPOINT].clone();
        if checkpoints.last() != Some(&now) {
            checkpoints.push(now);
        }
        // Any checkpoint that was there before, with what lies there now.
        for checkpoint in &checkpoints {
            let copy = copied(checkpoint, then);
            let verification = world.verify(&copy).unwrap();
            assert!(verification.is_ok(), "{number}: {:?}", verification.findings);
            let head = verification.head.unwrap();
            sizes.push(head.size);
            // And it goes on from there.
            if number % 7 == 0 {
                let opened = Writer::open(copy.clone(), |_: &Store<Memory>, _: &[u8]| Ok::<_, store::Error>(head));
                let size = usize::try_from(head.size).unwrap();
                opened.unwrap().append(&entries[size..], make).unwrap();
                let grown = world.verify(&copy).unwrap();
                assert!(grown.is_ok() && grown.head.unwrap().size == 314, "{:?}", grown.findings);
            }
        }
    }
    sizes.sort_unstable();
    sizes.dedup();
    assert_eq!(sizes, [14, 20, 250, 270, 314]);
}

#[test]
fn a_log_is_lost_with_its_disk_or_its_checkpoint() {
    let mut scratch = Scratch::new();
    pledges(&mut scratch, "one.ikrar", 60);
    scratch.append("one.ikrar").expect(0, &["15 entries"]);
    scratch.copy("log", "mirror");
    let gone = |path: &str| std::fs::remove_file(scratch.path(path)).unwrap();
    // The checkpoint alone is lost: an older one is refused, nothing is appended to what nobody vouches for; the
    // mirror's fits.
    let older = scratch.world.log().files().remove("checkpoint").unwrap();
    scratch.write("log/checkpoint", older);
    scratch.verify().expect(0, &["uncommitted", "The log verifies", "14"]);
    scratch.append("one.ikrar").expect(5, &["size 14, but size 15 was published"]);
    gone("log/checkpoint");
    scratch.append("one.ikrar").expect(3, &["checkpoint is missing"]);
    scratch.verify().expect(3, &["checkpoint is missing"]);
    std::fs::copy(scratch.path("mirror/checkpoint"), scratch.path("log/checkpoint")).unwrap();
    scratch.verify().expect(0, &["The log verifies"]);
    // The disk is lost, and the state folder with it: the newest copy from a mirror, on another disk.
    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    std::fs::remove_dir_all(scratch.path("state")).unwrap();
    scratch.copy("mirror", "disk-2");
    let other = World::new().root.sign(scratch::enroll("wil:51", "root", "provinsi", "Bali", None));
    scratch.deliver("two.ikrar", &[other]);
    scratch.run(&["append", "disk-2", "two.ikrar", "--keys", "keys"]).expect(0, &["16 entries"]);
    let since = ["verify", "disk-2", "--keys", "keys", "--since", "mirror/checkpoint"];
    scratch.run(&since).expect(0, &["The log verifies"]);
    // From here on the new state folder guards it.
    let append = ["append", "mirror", "two.ikrar", "--keys", "keys"];
    scratch.run(&append).expect(5, &["size 15, but size 16 was published"]);
    // A bad disk: a tile is gone, and what an interrupted append left lies beyond the checkpoint.
    gone("disk-2/tile/entries/000.p/16");
    scratch.run(&["verify", "disk-2", "--keys", "keys"]).expect(1, &["entries-missing"]);
    let report = scratch.run(&["report", "mirror", "--round", "nanti", "--keys", "keys", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&report.expect(0, &[]).out).unwrap();
    assert!(report["units"].as_array().unwrap().iter().any(|row| row["unit"] == CITY && row["status"] == "partial"));
}
