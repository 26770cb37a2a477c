use ed25519_dalek::SigningKey;
use ikrar_core::digest::PublicKey;
use ikrar_core::note::{KeyKind, VerifierKey};
use proptest::prelude::*;

use super::{Fault, RosterError, Row, read};

const HEADER: &str = "unit,parent,kind,name\n";

fn nobody(_: &str) -> bool {
    false
}

fn rows(text: &str) -> Result<Vec<Row>, RosterError> {
    read(text.as_bytes(), &nobody)
}

/// The same key under a unit's name.
fn verifier_key(unit: &str) -> String {
    let key = SigningKey::from_bytes(&[1; 32]).verifying_key().to_bytes();
    VerifierKey::new(unit, KeyKind::Ed25519, PublicKey(key)).unwrap().to_string()
}

/// Line, column, value and fault of what the text is refused for.
fn refusal(text: impl AsRef<[u8]>) -> (u64, u64, String, Fault) {
    let error = read(text.as_ref(), &nobody).expect_err("must be refused");
    (error.line, error.column, error.value, error.fault)
}

fn units(rows: &[Row]) -> Vec<&str> {
    rows.iter().map(|row| row.unit.as_str()).collect()
}

#[test]
fn the_example_reads_whole() {
    let rows = read(include_bytes!("../../../../examples/kota-semarang/units.csv"), &nobody).unwrap();
    assert_eq!(rows.len(), 195);
    assert_eq!(
        rows[1],
        Row {
            line: 3,
            unit: "wil:33.74".into(),
            parent: Some("wil:33".into()),
            kind: "kota".into(),
            name: "Kota Semarang".into(),
            key: None,
            place: Some((-69817, 1_104_122)),
            zone: Some("Asia/Jakarta".into()),
        }
    );
}

#[test]
fn territory_codes_get_their_scheme() {
    let text = "code,parent,kind,name,latitude,longitude,timezone\n\
                12,,provinsi,Sumatera Utara,3.5,98.7,Asia/Jakarta\n\
                12.07,12,kecamatan,\"Lubuk Pakam I,II\",,,Asia/Jakarta\n";
    let rows = rows(text).unwrap();
    assert_eq!(units(&rows), ["wil:12", "wil:12.07"]);
    assert_eq!(rows[1].parent.as_deref(), Some("wil:12"));
    assert_eq!(rows[1].name, "Lubuk Pakam I,II");
    assert_eq!(rows[1].place, None);
}

#[test]
fn root_as_a_parent_is_the_same_as_none() {
    assert_eq!(rows(&format!("{HEADER}a,root,k,A")).unwrap()[0].parent, None);
}

#[test]
fn a_child_before_its_parent_is_moved_behind_it_and_no_other() {
    let rows = rows(&format!("{HEADER}z,,k,Z\nc,b,k,C\na,,k,A\nb,a,k,B\ny,,k,Y\n")).unwrap();
    assert_eq!(units(&rows), ["z", "a", "b", "c", "y"]);
    assert_eq!(rows[3].line, 3);
}

#[test]
fn coordinates_are_exact_and_rounded_half_away_from_zero() {
    for (text, place) in [
        ("0,0", (0, 0)),
        ("-0.00005,0.00004999999999999999999999", (-1, 0)),
        ("-6.99994999,110.12345", (-69999, 1_101_235)),
        ("89.99995,-179.9999", (900_000, -1_799_999)),
        ("-90.000,180.0", (-900_000, 1_800_000)),
        ("00007.5,1", (75_000, 10_000)),
    ] {
        let rows = rows(&format!("unit,parent,kind,name,latitude,longitude\na,,k,A,{text}")).unwrap();
        assert_eq!(rows[0].place, Some(place), "{text}");
    }
}

#[test]
fn what_a_spreadsheet_does_to_a_file_is_refused_where_it_did_it() {
    assert_eq!(refusal("unit,parent,kind,name\ra,,k,A\r"), (1, 22, "\\r".into(), Fault::CarriageReturn));
    assert_eq!(refusal(b"unit,parent,kind,name\na,,k,Caf\xE9\r\n"), (2, 9, "E9".into(), Fault::NotUtf8));
    assert_eq!(refusal(format!("{HEADER}é,é,é,\r\r\n")), (2, 7, "\\r".into(), Fault::CarriageReturn));
    assert_eq!(refusal(format!("{HEADER}a,,k,A\r")), (2, 7, "\\r".into(), Fault::CarriageReturn));
    assert_eq!(refusal(b"\xFF\xFEu\0"), (1, 1, "FFFE".into(), Fault::Utf16));
    assert_eq!(refusal(b"\xFE\xFF\0u"), (1, 1, "FEFF".into(), Fault::Utf16));
    assert_eq!(refusal(b"\xFFu"), (1, 1, "FF".into(), Fault::NotUtf8));
    assert_eq!(refusal("unit;parent\n"), (1, 1, "unit;parent".into(), Fault::UnknownColumn));
}

#[test]
fn a_roster_saved_on_windows_reads_otherwise() {
    let unix = format!("{HEADER}a,,k,\"A, B\"\nb,a,k,B\n");
    let windows = format!("\u{FEFF}{}", unix.replace('\n', "\r\n"));
    assert_eq!(rows(&windows).unwrap(), rows(&unix).unwrap());
    assert_eq!(refusal(format!("\u{FEFF}{HEADER}a,,k,A\r\n\r\n")).3, Fault::BlankLine);
}

#[test]
fn columns_that_are_missing_unknown_or_named_twice() {
    assert_eq!(refusal("unit,parent,name\na,,A"), (1, 1, "kind".into(), Fault::MissingColumn));
    assert_eq!(refusal("unit,parent,kind,name,lat\n"), (1, 23, "lat".into(), Fault::UnknownColumn));
    assert_eq!(refusal("unit,parent,kind,code,name\n"), (1, 18, "code".into(), Fault::DuplicateColumn));
}

#[test]
fn rows_that_are_blank_short_long_or_absent() {
    assert_eq!(refusal(""), (1, 1, String::new(), Fault::NoUnits));
    assert_eq!(refusal(HEADER).3, Fault::NoUnits);
    assert_eq!(refusal(format!("{HEADER}a,,k,A\n\n")), (3, 1, String::new(), Fault::BlankLine));
    assert_eq!(refusal(format!("{HEADER}a,,k\n")).3, Fault::FieldCount { expected: 4, found: 3 });
    assert_eq!(refusal(format!("{HEADER}a,,k,A,\n")).3, Fault::FieldCount { expected: 4, found: 5 });
}

#[test]
fn quotation_marks_out_of_place() {
    for (row, column) in [("a,,k,A\"B", 7), ("a,,k,\"A\"B", 6), ("a,,k,\"A", 6), ("a,,k,\"A\n\"", 6)] {
        let (line, at, _, fault) = refusal(format!("{HEADER}{row}"));
        assert_eq!((line, at, fault), (2, column, Fault::Quote), "{row}");
    }
    assert_eq!(rows(&format!("{HEADER}a,\"\",k,\"A \"\"B\"\"\"")).unwrap()[0].name, "A \"B\"");
}

#[test]
fn fields_that_hold_what_they_must_not() {
    let long = |text: &str, n: usize| text.repeat(n);
    for (row, column, fault) in [
        (",,k,A".to_owned(), 1, Fault::Unit),
        ("wil:A,,k,A".into(), 1, Fault::Unit),
        (format!("{},,k,A", long("a", 65)), 1, Fault::Unit),
        ("root,,k,A".into(), 1, Fault::ReservedUnit),
        ("recovery,,k,A".into(), 1, Fault::ReservedUnit),
        ("a,,,A".into(), 4, Fault::Kind),
        ("a,,Kota,A".into(), 4, Fault::Kind),
        (format!("a,,{},A", long("k", 33)), 4, Fault::Kind),
        ("a,,k,".into(), 6, Fault::Name),
        ("a,,k,A\tB".into(), 6, Fault::Name),
        ("a,,k,A\u{202E}B".into(), 6, Fault::Name),
        (format!("a,,k,{}", long("é", 65)), 6, Fault::Name),
        ("a,nobody,k,A".into(), 3, Fault::UnknownParent),
    ] {
        let (line, at, _, found) = refusal(format!("{HEADER}{row}"));
        assert_eq!((line, at, found), (2, column, fault), "{row}");
    }
    let longest = format!("{HEADER}{},,{},{}", long("a", 64), long("k", 32), long("é", 64));
    assert_eq!(rows(&longest).unwrap().len(), 1);
}

#[test]
fn places_and_zones_out_of_the_world() {
    for (row, column, fault) in [
        ("1,,UTC", 8, Fault::HalfPlace),
        (",1,UTC", 9, Fault::HalfPlace),
        ("90.00000001,0,UTC", 8, Fault::OutOfRange),
        ("0,-180.1,UTC", 10, Fault::OutOfRange),
        ("99999999999,0,UTC", 8, Fault::OutOfRange),
        ("1e1,0,UTC", 8, Fault::Degrees),
        ("+1,0,UTC", 8, Fault::Degrees),
        ("1.,0,UTC", 8, Fault::Degrees),
        (".5,0,UTC", 8, Fault::Degrees),
        ("-,0,UTC", 8, Fault::Degrees),
        ("\"6,99\",0,UTC", 8, Fault::Degrees),
        ("0,0,W I B", 12, Fault::Zone),
    ] {
        let (line, at, _, found) = refusal(format!("unit,parent,kind,name,latitude,longitude,timezone\na,,k,A,{row}"));
        assert_eq!((line, at, found), (2, column, fault), "{row}");
    }
}

#[test]
fn a_unit_or_a_key_twice_names_both_lines() {
    assert_eq!(
        refusal(format!("{HEADER}a,,k,A\nb,,k,B\na,,k,C")),
        (4, 1, "a".into(), Fault::DuplicateUnit { first: 2 })
    );
    let (of_a, of_b) = (verifier_key("a"), verifier_key("b"));
    let keyed = format!("unit,parent,kind,name,key\na,,k,A,{of_a}\nb,,k,B,{of_b}");
    assert_eq!(refusal(keyed), (3, 8, of_b, Fault::DuplicateKey { first: 2 }));
}

#[test]
fn keys_are_whole_and_of_their_own_unit() {
    let keyed = |key: &str| format!("unit,parent,kind,name,key\na,,k,A,{key}");
    let good = verifier_key("a");
    let key = SigningKey::from_bytes(&[1; 32]).verifying_key().to_bytes();
    assert_eq!(rows(&keyed(&good)).unwrap()[0].key, Some(PublicKey(key)));
    assert_eq!(rows(&keyed("")).unwrap()[0].key, None);
    assert_eq!(refusal(keyed(&verifier_key("b"))).3, Fault::OtherKey);
    for bad in ["AQ==", "a+0badcafe+AQ+/", &good[1..], &good[..good.len() - 1], &good.replacen("a+", "b+", 1)] {
        assert_eq!(refusal(keyed(bad)).3, Fault::Key, "{bad}");
    }
}

#[test]
fn what_could_be_a_personal_number_is_refused() {
    for row in ["3374011234567890,,k,A", "a,,1234-5678-9012-345678,A", "a,,k,NIP 19800101 200501 1 001"] {
        let (_, _, value, fault) = refusal(format!("{HEADER}{row}"));
        assert_eq!(fault, Fault::PersonalNumber, "{value}");
    }
}

#[test]
fn a_parent_may_stand_in_the_log_instead() {
    let rows = read(format!("{HEADER}b,a,k,B").as_bytes(), &|unit| unit == "a").unwrap();
    assert_eq!(rows[0].parent.as_deref(), Some("a"));
}

#[test]
fn cycles_are_told_from_their_first_row() {
    assert_eq!(refusal(format!("{HEADER}a,a,k,A")), (2, 3, "a → a".into(), Fault::Cycle));
    let text = format!("{HEADER}z,,k,Z\nx,c,k,X\nb,a,k,B\na,c,k,A\nc,b,k,C");
    assert_eq!(refusal(text), (4, 3, "b → a → c → b".into(), Fault::Cycle));
}

#[test]
fn the_tree_is_at_most_32_deep() {
    let chain = |n: u32| (2..=n).fold(format!("{HEADER}u1,,k,U"), |text, i| format!("{text}\nu{i},u{},k,U", i - 1));
    assert_eq!(rows(&chain(32)).unwrap().len(), 32);
    assert_eq!(refusal(chain(33)), (34, 1, "u33".into(), Fault::TooDeep));
}

#[test]
fn values_in_errors_are_short_and_safe_to_print() {
    let (_, _, value, _) = refusal(format!("{HEADER}a,,k,\u{1B}[2J\u{202E}{}", "x".repeat(500)));
    assert!(value.starts_with("\\u{1b}[2J\\u{202e}x") && value.chars().count() < 100, "{value}");
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        drop(read(&bytes, &nobody));
    }

    #[test]
    fn nothing_like_a_roster_panics(body in "([abr\",.é-]{0,4}\n?){0,40}") {
        drop(rows(&format!("{HEADER}{body}")));
        drop(rows(&format!("unit,parent,kind,name,latitude,longitude\na,,k,A,{body}")));
    }

    /// Whatever is accepted, the `csv` crate reads the same.
    #[test]
    fn quoting_is_that_of_rfc_4180(names in proptest::collection::vec("[A,\" é]{1,8}", 1..8)) {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(["unit", "parent", "kind", "name"]).unwrap();
        for (at, name) in names.iter().enumerate() {
            writer.write_record([&format!("u{at}"), "", "k", name]).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let read = read(&bytes, &nobody).unwrap();
        prop_assert_eq!(read.iter().map(|row| &row.name).collect::<Vec<_>>(), names.iter().collect::<Vec<_>>());
    }

    /// Random forests in random order: every row once, parents first.
    #[test]
    fn every_parent_comes_before_its_children(parents in proptest::collection::vec(0..40usize, 1..40), shift in 0..40usize) {
        let mut lines: Vec<String> = parents.iter().enumerate()
            .map(|(at, &p)| if p < at { format!("u{at},u{p},k,U\n") } else { format!("u{at},,k,U\n") })
            .collect();
        let turn = shift % lines.len();
        lines.rotate_left(turn);
        if let Ok(rows) = rows(&format!("{HEADER}{}", lines.concat())) {
            prop_assert_eq!(rows.len(), parents.len());
            for (at, row) in rows.iter().enumerate() {
                let placed = row.parent.as_ref().is_none_or(|parent| rows[..at].iter().any(|above| above.unit == *parent));
                prop_assert!(placed);
            }
        }
    }
}
