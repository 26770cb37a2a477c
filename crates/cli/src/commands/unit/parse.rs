//! Counts, days and cases as they are typed.

use ikrar_core::field::{Persons, Set, SortKey};
use ikrar_core::statement::{
    CaseStatus, Category, CategoryCount, Count, Coverage, Day, Risk, RiskFactor, RiskLevel, Sanction, SanctionCount,
    StatusCount,
};

use crate::args::Counts;
use crate::failure::{Failure, usage};

const CATEGORIES: [Category; 14] = [
    Category::A,
    Category::B,
    Category::C,
    Category::D,
    Category::E,
    Category::F,
    Category::G,
    Category::H,
    Category::I,
    Category::J,
    Category::K,
    Category::L,
    Category::M,
    Category::N,
];
const STATUSES: [(&str, CaseStatus); 5] = [
    ("reported", CaseStatus::Reported),
    ("examined", CaseStatus::Examined),
    ("proven", CaseStatus::Proven),
    ("unproven", CaseStatus::Unproven),
    ("acted-on", CaseStatus::ActedOn),
];
const FACTORS: [(&str, RiskFactor); 4] = [
    ("F1", RiskFactor::Paternalism),
    ("F2", RiskFactor::Kinship),
    ("F3", RiskFactor::Ignorance),
    ("F4", RiskFactor::Intervention),
];
const LEVELS: [(&str, RiskLevel); 3] =
    [("low", RiskLevel::Low), ("medium", RiskLevel::Medium), ("high", RiskLevel::High)];
const SANCTIONS: [(&str, Sanction); 6] = [
    ("pp-53-2010-medium", Sanction::Pp53Medium),
    ("pp-53-2010-severe", Sanction::Pp53Severe),
    ("pp-94-2021-medium", Sanction::Pp94Medium),
    ("pp-94-2021-severe", Sanction::Pp94Severe),
    ("pp-42-2004-open", Sanction::Pp42Open),
    ("pp-42-2004-closed", Sanction::Pp42Closed),
];

/// Who is covered; a category that is not given anew is kept.
pub(super) fn coverage(given: &Counts, kept: Option<&Coverage>) -> Result<Coverage, Failure> {
    let counted = |text: &Option<String>| text.as_deref().map(count).transpose();
    if let Some(combined) = counted(&given.combined)? {
        return Ok(Coverage::Combined(combined));
    }
    let [pns, pppk, ppnpn] = [counted(&given.pns)?, counted(&given.pppk)?, counted(&given.ppnpn)?];
    let before = match kept {
        Some(Coverage::ByCategory { pns, pppk, ppnpn }) => [Some(*pns), Some(*pppk), Some(*ppnpn)],
        Some(combined) if [pns, pppk, ppnpn].iter().all(Option::is_none) => return Ok(*combined),
        _ => [None; 3],
    };
    match (pns.or(before[0]), pppk.or(before[1]), ppnpn.or(before[2])) {
        (Some(pns), Some(pppk), Some(ppnpn)) => Ok(Coverage::ByCategory { pns, pppk, ppnpn }),
        _ => Err(usage("error-coverage")),
    }
}

/// `59/80`: fifty-nine of eighty.
fn count(text: &str) -> Result<Count, Failure> {
    let parts = text.split_once('/').and_then(|(signed, required)| {
        Some(Count { signed: signed.trim().parse().ok()?, required: required.trim().parse().ok()? })
    });
    let sound = parts.filter(|count| count.signed <= count.required);
    sound.ok_or_else(|| usage("error-count").with("text", text))
}

/// `2020-08-26`.
pub(super) fn day(text: &str) -> Result<Day, Failure> {
    let days = || {
        let date: jiff::civil::Date = text.parse().ok()?;
        let since = jiff::civil::date(1970, 1, 1).until(date).ok()?.get_days();
        // Only as it is written back: no week dates, no times behind it.
        Day::try_from(since).ok().filter(|_| date.to_string() == text)
    };
    days().ok_or_else(|| usage("error-day").with("text", text))
}

/// A number of persons; `1-2` stands for the bucket.
pub(super) fn persons(text: &str) -> Option<Persons> {
    match text.trim() {
        "1-2" | "1\u{2013}2" => Some(Persons::ONE_OR_TWO),
        digits => digits.parse().ok().map(Persons::new),
    }
}

/// `A:asn=3,ppnpn=0`, each category once.
pub(super) fn monitored(cases: &[String]) -> Result<Set<CategoryCount, 14>, Failure> {
    sorted(cases.iter().map(|text| {
        let malformed = || usage("error-case-monitoring").with("text", text);
        let (category, counts) = case(text).ok_or_else(malformed)?;
        let find = |name: &str| {
            let mut found = counts.iter().filter(|(given, _)| *given == name);
            found.next().map(|(_, persons)| *persons).filter(|_| found.next().is_none())
        };
        let (Some(asn), Some(ppnpn), 2) = (find("asn"), find("ppnpn"), counts.len()) else { return Err(malformed()) };
        if (asn, ppnpn) == (Persons::NONE, Persons::NONE) {
            return Err(usage("error-case-nobody").with("text", text));
        }
        Ok((text, CategoryCount { category, asn, ppnpn }))
    }))
}

/// `A:reported=3,examined=0`, each category and status once.
pub(super) fn referred(cases: &[String]) -> Result<Set<StatusCount, 70>, Failure> {
    let mut rows = Vec::new();
    for text in cases {
        let malformed = || usage("error-case-referral").with("text", text).with("known", names(&STATUSES));
        let (category, counts) = case(text).ok_or_else(malformed)?;
        for (name, persons) in counts {
            let status = named(&STATUSES, name).ok_or_else(malformed)?;
            if persons == Persons::NONE {
                return Err(usage("error-case-nobody").with("text", text));
            }
            rows.push(Ok((text, StatusCount { category, status, persons })));
        }
    }
    sorted(rows)
}

/// `pp-94-2021-severe=3`.
pub(super) fn sanctions(given: &[String]) -> Result<Set<SanctionCount, 6>, Failure> {
    sorted(given.iter().map(|text| {
        let parts = text.split_once('=').and_then(|(name, count)| Some((named(&SANCTIONS, name)?, persons(count)?)));
        let malformed = || usage("error-sanction").with("text", text).with("known", names(&SANCTIONS));
        let (sanction, persons) = parts.ok_or_else(malformed)?;
        if persons == Persons::NONE {
            return Err(usage("error-case-nobody").with("text", text));
        }
        Ok((text, SanctionCount { sanction, persons }))
    }))
}

/// `F1=low`.
pub(super) fn risks(given: &[String]) -> Result<Set<Risk, 4>, Failure> {
    sorted(given.iter().map(|text| {
        let parts = text
            .split_once('=')
            .and_then(|(factor, level)| Some(Risk { factor: named(&FACTORS, factor)?, level: named(&LEVELS, level)? }));
        let malformed = || {
            let (factors, levels) = (names(&FACTORS), names(&LEVELS));
            usage("error-risk").with("text", text).with("factors", factors).with("levels", levels)
        };
        parts.map(|risk| (text, risk)).ok_or_else(malformed)
    }))
}

/// `A:name=3,name=4`.
fn case(text: &str) -> Option<(Category, Vec<(&str, Persons)>)> {
    let (letter, counts) = text.split_once(':')?;
    let wanted = letter.trim();
    let category = *CATEGORIES.iter().find(|category| format!("{category:?}").eq_ignore_ascii_case(wanted))?;
    let counts = counts.split(',').map(|part| {
        let (name, count) = part.split_once('=')?;
        Some((name.trim(), persons(count)?))
    });
    Some((category, counts.collect::<Option<_>>()?))
}

fn named<T: Copy>(known: &[(&str, T)], name: &str) -> Option<T> {
    known.iter().find(|(code, _)| code.eq_ignore_ascii_case(name.trim())).map(|(_, value)| *value)
}

fn names<T>(known: &[(&str, T)]) -> String {
    known.iter().map(|(code, _)| *code).collect::<Vec<_>>().join(", ")
}

/// In the order of the format, nothing twice.
fn sorted<'a, T: SortKey, const N: usize>(
    items: impl IntoIterator<Item = Result<(&'a String, T), Failure>>,
) -> Result<Set<T, N>, Failure> {
    let mut list = items.into_iter().collect::<Result<Vec<_>, _>>()?;
    list.sort_by_key(|(_, item)| item.sort_key());
    let neighbours = list.iter().zip(list.iter().skip(1));
    if let Some(((_, _), (text, _))) = neighbours.into_iter().find(|((_, a), (_, b))| a.sort_key() == b.sort_key()) {
        return Err(usage("error-twice").with("text", text));
    }
    // Each key once and in order: there are no more keys than places.
    Set::new(list.into_iter().map(|(_, item)| item)).map_err(|error| usage("error-twice").with("text", error))
}
