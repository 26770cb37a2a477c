//! The form of a round.

use data_encoding::HEXLOWER;
use ikrar_core::digest::TextHash;
use ikrar_core::field::{Code, Name, Set, SortKey, Time, UnitId, Zone};
use ikrar_core::statement::{Cadence, Duty, OpenRound, Stage};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{Expected, FindText, FormError, ROUND_SCHEMA, field};
use crate::document;
use crate::roster::excerpt;

/// The form of a round.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundForm {
    #[serde(rename = "schema")]
    _schema: IgnoredAny,
    /// Id under its opener.
    pub id: String,
    /// Title.
    pub title: String,
    /// `annual`, `election` or `by-election`.
    pub cadence: String,
    /// `before`, `during` or `after`.
    pub stage: String,
    /// When it opens, RFC 3339.
    pub opens: String,
    /// The last second in time.
    pub due: String,
    /// When its pledges lapse.
    pub expires: Option<String>,
    /// Zone in which the times are shown.
    pub zone: Option<String>,
    /// The unit whose subtree owes.
    pub scope: String,
    /// Kinds of unit that owe; empty for all.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// `pledge`, and any of `briefing`, `monitoring`, `referral`.
    pub required: Vec<String>,
    /// Texts that a pledge may be to: ids, or SHA-256 in hexadecimal.
    pub texts: Vec<String>,
    /// Legal bases.
    #[serde(default)]
    pub bases: Vec<String>,
}

impl RoundForm {
    /// Reads a form.
    ///
    /// # Errors
    /// [`FormError::Document`].
    pub fn parse(bytes: &[u8]) -> Result<Self, FormError> {
        Ok(document::parse(bytes, ROUND_SCHEMA)?)
    }

    /// The round as it is opened. Lists may stand in any order.
    ///
    /// # Errors
    /// The first field that breaks its rule.
    pub fn statement(&self, find: FindText<'_>) -> Result<OpenRound<'_>, FormError> {
        let (opens, due) = (time("opens", &self.opens)?, time("due", &self.due)?);
        let expires = self.expires.as_deref().map(|text| time("expires", text)).transpose()?;
        if due < opens {
            return Err(FormError::Backwards { earlier: "opens", later: "due" });
        }
        if expires.is_some_and(|expires| expires < due) {
            return Err(FormError::Backwards { earlier: "due", later: "expires" });
        }
        let required: Set<Duty, 4> = set("required", &self.required, duty)?;
        if !required.contains(&Duty::Pledge) {
            return Err(FormError::NoPledge);
        }
        let texts = set("texts", &self.texts, |text| text_hash(text, find))?;
        if texts.is_empty() {
            return Err(FormError::NoTexts);
        }
        Ok(OpenRound {
            id: field("id", &self.id, Expected::Code, Code::new)?,
            title: field("title", &self.title, Expected::Name, Name::new)?,
            cadence: word("cadence", &self.cadence, "annual, election, by-election", cadence)?,
            stage: word("stage", &self.stage, "before, during, after", stage)?,
            opens,
            due,
            expires,
            zone: self.zone.as_deref().map(|zone| field("zone", zone, Expected::Zone, Zone::new)).transpose()?,
            subtree: field("scope", &self.scope, Expected::Unit, UnitId::new)?,
            kinds: set("kinds", &self.kinds, |kind| field("kinds", kind, Expected::Code, Code::new))?,
            required,
            texts,
            bases: set("bases", &self.bases, |basis| field("bases", basis, Expected::Code, Code::new))?,
        })
    }
}

fn time(field: &'static str, text: &str) -> Result<Time, FormError> {
    let malformed = || FormError::Time { field, value: excerpt(text) };
    let stamp: jiff::Timestamp = text.parse().map_err(|_| malformed())?;
    let seconds = u64::try_from(stamp.as_second()).ok().filter(|seconds| *seconds > 0);
    if stamp.subsec_nanosecond() != 0 {
        return Err(malformed());
    }
    Time::new(seconds.ok_or_else(malformed)?).map_err(|_| malformed())
}

/// Sorts a list into a set.
fn set<'a, T: SortKey + Clone, const N: usize>(
    name: &'static str,
    items: &'a [String],
    read: impl Fn(&'a str) -> Result<T, FormError>,
) -> Result<Set<T, N>, FormError> {
    let mut list = items.iter().map(|item| Ok((read(item)?, item))).collect::<Result<Vec<_>, FormError>>()?;
    list.sort_by_key(|(item, _)| item.sort_key());
    let neighbours = list.iter().zip(list.iter().skip(1));
    if let Some((_, (_, text))) = neighbours.into_iter().find(|((a, _), (b, _))| a.sort_key() == b.sort_key()) {
        return Err(FormError::Twice { field: name, value: excerpt(text) });
    }
    Set::new(list.iter().map(|(item, _)| item.clone())).map_err(|_| FormError::TooMany {
        field: name,
        found: items.len(),
        most: N,
    })
}

fn word<T>(
    field: &'static str,
    value: &str,
    expected: &'static str,
    read: fn(&str) -> Option<T>,
) -> Result<T, FormError> {
    read(value).ok_or_else(|| FormError::Word { field, value: excerpt(value), expected })
}

fn cadence(word: &str) -> Option<Cadence> {
    match word {
        "annual" => Some(Cadence::Annual),
        "election" => Some(Cadence::Election),
        "by-election" => Some(Cadence::ByElection),
        _ => None,
    }
}

fn stage(word: &str) -> Option<Stage> {
    match word {
        "before" => Some(Stage::Before),
        "during" => Some(Stage::During),
        "after" => Some(Stage::After),
        _ => None,
    }
}

fn duty(value: &str) -> Result<Duty, FormError> {
    word("required", value, "pledge, briefing, monitoring, referral", |word| match word {
        "pledge" => Some(Duty::Pledge),
        "briefing" => Some(Duty::Briefing),
        "monitoring" => Some(Duty::Monitoring),
        "referral" => Some(Duty::Referral),
        _ => None,
    })
}

/// A hash has 64 digits, and no id is that long.
fn text_hash(text: &str, find: FindText<'_>) -> Result<TextHash, FormError> {
    let given = HEXLOWER.decode(text.as_bytes()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    given.map(TextHash).or_else(|| find(text)).ok_or_else(|| FormError::UnknownText { value: excerpt(text) })
}
