//! The documents: every command and option that they name exists, every link leads somewhere, and what the README shows of
//! the report is what the report prints.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Folders whose Markdown files are checked.
const FOLDERS: [&str; 5] = [".", "docs", "keys", "examples/kota-semarang", "examples/kementerian-esdm"];
/// In these, `ikrar WORD` in code is also a label or a reserved name, not a command.
const OF_FORMATS: [&str; 2] = ["spec.md", "design.md"];

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn ikrar(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ikrar")).current_dir(top()).args(["--lang", "en"]).args(args).output().unwrap()
}

fn documents() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in FOLDERS {
        let folder = top().join(folder);
        let files = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
        let pages = files.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
        found.extend(pages.map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())));
    }
    assert!(found.len() > 12, "{} documents found", found.len());
    found
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap()
}

/// Lines of fenced blocks, and what stands between backticks elsewhere.
fn code(page: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut lines, mut spans) = (Vec::new(), Vec::new());
    let mut fenced = false;
    for line in page.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if fenced || line.starts_with("    ") {
            lines.push(line.trim());
        } else {
            spans.extend(line.split('`').skip(1).step_by(2));
        }
    }
    (lines, spans)
}

/// The words behind `ikrar`, or behind what runs it from the source.
fn command(text: &str) -> Option<Vec<&str>> {
    let rest = text.strip_prefix("ikrar ").or_else(|| text.strip_prefix("cargo run --release -- "))?;
    let words: Vec<_> = rest.split_whitespace().collect();
    words.first().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_lowercase())).then_some(words)
}

/// The words that a help text offers: `--options`, and verbs at the start of a line.
fn offered(help: &str) -> BTreeSet<&str> {
    help.split(|c: char| c.is_whitespace() || "[]<>|=,".contains(c)).filter(|word| !word.is_empty()).collect()
}

fn verbs() -> BTreeSet<String> {
    let help = String::from_utf8(ikrar(&["--help"]).stdout).unwrap();
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    listed.filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect()
}

#[test]
fn a_document_names_a_command_or_option_that_does_not_exist() {
    let verbs = verbs();
    let mut checked = 0;
    for (path, page) in documents() {
        if OF_FORMATS.contains(&name(&path)) {
            continue;
        }
        let (lines, spans) = code(&page);
        for words in lines.into_iter().chain(spans).filter_map(command) {
            let place = format!("{}: ikrar {}", path.display(), words.join(" "));
            assert!(verbs.contains(words[0]), "{place}: no such command");
            let depth = if ["key", "device"].contains(&words[0]) { 2 } else { 1 };
            let sub = words.iter().take(depth).filter(|word| !word.starts_with("--"));
            let asked: Vec<&str> = sub.copied().chain(["--help"]).collect();
            let help = ikrar(&asked);
            assert!(help.status.success(), "{place}: no such command");
            let help = String::from_utf8(help.stdout).unwrap();
            let offered = offered(&help);
            for option in words.iter().filter(|word| word.starts_with("--")) {
                let option = option.split('=').next().unwrap();
                assert!(offered.contains(option), "{place}: no such option: {option}");
            }
            checked += 1;
        }
    }
    assert!(checked > 80, "{checked} commands found");
}

#[test]
fn a_command_is_missing_from_the_readme() {
    let readme = std::fs::read_to_string(top().join("README.md")).unwrap();
    for verb in verbs() {
        assert!(readme.contains(&format!("| `ikrar {verb}")), "{verb}");
    }
}

#[test]
fn the_readme_shows_what_the_report_does_not_print() {
    let readme = std::fs::read_to_string(top().join("README.md")).unwrap();
    let line = "cargo run --release -- report examples/kota-semarang/log --round contoh-2020 --keys keys";
    assert!(readme.lines().any(|found| found == line));
    let args: Vec<_> = line.split_whitespace().skip(4).collect();
    let output = ikrar(&args);
    assert!(output.status.success());
    let printed = String::from_utf8(output.stdout).unwrap();
    let mut printed = printed.lines();
    let (_, shown) = readme.split_once("```text\n").unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    for line in shown.lines().filter(|line| !line.is_empty() && line.trim() != "…") {
        let part = line.strip_suffix(" …").unwrap_or(line);
        assert!(printed.any(|found| found == line || (part != line && found.starts_with(part))), "{line}");
    }
}

#[test]
fn a_guide_says_something_else_in_the_other_language() {
    for guide in ["unit", "device", "ancestor", "changes", "operator", "auditor"] {
        let lines = |lang: &str| {
            let page = std::fs::read_to_string(top().join(format!("docs/guide-{guide}.{lang}.md"))).unwrap();
            // What the program answers is in the language of the guide.
            let blocks = page.split("```").skip(1).step_by(2).filter(|block| !block.starts_with("text\n"));
            blocks.map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(lines("en"), lines("id"), "{guide}");
    }
}

/// As GitHub makes them of headings.
fn anchors(page: &str) -> BTreeSet<String> {
    let headings = page.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    headings.map(|text| text.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")).collect()
}

#[test]
fn a_link_leads_nowhere() {
    let mut checked = 0;
    for (path, page) in documents() {
        let targets = page.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
        // With a space it is a formula.
        for target in targets.filter(|target| !target.contains("://") && !target.contains(' ')) {
            let (file, anchor) = target.split_once('#').map_or((target, None), |(file, anchor)| (file, Some(anchor)));
            let file = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            let place = format!("{}: {target}", path.display());
            assert!(file.exists(), "{place}");
            if let Some(anchor) = anchor {
                assert!(anchors(&std::fs::read_to_string(file).unwrap()).contains(anchor), "{place}");
            }
            checked += 1;
        }
    }
    assert!(checked > 30, "{checked} links found");
}
