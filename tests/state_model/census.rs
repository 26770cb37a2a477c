//! Status of units in a round by `docs/spec.md` §8, from the model alone.

use std::collections::BTreeMap;

use ikrar_core::rule::Rule;
use ikrar_core::state::Outcome;
use ikrar_core::statement::{Correction, Duty, OpenRound, Reason, Statement};
use ikrar_log::status::{Content, Flag, Status, Timing};

use crate::model::{Model, RoundName, Said, What, counts, pledge_of};

/// Status, content and timing.
pub(crate) type Standing = (Status, Content, Option<Timing>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) now: Standing,
    pub(crate) at_due: Standing,
    pub(crate) flags: Vec<Flag>,
    /// Index of `first`.
    pub(crate) first: Option<usize>,
    /// Coverage and number of commitments of what stands.
    pub(crate) says: Option<(Vec<(u32, u32)>, usize)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) units: BTreeMap<&'static str, Row>,
    pub(crate) summary: BTreeMap<Status, u64>,
    pub(crate) summary_at_due: BTreeMap<Status, u64>,
}

struct Sight<'a> {
    model: Model<'a>,
    name: RoundName,
    round: &'a OpenRound<'static>,
    opened_at: usize,
}

pub(crate) fn sheet(model: Model<'_>, name: RoundName, at: u64) -> Sheet {
    let (opened_at, round) = model.round(name).unwrap();
    Sight { model, name, round, opened_at }.sheet(at)
}

/// Number of entries up to the last that is by due, or the round's own.
pub(crate) fn entries_by_due(model: Model<'_>, name: RoundName) -> usize {
    let (opened_at, round) = model.round(name).unwrap();
    let sight = Sight { model, name, round, opened_at };
    let by_due = |index: &usize| model.log[*index].decodes() && sight.by_due(*index);
    (0..model.log.len()).rfind(by_due).map_or(opened_at, |last| last.max(opened_at)) + 1
}

impl<'a> Sight<'a> {
    fn due(&self) -> u64 {
        self.round.due.seconds()
    }

    fn by_due(&self, index: usize) -> bool {
        self.model.log[index].event.logged_at <= self.due()
            && !self.model.anchors().iter().any(|(anchor, _, time)| *anchor < index && *time > self.due())
    }

    fn opening(&self) -> usize {
        let opens = self.round.opens.seconds();
        let log = self.model.log;
        let first = log.iter().position(|it| it.decodes() && it.event.logged_at >= opens).unwrap_or(log.len());
        let past_due = self.model.anchors();
        let past_due =
            past_due.iter().find(|(_, _, time)| *time > self.due()).map_or(usize::MAX, |(index, _, _)| *index);
        self.opened_at.max(first.saturating_sub(1).min(past_due))
    }

    fn asked(&self, unit: &str, after: usize) -> bool {
        let state = self.model.after(after + 1);
        state.alive(unit) && state.in_scope(unit, self.round)
    }

    fn void_enrolment(&self, unit: &str, counts: &dyn Fn(usize) -> bool) -> bool {
        let latest = self.model.enrolments(unit).rfind(|(index, _, _)| counts(*index));
        latest.is_some_and(|(_, said, _)| self.model.void(said, counts))
    }

    fn sheet(&self, at: u64) -> Sheet {
        let all = |_: usize| true;
        let by_due = |index: usize| self.by_due(index);
        let opening = self.opening();
        let seen = |index: &usize| *index > opening && self.model.log[*index].decodes() && self.by_due(*index);
        let after: Vec<_> = (0..self.model.log.len()).filter(seen).chain([opening]).collect();
        let mut sheet = Sheet { units: BTreeMap::new(), summary: BTreeMap::new(), summary_at_due: BTreeMap::new() };
        for unit in self.model.units() {
            if !after.iter().any(|index| self.asked(unit, *index)) {
                continue;
            }
            let now = self.standing(unit, at, &all);
            let at_due = self.standing(unit, at.min(self.due() + 1), &by_due);
            if !self.void_enrolment(unit, &by_due) {
                *sheet.summary_at_due.entry(at_due.0).or_default() += 1;
            }
            if !self.void_enrolment(unit, &all) {
                *sheet.summary.entry(now.0).or_default() += 1;
                let pledge = self.pledge(unit, &all);
                let says = pledge.and_then(|(_, stands)| pledge_of(stands));
                let row = Row {
                    now,
                    at_due,
                    flags: self.flags(unit, at, now),
                    first: pledge.map(|((index, _), _)| index),
                    says: says.map(|pledge| (counts(&pledge.coverage), pledge.accepted.len())),
                };
                sheet.units.insert(unit, row);
            }
        }
        sheet
    }

    /// `first` with its index, and what stands.
    fn pledge(&self, unit: &str, counts: &dyn Fn(usize) -> bool) -> Option<((usize, &'a Said), &'a Said)> {
        let said = self.model.undisputed(unit, (Duty::Pledge, self.name), counts);
        let first = said.iter().find(|(_, said)| matches!(said.statement, Statement::Pledge(_)))?;
        let (_, stands) = said.last()?;
        pledge_of(stands).map(|_| (*first, *stands))
    }

    fn standing(&self, unit: &str, at: u64, seen: &dyn Fn(usize) -> bool) -> Standing {
        let Some(((index, _), stands)) = self.pledge(unit, seen) else {
            let ends = self.model.events().filter(|(index, _)| self.by_due(*index));
            let last = ends.filter_map(|(_, said)| match &said.statement {
                Statement::Enroll(it) if it.unit.as_str() == unit => Some(false),
                Statement::Retire(it) if it.unit.as_str() == unit => Some(true),
                _ => None,
            });
            let disputed = self.model.events().any(|(index, said)| {
                seen(index)
                    && said.unit == unit
                    && self.model.subject(said) == Some((Duty::Pledge, self.name))
                    && self.model.void(said, seen)
            });
            let status = match last.last() {
                Some(true) => Status::Retired,
                _ if disputed => Status::Disputed,
                _ if at <= self.due() => Status::Pending,
                _ => Status::Missing,
            };
            return (status, Content::None, None);
        };
        let pledge = pledge_of(stands).unwrap();
        let whole = pledge.accepted.len() == usize::from(self.model.text(&pledge.text).unwrap())
            && counts(&pledge.coverage).iter().all(|(required, signed)| signed >= required)
            && self.round.required.iter().filter(|duty| **duty != Duty::Pledge).all(|duty| {
                let said = self.model.undisputed(unit, (*duty, self.name), seen);
                said.iter().any(|(_, said)| self.model.in_force(said, seen))
            });
        let covered =
            self.model.anchors().iter().any(|(anchor, size, time)| {
                seen(*anchor) && *size > u64::try_from(index).unwrap() && *time <= self.due()
            });
        let timing = match (covered, self.by_due(index)) {
            (true, _) => Timing::Witnessed,
            (false, true) => Timing::OnTime,
            (false, false) => Timing::Late,
        };
        match (whole, timing) {
            (false, _) => (Status::Partial, Content::Partial, Some(timing)),
            (true, Timing::Late) => (Status::Late, Content::Complete, Some(timing)),
            (true, _) => (Status::Complete, Content::Complete, Some(timing)),
        }
    }

    fn flags(&self, unit: &str, at: u64, now: Standing) -> Vec<Flag> {
        let (_, content, timing) = now;
        let model = self.model;
        let all = |_: usize| true;
        let opening = self.opening();
        let stands = content != Content::None;
        let pledges = model.undisputed(unit, (Duty::Pledge, self.name), &all);
        let since = || model.events().filter(|(index, _)| *index > opening);
        let rekeys = |forced: bool| {
            since().any(|(_, said)| match &said.statement {
                Statement::Rekey(it) if it.unit.as_str() == unit => (it.ends.is_some() && said.unit != unit) == forced,
                _ => false,
            })
        };
        let amended = |what: &dyn Fn(&ikrar_core::statement::Amend<'_>) -> bool| {
            since().any(|(_, said)| match &said.statement {
                Statement::Amend(it) => it.unit.as_str() == unit && what(it),
                _ => false,
            })
        };
        let holds = |flag: &Flag| match flag {
            Flag::Corrected => {
                stands
                    && pledges.iter().any(|(_, said)| {
                        matches!(&said.statement, Statement::Correction(Correction { reason, replacement: Some(_), .. })
                            if *reason != Reason::Progress)
                    })
            }
            Flag::Withdrawn => pledges.last().is_some_and(|(_, said)| {
                matches!(&said.statement, Statement::Correction(Correction { replacement: None, .. }))
            }),
            Flag::SignedEarlier => {
                let made_at = self.pledge(unit, &all).map_or(0, |((_, first), _)| first.made_at);
                timing == Some(Timing::Late) && made_at != 0 && made_at <= self.due()
            }
            Flag::ForeignText => model.log.iter().any(|it| match &it.event.what {
                What::Attestation(Some(said)) => {
                    it.outcome == Outcome::NoEffect(Rule::ForeignText)
                        && said.unit == unit
                        && matches!(said.statement, Statement::Pledge(_))
                        && !model.void(said, &all)
                        && model.subject(said) == Some((Duty::Pledge, self.name))
                }
                _ => false,
            }),
            Flag::ForcedRekey => rekeys(true),
            Flag::Rekeyed => rekeys(false),
            Flag::NoKey => model.alive(unit) && model.epoch(unit).is_none(),
            Flag::Disputed => model.events().any(|(_, said)| {
                said.unit == unit
                    && model.subject(said).is_some_and(|(_, round)| round == self.name)
                    && model.void(said, &all)
            }),
            Flag::Expired => stands && self.round.expires.is_some_and(|expires| at > expires.seconds()),
            Flag::EnrolledLate => model.enrolments(unit).next_back().is_some_and(|(index, _, _)| index > opening),
            Flag::Retired => !model.alive(unit),
            Flag::Moved => amended(&|it| it.parent.is_some()),
            Flag::Renamed => amended(&|it| it.name.is_some()),
            Flag::SelfReported => stands,
        };
        Flag::ALL.iter().copied().filter(|flag| holds(flag)).collect()
    }
}
