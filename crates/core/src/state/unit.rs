//! Rules of the statements that units make about themselves (spec §7.3).

use super::{At, Judge, Standing, Stop, Store};
use crate::field::{Set, Time};
use crate::rule::Rule;
use crate::statement::{
    Briefing, Correction, Count, Coverage, Duty, Monitoring, Pledge, Reason, Referral, Replacement, RoundRef,
};

impl<S: Store + ?Sized> Judge<S> {
    pub(super) fn judge_pledge(&self, at: At, unit: S::Unit, pledge: &Pledge<'_>) -> Result<(), Stop> {
        let round = self.open_round(at, unit, pledge.round)?;
        self.judge_pledge_content(round, pledge)?;
        match self.store.pledge(unit, round)? {
            Some(Standing::InForce) => Err(Rule::SecondPledge.into()),
            Some(Standing::Withdrawn) => Err(Rule::Withdrawn.into()),
            None => at_known_time(at),
        }
    }

    fn judge_pledge_content(&self, round: S::Round, pledge: &Pledge<'_>) -> Result<(), Stop> {
        if !self.store.text_accepted(round, &pledge.text) {
            return Err(Rule::ForeignText.into());
        }
        let commitments = self.store.text(&pledge.text)?.ok_or(Rule::UnknownText)?;
        if !pledge.accepted.iter().all(|number| (1..=commitments).contains(number)) {
            return Err(Rule::UnknownCommitment.into());
        }
        counts_are_possible(&pledge.coverage)
    }

    pub(super) fn judge_briefing(&self, at: At, unit: S::Unit, briefing: &Briefing<'_>) -> Result<(), Stop> {
        self.open_round(at, unit, briefing.round)?;
        counts_are_possible(&briefing.reached)?;
        at_known_time(at)
    }

    pub(super) fn judge_monitoring(&self, at: At, unit: S::Unit, monitoring: &Monitoring<'_>) -> Result<(), Stop> {
        self.open_round(at, unit, monitoring.round)?;
        if monitoring.from <= monitoring.to { at_known_time(at) } else { Err(Rule::BadPeriod.into()) }
    }

    pub(super) fn judge_referral(&self, at: At, unit: S::Unit, referral: &Referral<'_>) -> Result<(), Stop> {
        self.open_round(at, unit, referral.round)?;
        at_known_time(at)
    }

    pub(super) fn judge_correction(&self, at: At, unit: S::Unit, correction: &Correction<'_>) -> Result<(), Stop> {
        let replaced = correction.replacement.as_ref().map(|new| self.judge_replacement(at, unit, new)).transpose()?;
        let earlier = self.store.earlier(unit, &correction.target)?.ok_or(Rule::UnknownTarget)?;
        if !earlier.in_force {
            return Err(Rule::NotInForce.into());
        }
        if replaced.is_some_and(|subject| subject != (earlier.duty, earlier.round)) {
            return Err(Rule::OtherSubject.into());
        }
        let grows = match (&correction.replacement, earlier.pledge) {
            (Some(Replacement::Pledge(new)), Some((text, accepted, coverage))) => {
                new.text == text
                    && commitment_bits(&new.accepted) & accepted == accepted
                    && coverage_grows(&coverage, &new.coverage)
            }
            _ => false,
        };
        if correction.reason == Reason::Progress && !grows { Err(Rule::NotProgress.into()) } else { Ok(()) }
    }

    /// What takes another's place must be right by itself; gives its kind and round.
    fn judge_replacement(&self, at: At, unit: S::Unit, new: &Replacement<'_>) -> Result<(Duty, S::Round), Stop> {
        let (duty, named) = match new {
            Replacement::Pledge(pledge) => (Duty::Pledge, pledge.round),
            Replacement::Briefing(briefing) => (Duty::Briefing, briefing.round),
            Replacement::Monitoring(monitoring) => (Duty::Monitoring, monitoring.round),
            Replacement::Referral(referral) => (Duty::Referral, referral.round),
        };
        let round = self.open_round(at, unit, named)?;
        match new {
            Replacement::Pledge(pledge) => self.judge_pledge_content(round, pledge)?,
            Replacement::Briefing(briefing) => self.judge_briefing(at, unit, briefing)?,
            Replacement::Monitoring(monitoring) => self.judge_monitoring(at, unit, monitoring)?,
            Replacement::Referral(referral) => self.judge_referral(at, unit, referral)?,
        }
        Ok((duty, round))
    }

    /// Rules 41 to 43: the round exists, asks this unit, and is open.
    fn open_round(&self, at: At, unit: S::Unit, named: RoundRef<'_>) -> Result<S::Round, Stop> {
        let round = self.store.find_round(named)?.ok_or(Rule::UnknownRound)?;
        let facts = self.store.round(round);
        let below = unit == facts.subtree || self.is_above(facts.subtree, unit);
        // The root owes nothing: it is on no roster.
        let enrolled = self.store.unit(unit).parent.is_some();
        if !(below && enrolled && self.store.kind_in_scope(round, unit)) {
            return Err(Rule::OutOfScope.into());
        }
        if at.logged_at != Time::UNKNOWN && at.logged_at < facts.opens {
            return Err(Rule::RoundNotOpen.into());
        }
        Ok(round)
    }
}

/// A device without a clock cannot know whether the round is open. It says so last: what breaks another rule is certain.
fn at_known_time(at: At) -> Result<(), Stop> {
    if at.logged_at == Time::UNKNOWN { Err(Stop::NotKept) } else { Ok(()) }
}

/// Numbers of commitments as bits: number n is bit n − 1.
pub fn commitment_bits(numbers: &Set<u8, 32>) -> u32 {
    numbers
        .iter()
        .filter_map(|number| 1_u32.checked_shl(u32::from(number.checked_sub(1)?)))
        .fold(0, |all, bit| all | bit)
}

fn counts_are_possible(coverage: &Coverage) -> Result<(), Stop> {
    if coverage.counts().all(|count| count.signed <= count.required) { Ok(()) } else { Err(Rule::BadCount.into()) }
}

fn coverage_grows(old: &Coverage, new: &Coverage) -> bool {
    let grows = |(old, new): (Count, Count)| old.required <= new.required && old.signed <= new.signed;
    core::mem::discriminant(old) == core::mem::discriminant(new) && old.counts().zip(new.counts()).all(grows)
}
