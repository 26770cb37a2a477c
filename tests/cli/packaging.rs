//! What packages ship beside the program: completions and man pages, made from the command line itself.

mod scratch;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use scratch::Scratch;

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

/// The verbs, and the verbs of verbs, as `--help` lists them.
fn verbs(scratch: &Scratch, path: &[&str]) -> Vec<Vec<String>> {
    let help = scratch.run(&[path, &["--help"]].concat()).expect(0, &[]).out;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let mut found = Vec::new();
    for verb in listed.filter_map(|line| line.split_whitespace().next()) {
        let verb: Vec<_> = path.iter().copied().chain([verb]).collect();
        found.push(verb.iter().map(ToString::to_string).collect());
        found.extend(verbs(scratch, &verb));
    }
    found
}

#[test]
fn a_verb_is_missing_from_a_completion() {
    let scratch = Scratch::new();
    let verbs = verbs(&scratch, &[]);
    assert!(verbs.len() > 15, "{verbs:?}");
    for shell in SHELLS {
        let script = scratch.run(&["completions", shell]).expect(0, &[]).out;
        let words: BTreeSet<_> = script.split(|c: char| !c.is_alphanumeric() && !"-_".contains(c)).collect();
        for verb in verbs.iter().flatten() {
            assert!(words.contains(&**verb), "{shell}: {verb}");
        }
        assert!(script.contains("all-or-nothing"), "{shell}");
        // The completions of elvish and PowerShell have no values.
        assert!(["elvish", "powershell"].contains(&shell) || script.contains("deklarasi"), "{shell}");
        scratch.run(&["completions", shell, "--out", shell]).expect(0, &[]);
        assert_eq!(std::fs::read_to_string(scratch.path(shell)).unwrap(), script);
        scratch.run(&["completions", shell, "--out", shell]).expect(5, &[shell]);
    }
}

#[test]
fn a_shell_does_not_take_its_completions() {
    let scratch = Scratch::new();
    for (shell, check) in [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")] {
        scratch.run(&["completions", shell, "--out", shell]).expect(0, &[]);
        match Command::new(shell).arg(check).arg(scratch.path(shell)).output() {
            Ok(output) => assert!(output.status.success() && output.stderr.is_empty(), "{shell}: {output:?}"),
            Err(_) => println!("skipped: no {shell}"),
        }
    }
}

/// Completes the last word with the bash script, as pressing Tab does.
fn complete(scratch: &Scratch, words: &[&str]) -> BTreeSet<String> {
    let quoted = words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" ");
    let last = words.len() - 1;
    let script = format!(
        "source ./ikrar.bash; COMP_WORDS=({quoted}); COMP_CWORD={last}; \
         _ikrar ikrar \"${{COMP_WORDS[{last}]}}\" \"${{COMP_WORDS[{last}-1]}}\"; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    );
    let mut bash = Command::new("bash");
    let output = bash.args(["--norc", "-c", &script]).current_dir(scratch.path("")).output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
#[cfg(unix)]
fn tab_offers_nothing_or_the_wrong_thing() {
    let scratch = Scratch::new();
    if Command::new("bash").arg("--version").output().is_err() {
        println!("skipped: no bash");
        return;
    }
    scratch.run(&["completions", "bash", "--out", "ikrar.bash"]).expect(0, &[]);
    let set = |words: &[&str]| words.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    assert_eq!(complete(&scratch, &["ikrar", "ver"]), set(&["verify"]));
    assert_eq!(complete(&scratch, &["ikrar", "key", "sh"]), set(&["show"]));
    assert_eq!(complete(&scratch, &["ikrar", "verify", "log", "--si"]), set(&["--since"]));
    assert_eq!(complete(&scratch, &["ikrar", "pledge", "--form", "d"]), set(&["deklarasi"]));
    assert_eq!(complete(&scratch, &["ikrar", "report", "log", "--format", ""]), set(&["text", "json", "csv", "html"]));
    // Folders where a folder is meant; files where a file is; nothing made up where it is neither.
    // Bash itself adds the folders, where it is asked to.
    assert_eq!(complete(&scratch, &["ikrar", "verify", "log", "--keys", "ik"]), set(&[""]));
    assert!(std::fs::read_to_string(scratch.path("ikrar.bash")).unwrap().contains("compopt -o plusdirs"));
    assert!(complete(&scratch, &["ikrar", "genesis", "--key", "ik"]).contains("ikrar.bash"));
    assert!(!complete(&scratch, &["ikrar", "genesis", "--name", "ik"]).contains("ikrar.bash"));
}

#[test]
fn a_verb_has_no_page_or_a_page_no_verb() {
    let scratch = Scratch::new();
    let named = verbs(&scratch, &[]).into_iter().map(|verb| format!("ikrar-{}.1", verb.join("-")));
    let expected: BTreeSet<_> = named.chain(["ikrar.1".to_owned()]).collect();
    for (lang, name, example) in [("en", "NAME", "EXAMPLE"), ("id", "NAMA", "CONTOH")] {
        scratch.run(&["--lang", lang, "manual", "--out", lang]).expect(0, &[]);
        let pages = std::fs::read_dir(scratch.path(lang)).unwrap();
        let pages: BTreeSet<_> = pages.map(|page| page.unwrap().file_name().into_string().unwrap()).collect();
        assert_eq!(pages, expected);
        for page in &pages {
            let text = std::fs::read_to_string(scratch.path(lang).join(page)).unwrap();
            assert!(text.contains(&format!("\n.SH {name}\nikrar")), "{page}: {text}");
            let has_example = text.contains(&format!("\n.SH {example}\n.EX\n"));
            assert_eq!(has_example, !["ikrar.1", "ikrar-key.1", "ikrar-device.1"].contains(&&**page), "{page}");
            // What the catalogue lacks would show its key.
            assert!(!text.contains("manual\\-") && !text.contains("manual-"), "{page}: {text}");
        }
        scratch.run(&["manual", "--out", lang]).expect(5, &[]);
    }
}

/// What a formatter says against a page.
fn complaints(formatter: &[&str], page: &Path) -> Option<String> {
    let output = Command::new(formatter[0]).args(&formatter[1..]).arg(page).env("LC_ALL", "C.UTF-8").output().ok()?;
    let said = if formatter[0] == "mandoc" { output.stdout } else { output.stderr };
    // The pages have no date, so that a build is the same on any day.
    let faults = |line: &&str| !line.contains("missing date");
    Some(String::from_utf8_lossy(&said).lines().filter(faults).collect())
}

#[test]
fn a_page_is_not_sound_roff() {
    let scratch = Scratch::new();
    for lang in ["en", "id"] {
        scratch.run(&["--lang", lang, "manual", "--out", lang]).expect(0, &[]);
        let groff = ["groff", "-k", "-ww", "-man", "-Tutf8"].as_slice();
        for formatter in [groff, &["mandoc", "-T", "lint", "-W", "warning"]] {
            for page in std::fs::read_dir(scratch.path(lang)).unwrap() {
                match complaints(formatter, &page.unwrap().path()) {
                    Some(said) => assert_eq!(said, "", "{formatter:?}"),
                    None => {
                        assert!(formatter != groff || std::env::var_os("CI").is_none(), "no groff");
                        println!("skipped: no {}", formatter[0]);
                    }
                }
            }
        }
    }
}
