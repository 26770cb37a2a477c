//! Briefing, monitoring and referral: what one unit said, and sums over all. Every statement in force counts once.

use std::collections::{BTreeMap, BTreeSet};

use ikrar_core::state::At;
use ikrar_core::statement::{CaseStatus, Category, Channel, Day, RiskFactor, RiskLevel, Sanction, Topic};
use jiff::Span;
use jiff::civil::{self, date};
use serde::Serialize;

use super::coverage::{CoverageOut, CoverageSum, PersonsSum, persons};
use super::rfc3339;
use super::round::basis;
use crate::catalogue::InForce;
use crate::history::{BriefingFacts, Facts, History, MonitoringFacts, ReferralFacts, RoundRecord};
use crate::names::Named;
use crate::status::{Content, UnitStatus};

/// A briefing.
#[derive(Clone, Debug, Serialize)]
pub struct BriefingOut {
    /// Index of the entry.
    pub entry: u64,
    /// When it was logged, RFC 3339.
    pub logged_at: String,
    /// The day it was held, ISO 8601.
    pub held_on: String,
    /// Topic.
    pub topic: &'static str,
    /// Who should be reached, and was.
    pub reached: CoverageOut,
    /// SHA-256 of the material.
    pub material: Option<String>,
}

impl BriefingOut {
    pub(super) fn new(at: At, facts: &BriefingFacts) -> Self {
        Self {
            entry: at.index,
            logged_at: rfc3339(at.logged_at),
            held_on: day(facts.held_on),
            topic: facts.topic.name(),
            reached: facts.reached.into(),
            material: facts.material.map(|material| material.to_string()),
        }
    }
}

/// What a unit saw among its own.
#[derive(Clone, Debug, Serialize)]
pub struct MonitoringOut {
    /// Index of the entry.
    pub entry: u64,
    /// When it was logged, RFC 3339.
    pub logged_at: String,
    /// First day watched, ISO 8601.
    pub from: String,
    /// Last day watched, ISO 8601.
    pub to: String,
    /// It saw no case.
    pub nil: bool,
    /// Cases by category.
    pub cases: Vec<WatchedOut>,
    /// Risk factors of the unit.
    pub risks: Vec<RiskOut>,
}

/// Cases of one category.
#[derive(Clone, Debug, Serialize)]
pub struct WatchedOut {
    /// The category, A to N.
    pub category: &'static str,
    /// Civil servants and contract employees; `1-2` is a bucket.
    pub asn: String,
    /// Workers who are not ASN.
    pub ppnpn: String,
}

/// A rated risk factor.
#[derive(Clone, Debug, Serialize)]
pub struct RiskOut {
    /// The factor.
    pub factor: &'static str,
    /// Its level.
    pub level: &'static str,
}

impl MonitoringOut {
    pub(super) fn new(at: At, facts: &MonitoringFacts) -> Self {
        let cases = facts.cases.iter().map(|case| WatchedOut {
            category: case.category.name(),
            asn: persons(case.asn),
            ppnpn: persons(case.ppnpn),
        });
        let risks = facts.risks.iter().map(|risk| RiskOut { factor: risk.factor.name(), level: risk.level.name() });
        Self {
            entry: at.index,
            logged_at: rfc3339(at.logged_at),
            from: day(facts.from),
            to: day(facts.to),
            nil: facts.cases.is_empty(),
            cases: cases.collect(),
            risks: risks.collect(),
        }
    }
}

/// Cases that a unit handed on.
#[derive(Clone, Debug, Serialize)]
pub struct ReferralOut {
    /// Index of the entry.
    pub entry: u64,
    /// When it was logged, RFC 3339.
    pub logged_at: String,
    /// To whom.
    pub channel: &'static str,
    /// Cases by category and status.
    pub cases: Vec<CaseOut>,
    /// Persons whose cases are past the body's own time limit.
    pub overdue: String,
    /// Follow-up by regime and level.
    pub sanctions: Vec<SanctionOut>,
}

/// Cases of one category and status.
#[derive(Clone, Debug, Serialize)]
pub struct CaseOut {
    /// The category, A to N.
    pub category: &'static str,
    /// The status.
    pub status: &'static str,
    /// Persons; `1-2` is a bucket.
    pub persons: String,
}

/// Sanctions of one regime and level.
#[derive(Clone, Debug, Serialize)]
pub struct SanctionOut {
    /// Regime and level.
    pub sanction: &'static str,
    /// Persons; `1-2` is a bucket.
    pub persons: String,
}

impl ReferralOut {
    pub(super) fn new(at: At, facts: &ReferralFacts) -> Self {
        let cases = facts.cases.iter().map(|case| CaseOut {
            category: case.category.name(),
            status: case.status.name(),
            persons: persons(case.persons),
        });
        let sanctions = facts
            .sanctions
            .iter()
            .map(|count| SanctionOut { sanction: count.sanction.name(), persons: persons(count.persons) });
        Self {
            entry: at.index,
            logged_at: rfc3339(at.logged_at),
            channel: facts.channel.name(),
            cases: cases.collect(),
            overdue: persons(facts.overdue),
            sanctions: sanctions.collect(),
        }
    }
}

/// Everything around the pledges of a round, summed over the units that owe.
#[derive(Clone, Debug, Serialize)]
pub struct Around {
    /// Briefings.
    pub briefings: Briefings,
    /// Monitoring.
    pub monitoring: Monitorings,
    /// Referrals.
    pub referrals: Referrals,
}

/// Briefings, summed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Briefings {
    /// Units with a briefing in force.
    pub briefed: u64,
    /// Units with a pledge and no briefing.
    pub pledged_not_briefed: u64,
    /// Who should be reached, and was, over all briefings: one who was reached twice counts twice.
    pub reached: CoverageSum,
    /// By topic.
    pub topics: Vec<TopicSum>,
}

/// Units that held a briefing on a topic.
#[derive(Clone, Debug, Serialize)]
pub struct TopicSum {
    /// The topic.
    pub topic: &'static str,
    /// Units.
    pub units: u64,
}

/// Monitoring, summed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Monitorings {
    /// Units with a monitoring in force.
    pub monitored: u64,
    /// Of these, units all of whose monitorings saw no case.
    pub nil: u64,
    /// Units without one.
    pub silent: u64,
    /// Cases by category.
    pub cases: Vec<WatchedSum>,
    /// Units by risk factor and the highest level that they gave it.
    pub risks: Vec<RiskSum>,
}

/// Cases of one category, summed.
#[derive(Clone, Debug, Serialize)]
pub struct WatchedSum {
    /// The category, A to N.
    pub category: &'static str,
    /// Units that saw some.
    pub units: u64,
    /// Civil servants and contract employees.
    pub asn: PersonsSum,
    /// Workers who are not ASN.
    pub ppnpn: PersonsSum,
}

/// Units by the level that they give a risk factor.
#[derive(Clone, Debug, Serialize)]
pub struct RiskSum {
    /// The factor.
    pub factor: &'static str,
    /// Its code in the catalogue.
    pub code: &'static str,
    /// Units.
    pub low: u64,
    /// Units.
    pub medium: u64,
    /// Units.
    pub high: u64,
}

/// Referrals, summed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Referrals {
    /// Units with a referral in force.
    pub units: u64,
    /// Units by channel.
    pub channels: Vec<ChannelSum>,
    /// Cases by category and status.
    pub cases: Vec<CaseSum>,
    /// Persons whose cases are past the body's own time limit.
    pub overdue: PersonsSum,
    /// Follow-up by regime and level.
    pub sanctions: Vec<SanctionSum>,
}

/// Units that referred cases to a body.
#[derive(Clone, Debug, Serialize)]
pub struct ChannelSum {
    /// The body.
    pub channel: &'static str,
    /// Units.
    pub units: u64,
}

/// Cases of one category and status, summed.
#[derive(Clone, Debug, Serialize)]
pub struct CaseSum {
    /// The category, A to N.
    pub category: &'static str,
    /// The status.
    pub status: &'static str,
    /// Units that referred some.
    pub units: u64,
    /// Persons.
    pub persons: PersonsSum,
}

/// Sanctions of one regime and level, summed.
#[derive(Clone, Debug, Serialize)]
pub struct SanctionSum {
    /// Regime and level.
    pub sanction: &'static str,
    /// Code of the regime's legal basis.
    pub regime: &'static str,
    /// The level.
    pub level: &'static str,
    /// Is the regime in force from the day of the opening to that of the due second?
    pub in_force: InForce,
    /// Units that state some.
    pub units: u64,
    /// Persons.
    pub persons: PersonsSum,
}

/// The code of a risk factor in the catalogue.
pub fn risk_code(factor: RiskFactor) -> &'static str {
    match factor {
        RiskFactor::Paternalism => "F1",
        RiskFactor::Kinship => "F2",
        RiskFactor::Ignorance => "F3",
        RiskFactor::Intervention => "F4",
    }
}

/// The legal basis of a sanction, by its code in the catalogue, and its level.
pub fn regime_and_level(sanction: Sanction) -> (&'static str, &'static str) {
    match sanction {
        Sanction::Pp53Medium => ("PP-53-2010", "medium"),
        Sanction::Pp53Severe => ("PP-53-2010", "severe"),
        Sanction::Pp94Medium => ("PP-94-2021", "medium"),
        Sanction::Pp94Severe => ("PP-94-2021", "severe"),
        Sanction::Pp42Open => ("PP-42-2004", "open"),
        Sanction::Pp42Closed => ("PP-42-2004", "closed"),
    }
}

/// The highest level that a unit gives each risk factor in its monitorings in force.
pub(super) fn highest_risks(history: &History, unit: &UnitStatus) -> BTreeMap<RiskFactor, RiskLevel> {
    let mut highest = BTreeMap::new();
    for facts in facts(history, unit) {
        let Facts::Monitoring(monitoring) = facts else { continue };
        for risk in &monitoring.risks {
            let level = highest.entry(risk.factor).or_insert(risk.level);
            *level = risk.level.max(*level);
        }
    }
    highest
}

pub(super) fn facts<'a>(history: &'a History, unit: &'a UnitStatus) -> impl Iterator<Item = &'a Facts> {
    let statements = &history.record(unit.unit).statements;
    unit.others.iter().filter_map(|place| statements.get(*place)?.facts.as_ref())
}

#[derive(Default)]
struct Sums {
    briefings: Briefings,
    topics: BTreeMap<Topic, u64>,
    monitoring: Monitorings,
    watched: BTreeMap<Category, (u64, PersonsSum, PersonsSum)>,
    risks: Risks,
    referrals: Referrals,
    channels: BTreeMap<Channel, u64>,
    cases: BTreeMap<(Category, CaseStatus), (u64, PersonsSum)>,
    sanctions: BTreeMap<Sanction, (u64, PersonsSum)>,
}

/// How many units gave each factor each level.
#[derive(Clone, Debug, Default)]
pub(super) struct Risks(BTreeMap<RiskFactor, [u64; 3]>);

impl Risks {
    pub(super) fn add(&mut self, risks: &BTreeMap<RiskFactor, RiskLevel>) {
        for (factor, level) in risks {
            let [low, medium, high] = self.0.entry(*factor).or_default();
            *match level {
                RiskLevel::Low => low,
                RiskLevel::Medium => medium,
                RiskLevel::High => high,
            } += 1;
        }
    }

    pub(super) fn out(&self) -> Vec<RiskSum> {
        let sum = |(factor, [low, medium, high]): (&RiskFactor, &[u64; 3])| RiskSum {
            factor: factor.name(),
            code: risk_code(*factor),
            low: *low,
            medium: *medium,
            high: *high,
        };
        self.0.iter().map(sum).collect()
    }
}

impl Around {
    pub(super) fn new(history: &History, round: &RoundRecord, units: &[UnitStatus]) -> Self {
        let mut sums = Sums::default();
        units.iter().for_each(|unit| sums.take(history, unit));
        sums.out(round)
    }
}

impl Sums {
    fn take(&mut self, history: &History, unit: &UnitStatus) {
        let said: Vec<_> = facts(history, unit).collect();
        let briefings = said.iter().filter_map(|it| if let Facts::Briefing(it) = it { Some(it) } else { None });
        self.brief(&briefings.collect::<Vec<_>>(), unit.now.content != Content::None);
        let monitorings = said.iter().filter_map(|it| if let Facts::Monitoring(it) = it { Some(&**it) } else { None });
        self.monitor(&monitorings.collect::<Vec<_>>());
        self.risks.add(&highest_risks(history, unit));
        let referrals = said.iter().filter_map(|it| if let Facts::Referral(it) = it { Some(&**it) } else { None });
        self.refer(&referrals.collect::<Vec<_>>());
    }

    fn brief(&mut self, briefings: &[&BriefingFacts], has_pledged: bool) {
        self.briefings.briefed += u64::from(!briefings.is_empty());
        self.briefings.pledged_not_briefed += u64::from(briefings.is_empty() && has_pledged);
        briefings.iter().for_each(|briefing| self.briefings.reached.add(briefing.reached));
        count(&mut self.topics, briefings.iter().map(|briefing| briefing.topic));
    }

    fn monitor(&mut self, monitorings: &[&MonitoringFacts]) {
        self.monitoring.monitored += u64::from(!monitorings.is_empty());
        self.monitoring.silent += u64::from(monitorings.is_empty());
        let is_nil = monitorings.iter().all(|monitoring| monitoring.cases.is_empty());
        self.monitoring.nil += u64::from(!monitorings.is_empty() && is_nil);
        let mut seen = BTreeSet::new();
        for case in monitorings.iter().flat_map(|monitoring| &monitoring.cases) {
            let (units, asn, ppnpn) = self.watched.entry(case.category).or_default();
            *units += u64::from(seen.insert(case.category));
            asn.add(case.asn);
            ppnpn.add(case.ppnpn);
        }
    }

    fn refer(&mut self, referrals: &[&ReferralFacts]) {
        self.referrals.units += u64::from(!referrals.is_empty());
        count(&mut self.channels, referrals.iter().map(|referral| referral.channel));
        let (mut cases, mut sanctions) = (BTreeSet::new(), BTreeSet::new());
        for referral in referrals {
            self.referrals.overdue.add(referral.overdue);
            for case in &referral.cases {
                let (units, sum) = self.cases.entry((case.category, case.status)).or_default();
                *units += u64::from(cases.insert((case.category, case.status)));
                sum.add(case.persons);
            }
            for count in &referral.sanctions {
                let (units, sum) = self.sanctions.entry(count.sanction).or_default();
                *units += u64::from(sanctions.insert(count.sanction));
                sum.add(count.persons);
            }
        }
    }

    fn out(self, round: &RoundRecord) -> Around {
        let topic = |(topic, units): (Topic, u64)| TopicSum { topic: topic.name(), units };
        let channel = |(channel, units): (Channel, u64)| ChannelSum { channel: channel.name(), units };
        let watched = |(category, (units, asn, ppnpn)): (Category, _)| WatchedSum {
            category: category.name(),
            units,
            asn,
            ppnpn,
        };
        let case = |((category, status), (units, persons)): ((Category, CaseStatus), _)| CaseSum {
            category: category.name(),
            status: status.name(),
            units,
            persons,
        };
        let sanction = |(sanction, (units, persons)): (Sanction, _)| {
            let (regime, level) = regime_and_level(sanction);
            let in_force = basis(regime, round).in_force;
            SanctionSum { sanction: sanction.name(), regime, level, in_force, units, persons }
        };
        Around {
            briefings: Briefings { topics: self.topics.into_iter().map(topic).collect(), ..self.briefings },
            monitoring: Monitorings {
                cases: self.watched.into_iter().map(watched).collect(),
                risks: self.risks.out(),
                ..self.monitoring
            },
            referrals: Referrals {
                channels: self.channels.into_iter().map(channel).collect(),
                cases: self.cases.into_iter().map(case).collect(),
                sanctions: self.sanctions.into_iter().map(sanction).collect(),
                ..self.referrals
            },
        }
    }
}

/// One more for each key that a unit has.
fn count<K: Ord>(counts: &mut BTreeMap<K, u64>, of_a_unit: impl Iterator<Item = K>) {
    for key in of_a_unit.collect::<BTreeSet<_>>() {
        *counts.entry(key).or_default() += 1;
    }
}

/// `2020-08-26`; beyond the year 9999 the number of the day.
pub fn day(day: Day) -> String {
    let first: civil::Date = date(1970, 1, 1);
    let at = Span::new().try_days(i64::from(day)).and_then(|days| first.checked_add(days));
    at.map_or_else(|_| format!("@{day}"), |date| date.to_string())
}
