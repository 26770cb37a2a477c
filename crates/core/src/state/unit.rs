//! Rules of the statements that units make about themselves (spec §7.3).

use super::{At, LogState, Standing, Stop, Store};
use crate::field::Set;
use crate::rule::Rule;
use crate::statement::{
    Briefing, Correction, Count, Coverage, Duty, Monitoring, Pledge, Reason, Referral, Replacement, RoundRef,
};

impl<S: Store> LogState<S> {
    pub(super) fn judge_pledge(&self, at: At, unit: S::Unit, pledge: &Pledge<'_>) -> Result<(), Stop> {
        let round = self.open_round(at, unit, pledge.round)?;
        self.judge_pledge_content(round, pledge)?;
        match self.store.pledge(unit, round)? {
            Some(Standing::InForce) => Err(Rule::SecondPledge.into()),
            Some(Standing::Withdrawn) => Err(Rule::Withdrawn.into()),
            None => Ok(()),
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
        counts_are_possible(&briefing.reached)
    }

    pub(super) fn judge_monitoring(&self, at: At, unit: S::Unit, monitoring: &Monitoring<'_>) -> Result<(), Stop> {
        self.open_round(at, unit, monitoring.round)?;
        if monitoring.from <= monitoring.to { Ok(()) } else { Err(Rule::BadPeriod.into()) }
    }

    pub(super) fn judge_referral(&self, at: At, unit: S::Unit, referral: &Referral<'_>) -> Result<(), Stop> {
        self.open_round(at, unit, referral.round).map(|_| ())
    }

    pub(super) fn judge_correction(&self, at: At, unit: S::Unit, correction: &Correction<'_>) -> Result<(), Stop> {
        let earlier = self.store.earlier(unit, &correction.target)?.ok_or(Rule::UnknownTarget)?;
        if !earlier.in_force {
            return Err(Rule::NotInForce.into());
        }
        let Some(replacement) = &correction.replacement else {
            return if correction.reason == Reason::Progress { Err(Rule::NotProgress.into()) } else { Ok(()) };
        };
        let (duty, named) = match replacement {
            Replacement::Pledge(pledge) => (Duty::Pledge, pledge.round),
            Replacement::Briefing(briefing) => (Duty::Briefing, briefing.round),
            Replacement::Monitoring(monitoring) => (Duty::Monitoring, monitoring.round),
            Replacement::Referral(referral) => (Duty::Referral, referral.round),
        };
        if duty != earlier.duty || self.store.find_round(named)? != Some(earlier.round) {
            return Err(Rule::OtherSubject.into());
        }
        match replacement {
            Replacement::Pledge(pledge) => self.judge_pledge_content(self.open_round(at, unit, named)?, pledge)?,
            Replacement::Briefing(briefing) => self.judge_briefing(at, unit, briefing)?,
            Replacement::Monitoring(monitoring) => self.judge_monitoring(at, unit, monitoring)?,
            Replacement::Referral(referral) => self.judge_referral(at, unit, referral)?,
        }
        if correction.reason != Reason::Progress {
            return Ok(());
        }
        let grows = match (replacement, earlier.pledge) {
            (Replacement::Pledge(new), Some((text, accepted, coverage))) => {
                new.text == text
                    && commitment_bits(&new.accepted) & accepted == accepted
                    && coverage_grows(&coverage, &new.coverage)
            }
            _ => false,
        };
        if grows { Ok(()) } else { Err(Rule::NotProgress.into()) }
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
        if at.logged_at < facts.opens {
            return Err(Rule::RoundNotOpen.into());
        }
        Ok(round)
    }
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
