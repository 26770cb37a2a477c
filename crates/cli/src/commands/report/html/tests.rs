use std::collections::BTreeSet;
use std::path::Path;

use super::*;
use crate::messages::{Lang, Messages};

/// Every template of the page, and every module that fills it.
fn sources() -> String {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = String::new();
    for folder in ["templates/report", "src/commands/report/html"] {
        for file in std::fs::read_dir(crate_folder.join(folder)).unwrap() {
            let path = file.unwrap().path();
            if !path.ends_with("tests.rs") {
                all.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    all + include_str!("../../../../templates/report.html") + include_str!("../html.rs")
}

/// What stands in quotes behind each of these words.
fn quoted_after<'a>(source: &'a str, words: &[&str]) -> BTreeSet<&'a str> {
    let behind = words.iter().flat_map(|word| source.split(*word).skip(1));
    behind.filter_map(|rest| rest.split(['"', '\'']).next()).collect()
}

#[test]
fn a_template_asks_for_a_text_that_is_not_there() {
    let english = Messages::new(Lang::En);
    let sources = sources();
    let keys = quoted_after(&sources, &[".t(\"", ".with(\""]);
    assert!(keys.len() > 100, "{} keys", keys.len());
    let missing: Vec<_> = keys.into_iter().filter(|key| english.known(key).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_text_of_the_page_is_never_said() {
    let sources = sources();
    let made_of_names: Vec<_> = quoted_after(&sources, &[".word(\""]).into_iter().collect();
    let catalogue = include_str!("../../../../locales/en/page.ftl");
    let keys = catalogue.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key);
    let is_said = |key: &&str| {
        let named = |prefix: &&str| key.strip_prefix(*prefix).is_some_and(|rest| rest.starts_with('-'));
        sources.contains(&format!("\"{key}\"")) || made_of_names.iter().any(named)
    };
    let never: Vec<_> = keys.filter(|key| key.starts_with("page-") && !is_said(key)).collect();
    assert!(never.is_empty(), "{never:?}");
}

#[test]
fn the_program_of_the_page_says_a_text_that_it_was_not_given() {
    let mut said = quoted_after(PROGRAM, &["texts['"]);
    let plain = PROGRAM.split("texts.").skip(1);
    said.extend(plain.filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next()));
    let given: BTreeSet<_> = data::TEXTS.iter().map(|key| key.trim_start_matches("page-js-")).collect();
    assert_eq!(said, given);
}
