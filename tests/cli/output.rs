//! What people and programs read: help, reports and verdicts to the byte, no colour in a pipe, two languages.
//!
//! The expected texts lie in `expected/`; `IKRAR_UPDATE_EXPECTED=1` writes them anew.

mod scratch;

use scratch::{Answer, Scratch};

const REPORT: &[&str] = &["report", "log", "--round", "contoh", "--keys", "keys", "--at", "2020-10-01T00:00:00+07:00"];

#[track_caller]
fn assert_expected(name: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cli/expected").join(name);
    if std::env::var_os("IKRAR_UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "{name} is not as expected");
}

fn with<'a>(args: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [args, more].concat()
}

#[test]
fn the_help_of_a_command_changes_unseen() {
    let scratch = Scratch::new();
    assert_expected("append-help.txt", &scratch.run(&["append", "--help"]).expect(0, &["Example:"]).out);
}

#[test]
fn a_help_ends_without_an_example_or_breaks_it() {
    let scratch = Scratch::new();
    for command in [
        "keygen", "genesis", "init", "enroll", "rekey", "retire", "publish", "policy", "amend", "round", "request",
        "pledge", "correct", "append", "verify", "report", "explain",
    ] {
        let answer = scratch.run(&[command, "--help"]).expect(0, &["Example:"]);
        let (_, example) = answer.out.split_once("Example:\n").unwrap();
        // A command goes on after a backslash, so that a copied one is whole.
        let mut goes_on = false;
        for line in example.trim_end().lines() {
            assert_eq!(line.trim_start().starts_with("ikrar "), !goes_on, "{command}: {example}");
            assert!(line.starts_with("  ") && line.chars().count() <= 80, "{command}: {example}");
            goes_on = line.ends_with('\\');
        }
        assert!(!goes_on, "{command}: {example}");
    }
}

#[test]
fn a_report_changes_unseen() {
    let scratch = Scratch::new();
    for (format, file) in [("text", "report.txt"), ("csv", "report.csv"), ("json", "report.json")] {
        let answer = scratch.run(&with(REPORT, &["--format", format])).expect(0, &[]);
        assert!(answer.err.is_empty(), "{answer:#?}");
        assert_expected(file, &answer.out);
        let again = scratch.run(&with(REPORT, &["--format", format]));
        assert_eq!(again.out, answer.out, "not the same in each run");
    }
    let indonesian = scratch.run(&with(REPORT, &["--lang", "id"])).expect(0, &[]);
    assert_expected("report.id.txt", &indonesian.out);
    let verdict = scratch.verify().expect(0, &[]);
    assert_expected("verify.txt", &verdict.out);
    let json = scratch.run(&["verify", "log", "--keys", "keys", "--format", "json"]).expect(0, &[]);
    assert_expected("verify.json", &json.out);
}

/// Names of the fields of an object, in no order.
fn fields(value: &serde_json::Value) -> std::collections::BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[track_caller]
fn assert_fields(value: &serde_json::Value, promised: &str) {
    let promised: std::collections::BTreeSet<_> = promised.split(' ').collect();
    let there = fields(value);
    let missing: Vec<_> = promised.difference(&there).collect();
    assert!(missing.is_empty(), "{missing:?} of {value:#}");
}

#[test]
fn machine_output_lacks_a_field_that_was_promised() {
    let scratch = Scratch::new();
    for round in ["contoh", "root/contoh", "nanti"] {
        let report = scratch.report(round);
        assert_eq!(report["schema"], "ikrar.report/1");
        let top = "schema registry trust origin tree_size root round opener opens due at summary summary_at_due units";
        assert_fields(&report, top);
        assert_fields(&report["registry"], "name id synthetic");
        assert_fields(&report["trust"], "path fingerprint");
        for summary in ["summary", "summary_at_due"] {
            let summary = &report[summary];
            assert_fields(summary, "owed complete partial late missing pending retired disputed");
            let of_status = |name: &&str| summary[*name].as_u64().unwrap();
            let sum: u64 = ["complete", "partial", "late", "missing", "pending", "retired", "disputed"]
                .iter()
                .map(of_status)
                .sum();
            assert_eq!(summary["owed"], sum);
        }
        let units = report["units"].as_array().unwrap();
        assert_eq!(report["summary"]["owed"], units.len());
        for unit in units {
            let all =
                "unit name parent kind status content timing flags at_due entry logged_at made_at coverage commitments";
            assert_fields(unit, all);
            assert_fields(&unit["at_due"], "status content timing");
            assert_eq!(unit["coverage"].is_null(), unit["content"] == "none", "{unit:#}");
        }
        for time in ["opens", "due", "at"] {
            assert!(report[time].as_str().unwrap().ends_with('Z'), "{time}");
        }
    }
    let answer = scratch.run(&["verify", "log", "--keys", "keys", "--format", "json"]).expect(0, &[]);
    let verdict: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_fields(&verdict, "schema ok registry origin tree_size root entries attestations units findings");
    assert_eq!(verdict["schema"], "ikrar.verify/1");
    scratch.write("log/tile/0/000.p/5", "short");
    let answer = scratch.run(&["verify", "log", "--keys", "keys", "--format", "json"]).expect(1, &[]);
    let verdict: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(verdict["ok"], false);
    assert_fields(&verdict["findings"][0], "rule severity entry unit detail");
    assert_eq!(verdict["findings"][0]["rule"], "tile-malformed");
}

#[test]
fn colours_or_bars_reach_a_pipe() {
    let scratch = Scratch::new();
    let commands: [&[&str]; 4] = [REPORT, &["verify", "log", "--keys", "keys"], &["append", "--help"], &["verify"]];
    for args in commands {
        for (name, value) in [("TERM", "xterm-256color"), ("NO_COLOR", "1"), ("LC_ALL", "id_ID.UTF-8")] {
            let answer = Answer::new(scratch.command(args).env(name, value).output().unwrap());
            for text in [&answer.out, &answer.err] {
                let control = |c: char| c.is_control() && c != '\n';
                assert!(!text.contains(control), "{args:?} under {name}={value}: {answer:#?}");
            }
        }
    }
}

#[test]
fn the_language_asked_for_is_not_spoken() {
    let scratch = Scratch::new();
    let by_locale = |locale: &str| {
        let mut command = scratch.command(&["verify", "log", "--keys", "keys"]);
        Answer::new(command.env("LC_ALL", locale).output().unwrap()).expect(0, &[]).out
    };
    assert!(by_locale("id_ID.UTF-8").contains("┌─ Integritas"));
    assert!(by_locale("de_DE.UTF-8").contains("┌─ Integrity"));
    assert!(by_locale("C").contains("┌─ Integrity"));
    let asked = |lang| scratch.run(&["verify", "log", "--keys", "keys", "--lang", lang]);
    asked("id").expect(0, &["┌─ Integritas", "REGISTRI SINTETIS"]);
    asked("en").expect(0, &["┌─ Integrity", "SYNTHETIC REGISTRY"]);
    asked("fr").expect(2, &["fr"]);
    let error = |lang| scratch.run(&["--lang", lang, "verify", "nolog", "--keys", "keys"]);
    error("en").expect(3, &["Error: nolog is no folder"]);
    let answer = error("id").expect(3, &["nolog"]);
    assert!(!answer.err.contains("Error") && !answer.err.contains("is no folder"), "{answer:#?}");
    // Machine output is the same in every language.
    let json = |lang| scratch.run(&with(REPORT, &["--format", "json", "--lang", lang])).expect(0, &[]).out;
    assert_eq!(json("id"), json("en"));
}

#[test]
fn a_synthetic_registry_passes_for_a_real_one() {
    let scratch = Scratch::new();
    scratch.run(REPORT).expect(0, &["SYNTHETIC REGISTRY"]);
    scratch.verify().expect(0, &["SYNTHETIC REGISTRY"]);
    assert_eq!(scratch.report("contoh")["registry"]["synthetic"], true);
    let csv = scratch.run(&with(REPORT, &["--format", "csv"])).expect(0, &[]).out;
    let mut lines = csv.lines();
    let column = lines.next().unwrap().split(',').position(|name| name == "synthetic").unwrap();
    for line in lines {
        assert_eq!(line.split(',').nth(column), Some("true"), "{line}");
    }
}

#[test]
fn a_report_is_written_over_a_file() {
    let scratch = Scratch::new();
    scratch.run(&with(REPORT, &["--out", "report.txt"])).expect(0, &[]);
    let first = std::fs::read(scratch.path("report.txt")).unwrap();
    assert!(!first.is_empty());
    scratch.run(&with(REPORT, &["--format", "csv", "--out", "report.txt"])).expect(5, &["report.txt exists already"]);
    assert_eq!(std::fs::read(scratch.path("report.txt")).unwrap(), first);
}

#[test]
fn a_reader_who_has_seen_enough_causes_a_panic() {
    let scratch = Scratch::new();
    for args in [REPORT, &["verify", "log", "--keys", "keys"], &["report", "--help"], &["--help"]] {
        let mut command = scratch.command(args);
        let piped = std::process::Stdio::piped;
        let mut running = command.stdout(piped()).stderr(piped()).spawn().unwrap();
        drop(running.stdout.take());
        let answer = Answer::new(running.wait_with_output().unwrap());
        assert_eq!(answer.code, Some(0), "{args:?}: {answer:#?}");
        assert!(answer.err.is_empty(), "{args:?}: {answer:#?}");
    }
}
