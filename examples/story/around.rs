//! Briefings, what units saw, and what became of it: invented, and going round through all that a report can count.

use ikrar_core::field::{FieldError, Persons, Set};
use ikrar_core::statement::{
    CaseStatus, Category, CategoryCount, Channel, Risk, RiskFactor, RiskLevel, Sanction, SanctionCount, StatusCount,
    Topic,
};

use crate::draw::Draw;

const CATEGORIES: [Category; 14] = [
    Category::A,
    Category::J,
    Category::G,
    Category::C,
    Category::B,
    Category::E,
    Category::D,
    Category::K,
    Category::F,
    Category::L,
    Category::H,
    Category::M,
    Category::N,
    Category::I,
];
const TOPICS: [Topic; 6] =
    [Topic::Rules, Topic::SocialMedia, Topic::Ethics, Topic::Sanctions, Topic::Reporting, Topic::Other];
const CHANNELS: [Channel; 6] = [
    Channel::Bawaslu,
    Channel::Inspectorate,
    Channel::Bkn,
    Channel::AppointingAuthority,
    Channel::Kasn,
    Channel::Other,
];
const FACTORS: [RiskFactor; 4] =
    [RiskFactor::Paternalism, RiskFactor::Kinship, RiskFactor::Ignorance, RiskFactor::Intervention];
const LEVELS: [RiskLevel; 3] = [RiskLevel::Low, RiskLevel::Medium, RiskLevel::High];
/// Until PP 94/2021 took the place of PP 53/2010, and for conduct from before.
const FORMER_SANCTIONS: [Sanction; 4] =
    [Sanction::Pp53Medium, Sanction::Pp42Closed, Sanction::Pp53Severe, Sanction::Pp42Open];
const SANCTIONS: [Sanction; 4] = [Sanction::Pp94Medium, Sanction::Pp42Open, Sanction::Pp94Severe, Sanction::Pp42Closed];
/// KASN was dissolved in 2024.
const KASN_UNTIL: u32 = 2024;

/// A case that was handed on, and how far it has come.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handed {
    /// To whom.
    pub(crate) channel: Channel,
    /// The conduct.
    category: Category,
    /// How many persons.
    persons: u32,
    /// How far it has come.
    status: CaseStatus,
    /// Persons whose cases are past the body's own time limit.
    pub(crate) overdue: Persons,
    /// What came of it.
    sanction: Option<Sanction>,
}

impl Handed {
    /// One case of the commonest kind.
    pub(crate) const REPORTED: Self = Self {
        channel: Channel::Bawaslu,
        category: Category::A,
        persons: 1,
        status: CaseStatus::Reported,
        overdue: Persons::NONE,
        sanction: None,
    };

    /// As it is signed. Where some cases have come further than others, the rest stays reported.
    ///
    /// # Errors
    /// None: the statuses are two and in order.
    pub(crate) fn cases(&self) -> Result<Set<StatusCount, 70>, FieldError> {
        let count = |status, persons| StatusCount { category: self.category, status, persons: Persons::new(persons) };
        if self.status == CaseStatus::Reported {
            return Set::new([count(CaseStatus::Reported, self.persons)]);
        }
        let waiting = self.persons / 3;
        let rest = (waiting > 0).then(|| count(CaseStatus::Reported, waiting));
        Set::new(rest.into_iter().chain([count(self.status, self.persons - waiting)]))
    }

    /// As it is signed.
    ///
    /// # Errors
    /// None: there is at most one.
    pub(crate) fn sanctions(&self) -> Result<Set<SanctionCount, 6>, FieldError> {
        let persons = Persons::new(self.persons - self.persons / 3);
        Set::new(self.sanction.map(|sanction| SanctionCount { sanction, persons }))
    }
}

/// Goes round.
#[derive(Clone, Copy, Debug, Default)]
struct Turn(usize);

impl Turn {
    fn next<T: Copy, const N: usize>(&mut self, of: [T; N]) -> T {
        let place = self.0 % N;
        self.0 += 1;
        of[place]
    }
}

/// Deals out what units say beside their pledge, so that everything comes up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dealer {
    topics: Turn,
    categories: Turn,
    channels: Turn,
    ends: Turn,
    sanctions: Turn,
}

impl Dealer {
    pub(super) fn topic(&mut self) -> Topic {
        self.topics.next(TOPICS)
    }

    /// One case or a few, of one category.
    pub(super) fn case(&mut self, draw: Draw, question: &str, unit: &str) -> CategoryCount {
        let persons =
            |least, most, who: &str| Persons::new(draw.between(least, most, &format!("{who} {question}"), unit));
        CategoryCount {
            category: self.categories.next(CATEGORIES),
            asn: persons(1, 5, "asn"),
            ppnpn: persons(0, 3, "ppnpn"),
        }
    }

    /// The case is handed on.
    pub(super) fn hand_on(&mut self, case: CategoryCount, year: u32) -> Handed {
        let channel = match self.channels.next(CHANNELS) {
            Channel::Kasn if year >= KASN_UNTIL => Channel::Bkn,
            channel => channel,
        };
        let persons = case.asn.exactly().unwrap_or(1);
        Handed { channel, category: case.category, persons, ..Handed::REPORTED }
    }

    /// Something comes of it.
    pub(super) fn proceed(&mut self, case: Handed, year: u32) -> Handed {
        use CaseStatus as S;
        let status = self.ends.next([S::Examined, S::ActedOn, S::Proven, S::ActedOn, S::Unproven, S::ActedOn]);
        let sanction = match (status, year) {
            (S::ActedOn, ..=2021) => Some(self.sanctions.next(FORMER_SANCTIONS)),
            (S::ActedOn, _) => Some(self.sanctions.next(SANCTIONS)),
            _ => None,
        };
        let overdue = if status == S::Examined { Persons::new(case.persons) } else { Persons::NONE };
        Handed { status, overdue, sanction, ..case }
    }
}

/// How strong the risk factors are in a unit; most units rate some.
pub(super) fn risks(draw: Draw, question: &str, unit: &str) -> Vec<Risk> {
    let rate = |factor: RiskFactor| {
        let question = format!("{factor:?} {question}");
        let place = usize::try_from(draw.weighted(&[5, 3, 1], &question, unit)).ok()?;
        draw.chance(0.4, &format!("rates {question}"), unit).then(|| LEVELS.get(place).copied()).flatten()
    };
    FACTORS.into_iter().filter_map(|factor| Some(Risk { factor, level: rate(factor)? })).collect()
}
