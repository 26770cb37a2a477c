use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ikrar_core::rule::{Consequence, Rule};
use ikrar_log::journal_export::JournalRule;
use ikrar_log::verify::LogRule;

use super::*;
use crate::words::kebab;

mod errors_page;

const BOTH: [Lang; 2] = [Lang::En, Lang::Id];

/// Each key of a catalogue with the variables of its message, by a reading as plain as the format allows.
fn catalogue(sources: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in sources.iter().flat_map(|source| source.lines()).filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            key = name.to_owned();
            assert!(messages.insert(key.clone(), BTreeSet::new()).is_none(), "{key} stands twice");
        }
        for variable in line.split('$').skip(1) {
            let name = variable.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap();
            messages.get_mut(&key).unwrap().insert(name.to_owned());
        }
    }
    messages
}

/// Keys given as a literal to a function that takes one, anywhere under a folder.
fn used_keys(folder: &Path, keys: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            used_keys(&path, keys);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            keys.extend(literal_keys(&std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn literal_keys(source: &str) -> Vec<String> {
    let names = ["text", "say", "confirm", "heading", "bad", "usage", "unchecked", "refused", "cause"];
    let mut keys: Vec<_> = names.iter().flat_map(|name| literals_of(source, name)).collect();
    // In `message/`, also what an error's variant is matched onto.
    for (at, call) in source.match_indices("cause(match ") {
        let arms = source[at + call.len()..].split("\n        })").next().unwrap_or_default();
        let named = arms.split("=> \"").skip(1).filter_map(|rest| rest.split('"').next());
        keys.extend(named.map(str::to_owned));
    }
    keys
}

/// Literals that calls of this name take first.
fn literals_of(source: &str, name: &str) -> Vec<String> {
    let call = format!("{name}(");
    let mut keys = Vec::new();
    for (at, _) in source.match_indices(&call) {
        let longer_name = source[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let argument = source[at + call.len()..].trim_start();
        if let (false, Some(key)) = (longer_name, argument.strip_prefix('"').and_then(|rest| rest.split('"').next())) {
            keys.push(key.to_owned());
        }
    }
    keys
}

#[test]
fn both_catalogues_parse_whole() {
    for lang in BOTH {
        for source in lang.sources() {
            let resource = FluentResource::try_new((*source).to_owned());
            assert!(resource.is_ok(), "{lang:?}: {:?}", resource.err().map(|(_, errors)| errors));
        }
    }
}

#[test]
fn every_message_exists_in_both_languages_with_the_same_variables() {
    assert_eq!(catalogue(ENGLISH), catalogue(INDONESIAN));
}

#[test]
fn every_message_formats_without_an_error() {
    for lang in BOTH {
        let bundle = bundle(lang);
        for (key, variables) in catalogue(lang.sources()) {
            for value in [FluentValue::from("x"), FluentValue::from(1u64), FluentValue::from(2u64)] {
                let args = variables.iter().map(|name| (name.as_str(), value.clone())).collect();
                let pattern = bundle.get_message(&key).and_then(|message| message.value()).expect("has a text");
                let mut errors = Vec::new();
                let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
                assert!(errors.is_empty() && !text.contains("{$"), "{lang:?} {key}: {text} {errors:?}");
            }
        }
    }
}

#[test]
fn every_key_that_the_program_uses_exists() {
    let mut keys = BTreeSet::new();
    used_keys(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut keys);
    let known = catalogue(ENGLISH);
    let missing: Vec<_> = keys.iter().filter(|key| !known.contains_key(*key)).collect();
    assert!(missing.is_empty(), "no message for {missing:?}");
    assert!(keys.contains("system-not-found"), "arms are read");
    for source in [include_str!("../../locales/en/causes.ftl"), include_str!("../../locales/en/system.ftl")] {
        let unused: Vec<_> = catalogue(&[source]).into_keys().filter(|key| !keys.contains(key)).collect();
        assert!(unused.is_empty(), "no error is told with {unused:?}");
    }
}

#[test]
fn a_call_is_found_across_lines_and_not_inside_another_name() {
    let (call, other) = ("text", "context");
    let source = format!("m.{call}(\n  \"a-b\", &[]); {other}(\"c\"); {call}(key)");
    assert_eq!(literal_keys(&source), ["a-b"]);
    let arms = "cause(match self {\n            Self::A => \"a-a\",\n        })";
    assert_eq!(literal_keys(arms), ["a-a"]);
}

#[test]
fn every_fault_of_a_roster_has_its_words() {
    let known = catalogue(ENGLISH);
    let faults = include_str!("../../../log/src/roster/error.rs");
    let names: Vec<_> =
        faults.split("=> \"").skip(1).map(|rest| format!("roster-{}", rest.split('"').next().unwrap())).collect();
    assert!(names.len() > 20, "{names:?}");
    assert!(names.iter().all(|name| known.contains_key(name)), "{names:?}");
}

#[test]
fn a_missing_key_shows_itself() {
    let key = "no-such-key";
    assert_eq!(Messages::new(Lang::Id).text(key, &[]), key);
    assert_eq!(Messages::new(Lang::Id).kind("balai"), "balai");
}

#[test]
fn texts_come_in_the_language_with_its_numbers_and_no_isolation_marks() {
    let args = [("line", 1596u64.into()), ("column", 2u32.into())];
    assert_eq!(Messages::new(Lang::En).text("roster-at", &args), "line 1,596, column 2");
    assert_eq!(Messages::new(Lang::Id).text("roster-at", &args), "baris 1.596, kolom 2");
    assert_eq!(Messages::new(Lang::Id).lang(), Lang::Id);
    assert_eq!(Messages::new(Lang::En).kind("kelurahan"), "ward");
}

#[test]
fn the_locale_decides_where_nothing_is_asked_for() {
    let of = |pairs: &[(&str, &str)], system: Option<&str>| {
        Lang::of_environment(
            |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()),
            || system.map(str::to_owned),
        )
    };
    assert_eq!(of(&[], None), Lang::En);
    assert_eq!(of(&[], Some("id-ID")), Lang::Id);
    assert_eq!(of(&[("LANG", "id_ID.UTF-8")], None), Lang::Id);
    assert_eq!(of(&[("LANG", "in_ID")], None), Lang::Id);
    assert_eq!(of(&[("LANG", "id_ID.UTF-8"), ("LC_ALL", "C.UTF-8")], Some("id")), Lang::En);
    assert_eq!(of(&[("LC_ALL", ""), ("LC_MESSAGES", "ID")], None), Lang::Id);
    assert_eq!(of(&[("LANG", "ig_NG")], None), Lang::En);
    assert_eq!(Lang::choose(Some(Lang::Id)), Lang::Id);
}

#[test]
fn a_rule_lacks_its_words_or_says_something_else_in_english() {
    let known = catalogue(ENGLISH);
    let english = Messages::new(Lang::En);
    let rules = Rule::ALL.iter().map(|rule| (rule.name(), rule.meaning()));
    let log_rules = LogRule::ALL.iter().map(|rule| (rule.name(), rule.meaning()));
    let mut names = BTreeSet::new();
    let journal_rules = JournalRule::ALL.iter().map(|rule| (rule.name(), rule.meaning()));
    for (name, meaning) in rules.chain(log_rules).chain(journal_rules) {
        let key = format!("rule-{name}");
        assert_eq!(english.text(&key, &[]), meaning, "{key}");
        names.insert(key);
    }
    let of_none: Vec<_> = known.keys().filter(|key| key.starts_with("rule-") && !names.contains(*key)).collect();
    assert!(of_none.is_empty(), "{of_none:?}");
}

#[test]
fn a_statement_lacks_its_name_or_has_two() {
    let known = catalogue(ENGLISH);
    let statements = include_str!("../../../core/src/statement.rs");
    let names: Vec<_> = statements.split("(_) => \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(names.len() >= 15, "{names:?}");
    let named: BTreeSet<_> = names.iter().map(|name| format!("statement-{}", kebab(name))).collect();
    let keys: BTreeSet<_> = known.into_keys().filter(|key| key.starts_with("statement-")).collect();
    assert_eq!(keys, named);
}

#[test]
fn a_label_of_the_catalogue_of_conduct_differs_from_its_text() {
    let catalogue = ikrar_log::catalogue::Catalogue::get();
    for lang in BOTH {
        let messages = Messages::new(lang);
        let label = |id: &str, en: &str| if lang == Lang::Id { id.to_owned() } else { en.to_owned() };
        for conduct in &catalogue.categories {
            let text = messages.text(&format!("category-{}", conduct.code.to_lowercase()), &[]);
            assert_eq!(text, format!("{}: {}", conduct.code, label(&conduct.id, &conduct.en)));
        }
        let factors = ["paternalism", "kinship", "ignorance", "intervention"];
        for (factor, name) in catalogue.risk_factors.iter().zip(factors) {
            let text = messages.text(&format!("risk-{name}"), &[]);
            assert_eq!(text, format!("{}: {}", factor.code, label(&factor.id, &factor.en)));
        }
    }
}
