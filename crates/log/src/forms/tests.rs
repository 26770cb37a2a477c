use ikrar_core::field::{Set, Time};
use ikrar_core::statement::{Cadence, Duty, Stage};
use ikrar_core::text::pledge_text_hash;

use super::*;
use crate::roster;

const TEXT_EXAMPLE: &str = include_str!("../../../../examples/kota-semarang/naskah-2020.toml");
const ROUND_EXAMPLE: &str = include_str!("../../../../examples/kota-semarang/contoh-2020.toml");

fn find(id: &str) -> Option<TextHash> {
    (id == "gnn-asn-2020").then_some(TextHash([7; 32]))
}

fn round_refusal(from: &str, to: &str) -> String {
    assert!(ROUND_EXAMPLE.contains(from), "{from}");
    let form = RoundForm::parse(ROUND_EXAMPLE.replacen(from, to, 1).as_bytes());
    form.and_then(|form| form.statement(&find).map(|_| ())).unwrap_err().to_string()
}

fn text_refusal(from: &str, to: &str) -> String {
    assert!(TEXT_EXAMPLE.contains(from), "{from}");
    let form = TextForm::parse(TEXT_EXAMPLE.replacen(from, to, 1).as_bytes());
    form.and_then(|form| form.statement().map(|_| ())).unwrap_err().to_string()
}

#[test]
fn the_example_text_becomes_a_statement() {
    let form = TextForm::parse(TEXT_EXAMPLE.as_bytes()).unwrap();
    let text = form.statement().unwrap();
    assert_eq!((text.id.as_str(), text.version, text.commitments.count()), ("gnn-asn-2020", 1, 4));
    assert!(text.source.is_some());
}

#[test]
fn the_example_round_becomes_a_statement() {
    let form = RoundForm::parse(ROUND_EXAMPLE.as_bytes()).unwrap();
    let round = form.statement(&find).unwrap();
    assert_eq!((round.opens, round.due), (Time::new(1_598_374_800).unwrap(), Time::new(1_607_446_800).unwrap()));
    assert_eq!((round.cadence, round.stage, round.subtree.as_str()), (Cadence::Election, Stage::Before, "root"));
    assert_eq!(round.required, Set::new([Duty::Pledge]).unwrap());
    assert_eq!(round.texts, Set::new([TextHash([7; 32])]).unwrap());
    let bases: Vec<_> = round.bases.iter().map(Code::as_str).collect();
    assert_eq!(bases, ["PP-42-2004", "PP-53-2010", "UU-5-2014"]);
}

#[test]
fn a_text_may_be_named_by_its_hash() {
    let form = ROUND_EXAMPLE.replace("\"gnn-asn-2020\"", &format!("\"{}\", \"gnn-asn-2020\"", "0a".repeat(32)));
    let form = RoundForm::parse(form.as_bytes()).unwrap();
    let round = form.statement(&find).unwrap();
    assert_eq!(round.texts, Set::new([TextHash([7; 32]), TextHash([10; 32])]).unwrap());
}

#[test]
fn errors_of_a_round_name_the_field_and_what_is_expected() {
    for (from, to, field, expected) in [
        ("ikrar.round/1", "ikrar.text/1", "schema", "ikrar.round/1"),
        ("\nkinds = []", "\nkind = []", "line 1", "unknown field `kind`"),
        ("\"Asia/Jakarta\"", "\"WIB WIB\"", "`zone`", "Asia/Jakarta"),
        ("\"election\"", "\"weekly\"", "`cadence`", "by-election"),
        ("\"before\"", "\"never\"", "`stage`", "during"),
        ("2020-08-26T00:00:00+07:00", "2020-08-26T00:00:00", "`opens`", "offset"),
        ("2020-08-26T00:00:00+07:00", "2020-08-26T00:00:00.5+07:00", "`opens`", "whole second"),
        ("2020-08-26T00:00:00+07:00", "1960-08-26T00:00:00+07:00", "`opens`", "1970"),
        ("2020-08-26", "2021-08-26", "`due`", "in this order"),
        ("zone = ", "expires = \"2020-12-08T00:00:00Z\"\nzone = ", "`expires`", "in this order"),
        ("\"root\"", "\"Root\"", "`scope`", "a-z"),
        ("[\"pledge\"]", "[\"briefing\"]", "`required`", "pledge"),
        ("[\"pledge\"]", "[\"pledge\", \"song\"]", "`required`", "monitoring"),
        ("[\"pledge\"]", "[\"pledge\", \"pledge\"]", "`required`", "once"),
        ("\nkinds = []", "\nkinds = [\"kota\", \"kota\"]", "`kinds`", "once"),
        ("[\"gnn-asn-2020\"]", "[]", "`texts`", "at least one"),
        ("\"gnn-asn-2020\"", "\"other\"", "`texts`", "publish it first"),
        ("\"contoh-2020\"", "\"contoh 2020\"", "`id`", "1 to 32"),
        ("(contoh)", "no 3374011234567890", "`title`", "NIK"),
    ] {
        let refused = round_refusal(from, to);
        assert!(refused.contains(field) && refused.contains(expected), "{from} → {to}: {refused}");
    }
    let many: Vec<_> = (0..17).map(|n| format!("\"k{n}\"")).collect();
    let refused = round_refusal("\nkinds = []", &format!("\nkinds = [{}]", many.join(",")));
    assert!(refused.contains("17 items; expected at most 16"), "{refused}");
}

#[test]
fn errors_of_a_text_name_the_field_and_what_is_expected() {
    for (from, to, field, expected) in [
        ("version = 1", "version = 70000", "line 5", "u16"),
        ("version = 1", "", "line 1", "version"),
        ("title = \"", "title = \"\\u202e", "`title`", "one line"),
        ("language = \"id\"", "language = \"\"", "`language`", "tag"),
        ("\"Menggunakan", "\"\\u0007Menggunakan", "commitments, number 3", "line feeds"),
        ("closing = ", "ending = ", "ending", "unknown field"),
    ] {
        let refused = text_refusal(from, to);
        assert!(refused.contains(field) && refused.contains(expected), "{from} → {to}: {refused}");
    }
    let none =
        "schema = \"ikrar.text/1\"\nid = \"x\"\nversion = 1\ntitle = \"X\"\nlanguage = \"id\"\ncommitments = []\n";
    let form = TextForm::parse(none.as_bytes()).unwrap();
    assert!(form.statement().unwrap_err().to_string().contains("1 to 32 commitments"));
}

#[test]
fn the_example_roster_becomes_enrolments() {
    let csv = include_bytes!("../../../../examples/kota-semarang/units.csv");
    let rows = roster::read(csv, &|_| false).unwrap();
    let enrolments = enroll_rows(&rows).unwrap();
    assert_eq!(enrolments.len(), 195);
    assert_eq!(enrolments[0].parent.as_str(), ROOT);
    assert_eq!(enrolments[1].parent.as_str(), "wil:33");
    assert_eq!(enrolments[1].place, Some(Place::new(-69_817, 1_104_122).unwrap()));
    let mut bad = rows[1].clone();
    bad.name = String::new();
    let refused = enroll(&bad).unwrap_err().to_string();
    assert!(refused.starts_with("line 3: `name`"), "{refused}");
}

#[test]
fn a_text_saved_on_windows_has_another_hash() {
    let unix = "schema = \"ikrar.text/1\"\nid = \"n\"\nversion = 1\ntitle = \"T\"\nlanguage = \"id\"\n\
                opening = \"\"\"\nSatu\nDua\"\"\"\ncommitments = [\"A\"]\nclosing = \"C\"\n";
    let windows = format!("\u{FEFF}{}", unix.replace('\n', "\r\n"));
    let hash = |text: &str| pledge_text_hash(&TextForm::parse(text.as_bytes()).unwrap().statement().unwrap());
    assert_eq!(hash(&windows), hash(unix));
}
