//! The domain's catalogue, as `data/catalogue.toml` of this project holds it: conduct, risk factors, legal bases with
//! their validity, sanction regimes. Labels are data; a report names them and never judges by them.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

/// Everything in the catalogue.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// Kinds of prohibited conduct, A to N.
    #[serde(rename = "category")]
    pub categories: Vec<Conduct>,
    /// The published lists that circulate.
    #[serde(rename = "list")]
    pub lists: Vec<PublishedList>,
    /// Risk factors of a unit, F1 to F4.
    #[serde(rename = "risk_factor")]
    pub risk_factors: Vec<Label>,
    /// Legal bases.
    #[serde(rename = "legal_basis")]
    pub legal_bases: Vec<LegalBasis>,
    /// Sanction regimes and their levels.
    #[serde(rename = "sanction")]
    pub sanctions: Vec<SanctionLevel>,
}

/// A kind of prohibited conduct, with its numbers in the published lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conduct {
    /// A to N.
    pub code: String,
    /// Label in Indonesian.
    pub id: String,
    /// Label in English.
    pub en: String,
    /// Numbers in the list of eleven.
    pub l11: Vec<u8>,
    /// Numbers in the list of nine.
    pub l9: Vec<u8>,
    /// Numbers among the six kinds of the joint decree.
    pub skb6: Vec<u8>,
}

/// A published list of prohibitions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedList {
    /// Its code.
    pub code: String,
    /// How many it has.
    pub entries: u8,
    /// Label in Indonesian.
    pub id: String,
    /// Label in English.
    pub en: String,
}

/// A code with labels.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The code.
    pub code: String,
    /// Label in Indonesian.
    pub id: String,
    /// Label in English.
    pub en: String,
}

/// A legal basis and when it is in force.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// Its code, as rounds name it.
    pub code: String,
    /// Its title, Indonesian.
    pub title: String,
    /// What of it matters here, in English.
    pub en: Option<String>,
    /// First day in force, ISO 8601; none: before all rounds.
    pub from: Option<String>,
    /// The day that ended it; in force until the day before.
    pub until: Option<String>,
    /// What took its place.
    pub replaced_by: Option<String>,
}

/// A level of a sanction regime.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SanctionLevel {
    /// Code of the legal basis.
    pub regime: String,
    /// Name of the level, Indonesian.
    pub level: String,
    /// The sanctions of this level, Indonesian.
    pub kinds: Vec<String>,
}

named!(
    /// Whether a legal basis is in force in a round, from the day of its opening to that of its due second.
    InForce {
        /// On each of these days.
        Throughout "throughout"
        /// On some of them.
        Partly "partly"
        /// On none.
        No "no"
        /// The catalogue does not have it.
        Unknown "unknown"
    }
);

impl Catalogue {
    /// The catalogue of this build.
    pub fn get() -> &'static Self {
        static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
            toml::from_str(include_str!("../../../data/catalogue.toml")).expect("a test reads the same bytes")
        });
        &CATALOGUE
    }

    /// A legal basis by its code.
    pub fn legal_basis(&self, code: &str) -> Option<&LegalBasis> {
        self.legal_bases.iter().find(|basis| basis.code == code)
    }

    /// A kind of conduct by its letter.
    pub fn conduct(&self, code: &str) -> Option<&Conduct> {
        self.categories.iter().find(|conduct| conduct.code == code)
    }
}

impl LegalBasis {
    /// Is it in force from one day to another, both inclusive?
    pub fn in_force(&self, first: Date, last: Date) -> InForce {
        let parse = |day: &Option<String>| day.as_deref().and_then(|day| day.parse::<Date>().ok());
        let begins = parse(&self.from);
        let ends = parse(&self.until);
        let holds = |day: Date| begins.is_none_or(|from| day >= from) && ends.is_none_or(|until| day < until);
        let (last, first) = (last.max(first), first);
        if holds(first) && holds(last) {
            InForce::Throughout
        } else if begins.is_none_or(|from| from <= last) && ends.is_none_or(|until| until > first) {
            InForce::Partly
        } else {
            InForce::No
        }
    }
}

#[cfg(test)]
mod tests {
    use ikrar_core::statement::{Category, RiskFactor, Sanction};

    use super::*;
    use crate::names::Named;

    #[test]
    fn a_code_that_statements_can_hold_has_no_label() {
        use Category as C;
        use Sanction as S;
        let catalogue = Catalogue::get();
        for category in [C::A, C::B, C::C, C::D, C::E, C::F, C::G, C::H, C::I, C::J, C::K, C::L, C::M, C::N] {
            assert!(catalogue.conduct(category.name()).is_some(), "{category:?}");
        }
        assert_eq!(catalogue.categories.len(), 14);
        for factor in [RiskFactor::Paternalism, RiskFactor::Kinship, RiskFactor::Ignorance, RiskFactor::Intervention] {
            assert!(catalogue.risk_factors.iter().any(|it| it.code == crate::report::risk_code(factor)), "{factor:?}");
        }
        for sanction in [S::Pp53Medium, S::Pp53Severe, S::Pp94Medium, S::Pp94Severe, S::Pp42Open, S::Pp42Closed] {
            let (regime, _) = crate::report::regime_and_level(sanction);
            assert!(catalogue.sanctions.iter().any(|level| level.regime == regime), "{sanction:?}");
            assert!(catalogue.legal_basis(regime).is_some(), "{regime}");
        }
    }

    #[test]
    fn a_number_of_a_published_list_is_on_no_category_or_on_two() {
        let catalogue = Catalogue::get();
        for list in &catalogue.lists {
            let of = |conduct: &Conduct| match list.code.as_str() {
                "L11" => conduct.l11.clone(),
                "L9" => conduct.l9.clone(),
                "SKB6" => conduct.skb6.clone(),
                other => panic!("unknown list {other}"),
            };
            let mut numbers: Vec<_> = catalogue.categories.iter().flat_map(of).collect();
            numbers.sort_unstable();
            assert_eq!(numbers, (1..=list.entries).collect::<Vec<_>>(), "{}", list.code);
        }
    }

    #[test]
    fn a_basis_counts_on_the_day_that_replaced_it_or_not_yet_on_its_first() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let judge =
            |code: &str, first, last| Catalogue::get().legal_basis(code).unwrap().in_force(day(first), day(last));
        assert_eq!(judge("PP-53-2010", "2020-08-26", "2021-08-30"), InForce::Throughout);
        assert_eq!(judge("PP-53-2010", "2020-08-26", "2021-08-31"), InForce::Partly);
        assert_eq!(judge("PP-53-2010", "2021-08-31", "2021-12-31"), InForce::No);
        assert_eq!(judge("PP-94-2021", "2021-08-31", "2021-12-31"), InForce::Throughout);
        assert_eq!(judge("PP-94-2021", "2021-08-30", "2021-12-31"), InForce::Partly);
        assert_eq!(judge("PP-94-2021", "2020-01-01", "2021-08-30"), InForce::No);
        assert_eq!(judge("PP-42-2004", "2020-01-01", "2030-08-30"), InForce::Throughout);
        for basis in &Catalogue::get().legal_bases {
            assert!(basis.from.iter().chain(&basis.until).all(|day| day.parse::<Date>().is_ok()), "{}", basis.code);
            assert!(
                basis.replaced_by.iter().all(|code| Catalogue::get().legal_basis(code).is_some()),
                "{}",
                basis.code
            );
        }
    }
}
