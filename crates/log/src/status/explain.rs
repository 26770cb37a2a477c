//! Why a unit owes in a round or does not, and what decided its status: every step of spec §8 with its entries.

mod flags;
mod owing;

use ikrar_core::field::Time;
use ikrar_core::state::At;
use ikrar_core::statement::{Coverage, Duty};

use super::owed::Window;
use super::{Flag, Standing, Status, UnitStatus, View};
use crate::census::{ChangeKind, UnitIx};
use crate::history::{History, RoundIx, StatementRecord};

pub use owing::{Owing, Reason};

named!(
    /// What decides a part of a status.
    Ground {
        /// §8.3: there is no pledge.
        NoPledge "no-pledge"
        /// §8.3: the pledges there are, are void.
        PledgeVoid "pledge-void"
        /// §8.3: the pledge is withdrawn.
        PledgeWithdrawn "pledge-withdrawn"
        /// §8.3: the first pledge.
        First "first"
        /// §8.3: what stands.
        Standing "standing"
        /// §8.3: it leaves commitments out.
        CommitmentsMissing "commitments-missing"
        /// §8.3: fewer have signed than are required.
        SignaturesMissing "signatures-missing"
        /// §8.3: a statement of a required kind.
        DutyDone "duty-done"
        /// §8.3: statements of a required kind are missing.
        DutiesMissing "duties-missing"
        /// §8.4: an anchor that covers the first pledge is of a time by due.
        Witnessed "witnessed"
        /// §8.4: by the operator's clock it is by due.
        ByDue "by-due"
        /// §8.4: it was logged after due.
        LoggedAfterDue "logged-after-due"
        /// §8.4: an anchor before it is of a time past due.
        AnchoredAfterDue "anchored-after-due"
        /// §8.5: the unit has ended by due.
        Ended "ended"
        /// §8.5: a pledge is void.
        Disputed "disputed"
        /// §8.5: it is not yet past due.
        NotYetDue "not-yet-due"
        /// §8.5: it is past due.
        PastDue "past-due"
        /// §8.5: something is left out.
        Partial "partial"
        /// §8.5: whole, after due.
        Late "late"
        /// §8.5: whole, in time.
        Complete "complete"
    }
);

impl Ground {
    /// The section of the spec whose step it is.
    pub fn section(self) -> &'static str {
        match self {
            Self::NoPledge
            | Self::PledgeVoid
            | Self::PledgeWithdrawn
            | Self::First
            | Self::Standing
            | Self::CommitmentsMissing
            | Self::SignaturesMissing
            | Self::DutiesMissing
            | Self::DutyDone => "8.3",
            Self::Witnessed | Self::ByDue | Self::LoggedAfterDue | Self::AnchoredAfterDue => "8.4",
            Self::Ended
            | Self::Disputed
            | Self::NotYetDue
            | Self::PastDue
            | Self::Partial
            | Self::Late
            | Self::Complete => "8.5",
        }
    }
}

/// A step that decided, with the entries that it rests on.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Step {
    /// Where in the spec.
    pub section: &'static str,
    /// What it found.
    pub ground: Ground,
    /// The entries, ascending.
    pub entries: Vec<u64>,
    /// What is missing: numbers of commitments, categories of staff, kinds of statements.
    pub missing: Vec<String>,
}

/// The steps that decided a status, in the order of the spec.
pub type Grounds = Vec<Step>;

/// Everything that decides how a unit stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explained {
    /// Index of the round's opening (spec §8.1).
    pub opening: u64,
    /// Does it owe, and why?
    pub owing: Owing,
    /// How it stands, whether it owes or not.
    pub row: UnitStatus,
    /// Does a report count it in its summary at due?
    pub owes_at_due: bool,
    /// What decided at due.
    pub at_due: Grounds,
    /// What decided at the time.
    pub now: Grounds,
    /// The entries that set each flag.
    pub flags: Vec<(Flag, Vec<u64>)>,
}

/// Explains how a unit stands in a round as of `at`: the same status as [`super::evaluate`] gives.
pub fn explain(history: &History, round: RoundIx, unit: UnitIx, at: Time) -> Explained {
    let window = Window::new(history, round);
    let (everything, by_due) = View::both(history, round, at, &window);
    let owing = owing::owing(&everything, unit);
    let ended = window.ended()[unit.place()];
    let row = everything.row(unit, ended, by_due.standing(unit, ended));
    let now = everything.grounds(unit, row.now);
    let at_due = by_due.grounds(unit, row.at_due);
    let flags = row.flags.iter().map(|flag| (*flag, everything.flag_entries(unit, *flag))).collect();
    let owes_at_due = owing.is_asked() && !by_due.is_void_enrolment(&window.census_at_due(), unit);
    Explained { opening: window.opening, owing, row, owes_at_due, at_due, now, flags }
}

fn step(ground: Ground, entries: impl IntoIterator<Item = u64>) -> Step {
    let mut entries: Vec<_> = entries.into_iter().collect();
    entries.sort_unstable();
    entries.dedup();
    Step { section: ground.section(), ground, entries, missing: Vec::new() }
}

fn index(statement: &StatementRecord) -> u64 {
    statement.at.index
}

impl<'a> View<'a> {
    fn grounds(&self, unit: UnitIx, standing: Standing) -> Grounds {
        let mut steps = Vec::new();
        match self.pledge(unit) {
            Some((first, stands)) => {
                self.content_grounds(unit, first, stands, &mut steps);
                steps.push(self.timing_ground(first.at));
            }
            None => steps.push(self.why_no_pledge(unit)),
        }
        steps.push(match standing.status {
            Status::Retired => step(Ground::Ended, self.ended_by(unit)),
            Status::Disputed => step(Ground::Disputed, self.voided(unit, Some(Duty::Pledge))),
            Status::Pending => step(Ground::NotYetDue, []),
            Status::Missing => step(Ground::PastDue, []),
            Status::Partial => step(Ground::Partial, []),
            Status::Late => step(Ground::Late, []),
            Status::Complete => step(Ground::Complete, []),
        });
        steps
    }

    fn why_no_pledge(&self, unit: UnitIx) -> Step {
        match self.pledges(unit).next_back() {
            Some(withdrawal) => step(Ground::PledgeWithdrawn, [index(withdrawal)]),
            None if self.has_void_pledge(unit) => step(Ground::PledgeVoid, self.voided(unit, Some(Duty::Pledge))),
            None => step(Ground::NoPledge, []),
        }
    }

    fn content_grounds(&self, unit: UnitIx, first: &StatementRecord, stands: &StatementRecord, steps: &mut Grounds) {
        steps.push(step(Ground::First, [index(first)]));
        steps.push(step(Ground::Standing, [index(stands)]));
        if let Some(pledge) = stands.pledge() {
            let text = self.history.text_record(&pledge.text);
            let all = 1..=text.map_or(0, |text| text.commitments);
            let left_out =
                all.filter(|number| pledge.accepted >> (number - 1) & 1 == 0).map(|number| number.to_string());
            let entries = text.map(|text| text.index);
            push_missing(steps, step(Ground::CommitmentsMissing, entries), left_out);
            push_missing(steps, step(Ground::SignaturesMissing, [index(stands)]), short_of(&pledge.coverage));
        }
        let others = self.round().required.iter().filter(|duty| **duty != Duty::Pledge);
        let (done, open): (Vec<Duty>, Vec<Duty>) = others.partition(|duty| self.has_said(unit, **duty));
        if !done.is_empty() {
            let statements = &self.history.record(unit).statements;
            let in_force = self.in_force(unit, |duty| done.contains(&duty));
            steps.push(step(Ground::DutyDone, in_force.into_iter().map(|place| index(&statements[place]))));
        }
        push_missing(steps, step(Ground::DutiesMissing, []), open.iter().map(|duty| duty_name(*duty).to_owned()));
    }

    fn timing_ground(&self, first: At) -> Step {
        let due = self.window.due;
        let mut anchors = self.history.anchors().iter().filter(|anchor| self.counts(anchor.at));
        if let Some(anchor) = anchors.find(|anchor| anchor.size > first.index && anchor.time <= due) {
            step(Ground::Witnessed, [anchor.at.index])
        } else if self.window.by_due(first) {
            step(Ground::ByDue, [first.index])
        } else if first.logged_at > due {
            step(Ground::LoggedAfterDue, [first.index])
        } else {
            let past = self.history.anchors().iter().find(|anchor| anchor.time > due);
            step(Ground::AnchoredAfterDue, past.map(|anchor| anchor.at.index))
        }
    }

    /// The retirement that ended it by due.
    fn ended_by(&self, unit: UnitIx) -> Option<u64> {
        let retired = |kind: &ChangeKind| matches!(kind, ChangeKind::Retired { .. });
        let changes = self.history.changes().iter().rev().filter(|change| self.window.by_due(change.at));
        changes.filter(|change| change.unit == unit).find(|change| retired(&change.kind)).map(|change| change.at.index)
    }

    /// Void statements in the round, and the rekeys that made them so.
    fn voided(&self, unit: UnitIx, duty: Option<Duty>) -> Vec<u64> {
        let record = self.history.record(unit);
        let void: Vec<_> = self.voids(unit).filter(|it| duty.is_none_or(|duty| it.duty == duty)).collect();
        let of = |it: &StatementRecord| record.disputes_of(it.epoch, it.seq).find(|at| self.counts(*at));
        let by = void.iter().filter_map(|it| of(it)).map(|at| at.index);
        void.iter().map(|it| index(it)).chain(by).collect()
    }
}

fn push_missing(steps: &mut Grounds, step: Step, missing: impl IntoIterator<Item = String>) {
    let missing: Vec<_> = missing.into_iter().collect();
    if !missing.is_empty() {
        steps.push(Step { missing, ..step });
    }
}

/// The categories in which fewer have signed than are required.
fn short_of(coverage: &Coverage) -> Vec<String> {
    let names: &[&str] = match coverage {
        Coverage::ByCategory { .. } => &["pns", "pppk", "ppnpn"],
        Coverage::Combined(_) => &["combined"],
    };
    let short = coverage.counts().zip(names).filter(|(count, _)| count.signed < count.required);
    short.map(|(_, name)| (*name).to_owned()).collect()
}

/// The name of a kind of statement in machine output.
pub fn duty_name(duty: Duty) -> &'static str {
    match duty {
        Duty::Pledge => "pledge",
        Duty::Briefing => "briefing",
        Duty::Monitoring => "monitoring",
        Duty::Referral => "referral",
    }
}
