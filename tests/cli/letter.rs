//! Reminders: who gets one, about whom, and what they look like to a browser and to a spreadsheet program.

mod scratch;

use std::path::Path;

use scratch::{CITY, Scratch, WARD, chained, enroll};
use sha2::{Digest as _, Sha256};

const ARGS: [&str; 5] = ["letter", "log", "--keys", "keys", "--out"];

fn letters(scratch: &Scratch, out: &str, more: &[&str]) -> Vec<String> {
    scratch.run(&[&ARGS[..], &[out, "--round", "contoh"], more].concat()).expect(0, &[]);
    names(&scratch.path(out))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn rows(scratch: &Scratch, file: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_path(scratch.path(file)).unwrap();
    reader.records().map(Result::unwrap).collect()
}

#[test]
fn a_unit_that_owes_is_in_no_letter_or_in_two() {
    let scratch = Scratch::new();
    let at = ["--at", "2020-10-01"];
    let all = ["letters.csv", "root.csv", "root.html", "wil_33.74.csv", "wil_33.74.html", "wil_34.csv", "wil_34.html"];
    assert_eq!(letters(&scratch, "one", &at), all);
    let about = |file: &str| rows(&scratch, file).iter().map(|row| row[4].to_owned()).collect::<Vec<_>>();
    // The city has pledged whole; the ward not everyone; the provinces and what is below them not at all.
    assert_eq!(about("one/wil_33.74.csv"), ["wil:33.74.01", WARD]);
    assert_eq!(about("one/wil_34.csv"), ["wil:34.71"]);
    assert_eq!(about("one/root.csv"), ["wil:33", "wil:34"]);
    let ward = rows(&scratch, "one/wil_33.74.csv").pop().unwrap();
    assert_eq!((&ward[0], &ward[1], &ward[8], &ward[9]), (CITY, "Kota Semarang", "partial", "signatures: 60 of 80"));
    let index: Vec<_> =
        rows(&scratch, "one/letters.csv").iter().map(|row| [&row[0], &row[2], &row[3]].join(" ")).collect();
    assert_eq!(index, ["root root.html 2", "wil:33.74 wil_33.74.html 2", "wil:34 wil_34.html 1"]);

    // To the provinces: what is below the city goes to them too.
    letters(&scratch, "two", &[&at[..], &["--to", "provinsi"]].concat());
    assert_eq!(about("two/wil_33.csv"), ["wil:33.74.01", WARD]);
    let below = ["letters.csv", "wil_33.74.csv", "wil_33.74.html"];
    assert_eq!(letters(&scratch, "three", &[&at[..], &["--under", CITY]].concat()), below);
}

#[test]
fn a_letter_is_not_made_again_to_the_byte_or_overwrites_another() {
    let scratch = Scratch::new();
    letters(&scratch, "one", &["--at", "2020-10-01"]);
    let page = std::fs::read_to_string(scratch.path("one/wil_33.74.html")).unwrap();
    let (_, command) = page.split_once("<dd>ikrar letter").unwrap();
    let command = command.split_once(" --out DIR</dd>").unwrap().0;
    let again: Vec<_> = ["letter"].into_iter().chain(command.split_whitespace()).chain(["--out", "two"]).collect();
    scratch.run(&again).expect(0, &[]);
    for name in names(&scratch.path("one")) {
        let read = |folder: &str| std::fs::read(scratch.path(folder).join(&name)).unwrap();
        assert!(read("one") == read("two"), "{name}");
    }
    scratch.run(&[&ARGS[..], &["one", "--round", "contoh"]].concat()).expect(5, &["one", "exists"]);
    scratch.run(&[&ARGS[..], &["nowhere/one", "--round", "contoh"]].concat()).expect(3, &["nowhere"]);
}

#[test]
fn a_letter_scolds_before_the_deadline_or_when_nothing_is_owed() {
    let scratch = Scratch::new();
    letters(&scratch, "early", &["--at", "2020-08-27", "--lang", "id"]);
    let page = std::fs::read_to_string(scratch.path("early/wil_34.html")).unwrap();
    assert!(page.contains("… menunggu") && page.contains("belum memenuhi"), "{page}");
    letters(&scratch, "late", &["--at", "2020-10-01", "--lang", "id"]);
    let page = std::fs::read_to_string(scratch.path("late/wil_34.html")).unwrap();
    assert!(page.contains("✗ belum") && page.contains("belum memenuhi"), "{page}");
    assert!(page.contains("REGISTRI SINTETIS"), "{page}");
    let none =
        scratch.run(&[&ARGS[..], &["none", "--round", "contoh", "--under", CITY, "--at", "2020-10-01"]].concat());
    none.expect(0, &["2 units"]);
}

#[test]
fn a_hostile_name_runs_in_a_letter() {
    let mut scratch = Scratch::new();
    let evil = "<script>alert(1)</script>\"'&";
    let world = &mut scratch.world;
    world.attestations.push(world.city.sign(enroll("wil:33.74.09", CITY, "kecamatan", evil, None)));
    world.attestations.push(world.city.sign(enroll("con:1", "wil:33.74.09", "kelurahan", "=cmd|' /C calc'!A0", None)));
    world.attestations.push(world.city.sign(enroll("con", "wil:33.74.09", "kelurahan", "@SUM(A1)", None)));
    world.attestations.push(world.city.sign(enroll("x:1", "con", "kelurahan", "+1", None)));
    let entries = chained(&world.attestations);
    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    scratch.world.assemble(&entries, &[1]).save(&scratch.path("log"));
    let files = letters(&scratch, "out", &["--at", "2020-10-01"]);
    assert!(files.contains(&"con+.html".to_owned()), "{files:?}");
    let page = std::fs::read_to_string(scratch.path("out/wil_33.74.09.html")).unwrap();
    assert!(!page.contains("<script") && page.contains("alert(1)"), "{page}");
    let cells = rows(&scratch, "out/wil_33.74.09.csv");
    assert!(cells.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '@'])), "{cells:?}");

    let (_, style) = page.split_once("<style>").unwrap();
    let style = style.split_once("</style>").unwrap().0;
    let hash = data_encoding::BASE64.encode(&Sha256::digest(style));
    assert!(
        page.contains(&format!("style-src &#39;sha256-{hash}&#39;")) || page.contains(&format!("'sha256-{hash}'")),
        "{page}"
    );
    assert!(!page.contains("http:") && !page.contains("https:"), "{page}");
}

/// The scratch registry with more in its log.
fn grown(more: impl FnOnce(&mut scratch::World)) -> Scratch {
    let mut scratch = Scratch::new();
    more(&mut scratch.world);
    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    scratch.world.assemble(&chained(&scratch.world.attestations), &[1]).save(&scratch.path("log"));
    scratch
}

#[test]
fn an_id_takes_the_file_of_another_letter() {
    let scratch = grown(|world| {
        for (above, below) in [("a:b", "x:1"), ("a-b", "x:2"), ("letters", "x:3"), ("con", "x:4"), ("con-", "x:5")] {
            world.attestations.push(world.root.sign(enroll(above, "root", "kota", "Kota", None)));
            world.attestations.push(world.root.sign(enroll(below, above, "kelurahan", "Desa", None)));
        }
    });
    let files = letters(&scratch, "out", &["--at", "2020-10-01"]);
    for stem in ["a_b", "a-b", "letters+", "con+", "con-"] {
        assert!(files.contains(&format!("{stem}.html")) && files.contains(&format!("{stem}.csv")), "{stem}: {files:?}");
    }
}

#[test]
fn a_unit_that_has_ended_gets_a_letter_or_is_in_one() {
    use ikrar_core::field::Set;
    use ikrar_core::statement::{Retire, Statement};
    let retire = |id| Statement::Retire(Retire { unit: scratch::unit(id), successors: Set::empty(), document: None });
    let scratch = grown(|world| {
        let city = world.root.sign(retire("wil:34"));
        world.attestations.push(city);
        let ward = world.city.sign(retire("wil:33.74.01"));
        world.attestations.push(ward);
    });
    let files = letters(&scratch, "out", &["--at", "2020-10-01"]);
    assert!(!files.contains(&"wil_34.html".to_owned()), "{files:?}");
    let about = |file: &str| rows(&scratch, file).iter().map(|row| row[4].to_owned()).collect::<Vec<_>>();
    assert_eq!(about("out/wil_33.74.csv"), [WARD]);
    assert!(about("out/root.csv").contains(&"wil:34.71".to_owned()), "its nearest living ancestor is the root");
}

#[test]
fn a_kind_that_nobody_has_is_taken_or_half_a_folder_is_left() {
    let scratch = Scratch::new();
    let args = [&ARGS[..], &["out", "--round", "contoh", "--to", "kotta"]].concat();
    scratch.run(&args).expect(2, &["kotta", "provinsi"]);
    let left: Vec<_> = names(&scratch.path(".")).into_iter().filter(|name| name.contains("out")).collect();
    assert_eq!(left, [""; 0]);
}
