//! Rosters that must not become signatures, and what a roster without keys comes to.

mod scratch;

use scratch::{Answer, Scratch, WARD};

const HEADER: &str = "unit,parent,kind,name,key\n";

/// The scratch registry with the root's key beside it, its head brought up to the log.
fn authority() -> Scratch {
    let scratch = Scratch::new();
    scratch.signer("root.key", &scratch.world.root, 0);
    scratch.write("first.csv", format!("{HEADER}wil:51,,provinsi,Bali,\n"));
    enroll(&scratch, "first.csv", "first.ikrar").expect(0, &["Signed one attestation"]);
    scratch.append("first.ikrar").expect(0, &["15 entries"]);
    scratch
}

fn enroll(scratch: &Scratch, roster: &str, out: &str) -> Answer {
    scratch.run(&["enroll", roster, "--key", "root.key", "--out", out, "--from", "log", "--keys", "keys"])
}

#[test]
fn a_faulty_roster_is_signed_or_its_fault_is_not_placed() {
    let scratch = authority();
    let before = scratch.files(".");
    let key = std::fs::read_to_string(scratch.path("root.key.pub")).unwrap();
    let row = "wil:73,,provinsi,Sulawesi Selatan,\n";
    let line = |text: &str| format!("{HEADER}{row}{text}\n").into_bytes();
    let faulty: &[(&str, Vec<u8>, &str, &str)] = &[
        ("a duplicate", line("wil:73,,provinsi,Lagi,"), "line 3, column 1", "stands on line 2 already"),
        ("an unknown parent", line("wil:73.01,wil:74,kota,X,"), "line 3, column 11", "The parent wil:74"),
        ("its own parent", line("wil:74,wil:74,kota,X,"), "line 3, column 8", "circle: wil:74"),
        ("a cycle", line("wil:74,wil:75,kota,X,\nwil:75,wil:74,kota,Y,"), "line 3, column 8", "in a circle"),
        ("UTF-16", b"\xff\xfeu\0n\0i\0t\0".to_vec(), "line 1, column 1", "Save it as UTF-8; Excel"),
        ("UTF-16, big end first", b"\xfe\xff\0u\0n\0i".to_vec(), "line 1, column 1", "is UTF-16"),
        ("CR", b"unit,parent,kind,name\rwil:73,,provinsi,X\r".to_vec(), "line 1, column 22", "carriage return"),
        (
            "Windows-1252",
            b"unit,parent,kind,name\nwil:74,,provinsi,Caf\xe9\n".to_vec(),
            "line 2, column 21",
            "not UTF-8",
        ),
        ("a missing column", b"unit,parent,name\nwil:73,,X\n".to_vec(), "line 1", "The column \"kind\" is missing"),
        ("no unit column", b"parent,kind,name\n,provinsi,X\n".to_vec(), "line 1", "\"unit\" is missing"),
        ("an unknown column", b"unit,parent,kind,name,head\nwil:73,,k,X,Y\n".to_vec(), "line 1, column 23", "\"head\""),
        ("too few fields", line("wil:74,,provinsi"), "line 3, column", "has 3 fields, the first line names 5"),
        ("too many fields", line("wil:74,,provinsi,X,,,"), "line 3, column", "has 7 fields"),
        (
            "semicolons",
            b"unit;parent;kind;name\nwil:73;;provinsi;X\n".to_vec(),
            "line 1, column 1",
            "separated by commas",
        ),
        ("a blank line", line("\nwil:74,,provinsi,X,"), "line 3, column 1", "blank"),
        ("an empty file", Vec::new(), "line 1, column 1", ""),
        ("a header alone", HEADER.as_bytes().to_vec(), "line 1", "holds no unit"),
        ("a reserved unit", line("root,,provinsi,X,"), "line 3, column 1", "reserved"),
        ("capitals in an id", line("WIL:74,,provinsi,X,"), "line 3, column 1", "not a unit id"),
        ("an id of 65 bytes", line(&format!("{},,provinsi,X,", "a".repeat(65))), "line 3, column 1", "not a unit id"),
        ("a name too long", line(&format!("wil:74,,provinsi,{},", "x".repeat(129))), "line 3, column 18", "name"),
        ("a name that turns around", line("wil:74,,provinsi,a\u{202e}b,"), "line 3, column 18", "bidirectional"),
        ("a NIK", line("wil:74,,provinsi,3374010101800001,"), "line 3, column 18", "personal number"),
        ("no key", line("wil:74,,provinsi,X,secret"), "line 3, column 20", "not a verifier key"),
        (
            "another's key",
            line(&format!("wil:74,,provinsi,X,{}", key.trim())),
            "line 3, column 20",
            "key of another unit",
        ),
        ("an open quote", line("wil:74,,provinsi,\"X,"), "line 3, column 18", "quotation mark"),
    ];
    for (what, roster, place, cause) in faulty {
        scratch.write("faulty.csv", roster);
        // Without the log: with it, the head may move on to what the log proves.
        let answer = scratch.run(&["enroll", "faulty.csv", "--key", "root.key", "--out", "out.ikrar"]);
        assert_eq!(answer.code, Some(2), "{what}: {answer:#?}");
        assert!(answer.out.is_empty(), "{what}: {answer:#?}");
        for said in ["faulty.csv", place, cause, "Nothing was written."] {
            assert!(answer.err.contains(said), "{what}: not said: {said}\n{answer:#?}");
        }
        std::fs::remove_file(scratch.path("faulty.csv")).unwrap();
        assert!(scratch.files(".") == before, "{what}: something was written");
    }
    // Nothing was lost: the next number is the next.
    scratch.write("good.csv", format!("{HEADER}{row}"));
    enroll(&scratch, "good.csv", "out.ikrar").expect(0, &["Signed one attestation"]);
    scratch.append("out.ikrar").expect(0, &["16 entries"]);
    scratch.verify().expect(0, &["The log verifies"]);
}

#[test]
fn a_signature_is_made_and_then_has_nowhere_to_go() {
    let scratch = authority();
    scratch.write("good.csv", format!("{HEADER}wil:73,,provinsi,Sulawesi Selatan,\n"));
    scratch.write("taken.ikrar", "something else");
    let before = scratch.files(".");
    enroll(&scratch, "good.csv", "taken.ikrar").expect(5, &["taken.ikrar exists already"]);
    assert!(scratch.files(".") == before);
    let answer = enroll(&scratch, "good.csv", "no/such/folder.ikrar");
    assert_eq!(answer.code, Some(3), "{answer:#?}");
    assert!(scratch.files(".") == before);
    // No number was used.
    scratch.write("next.csv", format!("{HEADER}wil:74,,provinsi,Sulawesi Tenggara,\n"));
    enroll(&scratch, "next.csv", "next.ikrar").expect(0, &[]);
    scratch.append("next.ikrar").expect(0, &["One attestation logged; the log has 16 entries."]);
    scratch.verify().expect(0, &["The log verifies"]);
}

#[test]
fn a_subtree_without_a_single_key_is_owed_by_nobody() {
    let scratch = Scratch::new();
    let unit = |report: &serde_json::Value, id: &str| {
        report["units"].as_array().unwrap().iter().find(|unit| unit["unit"] == id).unwrap().clone()
    };
    let report = scratch.report("contoh");
    for id in ["wil:34", "wil:34.71", "wil:33.74.01"] {
        assert_eq!(unit(&report, id)["status"], "missing", "{id}");
        assert!(unit(&report, id)["flags"].as_array().unwrap().contains(&"no-key".into()), "{id}");
        assert_eq!(unit(&report, id)["at_due"]["status"], "missing", "{id}");
    }
    let report = scratch.report("nanti");
    for id in ["wil:34", "wil:34.71", "wil:33.74.01", WARD] {
        assert_eq!(unit(&report, id)["status"], "pending", "{id}");
    }
    assert_eq!(report["summary"]["owed"], 6);
    assert_eq!(report["summary"]["pending"], 6);
    let text = scratch.run(&["report", "log", "--round", "contoh", "--keys", "keys"]);
    text.expect(0, &["wil:34     ", "Daerah Istimewa Yogyakarta (province) · no key", "Kota Yogyakarta (city)"]);
}
