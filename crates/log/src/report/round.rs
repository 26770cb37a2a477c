//! What a round asks: its terms, its texts, its legal bases.

use std::collections::BTreeMap;

use ikrar_core::digest::TextHash;
use serde::Serialize;

use crate::catalogue::{Catalogue, InForce};
use crate::history::{History, RoundIx, RoundRecord};
use crate::names::Named;
use crate::zone;

/// Who owes in a round.
#[derive(Clone, Debug, Serialize)]
pub struct RoundScope {
    /// Top of the subtree.
    pub subtree: String,
    /// Kinds of unit; empty: all.
    pub kinds: Vec<String>,
}

/// The terms of a round, beside its id, title and dates.
#[derive(Clone, Debug, Serialize)]
pub struct Terms {
    /// What brings it about.
    pub cadence: &'static str,
    /// Its place in an election.
    pub stage: &'static str,
    /// When its pledges lapse, RFC 3339.
    pub expires: Option<String>,
    /// Zone in which times are shown.
    pub zone: Option<String>,
    /// Who owes.
    pub scope: RoundScope,
    /// Kinds of statement that are owed.
    pub required: Vec<&'static str>,
    /// Texts that are accepted.
    pub texts: Vec<TextOut>,
    /// Texts that units pledged to, and that are not accepted.
    pub foreign_texts: Vec<ForeignTextOut>,
    /// Legal bases.
    pub bases: Vec<BasisOut>,
}

/// A text that a round accepts.
#[derive(Clone, Debug, Serialize)]
pub struct TextOut {
    /// Its id; null where it was never published.
    pub id: Option<String>,
    /// Its version.
    pub version: Option<u16>,
    /// Its title.
    pub title: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// Its hash, hexadecimal.
    pub hash: String,
    /// Its commitments.
    pub commitments: Vec<CommitmentOut>,
    /// Where it comes from.
    pub source: Option<String>,
}

/// A commitment of a text.
#[derive(Clone, Debug, Serialize)]
pub struct CommitmentOut {
    /// From 1.
    pub number: u8,
    /// Its words.
    pub text: String,
}

/// A text that a round does not accept.
#[derive(Clone, Debug, Serialize)]
pub struct ForeignTextOut {
    /// Its hash, hexadecimal.
    pub hash: String,
    /// Its id, where it was published.
    pub id: Option<String>,
    /// Its title, where it was published.
    pub title: Option<String>,
    /// How many of the owed units pledged to it, without effect.
    pub units: u64,
    /// How many of them have a standing pledge to an accepted text all the same.
    pub pledged: u64,
}

/// A legal basis.
#[derive(Clone, Debug, Serialize)]
pub struct BasisOut {
    /// Its code.
    pub code: String,
    /// Its title, where the catalogue has it.
    pub title: Option<&'static str>,
    /// First day in force.
    pub from: Option<&'static str>,
    /// The day that ended it.
    pub until: Option<&'static str>,
    /// What took its place.
    pub replaced_by: Option<&'static str>,
    /// Is it in force from the day of the opening to that of the due second?
    pub in_force: InForce,
}

impl Terms {
    pub(super) fn new(history: &History, round: RoundIx, foreign: impl Iterator<Item = (TextHash, bool)>) -> Self {
        let record = history.round_record(round);
        let mut units: BTreeMap<TextHash, (u64, u64)> = BTreeMap::new();
        for (text, has_pledged) in foreign {
            let (units, pledged) = units.entry(text).or_default();
            *units += 1;
            *pledged += u64::from(has_pledged);
        }
        let foreign_text = |(hash, (units, pledged)): (TextHash, (u64, u64))| {
            let text = history.text_record(&hash);
            let (id, title) = (text.map(|text| text.id.clone()), text.map(|text| text.title.clone()));
            ForeignTextOut { hash: hash.to_string(), id, title, units, pledged }
        };
        Self {
            cadence: record.cadence.name(),
            stage: record.stage.name(),
            expires: record.expires.map(super::rfc3339),
            zone: record.zone.clone(),
            scope: RoundScope { subtree: history.record(record.subtree).id.to_string(), kinds: record.kinds.clone() },
            required: record.required.iter().map(|duty| duty.name()).collect(),
            texts: record.texts.iter().map(|hash| text(history, hash)).collect(),
            foreign_texts: units.into_iter().map(foreign_text).collect(),
            bases: record.bases.iter().map(|code| basis(code, record)).collect(),
        }
    }
}

fn text(history: &History, hash: &TextHash) -> TextOut {
    let record = history.text_record(hash);
    let words = record.map(|text| text.wording.as_slice()).unwrap_or_default();
    TextOut {
        id: record.map(|text| text.id.clone()),
        version: record.map(|text| text.version),
        title: record.map(|text| text.title.clone()),
        language: record.map(|text| text.language.clone()),
        hash: hash.to_string(),
        commitments: (1..).zip(words).map(|(number, text)| CommitmentOut { number, text: text.clone() }).collect(),
        source: record.and_then(|text| text.source.clone()),
    }
}

/// What the catalogue says of a legal basis, and whether it is in force in the round.
pub(super) fn basis(code: &str, round: &RoundRecord) -> BasisOut {
    let known = Catalogue::get().legal_basis(code);
    let day = |time| zone::day(time, round.zone.as_deref());
    let in_force = known.zip(day(round.opens)).zip(day(round.due));
    BasisOut {
        code: code.to_owned(),
        title: known.map(|basis| basis.title.as_str()),
        from: known.and_then(|basis| basis.from.as_deref()),
        until: known.and_then(|basis| basis.until.as_deref()),
        replaced_by: known.and_then(|basis| basis.replaced_by.as_deref()),
        in_force: in_force.map_or(InForce::Unknown, |((basis, opens), due)| basis.in_force(opens, due)),
    }
}
