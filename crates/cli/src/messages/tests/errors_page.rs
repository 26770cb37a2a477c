//! `docs/errors.md` is made from the catalogue and the code; `IKRAR_UPDATE_EXPECTED=1` writes it anew.

use std::fmt::Write as _;

use super::*;

const PAGE: &str = "../../docs/errors.md";
/// How an exit code is written in the source: the function that makes the failure.
const CODES: [(&str, &str); 4] = [("bad", "1"), ("usage", "2"), ("unchecked", "3"), ("refused", "5")];
/// Keys without such a call: chosen before it, taking the code of the failure that they replace, or only said.
const OTHERWISE: [(&str, &str); 6] = [
    ("error-device-not-written", "3, 5"),
    ("error-not-good", "–"),
    ("error-pledged", "5"),
    ("error-request-kind", "5"),
    ("error-request-not-below", "5"),
    ("error-signed-not-written", "3, 5"),
];

/// What one row says: the key, its exit codes, and the modules that raise it.
type Raised = BTreeMap<String, (BTreeSet<&'static str>, BTreeSet<String>)>;

fn raised(folder: &Path, found: &mut Raised) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_stem().is_some_and(|name| name == "messages") {
            continue;
        }
        if path.is_dir() {
            raised(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = std::fs::read_to_string(&path).unwrap();
            let module = path.file_stem().unwrap().to_str().unwrap();
            for key in errors_named(&source) {
                found.entry(key.to_owned()).or_default().1.insert(module.to_owned());
            }
            for (name, code) in CODES {
                for key in literals_of(&source, name) {
                    found.entry(key).or_default().0.insert(code);
                }
            }
        }
    }
}

fn errors_named(source: &str) -> impl Iterator<Item = &str> {
    source.split("\"error-").skip(1).filter_map(|rest| rest.split('"').next()).map(|name| {
        let at = name.as_ptr().addr() - source.as_ptr().addr();
        &source[at - "error-".len()..at + name.len()]
    })
}

fn text(key: &str) -> String {
    let english = catalogue(ENGLISH);
    let shown: Vec<_> = english[key].iter().map(|name| (name.as_str(), Value::from(format!("‹{name}›")))).collect();
    let text = Messages::new(Lang::En).text(key, &shown);
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

fn table(page: &mut String, source: &str) {
    page.push_str("| key | message |\n|---|---|\n");
    for key in catalogue(&[source]).keys() {
        let _ = writeln!(page, "| {key} | {} |", text(key));
    }
}

fn rules(page: &mut String) {
    page.push_str("| number | rule | finding | where it fails | meaning |\n|---|---|---|---|---|\n");
    for rule in Rule::ALL {
        let consequence = match rule.consequence() {
            Consequence::Rejected => "rejected",
            Consequence::NoEffect => "no effect",
            Consequence::Remark => "as it was",
        };
        let (number, name, severity) = (rule.number(), rule.name(), rule.severity());
        let _ = writeln!(page, "| {number} | {name} | {severity} | {consequence} | {} |", rule.meaning());
    }
}

fn log_rules(page: &mut String) {
    page.push_str("| rule | finding | meaning |\n|---|---|---|\n");
    for rule in LogRule::ALL {
        let _ = writeln!(page, "| {} | {} | {} |", rule.name(), rule.severity(), rule.meaning());
    }
}

fn page() -> String {
    let mut found = Raised::new();
    raised(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    let mut page = include_str!("errors_page.md").to_owned();
    let mut errors = String::from("| key | exit | message and next step | raised in |\n|---|---|---|---|\n");
    let keys = catalogue(ENGLISH).into_keys().filter(|key| key.starts_with("error-") && key != "error-label");
    for key in keys {
        let (codes, modules) = found.get(&key).cloned().unwrap_or_default();
        let listed = codes.into_iter().collect::<Vec<_>>().join(", ");
        let otherwise = OTHERWISE.iter().find(|(name, _)| *name == key).map(|(_, codes)| (*codes).to_owned());
        let codes = otherwise.unwrap_or(listed);
        assert!(!codes.is_empty(), "no exit code is known of {key}");
        let modules = modules.into_iter().collect::<Vec<_>>().join(", ");
        let _ = writeln!(errors, "| {key} | {codes} | {} | {modules} |", text(&key));
    }
    let mut parts: [(&str, String); 6] = Default::default();
    parts[0] = ("{errors}", errors);
    let subjects = [
        ("{usage}", include_str!("../../../locales/en/usage.ftl")),
        ("{roster}", include_str!("../../../locales/en/roster.ftl")),
        (
            "{causes}",
            concat!(include_str!("../../../locales/en/causes.ftl"), include_str!("../../../locales/en/system.ftl")),
        ),
    ];
    for ((name, source), part) in subjects.into_iter().zip(&mut parts[1..]) {
        part.0 = name;
        table(&mut part.1, source);
    }
    parts[4].0 = "{rules}";
    rules(&mut parts[4].1);
    parts[5].0 = "{log-rules}";
    log_rules(&mut parts[5].1);
    for (mark, part) in parts {
        assert!(page.contains(mark), "{mark}");
        page = page.replace(mark, part.trim_end());
    }
    page
}

#[test]
fn an_error_is_missing_from_the_page_of_errors_or_a_row_is_of_none() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = page();
    if std::env::var_os("IKRAR_UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    let differs = page.lines().zip(written.lines()).find(|(made, written)| made != written);
    assert!(page == written, "run this test with IKRAR_UPDATE_EXPECTED=1; the first line that differs: {differs:?}");
}
