//! Statements of a unit: codes, counts and hashes only, no free text (spec §5.10 to §5.14).

use serde::{Deserialize, Serialize};

use crate::digest::{DocumentHash, Id, TextHash};
use crate::field::{Code, Persons, Set, SortKey, UnitId};

/// Names a round: ids are unique per opener only.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct RoundRef<'a> {
    /// The unit that opened it.
    #[serde(borrow)]
    pub opener: UnitId<'a>,
    /// Its id.
    #[serde(borrow)]
    pub id: Code<'a>,
}

/// The form in which the pledge was given.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Form {
    /// Ikrar: read aloud together.
    Ikrar,
    /// Pakta integritas: signed on paper.
    PaktaIntegritas,
    /// Deklarasi.
    Deklarasi,
}

/// In which role the unit's head signed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Role {
    /// The head.
    Head,
    /// Pelaksana tugas: acting, the post being vacant.
    Plt,
    /// Pelaksana harian: acting, the head being away.
    Plh,
    /// Penjabat.
    Pj,
}

/// How many persons should sign, and how many did.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Count {
    /// Should.
    pub required: u32,
    /// Did.
    pub signed: u32,
}

/// Who a pledge covers, by category or, in a small unit, combined.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Coverage {
    /// Each category, zero included: zero is a statement.
    ByCategory {
        /// Civil servants.
        pns: Count,
        /// Government employees on contract.
        pppk: Count,
        /// Government workers who are not ASN.
        ppnpn: Count,
    },
    /// All together, where a category is too small to stand alone.
    Combined(Count),
}

impl Coverage {
    /// The counts: three, or one that is combined.
    pub fn counts(&self) -> impl Iterator<Item = Count> {
        let (first, rest) = match *self {
            Self::ByCategory { pns, pppk, ppnpn } => (pns, Some([pppk, ppnpn])),
            Self::Combined(all) => (all, None),
        };
        core::iter::once(first).chain(rest.into_iter().flatten())
    }

    /// Has everyone signed who should?
    pub fn is_full(&self) -> bool {
        self.counts().all(|count| count.signed >= count.required)
    }
}

/// `Pledge` (spec §5.10).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Pledge<'a> {
    /// The round it answers.
    #[serde(borrow)]
    pub round: RoundRef<'a>,
    /// The text pledged.
    pub text: TextHash,
    /// Numbers of the commitments accepted.
    pub accepted: Set<u8, 32>,
    /// Form.
    pub form: Form,
    /// Role of the signatory.
    pub role: Role,
    /// Who is covered.
    pub coverage: Coverage,
    /// SHA-256 of the signed paper, if any.
    pub document: Option<DocumentHash>,
}

/// Days since 1970-01-01.
pub type Day = u32;

/// What a briefing was about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Topic {
    /// The rules as a whole.
    Rules,
    /// The code of ethics.
    Ethics,
    /// Social media.
    SocialMedia,
    /// Sanctions.
    Sanctions,
    /// How to report.
    Reporting,
    /// Another topic of neutrality.
    Other,
}

/// `Briefing` (spec §5.11).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Briefing<'a> {
    /// The round it belongs to.
    #[serde(borrow)]
    pub round: RoundRef<'a>,
    /// The day it was held.
    pub held_on: Day,
    /// Topic.
    pub topic: Topic,
    /// `required`: staff to reach; `signed`: reached.
    pub reached: Coverage,
    /// SHA-256 of the material.
    pub material: Option<DocumentHash>,
}

/// Categories of prohibited conduct, for counting (the catalogue's A to N).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the letters are the catalogue's")]
pub enum Category {
    A,
    B,
    C,
    D,
    E,
    F,
    G,
    H,
    I,
    J,
    K,
    L,
    M,
    N,
}

/// Cases of one category.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CategoryCount {
    /// The category.
    pub category: Category,
    /// Civil servants and contract employees.
    pub asn: Persons,
    /// Workers who are not ASN.
    pub ppnpn: Persons,
}

impl SortKey for CategoryCount {
    type Key = Category;
    fn sort_key(&self) -> Category {
        self.category
    }
}

/// Risk factors of a unit, never of a person (the catalogue's F1 to F4).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum RiskFactor {
    /// F1: paternalistic culture.
    Paternalism,
    /// F2: kinship.
    Kinship,
    /// F3: not knowing the rules.
    Ignorance,
    /// F4: political intervention.
    Intervention,
}

/// How strong a risk factor is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum RiskLevel {
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
}

/// A rated risk factor.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Risk {
    /// The factor.
    pub factor: RiskFactor,
    /// Its level.
    pub level: RiskLevel,
}

impl SortKey for Risk {
    type Key = RiskFactor;
    fn sort_key(&self) -> RiskFactor {
        self.factor
    }
}

/// `Monitoring`: no cases is a statement (nil), silence is not (spec §5.12).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Monitoring<'a> {
    /// The round it belongs to.
    #[serde(borrow)]
    pub round: RoundRef<'a>,
    /// First day watched.
    pub from: Day,
    /// Last day watched.
    pub to: Day,
    /// Cases by category; empty means nil.
    pub cases: Set<CategoryCount, 14>,
    /// Risk factors.
    pub risks: Set<Risk, 4>,
}

/// To whom cases were handed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Channel {
    /// The local election supervisor.
    Bawaslu,
    /// The civil-service agency.
    Bkn,
    /// The civil-service commission, until 2024.
    Kasn,
    /// The inspectorate.
    Inspectorate,
    /// The appointing authority (pejabat pembina kepegawaian).
    AppointingAuthority,
    /// Another body.
    Other,
}

/// How far a case has come.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum CaseStatus {
    /// Reported.
    Reported,
    /// Examined.
    Examined,
    /// Proven.
    Proven,
    /// Unproven.
    Unproven,
    /// Acted on.
    ActedOn,
}

/// Cases of one category and status.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StatusCount {
    /// The category.
    pub category: Category,
    /// The status.
    pub status: CaseStatus,
    /// Persons.
    pub persons: Persons,
}

impl SortKey for StatusCount {
    type Key = (Category, CaseStatus);
    fn sort_key(&self) -> Self::Key {
        (self.category, self.status)
    }
}

/// Sanction regimes and levels (the catalogue's).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Sanction {
    /// PP 53/2010, medium.
    Pp53Medium,
    /// PP 53/2010, severe.
    Pp53Severe,
    /// PP 94/2021, medium.
    Pp94Medium,
    /// PP 94/2021, severe.
    Pp94Severe,
    /// PP 42/2004, moral, open.
    Pp42Open,
    /// PP 42/2004, moral, closed.
    Pp42Closed,
}

/// Sanctions of one regime and level.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SanctionCount {
    /// Regime and level.
    pub sanction: Sanction,
    /// Persons.
    pub persons: Persons,
}

impl SortKey for SanctionCount {
    type Key = Sanction;
    fn sort_key(&self) -> Sanction {
        self.sanction
    }
}

/// `Referral` (spec §5.13).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Referral<'a> {
    /// The round it belongs to.
    #[serde(borrow)]
    pub round: RoundRef<'a>,
    /// To whom.
    pub channel: Channel,
    /// Cases by category and status.
    pub cases: Set<StatusCount, 70>,
    /// Persons whose cases are past the body's own time limit.
    pub overdue: Persons,
    /// Follow-up by regime and level.
    pub sanctions: Set<SanctionCount, 6>,
}

/// Why a statement is corrected.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Reason {
    /// More have signed since: counts and commitments only grow. Sets no flag.
    Progress,
    /// It was wrong.
    Error,
    /// New facts.
    NewInformation,
    /// It should not have been made.
    Withdrawn,
}

/// What takes the place of a corrected statement; of the same kind and for the same round.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[expect(clippy::large_enum_variant, reason = "there is no allocator to box with")]
pub enum Replacement<'a> {
    /// 0.
    #[serde(borrow)]
    Pledge(Pledge<'a>),
    /// 1.
    #[serde(borrow)]
    Briefing(Briefing<'a>),
    /// 2.
    #[serde(borrow)]
    Monitoring(Monitoring<'a>),
    /// 3.
    #[serde(borrow)]
    Referral(Referral<'a>),
}

/// `Correction` (spec §5.14).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Correction<'a> {
    /// Id of the statement in force that it corrects: an original or its latest correction.
    pub target: Id,
    /// Why.
    pub reason: Reason,
    /// What takes its place; none withdraws it for good.
    #[serde(borrow)]
    pub replacement: Option<Replacement<'a>>,
}
