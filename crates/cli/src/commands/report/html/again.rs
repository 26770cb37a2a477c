//! The command that makes the same page again, and those that show what is behind a row.

use std::path::Path;

use ikrar_log::history::History;
use ikrar_log::report::Report;

/// The arguments of every command about this log.
pub(super) struct Commands {
    /// Makes the page again, byte for byte.
    pub(super) again: String,
    /// What stands around a unit: `ikrar explain LOG --unit` … ` --round R …`.
    pub(super) explain: (String, String),
    /// The same of `ikrar prove`, around a unit and then an entry.
    pub(super) prove: (String, String),
    pub(super) verify: String,
}

impl Commands {
    pub(super) fn new(report: &Report, history: &History, log: &Path, lang: &str, file: &str) -> Self {
        let log = quoted(&log.display().to_string());
        let keys = quoted(&report.trust.path);
        let round = quoted(&name(history, &report.opener, &report.round));
        let (size, at) = (report.tree_size, &report.at);
        let point = format!("--as-of {size} --at {at}");
        let mut again = format!("ikrar --lang {lang} report {log} --keys {keys} --round {round} {point} --format html");
        if let Some(under) = &report.under {
            again.push_str(&format!(" --under {}", quoted(under)));
        }
        if !report.only.is_empty() {
            let only: Vec<_> = report.only.iter().map(|status| status.name()).collect();
            again.push_str(&format!(" --only {}", only.join(",")));
        }
        if !report.compared.is_empty() {
            let rounds = report.compared.iter().map(|it| name(history, &it.opener, &it.round));
            again.push_str(&format!(" --compare {}", quoted(&rounds.collect::<Vec<_>>().join(","))));
        }
        again.push_str(&format!(" --out {file}"));
        Self {
            again,
            explain: (format!("ikrar explain {log} --keys {keys} --unit "), format!(" --round {round} {point}")),
            prove: (format!("ikrar prove {log} --keys {keys} --unit "), " --entry ".to_owned()),
            verify: format!("ikrar verify {log} --keys {keys}"),
        }
    }
}

/// A round by its id where one opener has it, else by `OPENER/ID`.
fn name(history: &History, opener: &str, round: &str) -> String {
    match history.round_by_name(round) {
        Ok(_) => round.to_owned(),
        Err(_) => format!("{opener}/{round}"),
    }
}

/// An argument as a shell reads it.
fn quoted(argument: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,=+@".contains(c);
    if !argument.is_empty() && argument.chars().all(is_plain) {
        return argument.to_owned();
    }
    format!("'{}'", argument.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_more_than_one_argument() {
        assert_eq!(quoted("examples/kota-semarang/log"), "examples/kota-semarang/log");
        assert_eq!(quoted("wil:33.74"), "wil:33.74");
        assert_eq!(quoted("log baru"), "'log baru'");
        assert_eq!(quoted("$(rm -r x)"), "'$(rm -r x)'");
        assert_eq!(quoted("o'clock"), r"'o'\''clock'");
        assert_eq!(quoted(""), "''");
    }
}
