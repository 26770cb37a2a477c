//! What the statements of units say, kept for reports (spec §5.10 to §5.13).

use ikrar_core::digest::{DocumentHash, TextHash};
use ikrar_core::field::Persons;
use ikrar_core::state::commitment_bits;
use ikrar_core::statement::{
    Briefing, CategoryCount, Channel, Coverage, Day, Duty, Form, Monitoring, Pledge, Referral, Replacement, Risk, Role,
    SanctionCount, StatusCount, Topic,
};
use serde::{Deserialize, Serialize};

/// What a statement of a unit says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Facts {
    /// A pledge.
    Pledge(PledgeFacts),
    /// A briefing.
    Briefing(BriefingFacts),
    /// What a unit saw among its own.
    Monitoring(Box<MonitoringFacts>),
    /// Cases that were handed on.
    Referral(Box<ReferralFacts>),
}

/// What a pledge says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PledgeFacts {
    /// The text.
    pub text: TextHash,
    /// Commitments accepted: number n is bit n − 1.
    pub accepted: u32,
    /// Form.
    pub form: Form,
    /// Role of the signatory.
    pub role: Role,
    /// Who is covered.
    pub coverage: Coverage,
    /// SHA-256 of the paper.
    pub document: Option<DocumentHash>,
}

/// What a briefing says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BriefingFacts {
    /// The day it was held.
    pub held_on: Day,
    /// Topic.
    pub topic: Topic,
    /// Who should be reached, and was.
    pub reached: Coverage,
    /// SHA-256 of the material.
    pub material: Option<DocumentHash>,
}

/// What a unit saw among its own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MonitoringFacts {
    /// First day watched.
    pub from: Day,
    /// Last day watched.
    pub to: Day,
    /// Cases by category; empty means nil.
    pub cases: Box<[CategoryCount]>,
    /// Risk factors of the unit.
    pub risks: Box<[Risk]>,
}

/// Cases that were handed on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReferralFacts {
    /// To whom.
    pub channel: Channel,
    /// Cases by category and status.
    pub cases: Box<[StatusCount]>,
    /// Persons whose cases are past the body's own time limit.
    pub overdue: Persons,
    /// Follow-up by regime and level.
    pub sanctions: Box<[SanctionCount]>,
}

impl Facts {
    /// Kind of the statement.
    pub fn duty(&self) -> Duty {
        match self {
            Self::Pledge(_) => Duty::Pledge,
            Self::Briefing(_) => Duty::Briefing,
            Self::Monitoring(_) => Duty::Monitoring,
            Self::Referral(_) => Duty::Referral,
        }
    }
}

impl From<&Pledge<'_>> for Facts {
    fn from(pledge: &Pledge<'_>) -> Self {
        Self::Pledge(PledgeFacts {
            text: pledge.text,
            accepted: commitment_bits(&pledge.accepted),
            form: pledge.form,
            role: pledge.role,
            coverage: pledge.coverage,
            document: pledge.document,
        })
    }
}

impl From<&Briefing<'_>> for Facts {
    fn from(briefing: &Briefing<'_>) -> Self {
        let &Briefing { round: _, held_on, topic, reached, material } = briefing;
        Self::Briefing(BriefingFacts { held_on, topic, reached, material })
    }
}

impl From<&Monitoring<'_>> for Facts {
    fn from(monitoring: &Monitoring<'_>) -> Self {
        let Monitoring { round: _, from, to, cases, risks } = monitoring;
        let (cases, risks) = (cases.iter().copied().collect(), risks.iter().copied().collect());
        Self::Monitoring(Box::new(MonitoringFacts { from: *from, to: *to, cases, risks }))
    }
}

impl From<&Referral<'_>> for Facts {
    fn from(referral: &Referral<'_>) -> Self {
        let Referral { round: _, channel, cases, overdue, sanctions } = referral;
        let (cases, sanctions) = (cases.iter().copied().collect(), sanctions.iter().copied().collect());
        Self::Referral(Box::new(ReferralFacts { channel: *channel, cases, overdue: *overdue, sanctions }))
    }
}

impl From<&Replacement<'_>> for Facts {
    fn from(replacement: &Replacement<'_>) -> Self {
        match replacement {
            Replacement::Pledge(pledge) => pledge.into(),
            Replacement::Briefing(briefing) => briefing.into(),
            Replacement::Monitoring(monitoring) => monitoring.into(),
            Replacement::Referral(referral) => referral.into(),
        }
    }
}
