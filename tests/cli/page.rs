//! The report as a page: `ikrar report --format html`.

mod markup;
mod scratch;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use data_encoding::BASE64;
use markup::{Element, elements, unescape};
use scratch::{Answer, Scratch, World, chained, enroll};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

const REPORT: [&str; 6] = ["report", "log", "--keys", "keys", "--round", "contoh"];
const LANGUAGES: [&str; 2] = ["en", "id"];

fn top() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The example's page in a language.
fn page(lang: &str) -> String {
    example(lang, &["--round", "contoh-2020", "--format", "html"])
}

/// One with every section: other rounds beside it, sanctions, anchors.
fn full_page(lang: &str) -> String {
    let page = example(lang, &["--round", "tahunan-2025", "--format", "html", "--compare", "contoh-2020,tahunan-2026"]);
    for id in ["compared", "cases", "risks", "referred", "sanctions", "curve", "map"] {
        assert!(page.contains(&format!("id=\"{id}\"")), "no #{id}");
    }
    page
}

fn example(lang: &str, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ikrar"));
    command.args(["--lang", lang, "report", "examples/kota-semarang/log", "--keys", "keys"]).args(args);
    Answer::new(command.current_dir(top()).output().unwrap()).expect(0, &[]).out
}

fn page_of(scratch: &Scratch, code: i32, more: &[&str]) -> String {
    scratch.run(&[&REPORT[..], &["--format", "html"], more].concat()).expect(code, &[]).out
}

/// Between the tags of the element with this id, as it is written.
#[track_caller]
fn inside<'a>(page: &'a str, id: &str, name: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no #{id}"));
    let (_, rest) = rest.split_once('>').unwrap();
    rest.split_once(&format!("</{name}>")).unwrap().0
}

fn data(page: &str) -> Value {
    let all = elements(page);
    let data = all.iter().find(|element| element.attributes.get("id") == Some(&"data")).unwrap();
    serde_json::from_str(data.raw).unwrap()
}

/// The words of the command on the page, as a shell would read them.
fn command(page: &str) -> Vec<String> {
    let line = unescape(inside(page, "command", "pre"));
    let mut words: Vec<String> = Vec::new();
    let mut quoted = false;
    let mut word = String::new();
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            c => word.push(c),
        }
    }
    words.push(word);
    assert_eq!(words.remove(0), "ikrar");
    words
}

/// What the command on the page writes.
fn made_again(scratch: &Scratch, page: &str) -> String {
    let words = command(page);
    let args: Vec<&str> = words.iter().map(String::as_str).collect();
    scratch.run(&args);
    let file = scratch.path(args.last().unwrap());
    let made = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{error}: {words:?}"));
    std::fs::remove_file(file).unwrap();
    made
}

#[test]
fn a_page_is_not_well_formed() {
    for page in LANGUAGES.map(page).into_iter().chain(LANGUAGES.map(full_page)) {
        let all = elements(&page);
        let attribute = |name: &'static str| all.iter().filter_map(move |element| element.attributes.get(name));
        let ids: Vec<_> = attribute("id").collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id stands twice");
        for target in attribute("href").map(|href| href.strip_prefix('#').expect("a link within the page")) {
            assert!(ids.contains(&&target), "#{target} leads nowhere");
        }
        for name in attribute("aria-labelledby").chain(attribute("for")) {
            assert!(ids.contains(&name), "{name} names nothing");
        }
        let headings: Vec<u32> =
            all.iter().filter_map(|element| element.name.strip_prefix('h')?.parse().ok()).collect();
        assert_eq!(headings.first(), Some(&1));
        assert!(headings.windows(2).all(|pair| pair[1] <= pair[0] + 1 && pair[1] > 1), "{headings:?}");
        let html = all.iter().find(|element| element.name == "html").unwrap();
        assert!(LANGUAGES.contains(&html.attributes["lang"]));
        let tables = all.iter().filter(|element| element.name == "table").count();
        assert_eq!(all.iter().filter(|element| element.name == "caption").count(), tables);
        assert!(all.iter().filter(|element| element.name == "th").all(|head| head.attributes.contains_key("scope")));
    }
}

#[test]
fn a_page_runs_or_loads_what_its_policy_does_not_name() {
    for page in LANGUAGES.map(page).into_iter().chain(LANGUAGES.map(full_page)) {
        let all = elements(&page);
        let policy =
            all.iter().find_map(|it| it.attributes.get("http-equiv").and_then(|_| it.attributes.get("content")));
        let policy = unescape(policy.unwrap());
        let hash = |raw: &str| format!("'sha256-{}'", BASE64.encode(&Sha256::digest(raw)));
        let one = |name: &str| {
            let is_data = |it: &&Element<'_>| it.attributes.get("type") == Some(&"application/json");
            let found: Vec<_> = all.iter().filter(|it| it.name == name && !is_data(it)).collect();
            assert_eq!(found.len(), 1, "{name}");
            found[0].raw.to_owned()
        };
        let (style, script) = (one("style"), one("script"));
        let expected = format!(
            "default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; form-action 'none'",
            hash(&style),
            hash(&script)
        );
        assert_eq!(policy, expected);
        for element in &all {
            assert!(!["link", "img", "iframe", "object", "embed", "base"].contains(&element.name), "{element:?}");
            for (name, value) in &element.attributes {
                assert!(!name.starts_with("on") && *name != "style" && *name != "src", "{element:?}");
                assert!(!value.contains("://") && !value.contains("javascript:"), "{element:?}");
            }
        }
        for source in ["url(", "@import", "fetch(", "XMLHttpRequest", "innerHTML", "eval(", "import("] {
            assert!(!style.contains(source) && !script.contains(source), "{source}");
        }
    }
}

#[test]
fn a_text_of_the_page_is_missing_from_the_catalogue() {
    for lang in LANGUAGES {
        let mut page = full_page(lang);
        let raw = |page: &str, name| elements(page).iter().find(|it| it.name == name).unwrap().raw.to_owned();
        page = page.replace(&raw(&page, "style"), "");
        for key in ["page-", "box-", "verdict-good", "field-", "{$", "{ $"] {
            let found = page.split_once(key).map(|(before, after)| {
                let before = before.chars().rev().take(30).collect::<String>();
                format!("{}{key}{:.30}", before.chars().rev().collect::<String>(), after)
            });
            assert_eq!(found, None, "{lang}");
        }
    }
}

#[test]
fn a_unit_of_the_report_is_not_on_the_page() {
    let report: Value = serde_json::from_str(&example("en", &["--round", "contoh-2020", "--format", "json"])).unwrap();
    let units = report["units"].as_array().unwrap();
    for lang in LANGUAGES {
        let page = page(lang);
        let rows = data(&page)["rows"].as_array().unwrap().clone();
        let ids: Vec<_> = rows.iter().map(|row| &row[0]).collect();
        assert_eq!(ids, units.iter().map(|unit| &unit["unit"]).collect::<Vec<_>>());
        let (missing, late) = (inside(&page, "missing", "section"), inside(&page, "late", "section"));
        for unit in units {
            let (id, status) = (unit["unit"].as_str().unwrap(), unit["status"].as_str().unwrap());
            let row = format!("<tr data-unit=\"{id}\">");
            assert_eq!(missing.contains(&row), ["missing", "disputed", "retired"].contains(&status), "{id} {status}");
            assert_eq!(late.contains(&row), unit["timing"] == "late", "{id} {status}");
        }
        let ancestors = report["ancestors"].as_array().unwrap();
        for ancestor in ancestors {
            let node = format!("<details data-unit=\"{}\"", ancestor["unit"].as_str().unwrap());
            assert!(inside(&page, "coverage", "section").contains(&node), "{node}");
        }
    }
    let id = page("id");
    assert!(id.contains("168 dari 195 unit telah berikrar secara utuh."));
    assert!(id.contains("Jawa Tengah › Kota Semarang › Genuk"));
    assert!(page("en").contains("168 of 195 units have a whole pledge."));
}

#[test]
fn an_example_is_taken_for_true() {
    for (lang, words) in [("en", "SYNTHETIC REGISTRY"), ("id", "REGISTRI SINTETIS")] {
        let page = page(lang);
        assert!(inside(&page, "synthetic", "p").contains(words));
        assert!(page.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{lang}\">")));
    }
}

#[test]
fn the_command_on_the_page_makes_another_page() {
    let scratch = Scratch::new();
    for more in [
        &[][..],
        &["--under", "wil:33.74", "--only", "missing,partial", "--compare", "nanti,contoh"],
        &["--as-of", "9", "--at", "2020-08-26", "--lang", "id"],
    ] {
        let page = page_of(&scratch, 0, more);
        assert_eq!(made_again(&scratch, &page), page, "{more:?}");
    }
}

#[test]
fn a_page_of_a_prefix_changes_when_the_log_grows() {
    let scratch = Scratch::new();
    let entries = chained(&scratch.world.attestations);
    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    scratch.world.assemble(&entries[..11], &[5]).save(&scratch.path("log"));
    let before = page_of(&scratch, 0, &[]);
    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    scratch.world.log().save(&scratch.path("log"));
    assert_ne!(page_of(&scratch, 0, &[]), before);
    assert_eq!(made_again(&scratch, &before), before);
}

#[test]
fn a_name_or_a_path_is_markup() {
    const NAMES: [&str; 6] = [
        "<script>alert(1)</script>",
        "</script><script>alert(2)//",
        "\"><img src=x onerror=alert(3)>",
        "' onmouseover='alert(4)",
        "javascript:alert(5)",
        "<!-- {{ 7*7 }} &lt;b&gt; ]]>",
    ];
    let mut world = World::of("Uji <b>tebal</b> & \"kutip\"", 1, scratch::ORIGIN, 9);
    let above = ["x:1", "x:2", "x:3", "x:4", "x:5", "x:6"];
    let below = ["y:1", "y:2", "y:3", "y:4", "y:5", "y:6"];
    for ((name, above), below) in NAMES.into_iter().zip(above).zip(below) {
        world.attestations.push(world.root.sign(enroll(above, "root", "provinsi", name, None)));
        world.attestations.push(world.root.sign(enroll(below, above, "kota", name, None)));
    }
    let scratch = Scratch::with(world);
    let folder = "<i>log & 'kutip'\u{a0}";
    scratch.copy("log", folder);
    let args = ["report", folder, "--keys", "keys", "--round", "contoh", "--format", "html"];
    let page = scratch.run(&args).expect(0, &[]).out;
    let all = elements(&page);
    assert_eq!(all.iter().filter(|element| element.name == "script").count(), 2);
    for element in &all {
        assert!(!["img", "b", "i"].contains(&element.name) || element.attributes.is_empty(), "{element:?}");
        assert!(element.attributes.keys().all(|name| !name.starts_with("on")), "{element:?}");
    }
    let data = data(&page);
    let missing = unescape(inside(&page, "missing", "section"));
    for name in NAMES {
        assert!(data["rows"].as_array().unwrap().iter().any(|row| row[1] == name), "{name}");
        assert!(missing.contains(name), "{name}");
    }
    assert!(unescape(&page).contains(r"report '<i>log & '\''kutip'\''"));
}

#[test]
fn a_log_that_does_not_verify_is_called_good() {
    let scratch = Scratch::new();
    let sound = page_of(&scratch, 0, &[]);
    assert!(sound.contains("data-verdict=\"good\""));
    std::fs::remove_dir_all(scratch.path("log")).unwrap();
    let log = scratch.world.log();
    let tile = log.files().into_keys().find(|path| path.starts_with("tile/0/")).unwrap();
    log.with(&tile, Some(vec![7; 32])).save(&scratch.path("log"));
    let page = page_of(&scratch, 1, &[]);
    assert!(page.contains("data-verdict=\"bad\"") && !page.contains("data-verdict=\"good\""));
    assert!(inside(&page, "integrity", "section").contains("class=\"severe\""));
}

#[test]
fn only_some_statuses_are_listed_or_held_copies_are_left_out_unsaid() {
    let scratch = Scratch::new();
    let page = page_of(&scratch, 0, &["--only", "complete,late"]);
    let rows = data(&page)["rows"].as_array().unwrap().len();
    let all = data(&page_of(&scratch, 0, &[]))["rows"].as_array().unwrap().len();
    assert!(rows < all, "{rows} of {all}");
    assert!(page.contains("Only these are listed: late, complete;"));
    // Who is missing is told all the same: nobody is to read that no one is.
    assert!(inside(&page, "missing", "section").contains("wil:34"));
    scratch.deliver("held", &scratch.world.attestations[..1]);
    let held = [&REPORT[..], &["--format", "html", "--held", "held", "--out", "page.html"]].concat();
    scratch.run(&held).expect(2, &["no part of the page"]);
    assert!(!scratch.path("page.html").exists());
}
