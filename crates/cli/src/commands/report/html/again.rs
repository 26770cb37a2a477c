//! The command that makes the same page again, and those that show what is behind a row.

use std::path::Path;

use ikrar_log::history::History;
use ikrar_log::report::Report;

use crate::commands::shell_word;

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
        let log = shell_word(&log.display().to_string());
        let keys = shell_word(&report.trust.path);
        let round = shell_word(&name(history, &report.opener, &report.round));
        let (size, at) = (report.tree_size, &report.at);
        let point = format!("--as-of {size} --at {at}");
        let mut again = format!("ikrar --lang {lang} report {log} --keys {keys} --round {round} {point} --format html");
        if let Some(under) = &report.under {
            again.push_str(&format!(" --under {}", shell_word(under)));
        }
        if !report.only.is_empty() {
            let only: Vec<_> = report.only.iter().map(|status| status.name()).collect();
            again.push_str(&format!(" --only {}", only.join(",")));
        }
        if !report.compared.is_empty() {
            let rounds = report.compared.iter().map(|it| name(history, &it.opener, &it.round));
            again.push_str(&format!(" --compare {}", shell_word(&rounds.collect::<Vec<_>>().join(","))));
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
