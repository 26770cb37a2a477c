//! Status of each owed unit in a round: a pure function of a verified prefix and a time (spec §8).

mod explain;
mod owed;
mod roster;

use std::collections::HashSet;

use ikrar_core::field::Time;
use ikrar_core::state::At;
use ikrar_core::statement::{Duty, Reason};

use crate::census::{Census, ChangeKind, UnitIx};
use crate::history::{Act, History, PledgeFacts, RoundIx, RoundRecord, StatementRecord};
use owed::Window;

pub use roster::RosterChange;

pub use explain::{Explained, Ground, Grounds, Owing, Reason as OwingReason, Step, duty_name, explain};

named!(
    /// The one status of a unit in a round, by precedence (spec §8.5).
    Status {
        /// No pledge, and the unit ended between opening and due.
        Retired "retired"
        /// Only void pledges.
        Disputed "disputed"
        /// No pledge yet; not due.
        Pending "pending"
        /// No pledge.
        Missing "missing"
        /// A pledge that leaves something out.
        Partial "partial"
        /// A whole pledge, after due.
        Late "late"
        /// A whole pledge in time.
        Complete "complete"
    }
);
named!(
    /// What the standing pledge covers (spec §8.3).
    Content {
        /// Everything.
        Complete "complete"
        /// A commitment, a signature or a required kind is missing.
        Partial "partial"
        /// There is no standing pledge.
        None "none"
    }
);
named!(
    /// When the first undisputed pledge was logged (spec §8.4).
    Timing {
        /// In time, by the witnesses' clocks.
        Witnessed "witnessed"
        /// In time, by the operator's clock.
        OnTime "on-time"
        /// After due.
        Late "late"
    }
);
named!(
    /// What else a reader should know of a unit (spec §8.6).
    Flag {
        /// The standing pledge is a correction, other than progress.
        Corrected "corrected"
        /// The pledge was withdrawn, for good.
        Withdrawn "withdrawn"
        /// Signed by due by the signer's clock, logged after it. Neutral: offline units do that.
        SignedEarlier "signed-earlier"
        /// A pledge to a text that the round does not accept had no effect.
        ForeignText "foreign-text"
        /// Since the opening another than the unit ended its key.
        ForcedRekey "forced-rekey"
        /// Since the opening its key changed otherwise.
        Rekeyed "rekeyed"
        /// It has no key in force.
        NoKey "no-key"
        /// A statement of it in the round is void.
        Disputed "disputed"
        /// The pledge has lapsed.
        Expired "expired"
        /// It came after the opening.
        EnrolledLate "enrolled-late"
        /// It is no longer on the roster.
        Retired "retired"
        /// It moved since the opening.
        Moved "moved"
        /// It was renamed since the opening.
        Renamed "renamed"
        /// Its counts are its own claim.
        SelfReported "self-reported"
    }
);

/// Status, content and timing at one point.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Standing {
    /// The one status.
    pub status: Status,
    /// What the pledge covers.
    pub content: Content,
    /// When the first undisputed pledge was logged; none without one.
    pub timing: Option<Timing>,
}

/// A unit's first undisputed pledge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct First {
    /// Where and when it was logged.
    pub at: At,
    /// The signer's clock.
    pub made_at: Time,
}

/// An owed unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitStatus {
    /// The unit.
    pub unit: UnitIx,
    /// How it stands.
    pub now: Standing,
    /// How it stood at the due second; never changed by what was logged later.
    pub at_due: Standing,
    /// What else to know, in the order of [`Flag::ALL`].
    pub flags: Vec<Flag>,
    /// Its first undisputed pledge, unless withdrawn.
    pub first: Option<First>,
    /// Where and when what stands was logged: the first pledge, or its last correction.
    pub stands: Option<At>,
    /// What its standing pledge says.
    pub pledge: Option<PledgeFacts>,
    /// Its briefings, monitorings and referrals in force: places among its statements.
    pub others: Vec<usize>,
}

/// How many units have each status. They sum to the owed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize)]
#[allow(missing_docs, reason = "the statuses")]
pub struct Summary {
    pub owed: u64,
    pub complete: u64,
    pub partial: u64,
    pub late: u64,
    pub missing: u64,
    pub pending: u64,
    pub retired: u64,
    pub disputed: u64,
}

impl Summary {
    /// Counts one more unit.
    pub fn add(&mut self, status: Status) {
        self.owed += 1;
        *match status {
            Status::Retired => &mut self.retired,
            Status::Disputed => &mut self.disputed,
            Status::Pending => &mut self.pending,
            Status::Missing => &mut self.missing,
            Status::Partial => &mut self.partial,
            Status::Late => &mut self.late,
            Status::Complete => &mut self.complete,
        } += 1;
    }
}

/// A round with every unit that owes in it.
#[derive(Clone, Debug)]
pub struct RoundStatus {
    /// The round.
    pub round: RoundIx,
    /// The time it is as of.
    pub at: Time,
    /// The owed, by unit id.
    pub units: Vec<UnitStatus>,
    /// Their statuses.
    pub summary: Summary,
    /// Their statuses at the due second.
    pub summary_at_due: Summary,
    /// Index of the round's opening (spec §8.1).
    pub opening: u64,
    /// Changes of roster and keys since the opening, of units in scope before or after them, in log order.
    pub changes: Vec<RosterChange>,
}

/// The default time of a report: the last entry's, raised to due + 1 s where the reader's clock is past due.
pub fn default_time(last_logged_at: Time, due: Time, now: Time) -> Time {
    if now > due && last_logged_at <= due {
        Time::new(due.seconds().saturating_add(1)).unwrap_or(due)
    } else {
        last_logged_at
    }
}

/// Evaluates a round as of `at`.
pub fn evaluate(history: &History, round: RoundIx, at: Time) -> RoundStatus {
    evaluate_under(history, round, at, None)
}

/// Evaluates a round as of `at`; of the units that now stand at or below `top`, where one is given.
pub fn evaluate_under(history: &History, round: RoundIx, at: Time, top: Option<UnitIx>) -> RoundStatus {
    let window = Window::new(history, round);
    let (everything, by_due) = View::both(history, round, at, &window);
    let (census_at_due, has_ended) = (window.census_at_due(), window.ended());
    let mut status = RoundStatus {
        round,
        at,
        units: Vec::new(),
        summary: Summary::default(),
        summary_at_due: Summary::default(),
        opening: window.opening,
        changes: roster::changes(&window, top),
    };
    let is_asked_for = |unit| top.is_none_or(|top| history.census().is_within(unit, top));
    for (unit, _) in window.owed().into_iter().filter(|(unit, _)| is_asked_for(*unit)) {
        let ended = has_ended[unit.place()];
        let at_due = by_due.standing(unit, ended);
        if !by_due.is_void_enrolment(&census_at_due, unit) {
            status.summary_at_due.add(at_due.status);
        }
        if everything.is_void_enrolment(history.census(), unit) {
            continue;
        }
        let row = everything.row(unit, ended, at_due);
        status.summary.add(row.now.status);
        status.units.push(row);
    }
    status.units.sort_by(|a, b| history.record(a.unit).id.cmp(&history.record(b.unit).id));
    status
}

fn after(time: Time) -> Time {
    Time::new(time.seconds().saturating_add(1)).unwrap_or(time)
}

/// One way to look at a history: all of it, or only what was logged by due.
#[derive(Clone, Copy)]
struct View<'a> {
    history: &'a History,
    round: RoundIx,
    at: Time,
    window: &'a Window<'a>,
    by_due_only: bool,
    /// Entries below this are of a time by due, by the witnesses' clocks.
    witnessed_below: u64,
}

impl<'a> View<'a> {
    /// The view of everything at `at`, and that of what was logged by due.
    fn both(history: &'a History, round: RoundIx, at: Time, window: &'a Window<'a>) -> (Self, Self) {
        let new = |at, by_due_only| {
            let view = Self { history, round, at, window, by_due_only, witnessed_below: 0 };
            let anchors = history.anchors().iter().filter(|anchor| view.counts(anchor.at) && anchor.time <= window.due);
            Self { witnessed_below: anchors.map(|anchor| anchor.size).max().unwrap_or(0), ..view }
        };
        (new(at, false), new(at.min(after(window.due)), true))
    }

    fn counts(&self, at: At) -> bool {
        !self.by_due_only || self.window.by_due(at)
    }

    fn round(&self) -> &'a RoundRecord {
        self.history.round_record(self.round)
    }

    fn pledges(&self, unit: UnitIx) -> impl DoubleEndedIterator<Item = &'a StatementRecord> {
        let view = *self;
        self.history.record(unit).undisputed(self.round, Duty::Pledge, move |at| view.counts(at))
    }

    /// The first undisputed pledge and the one that stands, unless withdrawn.
    fn pledge(&self, unit: UnitIx) -> Option<(&'a StatementRecord, &'a StatementRecord)> {
        let standing = self.pledges(unit).next_back().filter(|last| !last.is_withdrawal())?;
        let first = self.pledges(unit).find(|pledge| pledge.act == Act::New)?;
        Some((first, standing))
    }

    fn standing(&self, unit: UnitIx, ended: bool) -> Standing {
        let Some((first, standing)) = self.pledge(unit) else {
            let status = if ended {
                Status::Retired
            } else if self.has_void_pledge(unit) {
                Status::Disputed
            } else if self.at <= self.window.due {
                Status::Pending
            } else {
                Status::Missing
            };
            return Standing { status, content: Content::None, timing: None };
        };
        let content = if self.is_complete(unit, standing) { Content::Complete } else { Content::Partial };
        let timing = self.timing(first.at);
        let status = match (content, timing) {
            (Content::Partial | Content::None, _) => Status::Partial,
            (Content::Complete, Timing::Late) => Status::Late,
            (Content::Complete, _) => Status::Complete,
        };
        Standing { status, content, timing: Some(timing) }
    }

    fn timing(&self, first: At) -> Timing {
        if first.index < self.witnessed_below {
            Timing::Witnessed
        } else if self.window.by_due(first) {
            Timing::OnTime
        } else {
            Timing::Late
        }
    }

    fn is_complete(&self, unit: UnitIx, standing: &StatementRecord) -> bool {
        let Some(pledge) = standing.pledge() else { return false };
        let commitments = self.history.text_record(&pledge.text).map_or(0, |text| u32::from(text.commitments));
        let all_accepted = pledge.accepted.count_ones() == commitments;
        let others = self.round().required.iter().filter(|duty| **duty != Duty::Pledge);
        all_accepted && pledge.coverage.is_full() && others.into_iter().all(|duty| self.has_said(unit, *duty))
    }

    /// Is a statement of this kind in force?
    fn has_said(&self, unit: UnitIx, duty: Duty) -> bool {
        !self.in_force(unit, |it| it == duty).is_empty()
    }

    /// The statements of some kinds that are in force, in log order: their places among the unit's.
    fn in_force(&self, unit: UnitIx, of_kind: impl Fn(Duty) -> bool) -> Vec<usize> {
        let record = self.history.record(unit);
        let counts = |it: &StatementRecord| {
            it.round == self.round
                && of_kind(it.duty)
                && self.counts(it.at)
                && !record.is_void(it.epoch, it.seq, |at| self.counts(at))
        };
        let said: Vec<_> = record.statements.iter().enumerate().filter(|(_, it)| counts(it)).collect();
        let targets: HashSet<_> = said.iter().filter_map(|(_, it)| it.target()).collect();
        let stand = said.iter().filter(|(_, it)| !it.is_withdrawal() && !targets.contains(&it.id));
        stand.map(|(place, _)| *place).collect()
    }

    fn has_void_pledge(&self, unit: UnitIx) -> bool {
        self.voids(unit).any(|statement| statement.duty == Duty::Pledge)
    }

    fn voids(&self, unit: UnitIx) -> impl Iterator<Item = &'a StatementRecord> {
        let view = *self;
        let record = self.history.record(unit);
        let of_round = record.statements.iter().filter(move |it| it.round == view.round && view.counts(it.at));
        of_round.filter(move |it| record.is_void(it.epoch, it.seq, |at| view.counts(at)))
    }

    fn is_void_enrolment(&self, census: &Census, unit: UnitIx) -> bool {
        census.post(unit).enrolled_by.is_some_and(|signed| {
            self.history.record(signed.by).is_void(signed.epoch, signed.seq, |at| self.counts(at))
        })
    }

    fn row(&self, unit: UnitIx, ended: bool, at_due: Standing) -> UnitStatus {
        let now = self.standing(unit, ended);
        let pledge = self.pledge(unit);
        UnitStatus {
            unit,
            now,
            at_due,
            flags: self.flags(unit, now, pledge),
            first: pledge.map(|(first, _)| First { at: first.at, made_at: first.made_at }),
            stands: pledge.map(|(_, standing)| standing.at),
            pledge: pledge.and_then(|(_, standing)| standing.pledge()),
            others: self.in_force(unit, |duty| duty != Duty::Pledge),
        }
    }

    fn flags(&self, unit: UnitIx, now: Standing, pledge: Option<(&StatementRecord, &StatementRecord)>) -> Vec<Flag> {
        let record = self.history.record(unit);
        let post = self.history.census().post(unit);
        let due = self.window.due;
        let changed = |is: &dyn Fn(&crate::census::Change) -> bool| self.window.changes_of(unit).any(is);
        let rekeyed = |change: &crate::census::Change| matches!(change.kind, ChangeKind::Rekeyed { .. });
        let holds = |flag: Flag| match flag {
            Flag::Corrected => self.is_corrected(unit),
            Flag::Withdrawn => self.pledges(unit).next_back().is_some_and(StatementRecord::is_withdrawal),
            Flag::SignedEarlier => pledge.is_some_and(|(first, _)| {
                now.timing == Some(Timing::Late) && first.made_at != Time::UNKNOWN && first.made_at <= due
            }),
            Flag::ForeignText => record.foreign_pledges(self.round).next().is_some(),
            Flag::ForcedRekey => changed(&|change| change.is_forced()),
            Flag::Rekeyed => changed(&|change| rekeyed(change) && !change.is_forced()),
            Flag::NoKey => post.alive && record.epoch.is_none(),
            Flag::Disputed => self.voids(unit).next().is_some(),
            Flag::Expired => {
                now.content != Content::None && self.round().expires.is_some_and(|expires| self.at > expires)
            }
            Flag::EnrolledLate => post.enrolled.is_some_and(|index| index > self.window.opening),
            Flag::Retired => !post.alive,
            Flag::Moved => changed(&|change| matches!(change.kind, ChangeKind::Amended { parent: Some(_), .. })),
            Flag::Renamed => changed(&|change| matches!(change.kind, ChangeKind::Amended { name: Some(_), .. })),
            Flag::SelfReported => now.content != Content::None,
        };
        Flag::ALL.iter().copied().filter(|flag| holds(*flag)).collect()
    }

    fn is_corrected(&self, unit: UnitIx) -> bool {
        self.pledge(unit).is_some()
            && self.pledges(unit).any(|it| matches!(it.act, Act::Replaces(_, reason) if reason != Reason::Progress))
    }
}
