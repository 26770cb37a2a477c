//! What an example log is about: its registry, its papers, and what befalls its units in each round.

use crate::story::Incident;

/// An example log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plot {
    /// A city and its wards: a round of 2020, and the years to 2026.
    Region,
    /// A ministry and its bureaux: one round of 2023.
    Ministry,
}

/// A round, and what happens in it. The shares are of a thousand units.
#[derive(Debug)]
pub(crate) struct RoundPlan {
    /// Its form.
    pub(crate) form: &'static [u8],
    /// Never pledge, where the share of silent units is 0.05.
    pub(crate) missing: u64,
    /// Pledge whole, after due.
    pub(crate) late: u64,
    /// Pledge with signatures missing.
    pub(crate) incomplete: u64,
    /// Brief their staff.
    pub(crate) briefed: u64,
    /// Say what they saw.
    pub(crate) monitored: u64,
    /// Of these, saw a case.
    pub(crate) with_cases: u64,
    /// One unit each.
    pub(crate) incidents: &'static [Incident],
}

/// A round that the first story tells.
const fn told_before(form: &'static [u8]) -> RoundPlan {
    RoundPlan { form, missing: 0, late: 0, incomplete: 0, briefed: 0, monitored: 0, with_cases: 0, incidents: &[] }
}

macro_rules! kota {
    ($name:literal) => {
        include_bytes!(concat!("kota-semarang/", $name, ".toml"))
    };
}

const REGION: [RoundPlan; 10] = [
    told_before(kota!("contoh-2020")),
    RoundPlan {
        form: kota!("tahunan-2021"),
        missing: 140,
        late: 60,
        incomplete: 90,
        briefed: 250,
        monitored: 300,
        with_cases: 200,
        incidents: &[
            Incident::FirstKey,
            Incident::FirstKey,
            Incident::RekeyedNearDue,
            Incident::Disputed,
            Incident::Foreign,
            Incident::NewInformation,
            Incident::Moved,
            Incident::Renamed,
        ],
    },
    RoundPlan {
        form: kota!("tahunan-2022"),
        missing: 95,
        late: 50,
        incomplete: 75,
        briefed: 350,
        monitored: 350,
        with_cases: 80,
        incidents: &[
            Incident::Merged,
            Incident::Returned,
            Incident::ForcedRekeyNearDue,
            Incident::Withdrawn,
            Incident::ForeignOnly,
            Incident::Referred,
        ],
    },
    RoundPlan {
        form: kota!("tahunan-2023"),
        missing: 60,
        late: 45,
        incomplete: 60,
        briefed: 900,
        monitored: 300,
        with_cases: 80,
        incidents: &[
            Incident::Split,
            Incident::Revoked,
            Incident::DisputedAndBack,
            Incident::WrongAndRight,
            Incident::Journal,
            Incident::Referred,
        ],
    },
    RoundPlan {
        form: kota!("pemilu-2024-sebelum"),
        missing: 35,
        late: 35,
        incomplete: 45,
        briefed: 930,
        monitored: 400,
        with_cases: 150,
        incidents: &[Incident::Renamed, Incident::ForeignOnly, Incident::RekeyedNearDue, Incident::Referred],
    },
    RoundPlan {
        form: kota!("pemilu-2024-selama"),
        missing: 30,
        late: 25,
        incomplete: 40,
        briefed: 300,
        monitored: 930,
        with_cases: 160,
        incidents: &[Incident::Disputed, Incident::Withdrawn, Incident::ForcedRekeyNearDue, Incident::Referred],
    },
    RoundPlan {
        form: kota!("pemilu-2024-sesudah"),
        missing: 85,
        late: 80,
        incomplete: 60,
        briefed: 150,
        monitored: 880,
        with_cases: 120,
        incidents: &[Incident::Foreign, Incident::WrongAndRight],
    },
    RoundPlan {
        form: kota!("tahunan-2024"),
        missing: 110,
        late: 60,
        incomplete: 70,
        briefed: 300,
        monitored: 350,
        with_cases: 90,
        incidents: &[
            Incident::RetiredAfterDue,
            Incident::Merged,
            Incident::KeyAgain,
            Incident::SecondPledge,
            Incident::Moved,
            Incident::Referred,
        ],
    },
    RoundPlan {
        form: kota!("tahunan-2025"),
        missing: 55,
        late: 40,
        incomplete: 50,
        briefed: 400,
        monitored: 400,
        with_cases: 70,
        incidents: &[
            Incident::Split,
            Incident::Founded,
            Incident::Withdrawn,
            Incident::Disputed,
            Incident::Revoked,
            Incident::Referred,
        ],
    },
    RoundPlan {
        form: kota!("tahunan-2026"),
        missing: 45,
        late: 40,
        incomplete: 60,
        briefed: 850,
        monitored: 850,
        with_cases: 70,
        incidents: &[Incident::Moved, Incident::Renamed, Incident::Merged, Incident::Disputed, Incident::Foreign],
    },
];
const MINISTRY: [RoundPlan; 1] = [told_before(include_bytes!("kementerian-esdm/tahunan-2023.toml"))];

/// The declaration of 2020 stays where the first example tells of it.
const DECLARATION: &[u8] = kota!("naskah-2020");
const ELECTION: &[u8] = include_bytes!("../data/texts/ikrar-pemilu-2024.toml");
const YEARLY: &[u8] = include_bytes!("../data/texts/ikrar-tahunan.toml");

impl Plot {
    /// Name of the registry.
    pub fn registry(self) -> &'static str {
        match self {
            Self::Region => "Registri contoh netralitas ASN",
            Self::Ministry => "Registri contoh netralitas ASN, Kementerian ESDM",
        }
    }

    /// Origin of the log.
    pub fn origin(self) -> &'static str {
        match self {
            Self::Region => "example.org/ikrar/contoh",
            Self::Ministry => "example.org/ikrar/contoh-esdm",
        }
    }

    /// Forms of the texts: first that of the first round.
    pub(crate) fn texts(self) -> &'static [&'static [u8]] {
        match self {
            Self::Region => &[DECLARATION, YEARLY, ELECTION],
            Self::Ministry => &[YEARLY],
        }
    }

    /// Its rounds, in the order of their opening.
    pub(crate) fn rounds(self) -> &'static [RoundPlan] {
        match self {
            Self::Region => &REGION,
            Self::Ministry => &MINISTRY,
        }
    }
}
