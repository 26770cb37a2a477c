//! Commands in the wrong order, and keys in the wrong place: each says what comes first, and nothing is lost or signed.

mod scratch;

use scratch::{Answer, Scratch};

/// Runs a command line; the scratch registry is in the way of none: `new` is another one's folder.
fn say(scratch: &Scratch, line: &str, code: i32, said: &[&str]) -> Answer {
    scratch.run(&line.split_whitespace().collect::<Vec<_>>()).expect(code, said)
}

const TEXT: &str = include_str!("../../examples/kota-semarang/naskah-2020.toml");
const ROUND: &str = include_str!("../../examples/kota-semarang/contoh-2020.toml");

/// Keys of a registry that was not started yet.
fn before_the_start() -> Scratch {
    let scratch = Scratch::new();
    std::fs::create_dir(scratch.path("new")).unwrap();
    for line in [
        "keygen --unit root --out root.key",
        "keygen --unit wil:33.74 --out city.key",
        "keygen --log example.org/baru --out new/log.key",
    ] {
        say(&scratch, line, 0, &[]);
    }
    scratch.write("text.toml", TEXT);
    scratch.write("round.toml", ROUND.replace("2020-12-09", "2090-12-09"));
    scratch.write("units.csv", "unit,parent,kind,name\nwil:33.74,,kota,Kota Semarang\n");
    scratch
}

const GENESIS: &str = "genesis --name Baru --log-key new/log.key.pub --synthetic --key root.key --out genesis.ikrar";

#[test]
fn a_registry_is_worked_in_before_it_is_started() {
    let scratch = before_the_start();
    let unused = ["root.key.head", "city.key.head"].map(|head| std::fs::read(scratch.path(head)).unwrap());
    let unknown = &["does not know yet", "--from LOG"];
    say(&scratch, "enroll units.csv --key root.key --out o", 2, unknown);
    say(&scratch, "publish text.toml --key root.key --out o", 2, unknown);
    say(&scratch, "round round.toml --text text.toml --key root.key --out o", 2, unknown);
    say(&scratch, "amend --unit wil:33.74 --name X --key city.key --out o", 2, unknown);
    say(&scratch, "append log genesis.ikrar --keys new", 2, &["no usable trust root", "--keys DIR"]);
    say(&scratch, "verify log --keys new", 2, &["no usable trust root", "--keys DIR"]);
    say(&scratch, "init started units.csv --keys new", 2, &["units.csv is not a single genesis", "`ikrar genesis`"]);
    assert!(
        !scratch.path("o").exists() && !scratch.path("started").exists() && !scratch.path("new/trust.toml").exists()
    );
    assert_eq!(["root.key.head", "city.key.head"].map(|head| std::fs::read(scratch.path(head)).unwrap()), unused);
}

#[test]
fn a_registry_is_started_twice() {
    let scratch = before_the_start();
    say(&scratch, GENESIS, 0, &["Signed the genesis"]);
    let other = GENESIS.replace("Baru", "Lain").replace("genesis.ikrar", "other.ikrar");
    say(&scratch, &other, 5, &["signs no second one", "same name"]);
    say(&scratch, GENESIS, 5, &["exists already"]);
    say(&scratch, "init started genesis.ikrar --keys new", 0, &["Read the fingerprint"]);
    let started = scratch.files("started");
    say(&scratch, "init started genesis.ikrar --keys new", 5, &["There is a log in started already"]);
    say(
        &scratch,
        "init elsewhere genesis.ikrar --keys keys",
        2,
        &["is not the private key of the log example.org/baru"],
    );
    assert!(scratch.files("started") == started && !scratch.path("elsewhere").exists());
    assert!(!scratch.path("other.ikrar").exists());
}

#[test]
fn what_comes_before_its_ground_is_lost_or_taken_unsaid() {
    let scratch = before_the_start();
    say(&scratch, GENESIS, 0, &[]);
    say(&scratch, "init started genesis.ikrar --keys new", 0, &[]);
    say(&scratch, "request started --unit wil:33.74 --keys new --out o", 2, &["no unit wil:33.74", "enrol it first"]);
    say(&scratch, "report started --round contoh-2020 --keys new", 2, &["none was ever opened", "`ikrar round`"]);
    say(&scratch, "prove started --unit root --round contoh-2020 --keys new --out o", 2, &["none was ever opened"]);

    // With the log at hand, a round without its text is not signed at all; without it, the log says what it came to.
    let early = "round round.toml --text text.toml --key root.key --out round.ikrar";
    say(&scratch, &format!("{early} --from started --keys new"), 5, &["unknown-text"]);
    say(&scratch, "publish text.toml --key root.key --out text.ikrar", 0, &["Signed one attestation"]);
    say(&scratch, "round round.toml --text text.toml --key root.key --out round.ikrar", 0, &["Signed one attestation"]);
    // Delivered the wrong way round they go in the right way.
    say(&scratch, "append started round.ikrar text.ikrar --keys new", 0, &["2 attestations logged", "3 entries"]);
    say(&scratch, "report started --round contoh-2020 --keys new", 0, &["0 units owe"]);
    // A second delivery of the first alone is no second round.
    say(&scratch, "append started round.ikrar --keys new", 0, &["in the log already", "3 entries"]);
}

#[test]
fn another_registrys_trust_root_or_file_is_taken() {
    let scratch = before_the_start();
    say(&scratch, GENESIS, 0, &[]);
    say(&scratch, "init started genesis.ikrar --keys new", 0, &[]);
    say(&scratch, "enroll units.csv --key root.key --out enrol.ikrar", 0, &[]);
    let before = [scratch.files("started"), scratch.files("log")];
    say(&scratch, "verify started --keys keys", 1, &["checkpoint-", "does not match the trust root"]);
    say(&scratch, "report log --round contoh --keys new", 1, &[]);
    say(&scratch, "append log enrol.ikrar --keys keys", 5, &["REFUSED (wrong-epoch)"]);
    say(&scratch, "append started enrol.ikrar --keys keys", 1, &["started"]);
    say(
        &scratch,
        "append started enrol.ikrar --keys new --key keys/log.key",
        2,
        &["is not the private key of the log"],
    );
    say(&scratch, "verify started --keys new/log.key.pub", 2, &["no usable trust root"]);
    assert!([scratch.files("started"), scratch.files("log")] == before);
}

#[test]
fn keys_and_heads_change_places() {
    let scratch = before_the_start();
    say(&scratch, "keygen --unit wil:33.74.01 --out district.key", 0, &[]);
    let swap = |one: &str, other: &str| {
        std::fs::rename(scratch.path(one), scratch.path("aside")).unwrap();
        std::fs::rename(scratch.path(other), scratch.path(one)).unwrap();
        std::fs::rename(scratch.path("aside"), scratch.path(other)).unwrap();
    };
    let sign = "resend --key city.key --out o";
    for ending in [".head", ".pub", ""] {
        swap(&format!("city.key{ending}"), &format!("district.key{ending}"));
        let answer = say(&scratch, sign, if ending == ".head" { 5 } else { 2 }, &["city.key"]);
        assert!(answer.err.contains("another") || answer.err.contains("other"), "{answer:#?}");
        swap(&format!("city.key{ending}"), &format!("district.key{ending}"));
    }
    assert!(!scratch.path("o").exists());
}
