//! Questions about a round: the log is verified as a whole, and the answer is of a prefix of it and as of a time.

mod time;

use std::path::Path;

use ikrar_core::field::Time;
use ikrar_core::state::LogState;
use ikrar_log::census::UnitIx;
use ikrar_log::history::{History, RoundIx};
use ikrar_log::medium::Folder;
use ikrar_log::status::default_time;
use ikrar_log::store::{Head, Store};
use ikrar_log::verify::{Effort, Verification};

use super::log::{self, Pinned};
use super::verify;
use crate::context::Context;
use crate::failure::{Exit, Failure, bad, unchecked, usage};

/// What is asked.
pub(crate) struct Question<'a> {
    pub(crate) log: &'a Path,
    pub(crate) keys: Option<&'a Path>,
    pub(crate) round: &'a str,
    pub(crate) at: Option<&'a str>,
    pub(crate) as_of: Option<u64>,
}

/// A verified log, and the point of it that the question is about.
pub(crate) struct Grounded {
    pub(crate) trust: Pinned,
    pub(crate) store: Store<Folder>,
    pub(crate) verification: Verification,
    /// The verdict on the whole log.
    pub(crate) exit: Exit,
    /// The size of the whole log.
    pub(crate) size: u64,
    /// Size and root of the prefix.
    pub(crate) head: Head,
    pub(crate) round: RoundIx,
    pub(crate) at: Time,
}

impl Grounded {
    /// What was learnt up to the end of the prefix.
    pub(crate) fn history(&self) -> &History {
        self.state().store()
    }

    fn state(&self) -> &LogState<History> {
        self.verification.prefix.as_ref().unwrap_or(&self.verification.state)
    }

    /// When the last entry of the prefix was logged, by the operator's clock.
    pub(crate) fn last_logged_at(&self) -> Time {
        self.state().last_logged_at()
    }

    /// The zone in which the round's times are shown.
    pub(crate) fn zone(&self) -> &str {
        self.history().round_record(self.round).zone.as_deref().unwrap_or("UTC")
    }

    /// A unit by its id on the command line.
    pub(crate) fn unit(&self, id: &str) -> Result<UnitIx, Failure> {
        self.history().unit_by_id(id).ok_or_else(|| usage("error-unknown-unit").with("unit", id))
    }
}

/// Verifies the log, and finds what the question names.
pub(crate) fn ground(question: &Question<'_>, context: &Context) -> Result<Grounded, Failure> {
    let Question { log: path, as_of, .. } = *question;
    let trust = log::trust_root(question.keys)?;
    let store = log::open(path)?;
    let verification = log::verified_keeping(path, &store, &trust.root, as_of, Effort::default(), context)?;
    let exit = verify::exit_code(&verification);
    let head = verification
        .head
        .filter(|head| verification.entries == head.size && verification.state.chain().root() == head.root);
    let Some(whole) = head else {
        // What the log's key did not vouch for is no ground for a report.
        let _ = context.print(&log::findings(&verification.findings, context));
        let failure = if exit == Exit::Unchecked { unchecked("error-no-report") } else { bad("error-no-report") };
        return Err(failure.with("path", path.display()));
    };
    let state = match (as_of, &verification.prefix) {
        (None, _) => &verification.state,
        (Some(_), Some(prefix)) => prefix,
        (Some(asked), None) => return Err(usage("error-as-of").with("asked", asked).with("size", whole.size)),
    };
    let head = Head { size: state.chain().size(), root: state.chain().root() };
    let history = state.store();
    let round = match find_round(history, question.round) {
        // Under another trust root a log has no rounds: that it does not verify comes first.
        Err(_) if matches!(exit, Exit::Bad | Exit::Unchecked) => {
            return Err(log::unsound(path, &verification, context));
        }
        found => found?,
    };
    let record = history.round_record(round);
    let at = match question.at {
        Some(at) => time::parse(at, record.zone.as_deref())?,
        None => default_time(state.last_logged_at(), record.due, context.now()),
    };
    Ok(Grounded { trust, store, exit, size: whole.size, head, round, at, verification })
}

/// A round by its name on the command line.
pub(crate) fn find_round(history: &History, name: &str) -> Result<RoundIx, Failure> {
    history.round_by_name(name).map_err(|candidates| {
        if candidates.is_empty() {
            let known: Vec<_> = history.rounds().map(|(_, round)| round.id.clone()).collect();
            if known.is_empty() {
                return usage("error-no-rounds").with("round", name);
            }
            return usage("error-unknown-round").with("round", name).with("known", known.join(", "));
        }
        usage("error-ambiguous-round").with("round", name).with("known", candidates.join(", "))
    })
}
